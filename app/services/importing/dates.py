# SPDX-License-Identifier: MIT
"""Dates as people and programs write them to days, and the order of their numbers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from app.services.importing.date_cells import NO_DAY, UNREADABLE, day_of
from app.services.importing.table import DateOrder, TextColumn

_CHUNK_ROWS = 20_000
_MAX_KNOWN = 200_000
_SAMPLED_CELLS = 300
_ENOUGH_VOTES = 1000
_AMBIGUOUS = re.compile(r"\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?=[\s,T]|\Z)")


@dataclass(frozen=True, slots=True)
class DayColumn:
    """The days of a text column.

    Attributes:
        values: Days since 1970-01-01, as the file writes them, whatever the time zone; `NO_DAY`
            where the cell is empty or could not be read.
        is_unreadable: Per row, the cell has text that is no date.
    """

    values: npt.NDArray[np.int32]
    is_unreadable: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """What the dates of a table show about the order of their numbers.

    Attributes:
        example: The first date that could be read in several ways; empty where none can.
    """

    order: DateOrder
    is_certain: bool
    example: str = ""


def days(column: TextColumn, order: DateOrder = DateOrder.MDY) -> DayColumn:
    """The days that a column of text holds.

    ISO dates with or without a time and zone, dates with numbers or names for months, eight
    digits (20260105) and the serial numbers of spreadsheets (46027.5) are understood, and words
    for "not available" are empty.

    Args:
        order: Decides only cells that could be read in several ways.
    """
    known: dict[str, int] = {}
    values = np.empty(len(column), dtype=np.int32)
    for start in range(0, len(column), _CHUNK_ROWS):
        cells: list[str] = column[start : start + _CHUNK_ROWS].tolist()
        parts = [_without_time(cell) if ":" in cell else cell for cell in cells]
        for cell in set(parts).difference(known):
            known[cell] = day_of(cell, order)
        count = len(parts)
        values[start : start + count] = np.fromiter(map(known.__getitem__, parts), np.int32, count)
        if len(known) > _MAX_KNOWN:
            known.clear()
    is_unreadable = values == UNREADABLE
    values[is_unreadable] = NO_DAY
    return DayColumn(values, is_unreadable)


def _without_time(cell: str) -> str:
    """The date of a time stamp; few different ones are left of a million different stamps."""
    if cell[13:14] == ":" and cell[4:5] == "-":
        return cell[:10]
    end = cell.find(" ")
    if 6 <= end <= 10 and cell[0].isdigit() and cell[end + 1 : end + 2].isdigit():
        return cell[:end].rstrip(",")
    return cell


def date_order(columns: Iterable[TextColumn]) -> tuple[DateOrder, bool]:
    """The order of the numbers in the dates of a table, and whether they show it for certain."""
    found = date_evidence(columns)
    return found.order, found.is_certain


def date_evidence(
    columns: Iterable[TextColumn], *, prefers_day_first: bool = False
) -> DateEvidence:
    """What the dates of a table show.

    A first number above 12 can only be a day, a second one only be the day of a month that comes
    first; each different date of all columns with dates votes. Dates with points (31.12.2025) have
    the day first and say nothing about others.

    Args:
        prefers_day_first: Taken where the dates show nothing.
    """
    votes = dict.fromkeys(DateOrder, 0)
    example, has_points = "", False
    for column in columns:
        if not _has_dates(column):
            continue
        for first, sign, second, cell in _numeric_dates(column):
            has_points = has_points or sign == "."
            if sign == ".":
                continue
            example = example or (cell if first != second else "")
            order = _order_shown(first, second)
            if order is not None:
                votes[order] += 1
            if sum(votes.values()) >= _ENOUGH_VOTES:
                break
    winner = max(votes, key=lambda order: votes[order])
    if votes[winner]:
        is_certain = votes[winner] >= 10 * (sum(votes.values()) - votes[winner])
        return DateEvidence(winner, is_certain, example)
    if example:
        order = DateOrder.DMY if prefers_day_first or has_points else DateOrder.MDY
        return DateEvidence(order, is_certain=False, example=example)
    return DateEvidence(DateOrder.DMY if has_points else DateOrder.YMD, is_certain=True)


def _order_shown(first: int, second: int) -> DateOrder | None:
    if first > 31:
        return DateOrder.YMD
    if first > 12:
        return DateOrder.DMY
    return DateOrder.MDY if 12 < second <= 31 else None


def _has_dates(column: TextColumn) -> bool:
    """Whether a column looks like one of dates, by cells from all over it."""
    step = max(1, len(column) // (_SAMPLED_CELLS * 4))
    filled = list(islice((cell for cell in column[::step] if cell), _SAMPLED_CELLS))
    return sum(bool(_AMBIGUOUS.match(cell)) for cell in filled) * 2 > len(filled)


def _numeric_dates(column: TextColumn) -> Iterable[tuple[int, str, int, str]]:
    """First number, separator and second number of each different date, and the date."""
    seen: set[str] = set()
    for start in range(0, len(column), _CHUNK_ROWS):
        for cell in dict.fromkeys(column[start : start + _CHUNK_ROWS].tolist()):
            match = _AMBIGUOUS.match(cell)
            if match and match.group() not in seen:
                seen.add(match.group())
                yield int(match[1]), match[2], int(match[3]), match.group().strip()


__all__ = [
    "NO_DAY",
    "DateEvidence",
    "DateOrder",
    "DayColumn",
    "date_evidence",
    "date_order",
    "days",
]
