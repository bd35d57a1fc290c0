# SPDX-License-Identifier: MIT
"""Working copies in the program's own folder, and the note beside each that says whose it is.

For every plan that is open there are ``<random>.db`` and ``<random>.json``. Both are removed when
the plan is closed; those that are found at an opening were left by a crash.
"""

import json
import logging
import os
import secrets
import sqlite3
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

from app.models.errors import StoreError
from app.services.store import gate
from app.services.store.publish import FileState, discard

_log = logging.getLogger(__name__)

_OLD_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class WorkNote:
    """Which plan file a working copy belongs to.

    Attributes:
        document: The plan file.
        states: How the plan file may look if nobody else changed it: as last read or published,
            and as it is about to be published.
        revision: Edits that the plan file held when it was last read or published.
    """

    document: str
    states: tuple[FileState, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A working copy that a crash left, whole and with edits that were not published.

    Attributes:
        revision: Edits that it holds.
    """

    path: Path
    note: WorkNote
    plan_id: str
    revision: int

    @property
    def unpublished_edits(self) -> int:
        return max(0, self.revision - self.note.revision)


def new_path(folder: Path, purpose: str) -> Path:
    """A path for a database in the work folder that nobody else has."""
    return folder / f"{purpose}-{os.getpid()}-{secrets.token_hex(8)}.db"


def write_note(working: Path, note: WorkNote) -> None:
    """Write the note beside a working copy, as a whole.

    Raises:
        OSError: The disk is full or failed.
    """
    path = working.with_suffix(".json")
    temporary = path.with_suffix(".json.tmp")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(asdict(note), file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def remove(working: Path) -> None:
    """Remove a working copy with its journal and note."""
    discard(working)
    discard(working.with_name(working.name + "-journal"))
    discard(working.with_suffix(".json"))


def find_left_overs(folder: Path, document: Path) -> list[LeftOver]:
    """Working copies of this plan file that a crash left, newest last.

    Damaged ones are set aside under another name, those without unpublished edits removed.
    """
    found: list[LeftOver] = []
    for note_path in sorted(folder.glob("plan-*.json"), key=_modified):
        note = _read_note(note_path)
        working = note_path.with_suffix(".db")
        if note is None or note.document != str(document) or not working.exists():
            continue
        left = _examine(working, note)
        if left is None:
            _set_aside(working)
        elif left.unpublished_edits == 0:
            remove(working)
        else:
            found.append(left)
    return found


def sweep(folder: Path) -> None:
    """Remove temporary files that a crash left more than an hour ago."""
    limit = time.time() - _OLD_SECONDS
    for pattern in ("opening-*", "reading-*", "snapshot-*", "*.json.tmp", "plan-*.db"):
        for path in folder.glob(pattern):
            # A working copy without a note holds no edit: the note is written before the first.
            has_note = path.with_suffix(".json").exists()
            if _modified(path) < limit and not has_note:
                discard(path)


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return time.time()


def _read_note(path: Path) -> WorkNote | None:
    try:
        found = cast("dict[str, object]", json.loads(path.read_text("utf-8")))
        states = tuple(
            FileState(
                int(cast("int", state["size"])),
                int(cast("int", state["modified_ns"])),
                str(state["sha256"]),
            )
            for state in cast("list[dict[str, object]]", found["states"])
        )
        return WorkNote(str(found["document"]), states, int(cast("int", found["revision"])))
    except (OSError, ValueError, TypeError, KeyError):
        _log.warning("an unreadable note in the work folder was passed over")
        return None


def _examine(working: Path, note: WorkNote) -> LeftOver | None:
    """Let SQLite roll back what was half-written, then check the copy like any foreign file."""
    try:
        with closing(sqlite3.connect(working, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            # The check sum is that of the published file; edits since have made it void.
            connection.execute("UPDATE meta SET value = '' WHERE key = 'content_hash'")
            connection.execute("COMMIT")
        report = gate.check(working, working.name)
    except (sqlite3.Error, StoreError, OSError):
        _log.exception("a working copy that a crash left is damaged")
        return None
    return LeftOver(working, note, report.plan_id, report.revision)


def _set_aside(working: Path) -> None:
    try:
        working.replace(working.with_name(f"damaged-{working.name}"))
    except OSError:
        _log.exception("a damaged working copy could not be set aside")
        return
    remove(working)
