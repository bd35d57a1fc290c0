# SPDX-License-Identifier: MIT
"""The gate: what a file must pass before it is edited as a plan.

The file is a private copy, opened as one that nobody can change, so that neither a journal that
somebody laid next to it nor anything inside it is ever carried out. Each refusal has its own
sentence. All checks of values run inside the database, at its speed; the constraints of the
schema hold the bounds of types, ranges and lengths, so that what the store takes always passes.
"""

import hashlib
import mmap
import sqlite3
import struct
import time
import uuid
from collections import deque
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from app.services.store import refusals
from app.services.store.schema import (
    APPLICATION_ID,
    FINGERPRINT_BY_VERSION,
    MAX_VALUE_BYTES,
    SCHEMA_VERSION,
    TABLES,
    fingerprint,
)

MAX_FILE_BYTES = 2_000_000_000

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_WAL = 2
"""Such a file may lack what lies in a second one beside it; plans are never written so."""

_SECONDS_PER_STATEMENT = 5.0
_BYTES_PER_EXTRA_SECOND = 20_000_000
_STEPS_BETWEEN_LOOKS = 100_000
DIGEST_LENGTH = 64


@dataclass(frozen=True, slots=True)
class GateReport:
    """What the gate learned about a plan that passed."""

    version: int
    plan_id: str
    revision: int


def check(path: Path, name: str) -> GateReport:
    """Let a plan file pass, or say why not.

    Args:
        path: A private copy of the file.
        name: Its name in the sentences.

    Raises:
        StoreError: The file is no plan, damaged, altered, or from a newer version.
    """
    _check_header(path, name)
    seconds = _SECONDS_PER_STATEMENT + path.stat().st_size / _BYTES_PER_EXTRA_SECOND
    try:
        with closing(connect_hardened(path, "mode=ro&immutable=1")) as connection:
            version = _check_structure(connection, seconds, name)
            # Not side by side: two threads only wait for SQLite's one lock on memory.
            _check_bounds(path, seconds, name)
            report = _check_values(connection, seconds, version, name)
            stored = _meta(connection, "content_hash")
            digest = content_digest(path, stored)[0] if stored else ""
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise refusals.for_error(error, name) from error
    if digest != stored:
        raise refusals.altered(name)
    return report


def content_digest(path: Path, stored: str) -> tuple[str, int]:
    """SHA-256 of a whole file, with the place that holds the digest itself blanked.

    Args:
        path: The file.
        stored: What stands in that place now, `DIGEST_LENGTH` characters.

    Returns:
        The digest and the place; an empty text and -1 where the place is not found.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        place = data.find(stored.encode())
        if len(stored) != DIGEST_LENGTH or place < 0:
            return "", -1
        digest = hashlib.sha256()
        with memoryview(data) as view:
            digest.update(view[:place])
            digest.update(bytes(DIGEST_LENGTH))
            digest.update(view[place + DIGEST_LENGTH :])
        return digest.hexdigest(), place


def _check_header(path: Path, name: str) -> None:
    """Steps 1 and 2: size, kind of file, and whose."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    if size == 0:
        raise refusals.empty(name)
    if size > MAX_FILE_BYTES:
        raise refusals.too_large(name)
    if not head.startswith(_MAGIC):
        raise refusals.no_plan(name)
    if len(head) == _HEADER_BYTES and struct.unpack(">I", head[68:72])[0] != APPLICATION_ID:
        raise refusals.another_program(name)
    is_wal = len(head) == _HEADER_BYTES and _WAL in (head[18], head[19])
    page_size = struct.unpack(">H", head[16:18])[0] if len(head) == _HEADER_BYTES else 0
    pages = struct.unpack(">I", head[28:32])[0] if page_size else 1
    if size < (65536 if page_size == 1 else page_size) * pages or not page_size or is_wal:
        raise refusals.incomplete(name)


def connect_hardened(path: Path, mode: str) -> sqlite3.Connection:
    """Steps 3 and 4: a connection in which nothing in the file may act.

    Args:
        path: A private copy.
        mode: Parameters of the URI, for example ``mode=ro&immutable=1``.
    """
    uri = f"{path.resolve().as_uri()}?{mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    set_config = getattr(connection, "setconfig", None)
    if set_config is not None:  # since Python 3.12
        set_config(getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE"), True)  # noqa: B009  unknown to 3.11
    limits = {
        sqlite3.SQLITE_LIMIT_LENGTH: MAX_VALUE_BYTES,
        sqlite3.SQLITE_LIMIT_ATTACHED: 0,
        sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 10,
        sqlite3.SQLITE_LIMIT_VDBE_OP: 250_000,
    }
    for category, limit in limits.items():
        connection.setlimit(category, limit)
    try:
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "query_only=ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _check_structure(connection: sqlite3.Connection, seconds: float, name: str) -> int:
    """Steps 5 to 8: pages, version, tables, references."""
    with _time_limit(connection, seconds):
        if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            raise refusals.damaged(name)
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    _check_version(version, name)
    master = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    if fingerprint(master) != FINGERPRINT_BY_VERSION[version]:
        raise refusals.other_tables(name)
    with _time_limit(connection, seconds):
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise refusals.contradiction(name)
    return version


def _check_bounds(path: Path, seconds: float, name: str) -> None:
    """Step 9, types, ranges and lengths: every row against the constraints of our own tables."""
    # SQLite leaves constraints out in a database that cannot be written. The tables are known to
    # be ours by now, no journal has the name of this private copy, and `query_only` is on.
    with closing(connect_hardened(path, "mode=rw")) as connection, _time_limit(connection, seconds):
        if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            raise refusals.damaged(name)


def _check_values(
    connection: sqlite3.Connection, seconds: float, version: int, name: str
) -> GateReport:
    """Step 9, the rest: no contradictions, text that is text, an identity."""
    for sql in contradictions(version):
        with _time_limit(connection, seconds):
            if connection.execute(sql).fetchone() is not None:
                raise refusals.contradiction(name)
    for table in TABLES:
        with _time_limit(connection, seconds):
            _check_text(connection, table)
    return _identity(connection, version, name)


def contradictions(version: int) -> tuple[str, ...]:
    """Queries that find a row only where a plan contradicts itself in a way no constraint forbids.

    Args:
        version: Of the plan's schema; older ones lack some tables.
    """
    return tuple(sql for since, queries in _SINCE.items() if since <= version for sql in queries)


_SINCE_1 = (
    "SELECT 1 FROM account_measure WHERE account_id NOT IN (SELECT id FROM account) LIMIT 1",
    """SELECT 1 FROM account WHERE extra <> '{}'
       AND NOT (json_valid(extra) AND json_type(extra) = 'object') LIMIT 1""",
    """SELECT 1 FROM rep WHERE skills <> '[]'
       AND NOT (json_valid(skills) AND json_type(skills) = 'array') LIMIT 1""",
    "SELECT 1 FROM import_ledger WHERE NOT json_valid(detail) LIMIT 1",
    "SELECT 1 FROM history_step WHERE NOT json_valid(changes) LIMIT 1",
    """SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM scenario WHERE id = 1)
       OR NOT EXISTS (SELECT 1 FROM sales_force WHERE id = 1)""",
)
_SINCE_2 = (
    # Without any product, SQLite says that even NULL is not among them.
    """SELECT 1 FROM account_transaction WHERE account_id NOT IN (SELECT id FROM account)
       OR (product_id IS NOT NULL AND product_id NOT IN (SELECT id FROM product)) LIMIT 1""",
    "SELECT 1 FROM visit WHERE account_id NOT IN (SELECT id FROM account) LIMIT 1",
)
_SINCE_3 = (
    """SELECT 1 FROM boundary_layer
       WHERE NOT (json_valid(report) AND json_type(report) = 'object') LIMIT 1""",
    """SELECT 1 FROM drawn_area
       WHERE NOT (json_valid(polygon) AND json_type(polygon) = 'array') LIMIT 1""",
)
LISTS_OF_VERSION_4 = (
    *(("rep", "languages"), ("rep", "product_lines"), ("rep", "segments")),
    *(("territory", "skills"), ("territory", "languages"), ("sales_force", "level_words")),
)
"""Columns that hold a JSON array, by table, which version 4 brought."""
_SINCE_4 = (
    *(
        f"SELECT 1 FROM {table} WHERE {column} <> '[]'"  # noqa: S608  our own names
        f" AND NOT (json_valid({column}) AND json_type({column}) = 'array') LIMIT 1"
        for table, column in LISTS_OF_VERSION_4
    ),
    """SELECT 1 FROM rule
       WHERE NOT (json_valid(condition) AND json_type(condition) = 'object') LIMIT 1""",
)
_SINCE = {1: _SINCE_1, 2: _SINCE_2, 3: _SINCE_3, 4: _SINCE_4}


def _check_version(version: int, name: str) -> None:
    if version > SCHEMA_VERSION:
        raise refusals.newer(name, version, SCHEMA_VERSION)
    if version not in FINGERPRINT_BY_VERSION:
        raise refusals.damaged(name)


def _check_text(connection: sqlite3.Connection, table: str) -> None:
    """Read all text of a table at the speed of the disk; text that is no UTF-8 raises."""
    columns = [
        str(column)
        for column, kind in connection.execute(
            "SELECT name, type FROM pragma_table_info(?)", (table,)
        )
        if kind == "TEXT"
    ]
    if not columns:
        return
    # One text per row, because making a Python text of each cell takes three times as long; the
    # line break keeps two halves of a character from making a whole one.
    pattern = "%s\n" * len(columns)
    rows = connection.execute(f"SELECT printf(?, {', '.join(columns)}) FROM {table}", (pattern,))  # noqa: S608  our own names
    deque(rows, maxlen=0)


def _identity(connection: sqlite3.Connection, version: int, name: str) -> GateReport:
    plan_id, revision = _meta(connection, "plan_id"), _meta(connection, "revision")
    try:
        if str(uuid.UUID(plan_id)) != plan_id:
            raise refusals.contradiction(name)
        return GateReport(version, plan_id, int(revision))
    except ValueError as error:
        raise refusals.contradiction(name) from error


def _meta(connection: sqlite3.Connection, key: str) -> str:
    found = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return cast("str", found[0]) if found else ""


@contextmanager
def _time_limit(connection: sqlite3.Connection, seconds: float) -> Generator[None]:
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
