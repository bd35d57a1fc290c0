# SPDX-License-Identifier: MIT
"""The shared borders of all levels in one numbering, from which the graph of a plan is made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel, geounit_id, split_geounit_id
from app.models.ids import GeoUnitId
from app.services.geography.geography import Geography
from app.services.geography.layer import GeoLayer

IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Borders:
    """All units of all levels under one number each: countries first, ZIP areas last.

    Attributes:
        layers: By level.
        first: Per level the number of its first unit.
        count: How many units there are.
        ends: Two arrays of unit numbers: each shared border of each level, once.
        above: Per pair of a level and a coarser one, per unit of the finer level the number of
            the unit that contains it, -1 where there is none.
    """

    layers: Mapping[GeoLevel, GeoLayer]
    first: Mapping[GeoLevel, int]
    count: int
    ends: tuple[IntArray, IntArray]
    above: Mapping[tuple[GeoLevel, GeoLevel], IntArray]

    @classmethod
    def of(cls, geography: Geography) -> "Borders":
        """The borders of a geography; some milliseconds, so they are worth keeping."""
        layers = {level: geography.layer(level) for level in LEVELS_COARSE_TO_FINE}
        first: dict[GeoLevel, int] = {}
        count = 0
        for level in LEVELS_COARSE_TO_FINE:
            first[level] = count
            count += len(layers[level].codes)
        above: dict[tuple[GeoLevel, GeoLevel], IntArray] = {}
        for level in LEVELS_COARSE_TO_FINE:
            for coarser in LEVELS_COARSE_TO_FINE[: level.depth]:
                position = geography.ancestors(level, coarser)
                number = np.where(position >= 0, position + first[coarser], -1)
                above[level, coarser] = number.astype(np.int32)
        pairs = [_pairs(layers[level], first[level]) for level in LEVELS_COARSE_TO_FINE]
        ends = (np.concatenate([a for a, _ in pairs]), np.concatenate([b for _, b in pairs]))
        return cls(layers, first, count, ends, above)

    def is_of(self, geography: Geography) -> bool:
        """Whether these are still the borders of a geography."""
        return all(geography.layer(level) is layer for level, layer in self.layers.items())

    def slice_of(self, level: GeoLevel) -> slice:
        """Where the units of a level stand among all."""
        return slice(self.first[level], self.first[level] + len(self.layers[level].codes))

    def in_one(self, values: Mapping[GeoLevel, IntArray]) -> IntArray:
        """Values per unit of each level, as values per unit number."""
        return np.concatenate([values[level] for level in LEVELS_COARSE_TO_FINE])

    def largest_at(self, values: IntArray, unit_index: Mapping[GeoLevel, IntArray]) -> IntArray:
        """Per account the largest value of the units that contain it, -1 where none is above.

        Args:
            values: Per unit number; -1 for none.
            unit_index: Per level the position of the unit that contains each account, -1 unknown.
        """
        found = np.full(len(unit_index[GeoLevel.COUNTRY]), -1, dtype=np.int32)
        for level in LEVELS_COARSE_TO_FINE:
            # The entry at the end answers for -1.
            own = np.append(values[self.slice_of(level)], np.int32(-1))
            np.maximum(found, own[unit_index[level]], out=found)
        return found

    def label_points(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Longitude and latitude of a point inside each unit, by number."""
        layers = [self.layers[level] for level in LEVELS_COARSE_TO_FINE]
        lon = np.concatenate([layer.lon for layer in layers])
        lat = np.concatenate([layer.lat for layer in layers])
        return lon, lat

    def numbers_at(self, level: GeoLevel) -> IntArray:
        """The numbers of all units of a level, in layer order."""
        own = self.slice_of(level)
        return np.arange(own.start, own.stop, dtype=np.int32)

    def numbers_of(self, geounits: Iterable[GeoUnitId]) -> IntArray:
        """The numbers of units, in their order; -1 for those that the geography has not."""
        listed = list(geounits)
        numbers = np.full(len(listed), -1, dtype=np.int32)
        by_level: dict[str, tuple[list[int], list[str]]] = {}
        for at, geounit in enumerate(listed):
            level_name, _, code = geounit.partition(":")
            places, codes = by_level.setdefault(level_name, ([], []))
            places.append(at)
            codes.append(code)
        for level_name, (places, codes) in by_level.items():
            level = GeoLevel(level_name)
            index = self.layers[level].indices_of(codes)
            numbers[places] = np.where(index >= 0, index + self.first[level], -1)
        return numbers

    def number_of(self, geounit: GeoUnitId) -> int:
        """The number of one unit, or -1."""
        level, code = split_geounit_id(geounit)
        index = self.layers[level].index_of(code)
        return index + self.first[level] if index >= 0 else -1

    def label_point(self, geounit: GeoUnitId) -> tuple[float, float] | None:
        """Longitude and latitude of a point in a unit; None where the geography has it not."""
        level, code = split_geounit_id(geounit)
        layer = self.layers[level]
        index = layer.index_of(code)
        return (float(layer.lon[index]), float(layer.lat[index])) if index >= 0 else None

    def level_of(self, number: int) -> GeoLevel:
        """The level of the unit with this number."""
        return next(
            level for level in reversed(LEVELS_COARSE_TO_FINE) if number >= self.first[level]
        )

    def geounit(self, number: int) -> GeoUnitId:
        """The id of the unit with this number."""
        level = self.level_of(number)
        return geounit_id(level, str(self.layers[level].codes[number - self.first[level]]))

    def geounits(self, numbers: Iterable[int]) -> tuple[GeoUnitId, ...]:
        """The ids of units."""
        return tuple(self.geounit(int(number)) for number in numbers)


def _pairs(layer: GeoLayer, first: int) -> tuple[IntArray, IntArray]:
    """Each border of a layer once, as the numbers of the units at its two sides."""
    source = np.repeat(
        np.arange(len(layer.codes), dtype=np.int32), np.diff(layer.neighbors_start)
    ).astype(np.int32)
    once = source < layer.neighbors
    return source[once] + np.int32(first), layer.neighbors[once] + np.int32(first)
