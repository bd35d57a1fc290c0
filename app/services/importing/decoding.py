# SPDX-License-Identifier: MIT
"""Bytes of a text file to text: byte-order marks, encodings, NULs, packed files."""

import codecs
import io
import zlib
from dataclasses import dataclass
from itertools import islice

from app.models.errors import ImportProblem
from app.services.importing.sniffing import MAX_FILE_BYTES, too_large, wrong_kind

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 4096
_PART_BYTES = 1024 * 1024
_MAX_CONTROL_FRACTION = 0.02
_GZIP = 31
"""zlib's number for "with gzip header"."""


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file, and what was found on the way."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def unpack_gzip(name: str, packed: bytes) -> bytes:
    """The content of a .gz file.

    Raises:
        ImportProblem: It is damaged, or larger than the limit once unpacked.
    """
    parts: list[bytes] = []
    size, rest = 0, packed
    try:
        while rest:
            unpacker = zlib.decompressobj(_GZIP)
            parts.append(unpacker.decompress(rest, MAX_FILE_BYTES + 1 - size))
            size += len(parts[-1])
            if size > MAX_FILE_BYTES:
                raise too_large(name, size, is_unpacked=True)
            if not unpacker.eof:
                raise _cut_off(name)
            rest = unpacker.unused_data.lstrip(b"\x00")
    except zlib.error as error:
        raise _cut_off(name) from error
    return b"".join(parts)


def decode(name: str, content: bytes, encoding: str | None = None) -> DecodedText:
    """The text of a file.

    Args:
        encoding: What the user chose; None finds it.

    Raises:
        ImportProblem: The bytes are no text.
    """
    try:
        text, found = _text(content, encoding or _marked_encoding(content))
    except (LookupError, UnicodeError) as error:
        raise ImportProblem(
            f"{name} cannot be read as {encoding}.",
            meaning="Nothing was imported.",
            remedy="Choose another encoding.",
        ) from error
    notes: list[str] = []
    if "\x00" in text:
        text = text.replace("\x00", "")
        notes.append("Null characters were removed; the file may be damaged.")
    if "\ufffd" in text and encoding is None and found.startswith("utf"):
        notes.append("Some characters could not be read and are shown as \ufffd.")
    text = text.removeprefix("\ufeff")
    if text.isspace() or not text:
        raise ImportProblem(
            f"{name} holds no text.",
            meaning="Nothing was imported.",
            remedy="Export it again; the download may not have finished.",
        )
    sample = text[:_SAMPLE_BYTES]
    odd = sum(character < " " and character not in "\t\r\n\x0b\x0c" for character in sample)
    if odd > len(sample) * _MAX_CONTROL_FRACTION:
        raise wrong_kind(name, "no text file")
    return DecodedText(text, "utf-8" if found == "utf-8-sig" else found, tuple(notes))


def _marked_encoding(content: bytes) -> str | None:
    """The encoding that the first bytes show; None where they could be of several."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    sample = content[:_SAMPLE_BYTES]
    if len(sample) >= 4:
        if sample[1::2].count(0) > len(sample) * 0.3:
            return "utf-16-le"
        if sample[0::2].count(0) > len(sample) * 0.3:
            return "utf-16-be"
    return None


def _text(content: bytes, encoding: str | None) -> tuple[str, str]:
    """The text and its encoding, which is found where it is None."""
    if encoding is not None:
        # Names what is no encoding of text at all, which a decoder made by parts would not.
        content[:4].decode(encoding, errors="replace")
        return _decoded(content, encoding, "replace"), encoding
    try:
        return _decoded(content, "utf-8", "strict", is_whole=False), "utf-8"
    except UnicodeDecodeError:
        found = _eight_bit_encoding(content)
        return _decoded(content, found, "replace"), found


def _decoded(content: bytes, encoding: str, errors: str, *, is_whole: bool = True) -> str:
    """The text, decoded in parts, so that no step keeps other threads waiting.

    Args:
        is_whole: False takes a letter that the end of the file cuts for no error.
    """
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    parts = [
        decoder.decode(content[start : start + _PART_BYTES])
        for start in range(0, len(content), _PART_BYTES)
    ]
    if is_whole:
        parts.append(decoder.decode(b"", final=True))
    elif decoder.getstate()[0]:
        parts.append("\ufffd")
    return "".join(parts)


def _eight_bit_encoding(content: bytes) -> str:
    """The encoding of text that is not Unicode.

    Old Macintosh programs end rows with a carriage return alone, and their letters are Mac OS
    Roman; statistics on a few letters cannot tell that, so the row ends decide it.
    """
    head = content[: 64 * 1024]
    if b"\r\n" not in head and head.count(b"\r") > head.count(b"\n"):
        return "mac_roman"
    # Imported here: its tables take 50 ms to load, and most files are Unicode.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    foreign = b"".join(islice((line for line in io.BytesIO(content) if not line.isascii()), 200))
    best = from_bytes(
        foreign[: 32 * 1024],
        cp_isolation=["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp932", "gb18030", "big5"],
    ).best()
    if best is None or best.encoding in ("cp1250", "cp1254", "ascii", "utf_8"):
        # The first two differ from cp1252 in a few letters only, which short texts do not show;
        # the others are what a part of the text may be, and the whole is not.
        return "cp1252"
    return best.encoding


def _cut_off(name: str) -> ImportProblem:
    return ImportProblem(
        f"{name} is damaged or was not written to its end.",
        meaning="Nothing was imported.",
        remedy="Export or download it again.",
    )
