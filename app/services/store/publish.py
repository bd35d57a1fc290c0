# SPDX-License-Identifier: MIT
"""Writing a plan file as a whole: beside it first, then in its place.

Whoever copies the file at any moment gets a complete plan, and a crash at any moment leaves
either the old one or the new one.
"""

import hashlib
import os
import secrets
import shutil
import sqlite3
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from app.models.errors import StoreError
from app.services.store.failures import file_error, store_error
from app.services.store.gate import DIGEST_LENGTH, content_digest

_REPLACE_SECONDS = 10.0
"""A sync client or virus scanner may hold the file for so long."""

_REPLACE_PAUSE_SECONDS = 0.2
_CHUNK_BYTES = 1 << 20
KEPT_HERE = "All edits are kept on this computer and will be written as soon as it is possible."


@dataclass(frozen=True, slots=True)
class FileState:
    """How a file was found, to see later whether somebody changed it."""

    size: int
    modified_ns: int
    sha256: str


def state_of(path: Path) -> FileState:
    """The state of a file as it is now.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        found = os.fstat(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileState(found.st_size, found.st_mtime_ns, digest)


def copy_with_state(source: Path, target: Path) -> FileState:
    """Copy a file, and tell the state of what was copied.

    Raises:
        OSError: It cannot be read or written.
    """
    digest = hashlib.sha256()
    with source.open("rb") as reader, target.open("wb") as writer:
        found = os.fstat(reader.fileno())
        while chunk := reader.read(_CHUNK_BYTES):
            digest.update(chunk)
            writer.write(chunk)
    return FileState(found.st_size, found.st_mtime_ns, digest.hexdigest())


def temporary_of(target: Path) -> Path:
    """Where a file is written before it takes its place; sync clients pass over ``.tmp``."""
    return target.with_name(target.name + ".tmp")


def write_temporary(snapshot: Path, target: Path) -> FileState:
    """Write a complete, checked and flushed plan file next to its future place.

    Args:
        snapshot: A private database; it is changed, and of no use afterwards.
        target: The future place.

    Returns:
        The state that the plan file will have.

    Raises:
        StoreError: The disk is full or failed; nothing is left behind.
    """
    temporary = temporary_of(target)
    try:
        temporary.unlink(missing_ok=True)
        placeholder = secrets.token_hex(DIGEST_LENGTH // 2)
        _vacuum(snapshot, temporary, placeholder)
        _stamp(temporary, placeholder)
        if target.exists():
            shutil.copymode(target, temporary)
        return state_of(temporary)
    except sqlite3.Error as error:
        discard(temporary)
        sentence = store_error(error, target, KEPT_HERE)
        if sentence is None:
            raise
        raise sentence from error
    except OSError as error:
        discard(temporary)
        raise file_error(error, target, KEPT_HERE) from error
    except BaseException:
        discard(temporary)
        raise


def put_in_place(target: Path) -> None:
    """Let what `write_temporary` wrote take its place.

    Raises:
        StoreError: Another program holds the file, or the folder is gone; nothing is left behind.
    """
    temporary = temporary_of(target)
    end = time.monotonic() + _REPLACE_SECONDS
    while True:
        try:
            temporary.replace(target)
            break
        except PermissionError as error:
            if time.monotonic() < end:
                time.sleep(_REPLACE_PAUSE_SECONDS)
                continue
            discard(temporary)
            raise StoreError(
                f"Another program holds {target.name}, so it could not be brought up to date.",
                meaning=KEPT_HERE,
                remedy="Wait until the other program has finished, or close it.",
            ) from error
        except OSError as error:
            discard(temporary)
            raise file_error(error, target, KEPT_HERE) from error
    _flush_folder(target.parent)


def discard(path: Path) -> None:
    """Remove a file of ours, if it is there and can be removed."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _vacuum(snapshot: Path, temporary: Path, placeholder: str) -> None:
    with closing(sqlite3.connect(snapshot, isolation_level=None)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('content_hash', ?)", (placeholder,))
        connection.execute("VACUUM INTO ?", (str(temporary),))
    uri = f"{temporary.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            raise StoreError(
                "The disk did not keep what was written to it.",
                meaning=f"The plan file is as it was. {KEPT_HERE}",
                remedy="Save a copy on another disk.",
            )


def _stamp(temporary: Path, placeholder: str) -> None:
    """Write the check sum of the whole file into its place in the file, and flush."""
    digest, place = content_digest(temporary, placeholder)
    with temporary.open("r+b") as file:
        file.seek(place)
        file.write(digest.encode())
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # folders cannot be flushed there
    with suppress(OSError):  # some network disks refuse; the file itself is flushed
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
