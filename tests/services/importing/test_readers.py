# SPDX-License-Identifier: MIT
"""Text files: encodings, delimiters, row ends, headers and footers."""

import gzip
from pathlib import Path

import pytest

from app.models.errors import ImportProblem, TaskCancelled
from app.services.importing.readers import read_table
from app.services.importing.table import ReadOptions
from tests.services.importing.files import csv_table, write

CITIES = "Account ID,Name,City\n1,Müller,Zürich\n2,Ågård,København\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings_are_found(tmp_path: Path, encoding: str, found: str) -> None:
    table = read_table(write(tmp_path, "a.csv", CITIES, encoding))
    assert table.encoding == found
    assert table.rows(2) == [("1", "Müller", "Zürich"), ("2", "Ågård", "København")]


def test_old_macintosh_text_is_read(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "a.csv", CITIES.replace("\n", "\r"), "mac_roman"))
    assert table.encoding == "mac_roman"
    assert table.rows(1) == [("1", "Müller", "Zürich")]


def test_chosen_encoding_wins(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", CITIES, "cp1252")
    assert read_table(path, ReadOptions(encoding="latin-1")).encoding == "latin-1"


def test_unknown_encoding_is_a_problem(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", CITIES)
    with pytest.raises(ImportProblem, match="cannot be read as klingon"):
        read_table(path, ReadOptions(encoding="klingon"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("row_end", ["\n", "\r\n", "\r"])
def test_delimiters_and_row_ends_are_found(tmp_path: Path, delimiter: str, row_end: str) -> None:
    rows = [["id", "name", "zip"], ["1", "Acme", "02139"], ["2", "Beta", "00501"]]
    text = row_end.join(delimiter.join(row) for row in rows) + row_end
    table = csv_table(tmp_path, text)
    assert table.delimiter == delimiter
    assert table.rows(2) == [("1", "Acme", "02139"), ("2", "Beta", "00501")]


def test_commas_in_semicolon_files_do_not_mislead(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "id;revenue;note\n1;1.234,50;a, b, c\n2;2,50;d, e\n3;7,25;f\n")
    assert table.delimiter == ";"
    assert table.decimal_sign == ","


def test_sep_line_is_taken(tmp_path: Path) -> None:
    table = csv_table(tmp_path, 'sep=!\r\nid!name\r\n1!"A!B"\r\n')
    assert (table.delimiter, table.header_row) == ("!", 2)
    assert table.rows(1) == [("1", "A!B")]
    assert table.row_numbers.tolist() == [3]


def test_chosen_delimiter_and_decimal_sign_win(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id;a,b\n1;2,3\n")
    table = read_table(path, ReadOptions(delimiter=",", decimal_sign=","))
    assert table.headers == ("id;a", "b")
    assert table.decimal_sign == ","


def test_leading_zeros_stay(tmp_path: Path) -> None:
    table = csv_table(tmp_path, 'id,zip,wrapped\n007,00501,"=""02139"""\n')
    assert table.rows(1) == [("007", "00501", "02139")]


def test_quotes_hold_delimiters_row_ends_and_quotes(tmp_path: Path) -> None:
    table = csv_table(tmp_path, 'id,name,street\n1,"A ""B"", C","1 Main\nSuite 5"\n2,x,y\n')
    assert table.rows(2) == [("1", 'A "B", C', "1 Main\nSuite 5"), ("2", "x", "y")]


def test_ragged_rows_keep_their_cells(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "id,name\n1,a,extra\n2\n3,c\n")
    assert table.headers == ("id", "name", "Column 3")
    assert table.rows(3) == [("1", "a", "extra"), ("2", "", ""), ("3", "c", "")]


def test_delimiters_at_row_ends_make_no_column(tmp_path: Path) -> None:
    assert csv_table(tmp_path, "id,name,\n1,a,\n2,b,\n").headers == ("id", "name")


def test_double_and_blank_headers_get_names(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "Name,Name,,Zip\na,b,c,1\n")
    assert table.headers == ("Name", "Name (2)", "Column 3", "Zip")
    assert len(table.notes) == 2


def test_rows_above_the_header_are_left_out(tmp_path: Path) -> None:
    text = "My report\nAs of 2026-01-05\n\nAccount ID,Account Name,City\n1,Acme,Boston\n"
    table = csv_table(tmp_path, text)
    assert table.header_row == 4
    assert table.headers == ("Account ID", "Account Name", "City")
    assert table.row_numbers.tolist() == [5]


def test_chosen_header_row_wins_and_zero_means_none(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "x,y\nid,name\n1,a\n")
    assert read_table(path, ReadOptions(header_row=2)).headers == ("id", "name")
    table = read_table(path, ReadOptions(header_row=0))
    assert table.headers == ("Column 1", "Column 2")
    assert len(table) == 3


def test_footers_and_subtotals_are_left_out_and_kept_for_show(tmp_path: Path) -> None:
    text = (
        "Account Owner,Account Name,City,Revenue\nAnn,Acme,Boston,5\nSubtotal,,,5\n"
        "Bob,Total,Paris,6\nTotal,,,11\n\n\nMy report\nCopyright (c) 2026 somebody\n"
    )
    table = csv_table(tmp_path, text)
    assert [row[1] for row in table.rows(9)] == ["Acme", "Total"]
    assert len(table.footer_rows) == 4


def test_empty_rows_are_left_out_and_row_numbers_stay_true(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "id,name,x\n1,a,b\n\n,,\n2,c,d\n")
    assert table.row_numbers.tolist() == [2, 5]


def test_a_table_of_one_column_is_read(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "name\nAcme\nBeta\n")
    assert (table.headers, len(table)) == (("name",), 2)


def test_years_as_column_names_are_a_header(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "Account,2024,2025\nAcme,10,20\nBeta,30,40\n")
    assert table.headers == ("Account", "2024", "2025")


def test_packed_text_is_read(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "a.csv.gz", gzip.compress(CITIES.encode())))
    assert table.rows(1) == [("1", "Müller", "Zürich")]


def test_nulls_are_removed_with_a_note(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "id,name\n1,Ac\x00me and many more letters of text\n" * 1)
    assert table.rows(1)[0][1].startswith("Acme")
    assert any("Null" in note for note in table.notes)


def test_a_quote_that_never_closes_does_not_swallow_the_file(tmp_path: Path) -> None:
    rows = "\n".join(f"{n},name {n},x" for n in range(100))
    table = csv_table(tmp_path, f'id,name,x\n0,"open,x\n{rows}\n')
    assert len(table) == 101
    assert any("not closed" in note for note in table.notes)


def test_a_file_cut_inside_a_cell_is_read_with_a_note(tmp_path: Path) -> None:
    table = csv_table(tmp_path, 'id,name\n1,a\n2,"b')
    assert len(table) == 2
    assert any("may not be complete" in note for note in table.notes)


def test_a_cut_utf8_letter_at_the_end_does_not_change_the_encoding(tmp_path: Path) -> None:
    content = "id,name\n1,Müller\n2,Zü".encode()[:-1]
    table = read_table(write(tmp_path, "a.csv", content))
    assert table.encoding == "utf-8"
    assert table.rows(1) == [("1", "Müller")]


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        ("1.234,50 7,5 8,25", ","),
        ("1,234.50 7.5 8.25", "."),
        ("1,234 5,678", "."),
        ("12 13", "."),
        ("-71.0589 42.3601", "."),
    ],
)
def test_the_decimal_sign_is_what_the_numbers_show(tmp_path: Path, cells: str, sign: str) -> None:
    text = "id;value\n" + "".join(f"{n};{cell}\n" for n, cell in enumerate(cells.split()))
    assert csv_table(tmp_path, text).decimal_sign == sign


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    with pytest.raises(TaskCancelled):
        read_table(write(tmp_path, "a.csv", CITIES), cancelled=lambda: True)


def test_reading_reports_progress(tmp_path: Path) -> None:
    seen: list[float] = []
    read_table(write(tmp_path, "a.csv", CITIES), progress=lambda share, _: seen.append(share))
    assert seen == sorted(seen)
    assert len(seen) >= 3


def test_a_frame_is_a_table(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "id,zip\n1,02139\n")
    again = table.from_frame(table.frame, "sample")
    assert again.rows(1) == [("1", "02139")]
    assert again.headers == table.headers
