# SPDX-License-Identifier: MIT
"""Files that are written: texts stay texts, numbers numbers, and no file is ever half there."""

import csv
import errno
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
import python_calamine

from app.models.errors import ExportProblem, TaskCancelled
from app.services.exporting import safe_file
from app.services.exporting.csv_file import CsvStyle, guarded
from app.services.exporting.table import ExportColumn, ExportTable, NumberStyle
from app.services.exporting.writing import write_table

HOSTILE = (
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"),
    *("\t=1", "\r=1", "{=1+1}", "http://x.com", "00501", "<b>bold</b>"),
)
"""Texts that spreadsheets like to take for something else."""


def hostile_table() -> ExportTable:
    return ExportTable(
        "Bad: [names]",
        (
            ExportColumn("Text", list(HOSTILE)),
            ExportColumn("=Head", ["x"] * len(HOSTILE)),
            ExportColumn("Number", np.array([-1.5, np.nan, 1e6] * 4), NumberStyle.MONEY),
        ),
    )


def read_csv(path: Path, delimiter: str = ",") -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def test_no_text_of_a_workbook_is_a_formula_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_table(path, hostile_table())
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert not [name for name in archive.namelist() if "sheet1.xml.rels" in name]
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == list(HOSTILE)
    assert rows[0] == ["Text", "=Head", "Number"]
    assert [row[2] for row in rows[1:4]] == [-1.5, "", 1000000.0]


def test_the_header_of_a_workbook_stays_in_view(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_table(path, hostile_table())
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert 'state="frozen"' in sheet
        assert "<autoFilter" in sheet
        assert 'name="Bad- -names-"' in archive.read("xl/workbook.xml").decode()


@pytest.mark.parametrize("text", HOSTILE[:6])
def test_texts_that_look_like_formulas_are_led_by_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-1.5", "+16175550100", "-1,234.50", "plain", "", "00501"])
def test_numbers_and_plain_texts_are_not(text: str) -> None:
    assert guarded(text) == text


def test_every_cell_of_a_csv_file_is_guarded(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_table(path, hostile_table())
    rows = read_csv(path)
    assert rows[0] == ["Text", "'=Head", "Number"]
    assert all(not row[0].startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows)
    assert [row[2] for row in rows[1:4]] == ["-1.5", "", "1000000"]


def test_csv_for_another_system_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_table(path, hostile_table(), CsvStyle(guards_formulas=False))
    assert [row[0] for row in read_csv(path)[1:4]] == list(HOSTILE[:3])


def test_csv_for_excel_follows_the_region(tmp_path: Path) -> None:
    table = ExportTable("T", (ExportColumn("Näme", ["é"]), ExportColumn("N", np.array([1.5]))))
    german, english = tmp_path / "de.csv", tmp_path / "en.csv"
    write_table(german, table, CsvStyle.for_excel(","))
    write_table(english, table, CsvStyle.for_excel("."))
    assert german.read_bytes() == "\ufeffNäme;N\r\né;1,5\r\n".encode()
    assert english.read_bytes() == "\ufeffNäme,N\r\né,1.5\r\n".encode()


def test_csv_is_plain_utf8_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_table(path, ExportTable("T", (ExportColumn("é", ["ü"]),)))
    assert path.read_bytes() == "é\r\nü\r\n".encode()


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_an_older_file_is_replaced_and_nothing_else_is_left(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("old")
    write_table(path, hostile_table())
    assert path.read_bytes() != b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_stopping_keeps_the_older_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("old")
    with pytest.raises(TaskCancelled):
        write_table(path, hostile_table(), cancelled=lambda: True)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "not enough room"),
        (errno.EROFS, "is read-only"),
        (errno.EBUSY, "is open in another program"),
        (errno.EACCES, "is open in another program"),
        (errno.EISDIR, "is a folder"),
        (errno.EIO, "could not be written"),
    ],
)
def test_what_a_disk_refuses_is_a_sentence_and_the_older_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int, words: str
) -> None:
    path = tmp_path / name
    path.write_text("old")

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(safe_file.os, "fsync", refuse)
    with pytest.raises(ExportProblem, match=words) as caught:
        write_table(path, hostile_table())
    assert "as it was" in caught.value.meaning
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportProblem, match="not there any more"):
        write_table(tmp_path / "gone" / "out.csv", hostile_table())


def test_a_full_disk_in_the_middle_of_a_workbook_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(zipfile.ZipFile, "write", refuse)
    monkeypatch.setattr(zipfile.ZipFile, "writestr", refuse)
    with pytest.raises(ExportProblem, match="not enough room"):
        write_table(tmp_path / "out.xlsx", hostile_table())
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_sheet_takes_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.exporting.xlsx_file.MAX_ROWS", 3)
    with pytest.raises(ExportProblem, match="A sheet takes"):
        write_table(tmp_path / "out.xlsx", hostile_table())
    assert list(tmp_path.iterdir()) == []


def test_progress_goes_up(tmp_path: Path) -> None:
    seen: list[float] = []
    write_table(tmp_path / "o.csv", hostile_table(), progress=lambda share, _: seen.append(share))
    assert seen[-1] == 1.0
