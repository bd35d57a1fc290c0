# SPDX-License-Identifier: MIT
"""Conditions go into the plan file and come back as they were; what is not ours says so."""

import json

import pytest
from hypothesis import given, settings
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
    TextOperator,
    TextTest,
    Unreadable,
)
from app.services.rules.condition_text import MAX_DEPTH, MAX_PARTS, condition_text, read_condition
from tests.helpers.conditions import conditions


@settings(max_examples=200, deadline=None)
@given(conditions())
def test_a_condition_comes_back_as_it_was(condition: Condition) -> None:
    assert read_condition(condition_text(condition)) == condition


def test_how_it_is_written() -> None:
    condition = AllOf(
        (
            TextTest("segment", TextOperator.IS, ("Énergie",)),
            AnyOf((NumberTest("measure:3", NumberOperator.BETWEEN, (1.0, 2.5)),)),
            Not(PlaceTest(PlaceOperator.IN, (GeoUnitId("state:48"),))),
            DateTest("created_on", DateOperator.LATELY, days=90),
            ListTest("product_lines", ListOperator.NONE, ("Pumps",)),
            DistanceTest(DistanceOperator.WITHIN, 50.0, "Ann", rep_id=RepId(7)),
        )
    )
    assert condition_text(condition) == (
        '{"all":[{"text":"segment","is":["Énergie"]},'
        '{"any":[{"number":"measure:3","between":[1.0,2.5]}]},'
        '{"not":{"place":"in","areas":["state:48"]}},'
        '{"date":"created_on","lately":90},'
        '{"list":"product_lines","has_none":["Pumps"]},'
        '{"distance":"within","km":50.0,"of":"Ann","rep":7}]}'
    )


def nested(depth: int) -> str:
    return '{"not":' * depth + '{"all":[]}' + "}" * depth


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "{}",
        '{"all": 3}',
        '{"all": [1]}',
        '{"sql": "DROP TABLE rule"}',
        '{"text": "segment"}',
        '{"text": "segment", "is": "x"}',
        '{"text": "segment", "is": [1]}',
        '{"text": "", "is": []}',
        '{"text": "segment", "matches": ["(a+)+"]}',
        '{"text": "segment", "is": ["a"], "ends": ["b"]}',
        '{"number": "measure:1", "less": [NaN]}',
        '{"number": "measure:1", "less": [true]}',
        '{"number": "measure:1", "less": [1, 2]}',
        '{"number": "measure:1", "between": [1]}',
        '{"number": "measure:1", "less": [1e999]}',
        '{"number": "measure:1", "less": [1' + "0" * 400 + "]}",
        '{"number": "measure:1", "less": [1' + "0" * 5000 + "]}",
        '{"date": "created_on", "on": ["2026-02-30"]}',
        '{"date": "created_on", "on": ["20260101"]}',
        '{"date": "created_on", "lately": 0.5}',
        '{"date": "created_on", "lately": 0}',
        '{"place": "near", "areas": []}',
        '{"place": "in"}',
        '{"place": "in", "areas": ["Texas"]}',
        '{"distance": "within", "km": -1, "lon": 0, "lat": 0}',
        '{"distance": "within", "km": 1, "lon": 181, "lat": 0}',
        '{"distance": "within", "km": 1, "rep": "1; --"}',
        '{"text": "segment", "is": ["' + "x" * 1001 + '"]}',
        '{"text": ["segment"], "is": []}',
        nested(MAX_DEPTH + 1),
        nested(100_000),
        json.dumps({"all": [{"all": []}] * MAX_PARTS}),
    ],
)
def test_what_is_not_ours_says_why_and_stays_as_it_is(text: str) -> None:
    condition = read_condition(text)
    assert isinstance(condition, Unreadable)
    assert condition.reason.endswith("The rule decides nothing until its condition is made anew.")
    assert condition_text(condition) == text


def test_as_deep_as_allowed_is_read() -> None:
    assert not isinstance(read_condition(nested(MAX_DEPTH)), Unreadable)


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["all", "any", "not", "text", "is", "date", "place", "areas"]),
                inner,
                max_size=3,
            )
        ),
        max_leaves=8,
    )
)
def test_any_json_is_read_without_a_crash(found: object) -> None:
    condition = read_condition(json.dumps(found))
    if not isinstance(condition, Unreadable):
        assert read_condition(condition_text(condition)) == condition
