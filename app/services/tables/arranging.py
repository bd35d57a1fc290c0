# SPDX-License-Identifier: MIT
"""Which rows of a table are listed, in which order and in which groups."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from app.services.tables.column_facts import ColumnFacts
from app.services.tables.filters import Filter

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]
LongArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SortKey:
    """A column by which rows are sorted."""

    column: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user wants to see.

    Attributes:
        needle: Rows that hold it in any text column.
        filters: Column and what it has to hold; all of them must be met.
        sort: The first key decides, the next where it is equal.
        group_by: A column, or empty for no groups.
    """

    needle: str = ""
    filters: tuple[tuple[str, Filter], ...] = ()
    sort: tuple[SortKey, ...] = ()
    group_by: str = ""

    @property
    def columns(self) -> frozenset[str]:
        """The columns that it names; a needle asks all text columns besides."""
        named = {column for column, _ in self.filters} | {key.column for key in self.sort}
        return frozenset(named | ({self.group_by} if self.group_by else set()))

    def only(self, columns: AbstractSet[str]) -> "Wanted":
        """The same without what it wants of other columns."""
        return replace(
            self,
            filters=tuple(pair for pair in self.filters if pair[0] in columns),
            sort=tuple(key for key in self.sort if key.column in columns),
            group_by=self.group_by if self.group_by in columns else "",
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that have the same value.

    Attributes:
        words: The value; empty for none.
        first: Where its rows begin among the rows of the arrangement.
        count: How many there are.
        sums: By column of numbers, the sum over its rows; nothing counts as 0.
    """

    words: str
    first: int
    count: int
    sums: Mapping[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, slots=True)
class Arranged:
    """The rows that are listed.

    Attributes:
        rows: Row numbers of the values, group by group.
        groups: In order; empty where nothing is grouped.
    """

    rows: LongArray
    groups: tuple[Group, ...] = ()


def arrange(
    row_count: int,
    facts: Mapping[str, ColumnFacts],
    wanted: Wanted,
    kept: BoolArray | None = None,
    summed: Mapping[str, FloatArray] | None = None,
) -> Arranged:
    """Filter, sort and group.

    Args:
        row_count: Rows in all.
        facts: By column: those that `wanted` names and, for a needle, all text columns. Columns
            that are named and not here decide nothing.
        wanted: What the user wants to see.
        kept: bool per row, narrowing further; None keeps all.
        summed: By column the values that groups sum up.
    """
    passes = None if kept is None else kept.copy()
    if wanted.needle:
        passes = _with_needle(facts, wanted.needle, passes)
    for column, needed in wanted.filters:
        if column in facts:
            answers = facts[column].passes(needed)
            passes = answers if passes is None else passes & answers
    rows = np.arange(row_count) if passes is None else np.flatnonzero(passes)
    keys = [
        facts[k.column].sort_keys(is_descending=k.is_descending)
        for k in wanted.sort
        if k.column in facts
    ]
    if wanted.group_by not in facts:
        return Arranged(_sorted(rows, keys))
    codes, words = facts[wanted.group_by].groups()
    rows = _sorted(rows, [codes.astype(np.float64), *keys])
    return Arranged(rows, _groups(codes[rows], words, rows, summed or {}))


def lines_of(arranged: Arranged, folded: frozenset[str]) -> LongArray:
    """What stands in each line: a row number, or -1 - n for the head of group n.

    Args:
        arranged: Rows and groups.
        folded: Words of the groups whose rows are hidden.
    """
    if not arranged.groups:
        return arranged.rows
    pieces: list[LongArray] = []
    for number, group in enumerate(arranged.groups):
        pieces.append(np.array([-1 - number], dtype=np.int64))
        if group.words not in folded:
            pieces.append(arranged.rows[group.first : group.first + group.count])
    return np.concatenate(pieces)


def _with_needle(
    facts: Mapping[str, ColumnFacts], needle: str, passes: BoolArray | None
) -> BoolArray:
    found: BoolArray | None = None
    for column in facts.values():
        holds = column.holds(needle)
        found = holds if found is None else found | holds
    if found is None:
        return np.zeros(0 if passes is None else len(passes), dtype=np.bool_)
    return found if passes is None else found & passes


def _sorted(rows: LongArray, keys: Sequence[FloatArray]) -> LongArray:
    """Rows by their keys, the first deciding; rows that are equal stay in their order."""
    if not keys:
        return rows
    if len(keys) == 1:
        return rows[np.argsort(keys[0][rows], kind="stable")]
    return rows[np.lexsort([key[rows] for key in reversed(keys)])]


def _groups(
    codes: npt.NDArray[np.int32],
    words: Sequence[str],
    rows: LongArray,
    summed: Mapping[str, FloatArray],
) -> tuple[Group, ...]:
    if not len(codes):
        return ()
    firsts = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1])))
    counts = np.diff(np.concatenate((firsts, [len(codes)])))
    sums = {
        column: np.add.reduceat(np.nan_to_num(values[rows]), firsts).tolist()
        for column, values in summed.items()
    }
    numbers: list[int] = codes[firsts].tolist()
    starts = zip(numbers, firsts.tolist(), counts.tolist(), strict=True)
    return tuple(
        Group(words[number], first, amount, {c: found[at] for c, found in sums.items()})
        for at, (number, first, amount) in enumerate(starts)
    )
