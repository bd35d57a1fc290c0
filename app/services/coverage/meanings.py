# SPDX-License-Identifier: MIT
"""Which measures of a plan count as revenue and as potential."""

import re
from collections.abc import Sequence

from app.models.ids import MeasureId
from app.models.measure import ACCOUNT_COUNT, SALES_OF_A_YEAR, Measure, MeasureKind

_POTENTIAL = ("potential", "opportunity", "wallet", "potenzial", "potentiel", "tam", "addressable")
_REVENUE = ("revenue", "turnover", "sales", "umsatz", "amount", "billings", "bookings", "spend")
_NEVER_REVENUE = re.compile(
    r"target|quota|goal|forecast|budget|plan|potential|last year|prior|20\d\d"
)


def potential_measure(measures: Sequence[Measure], chosen: MeasureId | None) -> Measure | None:
    """The measure of accounts that counts as their potential per year; None where none does.

    Args:
        measures: Of the plan.
        chosen: What the user said, or None for a guess by name.
    """
    return _chosen(measures, chosen) or _by_name(measures, _POTENTIAL, barred=None)


def revenue_measure(measures: Sequence[Measure], chosen: MeasureId | None) -> Measure | None:
    """The same for revenue per year; names that speak of targets or of other years do not count.

    None also where the user said that the sales of the last twelve months are the revenue.
    """
    if chosen == SALES_OF_A_YEAR:
        return None
    return _chosen(measures, chosen) or _by_name(measures, _REVENUE, barred=_NEVER_REVENUE)


def possible_measures(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """The measures that may be either: on accounts, from a list, no count of accounts."""
    return tuple(
        measure
        for measure in measures
        if measure.level is None and measure.id != ACCOUNT_COUNT and not measure.is_computed
    )


def _chosen(measures: Sequence[Measure], chosen: MeasureId | None) -> Measure | None:
    return next((each for each in possible_measures(measures) if each.id == chosen), None)


def _by_name(
    measures: Sequence[Measure], words: Sequence[str], barred: re.Pattern[str] | None
) -> Measure | None:
    """The first measure with the earliest of the words; money before other numbers."""
    for word in words:
        found = [
            each
            for each in possible_measures(measures)
            if _has_word(each.name, word) and not (barred and barred.search(each.name.casefold()))
        ]
        found.sort(key=lambda each: each.kind is not MeasureKind.MONEY)
        if found:
            return found[0]
    return None


def _has_word(name: str, word: str) -> bool:
    return re.search(rf"(?<![a-z]){word}", name.casefold()) is not None
