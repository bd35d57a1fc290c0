# SPDX-License-Identifier: MIT
"""Each messy sample as a person would read it, to the last cell that matters."""

from dataclasses import dataclass

import pytest

from app.services.importing.readers import read_table, read_tables
from app.services.importing.table import DateOrder, FileKind, ReadOptions
from tests.helpers.shared import SHARED, needs_shared

pytestmark = needs_shared

MESSY = SHARED / "samples" / "messy"
YMD, MDY = DateOrder.YMD, DateOrder.MDY


@dataclass(frozen=True)
class Expected:
    """What a person sees in a file; `last` is empty where there is one row."""

    encoding: str
    delimiter: str
    row_numbers: tuple[int, ...]
    columns: int
    first: tuple[str, ...]
    last: tuple[str, ...] = ()
    header_row: int = 1
    date_order: DateOrder = YMD
    footers: int = 0
    notes: int = 0


ACME = (
    *("001A000001XYZabIAG", "Acme Inc", "1 Main St\nSuite 5", "Boston", "MA", "02139"),
    *("$1,234.00", "Ann Rep", "1/5/2026"),
)
EVIL = (
    *("001A000001XYZaeIAG", '=HYPERLINK("http://x")Evil', "@here", "+1 Town", "-State", "01001"),
    *("($99.50)", "Ann Rep", "2026-01-05"),
)
ONE_LINE = tuple(cell.replace("\n", " ") for cell in ACME)
FOUR = (2, 3, 4, 5)

EXPECTED = {
    "cp1252_semicolon_de.csv": Expected("cp1252", ";", FOUR, 9, ACME, EVIL, date_order=MDY),
    "excel_unicode_text_utf16le_tab.txt": Expected(
        "utf-16", "\t", FOUR, 9, ACME, EVIL, date_order=MDY
    ),
    "mac_cr_only.csv": Expected("mac_roman", ",", FOUR, 9, ONE_LINE, EVIL, date_order=MDY),
    "utf8_bom_crlf.csv": Expected("utf-8", ",", FOUR, 9, ACME, EVIL, date_order=MDY),
    "sf_report_details_footer.csv": Expected(
        "utf-8", ",", FOUR, 9, ACME, EVIL, date_order=MDY, footers=5
    ),
    "sf_formatted_report.xlsx": Expected(
        "",
        "",
        (10, 11),
        5,
        ("Ann Rep", "Acme Inc", "Boston", "02139", "1234"),
        ("Ann Rep", "Beta", "Worcester", "1602", "99"),
        header_row=9,
        footers=2,
        notes=2,
    ),
    "dup_and_blank_headers.csv": Expected(
        *("utf-8", ",", (2,), 5),
        ("Acme", "Acme Inc", "", "02139", ""),
        notes=3,
    ),
    "excel_lost_leading_zeros.csv": Expected(
        *("utf-8", ",", (2, 3), 9),
        (
            *("001A000001XYZab", "Acme", "1 Main", "Boston", "MA", "2139", "1.23457E+11"),
            *("Ann Rep", "46027"),
        ),
        (
            *("001a000001xyzab", "acme", "1 Main", "Boston", "MA", "501", "100"),
            *("Ann Rep", "46028"),
        ),
    ),
    "hubspot_companies_export.csv": Expected(
        *("utf-8", ",", (2, 3), 13),
        (
            *("9001", "Acme Inc", "Ann Rep", "2026-01-05 09:30", "", "Boston", "MA", "02139"),
            *("United States", "COMPUTER_SOFTWARE", "1234567", "120", "acme.com"),
        ),
        (
            *("9002", "Acme, Inc.", "Former Employee (Deactivated User)", "2025-12-31 23:59", ""),
            *("Boston", "Massachusetts", "02139", "United States", "", "", "", "acme.com"),
        ),
    ),
    "ragged_rows.csv": Expected(
        *("utf-8", ",", (2, 3), 5),
        ("Acme", "Boston", "", "", ""),
        ("Beta", "Boston", "02139", "extra", "extra"),
        notes=1,
    ),
    "sep_line_excel.csv": Expected("utf-8", ";", (3,), 2, ("Acme", "02139"), header_row=2),
    "spotio_records_import.csv": Expected(
        *("utf-8", ",", (2,), 12),
        (
            *("001A000001XYZabIAG", "ann@example.com", "New", "Acme Inc", "1", "Main St"),
            *("Boston", "MA", "02139", "US", "42.3601", "-71.0589"),
        ),
    ),
    "spotio_users_import.csv": Expected(
        *("utf-8", ",", (2,), 9),
        (
            *("Ann", "Rep", "ann@example.com", "+16175550100", "Sales", "", "Limited"),
            *("NE 1", "005A0000001"),
        ),
    ),
    "zoho_Accounts_001.csv": Expected(
        *("utf-8", ",", (2,), 14),
        (
            *("zcrm_4876876000000111", "zcrm_4876876000000001", "Ann Rep", "Acme Inc", ""),
            *("Customer", "1 Main St", "Boston", "MA", "02139", "United States"),
            *("$ 1,234.00", "2026-01-05 09:30:00", "NE 1;NE 2"),
        ),
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_messy_file_is_read_as_a_person_would(name: str) -> None:
    table, expected = read_table(MESSY / name), EXPECTED[name]
    rows = table.rows(len(table))
    assert (table.encoding, table.delimiter) == (expected.encoding, expected.delimiter)
    assert tuple(table.row_numbers.tolist()) == expected.row_numbers
    assert len(table.headers) == expected.columns
    assert (rows[0], rows[-1]) == (expected.first, expected.last or expected.first)
    assert (table.header_row, table.header_depth) == (expected.header_row, 1)
    assert (table.date_order, table.is_date_order_certain) == (expected.date_order, True)
    assert (len(table.footer_rows), len(table.notes)) == (expected.footers, expected.notes)
    assert table.decimal_sign == "."


@pytest.mark.parametrize("name", EXPECTED)
def test_each_messy_file_holds_one_table(name: str) -> None:
    (table,) = read_tables(MESSY / name)
    assert table.rows(9) == read_table(MESSY / name).rows(9)


def test_no_messy_file_is_left_out() -> None:
    assert {path.name for path in MESSY.iterdir()} == {*EXPECTED, "PROVENANCE.md"}


def test_letters_of_three_old_encodings_are_those_of_unicode() -> None:
    for name in ("cp1252_semicolon_de.csv", "mac_cr_only.csv", "utf8_bom_crlf.csv"):
        row = read_table(MESSY / name).rows(3)[2]
        assert row[1:4] == ("Müller Bäckerei", "Hauptstr. 2", "Zürich")
        assert row[6:] == ("1.234,50 €", "Björn Å", "31.12.2025")


def test_totals_of_the_formatted_report_can_be_kept() -> None:
    path = MESSY / "sf_formatted_report.xlsx"
    assert read_table(path).kind is FileKind.XLSX
    kept = read_table(path, ReadOptions(leaves_out_totals=False))
    assert kept.columns["Account Owner"].tolist()[2:] == ["Subtotal", "Total"]
    assert kept.columns["Annual Revenue"].tolist()[2:] == ["1333", "1333"]


def test_the_footer_of_the_report_can_be_kept() -> None:
    path = MESSY / "sf_report_details_footer.csv"
    assert len(read_table(path, ReadOptions(leaves_out_totals=False))) == 9
