# SPDX-License-Identifier: MIT
"""Which areas contain a point, for many points at once."""

from dataclasses import dataclass

import numpy as np

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.services.geography.arrays import FloatArray, IntArray, LongArray, ObjectArray
from app.services.geography.packed import mercator

COAST_KM = 5.0
"""A point just off the coast (a pier, a bridge, a rounded shore) belongs to the nearest area."""
_EQUATOR_KM = 40_075.0
_CHUNK = 200_000


@dataclass(frozen=True)
class LocatedUnits:
    """Where points lie: per level the position in the level's layer, -1 for none.

    Attributes:
        index: One array per level, all of the length of the points given.
    """

    index: dict[GeoLevel, IntArray]

    @classmethod
    def nowhere(cls, count: int) -> "LocatedUnits":
        """Nothing found yet, for this many points."""
        return cls({level: np.full(count, -1, np.int32) for level in LEVELS_COARSE_TO_FINE})

    def at(self, rows: LongArray) -> "LocatedUnits":
        """Only these points."""
        return LocatedUnits({level: index[rows] for level, index in self.index.items()})


class AreaIndex:
    """Finds the polygon that contains a point.

    Args:
        polygons: Shapely polygons in normalised Web Mercator, none overlapping another.
        feature: Per polygon the number that a hit is reported with.
    """

    def __init__(self, polygons: ObjectArray, feature: LongArray) -> None:
        # Costs 0.2 s, and only point-in-area questions need it.
        import shapely  # noqa: PLC0415

        self._polygons = polygons
        self._feature = feature
        self._tree = shapely.STRtree(polygons)
        shapely.prepare(polygons)

    def features_at(
        self, lon: FloatArray, lat: FloatArray, *, near_coasts: bool = True
    ) -> LongArray:
        """The feature at each point, -1 where there is none.

        Args:
            lon, lat: WGS 84 degrees.
            near_coasts: A point within `COAST_KM` of an area, and in none, belongs to it.
        """
        found = np.full(len(lon), -1, np.int64)
        for start in range(0, len(lon), _CHUNK):
            part = slice(start, start + _CHUNK)
            found[part] = self._chunk(lon[part], lat[part], near_coasts=near_coasts)
        return found

    def _chunk(self, lon: FloatArray, lat: FloatArray, *, near_coasts: bool) -> LongArray:
        import shapely  # noqa: PLC0415 - see the constructor

        found = np.full(len(lon), -1, np.int64)
        usable = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
        x, y = mercator(lon[usable], lat[usable])
        who, polygon = self._tree.query(shapely.points(x, y))
        # Sorted by area, so that each prepared polygon is visited once: four times as fast. Of two
        # areas that share a point the later write, of the area with the lower number, stays.
        order = np.argsort(-polygon, kind="stable")
        who, polygon = who[order], polygon[order]
        inside = shapely.intersects_xy(self._polygons[polygon], x[who], y[who])
        found[usable[who[inside]]] = self._feature[polygon[inside]]
        if near_coasts:
            self._add_coast(found, usable, x, y)
        return found

    def _add_coast(self, found: LongArray, usable: LongArray, x: FloatArray, y: FloatArray) -> None:
        import shapely  # noqa: PLC0415 - see the constructor

        missing = np.flatnonzero(found[usable] < 0)
        if not len(missing):
            return
        # Mercator draws a kilometre the longer, the farther it is from the equator.
        reach = COAST_KM / _EQUATOR_KM * np.cosh((0.5 - y[missing]) * 2.0 * np.pi)
        west, east = x[missing] - reach, x[missing] + reach
        north, south = y[missing] - reach, y[missing] + reach
        who, polygon = self._tree.query(shapely.box(west, north, east, south))
        order = np.argsort(polygon, kind="stable")
        who, polygon = who[order], polygon[order]
        points = np.asarray(shapely.points(x[missing], y[missing]), dtype=np.object_)[who]
        # The exact distance is slow on long outlines, this prepared test is not.
        near = np.empty(len(who), np.bool_)
        distance = np.empty(len(who), np.float64)
        # The stubs of shapely do not know that both take one value per pair.
        shapely.dwithin(self._polygons[polygon], points, reach[who], out=near)  # pyright: ignore[reportCallIssue, reportArgumentType]
        shapely.distance(self._polygons[polygon], points, out=distance, where=near)  # pyright: ignore[reportUnknownMemberType]
        who, polygon, distance = who[near], polygon[near], distance[near]
        order = np.argsort(-distance, kind="stable")
        found[usable[missing[who[order]]]] = self._feature[polygon[order]]
