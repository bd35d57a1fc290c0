# SPDX-License-Identifier: MIT
"""Broken outlines repaired, and what has no area told apart."""

import numpy as np
import shapely

from app.services.boundaries import shapes
from app.services.geography.arrays import BoolArray, ObjectArray

_POLYGON, _MULTIPOLYGON = 3, 6
_COLLECTIONS = 3
"""Collections within collections that are opened."""


def repaired(areas: ObjectArray) -> tuple[ObjectArray, BoolArray]:
    """The areas as valid multipolygons, and per area whether its outline was broken.

    An area without polygons becomes an empty multipolygon.
    """
    plain = as_multipolygons(areas)
    is_broken = ~shapely.is_valid(plain)
    if is_broken.any():
        mended = shapely.make_valid(plain[is_broken], method="structure", keep_collapsed=False)
        plain[is_broken] = as_multipolygons(mended)
    return plain, is_broken


def as_multipolygons(areas: ObjectArray) -> ObjectArray:
    """Only the polygons of each geometry, as one multipolygon."""
    parts, area = shapely.get_parts(areas, return_index=True)
    for _ in range(_COLLECTIONS):
        parts, of_part = shapely.get_parts(parts, return_index=True)
        area = area[of_part]
    keep = (shapes.kinds(parts) == _POLYGON) & ~shapely.is_empty(parts)
    joined = np.full(len(areas), shapely.MultiPolygon(), dtype=np.object_)
    if keep.any():
        shapely.multipolygons(parts[keep], indices=area[keep], out=joined)
    return joined


def valid_on_grid(areas: ObjectArray) -> ObjectArray:
    """Areas in whole steps; those that rounding made invalid are made valid on the grid."""
    is_broken = ~shapely.is_valid(areas)
    if not is_broken.any():
        return areas
    mended = areas.copy()
    fixed = shapely.make_valid(areas[is_broken], method="structure", keep_collapsed=False)
    mended[is_broken] = as_multipolygons(shapes.on_grid(as_multipolygons(fixed)))
    return mended
