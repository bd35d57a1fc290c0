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

    def features_at(self, lon: FloatArray, lat: FloatArray) -> LongArray:
        """The feature at each point, -1 where there is none within `COAST_KM`."""
        found = np.full(len(lon), -1, np.int64)
        for start in range(0, len(lon), _CHUNK):
            part = slice(start, start + _CHUNK)
            found[part] = self._chunk(lon[part], lat[part])
        return found

    def _chunk(self, lon: FloatArray, lat: FloatArray) -> LongArray:
        import shapely  # noqa: PLC0415 - see the constructor

        found = np.full(len(lon), -1, np.int64)
        usable = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
        x, y = mercator(lon[usable], lat[usable])
        points = np.asarray(shapely.points(x, y), dtype=np.object_)
        who, polygon = self._tree.query(points)
        inside = shapely.intersects_xy(self._polygons[polygon], x[who], y[who])
        # Written backwards so that of two areas that share the point the first one stays.
        who, polygon = who[inside][::-1], polygon[inside][::-1]
        found[usable[who]] = self._feature[polygon]
        self._add_coast(found, usable, points, lat)
        return found

    def _add_coast(
        self, found: LongArray, usable: LongArray, points: ObjectArray, lat: FloatArray
    ) -> None:
        missing = np.flatnonzero(found[usable] < 0)
        if not len(missing):
            return
        stretch = np.maximum(np.cos(np.radians(lat[usable[missing]])), 0.1)
        reach = COAST_KM / _EQUATOR_KM / stretch
        (who, polygon), distance = self._tree.query_nearest(
            points[missing],
            max_distance=float(reach.max()),
            return_distance=True,
            all_matches=False,
        )
        near = distance <= reach[who]
        found[usable[missing[who[near]]]] = self._feature[polygon[near]]
