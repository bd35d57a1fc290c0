# SPDX-License-Identifier: MIT
"""One level of shipped areas with the areas of boundary layers in their place or beside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.models.boundary_layer import BoundaryRole
from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.services.geography.arrays import BoolArray, FloatArray, IntArray, LongArray
from app.services.geography.layer import GeoLayer, LayerText
from app.services.geography.packed import PackedPolygons
from app.services.geography.plan_layer import PlanLayer

_MIN_SHARE = 0.1
"""A layer with so few of a state's codes does not replace the areas of the state: the file of
one state names some ZIP areas that reach over its border."""

PlaceUnits = Callable[[LongArray], Mapping[GeoLevel, IntArray]]
"""Gives the parents of units, by the level of the parent, from their rows."""


@dataclass(frozen=True, eq=False)
class Composition:
    """Which areas make up a level.

    Attributes:
        codes: Of all units, in order.
        source: Per unit 0 for a shipped one, else the number of its layer from 1.
        index: Per unit its position in its source.
        known: Per unit its position among the shipped units, -1 where its code is new.
    """

    base: GeoLayer
    layers: Sequence[PlanLayer]
    codes: Sequence[str]
    source: IntArray
    index: IntArray
    known: IntArray

    @classmethod
    def of(
        cls, base: GeoLayer, layers: Sequence[PlanLayer], parent_of_base: IntArray
    ) -> "Composition":
        """Lay boundary layers over shipped units, later ones over earlier ones.

        Args:
            base: The shipped units.
            layers: Those of the level that replace or join.
            parent_of_base: Per shipped unit its state; its country at the level of states.
        """
        at = {str(code): (0, index) for index, code in enumerate(base.codes.tolist())}
        for number, layer in enumerate(layers, start=1):
            if layer.info.role is BoundaryRole.REPLACE:
                for code in base.codes[_replaced(base, layer, parent_of_base)].tolist():
                    at.pop(code, None)
            at.update((code, (number, index)) for index, code in enumerate(layer.codes))
        codes = sorted(at)
        places = np.array([at[code] for code in codes], np.int32).reshape(-1, 2)
        return cls(base, layers, codes, places[:, 0], places[:, 1], base.indices_of(codes))

    def layer(self, above: Mapping[GeoLevel, IntArray], place: PlaceUnits) -> GeoLayer:
        """The level as a layer.

        Args:
            above: Per coarser level where its shipped units are now, -1 for those that are gone.
            place: Finds the parents of units by where they lie, of rows of this composition.
        """
        parents = self._parents(above, place)
        own = LEVELS_COARSE_TO_FINE[max(self.base.level.depth - 1, 0)]
        nowhere = np.full(len(self.codes), -1, np.int32)
        start, neighbors = self._neighbors()
        return GeoLayer(
            level=self.base.level,
            codes=np.array(self.codes, dtype=np.str_),
            names=self._names(),
            parent=parents.pop(own, nowhere),
            lon=self._numbers(self.base.lon, [layer.areas.lon for layer in self.layers]),
            lat=self._numbers(self.base.lat, [layer.areas.lat for layer in self.layers]),
            area_km2=self._numbers(
                self.base.area_km2, [layer.areas.area_km2 for layer in self.layers]
            ),
            bounds=self._numbers(self.base.bounds, [layer.areas.bounds for layer in self.layers]),
            neighbors_start=start,
            neighbors=neighbors,
            text=self._text(),
            far_parents=parents,
        )

    def points(self, rows: LongArray) -> tuple[FloatArray, FloatArray]:
        """Label points of units."""
        lon = self._numbers(self.base.lon, [layer.areas.lon for layer in self.layers])
        lat = self._numbers(self.base.lat, [layer.areas.lat for layer in self.layers])
        return lon[rows], lat[rows]

    def polygons(self, base: PackedPolygons) -> PackedPolygons:
        """The polygons of all units.

        Args:
            base: Those of the shipped units, in the order of their layer.
        """
        parts = [base, *(layer.areas.polygons for layer in self.layers)]
        starts = np.cumsum([0, *(part.feature_count for part in parts)])
        return PackedPolygons.joined(parts).take(
            (starts[self.source] + self.index).astype(np.int64)
        )

    @cached_property
    def countries(self) -> Sequence[str]:
        """Per source the country that its units must lie in, empty for any."""
        return ["", *(layer.info.country for layer in self.layers)]

    def _numbers(self, base: np.ndarray, of_layers: Sequence[np.ndarray]) -> np.ndarray:
        result = np.empty((len(self.codes), *base.shape[1:]), base.dtype)
        for number, values in enumerate((base, *of_layers)):
            here = self.source == number
            result[here] = values[self.index[here]]
        return result

    def _names(self) -> Sequence[str]:
        names: list[str] = []
        sources: list[int] = self.source.tolist()
        indices: list[int] = self.index.tolist()
        known_at: list[int] = self.known.tolist()
        for source, index, known in zip(sources, indices, known_at, strict=True):
            if source == 0:
                names.append(self.base.names[index])
                continue
            areas = self.layers[source - 1].areas
            code, name = areas.codes[index], areas.names[index]
            if name != code and self.base.level is not GeoLevel.ZIP:
                names.append(name)
            elif name != code:
                names.append(name if name.startswith(code) else f"{code} {name}")
            else:
                names.append(self.base.names[known] if known >= 0 else code)
        return names

    def _text(self) -> LayerText:
        text = self.base.text
        used = [
            layer for number, layer in enumerate(self.layers, 1) if (self.source == number).any()
        ]
        if not used:
            return text
        plain = text.label.removesuffix(_APPROXIMATE)
        label = plain
        if (self.source == 0).any() and plain != text.label:
            label = f"{plain} (partly approximate)"
        old = [text] if (self.source == 0).any() else []
        vintages = [each.vintage for each in old] + [each.info.vintage for each in used]
        makers = [each.attribution for each in old] + [each.info.attribution for each in used]
        return LayerText(
            label,
            "; ".join(dict.fromkeys(filter(None, vintages))),
            "; ".join(dict.fromkeys(filter(None, makers))),
        )

    def _parents(
        self, above: Mapping[GeoLevel, IntArray], place: PlaceUnits
    ) -> dict[GeoLevel, IntArray]:
        parents: dict[GeoLevel, IntArray] = {}
        found = np.zeros(len(self.codes), np.bool_)
        for level, now in above.items():
            shipped = self.base.parents_at(level)
            if shipped is None:
                continue
            position = np.append(shipped, np.int32(-1))[self.known]
            parents[level] = np.append(now, np.int32(-1))[position]
            found |= parents[level] >= 0
        lost = np.flatnonzero(~found)
        if len(lost) and above:
            for level, position in place(lost).items():
                whole = parents.setdefault(level, np.full(len(self.codes), -1, np.int32))
                whole[lost] = position
        return parents

    def _neighbors(self) -> tuple[IntArray, IntArray]:
        pairs = [self._shipped_pairs()]
        position = {code: row for row, code in enumerate(self.codes)}
        for number, layer in enumerate(self.layers, start=1):
            row = np.array([position[code] for code in layer.codes], np.int64)
            one, other = _pairs(layer.areas.neighbors_start, layer.areas.neighbors)
            here = (self.source[row[one]] == number) & (self.source[row[other]] == number)
            pairs.append(np.column_stack([row[one[here]], row[other[here]]]))
        every = np.unique(np.concatenate(pairs), axis=0)
        counts = np.bincount(every[:, 0], minlength=len(self.codes))
        start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        return start, every[:, 1].astype(np.int32)

    def _shipped_pairs(self) -> LongArray:
        """Neighbours of the shipped layer that still are, unless one layer knows better.

        Where exact areas of one state meet approximate ones of the next, those are neighbours
        that were so before.
        """
        row_of = np.full(len(self.base), -1, np.int64)
        is_known = self.known >= 0
        row_of[self.known[is_known]] = np.flatnonzero(is_known)
        one, other = (
            row_of[part] for part in _pairs(self.base.neighbors_start, self.base.neighbors)
        )
        kept = (one >= 0) & (other >= 0)
        one, other = one[kept], other[kept]
        is_seam = (self.source[one] == 0) | (self.source[one] != self.source[other])
        return np.column_stack([one[is_seam], other[is_seam]])


_APPROXIMATE = " (approximate)"


def _pairs(start: IntArray, neighbors: IntArray) -> tuple[LongArray, LongArray]:
    return np.repeat(np.arange(len(start) - 1), np.diff(start)), neighbors.astype(np.int64)


def _replaced(base: GeoLayer, layer: PlanLayer, parent: IntArray) -> BoolArray:
    """The shipped units that a layer replaces: those with its codes, and all of their states."""
    known = base.indices_of(layer.codes)
    is_known = np.zeros(len(base), np.bool_)
    is_known[known[known >= 0]] = True
    size = int(parent.max(initial=-1)) + 1
    lies = parent >= 0
    counts = np.bincount(parent[lies], minlength=size)
    found = np.bincount(parent[lies & is_known], minlength=size)
    whole = (found > 0) & (found >= _MIN_SHARE * counts)
    return is_known | (np.append(whole, False)[parent] & lies)
