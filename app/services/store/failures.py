# SPDX-License-Identifier: MIT
"""Sentences for what SQLite and the file system report."""

import errno
import shutil
import sqlite3
from pathlib import Path

from app.models.errors import StoreError

_KEPT = "The last step was not saved; everything before it is kept."


_SENTENCES: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_READONLY: (
        "{name} cannot be changed: it is open for reading only.",
        "Save a copy in a folder of your own and go on there.",
    ),
    sqlite3.SQLITE_BUSY: (
        "Another program is using the working copy of this plan.",
        "Close the other program and try again.",
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk with {folder} reported an error.",
        "Check the disk, then try again.",
    ),
    sqlite3.SQLITE_TOOBIG: (
        "A value is longer than a plan can hold.",
        "Shorten it and try again.",
    ),
}
_SAME_AS = {
    sqlite3.SQLITE_LOCKED: sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN: sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM: sqlite3.SQLITE_IOERR,
}


def store_error(error: sqlite3.Error, path: Path, meaning: str = _KEPT) -> StoreError | None:
    """The sentence for an error of the database, or None where the error is a bug of ours.

    Args:
        error: What was raised.
        path: The file that the user knows, or the working copy.
        meaning: What it means for the user's work.
    """
    code = getattr(error, "sqlite_errorcode", 0)
    primary = code & 0xFF
    primary = _SAME_AS.get(primary, primary)
    if primary == sqlite3.SQLITE_FULL:
        return disk_full(path, meaning)
    if primary in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB} or "to UTF-8" in str(error):
        return damaged(path)
    if code == sqlite3.SQLITE_CONSTRAINT_CHECK:
        return StoreError(
            "A value is outside what a plan can hold.",
            meaning=meaning,
            remedy="Texts hold some thousand characters, coordinates are degrees of the globe.",
        )
    if primary not in _SENTENCES:
        return None
    message, remedy = _SENTENCES[primary]
    return StoreError(
        message.format(name=path.name, folder=path.parent), meaning=meaning, remedy=remedy
    )


def damaged(path: Path) -> StoreError:
    """The plan cannot be read to the end."""
    return StoreError(
        f"{path.name} is damaged and cannot be read.",
        meaning="Nothing was changed.",
        remedy="Open the newest backup, or recover what can be read.",
    )


def disk_full(path: Path, meaning: str) -> StoreError:
    """No room is left where `path` is written."""
    try:
        free = shutil.disk_usage(path.parent).free // 1_000_000
    except OSError:
        free = 0
    return StoreError(
        f"There is no room left on the disk with {path.parent} ({free} MB free).",
        meaning=meaning,
        remedy="Free some space there, then try again.",
    )


def file_error(error: OSError, path: Path, meaning: str) -> StoreError:
    """The sentence for an error of the file system.

    Args:
        error: What was raised.
        path: The file that was read or written.
        meaning: What it means for the user's work.
    """
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return disk_full(path, meaning)
    if error.errno == errno.ENOENT:
        return StoreError(f"{path} does not exist.", meaning=meaning)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return StoreError(
            f"There is no permission for {path}.",
            meaning=meaning,
            remedy="Choose another folder, or close the program that holds the file.",
        )
    return StoreError(f"{path} could not be used: {error.strerror or error}.", meaning=meaning)
