# SPDX-License-Identifier: MIT
"""The graph on which a plan's territories are connected: its units at the finest level used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import GeoUnitId
from app.services.contiguity.borders import Borders
from app.services.contiguity.labeling import component_labels

IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class UnitGraph:
    """The units that a plan tells apart, and which of them touch.

    A unit is a node where nothing is said inside it and something is said beside it: a county that
    is not divided is one node, a divided one is its ZIP areas. So every place on earth lies in
    exactly one node.

    Attributes:
        borders: The geography that the units are of.
        unit: Per node the number of its unit.
        node: Per unit number the node that contains it; -1 for a unit that is divided.
        ends: The pairs of nodes that touch or are linked. A pair of coarse nodes comes once per
            pair of finer units that touch there.
    """

    borders: Borders
    unit: IntArray
    node: IntArray
    ends: tuple[IntArray, IntArray]

    def __len__(self) -> int:
        return len(self.unit)

    @cached_property
    def landmass(self) -> IntArray:
        """Per node a number of what can be reached from it at all, whoever holds it."""
        return component_labels(len(self), self.ends)

    def geounits(self, nodes: npt.NDArray[np.integer] | Sequence[int]) -> tuple[GeoUnitId, ...]:
        """The ids of nodes."""
        return self.borders.geounits(self.unit[np.asarray(nodes, dtype=np.int64)])

    def resolved(self, values: Mapping[GeoLevel, IntArray]) -> IntArray:
        """Values per unit of each level, as values per node."""
        return self.borders.in_one(values)[self.unit]

    def bounds(self) -> npt.NDArray[np.float32]:
        """West, south, east, north in degrees, one row per node."""
        layers = self.borders.layers
        every = np.concatenate([layers[level].bounds for level in LEVELS_COARSE_TO_FINE])
        return every[self.unit]

    def label_points(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Longitude and latitude of a point inside each node."""
        lon, lat = self.borders.label_points()
        return lon[self.unit], lat[self.unit]

    def nodes_at(self, unit_index: Mapping[GeoLevel, IntArray]) -> IntArray:
        """Per account the node that contains it, -1 where it is known too roughly.

        Args:
            unit_index: Per level the position of the unit that contains each account, -1 unknown.
        """
        return self.borders.largest_at(self.node, unit_index)


def unit_graph(
    borders: Borders,
    is_said: Mapping[GeoLevel, BoolArray],
    links: Sequence[tuple[GeoUnitId, GeoUnitId]] = (),
    more_ends: tuple[IntArray, IntArray] | None = None,
) -> UnitGraph:
    """The graph of a plan.

    Args:
        borders: All units and borders.
        is_said: Per level and unit whether the plan says something about that very unit.
        links: Pairs of units that a bridge or ferry joins.
        more_ends: Borders that the layers do not name, as two arrays of unit numbers.
    """
    is_divided = _divided(borders, is_said)
    around = np.full(borders.count, -1, dtype=np.int32)
    for level in LEVELS_COARSE_TO_FINE:
        own = borders.slice_of(level)
        holder = np.where(is_divided[own], -1, np.arange(own.start, own.stop, dtype=np.int32))
        for coarser in reversed(LEVELS_COARSE_TO_FINE[: level.depth]):
            above = borders.above[level, coarser]
            whole = (above >= 0) & ~is_divided[above]
            holder = np.where(whole, above, holder)
        around[own] = holder
    unit = np.flatnonzero(around == np.arange(borders.count)).astype(np.int32)
    number = np.full(borders.count + 1, -1, dtype=np.int32)
    number[unit] = np.arange(len(unit), dtype=np.int32)
    node = number[around]
    a, b = borders.ends
    if more_ends is not None:
        a, b = np.concatenate((a, more_ends[0])), np.concatenate((b, more_ends[1]))
    graph = UnitGraph(borders, unit, node, _edges(node[a], node[b]))
    if not links:
        return graph
    joined = _linked(graph, links)
    ends = tuple(np.concatenate(pair) for pair in zip(graph.ends, joined, strict=True))
    return UnitGraph(borders, unit, node, (ends[0], ends[1]))


def _divided(borders: Borders, is_said: Mapping[GeoLevel, BoolArray]) -> BoolArray:
    """Per unit number whether the plan says something inside it."""
    divided = np.zeros(borders.count, dtype=np.bool_)
    for level in LEVELS_COARSE_TO_FINE:
        said = is_said[level]
        if not said.any():
            continue
        for coarser in LEVELS_COARSE_TO_FINE[: level.depth]:
            above = borders.above[level, coarser][said]
            divided[above[above >= 0]] = True
    return divided


def _edges(a: IntArray, b: IntArray) -> tuple[IntArray, IntArray]:
    """The pairs of different nodes; -1 stands for none."""
    kept = (a >= 0) & (b >= 0) & (a != b)
    return a[kept], b[kept]


def _linked(
    graph: UnitGraph, links: Sequence[tuple[GeoUnitId, GeoUnitId]]
) -> tuple[IntArray, IntArray]:
    """The pairs of nodes that links join; a divided unit is joined at its nearest part."""
    lon, lat = graph.label_points()
    ends: list[tuple[int, int]] = []
    for geounit, other in links:
        here, there = (_nodes_within(graph, graph.borders.number_of(u)) for u in (geounit, other))
        if not len(here) or not len(there):
            continue
        east = (lon[here][:, None] - lon[there][None, :]) * np.cos(np.radians(lat[here]))[:, None]
        north = lat[here][:, None] - lat[there][None, :]
        nearest = int(np.argmin(east**2 + north**2))
        ends.append((int(here[nearest // len(there)]), int(there[nearest % len(there)])))
    array = np.array(ends, dtype=np.int32).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def _nodes_within(graph: UnitGraph, unit: int) -> IntArray:
    """The node of a unit, or all nodes inside a divided one; empty for an unknown unit."""
    if unit < 0:
        return np.empty(0, dtype=np.int32)
    if graph.node[unit] >= 0:
        return graph.node[[unit]]
    level = graph.borders.level_of(unit)
    inside: list[IntArray] = []
    for finer in LEVELS_COARSE_TO_FINE[level.depth + 1 :]:
        own = graph.borders.slice_of(finer)
        nodes = graph.node[own][graph.borders.above[finer, level] == unit]
        inside.append(nodes[nodes >= 0])
    return np.unique(np.concatenate(inside)).astype(np.int32)
