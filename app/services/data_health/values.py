# SPDX-License-Identifier: MIT
"""Whether the numbers of the accounts can be right."""

import numpy as np

from app.models.measure import Measure
from app.services.data_health.facts import NO_DAY, HealthFacts, iso_days
from app.services.data_health.report import (
    HealthCheck,
    HealthGroup,
    Question,
    Repair,
    Severity,
)
from app.services.geography.arrays import BoolArray, FloatArray, IntArray
from app.services.geography.factorizing import factorize
from app.services.record_tables import SALE

OUTLIER_TIMES = 100
"""A value this many times the median of its segment is probably in the wrong unit (ours)."""

_FEWEST = 5
"""A median of fewer values says little; then the whole list decides."""

_HALF = 0.5

_ABOVE = Question(
    key="above_potential",
    group=HealthGroup.VALUES,
    title="Revenue above potential",
    found="They already buy more than their potential, which includes what they buy: the potential"
    " is too low or in another unit. Correct it, or whitespace will be too small.",
    nothing="No account buys more than its potential.",
)
_NEGATIVE = Question(
    key="negative_revenue",
    group=HealthGroup.VALUES,
    title="Revenue below zero",
    found="Credit notes can do this; otherwise the sign is wrong. They take away from the total of"
    " their territory.",
    nothing="No account has revenue below zero.",
)
_MOST = Question(
    key="one_account_holds_most",
    group=HealthGroup.VALUES,
    title="One account holds more than half",
    found="",
    nothing="No single account holds more than half of a measure.",
    repairs=(Repair.ROWS,),
)
_OUTLIERS = Question(
    key="outliers",
    group=HealthGroup.VALUES,
    title=f"{OUTLIER_TIMES} times the usual value",
    found="",
    nothing=f"No value is {OUTLIER_TIMES} times the usual one of its segment.",
    worst=Severity.WARNING,
)
_FUTURE = Question(
    key="future_dates",
    group=HealthGroup.VALUES,
    title="Dates in the future",
    found="An account cannot have been created, visited or sold to on a day that is still to come:"
    " the date is wrong, or day and month changed places. Sales after today are left out of the"
    " analysis.",
    nothing="No date of an account, sale or visit lies in the future.",
    worst=Severity.WARNING,
)


def value_checks(facts: HealthFacts) -> list[HealthCheck]:
    """Outliers of the measures, and dates that cannot be."""
    checks: list[HealthCheck] = []
    roles = facts.roles
    if roles.revenue is not None:
        revenue = facts.values[roles.revenue]
        if roles.potential is not None:
            potential = facts.values[roles.potential]
            known = potential > 0
            checks.append(_ABOVE.answer(known & (revenue > potential), of=int(known.sum())))
        checks.append(_NEGATIVE.answer(revenue < 0))
    if facts.measures:
        checks += [_holding_most(facts), _outliers(facts)]
    checks.append(_FUTURE.answer(_in_the_future(facts)))
    return checks


def _holding_most(facts: HealthFacts) -> HealthCheck:
    is_hit = np.zeros(len(facts), dtype=bool)
    holders: list[str] = []
    for measure in facts.measures:
        values = facts.values[measure.id]
        total = float(values.sum())
        if np.count_nonzero(values) < _FEWEST or total <= 0:
            continue
        row = int(values.argmax())
        if values[row] > _HALF * total:
            is_hit[row] = True
            holders.append(f"{facts.texts['name'][row] or 'One account'} of {measure.name}")
    words = (
        f"More than half belongs to {', '.join(holders)}. Balanced territories are not possible"
        " with it; check the value, or leave the account out by giving it to somebody by name."
    )
    return _MOST.answer(is_hit, found=words)


def _outliers(facts: HealthFacts) -> HealthCheck:
    segment, labels = factorize(facts.texts["segment"])
    is_hit = np.zeros(len(facts), dtype=bool)
    measures: list[Measure] = []
    for measure in facts.measures:
        values = facts.values[measure.id]
        above = values >= OUTLIER_TIMES * usual_values(values, segment, len(labels))
        if above.any():
            is_hit |= above
            measures.append(measure)
    names = ", ".join(measure.name for measure in measures)
    words = (
        f"In {names}: at least {OUTLIER_TIMES} times the median of their segment. Often a value"
        " in cents or another currency, or a total in place of one account."
    )
    return _OUTLIERS.answer(is_hit, found=words)


def usual_values(values: FloatArray, segment: IntArray, segment_count: int) -> FloatArray:
    """Per account the median of the values above 0 in its segment; infinite where too few.

    Args:
        values: Of every account.
        segment: Number of the segment of every account.
        segment_count: Number of segments.
    """
    positive = np.flatnonzero(values > 0)
    if len(positive) < _FEWEST:
        return np.full(len(values), np.inf)
    own, codes = values[positive], segment[positive]
    usual = np.full(segment_count, float(np.median(own)))
    # Sorting 16-bit numbers is ten times as fast, and segments are few.
    narrow = codes.astype(np.int16) if segment_count < 2**15 else codes
    order = np.argsort(narrow, kind="stable")
    amounts = np.bincount(codes, minlength=segment_count)
    ends = np.cumsum(amounts)
    sorted_values = own[order]
    for number in np.flatnonzero(amounts >= _FEWEST).tolist():
        part = sorted_values[ends[number] - amounts[number] : ends[number]]
        usual[number] = float(np.median(part))
    return usual[segment]


def _in_the_future(facts: HealthFacts) -> BoolArray:
    today = np.datetime64(facts.today, "D").astype(np.int64)
    is_hit = np.zeros(len(facts), dtype=bool)
    for column in ("created_on", "last_activity_on"):
        days = iso_days(facts.texts[column])
        is_hit |= (days > today) & (days != NO_DAY)
    sold = facts.transactions
    late = sold.account_row[(sold.day > today) & (sold.stage == SALE)]
    visited = facts.visits.account_row[facts.visits.day > today]
    for rows in (late, visited):
        is_hit[rows[rows < len(is_hit)]] = True
    return is_hit
