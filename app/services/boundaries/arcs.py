# SPDX-License-Identifier: MIT
"""Borders between areas as arcs: a border that two areas share is one arc, used by both.

An arc runs between junctions, the corners where outlines part. A ring without a junction is one
arc that begins and ends at its smallest corner, so that the hole in one area and the outline of
the area that fills it are the same arc.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from app.services.boundaries import shapes
from app.services.boundaries.outlines import Outlines
from app.services.geography.arrays import BoolArray, FloatArray, IntArray, LongArray, ObjectArray

_NONE = 1 << 60
MIN_BORDER_STEPS = 6.0
"""A shared border that is shorter is a corner, pulled apart by rounding."""


@dataclass(frozen=True)
class Arcs:
    """The arcs of outlines, and how rings are made of them.

    Attributes:
        outlines: What was cut into arcs.
        corners: Of all arcs, both ends included.
        start: Per arc its first corner, and the number of corners at the end.
        use_start: Per ring its first use of an arc, and the number of uses at the end.
        arc_of_use: Per use the arc.
        is_reversed: Per use whether the ring runs along the arc backwards.
    """

    outlines: Outlines
    corners: LongArray
    start: LongArray
    use_start: LongArray
    arc_of_use: LongArray
    is_reversed: BoolArray

    def __len__(self) -> int:
        return len(self.start) - 1

    @property
    def area_of_use(self) -> LongArray:
        """Per use the area whose ring it is part of."""
        return np.repeat(self.outlines.area_of_ring, np.diff(self.use_start))

    def lines(self) -> ObjectArray:
        """The arcs as shapely lines."""
        arc = np.repeat(np.arange(len(self)), np.diff(self.start))
        return shapes.lines(self.corners.astype(np.float64), arc)

    def corner_count(self, arc_corners: LongArray) -> int:
        """How many corners the rings have if the arcs have so many, ends included."""
        return int((arc_corners[self.arc_of_use] - 1).sum())

    def outlines_with(self, lines: ObjectArray) -> Outlines:
        """The outlines with other lines in place of the arcs; their ends must be the same."""
        corners, arc = shapely.get_coordinates(lines, return_index=True)
        size = np.bincount(arc, minlength=len(self))
        start = np.concatenate([[0], np.cumsum(size)])
        # Each use gives all corners but the last one, which the next use begins with.
        count = size[self.arc_of_use] - 1
        use = np.repeat(np.arange(len(count)), count)
        place = np.arange(len(use)) - np.repeat(np.cumsum(count) - count, count)
        arc_of = self.arc_of_use[use]
        backwards = size[arc_of] - 1 - place
        source = start[arc_of] + np.where(self.is_reversed[use], backwards, place)
        ends = np.concatenate([[0], np.cumsum(count)])
        return Outlines(
            corners[source].astype(np.int64),
            ends[self.use_start],
            self.outlines.polygon_start,
            self.outlines.area_start,
        )


def arcs_of(outlines: Outlines) -> Arcs:
    """Cut outlines into arcs at their junctions."""
    _, corner = np.unique(outlines.keys, return_inverse=True)
    is_junction = _junctions(outlines, corner)
    source = _rotated(outlines, corner, is_junction)
    vertex = corner[source]
    begins = is_junction[vertex]
    begins[outlines.ring_start[:-1]] = True
    use = np.flatnonzero(begins)
    use_start = np.searchsorted(use, outlines.ring_start)
    end = _ends(outlines, use, use_start)
    length = np.diff(np.append(use, len(vertex)))
    first, last = vertex[use], vertex[end]
    second = np.where(length > 1, vertex[np.minimum(use + 1, len(vertex) - 1)], last)
    before_last = np.where(length > 1, vertex[use + length - 1], first)
    is_reversed = np.where(first == last, second > before_last, first > last)
    identity = np.column_stack(
        [
            np.minimum(first, last),
            np.maximum(first, last),
            np.where(is_reversed, before_last, second),
        ]
    )
    _, sample, arc_of_use = np.unique(identity, axis=0, return_index=True, return_inverse=True)
    corners, start = _arc_corners(
        outlines.corners[source], use[sample], length[sample], end[sample]
    )
    # The sample itself may run backwards; uses are told from it.
    is_reversed = is_reversed != is_reversed[sample][arc_of_use]
    return Arcs(outlines, corners, start, use_start, arc_of_use.astype(np.int64), is_reversed)


def neighbors_of(arcs: Arcs) -> tuple[IntArray, IntArray]:
    """Start and list of the neighbours per area: those with a common border."""
    length = shapes.lengths(arcs.lines())
    order = np.argsort(arcs.arc_of_use, kind="stable")
    arc, area = arcs.arc_of_use[order], arcs.area_of_use[order]
    is_pair = (arc[1:] == arc[:-1]) & (area[1:] != area[:-1])
    a, b, shared = area[:-1][is_pair], area[1:][is_pair], length[arc[1:][is_pair]]
    return neighbor_lists(len(arcs.outlines), a, b, shared)


def neighbor_lists(
    count: int, a: LongArray, b: LongArray, border: FloatArray
) -> tuple[IntArray, IntArray]:
    """Start and list of neighbours from pairs of areas and what each pair shares, in steps."""
    pair, inverse = np.unique(np.concatenate([a * count + b, b * count + a]), return_inverse=True)
    total = np.bincount(inverse, weights=np.concatenate([border, border]), minlength=len(pair))
    pair = pair[total > MIN_BORDER_STEPS]
    degree = np.bincount(pair // count, minlength=count)
    start = np.concatenate([[0], np.cumsum(degree)])
    return start.astype(np.int32), (pair % count).astype(np.int32)


def lone_lines(arcs: Arcs) -> ObjectArray:
    """The arcs that one ring alone uses: outer borders, and those of gaps."""
    uses = np.bincount(arcs.arc_of_use, minlength=len(arcs))
    return arcs.lines()[uses == 1]


def _junctions(outlines: Outlines, corner: LongArray) -> BoolArray:
    """Per number of a corner whether outlines part there."""
    following = outlines.next_corner()
    after = corner[following]
    before = np.empty_like(corner)
    before[following] = corner
    low, high = np.minimum(before, after), np.maximum(before, after)
    order = np.argsort(corner, kind="stable")
    same = corner[order][1:] == corner[order][:-1]
    parts = (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0)
    is_junction = np.zeros(int(corner.max(initial=-1)) + 1, np.bool_)
    is_junction[corner[order][1:][same & parts]] = True
    return is_junction


def _rotated(outlines: Outlines, corner: LongArray, is_junction: BoolArray) -> LongArray:
    """Positions of corners with each ring turned so that it begins at a junction.

    A ring without one begins at its smallest corner.
    """
    own = np.arange(len(corner))
    ring, start = outlines.ring_of_corner, outlines.ring_start[:-1]
    junction = np.minimum.reduceat(np.where(is_junction[corner], own, _NONE), start)
    smallest = np.minimum.reduceat(corner, start)
    lowest = np.minimum.reduceat(np.where(corner == smallest[ring], own, _NONE), start)
    shift = np.where(junction == _NONE, lowest, junction) - start
    size = np.diff(outlines.ring_start)[ring]
    return start[ring] + (own - start[ring] + shift[ring]) % size


def _ends(outlines: Outlines, use: LongArray, use_start: LongArray) -> LongArray:
    """Per use the position where it ends: where the next begins, or its ring did."""
    end = np.append(use[1:], 0)
    end[use_start[1:] - 1] = outlines.ring_start[:-1]
    return end


def _arc_corners(
    corners: LongArray, use: LongArray, length: LongArray, end: LongArray
) -> tuple[LongArray, LongArray]:
    start = np.concatenate([[0], np.cumsum(length + 1)])
    arc = np.repeat(np.arange(len(use)), length + 1)
    place = np.arange(int(start[-1])) - start[:-1][arc]
    source = np.where(place == length[arc], end[arc], use[arc] + place)
    return corners[source], start
