# SPDX-License-Identifier: MIT
"""Rules: accounts that meet a condition belong to a territory.

A condition is a tree of tests. A test names a field by its key ("segment", "measure:3",
"extra:Channel"); `app.services.rules.fields` says which there are. Case, accents and double spaces
never matter in texts.
"""

import enum
from dataclasses import dataclass
from typing import TypeAlias

from app.models.ids import GeoUnitId, RepId, RuleId, TerritoryId


class TextOperator(enum.Enum):
    """How a text is compared; with several values, any one of them is enough."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    CONTAINS_NOT = "contains_not"
    BEGINS = "begins"
    ENDS = "ends"
    EMPTY = "empty"
    GIVEN = "given"


class NumberOperator(enum.Enum):
    """How a number is compared; an account without the number meets none but `EMPTY`."""

    EQUAL = "equal"
    LESS = "less"
    AT_MOST = "at_most"
    MORE = "more"
    AT_LEAST = "at_least"
    BETWEEN = "between"
    """From the first to the second, both included."""
    EMPTY = "empty"
    GIVEN = "given"


class DateOperator(enum.Enum):
    """How a date is compared; an account without the date meets `EMPTY`, `NOT_LATELY` at most."""

    ON = "on"
    BEFORE = "before"
    AFTER = "after"
    BETWEEN = "between"
    """From the first day to the second, both included."""
    LATELY = "lately"
    """In the last n days, today included; never a day that is still to come."""
    NOT_LATELY = "not_lately"
    """Not in the last n days: longer ago, or never."""
    EMPTY = "empty"
    GIVEN = "given"


class ListOperator(enum.Enum):
    """How a list of words is compared with the values."""

    ANY = "has_any"
    ALL = "has_all"
    NONE = "has_none"
    EMPTY = "empty"
    GIVEN = "given"


class PlaceOperator(enum.Enum):
    """Where an account lies."""

    IN = "in"
    NOT_IN = "not_in"


class DistanceOperator(enum.Enum):
    """How far an account lies from a point; one without a place meets neither."""

    WITHIN = "within"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class TextTest:
    """A text compared with values; `EMPTY` and `GIVEN` need none."""

    field: str
    operator: TextOperator
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberTest:
    """A number compared with one value, with two for `BETWEEN`, in the unit of the field."""

    field: str
    operator: NumberOperator
    values: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class DateTest:
    """A date compared with dates, or with today.

    Attributes:
        dates: ISO dates, two for `BETWEEN`.
        days: How many days `LATELY` and `NOT_LATELY` look back.
    """

    field: str
    operator: DateOperator
    dates: tuple[str, ...] = ()
    days: int = 0


@dataclass(frozen=True, slots=True)
class ListTest:
    """A list of words, for example the product lines bought, compared with values."""

    field: str
    operator: ListOperator
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceTest:
    """Whether an account lies in one of some areas.

    Attributes:
        areas: Geounits of any level ("state:48"), or groups of a view ("zip3:606").
    """

    operator: PlaceOperator
    areas: tuple[GeoUnitId, ...] = ()


@dataclass(frozen=True, slots=True)
class DistanceTest:
    """Whether an account lies near a point or the place where a rep's days begin.

    Attributes:
        km: Great-circle distance.
        place_name: What the point is called, as the user knows it.
        lon, lat: The point, WGS 84 degrees; not used where `rep_id` is given.
        rep_id: The rep whose home or office is the point.
    """

    operator: DistanceOperator
    km: float
    place_name: str = ""
    lon: float = 0.0
    lat: float = 0.0
    rep_id: RepId | None = None


Test: TypeAlias = TextTest | NumberTest | DateTest | ListTest | PlaceTest | DistanceTest


@dataclass(frozen=True, slots=True)
class AllOf:
    """All parts hold; without parts it holds for every account."""

    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; without parts it holds for none."""

    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A condition of the plan file that this version cannot read; a rule with it decides nothing.

    Attributes:
        text: As it stands in the file; written back unchanged.
        reason: Why, in a sentence for the user.
    """

    text: str
    reason: str


Condition: TypeAlias = AllOf | AnyOf | Not | Test | Unreadable


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a sales force; of the rules that match an account, the first decides.

    Attributes:
        name: As shown; empty for its condition in words.
        is_enabled: Otherwise it decides nothing.
        notes: Why, in the user's own words.
        author: Account name on the computer on which it was last changed.
        changed_at_utc: UTC, ISO 8601.
    """

    id: RuleId
    name: str
    condition: Condition
    territory_id: TerritoryId
    is_enabled: bool = True
    notes: str = ""
    author: str = ""
    changed_at_utc: str = ""


def tests_of(condition: Condition) -> tuple[Test, ...]:
    """All tests of a condition, from left to right."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return tuple(test for part in parts for test in tests_of(part))
        case Not(part):
            return tests_of(part)
        case Unreadable():
            return ()
        case _:
            return (condition,)


def is_readable(condition: Condition) -> bool:
    """Whether all of a condition can be read."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return all(is_readable(part) for part in parts)
        case Not(part):
            return is_readable(part)
        case _:
            return not isinstance(condition, Unreadable)
