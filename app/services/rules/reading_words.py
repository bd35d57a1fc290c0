# SPDX-License-Identifier: MIT
"""Reading conditions that people wrote: in sheets of rules, or in the line of the window."""

import re
from difflib import get_close_matches
from enum import Enum

from app.models.errors import AppError
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
from app.models.units import KM_PER_MILE
from app.services.rules.columns import kind_of_area
from app.services.rules.condition_text import (
    MAX_DEPTH,
    condition_text,
    is_iso_date,
    read_condition,
)
from app.services.rules.fields import AREA, FieldKind, RuleField
from app.services.rules.names import ANY_AREA, RuleNames
from app.services.rules.operator_words import (
    BETWEEN,
    EVERY_ACCOUNT,
    LATELY,
    MORE_WORDS,
    NO_ACCOUNT,
    WITHOUT_VALUES,
    WORDS_BY_KIND,
    kinds_for,
    tidy,
)
from app.services.rules.word_cursor import Cursor


class NotUnderstood(AppError):
    """Words that are no condition; says which ones and what could stand there."""


def read_words(text: str, names: RuleNames) -> Condition:
    """The condition that words mean, tidied; JSON as in a plan file is one as well.

    Raises:
        NotUnderstood: They mean none.
    """
    stripped = text.strip()
    if not stripped:
        raise NotUnderstood("There is no condition.", remedy=f"Write “{EVERY_ACCOUNT}” for all.")
    if stripped.startswith("{"):
        found = read_condition(stripped)
    else:
        reader = _Reader(Cursor(stripped), names)
        # What the plan file would refuse is refused here, with its own reason.
        found = read_condition(condition_text(tidy(reader.whole())))
    if isinstance(found, Unreadable):
        raise NotUnderstood(found.reason)
    return found


class _Reader:
    def __init__(self, cursor: Cursor, names: RuleNames) -> None:
        self._at = cursor
        self._names = names

    def whole(self) -> Condition:
        """All of the text as one condition."""
        found = self._any(0)
        if not self._at.is_at_end:
            raise self._trouble("cannot follow here", "Join conditions with “and” or “or”.")
        return found

    def _any(self, depth: int) -> Condition:
        parts = [self._all(depth)]
        while self._at.take_word("or"):
            parts.append(self._all(depth))
        return AnyOf(tuple(parts)) if len(parts) > 1 else parts[0]

    def _all(self, depth: int) -> Condition:
        parts = [self._one(depth)]
        while self._at.take_word("and"):
            parts.append(self._one(depth))
        return AllOf(tuple(parts)) if len(parts) > 1 else parts[0]

    def _one(self, depth: int) -> Condition:
        if depth > 2 * MAX_DEPTH:
            raise NotUnderstood("There are too many brackets within brackets.")
        if self._at.take_word("not"):
            return Not(self._one(depth + 1))
        if self._at.take_word(EVERY_ACCOUNT):
            return AllOf()
        if self._at.take_word(NO_ACCOUNT):
            return AnyOf()
        if self._at.take("("):
            inner = self._any(depth + 1)
            if not self._at.take(")"):
                raise self._trouble("stands where “)” is missing", "Close the bracket.")
            return inner
        return self._test()

    def _test(self) -> Test:
        field, hint = self._field()
        kinds = (hint,) if hint is not None else kinds_for(field)
        for kind in kinds:
            operator = self._operator(kind)
            if operator is not None:
                return self._compared(field, operator)
        words = ", ".join(f"“{word}”" for word in WORDS_BY_KIND[kinds[0]].values())
        raise self._trouble(f"cannot follow {field.title}", f"These can: {words}.")

    def _field(self) -> tuple[RuleField, FieldKind | None]:
        if self._at.is_next("["):
            title = self._at.bracketed()
            field = self._names.titled(title) or self._names.field(title)
        else:
            title = self._at.first_words()
            field = self._titled_here()
        hint = self._hint()
        if field is None and hint is not None and ":" in title:
            field = RuleField(title, title, hint, "")  # a field that the plan has no more
        if field is None:
            raise self._no_field(title)
        return field, hint

    def _titled_here(self) -> RuleField | None:
        for title in self._names.titles:
            if self._at.take_word(title):
                return self._names.titled(title)
        return None

    def _hint(self) -> FieldKind | None:
        for kind in FieldKind:
            if self._at.take_word(f"as {kind.value}"):
                return kind
        return None

    def _operator(self, kind: FieldKind) -> Enum | None:
        words = {word: operator for operator, word in WORDS_BY_KIND[kind].items()}
        phrases = words | MORE_WORDS[kind]
        for phrase in sorted(phrases, key=len, reverse=True):
            taken = self._at.take_word(phrase) if phrase[0].isalpha() else self._at.take(phrase)
            if taken:
                return phrases[phrase]
        return None

    def _compared(self, field: RuleField, operator: Enum) -> Test:
        match operator:
            case TextOperator():
                return TextTest(field.key, operator, self._values(operator))
            case ListOperator():
                return ListTest(field.key, operator, self._values(operator))
            case NumberOperator():
                return NumberTest(field.key, operator, self._numbers(operator))
            case DateOperator():
                return self._date_test(field, operator)
            case PlaceOperator():
                return PlaceTest(operator, self._areas(field))
            case _:
                return self._distance_test(DistanceOperator(operator))

    def _values(self, operator: Enum) -> tuple[str, ...]:
        if operator in WITHOUT_VALUES or self._at.take("()"):
            return ()
        found = [self._value()]
        while self._at.take(",") or self._continues_with_or():
            self._at.take_word("or")  # as in "a, b, or c"
            found.append(self._value())
        return tuple(found)

    def _continues_with_or(self) -> bool:
        """Whether "or" joins one more value, not one more condition."""
        start = self._at.position
        if not self._at.take_word("or"):
            return False
        if self._starts_condition():
            self._at.position = start
            return False
        return True

    def _starts_condition(self) -> bool:
        start = self._at.position
        starts = self._at.is_next("([") or any(
            self._at.take_word(word) for word in ("not", EVERY_ACCOUNT, NO_ACCOUNT)
        )
        if not starts:
            field = self._titled_here()
            starts = field is not None and (
                self._hint() is not None
                or any(self._operator(kind) is not None for kind in kinds_for(field))
            )
        self._at.position = start
        return starts

    def _value(self) -> str:
        value = self._at.value()
        if not value:
            raise self._trouble("stands where a value is missing", "Write a value in “…”.")
        return value

    def _numbers(self, operator: NumberOperator) -> tuple[float, ...]:
        if operator in WITHOUT_VALUES:
            return ()
        first = self._number()
        if operator not in BETWEEN:
            return (first,)
        self._need("and")
        return (first, self._number())

    def _number(self) -> float:
        number = self._at.number()
        if number is None:
            raise self._trouble("is no number", "Write a number like 1500 or 0.25.")
        return number

    def _date_test(self, field: RuleField, operator: DateOperator) -> Test:
        if operator in WITHOUT_VALUES:
            return DateTest(field.key, operator)
        if operator in LATELY:
            days = self._number()
            self._need("days", "day")
            if days != int(days):
                raise NotUnderstood(f"“{days:g} days” is no whole number of days.")
            return DateTest(field.key, operator, days=int(days))
        dates = [self._date()]
        if operator in BETWEEN:
            self._need("and")
            dates.append(self._date())
        return DateTest(field.key, operator, tuple(dates))

    def _date(self) -> str:
        start = self._at.position
        value = self._at.value()
        if not is_iso_date(value):
            self._at.position = start
            raise self._trouble("is no date", "Write a date like 2026-11-24.")
        return value

    def _areas(self, field: RuleField) -> tuple[GeoUnitId, ...]:
        kind = field.key.removeprefix(AREA) if field is not ANY_AREA else ""
        return tuple(self._area(value, kind, field) for value in self._values(PlaceOperator.IN))

    def _area(self, value: str, kind: str, field: RuleField) -> GeoUnitId:
        as_id = GeoUnitId(value)
        if ":" in value and kind in ("", kind_of_area(as_id)):
            return as_id
        found = self._names.area_called(kind, value) if kind else None
        if found is None:
            remedy = "Write it as the map does, or by its code."
            raise NotUnderstood(f"There is no single {field.title} “{value[:60]}”.", remedy=remedy)
        return found

    def _distance_test(self, operator: DistanceOperator) -> Test:
        far = self._number()
        if self._at.take_word("miles") or self._at.take_word("mi"):
            far *= KM_PER_MILE
        else:
            self._need("km", "kilometres", "kilometers")
        self._need("of", "from")
        if self._at.take_word("rep"):
            return self._from_rep(operator, far)
        name = "" if self._at.is_next("(") else self._at.value()
        numbers = self._at.point()
        if numbers is None:
            raise self._trouble(
                "stands where a place is missing",
                "Write rep and a name in “…”, or a place as (longitude, latitude).",
            )
        return DistanceTest(operator, far, name, *numbers)

    def _from_rep(self, operator: DistanceOperator, far: float) -> Test:
        name = self._at.value()
        marked = self._at.number_sign()
        id_ = None if marked is None else RepId(marked)
        known = {rep.id: rep for rep in self._names.reps}
        if id_ is not None and id_ in known and known[id_].name == name:
            return DistanceTest(operator, far, name, rep_id=id_)
        rep = self._names.rep_called(name, id_)
        if rep is None and id_ is None:
            raise NotUnderstood(
                f"There is no single rep “{name[:60]}”.", remedy="Write the name as in Reps."
            )
        return DistanceTest(operator, far, name, rep_id=id_ if rep is None else rep.id)

    def _need(self, *words: str) -> None:
        if not any(self._at.take_word(word) for word in words):
            raise self._trouble(f"stands where “{words[0]}” is missing", "")

    def _trouble(self, what: str, remedy: str) -> NotUnderstood:
        here = self._at.first_words()
        said = f"“{here}” {what}." if here else "The condition ends too early."
        return NotUnderstood(said, remedy=remedy)

    def _no_field(self, title: str) -> NotUnderstood:
        titles = [field.title for field in self._names.fields]
        near = get_close_matches(re.split(r"\s(?:is|as|contains)\b", title)[0], titles, n=1)
        meant = f"Do you mean {near[0]}?" if near else "The list of fields is in the window Rules."
        return NotUnderstood(f"“{title[:60]}” does not begin with a field.", remedy=meant)
