# SPDX-License-Identifier: MIT
"""How much border areas share, measured on the polygons that are drawn."""

import numpy as np
import numpy.typing as npt

from app.services.distance import EQUATOR_KM
from app.services.geography.packed import PackedPolygons

FloatArray = npt.NDArray[np.float64]
LongArray = npt.NDArray[np.int64]


def shared_border_km(
    polygons: PackedPolygons, features: npt.NDArray[np.integer]
) -> tuple[LongArray, LongArray, FloatArray]:
    """The border that pairs of features share.

    Neighbours are drawn with the very same points along a shared border, so a segment that two
    features have in common is a piece of it.

    Args:
        polygons: The areas.
        features: Which of them; only borders between two of these are found.

    Returns:
        Two features and the length in km per pair; a pair may come more than once.
    """
    start, end, owner = segments(polygons, np.unique(features))
    points = np.ascontiguousarray(polygons.xy, dtype=np.float32)
    bits = points.view(np.uint64).ravel()
    one, two = bits[start], bits[end]
    low, high = np.minimum(one, two), np.maximum(one, two)
    order = np.lexsort((owner, high, low))
    low, high, owner = low[order], high[order], owner[order]
    same = (low[1:] == low[:-1]) & (high[1:] == high[:-1]) & (owner[1:] != owner[:-1])
    at = np.flatnonzero(same)
    km = _lengths_km(points, start[order[at]], end[order[at]])
    return owner[at], owner[at + 1], km


def segments(
    polygons: PackedPolygons, features: npt.NDArray[np.integer]
) -> tuple[LongArray, LongArray, LongArray]:
    """Where each segment of the features' rings starts and ends, and whose it is."""
    first, last = polygons.ring_start[features], polygons.ring_start[features + 1]
    rings = _ranges(first, last)
    ring_owner = np.repeat(features.astype(np.int64), last - first)
    begin, stop = polygons.coord_start[rings], polygons.coord_start[rings + 1]
    # A ring is closed, so it has one segment fewer than points.
    start = _ranges(begin, stop - 1)
    owner = np.repeat(ring_owner, np.maximum(stop - 1 - begin, 0))
    return start, start + 1, owner


def _ranges(first: npt.NDArray[np.integer], last: npt.NDArray[np.integer]) -> LongArray:
    """All whole numbers from each first up to, not including, its last."""
    counts = np.maximum(last - first, 0).astype(np.int64)
    before = np.cumsum(counts) - counts
    return np.arange(int(counts.sum())) + np.repeat(first.astype(np.int64) - before, counts)


def _lengths_km(points: npt.NDArray[np.float32], start: LongArray, end: LongArray) -> FloatArray:
    a, b = points[start].astype(np.float64), points[end].astype(np.float64)
    # Mercator stretches by 1 / cos(latitude), which is cosh of the height on the map.
    stretch = np.cosh(2.0 * np.pi * (0.5 - (a[:, 1] + b[:, 1]) / 2.0))
    return np.hypot(b[:, 0] - a[:, 0], b[:, 1] - a[:, 1]) * EQUATOR_KM / stretch
