# SPDX-License-Identifier: MIT
"""Columns that transactions, visits and the like have in common: account, date, numbers."""

import numpy as np
import numpy.typing as npt

from app.services.importing.account_columns import joined_column
from app.services.importing.cleaning import numbers, texts
from app.services.importing.current import CurrentPlan
from app.services.importing.dates import NO_DAY, days
from app.services.importing.draft import ProblemKind
from app.services.importing.finding import (
    account_finder,
    account_rows,
    report_empty,
    report_unknown,
)
from app.services.importing.mapping import Mapping
from app.services.importing.problems import ProblemList, report_dates, report_numbers
from app.services.importing.table import ImportedTable, TextColumn

_Longs = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


def placed_rows(
    table: ImportedTable, mapping: Mapping, current: CurrentPlan, problems: ProblemList
) -> tuple[_Longs, _Longs, _Longs]:
    """The rows that name an account of the plan and a day.

    Returns:
        Positions of the rows, ids of their accounts, and days since 1970-01-01.
    """
    accounts = known_accounts(table, mapping, current, problems)
    day, is_dated = day_column(table, mapping, "date", problems)
    rows = np.flatnonzero((accounts >= 0) & is_dated)
    return rows, current.account_ids[accounts[rows]], day[rows]


def known_accounts(
    table: ImportedTable, mapping: Mapping, current: CurrentPlan, problems: ProblemList
) -> _Longs:
    """Per row the position of its account, -1 where the row is left out for want of one."""
    header = mapping.header_for("account")
    if header is None:
        return np.full(len(table), -1, dtype=np.int64)
    column = texts(table.columns[header])
    found = account_rows(current, column)
    is_empty = np.equal(column, "").astype(bool)
    report_empty(problems, np.flatnonzero(is_empty).tolist(), header, "account")
    unknown = np.flatnonzero((found < 0) & ~is_empty).tolist()
    if unknown:
        report_unknown(
            problems,
            unknown,
            kind=ProblemKind.UNKNOWN_ACCOUNT,
            header=header,
            what=("account", "accounts"),
            finder=account_finder(current),
        )
    return found


def day_column(
    table: ImportedTable, mapping: Mapping, field: str, problems: ProblemList
) -> tuple[_Longs, npt.NDArray[np.bool_]]:
    """The day of each row, and whether it has one; rows without one are left out."""
    header = mapping.header_for(field)
    if header is None:
        return np.zeros(len(table), dtype=np.int64), np.zeros(len(table), dtype=bool)
    read = days(table.columns[header], table.date_order)
    report_dates(problems, header, np.flatnonzero(read.is_unreadable).tolist(), is_needed=True)
    is_dated = read.values != NO_DAY
    empty = np.flatnonzero(~is_dated & ~read.is_unreadable).tolist()
    report_empty(problems, empty, header, "date")
    return read.values.astype(np.int64), is_dated


def optional_days(
    table: ImportedTable, mapping: Mapping, field: str, problems: ProblemList
) -> list[int | None]:
    """The day of each row, None where it has none."""
    header = mapping.header_for(field)
    if header is None:
        return [None] * len(table)
    read = days(table.columns[header], table.date_order)
    report_dates(problems, header, np.flatnonzero(read.is_unreadable).tolist())
    return [None if day == NO_DAY else day for day in read.values.tolist()]


def number_column(
    table: ImportedTable, mapping: Mapping, field: str, problems: ProblemList
) -> _Floats:
    """The numbers of a field, nan where there is none."""
    header = mapping.header_for(field)
    if header is None:
        return np.full(len(table), np.nan)
    read = numbers(table.columns[header], table.decimal_sign)
    report_numbers(problems, header, read)
    return read.values


def text_or_empty(table: ImportedTable, mapping: Mapping, field: str) -> TextColumn:
    """The texts of a field, empty where no column is given to it."""
    column = joined_column(table, mapping, field)
    if column is not None:
        return column
    empty: TextColumn = np.full(len(table), "", dtype=np.object_)
    return empty
