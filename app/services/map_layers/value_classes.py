# SPDX-License-Identifier: MIT
"""Classes of a measure: where one colour ends and the next begins."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.map_look import ClassChoice, ClassMethod

FloatArray = npt.NDArray[np.float64]

_MOST_STEPS = 1_000
"""Natural breaks of more distinct values are sought between groups of neighbouring values."""


@dataclass(frozen=True, slots=True)
class ValueClasses:
    """The classes of some values.

    Attributes:
        limits: Ascending inner limits; a value that equals one belongs to the class above it.
        low, high: The extremes of the values.
    """

    limits: FloatArray
    low: float
    high: float

    @property
    def count(self) -> int:
        """Number of classes."""
        return len(self.limits) + 1

    def of(self, values: FloatArray) -> npt.NDArray[np.intp]:
        """The class of each value, 0 for the lowest."""
        return np.searchsorted(self.limits, values, "right")

    def edges(self) -> list[tuple[float, float]]:
        """Where each class begins and ends; the outer ones at the extremes of the values."""
        inner: list[float] = self.limits.tolist()
        starts = [min([self.low, *inner[:1]]), *inner]
        return list(zip(starts, [*inner, max([self.high, *inner[-1:]])], strict=True))


def value_classes(values: FloatArray, choice: ClassChoice) -> ValueClasses | None:
    """The classes of values.

    Args:
        values: Finite numbers; may be empty.
        choice: How to cut them. Fewer classes come out where there are fewer different values,
            except with the user's own limits, which are taken as they are.

    Returns:
        None without values.
    """
    if not len(values):
        return None
    low, high = float(values.min()), float(values.max())
    if choice.method is ClassMethod.OWN:
        return ValueClasses(np.unique(np.array(choice.limits, np.float64)), low, high)
    if choice.method is ClassMethod.NATURAL:
        limits = natural_breaks(values, choice.count)
    elif choice.method is ClassMethod.EQUAL:
        limits = np.linspace(low, high, choice.count + 1)[1:-1]
    else:
        limits = _readable(np.quantile(values, np.arange(1, choice.count) / choice.count))
    limits = np.unique(limits)
    return ValueClasses(limits[(limits > low) & (limits <= high)], low, high)


def natural_breaks(values: FloatArray, count: int) -> FloatArray:
    """The lowest value of each class but the first, so that values differ least inside classes.

    The sum of squared differences from the class means is the least that `count` classes can have:
    exact for up to 1,000 different values; of more, neighbouring ones are put together first.

    Source: Fisher, "On grouping for maximum homogeneity" (1958), known on maps as Jenks breaks.
    """
    distinct, times = np.unique(values, return_counts=True)
    if len(distinct) <= count:
        return distinct[1:]
    starts = np.arange(len(distinct))
    if len(distinct) > _MOST_STEPS:
        starts = np.unique(np.linspace(0, len(distinct), _MOST_STEPS, endpoint=False).astype(int))
    centered = distinct - np.average(distinct, weights=times)
    sizes = np.add.reduceat(times.astype(np.float64), starts)
    sums = np.add.reduceat(times * centered, starts)
    squares = np.add.reduceat(times * centered**2, starts)
    first = _best_starts(_scatter(sizes, sums, squares), count)
    return distinct[starts[first]]


def _scatter(sizes: FloatArray, sums: FloatArray, squares: FloatArray) -> FloatArray:
    """Squared differences from the mean for every run of neighbours, infinite below the diagonal.

    Entry (i, j) is for the values i to j, both included.
    """
    n, s, q = (np.concatenate([[0.0], np.cumsum(each)]) for each in (sizes, sums, squares))
    size = n[None, 1:] - n[:-1, None]
    total = s[None, 1:] - s[:-1, None]
    square = q[None, 1:] - q[:-1, None]
    runs = np.triu(np.ones(size.shape, np.bool_))
    mean_part = np.divide(total**2, size, out=np.zeros_like(size), where=runs)
    return np.where(runs, np.maximum(square - mean_part, 0.0), np.inf)


def _best_starts(cost: FloatArray, count: int) -> list[int]:
    """Where each class but the first begins so that the costs of all classes sum to the least."""
    size = len(cost)
    best = cost[0].copy()
    came_from: list[npt.NDArray[np.intp]] = []
    for _ in range(1, count):
        # Column j: the last class begins at i, and the classes before it end at i - 1.
        before = np.concatenate([[np.inf], best[:-1]])
        whole = before[:, None] + cost
        start = whole.argmin(axis=0)
        came_from.append(start)
        best = whole[start, np.arange(size)]
    starts: list[int] = []
    end = size - 1
    for start in reversed(came_from):
        starts.append(int(start[end]))
        end = starts[-1] - 1
    return sorted(starts)


def _readable(limits: FloatArray) -> FloatArray:
    """The limits with as few significant digits as tell them apart, at least two.

    These are the limits that values are compared with, not only those that are shown.
    """
    wanted = len(np.unique(limits))
    sizes = np.floor(np.log10(np.where(limits == 0, 1.0, np.abs(limits))))
    for digits in range(2, 8):
        step = 10.0 ** (sizes - digits + 1)
        rounded = np.round(limits / step) * step
        if len(np.unique(rounded)) == wanted:
            return rounded
    return limits


def per_basis(values: FloatArray, divisor: FloatArray | None) -> FloatArray:
    """The values per account or km²; nan where there is nothing to divide by.

    Args:
        values: Sum per area.
        divisor: Accounts or km² per area; None leaves the values as they are.
    """
    if divisor is None:
        return values
    result = np.full(len(values), np.nan)
    return np.divide(values, divisor, out=result, where=divisor > 0)
