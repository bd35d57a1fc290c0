# SPDX-License-Identifier: MIT
"""The ground that territories claim, in square kilometres, by who claims it together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE
from app.services.contiguity.borders import Borders
from app.services.contiguity.graph import UnitGraph
from app.services.overlaps.claim_sets import NOBODY_SET, UnitSets

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]

_REST_KM2, _REST_FRACTION = 0.01, 0.001
"""A divided area is larger than its parts by more than this only where there is land between."""


@dataclass(frozen=True, eq=False)
class NodePieces:
    """Parts of nodes under drawn areas.

    Attributes:
        node: Per part its node.
        covering: Per part the positions of the territories whose drawn areas cover it.
        fraction: Per part its share of the node's land, above 0.
    """

    node: LongArray
    covering: Sequence[frozenset[int]]
    fraction: FloatArray

    def entries(self) -> Iterator[tuple[int, frozenset[int], float]]:
        """Node, covering territories and fraction of each part."""
        nodes: list[int] = self.node.tolist()
        fractions: list[float] = self.fraction.tolist()
        return zip(nodes, self.covering, fractions, strict=True)


@dataclass(frozen=True, eq=False)
class ClaimedLand:
    """All claimed land as pieces.

    Attributes:
        pieces: Who claims a piece in any way -> km².
        drawn_over: Pairs of positions, the lower first -> km² that the one has drawn over what
            is the other's by area.
    """

    pieces: Mapping[frozenset[int], float]
    drawn_over: Mapping[tuple[int, int], float]

    @cached_property
    def km2_by_territory(self) -> Mapping[int, float]:
        """All land that each territory claims, also together with others."""
        found: dict[int, float] = {}
        for claimants, km2 in self.pieces.items():
            for territory in claimants:
                found[territory] = found.get(territory, 0.0) + km2
        return found

    def km2_of(self, territory: int) -> float:
        """All land that a territory claims, also together with others."""
        return self.km2_by_territory.get(territory, 0.0)

    @property
    def union_km2(self) -> float:
        """Land that anybody claims."""
        return sum(self.pieces.values())

    @property
    def sum_km2(self) -> float:
        """The land of all territories, counted for each of its claimants."""
        return sum(len(claimants) * km2 for claimants, km2 in self.pieces.items())


def node_ground(graph: UnitGraph, units: UnitSets) -> tuple[IntArray, FloatArray]:
    """Set number and km² of every node, and then of the land between the parts of divided units.

    Exact areas leave land of no area between them; it belongs to whoever has the area around.

    Returns:
        One entry per node, then one per divided unit with land of its own.
    """
    borders = graph.borders
    km2 = unit_km2(borders)
    divided = np.flatnonzero(graph.node < 0)
    inside = np.zeros(borders.count)
    for level in LEVELS_COARSE_TO_FINE:
        here = borders.slice_of(level)
        parent = np.full(here.stop - here.start, -1, dtype=np.int64)
        for coarser in LEVELS_COARSE_TO_FINE[: level.depth]:
            above = borders.above[level, coarser]
            parent = np.where(above >= 0, above, parent)
        has_parent = parent >= 0
        np.add.at(inside, parent[has_parent], km2[here][has_parent])
    rest = km2[divided] - inside[divided]
    is_land = (rest > _REST_KM2) & (rest > _REST_FRACTION * km2[divided])
    whole = np.concatenate([graph.unit, divided[is_land]])
    return units.of_unit[whole], np.concatenate([km2[graph.unit], rest[is_land]])


def unit_km2(borders: Borders) -> FloatArray:
    """Square kilometres per unit number."""
    layers = [borders.layers[level].area_km2 for level in LEVELS_COARSE_TO_FINE]
    return np.concatenate(layers).astype(np.float64)


def claimed_land(
    sets: Sequence[frozenset[int]], of_node: IntArray, km2: FloatArray, drawn: NodePieces | None
) -> ClaimedLand:
    """All claimed land, drawn areas laid over what is claimed through areas.

    Args:
        sets: Claimants by set number.
        of_node, km2: From `node_ground`.
        drawn: Which part of each node is under drawn areas; None where there are none.
    """
    left = km2.copy()
    pieces: dict[frozenset[int], float] = {}
    over: dict[tuple[int, int], float] = {}
    if drawn is not None:
        for node, covering, fraction in drawn.entries():
            beneath = sets[int(of_node[node])]
            piece = float(km2[node]) * fraction
            left[node] -= piece
            together = beneath | covering
            pieces[together] = pieces.get(together, 0.0) + piece
            for one in covering:
                for other in beneath - {one}:
                    pair = (min(one, other), max(one, other))
                    over[pair] = over.get(pair, 0.0) + piece
    summed = np.bincount(of_node, weights=np.maximum(left, 0.0), minlength=len(sets))
    for number in np.flatnonzero(summed > 0).tolist():
        if number != NOBODY_SET:
            claimants = sets[number]
            pieces[claimants] = pieces.get(claimants, 0.0) + float(summed[number])
    return ClaimedLand(pieces, over)
