# SPDX-License-Identifier: MIT
"""Whether single tests hold, for each distinct value of a column."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from app.models.days import day_number
from app.models.rule import (
    DateOperator,
    DateTest,
    DistanceOperator,
    DistanceTest,
    ListOperator,
    ListTest,
    NumberOperator,
    NumberTest,
    TextOperator,
    TextTest,
)
from app.services.rules.columns import BoolArray, FieldMissing, FloatArray, plain


def text_truth(test: TextTest, values: Sequence[str]) -> BoolArray:
    """Per plain text whether a test holds."""
    wanted = tuple(_plain_words(test.values))
    holds = _TEXT[test.operator]
    if test.operator in (TextOperator.IS, TextOperator.IS_NOT):
        among = frozenset(wanted)
        found = np.fromiter((value in among for value in values), np.bool_, len(values))
        return found if test.operator is TextOperator.IS else ~found
    return np.fromiter((holds(value, wanted) for value in values), np.bool_, len(values))


_TEXT: dict[TextOperator, Callable[[str, tuple[str, ...]], bool]] = {
    TextOperator.IS: lambda value, wanted: value in wanted,
    TextOperator.IS_NOT: lambda value, wanted: value not in wanted,
    TextOperator.CONTAINS: lambda value, wanted: any(part in value for part in wanted),
    TextOperator.CONTAINS_NOT: lambda value, wanted: not any(part in value for part in wanted),
    TextOperator.BEGINS: lambda value, wanted: value.startswith(wanted),
    TextOperator.ENDS: lambda value, wanted: value.endswith(wanted),
    TextOperator.EMPTY: lambda value, _wanted: not value,
    TextOperator.GIVEN: lambda value, _wanted: bool(value),
}


def list_truth(test: ListTest, values: Sequence[frozenset[str]]) -> BoolArray:
    """Per list of plain words whether a test holds."""
    wanted = frozenset(_plain_words(test.values))
    holds = _LIST[test.operator]
    return np.fromiter((holds(value, wanted) for value in values), np.bool_, len(values))


_LIST: dict[ListOperator, Callable[[frozenset[str], frozenset[str]], bool]] = {
    ListOperator.ANY: lambda value, wanted: not value.isdisjoint(wanted),
    ListOperator.ALL: lambda value, wanted: value >= wanted,
    ListOperator.NONE: lambda value, wanted: value.isdisjoint(wanted),
    ListOperator.EMPTY: lambda value, _wanted: not value,
    ListOperator.GIVEN: lambda value, _wanted: bool(value),
}


def _plain_words(values: Sequence[str]) -> list[str]:
    """Values as columns have them, without those that say nothing."""
    return [word for value in values if (word := plain(value))]


def number_truth(test: NumberTest, values: FloatArray) -> BoolArray:
    """Per number whether a test holds; nan meets `EMPTY` alone."""
    operator = test.operator
    if operator is NumberOperator.EMPTY:
        return np.isnan(values)
    if operator is NumberOperator.GIVEN:
        return ~np.isnan(values)
    low, high = limits(test)
    inside = (values >= low) & (values <= high)
    if operator is NumberOperator.LESS:
        return inside & (values < high)
    return inside & (values > low) if operator is NumberOperator.MORE else inside


def limits(test: NumberTest) -> tuple[float, float]:
    """The smallest and the largest number that a comparison is about."""
    if not test.values:
        return -np.inf, np.inf
    first, last = test.values[0], test.values[-1]
    match test.operator:
        case NumberOperator.LESS | NumberOperator.AT_MOST:
            return -np.inf, first
        case NumberOperator.MORE | NumberOperator.AT_LEAST:
            return first, np.inf
        case NumberOperator.EQUAL:
            return first, first
        case _:
            return first, last


def date_truth(test: DateTest, days: FloatArray, today: int) -> BoolArray:
    """Per day, counted from 1970-01-01, whether a test holds.

    Raises:
        FieldMissing: A date of the test is none.
    """
    match test.operator:
        case DateOperator.EMPTY:
            return np.isnan(days)
        case DateOperator.GIVEN:
            return ~np.isnan(days)
        case DateOperator.LATELY:
            return (days > today - test.days) & (days <= today)
        case DateOperator.NOT_LATELY:
            return np.isnan(days) | (days <= today - test.days)
        case _:
            low, high = date_limits(test)
            return (days >= low) & (days <= high)


def date_breaks(test: DateTest, today: int) -> tuple[float, ...]:
    """The days at which the answer of a test changes.

    Raises:
        FieldMissing: A date of the test is none.
    """
    if test.operator in (DateOperator.LATELY, DateOperator.NOT_LATELY):
        return (today - test.days, today)
    return date_limits(test)


def date_limits(test: DateTest) -> tuple[float, float]:
    """The first and the last day that a comparison with dates includes.

    Raises:
        FieldMissing: A date of the test is none.
    """
    try:
        days = [day_number(date.fromisoformat(text)) for text in test.dates]
    except ValueError as error:
        raise FieldMissing(f"“{test.dates[0][:40]}” is not a date.") from error
    if not days:
        return -np.inf, np.inf
    match test.operator:
        case DateOperator.BEFORE:
            return -np.inf, days[0] - 1
        case DateOperator.AFTER:
            return days[0] + 1, np.inf
        case DateOperator.ON:
            return days[0], days[0]
        case _:
            return days[0], days[-1]


def distance_truth(test: DistanceTest, km: FloatArray) -> BoolArray:
    """Per distance whether a test holds; nan meets neither."""
    return km <= test.km if test.operator is DistanceOperator.WITHIN else km > test.km
