# SPDX-License-Identifier: MIT
"""Numbers and texts as people write them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.importing.cleaning import (
    MAX_TEXT_LENGTH,
    full_ids,
    number,
    numbers,
    postal_codes,
    texts,
)
from app.services.importing.table import text_column


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("12", 12, 12),
        ("-7.5", -7.5, -7.5),
        ("1,234", 1234, 1.234),
        ("1.234", 1.234, 1234),
        ("1.234,50", 1234.5, 1234.5),
        ("1,234.50", 1234.5, 1234.5),
        ("1.234.567", 1234567, 1234567),
        ("12,34,567.5", 1234567.5, 1234567.5),
        ("1'234.50", 1234.5, 1234.5),
        ("1\u00a0234\u202f567,5", 1234567.5, 1234567.5),
        ("0,125", 0.125, 0.125),
        (".5", 0.5, 0.5),
        ("5.", 5, 5),
        ("$1,234.00", 1234, 1234),
        ("1.234,50 €", 1234.5, 1234.5),
        ("USD 5", 5, 5),
        ("€ -5", -5, -5),
        ("12 kr", 12, 12),
        ("($99.50)", -99.5, -99.5),
        ("99.50-", -99.5, -99.5),
        ("−3", -3, -3),
        ("+4", 4, 4),
        ("12%", 0.12, 0.12),
        ("12,5 %", 0.125, 0.125),
        ("1.23457E+11", 123457000000, 123457000000),
        ("'-5", -5, -5),
    ],
)
def test_numbers_are_read(text: str, point: float, comma: float) -> None:
    assert number(text, ".") == pytest.approx(point)
    assert number(text, ",") == pytest.approx(comma)


_AMOUNT = st.text(st.sampled_from([*"0123456789.,$€(-) "]), max_size=9)


@given(_AMOUNT, st.sampled_from([".", ","]))
def test_the_short_way_to_a_number_reads_what_the_long_way_reads(text: str, sign: str) -> None:
    """A space in front leads the long way."""
    short, long = number(text, sign), number(" " + text, sign)
    assert short == long or (short != short and long != long)  # noqa: PLR0124 nan equals nothing


@pytest.mark.parametrize("text", ["", " ", "n/a", "N/A", "-", "null", "#N/A", "#REF!", "unknown"])
def test_words_for_not_available_are_empty(text: str) -> None:
    value = number(text)
    assert value is not None
    assert math.isnan(value)


@pytest.mark.parametrize(
    "text",
    [
        *("abc", "12abc", "1,2,3", "1.2.3", "10.0.0.1", "1/5/2026", "555 0100", "(512) 757-6000"),
        *("1e999", "9" * 30, "5" * 500, "1_000", "inf", "٣", "--5", "()", "%", "+", "1,23,4"),
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert number(text) is None


def test_a_column_says_which_cells_are_bad_and_which_were_rounded() -> None:
    read = numbers(text_column(["1", "", "x", "1.23457E+11", "x"]))
    assert np.array_equal(read.values, [1, np.nan, np.nan, 1.23457e11, np.nan], equal_nan=True)
    assert read.is_unreadable.tolist() == [False, False, True, False, True]
    assert read.is_rounded.tolist() == [False, False, False, True, False]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("plain", "plain"),
        ("  outer  spaces ", "outer  spaces"),
        ("two\nlines\r\nand more", "two lines and more"),
        ("tab\tinside", "tab inside"),
        ("bell\x07", "bell"),
        ("non\u00a0breaking", "non breaking"),
        ("zero\u200bwidth", "zerowidth"),
        ("right-to-left \u202etrick", "right-to-left trick"),
        ("Jose\u0301", "José"),
        ("'=1+1", "=1+1"),
        ("'quoted'", "'quoted'"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("東京", "東京"),
    ],
)
def test_texts_lose_what_cannot_be_seen(cell: str, expected: str) -> None:
    assert texts(text_column([cell, "other"]))[0] == expected
    assert texts(text_column(["ö", cell]))[1] == expected


def test_lines_of_a_street_are_joined_by_a_comma() -> None:
    assert texts(text_column(["1 Main St\nSuite 5"]), ", ")[0] == "1 Main St, Suite 5"


def test_a_clean_column_is_not_copied() -> None:
    column = text_column(["a", "b c", ""])
    assert texts(column) is column


def test_long_texts_are_cut() -> None:
    assert len(texts(text_column(["x" * 50_000]))[0]) == MAX_TEXT_LENGTH


def test_postal_codes_lose_the_fraction_that_a_spreadsheet_gave_them() -> None:
    codes = postal_codes(text_column(["1602.0", "02139", "021394307.0", "K1A 0B1", "12.50"]))
    assert codes.tolist() == ["1602", "02139", "021394307", "K1A 0B1", "12.50"]


def test_short_salesforce_ids_get_their_check_letters() -> None:
    ids = full_ids(text_column(["001bm00001ZL8U9", "001bm00001ZL8UAAA1", "005bm00000NCJmQ", "7"]))
    assert ids.tolist() == ["001bm00001ZL8U9AAL", "001bm00001ZL8UAAA1", "005bm00000NCJmQAAX", "7"]
