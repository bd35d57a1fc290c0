# SPDX-License-Identifier: MIT
"""Workbooks, read in a child process."""

import datetime as dt
import time
import zipfile
from pathlib import Path

import pytest

from app.models.errors import ImportProblem, TaskCancelled
from app.services.importing.readers import read_table, sheets_of
from app.services.importing.table import FileKind, ReadOptions
from tests.services.importing.files import workbook, zip_file

ROWS = [
    ["Account ID", "Name", "ZIP", "Revenue"],
    [1, "Acme", "02139", 1234.5],
    [2, "Beta", 1602, 7],
]


def test_cells_become_text_without_needless_fractions(tmp_path: Path) -> None:
    table = read_table(workbook(tmp_path, {"Sheet": ROWS}))
    assert table.kind is FileKind.XLSX
    assert table.rows(2) == [("1", "Acme", "02139", "1234.5"), ("2", "Beta", "1602", "7")]


def test_the_content_decides_not_the_extension(tmp_path: Path) -> None:
    assert len(read_table(workbook(tmp_path, {"S": ROWS}, "list.csv"))) == 2


def test_the_first_sheet_with_cells_is_read_and_another_can_be_chosen(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Empty": [], "Accounts": ROWS, "Other": [["a", "b"], ["x", "y"]]})
    assert sheets_of(path) == ("Empty", "Accounts", "Other")
    table = read_table(path)
    assert (table.sheet, table.sheets) == ("Accounts", ("Empty", "Accounts", "Other"))
    assert read_table(path, ReadOptions(sheet="Other")).headers == ("a", "b")


def test_a_sheet_that_is_not_there_and_a_workbook_without_cells_are_problems(
    tmp_path: Path,
) -> None:
    path = workbook(tmp_path, {"Empty": []})
    with pytest.raises(ImportProblem, match="no such sheet"):
        read_table(path, ReadOptions(sheet="Nope"))
    with pytest.raises(ImportProblem, match="no filled cells"):
        read_table(path)


def test_dates_are_written_as_iso(tmp_path: Path) -> None:
    path = tmp_path / "dates.xlsx"
    import xlsxwriter  # noqa: PLC0415 -- only this test needs a format

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "name", "since", "done"])
        sheet.write_row(1, 0, [1, "a"])
        form = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(1, 2, dt.datetime(2026, 1, 5), form)  # noqa: DTZ001 -- sheets know no zones
        sheet.write_boolean(1, 3, boolean=True)
    assert read_table(path).rows(1) == [("1", "a", "2026-01-05", "TRUE")]


def test_one_cell_far_away_ends_the_child_not_the_program(tmp_path: Path) -> None:
    """A reader that makes a dense grid of it would need 500 GB."""
    entries: dict[str, bytes] = {}
    with zipfile.ZipFile(workbook(tmp_path, {"S": [["id", "name"], [1, 2]]})) as archive:
        for name in archive.namelist():
            entries[name] = archive.read(name)
    sheet = entries["xl/worksheets/sheet1.xml"]
    sheet = sheet.replace(b'r="B2"', b'r="XFD1048576"').replace(b'row r="2"', b'row r="1048576"')
    path = zip_file(tmp_path / "far.xlsx", entries | {"xl/worksheets/sheet1.xml": sheet})
    with pytest.raises(ImportProblem, match="too large to be read"):
        read_table(path)


def test_reading_a_workbook_can_be_stopped(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"S": ROWS})
    calls = iter([False, True])
    start = time.perf_counter()
    with pytest.raises(TaskCancelled):
        read_table(path, cancelled=lambda: next(calls, True))
    assert time.perf_counter() - start < 5.0
