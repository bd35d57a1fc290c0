# SPDX-License-Identifier: MIT
"""Borders as arcs: what two areas share stays shared to the bit, however it is simplified."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.boundaries import simplifying
from app.services.boundaries.arcs import Arcs, arcs_of, lone_lines, neighbors_of
from app.services.boundaries.outlines import Outlines, multipolygons_of, outlines_of, packed_of
from app.services.boundaries.overlaps import enclosed_gaps, matched_borders
from app.services.boundaries.repairing import as_multipolygons
from app.services.boundaries.simplifying import simplified


def outlines(*areas: shapely.Geometry) -> Outlines:
    return outlines_of(as_multipolygons(np.array(areas, dtype=object)))


def cut(*areas: shapely.Geometry) -> Arcs:
    return arcs_of(outlines(*areas))


def around(arcs: Arcs) -> list[list[int]]:
    start, other = neighbors_of(arcs)
    return [other[start[i] : start[i + 1]].tolist() for i in range(len(start) - 1)]


def wavy_cells(seed: int, size: int) -> list[shapely.Geometry]:
    """Cells around random points, all their borders with many corners off the straight line."""
    chance = np.random.default_rng(seed)
    points = shapely.MultiPoint(chance.uniform(0, 20_000, (size, 2)))
    cells = shapely.get_parts(
        shapely.voronoi_polygons(points, extend_to=shapely.box(0, 0, 20_000, 20_000))
    )
    cells = shapely.intersection(cells, shapely.box(0, 0, 20_000, 20_000))
    cells = shapely.set_precision(cells, 1.0)

    def bent(xy: np.ndarray) -> np.ndarray:
        # The same place is moved the same way, whichever area it belongs to.
        x, y = np.rint(xy).T
        return np.rint(np.column_stack([x + 60 * np.sin(y / 90), y + 60 * np.sin(x / 70)]))

    fine = shapely.segmentize(cells, 150.0)
    return [shapely.make_valid(area) for area in shapely.transform(fine, bent)]


def test_two_squares_share_one_arc() -> None:
    arcs = cut(shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100))
    uses = np.bincount(arcs.arc_of_use)
    assert sorted(uses.tolist()) == [1, 1, 2]
    assert around(arcs) == [[1], [0]]


def test_a_corner_is_no_border() -> None:
    arcs = cut(shapely.box(0, 0, 100, 100), shapely.box(100, 100, 200, 200))
    assert around(arcs) == [[], []]


def test_an_area_in_the_hole_of_another_is_its_neighbour() -> None:
    inner = shapely.box(40, 40, 60, 60)
    arcs = cut(shapely.box(0, 0, 100, 100) - inner, inner)
    assert len(arcs) == 2
    assert around(arcs) == [[1], [0]]


def test_putting_arcs_together_gives_the_outlines_again() -> None:
    areas = wavy_cells(3, 30)
    arcs = cut(*areas)
    again = multipolygons_of(arcs.outlines_with(arcs.lines()))
    assert shapely.equals(again, multipolygons_of(arcs.outlines)).all()


def test_packed_outlines_turn_as_the_map_wants() -> None:
    packed = packed_of(outlines(shapely.box(0, 0, 100, 100) - shapely.box(10, 10, 20, 20)))
    assert packed.is_outer().tolist() == [True, False]
    assert np.array_equal(packed.xy[packed.coord_start[:-1]], packed.xy[packed.coord_start[1:] - 1])


def test_gaps_are_what_areas_enclose_and_none_has() -> None:
    ring = shapely.box(0, 0, 100, 100) - shapely.box(10, 10, 90, 90)
    filled = shapely.box(10, 10, 90, 50)
    # The corners of the inner one lie on the borders of the outer one, which gets them too.
    fitted, overlaps = matched_borders(
        multipolygons_of(outlines(ring, filled)), lambda _share: None
    )
    assert not len(overlaps.a)
    arcs = arcs_of(outlines_of(fitted))
    areas = multipolygons_of(arcs.outlines)
    (gap,) = enclosed_gaps(lone_lines(arcs), areas, has_overlaps=False)
    assert gap.equals(shapely.box(10, 50, 90, 90))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(2, 40), limit=st.integers(60, 3000))
def test_simplified_areas_still_fit_to_each_other(seed: int, size: int, limit: int) -> None:
    areas = wavy_cells(seed, size)
    arcs = cut(*areas)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simplifying, "MAX_CORNERS", limit)
        fine, tolerance = simplified(arcs)
    assert tolerance >= 1.5
    assert len(fine.corners) <= len(arcs.outlines.corners)
    # Every corner was one before, so that it is where the neighbour has it.
    assert set(fine.keys.tolist()) <= set(arcs.outlines.keys.tolist())
    found, before = multipolygons_of(fine), multipolygons_of(arcs.outlines)
    whole = shapely.is_valid(before)
    assert shapely.is_valid(found[whole]).all()
    # Borders that were used by two areas are still used by the same two.
    assert around(arcs_of(fine)) == around(arcs)


def test_with_few_corners_allowed_most_are_dropped() -> None:
    arcs = cut(*wavy_cells(5, 40))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simplifying, "MAX_CORNERS", 600)
        fine, _ = simplified(arcs)
    assert len(fine.corners) < len(arcs.outlines.corners) / 4
