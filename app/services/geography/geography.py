# SPDX-License-Identifier: MIT
"""The shipped geography: four nested levels, read from `resources/geo` when they are asked for."""

import json
import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import numpy as np

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel, geounit_id, split_geounit_id
from app.models.ids import GeoUnitId
from app.services.geography.arrays import FloatArray, IntArray, LongArray, damaged_installation
from app.services.geography.gazetteer import Gazetteer
from app.services.geography.layer import GeoLayer, GeoView, LayerText, read_layer
from app.services.geography.locating import AreaIndex, LocatedUnits
from app.services.geography.packed import read_ply1, to_polygons
from app.services.geography.postal import ZipTable
from app.services.geography.searching import FoundPlace, PlaceFinder

_COARSE = (GeoLevel.STATE, GeoLevel.COUNTRY)
"""Levels of the areas of other countries, in the order in which the views have them."""


class Geography:
    """Layers, views, names and nesting of the shipped areas.

    Reading is lazy: a layer is read when it is first asked for, and shapely is imported only for
    point-in-area questions.

    Args:
        folder: `resources/geo`.
        texts: Per level what the window says about it.
    """

    def __init__(self, folder: Path, texts: Mapping[GeoLevel, LayerText]) -> None:
        self.folder = folder
        self._texts = texts
        self._layers: dict[GeoLevel, GeoLayer] = {}
        self._reading = threading.Lock()
        self._views: dict[GeoLevel, GeoView] = {}

    @classmethod
    def load(cls, folder: Path) -> "Geography":
        """Open the shipped areas.

        Raises:
            StoreError: The folder is not complete.
        """
        path = folder / "layers.json"
        try:
            listed = json.loads(path.read_text(encoding="utf-8"))
            texts = {level: LayerText(**listed[level.value]) for level in LEVELS_COARSE_TO_FINE}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged_installation(path) from error
        return cls(folder, texts)

    def layer(self, level: GeoLevel) -> GeoLayer:
        """All units of a level."""
        if level not in self._layers:
            with self._reading:
                # Another thread may have read it while this one waited.
                if level not in self._layers:
                    path = self.folder / f"layer_{level.value}.npz"
                    self._layers[level] = read_layer(path, level, self._texts[level])
        return self._layers[level]

    def view(self, level: GeoLevel) -> GeoView:
        """What the map shows for a level."""
        if level not in self._views:
            countries, states = self.layer(GeoLevel.COUNTRY), self.layer(GeoLevel.STATE)
            own = np.flatnonzero(states.parent == 0) if level is GeoLevel.STATE else None
            listed = [(self.layer(level), own)]
            if level is not GeoLevel.COUNTRY:
                listed += [(states, self._states_abroad), (countries, self._plain_countries)]
            path = self.folder / f"view_{level.value}.ply"
            self._views[level] = GeoView.of(level, listed, path)
        return self._views[level]

    @cached_property
    def _states_abroad(self) -> LongArray:
        """Positions of the states of other countries than the US."""
        return np.flatnonzero(self.layer(GeoLevel.STATE).parent > 0)

    @cached_property
    def _plain_countries(self) -> LongArray:
        """Positions of the countries without states."""
        countries = np.arange(len(self.layer(GeoLevel.COUNTRY)))
        return np.setdiff1d(countries, self.layer(GeoLevel.STATE).parent)

    def name(self, geounit: GeoUnitId) -> str:
        """The name as shown ("Cook County, IL", "60601 Chicago, IL"); an unknown id as it is."""
        level, code = split_geounit_id(geounit)
        index = self.layer(level).index_of(code)
        return self.layer(level).names[index] if index >= 0 else code

    def is_known(self, geounit: GeoUnitId) -> bool:
        """Whether the shipped areas have this unit."""
        level, code = split_geounit_id(geounit)
        return self.layer(level).index_of(code) >= 0

    def parent(self, geounit: GeoUnitId) -> GeoUnitId | None:
        """The unit one level up that contains this one; None for countries and unknown ids."""
        level, code = split_geounit_id(geounit)
        index = self.layer(level).index_of(code)
        if level.depth == 0 or index < 0:
            return None
        above = LEVELS_COARSE_TO_FINE[level.depth - 1]
        position = int(self.layer(level).parent[index])
        return geounit_id(above, str(self.layer(above).codes[position])) if position >= 0 else None

    def ancestors(self, level: GeoLevel, above: GeoLevel) -> IntArray:
        """Per unit of `level` the position of its ancestor in the coarser layer `above`."""
        position = np.arange(len(self.layer(level)), dtype=np.int32)
        for depth in range(level.depth, above.depth, -1):
            position = self.layer(LEVELS_COARSE_TO_FINE[depth]).parent[position]
        return position

    def descendants_of(
        self, geounit: GeoUnitId, level: GeoLevel | None = None
    ) -> tuple[GeoUnitId, ...]:
        """The units inside this one, at one finer level or, without a level, at all of them.

        Empty for ZIP areas, for countries and states without finer areas, and for unknown ids.
        """
        own_level, code = split_geounit_id(geounit)
        index = self.layer(own_level).index_of(code)
        if index < 0:
            return ()
        finer = LEVELS_COARSE_TO_FINE[own_level.depth + 1 :]
        inside: list[GeoUnitId] = []
        for each in finer if level is None else (level,):
            if each.depth <= own_level.depth:
                continue
            ids = self.layer(each).geounits
            inside += [ids[i] for i in np.flatnonzero(self.ancestors(each, own_level) == index)]
        return tuple(inside)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Countries, regions and cities by name."""
        return Gazetteer(self.folder)

    @cached_property
    def zip_table(self) -> ZipTable:
        """US ZIP codes by number."""
        states = self.ancestors(GeoLevel.ZIP, GeoLevel.STATE)
        names = self.gazetteer
        codes = self.layer(GeoLevel.ZIP).codes
        return ZipTable(codes, states, names.military_zips, names.box_zips)

    def search(self, text: str, limit: int = 10) -> list[FoundPlace]:
        """Places whose name or ZIP code begins like the text, or has a word that does."""
        return self._finder.search(text, limit)

    def locate(self, lon: FloatArray, lat: FloatArray) -> LocatedUnits:
        """The areas that contain points in WGS 84 degrees; nan counts as nowhere.

        A point up to 5 km off a coast belongs to the nearest area.
        """
        areas, depth_of, unit_of = self._finest_areas
        feature = areas.features_at(
            np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
        )
        located = LocatedUnits.nowhere(len(feature))
        for level in LEVELS_COARSE_TO_FINE:
            here = np.flatnonzero((feature >= 0) & (depth_of[feature] == level.depth))
            for above in LEVELS_COARSE_TO_FINE[: level.depth + 1]:
                located.index[above][here] = self.ancestors(level, above)[unit_of[feature[here]]]
        return located

    @cached_property
    def _finder(self) -> PlaceFinder:
        layers = tuple(self.layer(level) for level in LEVELS_COARSE_TO_FINE)
        return PlaceFinder(layers, self.gazetteer)

    @cached_property
    def _finest_areas(self) -> tuple[AreaIndex, LongArray, LongArray]:
        """ZIP areas, states and countries without any, and the few counties that have none.

        Besides the areas: per area the depth of its level, and its position in its layer.
        """
        zips = len(self.layer(GeoLevel.ZIP))
        polygons, feature = to_polygons(read_ply1(self.view(GeoLevel.ZIP).polygon_path))
        count = len(self.view(GeoLevel.ZIP).geounits)
        counties = read_ply1(self.view(GeoLevel.COUNTY).polygon_path)
        parts, county = to_polygons(counties.subset(0, len(self.layer(GeoLevel.COUNTY))))
        bare = np.setdiff1d(county, self.layer(GeoLevel.ZIP).parent)
        is_bare = np.isin(county, bare)
        areas = AreaIndex(
            np.concatenate([polygons, parts[is_bare]]),
            np.concatenate([feature, count + np.searchsorted(bare, county[is_bare])]),
        )
        states, countries = self._states_abroad, self._plain_countries
        depth = np.repeat(
            [level.depth for level in (GeoLevel.ZIP, *_COARSE, GeoLevel.COUNTY)],
            [zips, len(states), len(countries), len(bare)],
        )
        return areas, depth, np.concatenate([np.arange(zips), states, countries, bare])
