# SPDX-License-Identifier: MIT
"""What policies look at: reps and their homes, owners of accounts, how loaded territories are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import MeasureId
from app.services.geography.factorizing import factorize
from app.services.importing.owners import RepFinder
from app.services.overlaps.plan_overlaps import OverlapFacts, overlap_facts
from app.services.workspace import Workspace

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Point = tuple[float, float]

_SHARE_LEVELS = (GeoLevel.COUNTY, GeoLevel.STATE, GeoLevel.COUNTRY)
"""Where "around" a place is, the nearest first."""


@dataclass(frozen=True, eq=False)
class SettlingFacts:
    """A sales force at one moment, as policies see it.

    Attributes:
        overlaps: Its overlaps and gaps.
        is_open: Per position whether the territory may get something: a leaf that is not locked.
        homes: By position where the days of its rep begin; those without a rep or place are not in.
        owner_rep: Per account a number of the rep whom its owner means, -1 for none.
        held_by_rep: By that number the positions of the territories that the rep holds today.
        loads: Per position its sum of the measure by which territories are compared.
        ideals: Per position what it should have; 0 where nothing is compared.
        load: Per account the measure by which territories are compared.
        lon, lat: Of all accounts, nan where not placed.
    """

    overlaps: OverlapFacts
    is_open: BoolArray
    homes: Mapping[int, Point]
    owner_rep: IntArray
    held_by_rep: Mapping[int, frozenset[int]]
    loads: FloatArray
    ideals: FloatArray
    load: FloatArray
    lon: FloatArray
    lat: FloatArray

    @property
    def count(self) -> int:
        """Number of territories."""
        return len(self.is_open)

    @cached_property
    def ground(self) -> tuple[FloatArray, IntArray]:
        """Places that territories hold alone: unit vectors, one row each, and the positions."""
        plan = self.overlaps.plan
        held = np.flatnonzero(plan.owner >= 0)
        lon, lat = plan.graph.label_points()
        return unit_vectors(lon[held], lat[held]), plan.owner[held]

    @cached_property
    def served_around(self) -> Mapping[tuple[GeoLevel, int], Mapping[int, float]]:
        """Per area what each territory serves there, by the main measure: (level, index) -> sums.

        Equal sums of a plan whose accounts have no values are told apart by their number.
        """
        accounts, found = self.overlaps.accounts, dict[tuple[GeoLevel, int], dict[int, float]]()
        values = self.overlaps.values[0]
        weight = values if (values > 0).any() else np.ones(len(values))
        for level in _SHARE_LEVELS:
            index = accounts.unit_index[level]
            rows = np.flatnonzero((accounts.served >= 0) & (index >= 0))
            key = index[rows].astype(np.int64) * self.count + accounts.served[rows]
            keys, slots = np.unique(key, return_inverse=True)
            sums = np.bincount(slots, weights=weight[rows], minlength=len(keys))
            for each, total in zip(keys.tolist(), sums.tolist(), strict=True):
                unit, position = divmod(each, self.count)
                found.setdefault((level, unit), {})[position] = total
        return found

    def areas_around(self, item_unit: int, row: int) -> list[tuple[GeoLevel, int]]:
        """The areas that contain an item, by level and index, the smallest first.

        Args:
            item_unit: Number of its unit, or -1.
            row: Of its account, where it is one.
        """
        if item_unit < 0:
            index = self.overlaps.accounts.unit_index
            chain = [(level, int(index[level][row])) for level in _SHARE_LEVELS]
        else:
            borders = self.overlaps.borders
            own = borders.level_of(item_unit)
            at = item_unit - borders.first[own]
            chain = [(own, at)] if own in _SHARE_LEVELS else []
            for level in reversed(LEVELS_COARSE_TO_FINE[: own.depth]):
                above = int(borders.above[own, level][at])
                chain.append((level, above - borders.first[level] if above >= 0 else -1))
        return [(level, at) for level, at in chain if at >= 0]


def unit_vectors(lon: FloatArray, lat: FloatArray) -> FloatArray:
    """Points in degrees as points of a sphere of radius 1; nearer ones have a larger product."""
    x, y = np.radians(lon), np.radians(lat)
    return np.column_stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)])


def settling_facts(
    workspace: Workspace,
    load_measure: MeasureId | None = None,
    overlaps: OverlapFacts | None = None,
) -> SettlingFacts:
    """The sales force of a plan as it is now.

    Args:
        workspace: The open plan; the owners of its accounts are read unless they have been before.
        load_measure: By which territories are compared; None for the main measure.
        overlaps: What is known of its overlaps and gaps already.
    """
    measure = workspace.main_account_measure.id if load_measure is None else load_measure
    territories = workspace.territories
    leaves = {leaf.id for leaf in workspace.leaf_territories}
    balance = {row.territory_id: row for row in workspace.balance(measure).rows}
    rows = [balance.get(territory.id) for territory in territories]
    homes: dict[int, Point] = {}
    held: dict[int, set[int]] = {}
    for at, territory in enumerate(territories):
        rep = workspace.rep_of(territory.id)
        if rep is None:
            continue
        held.setdefault(int(rep.id), set()).add(at)
        if rep.base is not None:
            homes[at] = rep.base
    return SettlingFacts(
        overlaps=overlaps or overlap_facts(workspace),
        is_open=np.array([t.id in leaves and not t.is_locked for t in territories], dtype=np.bool_),
        homes=homes,
        owner_rep=_owner_reps(workspace),
        held_by_rep={rep: frozenset(positions) for rep, positions in held.items()},
        loads=np.array([row.total if row else 0.0 for row in rows]),
        ideals=np.array([(row.ideal or 0.0) if row else 0.0 for row in rows]),
        load=workspace.accounts.measure(measure),
        lon=workspace.accounts.lon,
        lat=workspace.accounts.lat,
    )


def _owner_reps(workspace: Workspace) -> IntArray:
    """Per account the id of the rep whom its owner means, -1 for none."""
    codes, owners = factorize(workspace.accounts.text("owner"))
    finder = RepFinder(workspace.reps, workspace.records.owner_aliases)
    reps = [finder.find_id(owner) if owner else None for owner in owners]
    numbers = np.array([-1 if rep is None else int(rep) for rep in reps], dtype=np.int32)
    return numbers[codes] if len(numbers) else np.empty(0, dtype=np.int32)
