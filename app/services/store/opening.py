# SPDX-License-Identifier: MIT
"""From a plan file to a working copy: copy, gate, migration, and what a crash left."""

import shutil
import socket
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from app.models.app_folders import AppFolders
from app.services.store import backups, gate, migrations, passed, working_copy
from app.services.store.failures import file_error, store_error
from app.services.store.owner import OwnedElsewhereError, OwnerFile
from app.services.store.publish import (
    FileState,
    copy_with_state,
    discard,
    put_in_place,
    temporary_of,
    write_temporary,
)
from app.services.store.schema import SCHEMA_VERSION
from app.services.store.working_copy import LeftOver, WorkNote

_COPY_TRIES = 3
_NOTHING_OPENED = "Nothing was opened, and the file is unchanged."


@dataclass(slots=True)
class Opened:
    """A plan file that is ready to be edited.

    Attributes:
        document: The plan file.
        working: Its working copy.
        state: How the plan file was found; None where there is none yet.
        revision: Edits that the plan file holds; -1 where there is no file yet.
        owner: The right to publish, None where the plan is open for reading only.
        read_only_reason: Why it is open for reading only, or an empty text.
        recovered_changes: Edits that a crash kept from being published.
        notices: Sentences that the user should see once.
    """

    document: Path
    working: Path
    state: FileState | None
    revision: int
    owner: OwnerFile | None
    read_only_reason: str = ""
    recovered_changes: int = 0
    notices: list[str] = field(default_factory=list[str])


def open_plan(path: Path, folders: AppFolders, *, use_recovered: bool) -> Opened:
    """Make a working copy of a plan file; the file itself is not touched.

    Args:
        path: The plan file.
        folders: The program's own folders.
        use_recovered: Go on with the edits that a crash kept from being published; otherwise
            they are put into the backups and the file is opened as it is.

    Raises:
        StoreError: The file cannot be read or does not pass the gate.
    """
    document = path.resolve()
    make_folder(folders.work)
    working_copy.sweep(folders.work)
    owner, reason = take_ownership(document)
    try:
        if owner and not document.exists():
            left = working_copy.find_left_overs(folders.work, document)
            if left:
                return _only_left_over(document, left[-1], owner)
        return _copy_in(document, folders, owner, reason, use_recovered=use_recovered)
    except BaseException as error:
        if owner:
            owner.release()
        if isinstance(error, OSError):
            raise file_error(error, folders.work, _NOTHING_OPENED) from error
        raise


def _copy_in(
    document: Path,
    folders: AppFolders,
    owner: OwnerFile | None,
    reason: str,
    *,
    use_recovered: bool,
) -> Opened:
    """Copy, check and migrate a plan file, and go on with what a crash left of it."""
    incoming = working_copy.new_path(folders.work, "opening")
    try:
        state = _copy(document, incoming)
        report = passed.find(folders.work, state.sha256)
        if report is None:
            report = gate.check(incoming, document.name)
            passed.add(folders.work, state.sha256, report)
        opened = Opened(document, incoming, state, report.revision, owner, reason)
        _migrate(opened, report, folders)
        # Under its new name the copy is no longer swept away as a temporary file.
        opened.working = working_copy.new_path(folders.work, "plan" if owner else "reading")
        incoming.replace(opened.working)
        incoming = opened.working
        if owner:
            discard(temporary_of(document))
            _recover(opened, report.plan_id, folders, use_recovered=use_recovered)
            note = WorkNote(str(document), (state,), report.revision)
            working_copy.write_note(opened.working, note)
    except BaseException:
        working_copy.remove(incoming)
        raise
    return opened


def keep_both_path(document: Path) -> Path:
    """A free name next to a plan file that somebody else changed."""
    computer = socket.gethostname().split(".")[0] or "this computer"
    day = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M")
    stem = f"{document.stem} (from {computer} {day})"
    for count in range(1, 1000):
        name = stem if count == 1 else f"{stem} {count}"
        path = document.with_name(name + document.suffix)
        if not path.exists():
            return path
    message = "a thousand files of the same minute"
    raise RuntimeError(message)


def copy_to_backups(source: Path, folders: AppFolders, plan_id: str, reason: str) -> None:
    """Keep a file that passed the gate as a backup.

    Raises:
        OSError: It could not be copied; nothing is left behind.
    """
    folder = backups.folder_of(folders.backups, plan_id)
    folder.mkdir(parents=True, exist_ok=True)
    target = backups.new_backup_path(folder, datetime.now(UTC), reason)
    temporary = temporary_of(target)
    try:
        shutil.copyfile(source, temporary)
        temporary.replace(target)
    finally:
        discard(temporary)


def make_folder(folder: Path) -> None:
    """Make one of the program's own folders.

    Raises:
        StoreError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise file_error(error, folder, "Evenfield cannot work without this folder.") from error


def take_ownership(document: Path) -> tuple[OwnerFile | None, str]:
    """The right to publish a plan file, or the reason why there is none."""
    try:
        if document.exists() and not document.stat().st_mode & 0o222:
            return None, "The file is marked as read-only."
        return OwnerFile.acquire(document), ""
    except OwnedElsewhereError as error:
        return None, str(error)
    except OSError:
        return None, f"Nothing can be written in the folder {document.parent}."


def _copy(document: Path, incoming: Path) -> FileState:
    """Copy a plan file that somebody may be replacing at this moment."""
    try:
        state = copy_with_state(document, incoming)
        for _ in range(_COPY_TRIES):
            found = document.stat()
            if (found.st_size, found.st_mtime_ns) == (state.size, state.modified_ns):
                break
            state = copy_with_state(document, incoming)
    except OSError as error:
        raise file_error(error, document, "Nothing was opened.") from error
    return state


def _migrate(opened: Opened, report: gate.GateReport, folders: AppFolders) -> None:
    """Bring an older plan to the current version, with a backup first."""
    if report.version == SCHEMA_VERSION:
        return
    copy_to_backups(opened.working, folders, report.plan_id, "migration")
    _run_migrations(opened.working)
    opened.notices.append(
        "This plan was made with an older Evenfield and was brought up to date. "
        "The plan as it was is kept in the backups."
    )


def _run_migrations(working: Path) -> None:
    try:
        with closing(sqlite3.connect(working, isolation_level=None)) as connection:
            migrations.migrate(connection)
    except sqlite3.Error as error:
        sentence = store_error(error, working, _NOTHING_OPENED)
        raise (sentence or error) from error


def _only_left_over(document: Path, left: LeftOver, owner: OwnerFile) -> Opened:
    """The plan file is gone, but a crash left its working copy."""
    _run_migrations(left.path)
    opened = Opened(document, left.path, None, -1, owner)
    opened.recovered_changes = left.unpublished_edits
    opened.notices.append(
        f"{document.name} was gone. It is restored from the working copy on this computer."
    )
    return opened


def _recover(opened: Opened, plan_id: str, folders: AppFolders, *, use_recovered: bool) -> None:
    """Go on with what a crash left, or keep it elsewhere; nothing is thrown away."""
    state = opened.state
    for left in reversed(working_copy.find_left_overs(folders.work, opened.document)):
        is_ours = left.plan_id == plan_id
        is_file_unchanged = state is not None and any(
            known.sha256 == state.sha256 for known in left.note.states
        )
        edits = left.revision - opened.revision
        if is_ours and is_file_unchanged and edits <= 0:
            working_copy.remove(left.path)
        elif is_ours and is_file_unchanged and use_recovered and not opened.recovered_changes:
            copy_to_backups(opened.working, folders, plan_id, "recovery")
            _run_migrations(left.path)
            working_copy.remove(opened.working)
            opened.working = left.path
            opened.recovered_changes = edits
        else:
            _put_aside(opened, left, folders, is_conflict=is_ours and not is_file_unchanged)


def _put_aside(opened: Opened, left: LeftOver, folders: AppFolders, *, is_conflict: bool) -> None:
    """Keep a left-over next to the plan file where both were changed, else in the backups."""
    if is_conflict:
        target = keep_both_path(opened.document)
        opened.notices.append(
            f"{opened.document.name} was changed elsewhere while edits of yours waited on this "
            f"computer. Both are kept: yours are in {target.name}."
        )
    else:
        folder = backups.folder_of(folders.backups, left.plan_id)
        make_folder(folder)
        target = backups.new_backup_path(folder, datetime.now(UTC), "recovered")
        opened.notices.append(
            "Edits that were not yet in the file when the program stopped are kept in the backups."
        )
    write_temporary(left.path, target)
    put_in_place(target)
    working_copy.remove(left.path)
