# SPDX-License-Identifier: MIT
"""Stacked rows of column names, and rows of totals that the user keeps."""

from pathlib import Path

import pytest
import xlsxwriter

from app.models.errors import ImportProblem
from app.services.importing.readers import read_table, read_tables
from app.services.importing.table import ImportedTable, ReadOptions
from tests.services.importing.files import csv_table, workbook, write

QUARTERS = "Account,Q1,Q2,Q1,Q2\nAcme,1,2,3,4\nBeta,5,6,7,8\n"
JOINED = ("Account", "2025 Q1", "2025 Q2", "2026 Q1", "2026 Q2")


def merged_book(folder: Path, rows: list[list[object]], merged: list[str]) -> Path:
    """A workbook with these cells, of which some are merged."""
    path = folder / "merged.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Plan")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for place in merged:
            sheet.merge_range(place, "")
            first = place.split(":", maxsplit=1)[0]
            row, column = int(first[1:]) - 1, ord(first[0]) - ord("A")
            sheet.write(row, column, rows[row][column])
    return path


def test_groups_above_equal_names_become_part_of_them(tmp_path: Path) -> None:
    table = csv_table(tmp_path, ",2025,,2026,\n" + QUARTERS)
    assert table.headers == JOINED
    assert (table.header_row, table.header_depth, len(table)) == (2, 2, 2)
    assert table.row_numbers.tolist() == [3, 4]
    assert table.notes == ("The column names take 2 rows; groups became part of the names.",)


def test_three_rows_of_names_are_joined(tmp_path: Path) -> None:
    table = csv_table(
        tmp_path,
        "Account,Sales,,,,Goal,,,\n,2025,,2026,,2025,,2026,\n"
        ",Q1,Q2,Q1,Q2,Q1,Q2,Q1,Q2\n" + "Acme,1,2,3,4,5,6,7,8\n" * 6,
    )
    assert table.header_depth == 3
    assert table.headers[:3] == ("Account", "Sales 2025 Q1", "Sales 2025 Q2")
    assert table.headers[-1] == "Goal 2026 Q2"


def test_groups_over_different_names_are_seen_by_the_numbers_below(tmp_path: Path) -> None:
    rows = "".join(f"{n},Acme,{n}5,{n}6\n" for n in range(8))
    table = csv_table(tmp_path, "Account,,2026,\nKey,Label,Jan,Feb\n" + rows)
    assert table.headers == ("Account Key", "Account Label", "2026 Jan", "2026 Feb")
    titled = csv_table(tmp_path, "Report:,Plan,,\nKey,Label,Jan,Feb\n" + rows)
    assert titled.headers == ("Key", "Label", "Jan", "Feb")
    alone = csv_table(tmp_path, "Plan,\nKey,Jan\n1,5\n2,6\n")
    assert (alone.headers, alone.header_row) == (("Key", "Jan"), 2)


def test_merged_cells_over_names_are_their_groups(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Plan of 2026", "", "", "", ""],
        ["Account", "", "Sales", "", ""],
        ["ID", "Name", "Jan", "Feb", "Mar"],
        [1, "Acme", 5, 6, 7],
        [2, "Beta", 8, 9, 10],
    ]
    path = merged_book(tmp_path, rows, ["A1:E1", "A2:B2", "C2:E2"])
    table = read_table(path)
    assert table.headers == ("Account ID", "Account Name", "Sales Jan", "Sales Feb", "Sales Mar")
    assert (table.header_row, table.header_depth, len(table)) == (3, 2, 2)


def test_a_name_over_both_rows_is_not_doubled(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Account", 2025, "", 2026, ""],
        ["", "Q1", "Q2", "Q1", "Q2"],
        ["Acme", 1, 2, 3, 4],
        ["Beta", 5, 6, 7, 8],
    ]
    path = merged_book(tmp_path, rows, ["A1:A2", "B1:C1", "D1:E1"])
    assert read_table(path).headers == JOINED


@pytest.mark.parametrize(
    "text",
    [
        "My report,,\nAccount ID,Name,City\n1,Acme,Boston\n2,Beta,Lynn\n",
        "Report:,Accounts,\nAccount ID,Name,City\n1,Acme,Boston\n2,Beta,Lynn\n",
        "Account ID,Name,City\nA,Acme,Boston\nB,Beta,Lynn\n",
        "Account ID,Name,Sales\n1,Acme,5\n2,Beta,6\n",
        "Name,,Zip,Type\nAcme,Acme,02139,x\nBeta,Beta,02140,y\n",
        "Name,,Zip,Sales\nAcme,Acme,n/a,n/a\nBeta,Beta,02140,\n",
        "Report:,Accounts,,\nName,Name,Zip,Zip\nAcme,A,02139,1\nBeta,B,02140,2\n",
    ],
)
def test_titles_and_data_are_no_groups(tmp_path: Path, text: str) -> None:
    assert csv_table(tmp_path, text).header_depth == 1


def test_the_number_of_rows_with_names_can_be_chosen(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", ",2025,,2026,\n" + QUARTERS)
    plain = read_table(path, ReadOptions(header_depth=1))
    assert plain.headers == ("Account", "Q1", "Q2", "Q1 (2)", "Q2 (2)")
    assert plain.header_depth == 1
    both = read_table(path, ReadOptions(header_row=2, header_depth=2))
    assert both.headers == JOINED
    other = write(tmp_path, "b.csv", "Old,Old,New\nName,City,Zip\nAcme,Boston,02139\n")
    chosen = read_table(other, ReadOptions(header_depth=2))
    assert chosen.headers == ("Old Name", "Old City", "New Zip")
    assert len(chosen) == 1


@pytest.mark.parametrize("depth", [-1, 0, 1, 2, 3, 9])
@pytest.mark.parametrize("row", [None, 0, 1, 2, 3, 99])
def test_any_choice_ends_in_rows_or_a_problem(tmp_path: Path, row: int | None, depth: int) -> None:
    path = write(tmp_path, "a.csv", ",2025,,2026,\n" + QUARTERS)
    options = ReadOptions(header_row=row, header_depth=depth)
    try:
        table = read_table(path, options)
    except ImportProblem:
        assert row == 99
        return
    assert 1 <= len(table) <= 4
    assert 1 <= table.header_depth <= 3


TOTALS = (
    "Owner,Account,City,Sales\nAnn,Acme,Boston,5\nSubtotal,,,5\nBob,Beta,Lynn,6\nTotal,,,11\n\n"
    "My report\nCopyright (c) 2026 somebody\n"
)


def test_rows_taken_for_totals_can_be_kept(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", TOTALS)
    table = read_table(path)
    assert (len(table), len(table.footer_rows), table.leaves_out_totals) == (2, 4, True)
    kept = read_table(path, ReadOptions(leaves_out_totals=False))
    assert (len(kept), kept.footer_rows, kept.leaves_out_totals) == (6, (), False)
    assert kept.columns["Owner"].tolist()[1] == "Subtotal"


def sheets_of(tables: list[ImportedTable]) -> list[str]:
    return [table.sheet for table in tables]


ROWS = [["id", "name"], [1, "Acme"], [2, "Beta"]]


def test_each_sheet_with_a_table_is_one(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        {
            "Read me": [["How to use this workbook"], ["Fill in the sheets"]],
            "Accounts": ROWS,
            "Empty": [],
            "Only names": [["id", "name"]],
            "Reps": [["Rep", "Email"], ["Ann", "ann@example.com"]],
        },
    )
    tables = read_tables(path)
    assert sheets_of(tables) == ["Accounts", "Reps"]
    assert [table.file_name for table in tables] == ["book.xlsx", "book.xlsx"]
    assert tables[0].sheets == ("Read me", "Accounts", "Empty", "Only names", "Reps")
    assert tables[0].notes == (
        "Sheets without a table were passed over: Empty, Read me, Only names.",
    )
    assert tables[1].notes == ()


def test_hidden_sheets_and_charts_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "hidden.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("Accounts", "Lists"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(ROWS):
                sheet.write_row(number, 0, row)
        sheet.hide()
        chart = book.add_chart({"type": "column"})
        assert chart is not None
        chart.add_series({"values": "=Accounts!$A$2:$A$3"})
        book.add_chartsheet("Chart").set_chart(chart)
    tables = read_tables(path)
    assert sheets_of(tables) == ["Accounts"]
    assert tables[0].notes == ("Hidden sheets were passed over: Lists.",)
    assert read_table(path, ReadOptions(sheet="Lists")).sheet == "Lists"


def test_a_single_column_alone_is_a_table(tmp_path: Path) -> None:
    (table,) = read_tables(workbook(tmp_path, {"S": [["name"], ["Acme"]], "Empty": []}))
    assert table.rows(1) == [("Acme",)]


def test_a_workbook_without_a_table_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="no filled cells"):
        read_tables(workbook(tmp_path, {"S": [], "T": []}))
    with pytest.raises(ImportProblem, match="no rows"):
        read_tables(workbook(tmp_path, {"S": [["id", "name"]], "T": [["id", "zip"]]}))
