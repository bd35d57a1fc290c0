# SPDX-License-Identifier: MIT
"""One date as people and programs write it to the number of its day."""

import datetime as dt
import re

import numpy as np

from app.models.days import day_number
from app.services.importing.cleaning import NOT_AVAILABLE
from app.services.importing.table import DateOrder

NO_DAY = int(np.iinfo(np.int32).min)
"""Stands in columns of days for "no date"."""

UNREADABLE = NO_DAY + 1
"""Stands for text that is no date, until `days` tells the two apart."""

_SERIAL_EPOCH = 25_569
"""1970-01-01 as spreadsheets count days."""
_SERIALS = (10_000, 80_000)
"""1927 to 2119; other numbers are more likely something else than a date."""
_PIVOT = 70
"""Two-digit years below it are of this century."""
_MAX_LENGTH = 80

_TIME = (
    r"(?:(?:\s*T|\s*,|\s+at)?\s*\d{1,2}(?::[0-5]\d){1,2}(?:[.,]\d+)?"
    r"(?:\s*[AaPp]\.?[Mm]\.?)?\s*(?:[zZ]|[-+]\d{2}:?\d{2}|\(?[A-Za-z][A-Za-z /]*\)?)?)?\s*\Z"
)
_YEAR_FIRST = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?|(\d{2})(\d{2}))" + _TIME)
_NUMERIC = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})" + _TIME)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_DAY_NAME = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th|\.)?[-\s/]*([a-z]{3,9})\.?,?[-\s/]*(\d{4}|\d{2})" + _TIME,
    re.IGNORECASE,
)
_NAME_DAY = re.compile(
    _WEEKDAY + r"([a-z]{3,9})\.?[-\s]*(\d{1,2})(?:st|nd|rd|th)?,?[-\s]+(\d{4}|\d{2})" + _TIME,
    re.IGNORECASE,
)
_NAME_YEAR = re.compile(r"([a-z]{3,9})\.?[-,\s]+(\d{4})\Z", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?\Z")
_NO_DATE = re.compile(r"0{1,4}[-/.]0{1,2}[-/.]0{1,4}\b")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def day_of(cell: str, order: DateOrder) -> int:
    """Days since 1970-01-01; `NO_DAY` for an empty cell, `UNREADABLE` for what is no date.

    Args:
        order: Decides only cells that could be read in several ways.
    """
    text = cell.strip()
    if text.casefold() in NOT_AVAILABLE or _NO_DATE.match(text):
        return NO_DAY
    if len(text) > _MAX_LENGTH or not text.isascii():
        return UNREADABLE
    serial = _SERIAL.match(text)
    if serial:
        number = int(serial[1])
        in_range = _SERIALS[0] <= number <= _SERIALS[1]
        return number - _SERIAL_EPOCH if in_range else UNREADABLE
    iso = _YEAR_FIRST.match(text)
    if iso:
        return _day(int(iso[1]), int(iso[3] or iso[5]), int(iso[4] or iso[6] or 1))
    numeric = _NUMERIC.match(text)
    if numeric:
        return _of_numbers(numeric[1], numeric[3], numeric[4], numeric[2], order)
    return _of_names(text)


def _of_numbers(first: str, second: str, third: str, sign: str, order: DateOrder) -> int:
    """The day of three numbers; an order that the calendar excludes gives way to one it allows."""
    if len(third) == 2 and (order is DateOrder.YMD or int(first) > 31):
        day = _day(_year(first), int(second), int(third))
        if day != UNREADABLE:
            return day
    is_day_first = sign == "." or order is DateOrder.DMY
    month, day_of_month = (second, first) if is_day_first else (first, second)
    day = _day(_year(third), int(month), int(day_of_month))
    return day if day != UNREADABLE else _day(_year(third), int(day_of_month), int(month))


def _of_names(text: str) -> int:
    match = _DAY_NAME.match(text)
    if match:
        return _day(_year(match[3]), _month(match[2]), int(match[1]))
    match = _NAME_DAY.match(text)
    if match:
        return _day(_year(match[3]), _month(match[1]), int(match[2]))
    match = _NAME_YEAR.match(text)
    return _day(int(match[2]), _month(match[1]), 1) if match else UNREADABLE


def _year(text: str) -> int:
    number = int(text)
    if len(text) > 2:
        return number
    return number + (2000 if number < _PIVOT else 1900)


def _month(name: str) -> int:
    """1 to 12; 0 where it is no month."""
    start = name.casefold()
    return next((n for n, month in enumerate(_MONTHS, 1) if month.startswith(start)), 0) or (
        9 if start == "sept" else 0
    )


def _day(year: int, month: int, day: int) -> int:
    try:
        return day_number(dt.date(year, month, day))
    except ValueError:
        return UNREADABLE
