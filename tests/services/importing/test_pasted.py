# SPDX-License-Identifier: MIT
"""Cells that were copied in a spreadsheet program."""

import pytest

from app.models.errors import ImportProblem, TaskCancelled
from app.services.importing.pasted import table_from_text
from app.services.importing.table import FileKind, ReadOptions


def test_copied_cells_are_a_table() -> None:
    table = table_from_text("Account ID\tName\tZIP\r\n1\tAcme, Inc.\t02139\r\n2\tBeta\t00501\r\n")
    assert (table.file_name, table.kind, table.delimiter) == ("Pasted cells", FileKind.TEXT, "\t")
    assert table.headers == ("Account ID", "Name", "ZIP")
    assert table.rows(2) == [("1", "Acme, Inc.", "02139"), ("2", "Beta", "00501")]


def test_cells_with_several_lines_and_quotes_stay_whole() -> None:
    table = table_from_text('id\tname\tstreet\n1\t"A ""B"""\t"1 Main\nSuite 5"\n2\tx\ty\n')
    assert table.rows(2) == [("1", 'A "B"', "1 Main\nSuite 5"), ("2", "x", "y")]


def test_text_with_commas_and_one_column_are_tables_too() -> None:
    assert table_from_text("id,name\n1,a\n").headers == ("id", "name")
    assert table_from_text("name\nAcme\nBeta\n").rows(2) == [("Acme",), ("Beta",)]


def test_cells_without_column_names_get_some() -> None:
    table = table_from_text("02139\t5.5\n01001\t7.5\n")
    assert table.headers == ("Column 1", "Column 2")
    assert (len(table), table.header_row) == (2, 0)
    assert "first row is data" in table.notes[0]


def test_what_the_user_chose_wins() -> None:
    table = table_from_text("a;b\tc\n1;2\t3\n", ReadOptions(delimiter=";", header_row=1))
    assert table.headers == ("a", "b c")


@pytest.mark.parametrize("text", ["", " \r\n\t", "\x00"])
def test_nothing_copied_is_a_problem(text: str) -> None:
    with pytest.raises(ImportProblem, match="no text to paste") as caught:
        table_from_text(text)
    assert caught.value.remedy


def test_column_names_alone_are_a_problem() -> None:
    with pytest.raises(ImportProblem, match="column names but no rows"):
        table_from_text("id\tname\n", ReadOptions(header_row=1))


def test_pasting_can_be_stopped() -> None:
    with pytest.raises(TaskCancelled):
        table_from_text("id\tname\n1\ta\n", cancelled=lambda: True)
