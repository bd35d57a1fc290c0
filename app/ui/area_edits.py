# SPDX-License-Identifier: MIT
"""What can be done with areas from everywhere in the window, and what is known about a set."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel, split_geounit_id
from app.models.ids import GeoUnitId, StrokeId, TerritoryId
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.commands import AssignGeoUnits, CreateTerritory
from app.services.geography.geography import Geography
from app.services.workspace import Workspace
from app.ui.session import EditSession

_FEW = 2_000
"""Up to so many areas are asked one by one, which also sees what is divided inside."""


@dataclass(frozen=True, slots=True)
class Holders:
    """Who holds a set of areas.

    Attributes:
        by_territory: Territories and how many of the areas each holds, most first.
        nobody, in_dispute, divided: Areas that no, more than one, or several finer parts hold.
    """

    by_territory: tuple[tuple[TerritoryId, int], ...]
    nobody: int
    in_dispute: int
    divided: int


def holders_of(workspace: Workspace, units: Sequence[GeoUnitId]) -> Holders:
    """Who holds the areas; quick for thousands of them."""
    amounts: Counter[int] = Counter()
    for level, same in _by_level(units).items():
        positions = workspace.geography.view(level).position_by_geounit
        shown = [positions[unit] for unit in same if unit in positions]
        amounts.update(workspace.unit_territory(level)[shown].tolist())
    known = [(at, amount) for at, amount in amounts.most_common() if at >= 0]
    others = sum(amount for at, amount in amounts.items() if at < min(NOBODY, IN_DISPUTE))
    return Holders(
        tuple((workspace.territories[at].id, amount) for at, amount in known),
        amounts[NOBODY],
        amounts[IN_DISPUTE],
        others,
    )


def held_among(workspace: Workspace, units: Sequence[GeoUnitId], territory: TerritoryId) -> int:
    """How many of the areas a territory holds alone: those can be split off."""
    if len(units) > _FEW:
        return dict(holders_of(workspace, units).by_territory).get(territory, 0)
    return sum(workspace.holdings.territories_holding(unit) == (territory,) for unit in units)


def accounts_in_areas(workspace: Workspace, units: Sequence[GeoUnitId]) -> np.ndarray:
    """Rows of the accounts that lie in any of the areas."""
    inside = np.zeros(len(workspace.accounts), dtype=bool)
    for level, same in _by_level(units).items():
        codes = [split_geounit_id(unit)[1] for unit in same]
        layer = workspace.geography.layer(level)
        wanted = np.zeros(len(layer.codes) + 1, dtype=bool)
        wanted[layer.indices_of(codes)] = True
        wanted[-1] = False  # where an unknown code or an account without a place points to
        inside |= wanted[workspace.accounts.unit_index[level]]
    return np.flatnonzero(inside)


def bounds_of(
    workspace: Workspace, units: Sequence[GeoUnitId]
) -> tuple[float, float, float, float] | None:
    """The box around areas: west, south, east, north in degrees; None where there are none."""
    boxes: list[np.ndarray] = []
    for level, same in _by_level(units).items():
        layer = workspace.geography.layer(level)
        found = layer.indices_of([split_geounit_id(unit)[1] for unit in same])
        boxes.append(layer.bounds[found[found >= 0]])
    every = np.concatenate(boxes) if boxes else np.empty((0, 4))
    if not len(every):
        return None
    west, south = every[:, :2].min(axis=0).tolist()
    east, north = every[:, 2:].max(axis=0).tolist()
    return (west, south, east, north)


def units_inside(
    geography: Geography, units: Sequence[GeoUnitId], *, is_group: bool
) -> list[tuple[GeoLevel, tuple[GeoUnitId, ...]]]:
    """The finer units inside areas, level by level from the next one to the finest.

    Args:
        geography: The areas.
        units: The areas; members of groups where `is_group`.
        is_group: The areas are shown as groups, so that they themselves lie inside.
    """
    found: dict[GeoLevel, list[GeoUnitId]] = defaultdict(list)
    for own, same in _by_level(units).items():
        if is_group:
            found[own] += same
        layer = geography.layer(own)
        given = np.zeros(len(layer) + 1, dtype=bool)
        given[layer.indices_of([split_geounit_id(unit)[1] for unit in same])] = True
        given[-1] = False  # where an unknown code or a unit without such an ancestor points to
        for level in LEVELS_COARSE_TO_FINE[own.depth + 1 :]:
            ids = geography.layer(level).geounits
            inside = np.flatnonzero(given[geography.ancestors(level, own)])
            found[level] += [ids[at] for at in inside.tolist()]
    listed = sorted(found.items(), key=lambda pair: pair[0].depth)
    return [(level, tuple(inside)) for level, inside in listed if inside]


def give(session: EditSession, units: tuple[GeoUnitId, ...], territory: TerritoryId | None) -> bool:
    """Give areas to a territory, or take them from everybody."""
    if not units:
        return False
    name = session.workspace.territory(territory).name if territory is not None else ""
    return session.run(AssignGeoUnits(units, territory, name))


def make_territory(session: EditSession, units: tuple[GeoUnitId, ...]) -> TerritoryId | None:
    """Create a territory of areas as one undo step; None where that was refused."""
    workspace = session.workspace
    before = {territory.id for territory in workspace.territories}
    name, stroke = free_name(workspace, "Territory"), StrokeId(uuid.uuid4().hex)
    if not units or not session.run(CreateTerritory(name, stroke)):
        return None
    made = next(t.id for t in workspace.territories if t.id not in before)
    if session.run(AssignGeoUnits(units, made, name, stroke=stroke)):
        return made
    session.undo()
    return None


def free_name(workspace: Workspace, stem: str, first: int | None = None) -> str:
    """A name with a number that no territory has: "Territory 3", "North 2".

    Args:
        workspace: The open plan.
        stem: What stands before the number.
        first: The first number to try; 1 for territories, else 2, where it is left out.
    """
    taken = {territory.name.casefold() for territory in workspace.territories}
    number = first or (1 if stem == "Territory" else 2)
    while f"{stem} {number}".casefold() in taken:
        number += 1
    return f"{stem} {number}"


def _by_level(units: Sequence[GeoUnitId]) -> dict[GeoLevel, list[GeoUnitId]]:
    found: dict[GeoLevel, list[GeoUnitId]] = defaultdict(list)
    for unit in units:
        found[split_geounit_id(unit)[0]].append(unit)
    return found
