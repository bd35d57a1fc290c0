# SPDX-License-Identifier: MIT
"""What a file is, by its content; its extension is never trusted."""

import zipfile
import zlib
from pathlib import Path

from app.models.errors import ImportProblem
from app.services.importing.containers import HostileContainer, refuse_crowded, unpacked_bytes
from app.services.importing.table import FileKind, Watch

MAX_FILE_BYTES = 300 * 1024 * 1024
"""Largest file, and largest workbook once unpacked.

A million rows of 12 columns take 110 MB, and 20 times that while they are checked and placed.
"""

TABLE_REMEDY = (
    "Choose a table: a .csv or .txt file, or a workbook (.xlsx, .xls, .ods). "
    "Most programs can export one."
)
_NOTHING = "Nothing was imported."
_CHUNK = 1024 * 1024

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a sound"),
    (b"BM", ""),
    (b"{\\rtf", "a text document"),
    (b"SQLite format 3\x00", "a database, not a table"),
    (b"MZ", ""),
    (b"\x7fELF", "a program"),
    (b"Rar!", "a packed archive"),
    (b"7z\xbc\xaf\x27\x1c", "a packed archive"),
    (b"BZh", "a packed archive"),
    (b"\xfd7zXZ", "a packed archive"),
    (b"PAR1", "a Parquet file"),
    (b"\x28\xb5\x2f\xfd", "a packed archive"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def file_kind(path: Path, watch: Watch | None = None) -> FileKind:
    """What the file is.

    Raises:
        ImportProblem: It is missing, empty, too large, locked, or no table.
        TaskCancelled: The user stopped it.
    """
    head = _head(path)
    for magic, what in _MAGIC:
        if head.startswith(magic) and (what or b"\x00" in head):
            raise wrong_kind(path.name, what or "a program or a picture")
    if head.startswith(b"\x1f\x8b"):
        return FileKind.GZIP
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(path, watch)
    if head.startswith(b"PK"):
        raise _damaged(path.name)
    if head.startswith(_OLE):
        return _ole_kind(path)
    _refuse_markup(path.name, head)
    return FileKind.TEXT


def wrong_kind(name: str, what: str) -> ImportProblem:
    """The problem of a file that is something else."""
    return ImportProblem(f"{name} is {what}.", meaning=_NOTHING, remedy=TABLE_REMEDY)


def too_large(name: str, size_bytes: int, *, is_unpacked: bool) -> ImportProblem:
    """The problem of a file above the limit."""
    verb = "would unpack to" if is_unpacked else "has"
    size = f"{size_bytes / 1e9:.1f} GB" if size_bytes >= 1e9 else f"{size_bytes / 1e6:.0f} MB"
    return ImportProblem(
        f"{name} {verb} {size}; the limit is {MAX_FILE_BYTES // (1024 * 1024)} MB.",
        meaning=_NOTHING + " In memory it would take ten times as much, or more.",
        remedy="Export fewer columns or rows, or split the file and import its parts one by one.",
    )


def _head(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise too_large(path.name, size, is_unpacked=False)
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError as error:
        raise ImportProblem(
            f"{path.name} was not found.",
            meaning=_NOTHING,
            remedy="It may have been moved or renamed; choose it again.",
        ) from error
    except IsADirectoryError as error:
        raise wrong_kind(path.name, "a folder") from error
    except OSError as error:
        raise ImportProblem(
            f"{path.name} could not be read ({error.strerror or 'the system gave no reason'}).",
            meaning=_NOTHING,
            remedy="Close it in other programs, or copy it to your own folder and try again.",
        ) from error
    if not head:
        raise ImportProblem(
            f"{path.name} is empty.",
            meaning=_NOTHING,
            remedy="Export it again; the download may not have finished.",
        )
    return head


def _refuse_markup(name: str, head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        raise ImportProblem(
            f"{name} is a web page.",
            meaning=_NOTHING + " Some systems write web pages and call them .xls.",
            remedy="Open it in your spreadsheet program and save it as .xlsx.",
        )
    if start.startswith(b"<?xml"):
        raise wrong_kind(name, "an XML file")
    if start.startswith((b"{", b"[{")) and b'"' in start[:200]:
        raise wrong_kind(name, "a JSON file")


def _damaged(name: str) -> ImportProblem:
    return ImportProblem(
        f"{name} is damaged or was not written to its end.",
        meaning=_NOTHING,
        remedy="Export or download it again.",
    )


def _protected(name: str) -> ImportProblem:
    return ImportProblem(
        f"{name} is protected with a password.",
        meaning=_NOTHING,
        remedy="Open it in your spreadsheet program, remove the password and save a copy.",
    )


def _ole_kind(path: Path) -> FileKind:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _protected(path.name)
    for stream in ("Workbook", "Book"):
        if stream.encode("utf-16-le") in content:
            return FileKind.XLS
    if "WordDocument".encode("utf-16-le") in content:
        raise wrong_kind(path.name, "a Word document")
    if "PowerPoint".encode("utf-16-le") in content:
        raise wrong_kind(path.name, "a presentation")
    raise _damaged(path.name)


def _zip_kind(path: Path, watch: Watch | None) -> FileKind:
    """The kind of a ZIP container, after its unpacked size was found to be within the limit."""
    refuse_crowded(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            declared = sum(entry.file_size for entry in entries)
            if declared > MAX_FILE_BYTES:
                raise too_large(path.name, declared, is_unpacked=True)
            if any(entry.flag_bits & 1 for entry in entries):
                raise _protected(path.name)
            kind = _container_kind(path.name, archive, {entry.filename for entry in entries})
            unpacked = unpacked_bytes(path, entries, MAX_FILE_BYTES, watch)
            if unpacked > MAX_FILE_BYTES:
                raise too_large(path.name, unpacked, is_unpacked=True)
            return kind
    except ImportProblem:
        raise
    except HostileContainer as error:
        raise _damaged(path.name) from error
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise _damaged(path.name) from error
    except (zlib.error, RuntimeError, LookupError, OverflowError) as error:
        raise _damaged(path.name) from error


def _container_kind(name: str, archive: zipfile.ZipFile, names: set[str]) -> FileKind:
    if any(entry.startswith("xl/") for entry in names):
        return FileKind.XLSX
    if any(entry.startswith("word/") for entry in names):
        raise wrong_kind(name, "a Word document")
    if any(entry.startswith("ppt/") for entry in names):
        raise wrong_kind(name, "a presentation")
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        with archive.open("META-INF/manifest.xml") as manifest:
            if b"encryption-data" in manifest.read(_CHUNK):
                raise _protected(name)
        mime = archive.read("mimetype")[:100] if "mimetype" in names else b""
        if mime and b"spreadsheet" not in mime:
            raise wrong_kind(name, "a text document")
        return FileKind.ODS
    raise ImportProblem(
        f"{name} is a packed archive.",
        meaning=_NOTHING,
        remedy="Unpack it first, then choose the table that was inside.",
    )
