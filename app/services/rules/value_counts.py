# SPDX-License-Identifier: MIT
"""The values that a field has in the data, with how many accounts have each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.services.rules.account_facts import AccountFacts
from app.services.rules.columns import Coded, IntArray, plain
from app.services.rules.fields import EXTRA, LINES_BOUGHT, MAIN_LINE, FieldKind


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A value as it is written where it comes first, and how many accounts have it."""

    text: str
    accounts: int


def value_counts(facts: AccountFacts, field: str, kind: FieldKind) -> tuple[ValueCount, ...]:
    """The values of a text or list field, the most frequent first; empty ones are left out.

    Raises:
        FieldMissing: The plan has no such field.
    """
    if kind is FieldKind.LIST:
        return _list_counts(facts, field)
    column = facts.texts(field)
    spelled = _spelled(facts, field, column)
    counts: list[int] = np.bincount(column.codes, minlength=len(column.values)).tolist()
    found = [
        ValueCount(text, amount)
        for text, amount in zip(spelled, counts, strict=True)
        if amount and plain(text)
    ]
    return _ordered(found)


def _list_counts(facts: AccountFacts, field: str) -> tuple[ValueCount, ...]:
    column = facts.lists(field)
    amounts: list[int] = np.bincount(column.codes, minlength=len(column.values)).tolist()
    by_word: dict[str, int] = {}
    for words, amount in zip(column.values, amounts, strict=True):
        for word in words:
            by_word[word] = by_word.get(word, 0) + amount
    shown = facts.sales.spelling if field == LINES_BOUGHT else {}
    return _ordered([ValueCount(shown.get(word, word), n) for word, n in by_word.items()])


def _spelled(facts: AccountFacts, field: str, column: Coded[str]) -> Sequence[str]:
    """Per value its spelling in the data."""
    if field == MAIN_LINE:
        return [facts.sales.spelling.get(value, value) for value in column.values]
    first = _first_rows(column.codes, len(column.values))
    if field.startswith(EXTRA):
        imported = facts.extras.column(field.removeprefix(EXTRA))
        if imported is not None:
            cells: list[int] = imported.codes[first].tolist()
            return [" ".join(imported.values[cell].split()) for cell in cells]
    texts = facts.spelled(field)
    return [" ".join(texts[row].split()) for row in first]


def _first_rows(codes: IntArray, count: int) -> list[int]:
    """Per value the first account that has it."""
    first = np.zeros(count, dtype=np.int64)
    # Of several entries for one value the last that is written stays: the first account.
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return first.tolist()


def _ordered(found: list[ValueCount]) -> tuple[ValueCount, ...]:
    return tuple(sorted(found, key=lambda each: (-each.accounts, each.text.casefold())))
