# SPDX-License-Identifier: MIT
"""PlanDocument: a plan file that is open, edited in a private working copy."""

import logging
import sqlite3
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from app.services.store import backups, passed, working_copy
from app.services.store.creating import new_plan
from app.services.store.failures import file_error
from app.services.store.gate import GateReport
from app.services.store.opening import (
    AppFolders,
    Opened,
    copy_to_backups,
    keep_both_path,
    open_plan,
)
from app.services.store.owner import OwnedElsewhereError, OwnerFile, author_name
from app.services.store.publish import (
    KEPT_HERE,
    discard,
    put_in_place,
    state_of,
    temporary_of,
    write_temporary,
)
from app.services.store.schema import SCHEMA_VERSION
from app.services.store.store import Store
from app.services.store.working_copy import WorkNote

__all__ = ["AppFolders", "PlanDocument", "PublishResult"]

_log = logging.getLogger(__name__)

_BACKUP_EVERY_SECONDS = 1800.0

_WITHOUT_HISTORY = (
    "DELETE FROM history_patch",
    "DELETE FROM history_step",
    "DELETE FROM edit_log",
)


class PublishResult(Enum):
    """What came of an attempt to bring the plan file up to date."""

    UNCHANGED = "unchanged"
    PUBLISHED = "published"
    KEPT_BOTH = "kept_both"
    """The plan file had been changed elsewhere and stays so; ours went on in a new file next to
    it, which is now `PlanDocument.path`."""


class PlanDocument:
    """A plan file and its working copy; made by `create` and `open`.

    Attributes:
        path: The plan file.
        store: The working copy, where edits go.
        is_read_only: The plan can be looked at and copied, but not changed.
        read_only_reason: Why, as a sentence, or an empty text.
        recovered_changes: Edits that a crash kept from being published and that are here again.
        notices: Sentences about the opening that the user should see once.
    """

    def __init__(self, opened: Opened, folders: AppFolders) -> None:
        self.path = opened.document
        self.read_only_reason = opened.read_only_reason
        self.is_read_only = bool(opened.read_only_reason)
        self.recovered_changes = opened.recovered_changes
        self.notices = tuple(opened.notices)
        self.store = Store(
            opened.working, author=author_name(), read_only_reason=opened.read_only_reason
        )
        self._folders = folders
        self._owner = opened.owner
        self._state = opened.state
        self._published_revision = opened.revision
        self._publish_lock = threading.Lock()
        self._is_closed = False
        self._backed_up_at = time.monotonic()

    @classmethod
    def create(cls, path: Path, folders: AppFolders, *, name: str) -> "PlanDocument":
        """Make a new plan file; a file that is there already is replaced.

        Raises:
            StoreError: It cannot be written there, or another program has it open.
        """
        document = cls._made(new_plan(path, folders, name), folders)
        try:
            document.publish()
        except BaseException:
            document.discard()
            raise
        return document

    @classmethod
    def open(cls, path: Path, folders: AppFolders, *, use_recovered: bool = True) -> "PlanDocument":
        """Open a plan file; its bytes stay as they are until the first edit is published.

        Args:
            path: The plan file.
            folders: The program's own folders.
            use_recovered: Go on with edits that a crash kept from being published. Otherwise
                they are put into the backups.

        Raises:
            StoreError: It cannot be read, is no plan, is damaged or from a newer version.
        """
        return cls._made(open_plan(path, folders, use_recovered=use_recovered), folders)

    @classmethod
    def _made(cls, opened: Opened, folders: AppFolders) -> "PlanDocument":
        try:
            return cls(opened, folders)
        except BaseException:
            if opened.owner:
                opened.owner.release()
            raise

    def needs_publish(self) -> bool:
        """Whether the working copy holds edits that the plan file does not."""
        return not self.is_read_only and self.store.revision != self._published_revision

    def publish(self) -> PublishResult:
        """Bring the plan file up to date; may run in a worker while edits go on.

        Raises:
            StoreError: It could not be written. The old plan file is whole, the edits are safe in
                the working copy, and the next call tries again.
        """
        with self._publish_lock:
            if self._is_closed or not self.needs_publish():
                return PublishResult.UNCHANGED
            snapshot = working_copy.new_path(self._folders.work, "snapshot")
            try:
                revision = self.store.backup_to(snapshot)
                result = self._replace_document(snapshot, revision)
                self._back_up_if_due()
            except OSError as error:
                raise file_error(error, self.path, KEPT_HERE) from error
            finally:
                discard(snapshot)
            return result

    def save_copy(self, path: Path, *, keep_history: bool = True) -> None:
        """Write the plan as it is now into another file.

        Args:
            path: The other file; it is replaced if it exists.
            keep_history: Undo steps and the audit trail go along. They hold what was deleted.

        Raises:
            StoreError: It could not be written; nothing is left behind.
        """
        target = path.resolve()
        if target == self.path:
            self.publish()
            return
        snapshot = working_copy.new_path(self._folders.work, "snapshot")
        try:
            self.store.backup_to(snapshot)
            if not keep_history:
                _drop_history(snapshot)
            write_temporary(snapshot, target)
            put_in_place(target)
        finally:
            discard(snapshot)

    def back_up(self, reason: str) -> None:
        """Keep the plan as it is now among its backups.

        Args:
            reason: One word, for example ``import``.

        Raises:
            StoreError: It could not be written.
        """
        folder = backups.folder_of(self._folders.backups, self.store.meta("plan_id"))
        now = datetime.now(UTC)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.save_copy(backups.new_backup_path(folder, now, reason))
        except OSError as error:
            raise file_error(error, folder, "No backup was made.") from error
        self._backed_up_at = time.monotonic()
        backups.thin(folder, now)

    def close(self) -> None:
        """Publish what is not yet in the plan file, and remove the working copy.

        Raises:
            StoreError: The plan file could not be written. The working copy stays, and the next
                opening of the plan goes on with it.
        """
        if self._is_closed:
            return
        try:
            self.publish()
        except BaseException:
            self._end()
            raise
        self.discard()

    def discard(self) -> None:
        """Close without publishing: the plan file stays as it is, the working copy is removed."""
        self._end()
        working_copy.remove(self.store.path)

    def _replace_document(self, snapshot: Path, revision: int) -> PublishResult:
        """Write the snapshot to the plan file, or next to it if somebody changed that."""
        result = PublishResult.PUBLISHED
        target = self.path
        if not self._is_as_left():
            target, result = keep_both_path(self.path), PublishResult.KEPT_BOTH
        state = write_temporary(snapshot, target)
        if result is PublishResult.PUBLISHED:
            known = (state,) if self._state is None else (self._state, state)
            note = WorkNote(str(target), known, self._published_revision)
            working_copy.write_note(self.store.path, note)
            if not self._is_as_left():
                discard(temporary_of(target))
                return self._replace_document(snapshot, revision)
        put_in_place(target)
        if result is PublishResult.KEPT_BOTH:
            self._move_to(target)
        self._state = state
        self._published_revision = revision
        working_copy.write_note(self.store.path, WorkNote(str(target), (state,), revision))
        report = GateReport(SCHEMA_VERSION, self.store.meta("plan_id"), revision)
        passed.add(self._folders.work, state.sha256, report)
        if self._owner:
            self._owner.touch()
        return result

    def _is_as_left(self) -> bool:
        """Whether the plan file is as we read or wrote it, or is gone."""
        try:
            found = state_of(self.path)
        except FileNotFoundError:
            return True
        return self._state is not None and found.sha256 == self._state.sha256

    def _move_to(self, target: Path) -> None:
        """Go on in another file, and let the one that somebody else changed go."""
        _log.warning("the plan file was changed elsewhere; both are kept")
        try:
            owner = OwnerFile.acquire(target)
        except (OwnedElsewhereError, OSError):
            _log.exception("no owner file could be made for the second plan file")
            owner = None
        if self._owner:
            self._owner.release()
        self._owner = owner
        self.path = target

    def _back_up_if_due(self) -> None:
        """Keep the file that was just published, every half hour."""
        if time.monotonic() - self._backed_up_at < _BACKUP_EVERY_SECONDS:
            return
        self._backed_up_at = time.monotonic()
        plan_id = self.store.meta("plan_id")
        try:
            copy_to_backups(self.path, self._folders, plan_id, "")
        except OSError:
            _log.exception("the backup of every half hour could not be made")
            return
        backups.thin(backups.folder_of(self._folders.backups, plan_id), datetime.now(UTC))

    def _end(self) -> None:
        with self._publish_lock:
            self._is_closed = True
            self.store.close()
            if self._owner:
                self._owner.release()


def _drop_history(snapshot: Path) -> None:
    with closing(sqlite3.connect(snapshot, isolation_level=None)) as connection:
        for sql in _WITHOUT_HISTORY:
            connection.execute(sql)
