# SPDX-License-Identifier: MIT
"""Area, extent and label point of outlines."""

import numpy as np
import shapely

from app.services.boundaries import shapes
from app.services.boundaries.outlines import Outlines, multipolygons_of
from app.services.boundaries.prepared import GRID
from app.services.boundaries.projecting import to_lonlat
from app.services.geography.arrays import BoolArray, FloatArray, ObjectArray
from app.services.geography.earth_area import EARTH_RADIUS_KM, on_cylinder


def area_km2(outlines: Outlines) -> FloatArray:
    """Square kilometres on the sphere per area.

    Source: Lambert's cylinder (1772): longitude and the sine of latitude keep areas, so that the
    shoelace sum of outlines in them is their area; holes count against it.
    """
    size = np.where(outlines.is_outer, 1.0, -1.0) * np.abs(_on_cylinder(outlines))
    total = np.bincount(outlines.area_of_ring, weights=size, minlength=len(outlines))
    return np.maximum(total, 0.0)


def _on_cylinder(outlines: Outlines) -> FloatArray:
    lonlat = to_lonlat(outlines.corners)
    x, y = on_cylinder(lonlat[:, 0], lonlat[:, 1])
    first = outlines.ring_start[:-1][outlines.ring_of_corner]
    x, y = x - x[first], y - y[first]
    following = outlines.next_corner()
    cross = x * y[following] - x[following] * y
    return np.add.reduceat(cross, outlines.ring_start[:-1]) / 2.0


def gaps_km2(gaps: ObjectArray) -> float:
    """Square kilometres of polygons in steps."""
    if not len(gaps):
        return 0.0
    centre = to_lonlat(shapely.get_coordinates(shapely.centroid(gaps)))
    # Mercator draws lengths larger by 1 / cos(latitude).
    step_km = 2.0 * np.pi * EARTH_RADIUS_KM * np.cos(np.radians(centre[:, 1])) / GRID
    return float((shapes.areas(gaps) * step_km**2).sum())


def bounds_of(outlines: Outlines) -> FloatArray:
    """West, south, east, north in degrees per area, each of which must have a ring."""
    lonlat = to_lonlat(outlines.corners)
    first = outlines.ring_start[outlines.polygon_start[outlines.area_start[:-1]]]
    low = np.minimum.reduceat(lonlat, first, axis=0)
    high = np.maximum.reduceat(lonlat, first, axis=0)
    return np.hstack([low, high])


def label_points(outlines: Outlines) -> FloatArray:
    """A point inside each area in degrees: the middle of its largest part where that is inside."""
    areas = multipolygons_of(outlines)
    largest = _largest_parts(areas)
    middle = shapely.centroid(largest)
    is_outside = ~shapely.covers(largest, middle)
    middle[is_outside] = shapely.point_on_surface(largest[is_outside])
    return to_lonlat(shapely.get_coordinates(middle))


def _largest_parts(areas: ObjectArray) -> ObjectArray:
    parts, area = shapely.get_parts(areas, return_index=True)
    order = np.lexsort((-shapes.areas(parts), area))
    is_first: BoolArray = np.append(True, np.diff(area[order]) != 0)
    return parts[order[is_first]]
