# SPDX-License-Identifier: MIT
"""Stripes fill what they should and nothing else."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.map_print.drawing import Paths
from app.services.map_print.stripes import stripes

SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
HOLE = [(4.0, 4.0), (4.0, 6.0), (6.0, 6.0), (6.0, 4.0)]


def rings(*parts: list[tuple[float, float]]) -> Paths:
    """Rings without their repeated first points."""
    starts = np.concatenate([[0], np.cumsum([len(part) for part in parts])])
    return Paths(starts.astype(np.int64), np.array([point for part in parts for point in part]))


def lines(paths: Paths) -> shapely.MultiLineString:
    """The stripes for a geometry library."""
    return shapely.MultiLineString(paths.xy.reshape(-1, 2, 2).tolist())


def test_the_stripes_of_a_square_lie_inside_and_cover_it_evenly() -> None:
    found = lines(stripes(rings(SQUARE), 0.5))
    assert shapely.Polygon(SQUARE).buffer(1e-9).contains(found)
    # Lines that far apart have an area of length times distance.
    assert found.length * 0.5 == pytest.approx(100, rel=0.03)


def test_a_hole_stays_free() -> None:
    found = lines(stripes(rings(SQUARE, HOLE), 0.25))
    assert found.length * 0.25 == pytest.approx(96, rel=0.03)
    assert found.intersection(shapely.Polygon(HOLE).buffer(-1e-9)).length == 0


def test_no_ring_has_no_stripes() -> None:
    assert len(stripes(Paths(np.zeros(1, np.int64), np.zeros((0, 2))), 1.0)) == 0


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50)), min_size=3, max_size=9))
def test_stripes_stay_inside_any_outline(corners: list[tuple[float, float]]) -> None:
    hull = shapely.MultiPoint(corners).convex_hull
    if not isinstance(hull, shapely.Polygon) or hull.area < 1:
        return
    outline = [(x, y) for x, y, *_ in hull.exterior.coords][:-1]
    found = stripes(rings(outline), 1.7)
    assert len(found.xy) % 2 == 0
    assert hull.buffer(1e-6).contains(lines(found)) or not len(found.xy)
