# SPDX-License-Identifier: MIT
"""Which units of all levels contain points."""

from functools import cached_property

import numpy as np

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.services.geography.area_view import UnitPlaces
from app.services.geography.areas import Areas
from app.services.geography.arrays import FloatArray, LongArray
from app.services.geography.locating import AreaIndex, LocatedUnits
from app.services.geography.packed import to_polygons


class UnitLocator:
    """Finds the finest area that contains a point, and with it all areas around it.

    Args:
        geography: The areas.
        has_gaps: Between the finest areas there may be land that belongs to none of them, as
            between the ZIP areas of the Census. A point there is in the county alone.
    """

    def __init__(self, geography: Areas, *, has_gaps: bool) -> None:
        self._geography = geography
        self._has_gaps = has_gaps
        self._coarser: dict[GeoLevel, AreaIndex] = {}

    def locate(self, lon: FloatArray, lat: FloatArray) -> LocatedUnits:
        """The units at points in WGS 84 degrees; nan counts as nowhere.

        A point up to 5 km off a coast belongs to the nearest area.
        """
        areas, places = self._finest
        feature = areas.features_at(lon, lat, near_coasts=not self._has_gaps)
        located = LocatedUnits.nowhere(len(feature))
        self._put(located, places, np.arange(len(feature)), feature)
        if self._has_gaps:
            missing = np.flatnonzero((feature < 0) & np.isfinite(lon) & np.isfinite(lat))
            for level in reversed(LEVELS_COARSE_TO_FINE[:-1]):
                missing = self._put_coarser(located, level, missing, lon, lat)
            if len(missing):
                near = areas.features_at(lon[missing], lat[missing])
                self._put(located, places, missing, near)
        return located

    def _put(
        self, located: LocatedUnits, places: UnitPlaces, rows: LongArray, feature: LongArray
    ) -> None:
        found = feature >= 0
        rows, feature = rows[found], feature[found]
        for level in places.levels:
            here = places.depth[feature] == level.depth
            index = places.index[feature[here]]
            for above in LEVELS_COARSE_TO_FINE[: level.depth + 1]:
                located.index[above][rows[here]] = self._geography.ancestors(level, above)[index]

    def _put_coarser(
        self,
        located: LocatedUnits,
        level: GeoLevel,
        missing: LongArray,
        lon: FloatArray,
        lat: FloatArray,
    ) -> LongArray:
        """Place points in units of a coarser level; gives those that are still nowhere."""
        if not len(missing):
            return missing
        if level not in self._coarser:
            view, count = self._geography.view(level), len(self._geography.layer(level))
            polygons, feature = to_polygons(view.packed().subset(0, count))
            self._coarser[level] = AreaIndex(polygons, feature)
        found = self._coarser[level].features_at(lon[missing], lat[missing], near_coasts=False)
        count = len(self._geography.layer(level))
        places = UnitPlaces.of_levels([(level, np.arange(count))])
        self._put(located, places, missing, found)
        return missing[found < 0]

    @cached_property
    def _finest(self) -> tuple[AreaIndex, UnitPlaces]:
        """The finest areas, and the coarser ones with none inside, like a county without ZIPs.

        Besides the areas, what each of them is.
        """
        geography = self._geography
        view = geography.view(GeoLevel.ZIP)
        polygons, feature = to_polygons(view.packed())
        places = view.features
        for level in reversed(LEVELS_COARSE_TO_FINE[1:-1]):
            bare = _without_finer(geography, places, level)
            if not len(bare):
                continue
            packed = geography.view(level).packed().take(bare)
            parts, part_feature = to_polygons(packed)
            polygons = np.concatenate([polygons, parts])
            feature = np.concatenate([feature, len(places) + part_feature])
            places = places.followed_by(UnitPlaces.of_levels([(level, bare)]))
        return AreaIndex(polygons, feature), places


def _without_finer(geography: Areas, places: UnitPlaces, level: GeoLevel) -> LongArray:
    """Units of a level that are not among the places and have none of them inside."""
    bare = np.ones(len(geography.layer(level)) + 1, np.bool_)
    for finer in places.levels:
        if finer.depth >= level.depth:
            inner = places.index[places.depth == finer.depth]
            bare[geography.ancestors(finer, level)[inner]] = False
    # A unit of a country that is drawn as a whole is no gap: the country is there.
    country = geography.ancestors(level, GeoLevel.COUNTRY)
    drawn = places.index[places.depth == GeoLevel.COUNTRY.depth]
    return np.flatnonzero(bare[:-1] & ~np.isin(country, drawn))
