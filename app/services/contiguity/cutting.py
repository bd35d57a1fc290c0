# SPDX-License-Identifier: MIT
"""What an edit would cut off from the territories that it touches."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.ids import GeoUnitId
from app.services.contiguity.parts import Parts, parts_of
from app.services.contiguity.plan_graph import PlanGraph

IntArray = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class CutOff:
    """What becomes of one territory; see `TerritoryEffect`."""

    parts_before: int
    parts_after: int
    cut_off: tuple[GeoUnitId, ...] = ()
    islands: tuple[GeoUnitId, ...] = ()


@dataclass(frozen=True, eq=False)
class _Side:
    """The plan before or after the edit, with the parts of the territories that are touched."""

    plan: PlanGraph
    parts: Parts


def cut_off_between(
    before: PlanGraph,
    after: PlanGraph,
    worth: Callable[[PlanGraph], npt.NDArray[np.float64]],
    territories: Collection[int],
) -> dict[int, CutOff]:
    """What an edit cuts off, by position of the territory.

    Args:
        before, after: The plan as it is and as it would be.
        worth: Per node the sum of the measure that tells which part is the main one; asked for
            only where a territory is in several pieces.
        territories: Positions of those that the edit touches.
    """
    held = [side.holdings(territories) for side in (before, after)]
    count = max(territories, default=-1) + 1
    counts = [each.part_counts(count) for each in held]
    if max(int(each.max(initial=0)) for each in counts) <= 1:
        return {each: CutOff(int(counts[0][each]), int(counts[1][each])) for each in territories}
    sides = [
        _Side(side, parts_of(holdings, side.graph, worth(side)))
        for side, holdings in zip((before, after), held, strict=True)
    ]
    return {territory: _cut_off_from(territory, *sides) for territory in territories}


def _cut_off_from(territory: int, before: _Side, after: _Side) -> CutOff:
    part_before = np.full(len(before.plan.graph) + 1, -1, dtype=np.int64)
    for part in before.parts.of(territory):
        part_before[before.parts.nodes(part)] = part
    pieces = [after.parts.nodes(part) for part in after.parts.of(territory)]
    # A node may be divided otherwise than before: its unit tells where it was.
    units = [after.plan.graph.unit[nodes] for nodes in pieces]
    was = [part_before[before.plan.graph.node[unit]] for unit in units]
    # What is new to the territory comes last: it is what does not touch, however much it is worth.
    order = sorted(range(len(pieces)), key=lambda at: not (was[at] >= 0).any())
    continued: set[int] = set()
    lands: set[int] = set()
    cut: list[IntArray] = []
    islands: list[IntArray] = []
    for at in order:
        land = int(after.plan.graph.landmass[pieces[at][0]])
        if lands:
            is_new = (was[at] < 0) | np.isin(was[at], list(continued))
            (cut if land in lands else islands).append(pieces[at][is_new])
        lands.add(land)
        continued.update(was[at][was[at] >= 0].tolist())
    return CutOff(
        parts_before=_piece_count(before.parts, territory),
        parts_after=_piece_count(after.parts, territory),
        cut_off=_geounits(after.plan, cut),
        islands=_geounits(after.plan, islands),
    )


def _piece_count(parts: Parts, territory: int) -> int:
    """The parts that are no islands."""
    return len(parts.of(territory)) - len(parts.islands(territory))


def _geounits(plan: PlanGraph, nodes: list[IntArray]) -> tuple[GeoUnitId, ...]:
    return plan.graph.geounits(np.concatenate(nodes)) if nodes else ()
