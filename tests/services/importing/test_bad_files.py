# SPDX-License-Identifier: MIT
"""Files that are no tables: each gets its own sentence, soon, and never another error."""

import gzip
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from app.models.errors import ImportProblem
from app.services.importing.readers import read_table, sheets_of
from app.services.importing.sniffing import MAX_FILE_BYTES
from tests.services.importing.files import workbook, write, zip_file

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def _ole(stream: str) -> bytes:
    return _OLE + stream.encode("utf-16-le") + b"\x00" * 1024


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b" \n \r\n", "holds no text"),
        ("bom.csv", b"\xef\xbb\xbf", "holds no text"),
        ("commas.csv", b",,,\n,,,\n", "no filled cells"),
        ("a.csv", b"%PDF-1.7\n...", "is a PDF document"),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n", "is a picture"),
        ("a.csv", b"\xff\xd8\xff\xe0abc", "is a picture"),
        ("a.csv", b"MZ\x90\x00\x03\x00", "is a program"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table>", "is a web page"),
        ("a.csv", b"<?xml version='1.0'?><a/>", "is an XML file"),
        ("a.csv", b'{"a": 1}', "is a JSON file"),
        ("a.csv", b'[{"a": 1}]', "is a JSON file"),
        ("a.csv", b"{\\rtf1 hello}", "is a text document"),
        ("a.csv", b"SQLite format 3\x00" + b"\x00" * 80, "is a database"),
        ("a.csv", bytes(range(256)) * 20, "is no text file"),
        ("a.csv.gz", gzip.compress(b"id,name\n1,a\n")[:-9], "not written to its end"),
        ("a.csv.gz", b"\x1f\x8bnonsense", "not written to its end"),
        ("a.xlsx", b"PK\x03\x04 half a container", "not written to its end"),
        ("a.xlsx", b"PK\x05\x06" + b"\x00" * 18, "not written to its end"),
        ("a.xlsx", _ole("EncryptedPackage"), "protected with a password"),
        ("a.xls", _ole("WordDocument"), "is a Word document"),
        ("a.xls", _ole("PowerPoint Document"), "is a presentation"),
        ("a.xls", _ole("Workbook"), "is damaged"),
        ("a.xls", _OLE, "is damaged"),
        ("a.csv", b"292,Next-Door Bike Store,279\n310,New Bikes,277\n", "has no column names"),
        ("a.csv", b"id,name\n", "has column names but no rows"),
    ],
)
def test_each_wrong_file_has_its_own_sentence(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(ImportProblem, match=words) as caught:
        read_table(path)
    assert caught.value.meaning
    assert caught.value.remedy


def test_a_missing_file_and_a_folder_are_problems(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="was not found"):
        read_table(tmp_path / "nowhere.csv")
    with pytest.raises(ImportProblem, match="is a folder"):
        read_table(tmp_path)


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"word/document.xml": b"<a/>"}, "is a Word document"),
        ({"ppt/presentation.xml": b"<a/>"}, "is a presentation"),
        ({"customers.csv": b"id,name\n1,a\n"}, "is a packed archive"),
        (
            {
                "mimetype": b"application/vnd.oasis.opendocument.text",
                "content.xml": b"<a/>",
                "META-INF/manifest.xml": b"<a/>",
            },
            "is a text document",
        ),
        (
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": b"",
                "META-INF/manifest.xml": b"<manifest:encryption-data/>",
            },
            "protected with a password",
        ),
        ({"xl/workbook.xml": b"<broken"}, "is damaged"),
    ],
)
def test_containers_are_told_apart(tmp_path: Path, entries: dict[str, bytes], words: str) -> None:
    path = zip_file(tmp_path / "a.xlsx", entries)
    with pytest.raises(ImportProblem, match=words):
        read_table(path)


def test_a_password_in_the_container_is_seen(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"S": [["id", "name"], [1, "a"]]})
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(bytes(content))
    with pytest.raises(ImportProblem, match="protected with a password"):
        read_table(path)


def test_a_zip_bomb_is_refused_at_once(tmp_path: Path) -> None:
    path = zip_file(
        tmp_path / "bomb.xlsx",
        {"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": bytes(MAX_FILE_BYTES + 1)},
    )
    assert path.stat().st_size < 1_000_000
    start = time.perf_counter()
    with pytest.raises(ImportProblem, match="would unpack to 315 MB; the limit is 300 MB"):
        read_table(path)
    assert time.perf_counter() - start < 1.0


def test_a_zip_bomb_that_understates_its_size_is_refused(tmp_path: Path) -> None:
    path = zip_file(
        tmp_path / "bomb.xlsx",
        {"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": bytes(MAX_FILE_BYTES + 1)},
    )
    content = bytearray(path.read_bytes())
    entry = content.rfind(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    path.write_bytes(bytes(content))
    with zipfile.ZipFile(path) as archive:
        assert sum(info.file_size for info in archive.infolist()) < 2000
    with pytest.raises(ImportProblem, match="would unpack to"):
        read_table(path)


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    chunk = b"a,b\n" * (256 * 1024)
    packed = b"".join(packer.compress(chunk) for _ in range(MAX_FILE_BYTES // len(chunk) + 1))
    path = write(tmp_path, "bomb.csv.gz", packed + packer.flush())
    with pytest.raises(ImportProblem, match="would unpack to"):
        read_table(path)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.write(b"id,name\n")
        file.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(ImportProblem, match="the limit is 300 MB"):
        read_table(path)


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id,name\n1,a\n2," + "x" * 3_000_000 + ",y\n")
    with pytest.raises(ImportProblem, match=r"more than .* characters|more than .* columns"):
        read_table(path)


def test_a_row_of_a_million_cells_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id,name\n" + "," * 1_000_000 + "\n")
    with pytest.raises(ImportProblem, match="columns"):
        read_table(path)


def test_sheets_of_a_text_file_are_none(tmp_path: Path) -> None:
    assert sheets_of(write(tmp_path, "a.csv", "id\n1\n")) == ()
