# SPDX-License-Identifier: MIT
"""All that the checks look at, frozen so that a worker thread can."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from app.models.days import day_number
from app.models.ids import MeasureId
from app.models.measure import ACCOUNT_COUNT, Measure
from app.services.geography.arrays import BoolArray, FloatArray, LongArray, ObjectArray
from app.services.geography.layer import GeoLayer
from app.services.importing.owners import RepFinder
from app.services.record_tables import TransactionTable, VisitTable

HEALTH_TEXTS = (
    *("name", "street", "city", "postal_code", "country", "owner", "segment", "phone", "website"),
    *("placed_by", "created_on", "last_activity_on", "gone_since"),
)
"""Text columns of the accounts that the checks read."""

NO_DAY = np.iinfo(np.int64).min
"""Stands where a date is not known; earlier than any day."""

_REVENUE_WORDS = ("revenue", "sales", "turnover", "umsatz", "chiffre", "billing")
_POTENTIAL_WORDS = ("potential", "potenzial", "potentiel", "opportunity size", "wallet")


@dataclass(frozen=True, slots=True)
class MeasureRoles:
    """Which measure means what; None where the plan has no such measure."""

    revenue: MeasureId | None = None
    potential: MeasureId | None = None


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """Accounts, what happened at them, and whom the plan knows.

    Attributes:
        texts: The columns of `HEALTH_TEXTS`, one entry per account.
        lon, lat: nan where not placed.
        values: Per measure on accounts one value per account, 0 where there is none.
        measures: The measures on accounts, the account count left out.
        newest_import: When a list of accounts came in last, None where none did.
        zips: The layer of ZIP areas.
    """

    texts: Mapping[str, ObjectArray]
    lon: FloatArray
    lat: FloatArray
    values: Mapping[MeasureId, FloatArray]
    measures: tuple[Measure, ...]
    roles: MeasureRoles
    transactions: TransactionTable
    visits: VisitTable
    finder: RepFinder
    has_reps: bool
    newest_import: date | None
    zips: GeoLayer
    today: date

    def __len__(self) -> int:
        """Number of accounts."""
        return len(self.lon)

    def blank(self, column: str) -> BoolArray:
        """Per account, whether a text column has nothing but white space."""
        listed: list[str] = self.texts[column].tolist()
        return np.fromiter((not t or t.isspace() for t in listed), dtype=bool, count=len(listed))


def guessed_roles(measures: tuple[Measure, ...]) -> MeasureRoles:
    """Which measures are revenue and potential, by their names; the first that fits."""
    own = account_measures(measures)

    def named(words: tuple[str, ...]) -> MeasureId | None:
        return next((m.id for m in own if any(w in m.name.casefold() for w in words)), None)

    potential = named(_POTENTIAL_WORDS)
    others = tuple(m for m in own if m.id != potential)
    revenue = next(
        (m.id for m in others if any(w in m.name.casefold() for w in _REVENUE_WORDS)), None
    )
    return MeasureRoles(revenue, potential)


def account_measures(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """The measures that accounts have values of, but for the count and what is computed."""
    return tuple(
        m for m in measures if m.level is None and m.id != ACCOUNT_COUNT and not m.is_computed
    )


def iso_days(texts: ObjectArray) -> LongArray:
    """Days since 1970-01-01 of ISO dates, `NO_DAY` where there is none or it cannot be read."""
    listed: list[str] = texts.tolist()
    if not any(listed):
        return np.full(len(listed), NO_DAY, dtype=np.int64)
    try:
        # Not a time is the smallest number, which is `NO_DAY`.
        return np.array(listed, dtype="datetime64[D]").astype(np.int64)
    except ValueError:
        return np.array([_iso_day(text) for text in listed], dtype=np.int64)


def _iso_day(text: str) -> int:
    try:
        return day_number(date.fromisoformat(text))
    except ValueError:
        return NO_DAY
