# SPDX-License-Identifier: MIT
"""What rules match, against each account looked at by itself the slow way."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.days import date_of, day_number
from app.models.ids import GeoUnitId, RepId, RuleId, TerritoryId
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
    Rule,
    TextOperator,
    TextTest,
    Unreadable,
)
from app.services.rules.columns import plain
from app.services.rules.matching import NO_RULE, match_rules, matches
from tests.helpers.rule_facts import TODAY, ListedFacts

NAN = math.nan
FACTS = ListedFacts(
    count=4,
    text={"segment": ["Enterprise", "enterprise ", "Café", ""]},
    number={"measure:1": [10.0, 20.0, NAN, -5.0]},
    day={"last_order": [TODAY, TODAY - 29, TODAY - 30, NAN]},
    listed={"lines": [["Pumps", "Valves"], ["pumps"], [], ["Valves"]]},
    area={"state": ["state:48", "state:40", "", "state:48"], "zip3": ["", "zip3:606", "", ""]},
    km=[0.0, 10.0, 10.1, NAN],
)


def found(condition: Condition) -> list[int]:
    return np.flatnonzero(matches(condition, FACTS)).tolist()


def rule(condition: Condition, territory: int = 1, *, is_enabled: bool = True) -> Rule:
    return Rule(RuleId(1), "", condition, TerritoryId(territory), is_enabled)


ENTERPRISE = TextTest("segment", TextOperator.IS, ("ENTERPRISE",))
ANY_NUMBER = NumberTest("measure:1", NumberOperator.GIVEN)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (ENTERPRISE, [0, 1]),
        (TextTest("segment", TextOperator.IS, ("cafe", "enterprise")), [0, 1, 2]),
        (TextTest("segment", TextOperator.IS_NOT, ("cafe",)), [0, 1, 3]),
        (TextTest("segment", TextOperator.CONTAINS, ("AF", "x")), [2]),
        (TextTest("segment", TextOperator.CONTAINS, ("", " ")), []),
        (TextTest("segment", TextOperator.CONTAINS_NOT, ("ent",)), [2, 3]),
        (TextTest("segment", TextOperator.BEGINS, ("ca",)), [2]),
        (TextTest("segment", TextOperator.ENDS, ("ISE", "é")), [0, 1, 2]),
        (TextTest("segment", TextOperator.EMPTY), [3]),
        (TextTest("segment", TextOperator.GIVEN), [0, 1, 2]),
        (NumberTest("measure:1", NumberOperator.EQUAL, (20.0,)), [1]),
        (NumberTest("measure:1", NumberOperator.LESS, (10.0,)), [3]),
        (NumberTest("measure:1", NumberOperator.AT_MOST, (10.0,)), [0, 3]),
        (NumberTest("measure:1", NumberOperator.MORE, (10.0,)), [1]),
        (NumberTest("measure:1", NumberOperator.AT_LEAST, (10.0,)), [0, 1]),
        (NumberTest("measure:1", NumberOperator.BETWEEN, (-5.0, 10.0)), [0, 3]),
        (NumberTest("measure:1", NumberOperator.EMPTY), [2]),
        (ANY_NUMBER, [0, 1, 3]),
        (DateTest("last_order", DateOperator.LATELY, days=30), [0, 1]),
        (DateTest("last_order", DateOperator.NOT_LATELY, days=30), [2, 3]),
        (DateTest("last_order", DateOperator.ON, (date_of(TODAY).isoformat(),)), [0]),
        (DateTest("last_order", DateOperator.BEFORE, (date_of(TODAY - 29).isoformat(),)), [2]),
        (DateTest("last_order", DateOperator.AFTER, (date_of(TODAY - 30).isoformat(),)), [0, 1]),
        (DateTest("last_order", DateOperator.EMPTY), [3]),
        (ListTest("lines", ListOperator.ANY, ("pumps", "seals")), [0, 1]),
        (ListTest("lines", ListOperator.ALL, ("PUMPS", "valves")), [0]),
        (ListTest("lines", ListOperator.NONE, ("pumps",)), [2, 3]),
        (ListTest("lines", ListOperator.EMPTY), [2]),
        (ListTest("lines", ListOperator.GIVEN), [0, 1, 3]),
        (PlaceTest(PlaceOperator.IN, (GeoUnitId("state:48"),)), [0, 3]),
        (PlaceTest(PlaceOperator.IN, (GeoUnitId("zip3:606"), GeoUnitId("state:48"))), [0, 1, 3]),
        (PlaceTest(PlaceOperator.NOT_IN, (GeoUnitId("state:48"),)), [1, 2]),
        (PlaceTest(PlaceOperator.IN, (GeoUnitId("state:99"),)), []),
        (PlaceTest(PlaceOperator.IN), []),
        (DistanceTest(DistanceOperator.WITHIN, 10.0), [0, 1]),
        (DistanceTest(DistanceOperator.BEYOND, 10.0), [2]),
        (AllOf(), [0, 1, 2, 3]),
        (AnyOf(), []),
        (Not(ANY_NUMBER), [2]),
        (AllOf((ENTERPRISE, NumberTest("measure:1", NumberOperator.MORE, (15.0,)))), [1]),
        (AnyOf((ENTERPRISE, Not(ANY_NUMBER))), [0, 1, 2]),
    ],
)
def test_what_matches(test: Condition, expected: list[int]) -> None:
    assert found(test) == expected


def test_the_first_enabled_rule_decides() -> None:
    rules = [
        rule(AllOf(), is_enabled=False),
        rule(NumberTest("measure:1", NumberOperator.MORE, (15.0,))),
        rule(ENTERPRISE),
    ]
    assert match_rules(rules, FACTS).first.tolist() == [2, 1, NO_RULE, NO_RULE]


def test_a_rule_that_is_off_still_tells_what_it_would_match() -> None:
    answer = match_rules([rule(ENTERPRISE, is_enabled=False)], FACTS)
    assert answer.accounts_of(0).tolist() == [True, True, False, False]
    assert answer.first.tolist() == [NO_RULE] * 4


@pytest.mark.parametrize(
    "gone",
    [
        TextTest("extra:Gone", TextOperator.IS_NOT, ("x",)),
        PlaceTest(PlaceOperator.NOT_IN, (GeoUnitId("layer:9:x"),)),
        DistanceTest(DistanceOperator.BEYOND, 1.0, rep_id=RepId(3)),
        DateTest("last_order", DateOperator.ON, ("2026-02-30",)),
    ],
)
def test_a_rule_that_asks_for_what_is_gone_decides_nothing_and_says_why(gone: Condition) -> None:
    rules = [rule(AnyOf((Not(gone), ENTERPRISE))), rule(Not(gone)), rule(ENTERPRISE)]
    answer = match_rules(rules, FACTS)
    assert answer.first.tolist() == [2, 2, NO_RULE, NO_RULE]
    assert set(answer.problems) == {0, 1}
    assert all(text.endswith(".") for text in answer.problems.values())


def test_a_condition_that_cannot_be_read_matches_nothing_even_negated() -> None:
    strange = Unreadable("{}", "This condition cannot be read.")
    assert found(Not(strange)) == []
    answer = match_rules([rule(Not(strange))], FACTS)
    assert answer.problems == {0: "This condition cannot be read."}


def test_no_accounts_no_matches() -> None:
    facts = ListedFacts(0, text={"segment": []}, number={"measure:1": []})
    assert (
        match_rules([rule(ENTERPRISE), rule(ANY_NUMBER), rule(AllOf())], facts).first.tolist() == []
    )


def test_no_rules_decide_nothing() -> None:
    assert match_rules([], FACTS).first.tolist() == [NO_RULE] * 4


def test_more_tests_on_one_column_than_a_word_has_bits() -> None:
    facts = ListedFacts(200, text={"code": [str(number) for number in range(200)]})
    rules = [rule(TextTest("code", TextOperator.IS, (str(number),))) for number in range(150)]
    assert match_rules(rules, facts).first.tolist() == [*range(150), *[NO_RULE] * 50]


def test_more_kinds_than_a_table_of_flags_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = [rule(ENTERPRISE), rule(ANY_NUMBER), rule(PlaceTest(PlaceOperator.NOT_IN))]
    expected = match_rules(rules, FACTS).first.tolist()
    monkeypatch.setattr("app.services.rules.kinds._FLAGS_UP_TO", 0)
    assert match_rules(rules, FACTS).first.tolist() == expected == [0, 0, 2, 1]


# An oracle: every account by itself, in plain Python.

WORDS = ("Red", "green", "Blé", "")
_words = st.sampled_from(WORDS)
_numbers = st.sampled_from((-1.0, 0.0, 1.0, 2.5, NAN))
_days = st.sampled_from((float(TODAY - 3), float(TODAY), float(TODAY + 2), NAN))
_states = st.sampled_from(("state:1", "state:2", ""))


@st.composite
def facts_of(draw: st.DrawFn) -> ListedFacts:
    count = draw(st.integers(0, 12))

    def column(values: st.SearchStrategy) -> list:
        return draw(st.lists(values, min_size=count, max_size=count))

    return ListedFacts(
        count,
        text={"a": column(_words), "b": column(_words)},
        number={"n": column(_numbers), "m": column(_numbers)},
        day={"d": column(_days)},
        listed={"l": column(st.lists(_words.filter(bool), max_size=3))},
        area={"state": column(_states), "zip": column(st.sampled_from(("zip:1", "zip:2", "")))},
        km=column(st.sampled_from((0.0, 5.0, 9.0, NAN))),
    )


_some_words = st.lists(_words, max_size=3).map(tuple)
_iso = st.integers(TODAY - 4, TODAY + 3).map(lambda day: date_of(day).isoformat())
_tests = st.one_of(
    st.builds(TextTest, st.sampled_from("ab"), st.sampled_from(TextOperator), _some_words),
    st.builds(
        NumberTest,
        st.sampled_from("nm"),
        st.sampled_from(NumberOperator),
        st.tuples(_numbers.filter(math.isfinite), _numbers.filter(math.isfinite)),
    ),
    st.builds(
        DateTest,
        st.just("d"),
        st.sampled_from(DateOperator),
        st.tuples(_iso, _iso),
        st.integers(0, 6),
    ),
    st.builds(ListTest, st.just("l"), st.sampled_from(ListOperator), _some_words),
    st.builds(
        PlaceTest,
        st.sampled_from(PlaceOperator),
        st.lists(st.sampled_from(("state:1", "zip:2", "zip:9")), max_size=3).map(tuple),
    ),
    st.builds(
        DistanceTest, st.sampled_from(DistanceOperator), st.sampled_from((0.0, 5.0, 7.0, 9.0))
    ),
)
_conditions = st.recursive(
    _tests,
    lambda inner: st.one_of(
        st.builds(AllOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(facts_of(), st.lists(st.tuples(_conditions, st.booleans()), max_size=8))
def test_rules_decide_what_looking_at_each_account_says(
    facts: ListedFacts, conditions: list[tuple[Condition, bool]]
) -> None:
    rules = [rule(condition, is_enabled=enabled) for condition, enabled in conditions]
    answer = match_rules(rules, facts)
    for account in range(facts.count):
        held = [holds(each.condition, facts, account) for each in rules]
        assert [bool(answer.accounts_of(row)[account]) for row in range(len(rules))] == held
        fits = [row for row in range(len(rules)) if held[row] and rules[row].is_enabled]
        assert answer.first[account] == (fits[0] if fits else NO_RULE)


def holds(condition: Condition, facts: ListedFacts, row: int) -> bool:
    match condition:
        case AllOf(parts):
            found = all(holds(part, facts, row) for part in parts)
        case AnyOf(parts):
            found = any(holds(part, facts, row) for part in parts)
        case Not(part):
            found = not holds(part, facts, row)
        case TextTest(field, operator, values):
            found = text_holds(plain(facts.text[field][row]), operator, words(values))
        case NumberTest(field, operator, values):
            found = number_holds(facts.number[field][row], operator, *values)
        case DateTest():
            found = date_holds(facts.day[condition.field][row], condition)
        case ListTest(field, operator, values):
            found = list_holds(set(map(plain, facts.listed[field][row])), operator, values)
        case PlaceTest(operator, areas):
            lies = {facts.area["state"][row], facts.area["zip"][row]} & set(areas)
            found = bool(lies) == (operator is PlaceOperator.IN)
        case DistanceTest(operator, km):
            far = facts.km[row] > km
            found = far if operator is DistanceOperator.BEYOND else facts.km[row] <= km
        case _:
            raise AssertionError(condition)
    return found


def words(values: tuple[str, ...]) -> list[str]:
    return [plain(value) for value in values if plain(value)]


def text_holds(text: str, operator: TextOperator, values: list[str]) -> bool:
    return {
        TextOperator.IS: any(text == value for value in values),
        TextOperator.IS_NOT: all(text != value for value in values),
        TextOperator.CONTAINS: any(value in text for value in values),
        TextOperator.CONTAINS_NOT: all(value not in text for value in values),
        TextOperator.BEGINS: any(text.startswith(value) for value in values),
        TextOperator.ENDS: any(text.endswith(value) for value in values),
        TextOperator.EMPTY: text == "",
        TextOperator.GIVEN: text != "",
    }[operator]


def number_holds(number: float, operator: NumberOperator, first: float, second: float) -> bool:
    return {
        NumberOperator.EQUAL: number == first,
        NumberOperator.LESS: number < first,
        NumberOperator.AT_MOST: number <= first,
        NumberOperator.MORE: number > first,
        NumberOperator.AT_LEAST: number >= first,
        NumberOperator.BETWEEN: first <= number <= second,
        NumberOperator.EMPTY: math.isnan(number),
        NumberOperator.GIVEN: not math.isnan(number),
    }[operator]


def date_holds(number: float, test: DateTest) -> bool:
    if math.isnan(number):
        return test.operator in (DateOperator.EMPTY, DateOperator.NOT_LATELY)
    day, today = date_of(int(number)), date_of(TODAY)
    first, second = (date.fromisoformat(text) for text in test.dates)
    start = today - timedelta(days=test.days - 1)
    return {
        DateOperator.ON: day == first,
        DateOperator.BEFORE: day < first,
        DateOperator.AFTER: day > first,
        DateOperator.BETWEEN: first <= day <= second,
        DateOperator.LATELY: start <= day <= today,
        DateOperator.NOT_LATELY: day < start,
        DateOperator.EMPTY: False,
        DateOperator.GIVEN: True,
    }[test.operator]


def list_holds(value: set[str], operator: ListOperator, values: tuple[str, ...]) -> bool:
    wanted = set(words(values))
    return {
        ListOperator.ANY: bool(value & wanted),
        ListOperator.ALL: wanted <= value,
        ListOperator.NONE: not value & wanted,
        ListOperator.EMPTY: not value,
        ListOperator.GIVEN: bool(value),
    }[operator]


def test_today_is_counted_from_1970() -> None:
    assert date_of(day_number(date(2024, 10, 4))) == date_of(TODAY)
