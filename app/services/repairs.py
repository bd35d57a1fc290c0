# SPDX-License-Identifier: MIT
"""Proposals that make a territory connected again, the one that moves least first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.edit_effect import EditEffect, Move
from app.models.geounit import LEVELS_COARSE_TO_FINE
from app.models.ids import GeoUnitId, TerritoryId
from app.models.repairs import Repair, RepairKind
from app.services.alignment import NOBODY
from app.services.contiguity.border_lengths import shared_border_km
from app.services.contiguity.parts import Parts
from app.services.contiguity.paths import cheapest_path, whole_cost
from app.services.contiguity.plan_graph import PlanGraph
from app.services.edit_effect import effect_of_moves
from app.services.edit_trial import claims_after
from app.services.workspace import Workspace

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]


def repairs_for(
    workspace: Workspace, territory: TerritoryId, before: Sequence[Move] = ()
) -> tuple[Repair, ...]:
    """What would make a territory connected again.

    First come the proposals that cut nothing off elsewhere, among them the one that moves the
    smallest sum of the main measure, then the fewest accounts and units.

    Args:
        workspace: The open plan.
        territory: In several parts now, or after the moves.
        before: The edit that would split it, not done yet; it becomes part of each proposal.

    Returns:
        Nothing where the territory is in one part, is locked, or cannot be repaired.
    """
    case = _Case.of(workspace, territory, before)
    if case is None:
        return ()
    options = [case.options_for(part) for part in case.parts.cut_off(case.position)]
    links = case.links()
    if not options or not all(options):
        return links
    measure = workspace.main_account_measure.id

    def rank(effect: EditEffect) -> tuple[int, float, int, int]:
        return (
            len(effect.splits),
            effect.moved_of(measure),
            effect.account_count,
            effect.unit_count,
        )

    proposals: dict[tuple[Move, ...], tuple[RepairKind, EditEffect]] = {}
    for kind in (RepairKind.GIVE_AWAY, RepairKind.CORRIDOR, RepairKind.BOTH):
        chosen = [_choice(each, kind) for each in options]
        if None in chosen:
            continue
        moves = (*before, *(option.move for option in chosen if option is not None))
        if moves not in proposals:
            proposals[moves] = kind, effect_of_moves(workspace, moves)
    found = [Repair(kind, moves, effect) for moves, (kind, effect) in proposals.items()]
    found.sort(key=lambda repair: rank(repair.effect) if repair.effect else (0, 0.0, 0, 0))
    return (*found, *links)


@dataclass(frozen=True, slots=True)
class _Option:
    """One way to deal with one part that is cut off.

    Attributes:
        leans: It leads over another part that is cut off, so that one must not be given away.
    """

    kind: RepairKind
    move: Move
    cost: tuple[float, int]
    leans: bool = False


def _choice(options: Sequence[_Option], kind: RepairKind) -> _Option | None:
    if kind is RepairKind.BOTH:
        free = [option for option in options if not option.leans]
        return min(free, key=lambda option: option.cost, default=None)
    return next((option for option in options if option.kind is kind), None)


@dataclass(frozen=True, eq=False)
class _Case:
    """A territory in several parts, in the plan as it would be after the edit at hand.

    Attributes:
        position: Of the territory.
        worth: Per node its sum of the main measure.
        is_barred: Per territory position whether it is locked; False at the end, where codes
            below 0 lead.
    """

    workspace: Workspace
    position: int
    plan: PlanGraph
    worth: FloatArray
    parts: Parts
    is_barred: npt.NDArray[np.bool_]

    @classmethod
    def of(
        cls, workspace: Workspace, territory: TerritoryId, before: Sequence[Move]
    ) -> "_Case | None":
        """The case; None where the territory is locked."""
        position = workspace.state.position_by_territory[territory]
        is_barred = np.array([*(t.is_locked for t in workspace.territories), False, False])
        if is_barred[position]:
            return None
        connections = workspace.connections
        claims = claims_after(workspace, before)
        plan = connections.graph_with(claims) if before else connections.graph
        values = workspace.accounts.measure(workspace.main_account_measure.id)
        worth = plan.worth(workspace.accounts.unit_index, values)
        return cls(workspace, position, plan, worth, plan.parts(worth, [position]), is_barred)

    def options_for(self, part: int) -> list[_Option]:
        """What can be done about a part that is cut off."""
        nodes = self.parts.nodes(part)
        options: list[_Option] = []
        neighbor = self._closest_neighbor(nodes)
        if neighbor is not None:
            taker = self.workspace.territories[neighbor].id
            options.append(self._option(RepairKind.GIVE_AWAY, nodes, taker))
        own = self.workspace.territories[self.position].id
        way = self._corridor(nodes, over_own=True)
        if way is None:
            return options
        taken = way[self.plan.owner[way] != self.position]
        leans = len(taken) < len(way)
        options.append(self._option(RepairKind.CORRIDOR, taken, own, leans=leans))
        direct = self._corridor(nodes, over_own=False) if leans else None
        if direct is not None:
            options.append(self._option(RepairKind.CORRIDOR, direct, own))
        return options

    def links(self) -> tuple[Repair, ...]:
        """A link to each island, from the nearest unit of the main part."""
        main = next((p for p in self.parts.of(self.position)), None)
        if main is None:
            return ()
        return tuple(
            Repair(RepairKind.LINK, (), link=self._nearest(part, main))
            for part in self.parts.islands(self.position)
        )

    def _option(
        self, kind: RepairKind, nodes: IntArray, taker: TerritoryId, *, leans: bool = False
    ) -> _Option:
        cost = float(whole_cost(self.worth[nodes]).sum())
        move = Move(self.plan.graph.geounits(nodes), taker)
        return _Option(kind, move, (cost, len(nodes)), leans)

    def _closest_neighbor(self, nodes: IntArray) -> int | None:
        """The position of the unlocked territory that shares most border with nodes."""
        graph, owner = self.plan.graph, self.plan.owner
        inside = np.zeros(len(graph), dtype=np.bool_)
        inside[nodes] = True
        a, b = graph.ends
        outward = np.concatenate((b[inside[a] & ~inside[b]], a[inside[b] & ~inside[a]]))
        takers = owner[outward]
        takers = takers[(takers >= 0) & (takers != self.position)]
        takers = takers[~self.is_barred[takers]]
        if not len(takers):
            return None
        touching = np.bincount(takers, minlength=len(self.workspace.territories))
        km = self._border_km(nodes, outward)
        candidates = np.unique(takers).tolist()
        return max(candidates, key=lambda at: (km[at], touching[at], -at))

    def _border_km(self, nodes: IntArray, outward: IntArray) -> FloatArray:
        """Per territory position the border that it shares with nodes, as it is drawn.

        Borders are measured between the finest areas, whatever the levels of the nodes.
        """
        graph = self.plan.graph
        view = self.workspace.geography.view(LEVELS_COARSE_TO_FINE[-1])
        numbers = view.features.pick(graph.borders.numbers_at, np.array([-1], np.int32))
        node = np.append(graph.node, np.int32(-1))[numbers]
        side = np.zeros(len(graph) + 1, dtype=np.int8)
        side[outward], side[nodes] = 2, 1
        features = np.flatnonzero(side[node] > 0)
        one, two, km = shared_border_km(view.packed(), features)
        apart = side[node[one]] != side[node[two]]
        outer = np.where(side[node[one]] == 2, node[one], node[two])[apart]
        owner = self.plan.owner[outer]
        held = owner >= 0
        count = len(self.workspace.territories)
        summed = np.bincount(owner[held], weights=km[apart][held], minlength=count)
        return summed.astype(np.float64)

    def _corridor(self, nodes: IntArray, *, over_own: bool) -> IntArray | None:
        """The way from a part to the main one whose units are worth least; None without one.

        Args:
            nodes: The part.
            over_own: Whether it may lead over other parts that are cut off, which costs nothing.
        """
        owner = self.plan.owner
        own = owner == self.position
        may_pass = (owner >= NOBODY) & ~self.is_barred[owner]
        cost = whole_cost(self.worth)
        cost[own] = 0.0
        main = self.parts.nodes(self.parts.of(self.position)[0])
        way = cheapest_path(
            self.plan.graph.ends,
            cost,
            may_pass if over_own else may_pass & ~own,
            nodes.tolist(),
            main.tolist(),
        )
        return None if way is None else np.array(way, dtype=np.int32)

    def _nearest(self, part: int, main: int) -> tuple[GeoUnitId, GeoUnitId]:
        lon, lat = self.plan.graph.label_points()
        here, there = self.parts.nodes(part), self.parts.nodes(main)
        narrow = np.cos(np.radians(lat[here]))[:, None]
        east = (lon[here][:, None] - lon[there][None, :]) * narrow
        north = lat[here][:, None] - lat[there][None, :]
        at, other = np.unravel_index(int(np.argmin(east**2 + north**2)), east.shape)
        first, second = self.plan.graph.geounits([int(here[at]), int(there[other])])
        return first, second
