# SPDX-License-Identifier: MIT
"""Conditions written so that they can be read back exactly, for sheets of rules.

    Segment is "Enterprise", "Key" and (State is "Texas" or [Size (m2)] as number is at least 500)

`reading_words` reads it, and much that people type less exactly.
"""

import re

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
    Test,
    TextTest,
    Unreadable,
)
from app.services.rules.columns import plain
from app.services.rules.fields import DISTANCE
from app.services.rules.names import ANY_AREA, RuleNames
from app.services.rules.operator_words import (
    EVERY_ACCOUNT,
    LATELY,
    NO_ACCOUNT,
    WITHOUT_VALUES,
    WORDS_BY_KIND,
    kind_of,
    tidy,
)

RESERVED = frozenset(("and", "or", "not", "as", "every", "no", "is", "of", "rep"))
"""Words with a meaning of their own; a title with one of them stands in brackets."""
_BARE_TITLE = re.compile(r"[^\W\d_]\w*(?: \w+)*")


def exact_words(condition: Condition, names: RuleNames) -> str:
    """A condition in words that are read back as the same condition, tidied.

    One that could not be read is written as it stands in the plan file.
    """
    if isinstance(condition, Unreadable):
        return condition.text
    return _Writer(names).of(tidy(condition))


def number_words(value: float) -> str:
    """A number with all its digits, whole ones without a point."""
    return f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else repr(value)


def quoted(text: str) -> str:
    """A text in quotation marks; those within it are doubled."""
    return '"' + text.replace('"', '""') + '"'


class _Writer:
    def __init__(self, names: RuleNames) -> None:
        self._names = names

    def of(self, condition: Condition) -> str:
        """A condition that nothing stands around."""
        match condition:
            case AllOf(parts):
                return " and ".join(map(self._inner, parts)) or EVERY_ACCOUNT
            case AnyOf(parts):
                return " or ".join(map(self._inner, parts)) or NO_ACCOUNT
            case Not(part):
                return f"not ({self.of(part)})"
            case Unreadable():
                raise TypeError("an unreadable part within a condition that was read")
            case _:
                return self._test(condition)

    def _inner(self, condition: Condition) -> str:
        is_group = isinstance(condition, AllOf | AnyOf) and bool(condition.parts)
        return f"({self.of(condition)})" if is_group else self.of(condition)

    def _test(self, test: Test) -> str:
        match test:
            case PlaceTest(operator, areas):
                field = self._names.area_field(areas)
                listed = areas if field is ANY_AREA else map(self._names.exact_area, areas)
                words = WORDS_BY_KIND[field.kind][operator]
                return f"{self._title(field.title)} {words} {_list(tuple(listed))}"
            case DistanceTest():
                return self._distance(test)
            case TextTest(field, operator, values) | ListTest(field, operator, values):
                given = "" if operator in WITHOUT_VALUES else _list(values)
            case NumberTest(field, operator, values):
                given = " and ".join(map(number_words, values))
            case DateTest(field, operator, dates, days):
                given = f"{days} days" if operator in LATELY else " and ".join(dates)
        words = WORDS_BY_KIND[kind_of(test)][operator]
        return f"{self._field(field, test)} {words} {given}".strip()

    def _distance(self, test: DistanceTest) -> str:
        words = WORDS_BY_KIND[kind_of(test)][test.operator]
        start = f"{self._title(self._names.title(DISTANCE))} {words} {number_words(test.km)} km of"
        if test.rep_id is not None:
            return f"{start} rep {quoted(test.place_name)} #{test.rep_id}"
        lon, lat = number_words(test.lon), number_words(test.lat)
        return f"{start} {quoted(test.place_name)} ({lon}, {lat})"

    def _field(self, key: str, test: Test) -> str:
        field = self._names.field(key)
        if field is None:
            return f"[{_bracketed(key)}] as {kind_of(test).value}"
        hint = "" if field.kind is kind_of(test) else f" as {kind_of(test).value}"
        return self._title(field.title) + hint

    def _title(self, title: str) -> str:
        words = plain(title).split()
        is_bare = _BARE_TITLE.fullmatch(title) and RESERVED.isdisjoint(words)
        longer = any(other.startswith(f"{plain(title)} ") for other in self._names.titles)
        return title if is_bare and not longer else f"[{_bracketed(title)}]"


def _bracketed(title: str) -> str:
    return title.replace("]", "]]")


def _list(values: tuple[str, ...]) -> str:
    return ", ".join(map(quoted, values)) or "()"
