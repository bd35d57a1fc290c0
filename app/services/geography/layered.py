# SPDX-License-Identifier: MIT
"""The shipped areas with the boundary layers of a plan over them."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from app.models.boundary_layer import BoundaryRole
from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.services.geography.area_view import AreaView, UnitPlaces
from app.services.geography.arrays import BoolArray, FloatArray, IntArray, LongArray
from app.services.geography.composing import Composition
from app.services.geography.geography import Geography
from app.services.geography.grouped_views import Grouping
from app.services.geography.layer import GeoLayer
from app.services.geography.locating import AreaIndex
from app.services.geography.packed import PackedPolygons, to_polygons
from app.services.geography.plain_views import plain_view, shipped_places
from app.services.geography.plan_layer import PlanLayer
from app.services.geography.postal import ZipTable
from app.services.geography.searching import FoundPlace

GROUP_PREFIX = "layer:"
_KEPT = 2


def with_layers(shipped: Geography, layers: Sequence[PlanLayer]) -> Geography:
    """The shipped areas with boundary layers over them; the shipped ones alone without any.

    The last few are remembered with the shipped areas, as composing them takes a moment.
    """
    if not layers:
        return shipped
    key = tuple((layer.digest, layer.info) for layer in layers)
    known = shipped.composed
    if key not in known:
        for old in list(known)[: 1 - _KEPT]:
            del known[old]
        known[key] = LayeredGeography(shipped, layers)
    return known[key]


def layers_of(geography: Geography) -> Sequence[PlanLayer]:
    """The boundary layers over the shipped areas; none over the shipped areas themselves."""
    return geography.boundary_layers if isinstance(geography, LayeredGeography) else ()


class LayeredGeography(Geography):
    """Answers like the shipped geography, from what is left of it and the layers over it.

    Args:
        shipped: The shipped areas.
        layers: The boundary layers of the plan; of two with the same code the later one counts.

    Attributes:
        boundary_layers: The same.
    """

    def __init__(self, shipped: Geography, layers: Sequence[PlanLayer]) -> None:
        super().__init__(shipped.folder, {})
        self._shipped = shipped
        self.boundary_layers = tuple(layers)
        self._compositions: dict[GeoLevel, Composition] = {}

    @property
    def shipped(self) -> Geography:
        """The shipped areas alone."""
        return self._shipped

    @property
    def has_gaps(self) -> bool:
        """True: files of areas leave land out where nobody lives, and lakes."""
        return True

    def land_below(self, level: GeoLevel) -> UnitPlaces:
        """The counties (or what is there instead) in which exact areas of a level lie."""
        layer, made = self.layer(level), self._compositions.get(level)
        if made is None or level is GeoLevel.STATE:
            return UnitPlaces.of_levels([])
        exact = np.flatnonzero(made.source > 0)
        above = LEVELS_COARSE_TO_FINE[level.depth - 1]
        parents = np.unique(layer.parent[exact])
        return UnitPlaces.of_levels([(above, parents[parents >= 0])])

    @property
    def view_titles(self) -> tuple[tuple[str, str], ...]:
        """Key and title of all views, from coarse to fine, and then the user's own regions."""
        own = [layer for layer in self.boundary_layers if layer.info.role is BoundaryRole.GROUP]
        regions = ((f"{GROUP_PREFIX}{layer.info.id}", layer.info.name) for layer in own)
        return (*self._shipped.view_titles, *regions)

    @cached_property
    def zip_table(self) -> ZipTable:
        """US ZIP codes by number, as positions in the shipped layer."""
        return self._shipped.zip_table

    @cached_property
    def joined(self) -> tuple[PlanLayer, ...]:
        """The layers with areas of countries that had none of the level."""
        joins = BoundaryRole.JOIN
        return tuple(layer for layer in self.boundary_layers if layer.info.role is joins)

    def search(self, text: str, limit: int = 10) -> list[FoundPlace]:
        """Like the shipped geography, and areas of joined layers whose code begins so."""
        found: list[FoundPlace] = []
        wanted = text.strip().upper()
        for plan_layer in self.joined if wanted else ():
            layer = self.layer(plan_layer.info.level)
            for code in plan_layer.codes:
                bare = code.removeprefix(plan_layer.prefix)
                if bare.upper().startswith(wanted) and len(found) < limit:
                    index = layer.index_of(code)
                    west, south, east, north = layer.bounds[index].tolist()
                    place = (west, south, east, north)
                    found.append(FoundPlace(layer.names[index], place, layer.geounits[index]))
        return (found + super().search(text, limit))[:limit]

    def _make_layer(self, level: GeoLevel) -> GeoLayer:
        base = self._shipped.layer(level)
        layers = [
            layer
            for layer in self.boundary_layers
            if layer.info.level is level and layer.info.role is not BoundaryRole.GROUP
        ]
        coarser = LEVELS_COARSE_TO_FINE[: level.depth]
        if not layers and all(self._is_shipped(above) for above in coarser):
            return base
        if not coarser:
            return base
        parents = GeoLevel.STATE if level.depth > GeoLevel.STATE.depth else GeoLevel.COUNTRY
        made = Composition.of(base, layers, self._shipped.ancestors(level, parents))
        self._compositions[level] = made
        now = {
            above: self._coarser(above).indices_of(self._shipped.layer(above).codes)
            for above in coarser
        }
        return made.layer(now, lambda rows: self._parents_by_place(made, level, rows))

    def _coarser(self, level: GeoLevel) -> GeoLayer:
        """A layer while another one is made; the lock is held already."""
        if level not in self._layers:
            self._layers[level] = self._make_layer(level)
        return self._layers[level]

    def _is_shipped(self, level: GeoLevel) -> bool:
        return self._coarser(level) is self._shipped.layer(level)

    def _make_view(self, key: str) -> AreaView:
        levels = {level.value: level for level in LEVELS_COARSE_TO_FINE}
        if key not in levels:
            return super()._make_view(key)
        level = levels[key]
        above = LEVELS_COARSE_TO_FINE[: level.depth + 1]
        if all(self.layer(each) is self._shipped.layer(each) for each in above):
            return self._shipped.view(level)
        places = self._places(level)
        own = len(self.layer(level))
        rest = places.at(np.arange(own, len(places)))
        return plain_view(self, level, places, lambda: self._polygons(level, rest))

    def _places(self, level: GeoLevel) -> UnitPlaces:
        """All units of a level, and of coarser levels those drawn before that have none inside."""
        shipped = shipped_places(self._shipped, level)
        parts: list[tuple[GeoLevel, LongArray]] = [(level, np.arange(len(self.layer(level))))]
        for coarser in reversed(LEVELS_COARSE_TO_FINE[: level.depth]):
            layer, base = self.layer(coarser), self._shipped.layer(coarser)
            drawn = np.zeros(len(layer) + 1, np.bool_)
            before = shipped.index[shipped.depth == coarser.depth]
            drawn[layer.indices_of(base.codes)[before]] = True
            drawn[:-1] |= base.indices_of(layer.codes) < 0
            parts.append((coarser, np.flatnonzero(drawn[:-1] & ~self._is_divided(coarser, level))))
        return UnitPlaces.of_levels(parts)

    def _is_divided(self, level: GeoLevel, finest: GeoLevel) -> BoolArray:
        """Per unit of a level whether units of a finer one, at most of `finest`, lie in it."""
        divided = np.zeros(len(self.layer(level)) + 1, np.bool_)
        for finer in LEVELS_COARSE_TO_FINE[level.depth + 1 : finest.depth + 1]:
            divided[self.ancestors(finer, level)] = True
        return divided[:-1]

    def _polygons(self, level: GeoLevel, rest: UnitPlaces) -> PackedPolygons:
        count = len(self._shipped.layer(level))
        base = self._shipped.view(level).packed().subset(0, count)
        made = self._compositions.get(level)
        parts = [base if made is None else made.polygons(base)]
        for coarser in reversed(rest.levels):
            packed = self.view(coarser).packed()
            parts.append(packed.take(rest.index[rest.depth == coarser.depth].astype(np.int64)))
        return PackedPolygons.joined(parts)

    def _grouping(self, key: str) -> Grouping:
        for layer in self.boundary_layers:
            if key == f"{GROUP_PREFIX}{layer.info.id}" and layer.info.role is BoundaryRole.GROUP:
                level, areas = layer.info.level, layer.areas
                units = self.layer(level)
                polygons, feature = to_polygons(areas.polygons)
                index = AreaIndex(polygons, feature)
                group = index.features_at(units.lon, units.lat, near_coasts=False)
                title, codes, names = layer.info.name, areas.codes, areas.names
                return Grouping(key, title, level, codes, names, group.astype(np.int32))
        return super()._grouping(key)

    def _parents_by_place(
        self, made: Composition, level: GeoLevel, rows: LongArray
    ) -> Mapping[GeoLevel, IntArray]:
        """The finest coarser unit that contains the label point of each unit."""
        lon, lat = made.points(rows)
        parents: dict[GeoLevel, IntArray] = {}
        countries = self._coarser(GeoLevel.COUNTRY)
        sources: list[int] = made.source[rows].tolist()
        wanted = countries.indices_of([made.countries[at] for at in sources])
        is_open = np.ones(len(rows), np.bool_)
        for coarser in reversed(LEVELS_COARSE_TO_FINE[: level.depth]):
            found = np.full(len(rows), -1, np.int32)
            here = np.flatnonzero(is_open)
            if len(here):
                found[here] = self._units_around(coarser, lon[here], lat[here], wanted[here])
            if coarser is GeoLevel.COUNTRY:
                found = np.where((found < 0) & is_open, wanted, found).astype(np.int32)
            is_open &= found < 0
            parents[coarser] = found
        return parents

    def _units_around(
        self, level: GeoLevel, lon: FloatArray, lat: FloatArray, wanted: IntArray
    ) -> IntArray:
        """Per point the unit of a level that it lies in, of its country where that is known."""
        index = self._index_of(level)
        countries = np.append(self._ancestors_now(level), np.int32(-1))

        def at(rows: LongArray, *, near_coasts: bool) -> IntArray:
            found = index.features_at(lon[rows], lat[rows], near_coasts=near_coasts)
            # A unit near the border of its country may be drawn across the border of ours.
            found[(wanted[rows] >= 0) & (countries[found] != wanted[rows])] = -1
            return found.astype(np.int32)

        found = at(np.arange(len(lon)), near_coasts=level is GeoLevel.COUNTRY)
        # Our coasts are coarse: what lies on the bank of a wide river belongs to its province.
        off = np.flatnonzero((found < 0) & (wanted >= 0))
        found[off] = at(off, near_coasts=True)
        return found

    def _ancestors_now(self, level: GeoLevel) -> IntArray:
        """Per unit of a level that is made already its country."""
        self._coarser(level)
        return self.ancestors(level, GeoLevel.COUNTRY)

    def _index_of(self, level: GeoLevel) -> AreaIndex:
        """The areas of a level, for few points."""
        count = len(self._coarser(level))
        base = self._shipped.view(level).packed().subset(0, len(self._shipped.layer(level)))
        made = self._compositions.get(level)
        packed = base if made is None else made.polygons(base)
        polygons, feature = to_polygons(packed.subset(0, count))
        return AreaIndex(polygons, feature)
