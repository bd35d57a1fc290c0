# SPDX-License-Identifier: MIT
"""Numbers, dates and sizes as words, in the manner of the user's system."""

import math
from datetime import UTC, date, datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, QTimeZone

from app.models.measure import MeasureKind
from app.models.units import KM_PER_MILE

NOTHING = "–"
"""Stands where a number is not defined."""

MINUS = "\u2212"
_SMALL = 100
"""Smaller numbers are told with their decimals."""
_COMPACT_STEPS = ((1e9, "B"), (1e6, "M"), (1e3, "k"))


def count(value: float | None) -> str:
    """A whole number with the system's group separators."""
    if value is None or math.isnan(value):
        return NOTHING
    return _signed(_locale().toString(round(value)))


def number(value: float | None, decimals: int = 0) -> str:
    """A number with a fixed number of decimals."""
    if value is None or math.isnan(value):
        return NOTHING
    return _signed(_locale().toString(float(value), "f", decimals))


def money(value: float | None) -> str:
    """Money in the plan's currency, without cents; the plan does not name the currency."""
    return number(value, 0)


def hours(value: float | None) -> str:
    """Hours per year."""
    return NOTHING if value is None or math.isnan(value) else f"{number(value, 0)} h"


def measure_value(value: float | None, kind: MeasureKind) -> str:
    """A total in the form that its kind asks for."""
    is_part = value is not None and abs(value) < _SMALL and bool(value % 1)
    if kind is MeasureKind.HOURS:
        if value is None or not is_part:
            return hours(value)
        # Visits of 1.5 h that stand as 2 h do not add up to their sum.
        return f"{number(value, 1 if round(value, 1) == round(value, 2) else 2)} h"
    if kind is MeasureKind.NUMBER and is_part:
        return number(value, 2)
    return number(value, 0)


def compact(value: float | None) -> str:
    """A number in at most five characters: 8.3, 950, 12.3k, 4.56M."""
    if value is None or math.isnan(value):
        return NOTHING
    for step, suffix in _COMPACT_STEPS:
        if abs(value) >= step:
            scaled = value / step
            decimals = 2 if abs(scaled) < 10 else 1 if abs(scaled) < 100 else 0
            return f"{number(scaled, decimals)}{suffix}"
    is_small = abs(value) < 100 and round(value, 1) % 1 != 0
    return number(value, 1 if is_small else 0)


def percent(fraction: float | None, decimals: int = 0) -> str:
    """A share, 0.128 as ``13 %``."""
    if fraction is None or math.isnan(fraction):
        return NOTHING
    return f"{number(fraction * 100, decimals)}\u202f%"


def signed_percent(fraction: float | None, decimals: int = 0) -> str:
    """A deviation with its sign: ``+42 %``, ``−7 %``, ``±0 %``."""
    if fraction is None or math.isnan(fraction):
        return NOTHING
    if abs(fraction) > 9.99:
        return ("> +" if fraction > 0 else f"< {MINUS}") + "999\u202f%"
    text = percent(abs(fraction), decimals)
    if round(abs(fraction) * 100, decimals) == 0:
        return f"±{text}"
    return f"{'+' if fraction > 0 else MINUS}{text}"


def plural(amount: int, one: str, many: str) -> str:
    """``1 account``, ``2,310 accounts``."""
    return f"{count(amount)} {one if amount == 1 else many}"


def moment(at_utc: str) -> str:
    """A stored UTC time as the user's own: the time of day, with the date if it is not today.

    Args:
        at_utc: ISO 8601 text; shown as it is where it cannot be read.
    """
    try:
        parsed = datetime.fromisoformat(at_utc)
    except ValueError:
        return at_utc
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=UTC)
    local = QDateTime.fromMSecsSinceEpoch(
        int(parsed.timestamp() * 1000), QTimeZone.systemTimeZone()
    )
    locale = _locale()
    time = locale.toString(local.time(), QLocale.FormatType.ShortFormat)
    if local.date() == QDateTime.currentDateTime().date():
        return time
    return f"{locale.toString(local.date(), QLocale.FormatType.ShortFormat)} {time}"


def day(when: date) -> str:
    """A date in the short form of the system."""
    shown = QDate(when.year, when.month, when.day)
    return _locale().toString(shown, QLocale.FormatType.ShortFormat)


def typed_day_format() -> str:
    """How a date is typed: the short form of the system with four digits of the year."""
    short = _locale().dateFormat(QLocale.FormatType.ShortFormat)
    return short if "yyyy" in short else short.replace("yy", "yyyy")


def month(when: date) -> str:
    """The month of a date with its year: March 2026."""
    name = _locale().standaloneMonthName(when.month, QLocale.FormatType.LongFormat)
    return f"{name} {when.year}"


def month_name(number: int) -> str:
    """A month of the year in short: Mar."""
    return _locale().standaloneMonthName(number, QLocale.FormatType.ShortFormat)


def file_size(size_bytes: int) -> str:
    """A file's size."""
    return _locale().formattedDataSize(size_bytes, 1)


def uses_metric() -> bool:
    """Whether distances are in kilometres here; miles where the system names no country."""
    return _locale().measurementSystem() is QLocale.MeasurementSystem.MetricSystem


def in_distance_unit(km: float) -> tuple[float, str]:
    """A distance in the unit of the user's system, and the sign of that unit."""
    return (km, "km") if uses_metric() else (km / KM_PER_MILE, "mi")


def _locale() -> QLocale:
    """The user's locale; English where the system names none, so that thousands are grouped."""
    locale = QLocale()
    if locale.language() is QLocale.Language.C:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    return locale


def _signed(text: str) -> str:
    return MINUS + text[1:] if text.startswith("-") else text
