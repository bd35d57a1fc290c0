# SPDX-License-Identifier: MIT
"""One level of the geography while it is built, and its table on disk."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from evengeo.packing import csr, text_array, write_npz

EARTH_RADIUS_KM = 6371.0072
"""Radius of the sphere with the area of the Earth."""


@dataclass
class AreaLayer:
    """The units of one level.

    Attributes:
        parents: Position of the parent in the layer above, -1 for none.
        points: Label point per unit (lon, lat), inside the area; computed where left out.
        pairs: Neighbours by shared border.
    """

    codes: list[str]
    names: list[str]
    parents: list[int]
    areas: list[MultiPolygon]
    pairs: set[tuple[int, int]]
    points: list[tuple[float, float]] = field(default_factory=list)

    def write(self, path: Path) -> None:
        """Write the table of the level; polygons go into the views."""
        points = self.points or [label_point(area) for area in self.areas]
        lonlat = np.asarray(points, dtype=np.float64).round(6)
        tables = {
            "codes": np.asarray(self.codes).astype("S"),
            "names": text_array(self.names),
            "parent": np.asarray(self.parents, dtype=np.int32),
            "lon": lonlat[:, 0].copy(),
            "lat": lonlat[:, 1].copy(),
            "area_km2": np.asarray([area_km2(a) for a in self.areas]).astype(np.float32),
            "bounds": shapely.bounds(np.asarray(self.areas, dtype=object)).astype(np.float32),
        }
        write_npz(path, tables | csr(self.pairs, len(self.codes)))


def label_point(area: MultiPolygon) -> tuple[float, float]:
    """The point of the largest part that is farthest from its border, as lon, lat.

    Longitudes are shortened by the cosine of the latitude first, so that "farthest" is meant on
    the ground.
    """
    part = max(area.geoms, key=lambda p: p.area)
    shrink = max(np.cos(np.radians(part.centroid.y)), 0.02)
    flat = shapely.transform(part, lambda xy: xy * [shrink, 1.0])
    reach = max(flat.bounds[2] - flat.bounds[0], flat.bounds[3] - flat.bounds[1])
    circle = shapely.maximum_inscribed_circle(flat, tolerance=reach / 100.0)
    x, y = circle.coords[0]
    if not shapely.contains_xy(part, x / shrink, y):
        inside = shapely.point_on_surface(part)
        return inside.x, inside.y
    return x / shrink, y


def area_km2(area: MultiPolygon) -> float:
    """Area on the sphere in square kilometres (spherical trapezoids under each edge)."""
    return sum(
        _ring_km2(polygon.exterior) - sum(map(_ring_km2, polygon.interiors))
        for polygon in area.geoms
    )


def _ring_km2(ring: shapely.LinearRing) -> float:
    lonlat = np.radians(np.asarray(ring.coords))
    width = np.diff(lonlat[:, 0])
    height = np.sin(lonlat[1:, 1]) + np.sin(lonlat[:-1, 1])
    return float(abs(np.sum(width * height)) / 2.0 * EARTH_RADIUS_KM**2)


def without_specks(area: MultiPolygon, min_km2: float) -> MultiPolygon:
    """The area without islands smaller than this; its largest part always stays."""
    parts = list(area.geoms)
    largest = max(parts, key=lambda p: p.area)
    kept: Iterable[Polygon] = (
        p for p in parts if p is largest or area_km2(MultiPolygon([p])) >= min_km2
    )
    return MultiPolygon(list(kept))
