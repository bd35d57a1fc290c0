# SPDX-License-Identifier: MIT
"""The graph of one plan with who holds its nodes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import GeoUnitId, TerritoryId
from app.services.alignment import IN_DISPUTE, Alignment, UnitClaims
from app.services.contiguity.borders import Borders
from app.services.contiguity.graph import UnitGraph, unit_graph
from app.services.contiguity.labeling import articulation_points
from app.services.contiguity.parts import Holdings, Parts, connected_holdings, parts_of

IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PlanGraph:
    """Units at the finest level used, and who holds them.

    Attributes:
        graph: The units and what touches what.
        owner: Per node a territory position, `NOBODY` or `IN_DISPUTE`.
        disputed: Per node in dispute the positions of its claimants.
    """

    graph: UnitGraph
    owner: IntArray
    disputed: Mapping[int, frozenset[int]]

    @cached_property
    def _no_worth(self) -> FloatArray:
        return np.zeros(len(self.graph))

    def holdings(self, only: Collection[int] | None = None) -> Holdings:
        """What territories hold, and what of it is connected; see `connected_holdings`."""
        return connected_holdings(self.graph, self.owner, self.disputed, only)

    def parts(self, worth: FloatArray | None = None, only: Collection[int] | None = None) -> Parts:
        """The connected parts of territories; see `parts_of`."""
        value = self._no_worth if worth is None else worth
        return parts_of(self.holdings(only), self.graph, value)

    def holds(self, territory: int) -> BoolArray:
        """Per node whether a territory holds or claims it."""
        held = self.owner == territory
        for node, claimants in self.disputed.items():
            held[node] |= territory in claimants
        return held

    def splitting_nodes(self, territory: int) -> IntArray:
        """The nodes of a territory without which one of its parts would fall apart."""
        nodes = np.flatnonzero(self.holds(territory)).astype(np.int32)
        slot = np.full(len(self.graph), -1, dtype=np.int32)
        slot[nodes] = np.arange(len(nodes), dtype=np.int32)
        a, b = (slot[end] for end in self.graph.ends)
        inside = (a >= 0) & (b >= 0)
        return nodes[articulation_points(len(nodes), (a[inside], b[inside]))]

    def worth(self, unit_index: Mapping[GeoLevel, IntArray], values: FloatArray) -> FloatArray:
        """Per node the sum of a measure over the accounts in it."""
        node = self.graph.nodes_at(unit_index)
        known = node >= 0
        summed = np.bincount(node[known], weights=values[known], minlength=len(self.graph))
        return summed.astype(np.float64)


def plan_graph(
    borders: Borders,
    claims: UnitClaims,
    alignment: Alignment,
    position_by_territory: Mapping[TerritoryId, int],
    links: Sequence[tuple[GeoUnitId, GeoUnitId]] = (),
    more_ends: tuple[IntArray, IntArray] | None = None,
) -> PlanGraph:
    """The graph of a plan.

    Args:
        borders: All units and their borders.
        claims: Every geounit resolved; may be what they would be after an edit.
        alignment: Says who the claimants of a unit in dispute are.
        position_by_territory: Position of each territory in the scenario's list.
        links: Pairs of units that a bridge or ferry joins.
        more_ends: Borders that the layers do not name; see `unit_graph`.
    """
    said = {level: claims.is_said(level) for level in LEVELS_COARSE_TO_FINE}
    graph = unit_graph(borders, said, links, more_ends)
    owner = graph.resolved(claims.resolved)
    nodes = np.flatnonzero(owner == IN_DISPUTE)
    disputed: dict[int, frozenset[int]] = {}
    if len(nodes):
        claimed = _claimed_by_several(borders, alignment, position_by_territory)
        for node in nodes.tolist():
            disputed[node] = _claimants(borders, int(graph.unit[node]), claimed)
    return PlanGraph(graph, owner, disputed)


def _claimed_by_several(
    borders: Borders,
    alignment: Alignment,
    position_by_territory: Mapping[TerritoryId, int],
) -> dict[int, frozenset[int]]:
    """Positions of the claimants by number of the unit, for units with more than one."""
    several = {unit: claim for unit, claim in alignment.units.items() if len(claim) > 1}
    return {
        number: frozenset(position_by_territory[territory] for territory in claim)
        for number, claim in zip(
            borders.numbers_of(several).tolist(), several.values(), strict=True
        )
    }


def _claimants(
    borders: Borders, unit: int, claimed: Mapping[int, frozenset[int]]
) -> frozenset[int]:
    """Who claims a unit in dispute: what is said nearest above it."""
    if unit in claimed:
        return claimed[unit]
    level = borders.level_of(unit)
    for coarser in reversed(LEVELS_COARSE_TO_FINE[: level.depth]):
        above = int(borders.above[level, coarser][unit - borders.first[level]])
        if above in claimed:
            return claimed[above]
    return frozenset()
