# SPDX-License-Identifier: MIT
"""Conditions from what the user has done in the list of accounts: its filters, or a selection."""

from collections.abc import Sequence

from app.models.days import date_of
from app.models.rule import (
    AllOf,
    AnyOf,
    Condition,
    DateOperator,
    DateTest,
    NumberOperator,
    NumberTest,
    TextOperator,
    TextTest,
)
from app.services.rules.fields import ACCOUNT_DATES, ACCOUNT_TEXTS, MEASURE
from app.services.rules.operator_words import tidy
from app.services.tables.filters import Between, Contains, Filter, IsEmpty, OneOf

_MEASURE_COLUMN = "measure "
"""Begins the key of a column with a measure in the list of accounts."""
_WORDED = frozenset(("placed_by",))
"""Columns that show other words than the plan holds."""


def condition_of_filters(filters: Sequence[tuple[str, Filter]]) -> Condition | None:
    """The condition that filters of the list of accounts amount to.

    Args:
        filters: Key of a column and what it has to hold.

    Returns:
        None where there is no filter, or one asks for what a rule cannot ask: who serves an
        account, or how exactly it is placed.
    """
    parts = [_condition(key, needed) for key, needed in filters]
    found = tuple(part for part in parts if part is not None)
    return tidy(AllOf(found)) if found and len(found) == len(parts) else None


def condition_of_accounts(external_ids: Sequence[str]) -> Condition:
    """The condition that holds for exactly these accounts, by their ids in the user's system."""
    return TextTest("external_id", TextOperator.IS, tuple(external_ids))


def _condition(key: str, needed: Filter) -> Condition | None:
    if key.startswith(_MEASURE_COLUMN) and isinstance(needed, Between):
        return _number(f"{MEASURE}{key.removeprefix(_MEASURE_COLUMN)}", needed)
    if key in ACCOUNT_DATES:
        return _date(key, needed)
    if key in ACCOUNT_TEXTS and key not in _WORDED:
        return _text(key, needed)
    return None


def _text(key: str, needed: Filter) -> Condition | None:
    match needed:
        case Contains(text, is_negated):
            operator = TextOperator.CONTAINS_NOT if is_negated else TextOperator.CONTAINS
            return TextTest(key, operator, (text,))
        case OneOf(values):
            given = tuple(sorted(value for value in values if value))
            parts: list[Condition] = [TextTest(key, TextOperator.IS, given)] if given else []
            if "" in values:
                parts.append(TextTest(key, TextOperator.EMPTY))
            return AnyOf(tuple(parts))
        case IsEmpty(is_negated):
            return TextTest(key, TextOperator.GIVEN if is_negated else TextOperator.EMPTY)
        case _:
            return None


def _number(field: str, needed: Between) -> Condition:
    match needed:
        case Between(None, None):
            return AllOf()
        case Between(low, None) if low is not None:
            return NumberTest(field, NumberOperator.AT_LEAST, (low,))
        case Between(None, high) if high is not None:
            return NumberTest(field, NumberOperator.AT_MOST, (high,))
        case _:
            low, high = needed.low or 0.0, needed.high or 0.0
            return NumberTest(field, NumberOperator.BETWEEN, (low, high))


def _date(key: str, needed: Filter) -> Condition | None:
    match needed:
        case IsEmpty(is_negated):
            return DateTest(key, DateOperator.GIVEN if is_negated else DateOperator.EMPTY)
        case Between(None, None):
            return DateTest(key, DateOperator.GIVEN)
        case Between(low, None) if low is not None:
            return DateTest(key, DateOperator.AFTER, (_iso(low - 1),))
        case Between(None, high) if high is not None:
            return DateTest(key, DateOperator.BEFORE, (_iso(high + 1),))
        case Between(low, high) if low is not None and high is not None:
            return DateTest(key, DateOperator.BETWEEN, (_iso(low), _iso(high)))
        case _:
            return None


def _iso(day: float) -> str:
    return date_of(int(day)).isoformat()
