# SPDX-License-Identifier: MIT
"""The units that the map shows: between their numbers on the page and their ids."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId
from app.services.alignment import UnitClaims
from app.services.geography.area_view import AreaView, UnitPlaces
from app.services.shown_areas import held_of_features
from app.services.workspace import Workspace
from app.ui.map.map_painter import MapPainter

IntArray = npt.NDArray[np.int32]

_PLAIN = {level.value: level for level in GeoLevel}
_GROUPED = {"metro": GeoLevel.COUNTY, "zip3": GeoLevel.ZIP}
_NAMES = {
    "country": "country",
    "state": "state",
    "metro": "metro area",
    "county": "county",
    "zip3": "ZIP3 area",
}


class ShownUnits:
    """What gestures, strokes and marks need to know of the areas that are shown.

    Args:
        workspace: The open plan.
        painter: Knows which areas are shown.
    """

    def __init__(self, workspace: Workspace, painter: MapPainter) -> None:
        self._workspace = workspace
        self._painter = painter

    @property
    def view(self) -> AreaView:
        """What is shown."""
        return self._painter.view

    def units_at(self, numbers: Iterable[int]) -> tuple[GeoUnitId, ...]:
        """The geounits of units of the map, of a group its members; unknown ones are left out."""
        return self.view.members_of(numbers)

    def group_name(self, number: int) -> str:
        """What a group is called; empty for a unit that is no group."""
        view = self.view
        is_group = 0 <= number < len(view.units) and view.units.depth[number] < 0
        return view.names[number] if is_group else ""

    def numbers_of(self, units: Iterable[GeoUnitId]) -> list[int]:
        """The numbers of what geounits make up on the map."""
        return self.view.numbers_of(units)

    def held_under(self, claims: UnitClaims) -> IntArray:
        """Per feature who holds it under some claims, as position codes."""
        return held_of_features(self.view, claims, self._workspace.geography)

    def unit_count(self, features: npt.NDArray[np.bool_]) -> int:
        """How many units have a feature that is marked."""
        units = self.view.unit_of_feature
        if units is None:
            return int(features.sum())
        return len(np.unique(units[features & (units >= 0)]))

    def coarser(self) -> tuple[tuple[str, str], ...]:
        """Key and name of the areas in which strokes may be kept, the finest first."""
        view, titles = self.view, self._workspace.geography.view_titles
        found: list[tuple[str, str]] = []
        for key, title in titles:
            level, is_group = self._level_of(key), key not in _PLAIN
            is_around = level.depth < view.level.depth
            if is_group and not view.is_grouped:
                is_around = level.depth <= view.level.depth
            if view.is_grouped:
                is_around = not is_group and level.depth <= GeoLevel.STATE.depth
            if key != view.key and is_around:
                found.append((key, _NAMES.get(key, f"area of {title}")))
        return tuple(reversed(found))

    def _level_of(self, key: str) -> GeoLevel:
        """The level of a view, without making the view where that is known."""
        known = _GROUPED.get(key) or _PLAIN.get(key)
        return known or self._workspace.geography.view(key).level

    def parents(self, key: str) -> IntArray | None:
        """Per unit the number of the coarser area around it, -1 for none; None without such."""
        if key not in dict(self.coarser()):
            return None
        around = self._workspace.geography.view(key)
        position = self._ancestors(_first_places(self.view), around.level)
        if around.group_of is None:
            return position
        return np.append(around.group_of, np.int32(-1))[position].astype(np.int32)

    def _ancestors(self, places: UnitPlaces, above: GeoLevel) -> IntArray:
        """Position of the area of a level around each place, -1 where there is none."""
        found = np.full(len(places), -1, dtype=np.int32)
        for level in places.levels:
            if level.depth >= above.depth:
                here = places.depth == level.depth
                ancestors = self._workspace.geography.ancestors(level, above)
                found[here] = ancestors[places.index[here]]
        return found


def _first_places(view: AreaView) -> UnitPlaces:
    """Where the units of a view stand, of groups their first members."""
    if view.group_of is None:
        return view.units
    depth, index = view.units.depth.copy(), view.units.index.copy()
    members = np.flatnonzero(view.group_of >= 0)[::-1]
    first = np.full(len(depth), -1, dtype=np.int32)
    first[view.group_of[members]] = members
    is_group = (depth < 0) & (first >= 0)
    depth[is_group], index[is_group] = view.level.depth, first[is_group]
    return UnitPlaces(depth, index)
