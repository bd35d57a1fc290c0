# SPDX-License-Identifier: MIT
"""What we ask of shapely about many shapes at once, with types.

Shapely's stubs name one shape where an array comes back, or say nothing; that is settled here.
"""

from typing import Any

import numpy as np
import shapely

from app.services.geography.arrays import FloatArray, LongArray, ObjectArray

_shapely: Any = shapely


def areas(shapes: ObjectArray) -> FloatArray:
    """Area per shape in the square of its unit."""
    return np.asarray(_shapely.area(shapes), dtype=np.float64)


def lengths(shapes: ObjectArray) -> FloatArray:
    """Length per shape."""
    return np.asarray(_shapely.length(shapes), dtype=np.float64)


def bounds(shapes: ObjectArray) -> FloatArray:
    """Least x, least y, greatest x, greatest y, one row per shape; nan where it is empty."""
    return np.asarray(_shapely.bounds(shapes), dtype=np.float64).reshape(-1, 4)


def corner_counts(shapes: ObjectArray) -> LongArray:
    """Number of corners per shape."""
    return np.asarray(_shapely.get_num_coordinates(shapes), dtype=np.int64)


def kinds(shapes: ObjectArray) -> LongArray:
    """Shapely's number of the kind of each shape; -1 where there is none."""
    return np.asarray(_shapely.get_type_id(shapes), dtype=np.int64)


def lines(xy: FloatArray, line: LongArray) -> ObjectArray:
    """Lines of points; `line` says for each point which, in rising order."""
    return _array(_shapely.linestrings(xy, indices=line))


def polygon_of_rings(rings: list[FloatArray]) -> shapely.Geometry:
    """A polygon of its outer ring and its holes."""
    return shapely.Polygon(rings[0], rings[1:])


def moved(shape: shapely.Geometry, by_x: float) -> shapely.Geometry:
    """The shape farther to the right."""

    def move(xy: FloatArray) -> FloatArray:
        return xy + np.array([by_x, 0.0])

    return _shapely.transform(shape, move)


def on_grid(shapes: ObjectArray) -> ObjectArray:
    """The shapes with whole coordinates, valid."""
    return _array(_shapely.set_precision(shapes, 1.0))


def unmatched_edges(shapes: ObjectArray, gap: float) -> ObjectArray:
    """Per area the edges that overlap another area, or run along one without being the same."""
    return _array(_shapely.coverage_invalid_edges(shapes, gap_width=gap))


def matched(shapes: ObjectArray, gap: float, snap: float) -> ObjectArray:
    """The areas with equal borders, without overlaps and without gaps narrower than `gap`.

    Args:
        snap: Corners that are nearer to each other become one; 0 leaves them where they are.
    """
    return _array(_shapely.coverage_clean(shapes, gap_width=gap, snapping_distance=snap))


def simple(shapes: ObjectArray, tolerance: float | FloatArray) -> ObjectArray:
    """Lines without the corners that are nearer than the tolerance to what is left."""
    return _array(_shapely.simplify(shapes, tolerance, preserve_topology=False))


def union(shapes: ObjectArray) -> shapely.Geometry:
    """All shapes as one."""
    return _shapely.union_all(shapes)


def _array(shapes: Any) -> ObjectArray:  # noqa: ANN401 shapely names one shape or an array
    return np.asarray(shapes, dtype=np.object_).reshape(-1)
