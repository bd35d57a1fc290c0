# SPDX-License-Identifier: MIT
"""Diagonal stripes inside areas, as lines of their own: patterns differ on every device."""

import numpy as np

from app.services.map_print.borders import closed
from app.services.map_print.drawing import Paths

_HALF = 2**0.5


def stripes(rings: Paths, spacing: float) -> Paths:
    """Lines from the lower left to the upper right inside rings, by the even-odd rule.

    Args:
        rings: In points, without repeated first points.
        spacing: Between the middles of two lines, measured across them, in points.
    """
    paths = closed(rings)
    xy = paths.xy
    ring = np.repeat(np.arange(len(paths)), np.diff(paths.starts))
    inner = np.flatnonzero(ring[:-1] == ring[1:])
    # Turned by 45 degrees the lines lie at whole multiples of the spacing.
    across = (xy[:, 0] + xy[:, 1]) / _HALF / spacing
    along = (xy[:, 0] - xy[:, 1]) / _HALF
    first, last = across[inner], across[inner + 1]
    # A line through a corner belongs to one of the two edges there: the upper end is left out.
    low = np.ceil(np.minimum(first, last)).astype(np.int64)
    high = np.ceil(np.maximum(first, last)).astype(np.int64)
    counts = high - low
    edge = np.repeat(np.arange(len(inner)), counts)
    begins = np.concatenate([[0], np.cumsum(counts)])
    level = np.arange(int(begins[-1])) - np.repeat(begins[:-1], counts) + low[edge]
    share = (level - first[edge]) / (last - first)[edge]
    start, end = along[inner][edge], along[inner + 1][edge]
    place = start + (end - start) * share
    order = np.lexsort((place, level))
    level, place = level[order], place[order]
    turned = np.column_stack([level * spacing + place, level * spacing - place]) / _HALF
    return Paths(np.arange(0, len(turned) + 1, 2), turned)
