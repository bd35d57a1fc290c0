# SPDX-License-Identifier: MIT
"""Conditions as JSON, the form in which the plan file keeps them.

    {"all": [{"text": "segment", "is": ["Enterprise"]}, {"place": "in", "areas": ["state:48"]}]}

What comes in may be from a newer version, from a stranger or damaged. Nothing of it is executed:
it becomes one of our own tests, or an `Unreadable` that says why not.
"""

import json
import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar, cast

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
    Unreadable,
)

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 12
MAX_PARTS = 1_000
"""Groups and tests of one condition."""
MAX_VALUES = 100_000
"""Values of one test."""
MAX_VALUE_CHARACTERS = 1_000
MAX_DAYS = 100_000
MAX_KM = 20_040.0
"""Half the circumference of the earth: no place is farther."""

_Name = TypeVar("_Name")
_Json = Mapping[str, object]
_NEVER = "The rule decides nothing until its condition is made anew."


class _NotOurs(ValueError):
    """Text that is no condition; the message is a sentence for the user."""


def condition_text(condition: Condition) -> str:
    """A condition as the plan file keeps it; one that could not be read stays as it was."""
    if isinstance(condition, Unreadable):
        return condition.text
    return json.dumps(_written(condition), ensure_ascii=False, separators=(",", ":"))


def read_condition(text: str) -> Condition:
    """A condition from the plan file; `Unreadable` where it is none of ours."""
    try:
        return _Reader().condition(_parsed(text), 0)
    except _NotOurs as error:
        return Unreadable(text, f"{error} {_NEVER}")


def _parsed(text: str) -> object:
    if len(text) > MAX_CHARACTERS:
        raise _NotOurs("The condition is longer than a condition can be.")

    def refuse(word: str) -> float:
        raise _NotOurs(f"The condition has {word} where a number should be.")

    try:
        return cast("object", json.loads(text, parse_constant=refuse))
    except RecursionError as error:
        raise _NotOurs("The condition has groups within groups without end.") from error
    except _NotOurs:
        raise
    except ValueError as error:
        raise _NotOurs("The condition is damaged.") from error


def _written(condition: Condition) -> dict[str, object]:
    match condition:
        case AllOf(parts):
            return {"all": [_written(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [_written(part) for part in parts]}
        case Not(part):
            return {"not": _written(part)}
        case Unreadable():
            raise TypeError("an unreadable part within a condition that was read")
        case _:
            return _written_test(condition)


def _written_test(test: Test) -> dict[str, object]:
    match test:
        case TextTest(field, operator, values):
            return {"text": field, operator.value: list(values)}
        case ListTest(field, operator, values):
            return {"list": field, operator.value: list(values)}
        case NumberTest(field, operator, values):
            return {"number": field, operator.value: list(values)}
        case DateTest(field, operator, dates, days):
            is_lately = operator in (DateOperator.LATELY, DateOperator.NOT_LATELY)
            return {"date": field, operator.value: days if is_lately else list(dates)}
        case PlaceTest(operator, areas):
            return {"place": operator.value, "areas": list(areas)}
        case DistanceTest(operator, km, name, lon, lat, rep):
            point = {"rep": rep} if rep is not None else {"lon": lon, "lat": lat}
            return {"distance": operator.value, "km": km, "of": name, **point}


class _Reader:
    """Reads one condition, and counts what it has read."""

    def __init__(self) -> None:
        self._parts = 0

    def condition(self, found: object, depth: int) -> Condition:
        """A group or a test.

        Raises:
            _NotOurs: It is neither.
        """
        self._parts += 1
        if depth > MAX_DEPTH:
            raise _NotOurs(f"The condition has groups more than {MAX_DEPTH} deep.")
        if self._parts > MAX_PARTS:
            raise _NotOurs(f"The condition has more than {MAX_PARTS} lines.")
        if not isinstance(found, dict):
            raise _NotOurs("The condition is not written as this program writes it.")
        entry = cast("_Json", found)
        if "all" in entry:
            return AllOf(self._inner(entry["all"], depth))
        if "any" in entry:
            return AnyOf(self._inner(entry["any"], depth))
        if "not" in entry:
            return Not(self.condition(entry["not"], depth + 1))
        for name, read in _TESTS.items():
            if name in entry:
                return read(entry)
        known = ", ".join(sorted(str(key)[:40] for key in entry)[:5])
        raise _NotOurs(f"The condition has a part that this version does not know ({known}).")

    def _inner(self, found: object, depth: int) -> tuple[Condition, ...]:
        return tuple(self.condition(part, depth + 1) for part in _listed(found))


def _text_test(entry: _Json) -> Test:
    operator, values = _operator(entry, "text", TextOperator)
    return TextTest(_field(entry["text"]), operator, _texts(values))


def _list_test(entry: _Json) -> Test:
    operator, values = _operator(entry, "list", ListOperator)
    return ListTest(_field(entry["list"]), operator, _texts(values))


def _number_test(entry: _Json) -> Test:
    operator, values = _operator(entry, "number", NumberOperator)
    numbers = tuple(map(_number, _listed(values)))
    needed = {
        NumberOperator.BETWEEN: 2,
        NumberOperator.EMPTY: 0,
        NumberOperator.GIVEN: 0,
    }.get(operator, 1)
    _check_count(len(numbers), needed)
    return NumberTest(_field(entry["number"]), operator, numbers)


def _date_test(entry: _Json) -> Test:
    operator, values = _operator(entry, "date", DateOperator)
    field = _field(entry["date"])
    if operator in (DateOperator.LATELY, DateOperator.NOT_LATELY):
        days = _number(values)
        if days != int(days) or not 1 <= days <= MAX_DAYS:
            raise _NotOurs("The condition looks back a number of days that cannot be.")
        return DateTest(field, operator, days=int(days))
    dates = _texts(values)
    needed = {DateOperator.BETWEEN: 2, DateOperator.EMPTY: 0, DateOperator.GIVEN: 0}
    _check_count(len(dates), needed.get(operator, 1))
    for text in dates:
        if not is_iso_date(text):
            raise _NotOurs(f"The condition has “{text[:40]}” where a date should be.")
    return DateTest(field, operator, dates)


def _place_test(entry: _Json) -> Test:
    operator = _word(entry["place"], PlaceOperator)
    areas = _texts(entry.get("areas"))
    if any(":" not in area for area in areas):
        raise _NotOurs("The condition names an area in a way that this version does not know.")
    return PlaceTest(operator, tuple(map(GeoUnitId, areas)))


def _distance_test(entry: _Json) -> Test:
    operator = _word(entry["distance"], DistanceOperator)
    km = _number(entry.get("km"))
    if not 0 <= km <= MAX_KM:
        raise _NotOurs("The condition has a distance that cannot be.")
    name = _text(entry.get("of", ""))
    if "rep" in entry:
        rep = entry["rep"]
        if type(rep) is not int:
            raise _NotOurs("The condition names a rep in a way that this version does not know.")
        return DistanceTest(operator, km, name, rep_id=RepId(rep))
    lon, lat = _number(entry.get("lon")), _number(entry.get("lat"))
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise _NotOurs("The condition has a point that is not on the earth.")
    return DistanceTest(operator, km, name, lon, lat)


_TESTS: dict[str, Callable[[_Json], Test]] = {
    "text": _text_test,
    "list": _list_test,
    "number": _number_test,
    "date": _date_test,
    "place": _place_test,
    "distance": _distance_test,
}


def is_iso_date(text: str) -> bool:
    """Whether a text is a date as the plan file writes it: 2026-11-24."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _operator(entry: _Json, kind: str, words: Callable[[str], _Name]) -> tuple[_Name, object]:
    """How a test compares, and with what."""
    others = [(word, value) for word, value in entry.items() if word != kind]
    if len(others) != 1:
        raise _NotOurs("The condition compares in a way that this version does not know.")
    return _word(others[0][0], words), others[0][1]


def _word(found: object, words: Callable[[str], _Name]) -> _Name:
    try:
        return words(cast("str", found))
    except ValueError as error:
        message = "The condition compares in a way that this version does not know."
        raise _NotOurs(message) from error


def _field(found: object) -> str:
    field = _text(found)
    if not field:
        raise _NotOurs("The condition does not say which field it is about.")
    return field


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise _NotOurs("The condition has something else where a text should be.")
    if len(found) > MAX_VALUE_CHARACTERS:
        raise _NotOurs("The condition has a text that is longer than a value can be.")
    return found


def _number(found: object) -> float:
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise _NotOurs("The condition has something else where a number should be.")
    try:
        number = float(found)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise _NotOurs("The condition has a number that is too large.")
    return number


def _texts(found: object) -> tuple[str, ...]:
    return tuple(map(_text, _listed(found)))


def _listed(found: object) -> list[object]:
    if not isinstance(found, list):
        raise _NotOurs("The condition has something else where a list should be.")
    listed = cast("list[object]", found)
    if len(listed) > MAX_VALUES:
        raise _NotOurs(f"The condition has a list of more than {MAX_VALUES:,} values.")
    return listed


def _check_count(count: int, needed: int) -> None:
    if count != needed:
        raise _NotOurs(f"The condition has {count} values where {needed} should be.")
