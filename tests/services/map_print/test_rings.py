# SPDX-License-Identifier: MIT
"""Areas on a page: clipped exactly, simplified within bounds, with borders still shared."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.geography.packed import PackedPolygons, read_ply1
from app.services.map_print.borders import closed, dissolved, edges_of, traced
from app.services.map_print.drawing import Box, Paths
from app.services.map_print.frame import MapFrame
from app.services.map_print.joints import with_joints
from app.services.map_print.rings import clip_box, in_points, lines_on_page, rings_on_page
from app.services.map_shapes import read_lin1
from tests.helpers.shared import ROOT

STEP = 0.1
UNIT = MapFrame(Box(0, 0, 100, 100), 0.0, 0.0, 100.0)
"""A map on which the world is 100 points wide."""


def squares(*corners: tuple[float, float, float, float]) -> PackedPolygons:
    """One feature per rectangle: left, top, right, bottom in hundredths of the world."""
    rings = [
        [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        for left, top, right, bottom in corners
    ]
    count = len(rings)
    xy = (np.array(rings).reshape(-1, 2) / 100).astype(np.float32)
    return PackedPolygons(np.arange(count + 1), np.arange(count + 1) * 5, xy)


def area(paths: Paths) -> float:
    """Sum of the signed areas of the rings, in square points."""
    ring = closed(paths)
    total = 0.0
    for first, last in zip(ring.starts[:-1], ring.starts[1:], strict=True):
        x, y = ring.xy[first:last].T
        total += float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2
    return total


def length(paths: Paths) -> float:
    """Length of the lines in points."""
    steps = np.hypot(*np.diff(paths.xy, axis=0).T)
    inner = np.ones(len(steps), np.bool_)
    inner[paths.starts[1:-1] - 1] = False
    return float(steps[inner].sum())


def test_two_squares_share_one_border_and_have_a_coast_around() -> None:
    edges = edges_of(rings_on_page(squares((10, 10, 30, 30), (30, 10, 50, 30)), UNIT, STEP))
    groups = np.array([0, 1])
    border = traced(edges, edges.is_first & edges.differs(groups))
    assert length(border) == pytest.approx(20)
    assert set(border.xy[:, 0].tolist()) == {30.0}
    assert length(traced(edges, edges.is_coast)) == pytest.approx(120)


def test_squares_of_one_class_melt_into_one_ring() -> None:
    edges = edges_of(rings_on_page(squares((10, 10, 30, 30), (30, 10, 50, 30)), UNIT, STEP))
    melted = dissolved(edges, np.array([0, 0]))[0]
    assert len(melted) == 1
    assert area(melted) == pytest.approx(800)
    apart = dissolved(edges, np.array([0, 1]))
    assert {each: area(paths) for each, paths in apart.items()} == pytest.approx({0: 400, 1: 400})


def test_classes_below_zero_are_left_out() -> None:
    edges = edges_of(rings_on_page(squares((10, 10, 30, 30), (30, 10, 50, 30)), UNIT, STEP))
    assert list(dissolved(edges, np.array([-1, 3]))) == [3]


def test_a_square_around_the_map_is_cut_to_the_clip_box() -> None:
    frame = MapFrame(Box(40, 40, 20, 20), 0.4, 0.4, 100.0)
    found = rings_on_page(squares((0, 0, 100, 100)), frame, STEP)
    left, top, right, bottom = clip_box(frame)
    xy = found.steps * STEP
    assert xy.min(axis=0).tolist() == pytest.approx([left, top])
    assert xy.max(axis=0).tolist() == pytest.approx([right, bottom])
    assert area(Paths(found.starts, in_points(found.steps, STEP))) == pytest.approx(
        (right - left) * (bottom - top)
    )


def test_what_lies_outside_is_not_there() -> None:
    frame = MapFrame(Box(40, 40, 20, 20), 0.4, 0.4, 100.0)
    assert len(rings_on_page(squares((0, 0, 10, 10)), frame, STEP).steps) == 0
    assert (
        dissolved(edges_of(rings_on_page(squares((0, 0, 10, 10)), frame, STEP)), np.array([0]))
        == {}
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=3, max_size=12))
def test_clipping_agrees_with_a_geometry_library(corners: list[tuple[float, float]]) -> None:
    hull = shapely.MultiPoint(corners).convex_hull
    if not isinstance(hull, shapely.Polygon) or hull.area < 1e-3:
        return
    ring = np.array(hull.exterior.coords, np.float32)
    polygons = PackedPolygons(np.array([0, 1]), np.array([0, len(ring)]), ring)
    frame = MapFrame(Box(30, 30, 40, 40), 0.3, 0.3, 100.0)
    found = rings_on_page(polygons, frame, 0.01)
    left, top, right, bottom = clip_box(frame)
    expected = shapely.Polygon(ring * 100).intersection(shapely.box(left, top, right, bottom)).area
    mine = abs(area(Paths(found.starts, in_points(found.steps, 0.01))))
    # Each point moves by half a step at most, so the area by half a step times the outline.
    assert mine == pytest.approx(expected, abs=0.01 * 300)


def test_no_point_moves_farther_than_half_a_step_along_an_axis() -> None:
    chance = np.random.default_rng(3)
    ring = chance.random((400, 2)).astype(np.float32) * 0.8 + 0.1
    ring[-1] = ring[0]
    polygons = PackedPolygons(np.array([0, 1]), np.array([0, 400]), ring)
    found = rings_on_page(polygons, UNIT, STEP)
    placed = UNIT.place(ring)
    nearest = np.abs(found.steps[:, None] * STEP - placed[None]).max(axis=2).min(axis=0)
    assert nearest.max() <= STEP / 2 + 1e-6


def test_neighbours_across_the_edge_of_the_map_still_share_their_border() -> None:
    """The border leaves the map at a slant, so that both must cut it at the same point."""
    a = [(20, 20), (90, 31), (87, 60), (20, 60), (20, 20)]
    b = [(20, 20), (20, 5), (95, 5), (90, 31), (20, 20)]
    xy = (np.array([*a, *b]) / 100).astype(np.float32)
    polygons = PackedPolygons(np.array([0, 1, 2]), np.array([0, 5, 10]), xy)
    frame = MapFrame(Box(0, 0, 50, 50), 0.0, 0.0, 100.0)
    edges = edges_of(rings_on_page(polygons, frame, STEP))
    border = traced(edges, edges.is_first & edges.differs(np.array([0, 1])))
    assert border.xy[:, 0].min() == pytest.approx(20)
    assert border.xy[:, 0].max() == pytest.approx(clip_box(frame)[2])


def test_holes_stay_holes() -> None:
    outer = [(10, 10), (50, 10), (50, 50), (10, 50), (10, 10)]
    hole = [(20, 20), (20, 40), (40, 40), (40, 20), (20, 20)]
    xy = (np.array([*outer, *hole]) / 100).astype(np.float32)
    polygons = PackedPolygons(np.array([0, 2]), np.array([0, 5, 10]), xy)
    found = dissolved(edges_of(rings_on_page(polygons, UNIT, STEP)), np.array([0]))[0]
    assert area(found) == pytest.approx(1600 - 400)


def test_lines_end_where_they_leave_the_map() -> None:
    path = ROOT / "resources" / "geo" / "state_lines.lin"
    if not path.is_file():
        pytest.skip("the shipped areas were not built")
    frame = MapFrame.fitted((-107, 25.5, -93, 37), Box(30, 30, 300, 250))
    found = lines_on_page(path, frame, STEP)
    left, top, right, bottom = clip_box(frame)
    assert len(found) > 0
    assert found.xy.min(axis=0).tolist() > [left, top]
    assert (found.xy.max(axis=0) < [right, bottom]).all()
    _, whole = read_lin1(path)
    assert len(found.xy) < len(whole)


def test_melted_areas_of_the_shipped_counties_keep_the_area_of_the_whole() -> None:
    path = ROOT / "resources" / "geo" / "view_county.ply"
    if not path.is_file():
        pytest.skip("the shipped areas were not built")
    polygons = read_ply1(Path(path))
    frame = MapFrame.fitted((-125, 24, -66, 50), Box(30, 30, 500, 300))
    rings = rings_on_page(polygons, frame, STEP)
    edges = edges_of(rings)
    classes = np.arange(polygons.feature_count) % 9
    parts = sum(area(paths) for paths in dissolved(edges, classes).values())
    whole = area(dissolved(edges, np.zeros(polygons.feature_count, np.int64))[0])
    rows = Paths(rings.starts, in_points(rings.steps, STEP))
    assert parts == pytest.approx(whole)
    assert whole == pytest.approx(area(rows))


def test_a_corner_that_only_one_neighbour_has_does_not_break_the_border() -> None:
    """One long square above two short ones: the long edge has no point where the two meet."""
    polygons = squares((10, 10, 50, 30), (10, 30, 27, 50), (27, 30, 50, 50))
    rings = rings_on_page(polygons, UNIT, STEP)
    edges = edges_of(rings)
    assert length(traced(edges, edges.is_first)) == pytest.approx(20)
    edges = edges_of(with_joints(rings, edges))
    assert length(traced(edges, edges.is_first)) == pytest.approx(20 + 40)
    assert length(traced(edges, edges.is_coast)) == pytest.approx(2 * 40 + 2 * 40)
