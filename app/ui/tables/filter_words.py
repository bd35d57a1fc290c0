# SPDX-License-Identifier: MIT
"""Filters of columns as words, and typed limits as numbers."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale

from app.models.days import date_of, day_number
from app.services.tables.filters import Between, Contains, Filter, IsEmpty, OneOf
from app.ui.formats import day, plural
from app.ui.tables.cell_answers import EMPTY_GROUP
from app.ui.tables.cell_delegate import typed_value
from app.ui.tables.columns import ArrayColumn, CellKind

_SHOWN_VALUES = 2
_CENTURY = 100
_DECEMBER = 12
_OLDEST = 1950
"""Two digits of a year mean this year or a later one."""


def filter_words(column: ArrayColumn, wanted: Filter) -> str:
    """A filter in words: "City: Houston, Dallas and 2 more"."""
    return f"{column.title}: {_words(column, wanted)}"


def limit_text(column: ArrayColumn, limit: float | None) -> str:
    """A limit as it is shown; empty for none."""
    if limit is None:
        return ""
    if column.kind is CellKind.DATE:
        return day(date_of(int(limit)))
    return column.formatted(limit)


def typed_limit(column: ArrayColumn, text: str, *, is_end: bool) -> tuple[float | None, str]:
    """A typed limit as a number, and why it cannot be taken.

    Args:
        column: The column that is filtered.
        text: What was typed; empty for no limit. Of dates a year or a month will do.
        is_end: It is the upper limit, so that a year means its last day.
    """
    plain = text.strip()
    if not plain:
        return None, ""
    if column.kind is CellKind.DATE:
        found = typed_date(plain, is_end=is_end)
        if found is None:
            return None, f"“{plain}” is not a date. Type it as 2026-03-31, 2026-03 or 2026."
        return float(day_number(found)), ""
    value, problem = typed_value(column, plain)
    return (value, problem) if isinstance(value, float) else (None, problem)


def typed_date(text: str, *, is_end: bool) -> date | None:
    """A date, month or year as it is typed; None where it is none."""
    parts = text.split("-")
    try:
        if len(parts) == 1 and len(text) == 4:
            return date(int(text), 12, 31) if is_end else date(int(text), 1, 1)
        if len(parts) == 2:
            return _of_month(int(parts[0]), int(parts[1]), is_end=is_end)
        return date.fromisoformat(text)
    except ValueError:
        return _in_locale(text)


def _of_month(year: int, month: int, *, is_end: bool) -> date:
    if not is_end:
        return date(year, month, 1)
    after = date(year + 1, 1, 1) if month == _DECEMBER else date(year, month + 1, 1)
    return after - timedelta(days=1)


def _in_locale(text: str) -> date | None:
    """A date in the short form of the system."""
    found = QLocale().toDate(text, QLocale.FormatType.ShortFormat)
    if not found.isValid():
        return None
    if found.year() < _OLDEST:
        found = QDate(found.year() + _CENTURY, found.month(), found.day())
    return date(found.year(), found.month(), found.day()) if found.isValid() else None


def _words(column: ArrayColumn, wanted: Filter) -> str:
    if isinstance(wanted, Contains):
        return f"{'without' if wanted.is_negated else 'with'} “{wanted.text}”"
    if isinstance(wanted, IsEmpty):
        return "filled in" if wanted.is_negated else "empty"
    if isinstance(wanted, OneOf):
        named = sorted((value or EMPTY_GROUP for value in wanted.values), key=str.casefold)
        more = len(named) - _SHOWN_VALUES
        tail = f" and {plural(more, 'more', 'more')}" if more > 0 else ""
        return ", ".join(named[:_SHOWN_VALUES]) + tail
    return _range_words(column, wanted)


def _range_words(column: ArrayColumn, wanted: Between) -> str:
    low, high = limit_text(column, wanted.low), limit_text(column, wanted.high)
    if low and high:
        return f"{low} to {high}"
    return f"from {low}" if low else f"up to {high}"
