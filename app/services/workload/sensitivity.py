# SPDX-License-Identifier: MIT
"""Which territories change between under, within and over while one weight of the index slides.

With the weights as straight lines of t, a territory's index is a straight line of t, and so is
its ideal. Where one crosses the other times 1 plus or minus the tolerance is the root of a linear
equation, so the break points are exact, not sampled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from app.models.ids import MeasureId, TerritoryId
from app.models.workload import (
    IndexStanding,
    SensitivityReport,
    StandingSpan,
    TerritorySpans,
)
from app.services.balance import deviation
from app.services.workload.index import IndexPart

FloatArray = npt.NDArray[np.float64]

_SAME = 1e-12
"""Break points nearer than this are one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A value that is `at_zero` where a weight is 0, `at_one` where it is 1, straight between."""

    at_zero: float
    at_one: float

    def at(self, weight: float) -> float:
        """The value at a weight."""
        return self.at_zero + (self.at_one - self.at_zero) * weight


def sensitivity(
    measure: MeasureId,
    parts: Sequence[IndexPart],
    territories: Sequence[TerritoryId],
    shares: FloatArray,
    weights: Sequence[float],
    tolerance_fraction: float,
) -> SensitivityReport:
    """How every territory stands for every weight of a measure from 0 to 1.

    Args:
        measure: Whose weight slides; the others keep their proportions, equal ones where their
            own are all 0.
        parts: The measures of the index; the one that slides is among them.
        territories: Ids in position order.
        shares: Per part (rows) and territory (columns) the share of the measure's total.
        weights: Per territory: equal numbers for equal ideals, or capacity hours.
        tolerance_fraction: Largest allowed absolute deviation.
    """
    at = next(place for place, part in enumerate(parts) if part.measure == measure)
    rest = _others(parts, at) @ shares if len(parts) > 1 else np.zeros(shares.shape[1])
    lines = [Line(float(a), float(b)) for a, b in zip(rest, shares[at], strict=True)]
    whole = sum(weights)
    assigned = Line(float(rest.sum()), float(shares[at].sum()))
    spans: list[TerritorySpans] = []
    for territory, line, weight in zip(territories, lines, weights, strict=True):
        part = weight / whole if whole > 0 else 0.0
        ideal = Line(assigned.at_zero * part, assigned.at_one * part)
        spans.append(TerritorySpans(territory, _spans(line, ideal, tolerance_fraction)))
    return SensitivityReport(measure, parts[at].effective, tuple(spans), _all_within(spans))


def _others(parts: Sequence[IndexPart], at: int) -> FloatArray:
    """What the measures besides one count for among themselves; sums to 1."""
    usable = [part.effective if place != at else 0.0 for place, part in enumerate(parts)]
    whole = sum(usable)
    if whole > 0:
        return np.array([each / whole for each in usable])
    free = [float(place != at and part.total > 0) for place, part in enumerate(parts)]
    return np.array([each / max(1.0, sum(free)) for each in free])


def _spans(line: Line, ideal: Line, tolerance: float) -> tuple[StandingSpan, ...]:
    """The standings from weight 0 to 1, neighbours alike joined."""
    cuts = [0.0, 1.0]
    for bound in (1.0 - tolerance, 1.0 + tolerance):
        difference = Line(line.at_zero - bound * ideal.at_zero, line.at_one - bound * ideal.at_one)
        slope = difference.at_one - difference.at_zero
        if slope:
            root = -difference.at_zero / slope
            if 0.0 < root < 1.0:
                cuts.append(root)
    cuts.sort()
    found: list[StandingSpan] = []
    for first, last in pairwise(cuts):
        if last - first <= _SAME:
            continue
        middle = (first + last) / 2
        stands = standing(deviation(line.at(middle), ideal.at(middle)), tolerance)
        if found and found[-1].standing is stands:
            found[-1] = StandingSpan(found[-1].first, last, stands)
        else:
            found.append(StandingSpan(first, last, stands))
    return tuple(found)


def standing(deviation_fraction: float | None, tolerance_fraction: float) -> IndexStanding:
    """How a deviation stands, the boundary included in within."""
    if deviation_fraction is None:
        return IndexStanding.UNDEFINED
    if abs(deviation_fraction) <= tolerance_fraction:
        return IndexStanding.WITHIN
    return IndexStanding.OVER if deviation_fraction > 0 else IndexStanding.UNDER


def _all_within(spans: Sequence[TerritorySpans]) -> tuple[tuple[float, float], ...]:
    """The weights for which no territory is under or over."""
    if not spans:
        return ()
    common = [(0.0, 1.0)]
    for each in spans:
        own = [(s.first, s.last) for s in each.spans if s.standing is IndexStanding.WITHIN]
        common = [
            (max(a, c), min(b, d)) for a, b in common for c, d in own if max(a, c) <= min(b, d)
        ]
    return tuple(common)
