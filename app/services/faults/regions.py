# SPDX-License-Identifier: MIT
"""What is enclosed: unassigned areas inside a territory, parts of one territory inside another."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.alignment import NOBODY
from app.services.contiguity.labeling import component_labels
from app.services.contiguity.plan_graph import PlanGraph

IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]
_MIXED = np.iinfo(np.int32).min


@dataclass(frozen=True, slots=True, eq=False)
class Hole:
    """A connected unassigned region that one territory encloses.

    Attributes:
        around: Position of the territory.
        nodes: The region.
    """

    around: int
    nodes: IntArray


def holes(plan: PlanGraph) -> list[Hole]:
    """All holes of a plan.

    A region of nobody's units is a hole where every unit beside it is one territory's, and where
    it does not reach beyond the box around that territory: else the whole rest of the world would
    be a hole of a plan with one territory.
    """
    graph = plan.graph
    a, b = graph.ends
    free = plan.owner == NOBODY
    both = free[a] & free[b]
    label = component_labels(len(graph), (a[both], b[both]))
    nodes = np.flatnonzero(free).astype(np.int32)
    roots, region = np.unique(label[nodes], return_inverse=True)
    region_of = np.full(len(graph), -1, dtype=np.int64)
    region_of[nodes] = region
    around = enclosing(plan, region_of, len(roots))
    order = np.argsort(region, kind="stable")
    start = np.searchsorted(region[order], np.arange(len(roots) + 1))
    return [
        Hole(int(around[each]), nodes[order[start[each] : start[each + 1]]])
        for each in np.flatnonzero(around >= 0).tolist()
    ]


def enclosing(plan: PlanGraph, region: LongArray, count: int) -> IntArray:
    """Per region the position of the one territory that encloses it, -1 where none does.

    Args:
        plan: Who holds what.
        region: Per node the number of its region, -1 for none.
        count: Number of regions.
    """
    beside = _beside(plan, region, count)
    if not (beside >= 0).any():
        return beside
    boxes = plan.graph.bounds()
    inner = _boxes_of(boxes, region, count)
    outer = _boxes_of(boxes, plan.owner.astype(np.int64), int(plan.owner.max(initial=-1)) + 1)
    found = np.flatnonzero(beside >= 0)
    box, hull = inner[found], outer[beside[found]]
    is_inside = (box[:, :2] >= hull[:, :2]).all(axis=1) & (box[:, 2:] <= hull[:, 2:]).all(axis=1)
    beside[found[~is_inside]] = -1
    return beside


def _beside(plan: PlanGraph, region: LongArray, count: int) -> IntArray:
    """Per region the one owner of all nodes beside it, -1 where several or none own them."""
    a, b = plan.graph.ends
    inside, outside = np.concatenate((a, b)), np.concatenate((b, a))
    leaves = (region[inside] >= 0) & (region[inside] != region[outside])
    number, owner = region[inside[leaves]], plan.owner[outside[leaves]]
    lowest = np.full(count, np.iinfo(np.int32).max, dtype=np.int32)
    highest = np.full(count, _MIXED, dtype=np.int32)
    np.minimum.at(lowest, number, owner)
    np.maximum.at(highest, number, owner)
    return np.where((lowest == highest) & (lowest >= 0), lowest, -1).astype(np.int32)


def _boxes_of(
    boxes: npt.NDArray[np.float32], group: LongArray, count: int
) -> npt.NDArray[np.float32]:
    """West, south, east, north around all nodes of each group; -1 stands for no group."""
    hull = np.empty((count, 4), dtype=np.float32)
    hull[:, :2], hull[:, 2:] = np.inf, -np.inf
    known = group >= 0
    np.minimum.at(hull[:, :2], group[known], boxes[known, :2])
    np.maximum.at(hull[:, 2:], group[known], boxes[known, 2:])
    return hull
