# SPDX-License-Identifier: MIT
"""Accounts in groups: by what the list says about them, by size, by area."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.services.geography.arrays import FloatArray, IntArray, LongArray, ObjectArray
from app.services.geography.factorizing import factorize, same_text

NOT_GIVEN = "Not given"
NO_VALUE = "No value"


@dataclass(frozen=True, slots=True)
class Group:
    """Some accounts that belong together.

    Attributes:
        rows: Positions of the accounts, ascending.
        value: Sum over them.
        is_rest: It gathers what belongs to no group, or many small groups.
    """

    label: str
    rows: LongArray
    value: float
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class GroupReport:
    """Every account in exactly one group, so the groups add up to the whole list."""

    groups: tuple[Group, ...]
    account_count: int
    value: float


def by_text(texts: ObjectArray, values: FloatArray) -> GroupReport:
    """Groups of equal text, upper and lower case and white space aside, most accounts first.

    A group has the spelling that most of its accounts use; accounts without a text come last.

    Args:
        texts: Of every account.
        values: Of every account; nan counts as nothing.
    """
    codes, spellings = factorize(texts)
    group_of = same_text(spellings)
    amounts = np.bincount(codes, minlength=len(spellings))
    best: list[int] = []
    for code, group in enumerate(group_of.tolist()):
        if group == len(best):
            best.append(code)
        elif group >= 0 and amounts[code] > amounts[best[group]]:
            best[group] = code
    labels = [" ".join(spellings[code].split()) for code in best]
    return _report(group_of[codes], labels, values, NOT_GIVEN, keeps_order=False)


def by_unit(unit_index: IntArray, names: Sequence[str], values: FloatArray) -> GroupReport:
    """Groups of the accounts in the same area, most accounts first.

    Args:
        unit_index: Position of the area of every account, -1 where it is in none.
        names: By position.
        values: Of every account.
    """
    used, codes = np.unique(unit_index, return_inverse=True)
    shift = 1 if len(used) and used[0] < 0 else 0
    units: list[int] = used[shift:].tolist()
    labels = [names[unit] for unit in units]
    return _report(codes - shift, labels, values, "No such area known", keeps_order=False)


def quantile_edges(values: FloatArray, classes: int = 4) -> tuple[float, ...]:
    """Upper limits that split the accounts with a value above 0 into classes of equal number.

    Equal values are never parted, so classes can differ in number, and limits that coincide are
    one.
    """
    ranked = np.sort(values[values > 0])
    if not len(ranked):
        return ()
    places = [int(np.ceil(len(ranked) * part / classes)) - 1 for part in range(1, classes)]
    edges = sorted({float(ranked[max(0, place)]) for place in places})
    return tuple(edge for edge in edges if edge < ranked[-1])


def by_size(
    sizes: FloatArray,
    edges: Sequence[float],
    values: FloatArray,
    written: Callable[[float], str],
) -> GroupReport:
    """Classes of size, largest first; accounts without a size above 0 are a group of their own.

    Args:
        sizes: Of every account.
        edges: Upper limits of the classes, ascending; a limit belongs to the class below it.
        values: What is added up over the groups.
        written: How a limit is written.
    """
    sized = sizes > 0
    codes = np.full(len(sizes), -1, dtype=np.int64)
    codes[sized] = len(edges) - np.searchsorted(np.asarray(edges), sizes[sized], side="left")
    words = [written(edge) for edge in edges]
    labels = [f"{low} to {high}" for low, high in pairwise(words)]
    labels = [f"Up to {words[0]}", *labels, f"Above {words[-1]}"] if words else ["Any value"]
    return _report(codes, labels[::-1], values, NO_VALUE, keeps_order=True)


def largest(report: GroupReport, most: int, *, by_value: bool) -> GroupReport:
    """The largest groups, and one group of all others, so that the parts still add up.

    Args:
        report: Groups of accounts.
        most: Groups to keep, the one of all others included.
        by_value: Order by value, otherwise by number of accounts.
    """
    given = [group for group in report.groups if not group.is_rest]
    rest = [group for group in report.groups if group.is_rest]
    given.sort(key=lambda group: -(group.value if by_value else len(group.rows)))
    if len(given) > most:
        small = given[most - 1 :]
        rows = np.sort(np.concatenate([group.rows for group in small]))
        total = sum(group.value for group in small)
        others = Group(f"{len(small)} others", rows, total, is_rest=True)
        given = [*given[: most - 1], others]
    return GroupReport((*given, *rest), report.account_count, report.value)


def _report(
    codes: IntArray | LongArray,
    labels: Sequence[str],
    values: FloatArray,
    rest: str,
    *,
    keeps_order: bool,
) -> GroupReport:
    amounts = np.nan_to_num(values)
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(-1, len(labels) + 1))
    groups: list[Group] = []
    for code, label in enumerate(labels):
        rows = order[starts[code + 1] : starts[code + 2]]
        if len(rows):
            groups.append(Group(label, rows, float(amounts[rows].sum())))
    if not keeps_order:
        groups.sort(key=lambda group: -len(group.rows))
    without = order[starts[0] : starts[1]]
    if len(without):
        groups.append(Group(rest, without, float(amounts[without].sum()), is_rest=True))
    return GroupReport(tuple(groups), len(values), float(amounts.sum()))
