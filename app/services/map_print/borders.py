# SPDX-License-Identifier: MIT
"""Borders of areas from the edges that neighbours share: outlines, and areas without inner lines.

Every ring runs along its edges in one direction, and its neighbour's ring runs back along the same
edges. So an edge with its opposite is a border between two areas, and one without is a coast.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.map_print.drawing import Paths
from app.services.map_print.rings import GridRings, in_points

IntArray = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
_MOST_ALIKE = 1 << 10
"""More edges between the same two points than this do not occur."""


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges of rings, in the order of the rings.

    Attributes:
        points: Steps of each vertex, n x 2.
        tail, head: Per edge the vertex where it begins and ends.
        ring, feature: Per edge whose it is.
        twin: Per edge the neighbour's edge that runs back, or -1.
    """

    points: IntArray
    tail: IntArray
    head: IntArray
    ring: IntArray
    feature: IntArray
    twin: IntArray
    step: float

    def differs(self, values: npt.NDArray[np.integer]) -> Mask:
        """Per edge whether the two areas at it have different values; False along a coast."""
        has_twin = self.twin >= 0
        across = values[self.feature[self.twin]]
        return has_twin & (values[self.feature] != across)

    @property
    def is_first(self) -> Mask:
        """One edge of each pair; none of the coast."""
        return self.twin > np.arange(len(self.twin))

    @property
    def is_coast(self) -> Mask:
        """The edges without a neighbour."""
        return self.twin < 0


def edges_of(rings: GridRings) -> Edges:
    """The edges of all rings with their twins."""
    packed = (rings.steps[:, 0] << 32) + rings.steps[:, 1]
    known, at, vertex = np.unique(packed, return_index=True, return_inverse=True)
    count = len(rings.starts) - 1
    ring = np.repeat(np.arange(count), np.diff(rings.starts))
    inner = np.flatnonzero(ring[:-1] == ring[1:]) if len(ring) else np.zeros(0, np.int64)
    tail, head = vertex[inner], vertex[inner + 1]
    twin = _twins(tail, head, len(known))
    return Edges(
        rings.steps[at], tail, head, ring[inner], rings.feature[ring[inner]], twin, rings.step
    )


def _twins(tail: IntArray, head: IntArray, count: int) -> IntArray:
    """Per edge one that runs between the same points in the other direction, or -1."""
    key = np.minimum(tail, head) * np.int64(max(count, 1)) + np.maximum(tail, head)
    forward, backward = np.flatnonzero(tail < head), np.flatnonzero(tail > head)
    left, right = _numbered(key[forward]), _numbered(key[backward])
    _, in_left, in_right = np.intersect1d(left, right, assume_unique=True, return_indices=True)
    twin = np.full(len(tail), -1, np.int64)
    twin[forward[in_left]] = backward[in_right]
    twin[backward[in_right]] = forward[in_left]
    return twin


def _numbered(key: IntArray) -> IntArray:
    """The keys made unique: equal ones are counted."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    is_new = np.ones(len(key), np.bool_)
    is_new[1:] = ordered[1:] != ordered[:-1]
    begin = np.maximum.accumulate(np.where(is_new, np.arange(len(key)), 0))
    result = np.empty_like(key)
    result[order] = ordered * _MOST_ALIKE + np.arange(len(key)) - begin
    return result


def traced(edges: Edges, chosen: Mask) -> Paths:
    """The chosen edges as lines, joined where they follow each other in a ring."""
    picked = np.flatnonzero(chosen)
    if not len(picked):
        return Paths(np.zeros(1, np.int64), np.zeros((0, 2)))
    begins = np.ones(len(picked), np.bool_)
    follows = (np.diff(picked) == 1) & (edges.ring[picked[1:]] == edges.ring[picked[:-1]])
    begins[1:] = ~follows
    run = np.cumsum(begins) - 1
    counts = np.bincount(run) + 1
    starts = np.concatenate([[0], np.cumsum(counts)])
    vertices = np.empty(starts[-1], np.int64)
    is_start = np.zeros(starts[-1], np.bool_)
    is_start[starts[:-1]] = True
    vertices[is_start] = edges.tail[picked[begins]]
    vertices[~is_start] = edges.head[picked]
    return Paths(starts, in_points(edges.points[vertices], edges.step))


def dissolved(edges: Edges, class_of_feature: npt.NDArray[np.integer]) -> dict[int, Paths]:
    """Per class the rings of its features, without the borders inside the class.

    Args:
        edges: Of all features.
        class_of_feature: Per feature its class; features of classes below 0 are left out.
    """
    own = class_of_feature[edges.feature]
    outer = np.flatnonzero((own >= 0) & (edges.is_coast | edges.differs(class_of_feature)))
    by_class = own[outer]
    # At each vertex as many edges of a class end as begin, so the sorted ends and beginnings
    # belong together; any pairing gives the same area.
    ends = np.lexsort((edges.head[outer], by_class))
    begins = np.lexsort((edges.tail[outer], by_class))
    following = np.empty(len(outer), np.int64)
    following[ends] = begins
    order, starts = _cycles(following)
    xy = in_points(edges.points[edges.tail[outer[order]]], edges.step)
    ring_class = by_class[order[starts[:-1]]]
    result: dict[int, Paths] = {}
    for each in np.unique(ring_class).tolist():
        rings = np.flatnonzero(ring_class == each)
        lengths = starts[rings + 1] - starts[rings]
        first = np.concatenate([[0], np.cumsum(lengths)])
        points = np.arange(int(first[-1])) + np.repeat(starts[rings] - first[:-1], lengths)
        result[each] = Paths(first, xy[points])
    return result


def closed(paths: Paths) -> Paths:
    """Rings whose first point is repeated at their end, to be drawn as lines."""
    lengths = np.diff(paths.starts)
    if not len(lengths):
        return paths
    starts = paths.starts + np.arange(len(paths.starts))
    xy = np.insert(paths.xy, paths.starts[1:], paths.xy[paths.starts[:-1]], axis=0)
    return Paths(starts, xy)


def _cycles(following: IntArray) -> tuple[IntArray, IntArray]:
    """The cycles of a permutation: its members one after the other, and where each begins."""
    after: list[int] = following.tolist()
    order: list[int] = []
    starts = [0]
    is_done = bytearray(len(after))
    for first in range(len(after)):
        if is_done[first]:
            continue
        at = first
        while not is_done[at]:
            is_done[at] = 1
            order.append(at)
            at = after[at]
        starts.append(len(order))
    return np.array(order, np.int64), np.array(starts, np.int64)
