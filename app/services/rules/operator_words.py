# SPDX-License-Identifier: MIT
"""How each operator reads, in the window and in sheets of rules."""

from collections.abc import Mapping
from enum import Enum

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
from app.services.rules.fields import FieldKind, RuleField

TEXT_WORDS: Mapping[Enum, str] = {
    TextOperator.IS: "is",
    TextOperator.IS_NOT: "is not",
    TextOperator.CONTAINS: "contains",
    TextOperator.CONTAINS_NOT: "does not contain",
    TextOperator.BEGINS: "begins with",
    TextOperator.ENDS: "ends with",
    TextOperator.EMPTY: "is empty",
    TextOperator.GIVEN: "is not empty",
}
NUMBER_WORDS: Mapping[Enum, str] = {
    NumberOperator.EQUAL: "is",
    NumberOperator.LESS: "is less than",
    NumberOperator.AT_MOST: "is at most",
    NumberOperator.MORE: "is more than",
    NumberOperator.AT_LEAST: "is at least",
    NumberOperator.BETWEEN: "is between",
    NumberOperator.EMPTY: "is empty",
    NumberOperator.GIVEN: "is not empty",
}
DATE_WORDS: Mapping[Enum, str] = {
    DateOperator.ON: "is",
    DateOperator.BEFORE: "is before",
    DateOperator.AFTER: "is after",
    DateOperator.BETWEEN: "is between",
    DateOperator.LATELY: "is in the last",
    DateOperator.NOT_LATELY: "is not in the last",
    DateOperator.EMPTY: "is empty",
    DateOperator.GIVEN: "is not empty",
}
LIST_WORDS: Mapping[Enum, str] = {
    ListOperator.ANY: "includes any of",
    ListOperator.ALL: "includes all of",
    ListOperator.NONE: "includes none of",
    ListOperator.EMPTY: "is empty",
    ListOperator.GIVEN: "is not empty",
}
PLACE_WORDS: Mapping[Enum, str] = {PlaceOperator.IN: "is", PlaceOperator.NOT_IN: "is not"}
DISTANCE_WORDS: Mapping[Enum, str] = {
    DistanceOperator.WITHIN: "is within",
    DistanceOperator.BEYOND: "is more than",
}

WORDS_BY_KIND: Mapping[FieldKind, Mapping[Enum, str]] = {
    FieldKind.TEXT: TEXT_WORDS,
    FieldKind.NUMBER: NUMBER_WORDS,
    FieldKind.DATE: DATE_WORDS,
    FieldKind.LIST: LIST_WORDS,
    FieldKind.PLACE: PLACE_WORDS,
    FieldKind.DISTANCE: DISTANCE_WORDS,
}

MORE_WORDS: dict[FieldKind, dict[str, Enum]] = {
    FieldKind.TEXT: {
        "is one of": TextOperator.IS,
        "is in": TextOperator.IS,
        "is not one of": TextOperator.IS_NOT,
        "is none of": TextOperator.IS_NOT,
        "starts with": TextOperator.BEGINS,
        "=": TextOperator.IS,
        "<>": TextOperator.IS_NOT,
        "!=": TextOperator.IS_NOT,
    },
    FieldKind.NUMBER: {
        "=": NumberOperator.EQUAL,
        "<": NumberOperator.LESS,
        "<=": NumberOperator.AT_MOST,
        ">": NumberOperator.MORE,
        ">=": NumberOperator.AT_LEAST,
    },
    FieldKind.DATE: {"is on": DateOperator.ON, "=": DateOperator.ON},
    FieldKind.LIST: {
        "includes": ListOperator.ANY,
        "contains": ListOperator.ANY,
        "is": ListOperator.ANY,
    },
    FieldKind.PLACE: {
        "is in": PlaceOperator.IN,
        "is one of": PlaceOperator.IN,
        "is not in": PlaceOperator.NOT_IN,
        "is not one of": PlaceOperator.NOT_IN,
        "=": PlaceOperator.IN,
    },
    FieldKind.DISTANCE: {
        "is at most": DistanceOperator.WITHIN,
        "is beyond": DistanceOperator.BEYOND,
        "<=": DistanceOperator.WITHIN,
        ">": DistanceOperator.BEYOND,
    },
}
"""What people write beside the words of the program."""

WITHOUT_VALUES = frozenset(
    (
        *(TextOperator.EMPTY, TextOperator.GIVEN, NumberOperator.EMPTY, NumberOperator.GIVEN),
        *(DateOperator.EMPTY, DateOperator.GIVEN, ListOperator.EMPTY, ListOperator.GIVEN),
    )
)
"""Operators that compare with nothing."""
LATELY = frozenset((DateOperator.LATELY, DateOperator.NOT_LATELY))
BETWEEN = frozenset((NumberOperator.BETWEEN, DateOperator.BETWEEN))

EVERY_ACCOUNT, NO_ACCOUNT = "every account", "no account"


def kind_of(test: Test) -> FieldKind:
    """As what a test takes its field."""
    match test:
        case TextTest():
            kind = FieldKind.TEXT
        case NumberTest():
            kind = FieldKind.NUMBER
        case DateTest():
            kind = FieldKind.DATE
        case ListTest():
            kind = FieldKind.LIST
        case PlaceTest():
            kind = FieldKind.PLACE
        case DistanceTest():
            kind = FieldKind.DISTANCE
    return kind


def kinds_for(field: RuleField) -> tuple[FieldKind, ...]:
    """As what a field may be taken, the usual first: a text can hold numbers, dates and lists."""
    texts = (FieldKind.TEXT, FieldKind.NUMBER, FieldKind.DATE, FieldKind.LIST)
    is_text = field.kind is FieldKind.TEXT or field.key.startswith("extra:")
    others = tuple(kind for kind in texts if kind is not field.kind) if is_text else ()
    return (field.kind, *others)


def tidy(condition: Condition) -> Condition:
    """The same condition without groups that say nothing.

    Groups of one part, groups within a group of the same sort, and double negations go.
    """
    match condition:
        case AllOf(parts):
            inner = _flat(parts, AllOf)
            return inner[0] if len(inner) == 1 else AllOf(inner)
        case AnyOf(parts):
            inner = _flat(parts, AnyOf)
            return inner[0] if len(inner) == 1 else AnyOf(inner)
        case Not(part):
            inside = tidy(part)
            return inside.part if isinstance(inside, Not) else Not(inside)
        case _:
            return condition


def _flat(parts: tuple[Condition, ...], group: type[AllOf] | type[AnyOf]) -> tuple[Condition, ...]:
    result: list[Condition] = []
    for part in map(tidy, parts):
        # An empty group says "every account" or "no account", which a larger group must keep.
        if isinstance(part, group) and part.parts:
            result += part.parts
        else:
            result.append(part)
    return tuple(result)
