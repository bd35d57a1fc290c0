# SPDX-License-Identifier: MIT
"""The index: several measures as one number, each by its weight and its share of the plan."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.ids import MeasureId
from app.models.work import IndexWeight

FloatArray = npt.NDArray[np.float64]

INDEX_TOTAL = 100.0
"""What the index of all accounts adds up to, so that a territory's is its percent of the plan."""


@dataclass(frozen=True, slots=True)
class IndexPart:
    """One measure of an index.

    Attributes:
        weight: As set, 0 or more.
        effective: What it counts for, all together 1; 0 where the measure cannot count.
        total: Sum of the measure over all accounts of the plan.
    """

    measure: MeasureId
    weight: float
    effective: float
    total: float

    @property
    def is_left_out(self) -> bool:
        """Whether it has a weight but nothing to share out: its total is 0 or below."""
        return self.weight > 0 and self.total <= 0


def index_parts(weights: Sequence[IndexWeight], totals: Sequence[float]) -> tuple[IndexPart, ...]:
    """What every measure counts for.

    A measure whose total is not above 0 has no shares. It is left out, and the others make up
    for it in proportion.

    Args:
        weights: As set.
        totals: Of the measure of each weight, over all accounts.
    """
    pairs = list(zip(weights, totals, strict=True))
    whole = sum(each.weight for each, total in pairs if total > 0)
    return tuple(
        IndexPart(
            each.measure,
            each.weight,
            each.weight / whole if whole > 0 and total > 0 else 0.0,
            total,
        )
        for each, total in pairs
    )


def index_values(
    weights: Sequence[IndexWeight], values: Callable[[MeasureId], FloatArray], count: int
) -> FloatArray:
    """The index of every account: 100 * sum of weight * value / total of the measure.

    Source: the weighted index of the field ("60/30/10"), every measure as its share of the plan,
    so that units do not matter. All accounts together have 100 (0 where nothing can count).

    Args:
        weights: As set; brought to a sum of 1.
        values: The values of a measure, one per account.
        count: Number of accounts.
    """
    result = np.zeros(count)
    columns = [values(each.measure) for each in weights]
    parts = index_parts(weights, [float(column.sum()) for column in columns])
    for part, column in zip(parts, columns, strict=True):
        if part.effective > 0:
            result += column * (INDEX_TOTAL * part.effective / part.total)
    return result
