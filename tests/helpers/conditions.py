# SPDX-License-Identifier: MIT
"""Any condition that can be made in the window, for hypothesis."""

from datetime import date

from hypothesis import strategies as st

from app.models.ids import GeoUnitId, RepId
from app.models.rule import (
    AllOf,
    AnyOf,
    Condition,
    DateOperator,
    DateTest,
    DistanceOperator,
    DistanceTest,
    ListOperator,
    ListTest,
    Not,
    NumberOperator,
    NumberTest,
    PlaceOperator,
    PlaceTest,
    Test,
    TextOperator,
    TextTest,
)

TEXT_FIELDS = ("segment", "industry", "extra:Sales channel")
_values = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda text: text == " ".join(text.split())
)
_words = st.lists(_values, min_size=1, max_size=3, unique=True).map(tuple)
_numbers = st.floats(-1e12, 1e12, allow_nan=False)
_dates = st.dates(date(1990, 1, 1), date(2040, 1, 1)).map(date.isoformat)


def tests() -> st.SearchStrategy[Test]:
    """One test of any kind, with as many values as its operator needs."""
    return st.one_of(_texts(), _number_tests(), _date_tests(), _lists(), _places(), _distances())


def conditions() -> st.SearchStrategy[Condition]:
    """A tree of tests."""
    return st.recursive(
        tests(),
        lambda inner: st.one_of(
            st.builds(AllOf, st.lists(inner, max_size=3).map(tuple)),
            st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
            st.builds(Not, inner),
        ),
        max_leaves=6,
    )


def _texts() -> st.SearchStrategy[Test]:
    bare = (TextOperator.EMPTY, TextOperator.GIVEN)
    fields = st.sampled_from(TEXT_FIELDS)
    with_values = st.sampled_from([each for each in TextOperator if each not in bare])
    return st.builds(TextTest, fields, with_values, _words) | st.builds(
        TextTest, fields, st.sampled_from(bare)
    )


def _lists() -> st.SearchStrategy[Test]:
    bare = (ListOperator.EMPTY, ListOperator.GIVEN)
    with_values = st.sampled_from([each for each in ListOperator if each not in bare])
    field = st.just("product_lines")
    return st.builds(ListTest, field, with_values, _words) | st.builds(
        ListTest, field, st.sampled_from(bare)
    )


def _number_tests() -> st.SearchStrategy[Test]:
    def of(operator: NumberOperator) -> st.SearchStrategy[Test]:
        count = {NumberOperator.BETWEEN: 2, NumberOperator.EMPTY: 0, NumberOperator.GIVEN: 0}
        values = st.tuples(*[_numbers] * count.get(operator, 1))
        return st.builds(NumberTest, st.just("measure:1"), st.just(operator), values)

    return st.sampled_from(NumberOperator).flatmap(of)


def _date_tests() -> st.SearchStrategy[Test]:
    def of(operator: DateOperator) -> st.SearchStrategy[Test]:
        field, kind = st.just("created_on"), st.just(operator)
        if operator in (DateOperator.LATELY, DateOperator.NOT_LATELY):
            return st.builds(DateTest, field, kind, days=st.integers(1, 5000))
        count = {DateOperator.BETWEEN: 2, DateOperator.EMPTY: 0, DateOperator.GIVEN: 0}
        return st.builds(DateTest, field, kind, st.tuples(*[_dates] * count.get(operator, 1)))

    return st.sampled_from(DateOperator).flatmap(of)


def _places() -> st.SearchStrategy[Test]:
    ids = st.sampled_from(("state:01", "state:02", "zip:10001", "county:02001", "country:FR"))
    areas = st.lists(ids.map(GeoUnitId), min_size=1, max_size=3, unique=True).map(tuple)
    return st.builds(PlaceTest, st.sampled_from(PlaceOperator), areas)


def _distances() -> st.SearchStrategy[Test]:
    operators, km = st.sampled_from(DistanceOperator), st.floats(0, 20_000)
    point = st.builds(
        DistanceTest, operators, km, st.just("Depot"), st.floats(-180, 180), st.floats(-90, 90)
    )
    home = st.builds(DistanceTest, operators, km, st.just("Ann"), rep_id=st.just(RepId(1)))
    return point | home
