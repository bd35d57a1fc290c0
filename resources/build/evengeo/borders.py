# SPDX-License-Identifier: MIT
"""Neighbours among the ZIP cells, inside a county and across county lines."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

_GRID = 1e-8
"""Coordinates that agree to about 1 mm are the same."""
_REACH = 2e-8
_FRACTIONS = (0.02, 0.25, 0.5, 0.75, 0.98)


def shared_border_pairs(cells: Sequence[MultiPolygon]) -> set[tuple[int, int]]:
    """Pairs (a < b) of cells with a common border line; a common corner is not enough.

    Most borders are the same segments on both sides. Along a county line the two sides are cut at
    different places: there, points along each segment are looked up among the other cells.
    """
    a, b, owner = _segments(cells)
    key, is_lone = _matched(a, b)
    pairs = _pairs_of_equal(key, owner)
    pairs |= _pairs_along(a[is_lone], b[is_lone], owner[is_lone], cells)
    return pairs


def _segments(cells: Sequence[MultiPolygon]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Start, end and cell of every segment of every ring."""
    polygons, cell = shapely.get_parts(np.asarray(cells, dtype=object), return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    inside = ring[1:] == ring[:-1]
    return xy[:-1][inside], xy[1:][inside], cell[polygon[ring[1:][inside]]]


def _matched(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A number per undirected segment, and whether no second segment has it."""
    start = np.rint(a / _GRID).astype(np.int64)
    end = np.rint(b / _GRID).astype(np.int64)
    is_turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    both = np.hstack([start, end])
    both[is_turned] = both[is_turned][:, [2, 3, 0, 1]]
    _, key, count = np.unique(both, axis=0, return_inverse=True, return_counts=True)
    key = key.ravel()
    return key, count[key] == 1


def _pairs_of_equal(key: np.ndarray, owner: np.ndarray) -> set[tuple[int, int]]:
    order = np.lexsort((owner, key))
    key, owner = key[order], owner[order]
    same = (key[1:] == key[:-1]) & (owner[1:] != owner[:-1])
    return set(zip(owner[:-1][same].tolist(), owner[1:][same].tolist(), strict=True))


def _pairs_along(
    a: np.ndarray, b: np.ndarray, owner: np.ndarray, cells: Sequence[MultiPolygon]
) -> set[tuple[int, int]]:
    parts, cell = shapely.get_parts(np.asarray(cells, dtype=object), return_index=True)
    tree = shapely.STRtree(parts)
    pairs: set[tuple[int, int]] = set()
    for fraction in _FRACTIONS:
        points = shapely.points(a + fraction * (b - a))
        who, hit = tree.query(points, predicate="dwithin", distance=_REACH)
        left, right = owner[who], cell[hit]
        other = left != right
        low = np.minimum(left, right)[other].tolist()
        pairs |= set(zip(low, np.maximum(left, right)[other].tolist(), strict=True))
    return pairs
