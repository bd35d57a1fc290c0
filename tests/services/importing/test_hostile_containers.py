# SPDX-License-Identifier: MIT
"""Containers made to overwhelm the reader: each is refused in about a second."""

import io
import multiprocessing
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.models.errors import ImportProblem, TaskCancelled
from app.services.importing import workbooks
from app.services.importing.found_files import files_in
from app.services.importing.packages import is_package
from app.services.importing.readers import read_table, read_tables
from app.services.importing.sniffing import MAX_FILE_BYTES, file_kind
from app.services.importing.table import Watch
from tests.services.importing.files import (
    open_document,
    open_document_row,
    workbook,
    write,
    zip_file,
)

MILLION = 1_000_000


def _entry(name: bytes, offset: int, packed: int, size: int, method: int = 8) -> bytes:
    """One line of the list at the end of a container."""
    fields = (20, 20, 0, method, 0, 0, 0, packed, size, len(name), 0, 0, 0, 0, 0, offset)
    return b"PK\x01\x02" + struct.pack("<HHHHHHIIIHHHHHII", *fields) + name


def _local(name: bytes, content: bytes, size: int, method: int = 8) -> bytes:
    fields = (20, 0, method, 0, 0, 0, len(content), size, len(name), 0)
    return b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", *fields) + name + content


def _end(count: int, directory: int, offset: int) -> bytes:
    shown = min(count, 0xFFFF)
    return b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, shown, shown, directory, offset, 0)


def _crowded(*, is_large: bool) -> bytes:
    """A million entries of nothing, with or without the record for large containers."""
    start = _local(b"xl/a", b"", 0)
    directory = _entry(b"xl/a", 0, 0, 0) * MILLION
    end = _end(MILLION, len(directory), len(start))
    if is_large:
        place = len(start) + len(directory)
        sizes = (44, 45, 45, 0, 0, MILLION, MILLION, len(directory), len(start))
        end = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", *sizes)
        end += b"PK\x06\x07" + struct.pack("<IQI", 0, place, 1)
        end += _end(MILLION, 0xFFFFFFFF, 0xFFFFFFFF)
    return start + directory + end


def _overlapping() -> bytes:
    """A thousand entries that share one packed part of 100 MB."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/a", bytes(100 * MILLION))
        packed = archive.infolist()[0].compress_size
    start = content.getvalue()[: 30 + 4 + packed]
    directory = _entry(b"xl/a", 0, packed, 1000) * 1000
    return start + directory + _end(1000, len(directory), len(start))


def _nested() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(200 * MILLION))
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(100):
            archive.writestr(f"{number}.zip", inner.getvalue())
    return outer.getvalue()


def _otherwise_packed() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>" * 1000)
    return content.getvalue()


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: _crowded(is_large=False), "very many files"),
        (lambda: _crowded(is_large=True), "very many files"),
        (_overlapping, "is damaged"),
        (_nested, "is a packed archive"),
        (_otherwise_packed, "is damaged"),
    ],
    ids=["crowded", "crowded and large", "overlapping", "nested", "otherwise packed"],
)
def test_hostile_containers_are_refused_at_once(
    tmp_path: Path, made: Callable[[], bytes], words: str
) -> None:
    path = write(tmp_path, "bomb.xlsx", made())
    start = time.perf_counter()
    assert not is_package(path)
    for read in (read_table, read_tables):
        with pytest.raises(ImportProblem, match=words):
            read(path)
    with pytest.raises(ImportProblem, match="No table was found"):
        files_in([tmp_path])
    assert time.perf_counter() - start < 2.0


def _with_sheet(folder: Path, change: Callable[[bytes], bytes]) -> Path:
    """A small workbook whose sheet was changed."""
    entries: dict[str, bytes] = {}
    with zipfile.ZipFile(workbook(folder, {"S": [["id", "name"], [1, 2]]})) as archive:
        for name in archive.namelist():
            entries[name] = archive.read(name)
    part = "xl/worksheets/sheet1.xml"
    return zip_file(folder / "changed.xlsx", entries | {part: change(entries[part])})


def test_a_sheet_that_says_it_is_huge_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = _with_sheet(tmp_path, lambda sheet: sheet.replace(b"A1:B2", b"A1:XFD1048576"))
    assert read_table(path).rows(1) == [("1", "2")]


def test_a_text_repeated_without_end_is_refused(tmp_path: Path) -> None:
    def repeated(sheet: bytes) -> bytes:
        row = b'<row><c t="inlineStr"><is><t>' + b"x" * 30_000 + b"</t></is></c></row>"
        return sheet.replace(b"</sheetData>", row * 11_000 + b"</sheetData>")

    path = _with_sheet(tmp_path, repeated)
    assert path.stat().st_size < MILLION
    start = time.perf_counter()
    with pytest.raises(ImportProblem, match="would unpack to"):
        read_table(path)
    assert time.perf_counter() - start < 2.0


def test_an_open_document_that_repeats_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    cell = (
        '<table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
        "<text:p>x</text:p></table:table-cell>"
    )
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    start = time.perf_counter()
    with pytest.raises(ImportProblem, match="too large to be read"):
        read_table(open_document(tmp_path / "a.ods", rows))
    assert time.perf_counter() - start < 5.0


def test_an_open_document_cut_anywhere_is_refused_at_once(tmp_path: Path) -> None:
    rows = open_document_row("id", "name") + open_document_row("1", "Acme") * 5
    path = open_document(tmp_path / "a.ods", rows)
    assert read_table(path).rows(1) == [("1", "Acme")]
    for end in (0, 1, 200, 400, 700, -1):
        start = time.perf_counter()
        with pytest.raises(ImportProblem, match="is damaged"):
            read_table(open_document(path, rows, end=end))
        assert time.perf_counter() - start < 3.0


def test_a_workbook_that_takes_for_ever_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "START_SECONDS", 0.0)
    monkeypatch.setattr(workbooks, "SECONDS_PER_MEGABYTE", 0.0)
    with pytest.raises(ImportProblem, match="took too long to be read"):
        read_table(workbook(tmp_path, {"S": [["id", "name"], [1, 2]]}))
    assert multiprocessing.active_children() == []


def test_looking_into_a_container_can_be_stopped(tmp_path: Path) -> None:
    path = zip_file(tmp_path / "a.xlsx", {"xl/workbook.xml": bytes(MAX_FILE_BYTES // 2)})
    with pytest.raises(TaskCancelled):
        file_kind(path, Watch(None, lambda: True))
