# SPDX-License-Identifier: MIT
"""Conditions in plain words: "Segment is Enterprise and State is Texas or Oklahoma"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.models.rule import (
    AllOf,
    AnyOf,
    Condition,
    DateTest,
    DistanceTest,
    ListTest,
    Not,
    NumberTest,
    PlaceTest,
    Rule,
    Test,
    TextTest,
    Unreadable,
)
from app.services.rules.fields import DISTANCE
from app.services.rules.names import RuleNames
from app.services.rules.operator_words import (
    DATE_WORDS,
    DISTANCE_WORDS,
    EVERY_ACCOUNT,
    LATELY,
    LIST_WORDS,
    NO_ACCOUNT,
    NUMBER_WORDS,
    PLACE_WORDS,
    TEXT_WORDS,
    tidy,
)

_SHOWN_VALUES = 4
"""More values than that are counted instead of listed."""
_UNREADABLE = "a condition that cannot be read"


@dataclass(frozen=True)
class Wording:
    """How numbers, dates and distances are written for the user.

    Attributes:
        number: A number of a field.
        day: An ISO date.
        distance: Kilometres, with the unit that the user knows.
    """

    number: Callable[[float], str] = lambda value: f"{value:,.15g}"
    day: Callable[[str], str] = str
    distance: Callable[[float], str] = lambda km: f"{km:,.6g} km"


def condition_words(condition: Condition, names: RuleNames, wording: Wording | None = None) -> str:
    """A condition as a phrase without a full stop; "every account" where it asks for nothing."""
    return _Words(names, wording or Wording()).of(tidy(condition))


def rule_words(rule: Rule, names: RuleNames, wording: Wording | None = None) -> str:
    """The name of a rule, or its condition where it has none."""
    return rule.name or _upper_first(condition_words(rule.condition, names, wording))


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Words:
    def __init__(self, names: RuleNames, wording: Wording) -> None:
        self._names = names
        self._wording = wording

    def of(self, condition: Condition) -> str:
        """A condition that nothing stands around."""
        match condition:
            case AllOf(parts):
                return " and ".join(map(self._inner, parts)) or EVERY_ACCOUNT
            case AnyOf(parts):
                return " or ".join(map(self._inner, parts)) or NO_ACCOUNT
            case Not(part):
                return f"not {self._inner(part, always=True)}"
            case Unreadable():
                return _UNREADABLE
            case _:
                return self._test(condition)

    def _inner(self, condition: Condition, *, always: bool = False) -> str:
        """A condition within another one; groups stand in brackets."""
        is_group = isinstance(condition, AllOf | AnyOf) and bool(condition.parts)
        words = self.of(condition)
        return f"({words})" if is_group or always else words

    def _test(self, test: Test) -> str:
        match test:
            case TextTest(field, operator, values):
                return self._listed(field, TEXT_WORDS[operator], values)
            case ListTest(field, operator, values):
                return self._listed(field, LIST_WORDS[operator], values)
            case NumberTest(field, operator, values):
                numbers = " and ".join(map(self._wording.number, values))
                return f"{self._names.title(field)} {NUMBER_WORDS[operator]} {numbers}".strip()
            case DateTest():
                return self._date(test)
            case PlaceTest(operator, areas):
                title = self._names.area_field(areas).title
                return f"{title} {PLACE_WORDS[operator]} {self._areas(test)}"
            case DistanceTest(operator, km):
                title = self._names.title(DISTANCE)
                far = self._wording.distance(km)
                return f"{title} {DISTANCE_WORDS[operator]} {far} of {self._point(test)}"

    def _listed(self, field: str, operator: str, values: Sequence[str]) -> str:
        return f"{self._names.title(field)} {operator} {_either(values)}".strip()

    def _date(self, test: DateTest) -> str:
        start = f"{self._names.title(test.field)} {DATE_WORDS[test.operator]}"
        if test.operator in LATELY:
            return f"{start} {'day' if test.days == 1 else f'{test.days} days'}"
        return f"{start} {' and '.join(map(self._wording.day, test.dates))}".strip()

    def _areas(self, test: PlaceTest) -> str:
        shown = [self._names.area_name(area) for area in test.areas[: _SHOWN_VALUES + 1]]
        return _either(shown, len(test.areas)) if shown else "no area"

    def _point(self, test: DistanceTest) -> str:
        if test.rep_id is not None:
            return self._names.rep_name(test.rep_id) or test.place_name or "a rep who is gone"
        return test.place_name or f"{test.lat:.3f}, {test.lon:.3f}"


def _either(values: Sequence[str], count: int | None = None) -> str:
    """Values as "a, b or c", with a number for more than a few.

    Args:
        values: The first of the values.
        count: How many there are in all.
    """
    total = len(values) if count is None else count
    if total > _SHOWN_VALUES:
        kept = _SHOWN_VALUES - 1
        return f"{', '.join(values[:kept])} or {total - kept:,} more"
    return " or ".join(filter(None, (", ".join(values[:-1]), *values[-1:])))
