# SPDX-License-Identifier: MIT
"""Sentences for what SQLite and the file system report."""

import errno
import shutil
import sqlite3
from pathlib import Path

from app.models.errors import StoreError

_KEPT = "The last step was not saved; everything before it is kept."


def store_error(error: sqlite3.Error, path: Path) -> StoreError | None:
    """The sentence for an error of the database, or None where the error is a bug of ours.

    Args:
        error: What was raised.
        path: The database that it was raised for.
    """
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary == sqlite3.SQLITE_FULL:
        return disk_full(path, _KEPT)
    if primary == sqlite3.SQLITE_READONLY:
        return StoreError(
            f"{path.name} cannot be changed: it is open for reading only.",
            meaning=_KEPT,
            remedy="Save a copy in a folder of your own and go on there.",
        )
    if primary in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return StoreError(
            "Another program is using the working copy of this plan.",
            meaning=_KEPT,
            remedy="Close the other program and try again.",
        )
    if primary in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return StoreError(
            f"The disk with {path.parent} reported an error.",
            meaning=_KEPT,
            remedy="Check the disk, then try again.",
        )
    if primary in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return damaged(path)
    if primary == sqlite3.SQLITE_TOOBIG:
        return StoreError("A value is longer than a plan can hold.", meaning=_KEPT)
    if code == sqlite3.SQLITE_CONSTRAINT_CHECK:
        return StoreError(
            "A value is outside what a plan can hold.",
            meaning=_KEPT,
            remedy="Texts hold up to 10,000 characters, coordinates are degrees of the globe.",
        )
    if isinstance(error, sqlite3.OperationalError) and "decode to UTF-8" in str(error):
        return damaged(path)
    return None


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
