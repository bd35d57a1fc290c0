# SPDX-License-Identifier: MIT
"""Dates in every form that exports use, and the order of their numbers."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.importing.dates import NO_DAY, date_evidence, date_order, days
from app.services.importing.table import DateOrder, text_column

EPOCH = dt.date(1970, 1, 1)
YMD, MDY, DMY = DateOrder.YMD, DateOrder.MDY, DateOrder.DMY


def read(cell: str, order: DateOrder = MDY) -> dt.date | None:
    """The date in a cell, None for an empty cell.

    Raises:
        ValueError: It is no date.
    """
    found = days(text_column([cell]), order)
    if found.is_unreadable[0]:
        raise ValueError(cell)
    day = int(found.values[0])
    return None if day == NO_DAY else EPOCH + dt.timedelta(days=day)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-01-05T09:30:00.000+0000", "2026-01-05"),
        ("2008-04-30 00:00:00.000", "2008-04-30"),
        ("2026-01-05T23:59:59Z", "2026-01-05"),
        ("2026/1/5", "2026-01-05"),
        ("2026-01", "2026-01-01"),
        ("1/5/2026", "2026-01-05"),
        ("7/4/1996", "1996-07-04"),
        ("02/03/24", "2024-02-03"),
        ("12/31/2025", "2025-12-31"),
        ("31/12/2025", "2025-12-31"),
        ("31.12.2025", "2025-12-31"),
        ("5. 1. 2026", "2026-01-05"),
        ("02/26/26 02:18 AM", "2026-02-26"),
        ("1/5/2026, 9:30 PM", "2026-01-05"),
        ("5 Jan 2026", "2026-01-05"),
        ("05-JAN-26", "2026-01-05"),
        ("Jan 5, 2026", "2026-01-05"),
        ("Mon, January 5th 2026", "2026-01-05"),
        ("Sept 9, 2026", "2026-09-09"),
        ("Mar 2026", "2026-03-01"),
        ("46027", "2026-01-05"),
        ("46027.5", "2026-01-05"),
        ("20260105", "2026-01-05"),
        ("  2026-01-05 ", "2026-01-05"),
        ("1/1/69", "2069-01-01"),
        ("1/1/70", "1970-01-01"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_dates_of_real_exports_are_read(cell: str, expected: str) -> None:
    assert read(cell) == dt.date.fromisoformat(expected)


@pytest.mark.parametrize("cell", ["", "  ", "n/a", "NULL", "-", "0000-00-00", "00/00/0000"])
def test_words_for_nothing_are_no_dates_and_no_errors(cell: str) -> None:
    assert read(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-02-30", "13/13/2026", "2025-02-29", "soon", "20261301", "7", "1234567", "Q1 2026"),
        *("5 Foo 2026", "2026", "99999", "12/2026/1", "1-2/2026", "x" * 5000, "\uff11/\uff15/2026"),
    ],
)
def test_what_is_no_date_is_said_to_be_unreadable(cell: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read(cell)


_FORMS: list[tuple[str, DateOrder]] = [
    ("%Y-%m-%d", YMD),
    ("%Y/%m/%d", MDY),
    ("%Y.%m.%d", DMY),
    ("%Y%m%d", YMD),
    ("%Y-%m-%d %H:%M:%S", MDY),
    ("%Y-%m-%dT%H:%M:%S.000+0200", MDY),
    ("%m/%d/%Y", MDY),
    ("%m-%d-%Y", MDY),
    ("%m/%d/%Y %I:%M %p", MDY),
    ("%d/%m/%Y", DMY),
    ("%d-%m-%Y %H:%M", DMY),
    ("%d.%m.%Y", MDY),
    ("%d %b %Y", MDY),
    ("%d-%b-%Y", DMY),
    ("%d %B %Y", YMD),
    ("%b %d, %Y", DMY),
    ("%B %d %Y", MDY),
    ("%A, %d %B %Y", MDY),
]


@given(st.datetimes(min_value=dt.datetime(1000, 1, 1)), st.sampled_from(_FORMS))  # noqa: DTZ001 cells know no zones
def test_each_date_is_read_back_from_each_form(
    moment: dt.datetime, form: tuple[str, DateOrder]
) -> None:
    assert read(moment.strftime(form[0]), form[1]) == moment.date()


@given(
    st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)),
    st.sampled_from([("%m/%d/%y", MDY), ("%d/%m/%y", DMY), ("%d.%m.%y", MDY), ("%d-%b-%y", MDY)]),
)
def test_years_of_two_digits_are_those_around_now(
    day: dt.date, form: tuple[str, DateOrder]
) -> None:
    assert read(day.strftime(form[0]), form[1]) == day


@given(st.dates(dt.date(1928, 1, 1), dt.date(2118, 1, 1)), st.booleans())
def test_serial_numbers_of_spreadsheets_are_days(day: dt.date, has_time: bool) -> None:
    serial = (day - dt.date(1899, 12, 30)).days
    assert read(f"{serial}{'.75' if has_time else ''}") == day


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_unreadable_but_no_error(text: str) -> None:
    found = days(text_column([text]))
    assert not found.is_unreadable[0] or found.values[0] == NO_DAY


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ([["1/5/2026", "1/13/2026"]], (MDY, True)),
        ([["1/5/2026", "13/1/2026"]], (DMY, True)),
        ([["1/5/2026"], ["2/28/2026", ""]], (MDY, True)),
        ([["1/5/2026", "2/3/2026"]], (MDY, False)),
        ([["5/5/2026", "7/7/2026"]], (YMD, True)),
        ([["31.12.2025", "1.5.2026"]], (DMY, True)),
        ([["2026-01-05", "2026-02-03"]], (YMD, True)),
        ([["99-12-31", "98-01-02"]], (YMD, True)),
        ([["Acme", "12-34 Main St"]], (YMD, True)),
        ([["01.23.45.67.89", "13.12.11.10"]], (YMD, True)),
        ([["1/13/2026", "13/1/2026"]], (MDY, False)),
        ([], (YMD, True)),
    ],
)
def test_the_order_is_what_all_dates_of_a_table_show(
    columns: list[list[str]], expected: tuple[DateOrder, bool]
) -> None:
    assert date_order(map(text_column, columns)) == expected


def test_few_wrong_dates_do_not_make_the_order_doubtful() -> None:
    cells = [f"{month}/{day}/2026" for month in range(1, 13) for day in range(13, 29)]
    assert date_order([text_column([*cells, "13/1/2026"])]) == (MDY, True)


def test_an_example_says_which_dates_are_doubtful() -> None:
    column = text_column(["", "5/5/2026", "3/4/2026 10:15"])
    assert date_evidence([column]).example == "3/4/2026"
    european = date_evidence([column], prefers_day_first=True)
    assert (european.order, european.is_certain) == (DMY, False)


@given(
    st.lists(st.dates(dt.date(1000, 1, 1)), min_size=1, max_size=20), st.sampled_from([MDY, DMY])
)
def test_an_order_said_to_be_certain_is_the_true_one(
    dates: list[dt.date], order: DateOrder
) -> None:
    form = "%m/%d/%Y" if order is MDY else "%d/%m/%Y"
    column = text_column([day.strftime(form) for day in dates])
    found, is_certain = date_order([column])
    if is_certain:
        assert [read(cell, found) for cell in column] == dates


@pytest.mark.parametrize("form", ["%m/%d/%Y", "%Y-%m-%dT%H:%M:%S.000+0000"])
def test_a_million_dates_take_about_a_second(form: str) -> None:
    start = dt.datetime(2020, 1, 1)  # noqa: DTZ001 cells know no zones
    few = [(start + dt.timedelta(minutes=37 * n)).strftime(form) for n in range(50_000)]
    column = text_column(few * 20)
    began = time.perf_counter()
    found = days(column, MDY)
    assert time.perf_counter() - began < 4.0
    assert not found.is_unreadable.any()
    assert found.values[:50_000].tolist() == found.values[-50_000:].tolist()
