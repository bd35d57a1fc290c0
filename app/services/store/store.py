# SPDX-License-Identifier: MIT
"""Store: the open database of a plan, one transaction per edit."""

import gc
import logging
import sqlite3
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from app.models.errors import StoreError
from app.models.rows import Cell
from app.services.store import migrations
from app.services.store.failures import damaged, store_error
from app.services.store.schema import MAX_VALUE_BYTES
from app.services.store.shapes import Row, read_shapes
from app.services.store.transaction import Transaction

_log = logging.getLogger(__name__)

WORKING_PRAGMAS: tuple[str, ...] = (
    "locking_mode=EXCLUSIVE",
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
    "temp_store=MEMORY",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "cache_size=-65536",
)
"""With these a commit survives a kill and a power cut: EXTRA also flushes the folder once the
journal is gone."""

_BACKUP_PAGES = 256
_BACKUP_PAUSE_SECONDS = 0.001


class Store:
    """One working database; threads share its connection under a lock.

    Args:
        path: The database, already at the current version of the schema.
        author: Account name on this computer, written into the log.
        read_only_reason: Where it is not empty, every transaction is refused with it.

    Raises:
        StoreError: The database cannot be opened.
    """

    def __init__(self, path: Path, *, author: str = "", read_only_reason: str = "") -> None:
        self.path = path
        self.read_only_reason = read_only_reason
        self._author = author
        self._lock = threading.RLock()
        self._is_writing = False
        self._connection = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, timeout=1.0
        )
        try:
            with self._sentences():
                self._prepare()
        except BaseException:
            self._connection.close()
            raise

    @classmethod
    def in_memory(cls) -> "Store":
        """A new, empty plan that is never written to disk."""
        return cls(Path(":memory:"))

    def _prepare(self) -> None:
        if str(self.path) == ":memory:":
            migrations.migrate(self._connection)
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
        for pragma in WORKING_PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}").fetchall()
        if self.read_only_reason:
            self._connection.execute("PRAGMA query_only=ON").fetchall()
        else:
            # Takes the exclusive lock now, and rolls back what a crash left half-written.
            self._connection.execute("BEGIN EXCLUSIVE")
            self._connection.execute("COMMIT")
        self._shapes = read_shapes(self._connection)
        self._revision = int(self.meta("revision") or 0)

    @property
    def revision(self) -> int:
        """Edits committed since the plan was created; undo and redo count as edits."""
        return self._revision

    def meta(self, key: str) -> str:
        """A fact about the file, or an empty text."""
        found = self.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(found[0][0]) if found else ""

    def rows(self, sql: str, parameters: Sequence[Cell] = ()) -> list[Row]:
        """All rows of a query.

        Raises:
            StoreError: The file is damaged or the disk failed.
        """
        with self._lock, self._sentences():
            return self._connection.execute(sql, tuple(parameters)).fetchall()

    @contextmanager
    def transaction(self) -> Generator[Transaction]:
        """One edit: all of it is written, or nothing.

        Raises:
            StoreError: The disk is full or failed, or the plan is open for reading only.
        """
        with self._lock, self._sentences():
            if self._is_writing:
                message = "a transaction inside a transaction"
                raise RuntimeError(message)
            if self.read_only_reason:
                raise StoreError(
                    "This plan is open for reading only.",
                    meaning=self.read_only_reason,
                    remedy="Save a copy and go on there.",
                )
            self._connection.execute("BEGIN IMMEDIATE")
            self._is_writing = True
            collects = gc.isenabled()
            gc.disable()  # an import makes a million tuples, a quarter of its time was collecting
            try:
                self._connection.execute("PRAGMA defer_foreign_keys=ON").fetchall()
                transaction = Transaction(self._connection, self._shapes, self._author)
                yield transaction
                revision = self._revision + int(transaction.has_written)
                self._connection.execute(
                    "UPDATE meta SET value = ? WHERE key = 'revision'", (str(revision),)
                )
                self._connection.execute("COMMIT")
                self._revision = revision
                transaction.let_go()
            finally:
                self._is_writing = False
                if collects:
                    gc.enable()
                if self._connection.in_transaction:
                    self._roll_back()

    def _roll_back(self) -> None:
        try:
            self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            _log.exception("roll-back failed; the journal does it at the next opening")

    def backup_to(self, path: Path) -> int:
        """Copy the plan into a new file, page by page, while edits go on in between.

        Args:
            path: Must not exist. The copy is not yet flushed to the disk.

        Returns:
            The revision that the copy holds.

        Raises:
            StoreError: The copy could not be written; it is removed.
        """
        try:
            return self._back_up(path)
        except BaseException:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise

    def _back_up(self, path: Path) -> int:
        with self._lock, self._sentences(path):
            if self._is_writing:
                message = "a copy in the middle of a transaction"
                raise RuntimeError(message)
            target = sqlite3.connect(path, isolation_level=None)
            try:
                target.execute("PRAGMA journal_mode=OFF").fetchall()
                target.execute("PRAGMA synchronous=OFF").fetchall()
                self._connection.backup(
                    target, pages=_BACKUP_PAGES, progress=self._let_edits_in, sleep=0.001
                )
                return self._revision
            finally:
                target.close()

    def _let_edits_in(self, status: int, remaining: int, total: int) -> None:
        """Give the lock away for a moment, between two steps of the copying."""
        if remaining:
            self._lock.release()
            time.sleep(_BACKUP_PAUSE_SECONDS)
            self._lock.acquire()

    def close(self) -> None:
        """Close the database; a second call does nothing."""
        with self._lock, self._sentences():
            self._connection.close()

    @contextmanager
    def _sentences(self, path: Path | None = None) -> Generator[None]:
        """Turn what SQLite reports into sentences; bugs of ours pass unchanged."""
        try:
            yield
        except sqlite3.Error as error:
            sentence = store_error(error, path or self.path)
            if sentence is None:
                raise
            raise sentence from error
        except UnicodeDecodeError as error:  # SQLite quotes damaged text in its messages
            raise damaged(path or self.path) from error
