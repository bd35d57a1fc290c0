# SPDX-License-Identifier: MIT
"""Where the names of territories stand on a map, and what a map of the plan should show."""

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel, split_geounit_id
from app.models.ids import TerritoryId
from app.models.measure import ACCOUNT_COUNT
from app.services.alignment import MIXED, NOBODY
from app.services.map_layers import label_units
from app.services.workspace import Workspace

Place = tuple[float, float]
Bounds = tuple[float, float, float, float]
_FEW_ACCOUNTS = 50
_OUTLYING_SHARE = 0.02
"""Of many accounts, so many at each side do not widen what a map shows first."""


def finest_assigned_level(workspace: Workspace) -> GeoLevel:
    """The finest level at which a territory holds areas of its own; counties without any."""
    found = {
        split_geounit_id(unit)[0]
        for territory in workspace.territories
        for unit in workspace.holdings.geounits_of_territory(territory.id)
    }
    return max(found, key=lambda level: level.depth, default=GeoLevel.COUNTY)


def served_box(workspace: Workspace) -> Bounds | None:
    """West, south, east, north around most of the accounts that somebody serves."""
    accounts = workspace.accounts
    rows = np.isfinite(accounts.lon) & (workspace.account_territory != NOBODY)
    lon, lat = accounts.lon[rows], accounts.lat[rows]
    if not len(lon):
        return None
    share = _OUTLYING_SHARE if len(lon) > _FEW_ACCOUNTS else 0.0
    west, east = np.quantile(lon, [share, 1 - share])
    south, north = np.quantile(lat, [share, 1 - share])
    return float(west) - 1, float(south) - 1, float(east) + 1, float(north) + 1


def territory_places(workspace: Workspace, level: GeoLevel) -> tuple[Place | None, ...]:
    """Per territory the longitude and latitude of its label; None where it holds no area.

    The label stands in the connected part with the most accounts. Where areas of the shown level
    are divided between territories, a finer level decides: what is left whole of a territory may
    be an island far from its main body.

    Args:
        workspace: The open plan.
        level: The areas that are shown.
    """
    territories = workspace.territories
    places: list[Place | None] = [None] * len(territories)
    served = np.full(len(territories), -1.0)
    inside = _undivided_level(workspace, level)
    view, shown = workspace.geography.view(inside), workspace.unit_territory(inside)
    counts = workspace.unit_values(inside, ACCOUNT_COUNT)
    # Other countries are drawn by coarser units; what is drawn finer does not count twice.
    for each in view.units.levels:
        layer = workspace.geography.layer(each)
        rows = view.units.depth == each.depth
        held = np.full(len(layer), NOBODY, np.int32)
        held[view.units.index[rows]] = shown[rows]
        accounts = np.zeros(len(layer))
        accounts[view.units.index[rows]] = counts[rows]
        neighbors = (layer.neighbors_start, layer.neighbors)
        at, area = (layer.lon, layer.lat), layer.area_km2
        units = label_units(held, len(territories), at, area, neighbors, accounts)
        for position, unit in enumerate(units.tolist()):
            if unit < 0:
                continue
            here = float(accounts[held == position].sum())
            if here > served[position]:
                served[position] = here
                places[position] = float(layer.lon[unit]), float(layer.lat[unit])
    for position, territory in enumerate(territories):
        if places[position] is None:
            places[position] = _any_place(workspace, territory.id)
    return tuple(places)


def territory_km2(workspace: Workspace) -> npt.NDArray[np.float64]:
    """Land that each territory holds alone, in km² and position order."""
    geography, count = workspace.geography, len(workspace.territories)
    result = np.zeros(count)
    for level in LEVELS_COARSE_TO_FINE:
        held = workspace.state.claims.resolved[level]
        layer = geography.layer(level)
        is_divided = np.zeros(len(layer), np.bool_)
        for finer in LEVELS_COARSE_TO_FINE[level.depth + 1 :]:
            above = geography.ancestors(finer, level)
            is_divided[above[above >= 0]] = True
        rows = (held >= 0) & ~is_divided
        areas = layer.area_km2[rows].astype(np.float64)
        result += np.bincount(held[rows], weights=areas, minlength=count)[:count]
    return result


def _undivided_level(workspace: Workspace, level: GeoLevel) -> GeoLevel:
    """The shown level, or the first finer one where each area has one holder."""
    for each in LEVELS_COARSE_TO_FINE[level.depth : -1]:
        if not (workspace.unit_territory(each) == MIXED).any():
            return each
    return GeoLevel.ZIP


def _any_place(workspace: Workspace, territory: TerritoryId) -> Place | None:
    """A place in any area that the territory holds."""
    for geounit in workspace.holdings.geounits_of_territory(territory):
        level, code = split_geounit_id(geounit)
        layer = workspace.geography.layer(level)
        index = layer.index_of(code)
        if index >= 0:
            return float(layer.lon[index]), float(layer.lat[index])
    return None
