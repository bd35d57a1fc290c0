# SPDX-License-Identifier: MIT
"""Visit classes from a measure: the few accounts that bring most are visited most."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
LongArray = npt.NDArray[np.int64]

_ROUNDING = 1e-12
"""Keeps a sum that is meant to be exactly a limit from being taken for less."""


@dataclass(frozen=True, slots=True)
class RankedClass:
    """The accounts that a class gets.

    Attributes:
        name: Of the class.
        rows: Positions of the accounts, largest value first; those without a value last.
        share_fraction: Of the measure's total over accounts with a value.
    """

    name: str
    rows: LongArray
    share_fraction: float


def ranked_classes(
    values: FloatArray, names: Sequence[str], limits: Sequence[float]
) -> tuple[RankedClass, ...]:
    """Accounts by value: the first class until its share of the total, then the next.

    The account that crosses a limit still belongs to the better class, as in the ABC analysis.
    Accounts without a value, or with one below zero, get the last class.

    Source: usual practice after Pareto, with the limits of the user.

    Args:
        values: Of every account; nan counts as none.
        names: Of the classes, the most visited first.
        limits: Ascending shares of the total up to which each class reaches; one fewer than
            names, since the last class takes the rest.
    """
    ranked = np.flatnonzero(values > 0)
    order = ranked[np.argsort(-values[ranked], kind="stable")]
    sums = np.cumsum(values[order])
    total = float(sums[-1]) if len(sums) else 0.0
    before = np.concatenate(([0.0], sums[:-1])) / total if total else sums
    cuts = [int((before < limit - _ROUNDING).sum()) for limit in limits]
    edges = [0, *np.maximum.accumulate(cuts).tolist(), len(order)] if cuts else [0, len(order)]
    rest = np.flatnonzero(~(values > 0))
    found: list[RankedClass] = []
    for at, name in enumerate(names):
        own = order[edges[at] : edges[at + 1]]
        share = float(values[own].sum()) / total if total else 0.0
        rows = np.concatenate([own, rest]) if at == len(names) - 1 else own
        found.append(RankedClass(name, rows, share))
    return tuple(found)
