# SPDX-License-Identifier: MIT
"""Periods as sales offices write them: 2026, FY26, Q1 2026, H2 2026, Jan 2026, 2026-01."""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.days import date_of, day_number

_YEAR = re.compile(r"\A(?:fy|cy|year)?\s*'?(\d{4}|\d{2})\Z", re.IGNORECASE)
_PART_YEAR = re.compile(r"\A([qh])\s*([1-4])\D*(\d{4}|\d{2})\Z", re.IGNORECASE)
_YEAR_PART = re.compile(r"\A(?:fy)?\s*(\d{4}|\d{2})\D*([qh])\s*([1-4])\Z", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"\A([a-zéûä]{3,9})\.?[\s\-/]*'?(\d{4}|\d{2})\Z", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"\A(\d{4})[-/.](\d{1,2})\Z")
_NUMBER_YEAR = re.compile(r"\A(\d{1,2})[-/.](\d{4})\Z")
_WORDS = re.compile(r"\b(quota|target|goal|plan|budget|sales|revenue|amount)\b", re.IGNORECASE)
_MONTHS = tuple(
    (name, number)
    for names in (
        ("", "january", "february", "march", "april", "may", "june", "july", "august",
         "september", "october", "november", "december"),
        ("", "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september",
         "oktober", "november", "dezember"),
    )
    for number, name in enumerate(names)
    if number
)  # fmt: skip
_MONTHS_BY_PART = {"q": 3, "h": 6}
_FIRST_YEAR, _LAST_YEAR = 1950, 2150


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, days since 1970-01-01; both are part of it."""

    first_day: int
    last_day: int


def period_of(text: str) -> Period | None:
    """The period that a text names, or None; a fiscal year counts as the calendar year."""
    plain = " ".join(_WORDS.sub(" ", text.strip()).split())
    for pattern, read in _READERS:
        found = pattern.match(plain)
        if found:
            return read(found)
    return None


def _read_year(found: re.Match[str]) -> Period | None:
    # Two digits alone are a number, unless something says that they are a year.
    is_year = len(found[1]) == 4 or found[1] != found[0]
    return _months(_year(found[1]), 1, 12) if is_year else None


def _read_month(found: re.Match[str]) -> Period | None:
    word = found[1].casefold()
    month = next((number for name, number in _MONTHS if name.startswith(word)), None)
    return _months(_year(found[2]), month, 1) if month else None


def periods_from_starts(days: npt.NDArray[np.int64]) -> list[Period]:
    """Periods of which only the first days are known: each ends where the next could begin.

    The usual distance between two different days decides whether they are months, quarters, half
    years or years; a single day starts a year.

    Args:
        days: Days since 1970-01-01, in any order, repeated for several reps.
    """
    distinct = np.unique(days)
    gap = float(np.median(np.diff(distinct))) if len(distinct) > 1 else 365.0
    months = min((1, 3, 6, 12), key=lambda count: abs(gap - count * 30.44))
    return [Period(day, _months_later(day, months) - 1) for day in days.tolist()]


def _part(letter: str, number: int, year: int) -> Period | None:
    length = _MONTHS_BY_PART[letter.casefold()]
    return _months(year, (number - 1) * length + 1, length) if number * length <= 12 else None


def _months(year: int, first_month: int, count: int) -> Period | None:
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= first_month <= 12):
        return None
    last_month = first_month + count - 1
    last = dt.date(year, last_month, calendar.monthrange(year, last_month)[1])
    return Period(day_number(dt.date(year, first_month, 1)), day_number(last))


def _months_later(day: int, months: int) -> int:
    start = date_of(day)
    total = start.month - 1 + months
    year, month = start.year + total // 12, total % 12 + 1
    last = calendar.monthrange(year, month)[1]
    is_end = start.day == calendar.monthrange(start.year, start.month)[1]
    return day_number(dt.date(year, month, last if is_end else min(start.day, last)))


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...] = (
    (_YEAR, _read_year),
    (_PART_YEAR, lambda found: _part(found[1], int(found[2]), _year(found[3]))),
    (_YEAR_PART, lambda found: _part(found[2], int(found[3]), _year(found[1]))),
    (_YEAR_MONTH, lambda found: _months(int(found[1]), int(found[2]), 1)),
    (_NUMBER_YEAR, lambda found: _months(int(found[2]), int(found[1]), 1)),
    (_MONTH_YEAR, _read_month),
)
