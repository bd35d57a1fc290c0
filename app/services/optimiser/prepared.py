# SPDX-License-Identifier: MIT
"""A checked problem as the arrays that the kernel reads, with corridors that can be reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from app.services.optimiser.checking import check
from app.services.optimiser.graphs import joined
from app.services.optimiser.kernel_library import Floats, Ints
from app.services.optimiser.problem import Problem, UnitGraph
from app.services.optimiser.sums import summed

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Lump:
    """A unit that alone is more than any territory may hold.

    Attributes:
        unit: Which.
        measure: Of what.
        share: Its load over the ideal of the largest territory.
    """

    unit: int
    measure: int
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What searches need.

    Attributes:
        problem: The question.
        graph: Its graph, every region one part.
        ideal: k x m loads.
        arrays: For `KernelSearch`.
        lumps: Units above every corridor, largest first.
    """

    problem: Problem
    graph: UnitGraph
    ideal: Floats
    arrays: Mapping[str, npt.NDArray[Any]]
    lumps: tuple[Lump, ...]

    @property
    def reachable_deviation(self) -> float:
        """No plan has a smaller largest deviation, by the lumps alone; 0 without lumps."""
        count = self.problem.wanted.count
        least = 0.0
        for lump in self.lumps:
            least = max(least, lump.share - 1.0)
        by_measure = {lump.measure for lump in self.lumps}
        for measure in by_measure:
            held = {lump.unit for lump in self.lumps if lump.measure == measure}
            column = self.problem.units.loads[:, measure]
            rest = float(column.sum()) - sum(float(column[unit]) for unit in held)
            others = max(count - len(held), 1)
            largest = float(self.ideal[:, measure].max())
            if count > len(held):
                least = max(least, 1.0 - rest / others / largest)
        return least


def prepare(problem: Problem) -> Prepared:
    """Checks a problem and lays it out.

    Raises:
        EditRejected: It has no answer.
    """
    check(problem)
    region = _region(problem)
    graph = joined(problem.units, problem.graph, region)
    ideal = _ideal(problem)
    lumps = _lumps(problem, ideal)
    low, high = _corridor(problem, ideal, lumps)
    units, kept, count = problem.units, problem.kept, problem.wanted.count
    weight = units.loads[:, 0]
    mean = float(weight.mean())
    arrays: dict[str, npt.NDArray[Any]] = {
        "first": graph.first,
        "neighbor": graph.neighbor,
        "border_km": graph.border_km,
        "x_km": units.x_km - units.x_km.mean(),
        "y_km": units.y_km - units.y_km.mean(),
        # Empty land should lie near its territory too.
        "mass": weight + 1e-4 * mean,
        "load": units.loads,
        "low": low,
        "high": high,
        "scale": ideal,
        "today": _filled(kept.territory, units.count, -1),
        "leave_cost": np.zeros(units.count),
        "is_locked": _filled(kept.is_locked, units.count, 0),
        "region": region,
        "region_of": _region_of(problem, region),
        "is_loose": _filled(problem.wanted.is_loose, count, 0),
    }
    arrays |= _homes(problem) | _apart(problem)
    return Prepared(problem, graph, ideal, arrays, lumps)


def _filled(values: npt.NDArray[Any] | None, length: int, default: int) -> Ints:
    if values is None:
        return np.full(length, default, dtype=np.int32)
    return values.astype(np.int32)


def _region(problem: Problem) -> Ints:
    if problem.kept.region is None:
        return np.zeros(problem.units.count, dtype=np.int32)
    return np.unique(problem.kept.region, return_inverse=True)[1].reshape(-1).astype(np.int32)


def _ideal(problem: Problem) -> Floats:
    wanted = problem.wanted
    capacity = wanted.capacity if wanted.capacity is not None else np.ones(wanted.count)
    return (capacity / capacity.sum())[:, None] * problem.units.loads.sum(axis=0)


def _lumps(problem: Problem, ideal: Floats) -> tuple[Lump, ...]:
    found: list[Lump] = []
    for measure, tolerance in enumerate(problem.wanted.tolerances):
        largest = float(ideal[:, measure].max())
        shares = problem.units.loads[:, measure] / largest
        found += [
            Lump(unit, measure, float(shares[unit]))
            for unit in np.nonzero(shares > 1.0 + tolerance)[0].tolist()
        ]
    return tuple(sorted(found, key=lambda lump: (-lump.share, lump.unit, lump.measure)))


def _corridor(problem: Problem, ideal: Floats, lumps: tuple[Lump, ...]) -> tuple[Floats, Floats]:
    """Where loads may lie; lower than asked where lumps leave too little for the others."""
    tolerance = np.array(problem.wanted.tolerances) * (1.0 - _ROUNDING)
    low, high = ideal * (1.0 - tolerance), ideal * (1.0 + tolerance)
    totals = problem.units.loads.sum(axis=0)
    for measure in range(ideal.shape[1]):
        held = {lump.unit for lump in lumps if lump.measure == measure}
        others = problem.wanted.count - len(held)
        if held and others > 0:
            rest = float(totals[measure] - problem.units.loads[sorted(held), measure].sum())
            factor = min(1.0, rest / others / float(ideal[:, measure].mean()))
            low[:, measure] *= factor
    return low, high


def _region_of(problem: Problem, region: Ints) -> Ints:
    """The region of each territory: today's, else shared out by the first measure."""
    count, regions = problem.wanted.count, int(region.max()) + 1
    if regions == 1:
        return np.zeros(count, dtype=np.int32)
    today = problem.kept.territory
    if today is not None:
        votes = np.zeros((count, regions))
        np.add.at(votes, (today[today >= 0], region[today >= 0]), 1.0)
        if (votes.sum(axis=1) > 0).all() and (votes.argmax(axis=0) >= 0).all():
            own = votes.argmax(axis=1).astype(np.int32)
            if len(np.unique(own)) == regions:
                return own
    share = summed(region, problem.units.loads[:, 0], regions)
    room = np.bincount(region, minlength=regions)
    given = np.ones(regions, dtype=np.int64)
    for _ in range(count - regions):
        given[int(np.where(given < room, share / given, -1.0).argmax())] += 1
    return np.repeat(np.arange(regions, dtype=np.int32), given)


def _homes(problem: Problem) -> dict[str, npt.NDArray[Any]]:
    homes, count, units = problem.wanted.homes, problem.wanted.count, problem.units
    if homes is None:
        return {name: np.zeros(count) for name in ("home_x", "home_y", "home_share")}
    x, y = homes.x_km - units.x_km.mean(), homes.y_km - units.y_km.mean()
    return {"home_x": x, "home_y": y, "home_share": homes.share}


def _apart(problem: Problem) -> dict[str, npt.NDArray[Any]]:
    count, pairs = problem.units.count, problem.kept.apart
    first = np.zeros(count + 1, dtype=np.int32)
    if pairs is None or not len(pairs):
        return {"apart_first": first, "apart": np.zeros(0, dtype=np.int32)}
    source = np.concatenate([pairs[:, 0], pairs[:, 1]])
    target = np.concatenate([pairs[:, 1], pairs[:, 0]])
    order = np.lexsort((target, source))
    np.cumsum(np.bincount(source, minlength=count), out=first[1:])
    return {"apart_first": first, "apart": target[order].astype(np.int32)}
