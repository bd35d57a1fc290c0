# SPDX-License-Identifier: MIT
"""Which part of the earth a map of the plan shows."""

from collections.abc import Iterable

import numpy as np

from app.models.geounit import LEVELS_COARSE_TO_FINE, split_geounit_id
from app.models.ids import GeoUnitId, TerritoryId
from app.services.geography.geography import Geography
from app.services.label_places import served_box
from app.services.map_print.frame import Bounds
from app.services.workspace import Workspace

HOME: Bounds = (-125.0, 24.0, -66.0, 50.0)
"""The contiguous United States: what a plan without areas and accounts shows."""
_MOST_DEGREES_WIDE = 150.0
"""Wider areas cross the date line, and farther ones lie on the other side of the world."""
_MARGIN_DEGREES = 0.05


def territory_bounds(workspace: Workspace, territory: TerritoryId) -> Bounds | None:
    """West, south, east, north of the areas of a territory or region and of its accounts.

    Returns:
        None where it has neither.
    """
    leaves = workspace.leaves_of(territory)
    units = [unit for leaf in leaves for unit in workspace.holdings.geounits_of_territory(leaf)]
    boxes = _boxes(workspace.geography, units)
    accounts = workspace.accounts
    for leaf in leaves:
        rows = workspace.holdings.accounts_of_territory(leaf)
        boxes += _places(accounts.lon[rows], accounts.lat[rows])
    return around(np.array(boxes)) if boxes else None


def everything_bounds(workspace: Workspace) -> Bounds:
    """West, south, east, north of all areas that are assigned and of all accounts."""
    units = {
        unit
        for territory in workspace.territories
        for unit in workspace.holdings.geounits_of_territory(territory.id)
    }
    boxes = _boxes(workspace.geography, units)
    boxes += _places(workspace.accounts.lon, workspace.accounts.lat)
    return around(np.array(boxes)) if boxes else HOME


def overview_bounds(workspace: Workspace) -> Bounds:
    """Where most served accounts are; everything where nobody serves any."""
    return served_box(workspace) or everything_bounds(workspace)


def around(boxes: np.ndarray) -> Bounds:
    """West, south, east, north of boxes (n x 4), without the few beyond the date line."""
    near = boxes[boxes[:, 2] - boxes[:, 0] < _MOST_DEGREES_WIDE]
    chosen = near if len(near) else boxes
    middle = (chosen[:, 0] + chosen[:, 2]) / 2
    chosen = chosen[np.abs(middle - np.median(middle)) < _MOST_DEGREES_WIDE]
    low, high = chosen[:, :2].min(axis=0), chosen[:, 2:].max(axis=0)
    margin = _MARGIN_DEGREES
    return (
        float(low[0]) - margin,
        float(low[1]) - margin,
        float(high[0]) + margin,
        float(high[1]) + margin,
    )


def _boxes(geography: Geography, units: Iterable[GeoUnitId]) -> list[list[float]]:
    """The bounds of the areas that are known, level by level."""
    codes: dict[str, list[str]] = {level.value: [] for level in LEVELS_COARSE_TO_FINE}
    for unit in units:
        level, code = split_geounit_id(unit)
        codes[level.value].append(code)
    boxes: list[list[float]] = []
    for level in LEVELS_COARSE_TO_FINE:
        if not codes[level.value]:
            continue
        layer = geography.layer(level)
        index = layer.indices_of(codes[level.value])
        boxes += layer.bounds[index[index >= 0]].astype(np.float64).tolist()
    return boxes


def _places(lon: np.ndarray, lat: np.ndarray) -> list[list[float]]:
    """The box around accounts; none where none is placed."""
    placed = np.isfinite(lon) & np.isfinite(lat)
    if not placed.any():
        return []
    x, y = lon[placed], lat[placed]
    return [[float(x.min()), float(y.min()), float(x.max()), float(y.max())]]
