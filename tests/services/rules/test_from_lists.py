# SPDX-License-Identifier: MIT
"""Filters of the list of accounts as conditions."""

import pytest

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
from app.services.rules.condition_text import condition_text, read_condition
from app.services.rules.from_lists import condition_of_accounts, condition_of_filters
from app.services.rules.matching import matches
from app.services.tables.filters import Between, Contains, Filter, IsEmpty, OneOf
from tests.helpers.rule_facts import TODAY, ListedFacts

SEGMENT = TextTest("segment", TextOperator.IS, ("A", "B"))


@pytest.mark.parametrize(
    ("filters", "condition"),
    [
        ([("segment", OneOf(frozenset("BA")))], SEGMENT),
        (
            [("segment", OneOf(frozenset(("A", ""))))],
            AnyOf((TextTest("segment", TextOperator.IS, ("A",)),
                   TextTest("segment", TextOperator.EMPTY))),
        ),
        ([("city", Contains("york"))], TextTest("city", TextOperator.CONTAINS, ("york",))),
        ([("owner", IsEmpty(is_negated=True))], TextTest("owner", TextOperator.GIVEN)),
        (
            [("measure 3", Between(5.0, None)), ("segment", OneOf(frozenset("AB")))],
            AllOf((NumberTest("measure:3", NumberOperator.AT_LEAST, (5.0,)), SEGMENT)),
        ),
        (
            [("measure 3", Between(None, 0.0))],
            NumberTest("measure:3", NumberOperator.AT_MOST, (0.0,)),
        ),
        (
            [("measure 3", Between(0.0, 2.0))],
            NumberTest("measure:3", NumberOperator.BETWEEN, (0.0, 2.0)),
        ),
        ([("created_on", IsEmpty())], DateTest("created_on", DateOperator.EMPTY)),
    ],
)  # fmt: skip
def test_filters_become_a_condition(
    filters: list[tuple[str, Filter]], condition: Condition
) -> None:
    assert condition_of_filters(filters) == condition


@pytest.mark.parametrize(
    "filters",
    [
        [],
        [("territory", OneOf(frozenset(("North",))))],
        [("segment", OneOf(frozenset("A"))), ("within_km", Between(None, 5.0))],
        [("placed_by", OneOf(frozenset(("City",))))],
    ],
)
def test_what_a_rule_cannot_ask_becomes_none(filters: list[tuple[str, Filter]]) -> None:
    assert condition_of_filters(filters) is None


@pytest.mark.parametrize(
    ("needed", "expected"),
    [
        (Between(TODAY - 1, None), [True, True, False, False]),
        (Between(None, TODAY - 1), [False, True, True, False]),
        (Between(TODAY - 5, TODAY - 1), [False, True, True, False]),
        (Between(None, None), [True, True, True, False]),
    ],
)
def test_limits_of_dates_count_as_within(needed: Between, expected: list[bool]) -> None:
    days = [float(TODAY), TODAY - 1.0, TODAY - 2.0, float("nan")]
    facts = ListedFacts(4, day={"created_on": days})
    condition = condition_of_filters([("created_on", needed)])
    assert condition is not None
    assert matches(condition, facts).tolist() == expected
    assert read_condition(condition_text(condition)) == condition


def test_a_selection_becomes_a_list_of_ids() -> None:
    assert condition_of_accounts(["a", "b"]) == TextTest("external_id", TextOperator.IS, ("a", "b"))
