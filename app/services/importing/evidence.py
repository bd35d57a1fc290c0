# SPDX-License-Identifier: MIT
"""What the values of a column look like."""

import math
import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass

import numpy as np

from app.services.importing.cleaning import numbers
from app.services.importing.current import CurrentPlan
from app.services.importing.table import ImportedTable, text_column

_LOOKED_AT = 2000
_READ = 600
"""Cells that are compared with patterns; more would take longer and say the same."""

_ZIP = re.compile(r"\A\d{3,5}(-?\d{4})?(\.0)?\Z")
_EMAIL = re.compile(r"\A[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_GUID = re.compile(r"\A\{?[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\}?\Z", re.IGNORECASE)
_DATE = re.compile(
    r"\A(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(\D.*)?|\d{1,2}[ -][^\W\d]{3,9}\.?[ -]\d{2,4}"
    r"|[^\W\d]{3,9}\.? (\d{1,2}, ?)?\d{4}|(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])"
    r"|(19|20)\d\d[-/](0?[1-9]|1[0-2]))\Z"
)
_WEB = re.compile(r"\A(https?://\S+|(www\.)?[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?)\Z", re.IGNORECASE)
_PHONE = re.compile(r"\A[+(]?[\d\s().+/-]{6,}(\s*(x|ext\.?)\s*\d+)?\Z", re.IGNORECASE)
_YES_NO = frozenset(("true", "false", "yes", "no", "y", "n", "t", "f", "1", "0", "ja", "nein"))
_STATUS_WORDS = re.compile(
    r"customer|prospect|lead|lost|former|active|closed|new|churn", re.IGNORECASE
)
_MONEY = re.compile(r"[$€£¥]|\b(usd|eur|gbp)\b", re.IGNORECASE)
_SALESFORCE_ID = re.compile(r"\A[0-9a-zA-Z]{3}[0-9a-zA-Z]{12}([0-9a-zA-Z]{3})?\Z")
_MOSTLY = 0.8
_MIN_NUMERIC = 0.9
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_FLAG_VALUES = 3
_MOST_VISIT_HOURS = 12
_LARGEST = {
    "lon": 180.0,
    "lat": 90.0,
    **dict.fromkeys(
        (
            *("quota", "capacity_hours", "amount", "quantity", "unit_price", "discount"),
            *("part_time_fraction", "days_off", "experience_years", "cost", "share"),
        ),
        math.inf,
    ),
}
_WORDS = frozenset(("name", "street", "city", "industry", "title"))
_DATES = frozenset(
    ("date", "created_on", "last_activity_on", "first_day", "last_day", "start_on", "end_on")
)


@dataclass(frozen=True)
class ColumnEvidence:
    """What the values of a column look like; shares are of the non-empty cells looked at.

    Attributes:
        distinct_fraction: Different values per value, 0 where there are none.
        is_serial: Whole numbers that a spreadsheet may mean as days.
        id_prefix: The three signs that Salesforce ids of one kind of record begin with, or "".
    """

    header: str
    values: tuple[str, ...]
    filled_fraction: float
    distinct_fraction: float
    is_unique: bool
    numeric_fraction: float
    is_numeric: bool
    is_year: bool
    is_flag: bool
    is_serial: bool
    is_money: bool
    is_zip: bool
    is_email: bool
    is_web: bool
    is_phone: bool
    is_guid: bool
    is_date: bool
    is_markup: bool
    id_prefix: str
    low: float
    high: float

    @property
    def is_empty(self) -> bool:
        """Whether no cell is filled."""
        return not self.values

    def share_in(self, known: Container[str]) -> float:
        """Share of the values that are among the known ones."""
        if not self.values:
            return 0.0
        return sum(value in known for value in self.values) / len(self.values)

    def matches_reps(self, current: CurrentPlan) -> bool:
        """Whether most values are an id, e-mail address or name of a rep."""
        known = {
            key.casefold()
            for rep in current.reps
            for key in (rep.external_id, rep.email, rep.name)
            if key
        }
        if not known or not self.values:
            return False
        met = sum(value.casefold() in known for value in self.values)
        return met / len(self.values) > _MOSTLY

    def fit(self, target: str) -> float:
        """How well the values suit a field, as a factor on the header's score."""
        if self.is_empty:
            return 0.5
        if target in ("status", "segment"):
            return self._fit_status(target)
        if target in _DATES:
            # A record is nothing without its date, so its name alone is worth a look.
            otherwise = 0.5 if target == "date" else 0.3
            return 1.0 if self.is_date else 0.85 if self.is_serial else otherwise
        limit = _LARGEST.get(target)
        if limit is not None:
            return 1.0 if self.is_numeric and -limit <= self.low <= self.high <= limit else 0.25
        if target in _WORDS:
            return 0.6 if self.is_numeric or self.is_date or self.is_guid else 1.0
        return self._fit_other(target)

    def _fit_other(self, target: str) -> float:
        misfit = {
            "email": 1.0 if self.is_email else 0.3,
            "phone": 1.0 if self.is_phone else 0.6,
            "website": 1.0 if self.is_web or self.is_email else 0.5,
            "external_id": 1.0 if self.is_unique else 0.9,
            "postal_code": 0.3 if self.is_email or self.is_date else 1.0,
            "hours": self._fit_duration(is_short=True),
            "minutes": self._fit_duration(is_short=False),
            "is_won": 1.0 if self._is_yes_no() else 0.3,
            "is_closed": 1.0 if self._is_yes_no() else 0.3,
            "is_active": 1.0 if self._is_yes_no() else 0.5,
        }
        return misfit.get(target, 0.3 if self.is_markup else 1.0)

    def _fit_duration(self, *, is_short: bool) -> float:
        """A duration of more than a day's work is meant in minutes, a shorter one in hours."""
        if not self.is_numeric:
            return 0.25
        return 1.0 if is_short == (self.high <= _MOST_VISIT_HOURS) else 0.8

    def _is_yes_no(self) -> bool:
        return all(value.casefold() in _YES_NO for value in self.values)

    def _fit_status(self, target: str) -> float:
        if self.is_numeric or self.is_date:
            return 0.4
        says_status = sum(bool(_STATUS_WORDS.search(v)) for v in self.values) / len(self.values)
        return 1.0 if (target == "status") == (says_status > _MOSTLY) else 0.95


def evidence_of(table: ImportedTable, header: str) -> ColumnEvidence:
    """What the first values of a column look like."""
    cells = [cell.strip() for cell in table.columns[header][:_LOOKED_AT]]
    values = tuple(cell for cell in cells if cell)
    sample = values[:_READ]
    count = max(len(sample), 1)
    read = numbers(text_column(sample), table.decimal_sign)
    good = read.values[~np.isnan(read.values)]
    is_numeric = len(good) > 0 and len(good) / count >= _MIN_NUMERIC
    low, high = (float(good.min()), float(good.max())) if len(good) else (0.0, 0.0)
    is_whole = is_numeric and bool((good == np.floor(good)).all())
    distinct = len(set(values))

    def share(pattern: re.Pattern[str]) -> float:
        return sum(bool(pattern.match(value)) for value in sample) / count

    is_date = share(_DATE) > _MOSTLY
    return ColumnEvidence(
        header=header,
        values=values,
        filled_fraction=len(values) / max(len(cells), 1),
        distinct_fraction=distinct / max(len(values), 1),
        is_unique=distinct == len(values) and distinct > 0,
        numeric_fraction=len(good) / count,
        is_numeric=is_numeric,
        is_year=is_whole and low >= _FIRST_YEAR and high <= _LAST_YEAR,
        is_flag=is_whole and distinct <= _FLAG_VALUES and low >= 0 and high <= _FLAG_VALUES - 1,
        is_serial=is_whole and low >= _FIRST_SERIAL and high <= _LAST_SERIAL,
        is_money=sum(bool(_MONEY.search(value)) for value in sample) / count > _MOSTLY,
        is_zip=share(_ZIP) > _MOSTLY,
        is_email=share(_EMAIL) > _MOSTLY,
        is_web=share(_WEB) > _MOSTLY,
        is_phone=share(_PHONE) > _MOSTLY and not is_date,
        is_guid=share(_GUID) > _MOSTLY,
        is_date=is_date,
        is_markup=sum(value.startswith("<") for value in sample) / count > _MOSTLY,
        id_prefix=_id_prefix(sample),
        low=low,
        high=high,
    )


def _id_prefix(values: tuple[str, ...]) -> str:
    """The prefix that most Salesforce ids among the values have."""
    prefixes = Counter(value[:3] for value in values if _SALESFORCE_ID.match(value))
    if not prefixes:
        return ""
    prefix, count = prefixes.most_common(1)[0]
    return prefix if count / len(values) > _MOSTLY else ""
