# SPDX-License-Identifier: MIT
"""ABC classes: the few accounts that bring most, and the many that bring the rest."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from app.services.geography.arrays import FloatArray, LongArray

A_SHARE, B_SHARE = 0.80, 0.95
_ROUNDING = 1e-12
"""Keeps a sum that is meant to be exactly 80 % from being taken for less."""


class AbcClass(IntEnum):
    """The class of an account."""

    NONE = 0
    """It has no value, or one below zero, so it is not ranked."""
    A = 1
    B = 2
    C = 3


@dataclass(frozen=True, slots=True)
class AbcReport:
    """Accounts ranked by value.

    Attributes:
        classes: `AbcClass` per account.
        order: Positions of the ranked accounts, largest value first.
        cumulative: Per ranked account the share of the total up to and including it.
        total: Sum over the ranked accounts.
    """

    classes: LongArray
    order: LongArray
    cumulative: FloatArray
    total: float

    def rows(self, wanted: AbcClass) -> LongArray:
        """Positions of the accounts of a class, largest value first."""
        if wanted is AbcClass.NONE:
            return np.flatnonzero(self.classes == AbcClass.NONE)
        return self.order[self.classes[self.order] == wanted]


@dataclass(frozen=True, slots=True)
class Tenth:
    """A tenth of the ranked accounts.

    Attributes:
        rows: Positions of its accounts.
        share: Of the total.
        cumulative: Share of the total of this tenth and those before it.
    """

    rows: LongArray
    share: float
    cumulative: float


def tenths(report: AbcReport) -> tuple[Tenth, ...]:
    """The ranked accounts in ten parts of equal number, best first; fewer where they are fewer.

    The parts differ by one account at most, and their shares add up to 1.
    """
    count = len(report.order)
    parts = min(10, count)
    ends = [round(count * part / parts) for part in range(1, parts + 1)]
    found: list[Tenth] = []
    start, before = 0, 0.0
    for end in ends:
        reached = float(report.cumulative[end - 1])
        found.append(Tenth(report.order[start:end], reached - before, reached))
        start, before = end, reached
    return tuple(found)


def abc_classes(values: FloatArray) -> AbcReport:
    """Rank the accounts and class them.

    From the largest value down, accounts are A until they hold 80 % of the total together, then B
    until 95 %, then C. The account that crosses a line still belongs to the better class, so there
    always is an A. Equal values stay in the order of the list. Accounts without a value, or with
    one below zero, are not ranked and not in the total.

    Source: usual practice after Pareto; the limits are ours.

    Args:
        values: Of every account; nan counts as none.
    """
    ranked = np.flatnonzero(values > 0)
    order = ranked[np.argsort(-values[ranked], kind="stable")]
    classes = np.zeros(len(values), dtype=np.int64)
    sums = np.cumsum(values[order])
    total = float(sums[-1]) if len(sums) else 0.0
    cumulative = sums / total if len(sums) else np.empty(0)
    before = np.concatenate(([0.0], cumulative[:-1])) if len(sums) else cumulative
    classes[order] = np.select(
        [before < A_SHARE - _ROUNDING, before < B_SHARE - _ROUNDING],
        [AbcClass.A, AbcClass.B],
        AbcClass.C,
    )
    return AbcReport(classes, order, cumulative, total)
