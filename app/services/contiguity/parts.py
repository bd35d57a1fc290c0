# SPDX-License-Identifier: MIT
"""The connected parts of territories: the main one, islands, and what is cut off."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from app.services.contiguity.graph import UnitGraph
from app.services.contiguity.labeling import component_labels

IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]


class PartKind(IntEnum):
    """What a connected part is to its territory."""

    MAIN = 0
    """The part with the most of the measure, then with the most units."""
    ISLAND = 1
    """Nothing leads from the main part to it, over whosever land: it lies on an island that is
    not linked. The largest such part of each island; further ones on it are cut off."""
    CUT_OFF = 2
    """A way over other units would lead to it."""


@dataclass(frozen=True, eq=False)
class Parts:
    """The connected parts of some territories, by territory, each with its main part first.

    Attributes:
        territory: Per part the position of its territory.
        kind: Per part a `PartKind`.
        worth: Per part its sum of the measure.
        start: Per part where its nodes begin in `node`, and the total at the end.
        node: The nodes, part by part.
    """

    territory: IntArray
    kind: IntArray
    worth: FloatArray
    start: LongArray
    node: IntArray

    def __len__(self) -> int:
        return len(self.territory)

    def nodes(self, part: int) -> IntArray:
        """The nodes of a part."""
        return self.node[self.start[part] : self.start[part + 1]]

    def of(self, territory: int) -> range:
        """The parts of a territory, the main one first; empty where it holds no unit."""
        first, last = np.searchsorted(self.territory, [territory, territory + 1])
        return range(int(first), int(last))

    def cut_off(self, territory: int) -> list[int]:
        """The parts of a territory that are cut off."""
        return [part for part in self.of(territory) if self.kind[part] == PartKind.CUT_OFF]

    def islands(self, territory: int) -> list[int]:
        """The parts of a territory on islands that are not linked."""
        return [part for part in self.of(territory) if self.kind[part] == PartKind.ISLAND]


@dataclass(frozen=True, eq=False)
class Holdings:
    """Every node that a territory holds or claims.

    Attributes:
        node, territory: One entry per pair of a node and a territory that holds or claims it.
        label: Equal for the holdings of one territory that are connected.
    """

    node: IntArray
    territory: IntArray
    label: IntArray

    def part_counts(self, count: int) -> LongArray:
        """Per territory position, of `count`, how many connected parts it has."""
        roots = np.flatnonzero(self.label == np.arange(len(self.label)))
        return np.bincount(self.territory[roots], minlength=count).astype(np.int64)


def connected_holdings(
    graph: UnitGraph,
    owner: IntArray,
    disputed: Mapping[int, Collection[int]] | None = None,
    only: Collection[int] | None = None,
) -> Holdings:
    """What territories hold, and what of it is connected.

    Args:
        graph: The plan's units.
        owner: Per node the position of the territory that holds it alone, below 0 for others.
        disputed: Per node in dispute the positions of its claimants; it counts for each of them.
        only: Positions of the territories that are wanted; None for all.
    """
    node, territory = _holdings(owner, disputed or {}, only)
    ends = _edges_within(graph, owner, node, territory, bool(disputed))
    return Holdings(node, territory, component_labels(len(node), ends))


def parts_of(holdings: Holdings, graph: UnitGraph, worth: FloatArray) -> Parts:
    """The connected parts of what territories hold.

    Args:
        holdings: From `connected_holdings`.
        graph: The plan's units.
        worth: Per node its sum of the measure.
    """
    node, territory = holdings.node, holdings.territory
    first, part = np.unique(holdings.label, return_inverse=True)
    count = len(first)
    size = np.bincount(part, minlength=count)
    value = np.bincount(part, weights=worth[node], minlength=count).astype(np.float64)
    owner_of_part, land = territory[first], graph.landmass[node[first]]
    order = np.lexsort((node[first], -size, -value, owner_of_part))
    kind = _kinds(owner_of_part[order], land[order])
    rank = np.empty(count, dtype=np.int64)
    rank[order] = np.arange(count)
    by_part = np.argsort(rank[part], kind="stable")
    start = np.concatenate(([0], np.cumsum(size[order]))).astype(np.int64)
    return Parts(owner_of_part[order], kind, value[order], start, node[by_part])


def _holdings(
    owner: IntArray, disputed: Mapping[int, Collection[int]], only: Collection[int] | None
) -> tuple[IntArray, IntArray]:
    """Every pair of a node and a territory that holds or claims it."""
    held = owner >= 0
    if only is not None:
        wanted = np.zeros(max([*only, int(owner.max(initial=0))], default=0) + 1, dtype=np.bool_)
        wanted[list(only)] = True
        held &= wanted[np.maximum(owner, 0)]  # what lies below 0 is not held anyway
    node = np.flatnonzero(held).astype(np.int32)
    shared = [
        (each, claimant)
        for each, claimants in disputed.items()
        for claimant in claimants
        if only is None or claimant in only
    ]
    if not shared:
        return node, owner[node]
    pairs = np.array(shared, dtype=np.int32)
    return np.concatenate((node, pairs[:, 0])), np.concatenate((owner[node], pairs[:, 1]))


def _edges_within(
    graph: UnitGraph, owner: IntArray, node: IntArray, territory: IntArray, has_disputes: bool
) -> tuple[IntArray, IntArray]:
    """The edges between holdings of one territory."""
    a, b = graph.ends
    holding = np.full(len(graph), -1, dtype=np.int32)
    alone = owner[node] == territory
    holding[node[alone]] = np.flatnonzero(alone)
    same = (owner[a] == owner[b]) & (holding[a] >= 0) & (holding[b] >= 0)
    ends = [(holding[a[same]], holding[b[same]])]
    if has_disputes:
        shared = np.zeros(len(graph), dtype=np.bool_)
        shared[node[~alone]] = True
        near = shared[a] | shared[b]
        a, b = a[near], b[near]
        for each in np.unique(territory[~alone]).tolist():
            own = np.flatnonzero(territory == each)
            holding.fill(-1)
            holding[node[own]] = own
            both = (holding[a] >= 0) & (holding[b] >= 0)
            ends.append((holding[a[both]], holding[b[both]]))
    return np.concatenate([x for x, _ in ends]), np.concatenate([y for _, y in ends])


def _kinds(territory: IntArray, land: IntArray) -> IntArray:
    """The kind of each part; they come by territory and then by worth."""
    count = len(territory)
    kind = np.full(count, PartKind.CUT_OFF, dtype=np.int32)
    key = territory.astype(np.int64) * (int(land.max(initial=0)) + 1) + land
    kind[np.unique(key, return_index=True)[1]] = PartKind.ISLAND
    kind[np.unique(territory, return_index=True)[1]] = PartKind.MAIN
    return kind
