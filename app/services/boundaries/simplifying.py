# SPDX-License-Identifier: MIT
"""Outlines with fewer corners, in which shared borders stay exactly shared.

Each arc is simplified once (Douglas and Peucker 1973) for all areas along it. An area whose outline
would collapse or cross itself gets its arcs back finer; so do its neighbours, as they share them.
"""

import numpy as np
import shapely

from app.services.boundaries import shapes
from app.services.boundaries.arcs import Arcs
from app.services.boundaries.outlines import MIN_CORNERS, Outlines, multipolygons_of
from app.services.geography.arrays import BoolArray, ObjectArray

MAX_CORNERS = 3_000_000
"""Of a layer: 24 MB in the memory of the map, and about 8 MB in the plan file."""
_FIRST_STEPS = 1.5
_LAST_STEPS = 4096.0
"""Ten kilometres: coarser than any file with so many areas needs."""
_ROUNDS = 8


def simplified(arcs: Arcs) -> tuple[Outlines, float]:
    """The outlines simplified, and the tolerance in steps that it took.

    Corners that lie on the line between others are dropped in any case.
    """
    lines = arcs.lines()
    tolerance = _FIRST_STEPS
    fine = shapes.simple(lines, tolerance)
    while arcs.corner_count(shapes.corner_counts(fine)) > MAX_CORNERS and tolerance < _LAST_STEPS:
        tolerance *= 2.0
        fine = shapes.simple(lines, tolerance)
    return _without_faults(arcs, lines, fine, tolerance), tolerance


def _without_faults(
    arcs: Arcs, lines: ObjectArray, fine: ObjectArray, tolerance: float
) -> Outlines:
    used = np.full(len(arcs), tolerance)
    found = arcs.outlines_with(fine)
    was_valid = shapely.is_valid(multipolygons_of(arcs.outlines))
    for number in range(_ROUNDS):
        is_faulty = _faulty(found, was_valid)
        again = np.unique(arcs.arc_of_use[is_faulty[arcs.area_of_use]])
        again = again[used[again] > 0.0]
        if not len(again):
            break
        used[again] = 0.0 if number >= _ROUNDS // 2 else used[again] / 4.0
        fine[again] = shapes.simple(lines[again], used[again])
        exact = again[used[again] == 0.0]
        fine[exact] = lines[exact]
        found = arcs.outlines_with(fine)
    return found


def _faulty(outlines: Outlines, was_valid: BoolArray) -> BoolArray:
    """Per area whether a ring of it collapsed, or its outline crosses itself."""
    is_flat = np.diff(outlines.ring_start) < MIN_CORNERS
    if is_flat.any():
        # Shapely cannot hold such rings, so they are dealt with before anything else.
        faulty = np.zeros(len(outlines), np.bool_)
        faulty[outlines.area_of_ring[is_flat]] = True
        return faulty
    return was_valid & ~shapely.is_valid(multipolygons_of(outlines))
