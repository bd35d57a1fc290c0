# SPDX-License-Identifier: MIT
"""Asking the facts what tests want to know: one column for all tests on a field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.models.ids import GeoUnitId
from app.models.rule import (
    DateTest,
    DistanceTest,
    ListTest,
    NumberTest,
    PlaceOperator,
    PlaceTest,
    Test,
    TextTest,
)
from app.services.rules.columns import (
    AreaColumn,
    BoolArray,
    FieldMissing,
    FloatArray,
    IntArray,
    RuleFacts,
    kind_of_area,
)
from app.services.rules.truth import (
    date_breaks,
    date_truth,
    distance_truth,
    limits,
    list_truth,
    number_truth,
    text_truth,
)


@dataclass(frozen=True, eq=False)
class AskedColumn:
    """One column with what the tests on it say.

    Attributes:
        codes: Per account the number of its value.
        truths: Per test whether it holds, per value.
    """

    codes: IntArray
    truths: list[BoolArray]


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the answer of a test is found: it holds where any of the truths does.

    Attributes:
        places: Number of a column, and of a truth in it.
        is_negated: It holds where none of them does.
    """

    places: tuple[tuple[int, int], ...]
    is_negated: bool = False


@dataclass(eq=False)
class Asked:
    """All that some tests want to know.

    Attributes:
        missing: Per test that asks for what is not in the plan, a sentence that says so.
    """

    columns: list[AskedColumn] = field(default_factory=list[AskedColumn])
    answers: dict[Test, Answer] = field(default_factory=dict[Test, Answer])
    missing: dict[Test, str] = field(default_factory=dict[Test, str])


def asked(tests: Iterable[Test], facts: RuleFacts) -> Asked:
    """The columns that tests need, each with what the tests say about its values."""
    result = Asked()
    places: list[PlaceTest] = []
    groups: dict[object, list[Test]] = {}
    for test in dict.fromkeys(tests):
        if isinstance(test, PlaceTest):
            places.append(test)
        else:
            groups.setdefault(_column_key(test), []).append(test)
    for group in groups.values():
        try:
            column = _column(group, facts)
        except FieldMissing as error:
            result.missing |= dict.fromkeys(group, error.text)
            continue
        for place, test in enumerate(group):
            result.answers[test] = Answer(((len(result.columns), place),))
        result.columns.append(column)
    _ask_places(places, facts, result)
    return result


def _column_key(test: Test) -> object:
    match test:
        case DistanceTest():
            return (DistanceTest, test.rep_id or (test.lon, test.lat))
        case PlaceTest():
            return PlaceTest
        case DateTest():
            # A date that is none must not take other tests on its column along.
            return (DateTest, test.field, test.dates if not _has_dates(test) else ())
        case _:
            return (type(test), test.field)


def _has_dates(test: DateTest) -> bool:
    try:
        date_breaks(test, 0)
    except FieldMissing:
        return False
    return True


def _column(tests: Sequence[Test], facts: RuleFacts) -> AskedColumn:
    """One column with the answers of tests of one class on one field.

    Raises:
        FieldMissing: The plan has no such field, or a date is none.
    """
    match tests[0]:
        case TextTest(key):
            texts = facts.texts(key)
            truths = [text_truth(t, texts.values) for t in tests if isinstance(t, TextTest)]
            return AskedColumn(texts.codes, truths)
        case ListTest(key):
            lists = facts.lists(key)
            truths = [list_truth(t, lists.values) for t in tests if isinstance(t, ListTest)]
            return AskedColumn(lists.codes, truths)
        case NumberTest(key):
            numbers = [t for t in tests if isinstance(t, NumberTest)]
            codes, values = _cut(facts.numbers(key), [b for t in numbers for b in limits(t)])
            return AskedColumn(codes, [number_truth(t, values) for t in numbers])
        case DateTest(key):
            dates, today = [t for t in tests if isinstance(t, DateTest)], facts.today
            breaks = [b for t in dates for b in date_breaks(t, today)]
            codes, values = _cut(facts.days(key), breaks)
            return AskedColumn(codes, [date_truth(t, values, today) for t in dates])
        case DistanceTest() as first:
            distances = [t for t in tests if isinstance(t, DistanceTest)]
            codes, values = _cut(facts.distances(first), [t.km for t in distances])
            return AskedColumn(codes, [distance_truth(t, values) for t in distances])
        case PlaceTest():
            raise TypeError("places are asked for by kind of area")


def _cut(values: FloatArray, breaks: Iterable[float]) -> tuple[IntArray, FloatArray]:
    """Numbers by where they lie between breaks.

    Returns:
        Per number the code of its span: every break is a span of its own, and so is nan; and a
        number of each span.
    """
    sorted_breaks = np.unique(np.fromiter(breaks, np.float64))
    edges = sorted_breaks[np.isfinite(sorted_breaks)]
    below = np.searchsorted(edges, values, "left").astype(np.int32)
    padded = np.append(edges, np.nan)
    codes = 2 * below + (padded[below] == values)
    codes[np.isnan(values)] = 2 * len(edges) + 1
    spans = np.empty(2 * len(edges) + 2)
    spans[1:-1:2] = edges
    spans[-1] = np.nan
    outer = np.concatenate([[-np.inf], edges, [np.inf]])
    spans[0:-1:2] = outer[:-1] / 2 + outer[1:] / 2 if len(edges) else 0.0
    return codes, spans


def _ask_places(tests: Sequence[PlaceTest], facts: RuleFacts, result: Asked) -> None:
    """Ask for areas: one column per kind of area, one truth per test and kind."""
    column_by_kind: dict[str, int] = {}
    for test in tests:
        by_kind: dict[str, list[GeoUnitId]] = {}
        for area in test.areas:
            by_kind.setdefault(kind_of_area(area), []).append(area)
        try:
            found = {kind: facts.areas(kind, ids) for kind, ids in by_kind.items()}
        except FieldMissing as error:
            result.missing[test] = error.text
            continue
        places: list[tuple[int, int]] = []
        for kind, areas in found.items():
            if kind not in column_by_kind:
                column_by_kind[kind] = len(result.columns)
                result.columns.append(AskedColumn(_known(areas), []))
            truths = result.columns[column_by_kind[kind]].truths
            places.append((column_by_kind[kind], len(truths)))
            truths.append(_is_among(areas))
        result.answers[test] = Answer(tuple(places), test.operator is PlaceOperator.NOT_IN)


def _known(areas: AreaColumn) -> IntArray:
    """Codes in which one more number stands for accounts that lie in no area of the kind."""
    return np.where(areas.codes < 0, np.int32(areas.count), areas.codes)


def _is_among(areas: AreaColumn) -> BoolArray:
    truth = np.zeros(areas.count + 1, dtype=np.bool_)
    truth[areas.numbers] = True
    return truth
