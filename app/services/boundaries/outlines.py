# SPDX-License-Identifier: MIT
"""Outlines of areas as whole steps of a grid, so that equal corners are equal numbers."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from app.services.boundaries.prepared import GRID
from app.services.geography.arrays import BoolArray, FloatArray, LongArray, ObjectArray
from app.services.geography.packed import PackedPolygons

_KEY_FACTOR = 4 * GRID
"""Larger than any step, so that a pair of steps is one number."""
MIN_CORNERS = 3


@dataclass(frozen=True)
class Outlines:
    """The rings of areas.

    Attributes:
        corners: x and y in steps of 1 / `GRID` of the Mercator plane, y to the south; the closing
            corner of a ring is left out.
        ring_start: Per ring its first corner, and the number of corners at the end.
        polygon_start: Per polygon its first ring, the outer one; its holes follow.
        area_start: Per area its first polygon; an area may have none.
    """

    corners: LongArray
    ring_start: LongArray
    polygon_start: LongArray
    area_start: LongArray

    def __len__(self) -> int:
        return len(self.area_start) - 1

    @cached_property
    def ring_of_corner(self) -> LongArray:
        """Per corner its ring."""
        return np.repeat(np.arange(len(self.ring_start) - 1), np.diff(self.ring_start))

    @cached_property
    def area_of_ring(self) -> LongArray:
        """Per ring its area."""
        polygon = np.repeat(np.arange(len(self.polygon_start) - 1), np.diff(self.polygon_start))
        area = np.repeat(np.arange(len(self)), np.diff(self.area_start))
        return area[polygon]

    @cached_property
    def is_outer(self) -> BoolArray:
        """Per ring whether it is the first of its polygon."""
        outer = np.zeros(len(self.ring_start) - 1, np.bool_)
        outer[self.polygon_start[:-1]] = True
        return outer

    @cached_property
    def keys(self) -> LongArray:
        """Per corner one number; equal for equal places."""
        return self.corners[:, 0] * _KEY_FACTOR + self.corners[:, 1]

    def next_corner(self) -> LongArray:
        """Per corner the position of the one that follows in its ring."""
        following = np.arange(1, len(self.corners) + 1)
        following[self.ring_start[1:] - 1] = self.ring_start[:-1]
        return following

    def signed_areas(self) -> FloatArray:
        """Per ring its shoelace sum in steps squared, positive where it turns like outer rings."""
        x, y = self.corners.astype(np.float64).T
        following = self.next_corner()
        # From the first corner of each ring, or large coordinates would cancel out badly.
        x, y = x - x[self._origin], y - y[self._origin]
        cross = x * y[following] - x[following] * y
        return np.add.reduceat(cross, self.ring_start[:-1]) / 2.0

    @cached_property
    def _origin(self) -> LongArray:
        return self.ring_start[:-1][self.ring_of_corner]


def nothing() -> Outlines:
    """No area at all."""
    start = np.zeros(1, np.int64)
    return Outlines(np.zeros((0, 2), np.int64), start, start, start)


def outlines_of(areas: ObjectArray) -> Outlines:
    """The outlines of multipolygons whose coordinates are steps, rounded to whole ones.

    Rings that collapse are dropped, a polygon with its outer ring.
    """
    _, xy, offsets = shapely.to_ragged_array(areas)
    ring_start, polygon_start, area_start = (np.asarray(o, np.int64) for o in offsets)
    closed = np.rint(xy).astype(np.int64)
    ring = np.repeat(np.arange(len(ring_start) - 1), np.diff(ring_start))
    keep = np.ones(len(closed), np.bool_)
    keep[1:] = (closed[1:] != closed[:-1]).any(axis=1) | (ring[1:] != ring[:-1])
    keep[ring_start[1:] - 1] = False
    # A corner before the closing one may have become equal to it.
    last = ring_start[1:] - 2
    keep[last] &= (closed[last] != closed[ring_start[:-1]]).any(axis=1)
    counts = np.bincount(ring[keep], minlength=len(ring_start) - 1)
    return without_rings(
        Outlines(closed[keep], _starts(counts), polygon_start, area_start),
        counts < MIN_CORNERS,
    )


def without_rings(outlines: Outlines, is_gone: BoolArray) -> Outlines:
    """The outlines without some rings; the holes of an outer ring that goes go with it."""
    ring_count = np.diff(outlines.polygon_start)
    polygon = np.repeat(np.arange(len(ring_count)), ring_count)
    keep = ~(is_gone | is_gone[outlines.polygon_start[:-1]][polygon])
    kept_rings = np.bincount(polygon[keep], minlength=len(ring_count))
    area = np.repeat(np.arange(len(outlines)), np.diff(outlines.area_start))
    kept_polygons = np.bincount(area[kept_rings > 0], minlength=len(outlines))
    return Outlines(
        outlines.corners[keep[outlines.ring_of_corner]],
        _starts(np.diff(outlines.ring_start)[keep]),
        _starts(kept_rings[kept_rings > 0]),
        _starts(kept_polygons),
    )


def multipolygons_of(outlines: Outlines) -> ObjectArray:
    """Shapely multipolygons of all areas, in steps."""
    if not len(outlines.corners):
        return np.full(len(outlines), shapely.MultiPolygon(), dtype=np.object_)
    closed = _closed(outlines)
    start = outlines.ring_start + np.arange(len(outlines.ring_start))
    kind = shapely.GeometryType.MULTIPOLYGON
    return shapely.from_ragged_array(
        kind,
        closed.astype(np.float64),
        (start, outlines.polygon_start, outlines.area_start),
    )


def packed_of(outlines: Outlines) -> PackedPolygons:
    """The outlines as the map reads them; each area must have a ring.

    Outer rings get a positive shoelace sum and holes a negative one.
    """
    is_turned = (outlines.signed_areas() > 0.0) != outlines.is_outer
    flip = is_turned[outlines.ring_of_corner]
    first = outlines.ring_start[:-1][outlines.ring_of_corner]
    last = outlines.ring_start[1:][outlines.ring_of_corner] - 1
    own = np.arange(len(outlines.corners))
    source = np.where(flip, first + last - own, own)
    turned = Outlines(
        outlines.corners[source],
        outlines.ring_start,
        outlines.polygon_start,
        outlines.area_start,
    )
    xy = (_closed(turned) / GRID).astype(np.float32)
    ring_start = outlines.polygon_start[outlines.area_start]
    return PackedPolygons(ring_start, outlines.ring_start + np.arange(len(outlines.ring_start)), xy)


def _closed(outlines: Outlines) -> LongArray:
    """All corners with the first of each ring once more at its end."""
    first = outlines.corners[outlines.ring_start[:-1]]
    return np.insert(outlines.corners, outlines.ring_start[1:], first, axis=0)


def _starts(counts: LongArray) -> LongArray:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
