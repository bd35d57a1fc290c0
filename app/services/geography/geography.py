# SPDX-License-Identifier: MIT
"""The geography: four nested levels, read from `resources/geo` when they are asked for."""

import json
import threading
from collections.abc import Hashable, Mapping
from functools import cached_property
from pathlib import Path

import numpy as np

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel, geounit_id, split_geounit_id
from app.models.ids import GeoUnitId
from app.services.geography.area_view import AreaView, UnitPlaces
from app.services.geography.arrays import FloatArray, IntArray, damaged_installation
from app.services.geography.gazetteer import Gazetteer
from app.services.geography.grouped_views import (
    METRO_KEY,
    ZIP3_KEY,
    Grouping,
    grouped_view,
    has_metro_areas,
    metro_grouping,
    zip3_grouping,
)
from app.services.geography.layer import GeoLayer, LayerText, read_layer
from app.services.geography.locating import LocatedUnits
from app.services.geography.plain_views import TITLE_BY_LEVEL, plain_view, shipped_places
from app.services.geography.postal import ZipTable
from app.services.geography.searching import FoundPlace, PlaceFinder
from app.services.geography.unit_locator import UnitLocator


class Geography:
    """Layers, views, names and nesting of the areas; by itself of those that are shipped.

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
        self._views: dict[str, AreaView] = {}
        self._ancestors: dict[tuple[GeoLevel, GeoLevel], IntArray] = {}
        self.composed: dict[Hashable, Geography] = {}
        """Geographies that were made of these areas, by what lies over them."""

    @property
    def shipped(self) -> "Geography":
        """The shipped areas alone."""
        return self

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
                    self._layers[level] = self._make_layer(level)
        return self._layers[level]

    def _make_layer(self, level: GeoLevel) -> GeoLayer:
        return read_layer(self.folder / f"layer_{level.value}.npz", level, self._texts[level])

    @property
    def has_gaps(self) -> bool:
        """Whether there may be land between the finest areas that belongs to none of them."""
        return False

    def land_below(self, level: GeoLevel) -> UnitPlaces:
        """The coarser units that areas of a level lie in without filling them."""
        del level
        return UnitPlaces.of_levels([])

    @property
    def view_titles(self) -> tuple[tuple[str, str], ...]:
        """Key and title of all views, from coarse to fine."""
        country, state, county, zips = (
            (level.value, TITLE_BY_LEVEL[level]) for level in LEVELS_COARSE_TO_FINE
        )
        metro = ((METRO_KEY, "Metro areas"),) if has_metro_areas(self.folder) else ()
        return (country, state, *metro, county, (ZIP3_KEY, "ZIP3 areas"), zips)

    def has_view(self, key: str) -> bool:
        """Whether there is such a view."""
        return key in dict(self.view_titles)

    def view(self, key: GeoLevel | str) -> AreaView:
        """What the map shows for a level or for a grouping.

        The first units of the view of a level are those of its layer, in layer order.

        Args:
            key: A level, or a key of `view_titles`.

        Raises:
            KeyError: There is no such view.
        """
        name = key.value if isinstance(key, GeoLevel) else key
        if name not in self._views:
            self._views[name] = self._make_view(name)
        return self._views[name]

    def _make_view(self, key: str) -> AreaView:
        if key in _LEVEL_BY_NAME:
            level = _LEVEL_BY_NAME[key]
            path = self.folder / f"view_{level.value}.ply"
            return plain_view(self, level, shipped_places(self, level), path)
        grouping = self._grouping(key)
        base = self.view(grouping.level)
        return grouped_view(base, grouping, self.layer(grouping.level).geounits)

    def _grouping(self, key: str) -> Grouping:
        if key == ZIP3_KEY:
            return zip3_grouping(self)
        if key == METRO_KEY and has_metro_areas(self.folder):
            return metro_grouping(self)
        raise KeyError(key)

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
        """The nearest unit that contains this one; None for countries and unknown ids."""
        level, code = split_geounit_id(geounit)
        layer = self.layer(level)
        index = layer.index_of(code)
        found = layer.parent_of(index) if index >= 0 else None
        return geounit_id(found[0], str(self.layer(found[0]).codes[found[1]])) if found else None

    def ancestors(self, level: GeoLevel, above: GeoLevel) -> IntArray:
        """Per unit of `level` the position of its ancestor in the coarser layer `above`.

        -1 where the unit lies in none of that level, like a Canadian postal area in no county.
        """
        key = (level, above)
        if key not in self._ancestors:
            layer = self.layer(level)
            if level is above:
                position = np.arange(len(layer), dtype=np.int32)
            else:
                position = np.full(len(layer), -1, np.int32)
                for step in LEVELS_COARSE_TO_FINE[above.depth : level.depth]:
                    parents = layer.parents_at(step)
                    if parents is not None:
                        lies = parents >= 0
                        position[lies] = self.ancestors(step, above)[parents[lies]]
            # Kept and handed out to everybody, so nobody may change it.
            position.flags.writeable = False
            self._ancestors[key] = position
        return self._ancestors[key]

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
        return self._locator.locate(
            np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
        )

    @cached_property
    def _finder(self) -> PlaceFinder:
        layers = tuple(self.layer(level) for level in LEVELS_COARSE_TO_FINE)
        return PlaceFinder(layers, self.gazetteer)

    @cached_property
    def _locator(self) -> UnitLocator:
        return UnitLocator(self, has_gaps=self.has_gaps)


_LEVEL_BY_NAME = {level.value: level for level in LEVELS_COARSE_TO_FINE}
