# SPDX-License-Identifier: MIT
"""Corners that only one of two neighbours has, given to the other one as well.

Where three areas meet along a straight line, the area on the far side has no point of its own
there, and its long edge equals none of the two short ones.
"""

import numpy as np
import numpy.typing as npt

from app.services.map_print.borders import Edges
from app.services.map_print.rings import GridRings

IntArray = npt.NDArray[np.int64]
_NEAR = 1.05
"""Grid steps from an edge within which a corner lies on it: both may have moved by half a step."""


def with_joints(rings: GridRings, edges: Edges) -> GridRings:
    """The rings with a point wherever a corner of another ring lies on an edge without a twin."""
    lone = np.flatnonzero(edges.is_coast & ~_on_margin(edges))
    if not len(lone):
        return rings
    edge, vertex = _met(edges, lone)
    start = edges.points[edges.tail[edge]].astype(np.float64)
    along = edges.points[edges.head[edge]] - start
    share = ((edges.points[vertex] - start) * along).sum(axis=1) / (along**2).sum(axis=1)
    inside = (share > 0) & (share < 1)
    edge, vertex, share = edge[inside], vertex[inside], share[inside]
    order = np.lexsort((share, edge))
    edge, vertex = edge[order], vertex[order]
    ring = np.repeat(np.arange(len(rings.starts) - 1), np.diff(rings.starts))
    first = np.flatnonzero(ring[:-1] == ring[1:])
    steps = np.insert(rings.steps, first[edge] + 1, edges.points[vertex], axis=0)
    added = np.bincount(edges.ring[edge], minlength=len(rings.starts) - 1)
    starts = rings.starts + np.concatenate([[0], np.cumsum(added)])
    return GridRings(starts, steps, rings.feature, rings.step)


def _on_margin(edges: Edges) -> npt.NDArray[np.bool_]:
    """Per edge whether it runs along the line at which everything was cut."""
    low, high = edges.points.min(axis=0), edges.points.max(axis=0)
    tail, head = edges.points[edges.tail], edges.points[edges.head]
    same = tail == head
    return (same & ((tail == low) | (tail == high))).any(axis=1)


def _met(edges: Edges, lone: IntArray) -> tuple[IntArray, IntArray]:
    """Pairs of a lone edge and a corner of another lone edge that lies on it."""
    # Costs 0.2 s, and only maps on paper need it here.
    import shapely  # noqa: PLC0415

    tail, head = edges.tail[lone], edges.head[lone]
    vertices = np.unique(np.concatenate([tail, head]))
    ends = np.stack([edges.points[tail], edges.points[head]], axis=1).astype(np.float64)
    corners = shapely.points(edges.points[vertices].astype(np.float64))
    tree = shapely.STRtree(np.asarray(corners, np.object_))
    line, point = tree.query(shapely.linestrings(ends), "dwithin", _NEAR)
    vertex = vertices[point]
    is_other = (vertex != tail[line]) & (vertex != head[line])
    return lone[line[is_other]], vertex[is_other]
