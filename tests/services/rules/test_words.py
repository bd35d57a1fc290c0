# SPDX-License-Identifier: MIT
"""Conditions in words: as people read them, exactly for sheets, and as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.ids import GeoUnitId, MeasureId, RepId
from app.models.measure import Measure, MeasureKind
from app.models.rep import Rep
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
from app.models.units import KM_PER_MILE
from app.services.rules.condition_words import condition_words
from app.services.rules.exact_words import exact_words
from app.services.rules.fields import (
    FieldKind,
    RuleField,
    account_fields,
    area_fields,
    measure_fields,
    sales_fields,
    with_single_titles,
)
from app.services.rules.names import RuleNames
from app.services.rules.operator_words import tidy
from app.services.rules.reading_words import NotUnderstood, read_words
from tests.helpers.conditions import conditions
from tests.helpers.tiny_geography import tiny_geography

MEASURES = [Measure(MeasureId(1), "Annual sales", MeasureKind.MONEY)]
EXTRAS = [
    RuleField("extra:Sales channel", "Sales channel", FieldKind.TEXT, "Imported columns"),
    RuleField("extra:Is key?", "Is key? (y/n)", FieldKind.TEXT, "Imported columns"),
    RuleField("extra:Annual", "Annual", FieldKind.NUMBER, "Imported columns"),
]
GEOGRAPHY = tiny_geography()
NAMES = RuleNames(
    with_single_titles(
        (
            *account_fields(),
            *area_fields(GEOGRAPHY.view_titles),
            *sales_fields((2026, 2025)),
            *measure_fields(MEASURES),
            *EXTRAS,
        )
    ),
    GEOGRAPHY,
    [Rep(RepId(1), name="Ann"), Rep(RepId(2), name="Bob"), Rep(RepId(3), name="Bob")],
)
SEGMENT = TextTest("segment", TextOperator.IS, ("Enterprise",))
STATES = PlaceTest(PlaceOperator.IN, (GeoUnitId("state:01"), GeoUnitId("state:02")))
LARGE = NumberTest("measure:1", NumberOperator.AT_LEAST, (12500.5,))
BUYS = ListTest("product_lines", ListOperator.ANY, ("Pumps", "Valves"))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (AllOf((SEGMENT, STATES)), "Segment is Enterprise and State is <01> or <02>"),
        (
            AnyOf((AllOf((SEGMENT, LARGE)), BUYS)),
            (
                "(Segment is Enterprise and Annual sales is at least 12,500.5) or Product lines "
                "bought includes any of Pumps or Valves"
            ),
        ),
        (Not(SEGMENT), "not (Segment is Enterprise)"),
        (AllOf(), "every account"),
        (AnyOf(), "no account"),
        (AllOf((SEGMENT,)), "Segment is Enterprise"),
        (TextTest("industry", TextOperator.EMPTY), "Industry is empty"),
        (TextTest("industry", TextOperator.IS, tuple("abcdef")), "Industry is a, b, c or 3 more"),
        (TextTest("industry", TextOperator.IS, tuple("abcd")), "Industry is a, b, c or d"),
        (
            NumberTest("measure:1", NumberOperator.BETWEEN, (1.0, 2.0)),
            "Annual sales is between 1 and 2",
        ),
        (DateTest("last_order", DateOperator.LATELY, days=90), "Last order is in the last 90 days"),
        (
            DateTest("created_on", DateOperator.BEFORE, ("2026-01-31",)),
            "Created on is before 2026-01-31",
        ),
        (
            DistanceTest(DistanceOperator.WITHIN, 50.0, "Annie", rep_id=RepId(1)),
            "Distance is within 50 km of Ann",
        ),
        (
            DistanceTest(DistanceOperator.BEYOND, 5.0, "", -97.0, 40.0),
            "Distance is more than 5 km of 40.000, -97.000",
        ),
        (
            PlaceTest(PlaceOperator.NOT_IN, (GeoUnitId("state:01"), GeoUnitId("country:FR"))),
            "Area is not <01> or <FR>",
        ),
        (TextTest("extra:Lost", TextOperator.IS, ("x",)), "Lost is x"),
        (Unreadable("{", "no"), "a condition that cannot be read"),
    ],
)
def test_how_it_reads(condition: Condition, words: str) -> None:
    assert condition_words(condition, NAMES) == words


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (AllOf((SEGMENT, STATES)), 'Segment is "Enterprise" and State is "<01>", "<02>"'),
        (LARGE, "Annual sales is at least 12500.5"),
        (NumberTest("extra:Annual", NumberOperator.EQUAL, (3.0,)), "[Annual] is 3"),
        (NumberTest("segment", NumberOperator.EMPTY), "Segment as number is empty"),
        (TextTest("extra:Is key?", TextOperator.IS, ('5" ',)), '[Is key? (y/n)] is "5"" "'),
        (TextTest("extra:Lost]", TextOperator.IS, ("x",)), '[extra:Lost]]] as text is "x"'),
        (
            DistanceTest(DistanceOperator.WITHIN, 50.0, "Ann", rep_id=RepId(1)),
            'Distance is within 50 km of rep "Ann" #1',
        ),
        (
            DistanceTest(DistanceOperator.WITHIN, 0.5, "A", -97.25, 40.0),
            'Distance is within 0.5 km of "A" (-97.25, 40)',
        ),
        (
            AnyOf((AllOf((SEGMENT, LARGE)), Not(BUYS))),
            (
                '(Segment is "Enterprise" and Annual sales is at least 12500.5) or '
                'not (Product lines bought includes any of "Pumps", "Valves")'
            ),
        ),
        (PlaceTest(PlaceOperator.IN, (GeoUnitId("zip:99999"),)), 'ZIP area is "zip:99999"'),
    ],
)
def test_how_it_is_written_exactly(condition: Condition, words: str) -> None:
    assert exact_words(condition, NAMES) == words
    assert read_words(words, NAMES) == condition


@settings(max_examples=400, deadline=None)
@given(conditions())
def test_exact_words_are_read_back_as_the_same_condition(condition: Condition) -> None:
    assert read_words(exact_words(condition, NAMES), NAMES) == tidy(condition)


@settings(max_examples=100, deadline=None)
@given(conditions())
def test_tidying_twice_changes_nothing_more(condition: Condition) -> None:
    assert tidy(tidy(condition)) == tidy(condition)


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("segment IS enterprise", TextTest("segment", TextOperator.IS, ("enterprise",))),
        ("Segment = Enterprise", SEGMENT),
        ("Segment is A, B, or C", TextTest("segment", TextOperator.IS, ("A", "B", "C"))),
        ("Segment is A or B", TextTest("segment", TextOperator.IS, ("A", "B"))),
        (
            "Segment is A or Industry is B",
            AnyOf(
                (
                    TextTest("segment", TextOperator.IS, ("A",)),
                    TextTest("industry", TextOperator.IS, ("B",)),
                )
            ),
        ),
        ("Segment is “A and B”", TextTest("segment", TextOperator.IS, ("A and B",))),
        ("State is <01> and not Segment is A", AllOf(
            (PlaceTest(PlaceOperator.IN, (GeoUnitId("state:01"),)),
             Not(TextTest("segment", TextOperator.IS, ("A",)))))),
        ("ZIP area is in 10001, 10002", PlaceTest(
            PlaceOperator.IN, (GeoUnitId("zip:10001"), GeoUnitId("zip:10002")))),
        ("annual sales >= 12,500.5", LARGE),
        ("annual sales is between 1 and 2 and Segment is Enterprise", AllOf(
            (NumberTest("measure:1", NumberOperator.BETWEEN, (1.0, 2.0)), SEGMENT))),
        ("Sales channel >= 5", NumberTest("extra:Sales channel", NumberOperator.AT_LEAST, (5.0,))),
        ("Last order is not in the last 1 day",
         DateTest("last_order", DateOperator.NOT_LATELY, days=1)),
        ("Product lines bought includes Pumps",
         ListTest("product_lines", ListOperator.ANY, ("Pumps",))),
        ("Distance is within 10 miles of rep Ann",
         DistanceTest(DistanceOperator.WITHIN, 10 * KM_PER_MILE, "Ann", rep_id=RepId(1))),
        ("Distance is within 10 km of (1.5, 2)",
         DistanceTest(DistanceOperator.WITHIN, 10.0, "", 1.5, 2.0)),
        ("every account", AllOf()),
        ("((Segment is Enterprise))", SEGMENT),
        ('{"text":"segment","is":["Enterprise"]}', SEGMENT),
        ("A" * 0 + "Revenue 2026 is 5", NumberTest("revenue:y2026", NumberOperator.EQUAL, (5.0,))),
    ],
)  # fmt: skip
def test_what_people_write(words: str, condition: Condition) -> None:
    assert read_words(words, NAMES) == condition


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "There is no condition. Write “every account” for all."),
        ("Segmnt is A", "“Segmnt is A” does not begin with a field. Do you mean Segment?"),
        ("Segment resembles A", "“resembles A” cannot follow Segment. These can: “is”,"),
        ("Segment is", "The condition ends too early. Write a value in “…”."),
        ("Segment is A and", "“” does not begin with a field."),
        ("Segment is A)", "“)” cannot follow here."),
        ("(Segment is A", "The condition ends too early. Close the bracket."),
        ("State is Atlantis", "There is no single State “Atlantis”."),
        ("Annual sales is lots", "“lots” is no number."),
        ("Created on is before 1/2/2026", "“1/2/2026” is no date. Write a date like 2026-11-24."),
        ("Distance is within 5 km of rep Bob", "There is no single rep “Bob”."),
        ("Distance is within 5 km of Depot", "The condition ends too early. Write rep"),
        ("Last order is in the last 1.5 days", "“1.5 days” is no whole number of days."),
        ("Last order is in the last 0 days", "The condition looks back a number of days"),
        ("(" * 1000, "There are too many brackets within brackets."),
        ("not " * 1000, "There are too many brackets within brackets."),
        ('{"sql": 1}', "The condition has a part that this version does not know"),
        ("__import__('os')", "“__import__('os')” does not begin with a field."),
    ],
)
def test_what_is_not_understood_is_said(words: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as raised:
        read_words(words, NAMES)
    assert raised.value.text.startswith(sentence)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(
    ["Segment", "is", "and", "or", "not", "(", ")", "A", '"', ",", "State", "as", "number",
     "between", "5", "[", "]", "Distance", "within", "km", "of", "rep", "in the last", "days"]
), max_size=12).map(" ".join))  # fmt: skip
def test_any_words_are_not_understood_or_a_condition_that_is_written_again(words: str) -> None:
    try:
        condition = read_words(words, NAMES)
    except NotUnderstood:
        return
    assert read_words(exact_words(condition, NAMES), NAMES) == condition


def test_a_long_list_of_codes_is_read_at_once() -> None:
    areas = tuple(GeoUnitId(f"zip:{number:05}") for number in range(50_000))
    condition = PlaceTest(PlaceOperator.IN, areas)
    assert read_words(exact_words(condition, NAMES), NAMES) == condition
