# SPDX-License-Identifier: MIT
"""Which accounts rules match, and which rule decides about each account.

What a rule says about one column alone is worked out per class of that column, for all rules at
once: a bit per rule. A kind of account then takes the bits of its classes together, 64 rules in
one step. Only what joins several columns in another way than "and" is worked out kind by kind.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.rule import AllOf, AnyOf, Condition, Not, Rule, Test, Unreadable, tests_of
from app.services.rules.columns import BoolArray, FloatArray, IntArray, RuleFacts
from app.services.rules.kinds import Kinds

BitArray = npt.NDArray[np.uint64]

NO_RULE = -1
"""Stands for the row of a rule where none decides."""
_WORD = 64
_ALL_BITS = np.uint64(2**_WORD - 1)


@dataclass(frozen=True, eq=False)
class RuleMatches:
    """What a list of rules says about all accounts.

    Accounts that no test tells apart are of one kind (see `Kinds`); all is kept per kind.

    Attributes:
        kind: Per account the number of its kind.
        bits: Per 64 rules and kind: which of them match, enabled or not.
        first_of_kind: Per kind the row of the first enabled rule that matches, or `NO_RULE`.
        problems: By row of a rule that cannot be asked: why, in a sentence. It decides nothing.
    """

    kind: IntArray
    bits: BitArray
    first_of_kind: IntArray
    problems: Mapping[int, str]

    @property
    def first(self) -> IntArray:
        """Per account the row of the rule that decides, or `NO_RULE`."""
        return self.first_of_kind[self.kind]

    def kinds_of(self, row: int) -> BoolArray:
        """Per kind whether a rule matches, whichever rule decides."""
        word, bit = divmod(row, _WORD)
        return (self.bits[word] & np.uint64(1 << bit)) != 0

    def accounts_of(self, row: int) -> BoolArray:
        """Per account whether a rule matches, whichever rule decides."""
        return self.kinds_of(row)[self.kind]

    def kind_sums(self, values: FloatArray) -> FloatArray:
        """Per kind the sum of a value over its accounts."""
        sums = np.bincount(self.kind, weights=values, minlength=len(self.first_of_kind))
        return sums.astype(np.float64)


def matches(condition: Condition, facts: RuleFacts) -> BoolArray:
    """Per account whether a condition holds; nowhere where it cannot be asked."""
    kinds = Kinds(tests_of(condition), facts)
    if problem_of(condition, kinds):
        return np.zeros(len(facts), dtype=np.bool_)
    everywhere = np.arange(kinds.count)
    answer = _held(condition, lambda test: kinds.truth(test, everywhere), kinds.count)
    return answer[kinds.of_account]


def match_rules(rules: Sequence[Rule], facts: RuleFacts) -> RuleMatches:
    """What rules match and decide, for all accounts at once."""
    kinds = Kinds((test for rule in rules for test in tests_of(rule.condition)), facts)
    problems = {
        row: problem
        for row, rule in enumerate(rules)
        if (problem := problem_of(rule.condition, kinds))
    }
    bits = _RuleBits(kinds, len(rules))
    for row, rule in enumerate(rules):
        if row in problems:
            bits.never(row)
        else:
            bits.take(row, rule.condition)
    found = bits.of_kinds()
    enabled = [row for row, rule in enumerate(rules) if rule.is_enabled]
    return RuleMatches(kinds.of_account, found, _first(found, enabled), problems)


def problem_of(condition: Condition, kinds: Kinds) -> str:
    """Why a condition cannot be asked, in a sentence; empty where it can be."""
    match condition:
        case Unreadable():
            return condition.reason
        case AllOf(parts) | AnyOf(parts):
            return next(filter(None, (problem_of(part, kinds) for part in parts)), "")
        case Not(part):
            return problem_of(part, kinds)
        case _:
            return kinds.missing.get(condition, "")


class _RuleBits:
    """A bit per rule, for each class of each column, and for each kind in the end."""

    def __init__(self, kinds: Kinds, rule_count: int) -> None:
        self._kinds = kinds
        self._words = -(-rule_count // _WORD)
        self._by_column: dict[int, BitArray] = {}
        self._never = np.zeros(self._words, dtype=np.uint64)
        self._later: list[tuple[int, list[Condition]]] = []
        last = np.full(self._words, _ALL_BITS)
        if rule_count % _WORD:
            last[-1] = np.uint64((1 << rule_count % _WORD) - 1)
        self._all = last

    def never(self, row: int) -> None:
        """A rule that matches nothing."""
        word, bit = divmod(row, _WORD)
        self._never[word] |= np.uint64(1 << bit)

    def take(self, row: int, condition: Condition) -> None:
        """A rule with its condition."""
        later: list[Condition] = []
        for part in _all_parts(condition):
            columns = {self._kinds.column_of(test) for test in tests_of(part)}
            column = columns.pop() if len(columns) == 1 else -1
            if column < 0:
                later.append(part)
            else:
                self._take_column(row, column, part)
        if later:
            self._later.append((row, later))

    def of_kinds(self) -> BitArray:
        """Per 64 rules and kind which rules match."""
        possible = self._all & ~self._never
        found = np.repeat(possible[:, np.newaxis], self._kinds.count, axis=1)
        for column, bits in self._by_column.items():
            classes = self._kinds.class_of_kind(column)
            for word in range(self._words):
                found[word] &= bits[word][classes]
        for row, parts in self._later:
            self._narrow(found, row, AllOf(tuple(parts)))
        return found

    def _take_column(self, row: int, column: int, part: Condition) -> None:
        count = self._kinds.classes_of(column)
        if column not in self._by_column:
            self._by_column[column] = np.full((self._words, count), _ALL_BITS)
        word, bit = divmod(row, _WORD)
        held = _held(part, self._kinds.truth_by_class, count)
        self._by_column[column][word][~held] &= _ALL_BITS ^ np.uint64(1 << bit)

    def _narrow(self, found: BitArray, row: int, condition: Condition) -> None:
        """Look at what several columns say together, where the rest of a rule holds."""
        word, bit = divmod(row, _WORD)
        open_ = np.flatnonzero(found[word] & np.uint64(1 << bit))
        held = _held(condition, lambda test: self._kinds.truth(test, open_), len(open_))
        found[word][open_[~held]] &= _ALL_BITS ^ np.uint64(1 << bit)


def _all_parts(condition: Condition) -> list[Condition]:
    """Parts that all have to hold."""
    match condition:
        case AllOf(parts):
            return [each for part in parts for each in _all_parts(part)]
        case Not(AnyOf(parts)):
            return [Not(part) for part in parts]
        case _:
            return [condition]


def _held(condition: Condition, truth: Callable[[Test], BoolArray], count: int) -> BoolArray:
    """Where a condition holds, from where its tests do."""
    match condition:
        case AllOf(parts):
            found = np.ones(count, dtype=np.bool_)
            for part in parts:
                found &= _held(part, truth, count)
        case AnyOf(parts):
            found = np.zeros(count, dtype=np.bool_)
            for part in parts:
                found |= _held(part, truth, count)
        case Not(part):
            found = ~_held(part, truth, count)
        case Unreadable():
            found = np.zeros(count, dtype=np.bool_)
        case _:
            found = truth(condition)
    return found


def _first(bits: BitArray, enabled: Sequence[int]) -> IntArray:
    """Per kind the row of the first of some rules that matches, or `NO_RULE`."""
    words, count = bits.shape
    wanted = np.zeros(words, dtype=np.uint64)
    for row in enabled:
        wanted[row // _WORD] |= np.uint64(1 << row % _WORD)
    first = np.full(count, NO_RULE, dtype=np.int32)
    for word in reversed(range(words)):
        here = bits[word] & wanted[word]
        # The lowest bit alone is a power of two, whose exponent a float64 holds exactly.
        lowest = here & (~here + np.uint64(1))
        place = np.frexp(lowest.astype(np.float64))[1].astype(np.int32) - 1 + word * _WORD
        np.copyto(first, place, where=here != 0)
    return first
