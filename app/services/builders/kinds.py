# SPDX-License-Identifier: MIT
"""Kinds of customers: by a word of the list, by size, by product line; each with its condition."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from app.models.ids import MeasureId
from app.models.product import Product
from app.models.rule import (
    AllOf,
    Condition,
    ListOperator,
    ListTest,
    Not,
    NumberOperator,
    NumberTest,
    TextOperator,
    TextTest,
)
from app.services.account_table import AccountTable
from app.services.rules.columns import RuleFacts, plain
from app.services.rules.fields import LINES_BOUGHT, MAIN_LINE, MEASURE

FloatArray = npt.NDArray[np.float64]
LongArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


MOST_KINDS = 40
"""More kinds are gathered in one: nobody reads a list of hundreds of territories by kind."""


@dataclass(frozen=True, eq=False)
class Kind:
    """Accounts of one kind.

    Attributes:
        condition: What a rule asks for.
        rows: Positions of the accounts, ascending.
        value: Sum of the measure over them.
        words: What a rep who fits may say to know.
        is_rest: Accounts of which nothing is said, or many small kinds together.
    """

    label: str
    condition: Condition
    rows: LongArray
    value: float
    words: tuple[str, ...] = ()
    is_rest: bool = False


def kinds_by_text(
    accounts: AccountTable, facts: RuleFacts, column: str, values: FloatArray
) -> tuple[Kind, ...]:
    """One kind per segment, industry or status, the largest value first.

    Args:
        accounts: Supplies the words as they are written.
        facts: Supplies the column as rules see it.
        column: "segment", "industry" or "status".
        values: The measure, per account.
    """
    found = facts.texts(column)
    texts = accounts.text(column)
    codes, first = np.unique(found.codes, return_index=True)
    kinds: list[Kind] = []
    rest: Kind | None = None
    for code, at in zip(codes.tolist(), first.tolist(), strict=True):
        rows = np.flatnonzero(found.codes == code)
        value = float(values[rows].sum())
        if found.values[code]:
            word = " ".join(str(texts[at]).split())
            condition = TextTest(column, TextOperator.IS, (word,))
            kinds.append(Kind(word, condition, rows, value, (word,)))
        else:
            empty = TextTest(column, TextOperator.EMPTY)
            rest = Kind(f"No {column}", empty, rows, value, is_rest=True)
    return _ordered(kinds, rest, lambda words: TextTest(column, TextOperator.IS, words))


def kinds_by_line(
    products: Sequence[Product], facts: RuleFacts, values: FloatArray
) -> tuple[Kind, ...]:
    """One kind per product line: the accounts that buy most of it, the largest value first."""
    found = facts.texts(MAIN_LINE)
    number = {form: code for code, form in enumerate(found.values)}
    kinds: list[Kind] = []
    for line in product_lines(products):
        rows = np.flatnonzero(found.codes == number.get(plain(line), -1))
        condition = TextTest(MAIN_LINE, TextOperator.IS, (line,))
        kinds.append(Kind(line, condition, rows, float(values[rows].sum()), (line,)))
    none = np.flatnonzero(found.codes == number.get("", -1))
    rest = None
    if len(none):
        empty = TextTest(MAIN_LINE, TextOperator.EMPTY)
        value = float(values[none].sum())
        rest = Kind("Nothing bought yet", empty, none, value, is_rest=True)
    return _ordered(kinds, rest, lambda words: TextTest(MAIN_LINE, TextOperator.IS, words))


def buyers_by_line(
    products: Sequence[Product], facts: RuleFacts, values: FloatArray
) -> tuple[Kind, ...]:
    """One kind per product line: all accounts that buy any of it; kinds may share accounts."""
    found = facts.lists(LINES_BOUGHT)
    kinds: list[Kind] = []
    for line in product_lines(products):
        form = plain(line)
        buys = np.array([form in lines for lines in found.values], dtype=np.bool_)
        rows = np.flatnonzero(buys[found.codes])
        condition = ListTest(LINES_BOUGHT, ListOperator.ANY, (line,))
        kinds.append(Kind(line, condition, rows, float(values[rows].sum()), (line,)))
    kinds.sort(key=lambda kind: (-kind.value, kind.label))
    return tuple(kinds[:MOST_KINDS])


def kinds_by_size(
    measure: MeasureId,
    sizes: FloatArray,
    edges: Sequence[float],
    values: FloatArray,
    written: Callable[[float], str],
) -> tuple[Kind, ...]:
    """Classes of size, the largest first; accounts without a size above 0 are the last.

    Args:
        measure: What size is measured by.
        sizes: Its values, per account.
        edges: Upper limits of the classes, ascending; a limit belongs to the class below it.
        values: What is added up, per account.
        written: How a limit is written.
    """
    key = f"{MEASURE}{measure}"
    limits = [0.0, *edges]
    kinds: list[Kind] = []
    for low, high in pairwise([*limits, float("inf")]):
        above = NumberTest(key, NumberOperator.MORE, (low,))
        rows = (sizes > low) & (sizes <= high)
        condition: Condition = above
        if high < float("inf"):
            condition = AllOf((above, NumberTest(key, NumberOperator.AT_MOST, (high,))))
        label = _size_label(low, high, written)
        kinds.insert(0, _kind(label, condition, rows, values))
    none = ~(sizes > 0)
    if none.any():
        condition = Not(NumberTest(key, NumberOperator.MORE, (0.0,)))
        rest = _kind("No value", condition, none, values)
        kinds.append(Kind(rest.label, condition, rest.rows, rest.value, is_rest=True))
    return tuple(kinds)


def even_edges(sizes: FloatArray, classes: int) -> tuple[float, ...]:
    """Limits that give each class about the same total: few large accounts weigh as many small.

    Args:
        sizes: Per account; only those above 0 count.
        classes: How many are wanted; fewer come out where single accounts outweigh a class.
    """
    ranked = np.sort(sizes[sizes > 0])
    if not len(ranked):
        return ()
    sums = np.cumsum(ranked)
    share = float(sums[-1]) / classes
    places = [int(np.searchsorted(sums, share * k)) for k in range(1, classes)]
    edges = {_three_digits(float(ranked[place])) for place in places}
    return tuple(sorted(edge for edge in edges if ranked[0] <= edge < ranked[-1]))


def product_lines(products: Sequence[Product]) -> tuple[str, ...]:
    """The product lines of a plan in the order of their names, each once."""
    by_form: dict[str, str] = {}
    for product in products:
        line = " ".join(product.line.split())
        if line:
            by_form.setdefault(plain(line), line)
    return tuple(sorted(by_form.values()))


def _ordered(
    kinds: list[Kind], rest: Kind | None, condition: Callable[[tuple[str, ...]], Condition]
) -> tuple[Kind, ...]:
    """The kinds by value; small ones beyond `MOST_KINDS` together, what says nothing at the end."""
    kinds.sort(key=lambda kind: (-kind.value, -len(kind.rows), kind.label))
    if len(kinds) > MOST_KINDS:
        small = kinds[MOST_KINDS - 1 :]
        words = tuple(kind.label for kind in small)
        rows = np.sort(np.concatenate([kind.rows for kind in small]))
        value = sum(kind.value for kind in small)
        others = Kind(f"{len(small)} others", condition(words), rows, value, words, is_rest=True)
        kinds = [*kinds[: MOST_KINDS - 1], others]
    return (*kinds, rest) if rest is not None else tuple(kinds)


def _kind(label: str, condition: Condition, among: BoolArray, values: FloatArray) -> Kind:
    rows = np.flatnonzero(among)
    return Kind(label, condition, rows, float(values[rows].sum()))


def _size_label(low: float, high: float, written: Callable[[float], str]) -> str:
    if low <= 0:
        return f"Up to {written(high)}" if high < float("inf") else "Any value"
    return f"{written(low)} to {written(high)}" if high < float("inf") else f"Above {written(low)}"


def _three_digits(value: float) -> float:
    """A limit that can be said: rounded up to three digits, whole from 100 on."""
    step = 10.0 ** (np.floor(np.log10(value)) - 2)
    return float(np.ceil(value / step - 1e-9) * step)
