# SPDX-License-Identifier: MIT
"""ZIP containers that would be too much to unpack, found before anything unpacks them."""

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from app.models.errors import ImportProblem
from app.services.importing.table import Watch

MAX_ENTRIES = 20_000
_MAX_DIRECTORY_BYTES = 4 * 1024 * 1024
_LOCAL_HEADER_BYTES = 30
_CHUNK = 1024 * 1024
_TAIL_BYTES = 66_000
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_SATURATED = 0xFFFF, 0xFFFFFFFF
_KNOWN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class HostileContainer(Exception):
    """A container whose parts overlap or are packed as no spreadsheet program does."""


def refuse_crowded(path: Path) -> None:
    """Refuse a container of very many files, whose list alone takes long to read.

    Files that are no containers pass, and so do those that cannot be read; whoever opens them
    says what is wrong.

    Raises:
        ImportProblem: It has too many files.
    """
    try:
        with path.open("rb") as file:
            if file.read(2) != b"PK":
                return
            count, directory_bytes = _directory(file)
    except OSError:
        return
    if count > MAX_ENTRIES or directory_bytes > _MAX_DIRECTORY_BYTES:
        raise ImportProblem(
            f"{path.name} is a packed archive of very many files; the limit is {MAX_ENTRIES:,}.",
            meaning="Nothing was imported.",
            remedy="Unpack it first, then choose the table that was inside.",
        )


def _directory(file: BinaryIO) -> tuple[int, int]:
    """Number of entries and size of their list, as the end of the container says."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL_BYTES))
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0:
        return 0, 0
    count, length = _number(tail, place + 10, 2), _number(tail, place + 12, 4)
    if (count, length) == _SATURATED or count == _SATURATED[0] or length == _SATURATED[1]:
        return _large_directory(file, tail, place) or (count, length)
    return count, length


def _large_directory(file: BinaryIO, tail: bytes, place: int) -> tuple[int, int] | None:
    """The same from the record for large containers."""
    locator = tail.rfind(_LOCATOR_64, 0, place)
    if locator < 0:
        return None
    file.seek(_number(tail, locator + 8, 8) & 0x7FFFFFFFFFFFFFFF)
    record = file.read(56)
    if not record.startswith(_END_64):
        return None
    return _number(record, 32, 8), _number(record, 40, 8)


def _number(content: bytes, place: int, length: int) -> int:
    return int.from_bytes(content[place : place + length], "little")


def unpacked_bytes(
    path: Path, entries: Sequence[zipfile.ZipInfo], limit: int, watch: Watch | None = None
) -> int:
    """What the entries take once unpacked, found by unpacking without keeping anything.

    A hostile container may declare small sizes. Counting ends above the limit.

    Raises:
        HostileContainer: Entries overlap, or are packed in another way.
        zlib.error: An entry is damaged.
        TaskCancelled: The user stopped it.
    """
    refuse_overlaps(entries)
    total, watched = 0, watch or Watch()
    with path.open("rb") as file:
        for entry in entries:
            if entry.compress_type not in _KNOWN_METHODS:
                raise HostileContainer
            if entry.compress_type == zipfile.ZIP_STORED:
                total += entry.compress_size
            else:
                total += _inflated_bytes(file, entry, limit - total, watched)
            if total > limit:
                break
    return total


def refuse_overlaps(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse overlapping entries, which unpack the same bytes again and again.

    Raises:
        HostileContainer: Entries overlap.
    """
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise HostileContainer
        end = entry.header_offset + _LOCAL_HEADER_BYTES + entry.compress_size


def _inflated_bytes(file: BinaryIO, entry: zipfile.ZipInfo, limit: int, watch: Watch) -> int:
    file.seek(entry.header_offset)
    header = file.read(_LOCAL_HEADER_BYTES)
    file.seek(_number(header, 26, 2) + _number(header, 28, 2), 1)
    unpacker, size, left = zlib.decompressobj(-15), 0, entry.compress_size
    while left > 0 and size <= limit and not unpacker.eof:
        packed = file.read(min(_CHUNK, left))
        if not packed:
            break
        left -= len(packed)
        while packed and size <= limit:
            watch.at(0.0, "Opening the workbook")
            size += len(unpacker.decompress(packed, _CHUNK))
            packed = unpacker.unconsumed_tail
    return size
