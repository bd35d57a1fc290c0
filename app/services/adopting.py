# SPDX-License-Identifier: MIT
"""Adopting the borders of another layer: of states, counties, or the user's own regions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.edit_effect import EditEffect, Move
from app.models.geounit import LEVELS_COARSE_TO_FINE, split_geounit_id
from app.models.ids import GeoUnitId, TerritoryId
from app.services.alignment import NOBODY
from app.services.commands import AdoptRegions, Reassign
from app.services.commands.territories import MAX_NAME_LENGTH
from app.services.contiguity.plan_graph import PlanGraph
from app.services.edit_effect import effect_of_moves
from app.services.workspace import Workspace

IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Region:
    """One area of the layer whose borders are adopted.

    Attributes:
        name: As shown.
        units: What it consists of; all of one level.
    """

    name: str
    units: tuple[GeoUnitId, ...]


@dataclass(frozen=True, slots=True)
class Adoption:
    """What adopting borders would do.

    Attributes:
        command: The edit; None where there is nothing to do.
        region_count: Regions that would change.
        created: Names of the territories that would be made.
        left_out: Names of regions in which a locked territory holds something.
        effect: What would move; None where territories are made, as those have no figures yet.
    """

    command: AdoptRegions | Reassign | None
    region_count: int
    created: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    effect: EditEffect | None = None


def adopt_regions(workspace: Workspace, regions: Sequence[Region], title: str) -> Adoption:
    """Give each region to the territory of its name; one is made where there is none.

    Only regions count in which the plan has an account or an assigned area: a plan for Texas makes
    no territories of all states.

    Args:
        workspace: The open plan.
        regions: The layer.
        title: The layer in words, for example "states".
    """
    places = _Places(workspace, regions)
    by_name = {territory.name.casefold(): territory for territory in workspace.territories}
    wanted: list[tuple[str, Move]] = []
    created: dict[str, None] = {}
    left_out: list[str] = []
    for at in np.flatnonzero(places.is_in_use()).tolist():
        name = " ".join(regions[at].name.split())[:MAX_NAME_LENGTH] or f"Region {at + 1}"
        known = by_name.get(name.casefold())
        if places.is_locked[at] or (known is not None and known.is_locked):
            left_out.append(name)
            continue
        if known is None:
            created.setdefault(name)
        move = Move(regions[at].units, None if known is None else known.id)
        wanted.append((name if known is None else known.name, move))
    command = AdoptRegions(tuple(wanted), f"Adopt the borders of {title}") if wanted else None
    moves = tuple(move for _, move in wanted)
    effect = None if created or not wanted else effect_of_moves(workspace, moves)
    return Adoption(command, len(wanted), tuple(created), tuple(left_out), effect)


def snap_to_regions(workspace: Workspace, regions: Sequence[Region], title: str) -> Adoption:
    """Let every territory's border follow the layer.

    Each region that is divided goes as a whole to whoever has most of the main measure in it, then
    most units; nobody counts too, so a sliver in a region that is otherwise free is given up.

    Args:
        workspace: The open plan.
        regions: The layer.
        title: The layer in words, for example "counties".
    """
    places = _Places(workspace, regions)
    units: dict[TerritoryId | None, list[GeoUnitId]] = defaultdict(list)
    left_out: list[str] = []
    count = 0
    for at, winner in places.divided_regions():
        if places.is_locked[at]:
            left_out.append(regions[at].name)
            continue
        count += 1
        taker = None if winner == NOBODY else workspace.territories[winner].id
        units[taker] += regions[at].units
    if not count:
        return Adoption(None, 0, left_out=tuple(left_out))
    order = sorted(units, key=lambda territory: (territory is None, territory or 0))
    moves = tuple(Move(tuple(units[territory]), territory) for territory in order)
    command = Reassign(moves, f"Snap to the borders of {title}")
    effect = effect_of_moves(workspace, moves)
    return Adoption(command, count, left_out=tuple(left_out), effect=effect)


class _Places:
    """Which region each node and each account lies in, and who holds what there."""

    def __init__(self, workspace: Workspace, regions: Sequence[Region]) -> None:
        self._workspace = workspace
        self._count = len(regions)
        plan = workspace.connections.graph
        self._plan: PlanGraph = plan
        # Nodes may be coarser than the regions, so regions are looked up unit by unit.
        self._of_unit = self._region_of_units(regions)
        self.is_locked = self._locked_regions()

    def is_in_use(self) -> BoolArray:
        """Per region whether the plan has an account or an assigned area in it."""
        used = np.zeros(self._count + 1, dtype=np.bool_)
        unit_index = self._workspace.accounts.unit_index
        used[self._plan.graph.borders.largest_at(self._of_unit, unit_index)] = True
        held = self._plan.graph.borders.in_one(self._workspace.state.claims.resolved)
        used[self._of_unit[held != NOBODY]] = True
        return used[:-1]

    def divided_regions(self) -> list[tuple[int, int]]:
        """Regions that are not of one holder: their number, and who has most there."""
        plan = self._plan
        region = self._of_unit[plan.graph.unit]
        alone = (region >= 0) & (plan.owner >= NOBODY)
        width = len(self._workspace.territories) + 1
        key = region[alone].astype(np.int64) * width + plan.owner[alone] + 1
        values = self._workspace.accounts.measure(self._workspace.main_account_measure.id)
        worth = plan.worth(self._workspace.accounts.unit_index, values)
        size = self._count * width
        sums = np.bincount(key, weights=worth[alone], minlength=size).reshape(-1, width)
        units = np.bincount(key, minlength=size).reshape(-1, width)
        is_divided = (units > 0).sum(axis=1) > 1
        is_divided[region[(region >= 0) & ~alone]] = True
        found: list[tuple[int, int]] = []
        for at in np.flatnonzero(is_divided).tolist():
            present = np.flatnonzero(units[at] > 0).tolist()
            if present:
                best = max(present, key=lambda who: (sums[at, who], units[at, who], -who))
                found.append((at, best - 1))
        return found

    def _region_of_units(self, regions: Sequence[Region]) -> IntArray:
        """Per unit number the region that contains it, -1 for none."""
        borders = self._plan.graph.borders
        found = np.full(borders.count + 1, -1, dtype=np.int32)
        listed = [unit for region in regions for unit in region.units]
        sizes = [len(region.units) for region in regions]
        numbers = borders.numbers_of(listed)
        found[numbers] = np.repeat(np.arange(self._count, dtype=np.int32), sizes)
        found[-1] = -1
        levels = {split_geounit_id(region.units[0])[0] for region in regions if region.units}
        for level in sorted(levels, key=lambda each: each.depth):
            for finer in LEVELS_COARSE_TO_FINE[level.depth + 1 :]:
                own = borders.slice_of(finer)
                inherited = found[borders.above[finer, level]]
                found[own] = np.where(found[own] < 0, inherited, found[own])
        return found[:-1]

    def _locked_regions(self) -> BoolArray:
        """Per region whether a locked territory holds or claims something in it."""
        locked = np.zeros(self._count + 1, dtype=np.bool_)
        graph = self._plan.graph
        for position, territory in enumerate(self._workspace.territories):
            if not territory.is_locked:
                continue
            held = np.append(self._plan.holds(position), np.False_)
            locked[self._of_unit[held[graph.node]]] = True
        return locked[:-1]
