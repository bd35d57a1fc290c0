# SPDX-License-Identifier: MIT
"""What travels in an exported map, and the land behind it."""

import numpy as np

from app.services.exported_areas import CONTEXT_BITS, WORLD_BITS, chosen_areas
from app.services.exported_backdrop import melted, travelling
from app.services.geography.packed import PackedPolygons
from app.services.map_shapes import GRID, compact_polygons

BOXES = np.array(
    [(0, 0, 4, 4), (4, 0, 8, 4), (12, 0, 16, 4), (16, 0, 20, 4), (100, 40, 120, 50)], np.float32
)
"""Four areas of the level side by side, and another country."""
HELD = np.array([0, 1, 1, -1, -1], np.int32)


def polygons() -> PackedPolygons:
    """The boxes as polygons, a hundredth of the world for each degree."""
    rings = [
        [(left, low), (right, low), (right, high), (left, high), (left, low)]
        for left, low, right, high in BOXES.tolist()
    ]
    xy = (np.array(rings).reshape(-1, 2) / 200).astype(np.float32)
    return PackedPolygons(np.arange(6), np.arange(6) * 5, xy)


def test_what_lies_around_travels_with_less_detail_and_the_rest_as_land() -> None:
    chosen = chosen_areas(BOXES, 4, np.array([True, False, False, False, False]))
    # 4 degrees and 35 % of them, and one more: up to 6.4 east.
    assert chosen.around[2] == np.float32(4) + 4 * 0.35 + 1
    assert chosen.wanted.tolist() == [0, 1, 4]
    assert chosen.lost_bits.tolist() == [0, CONTEXT_BITS, WORLD_BITS]
    assert chosen.behind.tolist() == [2, 3]


def test_land_has_one_feature_per_holder_in_its_colour() -> None:
    chosen = chosen_areas(BOXES, 4, np.array([True, False, False, False, False]))
    areas = travelling(polygons(), HELD, chosen)
    assert areas.land_count == 2
    assert HELD[areas.like].tolist() == [-1, 1, 0, 1, -1]
    assert areas.shown.tolist() == [5, 6, 0, 1, 4]


def test_melted_areas_lose_their_inner_border_and_no_point_moves() -> None:
    whole = polygons()
    found = melted(whole, np.array([0, 1]), np.array([7, 7]))
    assert found.feature_count == 1
    assert len(found.coord_start) == 2
    ends = {tuple(point) for point in found.xy.tolist()}
    assert ends == {tuple(point) for point in whole.xy[:10].tolist()}
    assert len(melted(whole, np.array([0, 1]), np.array([3, 8])).ring_start) == 3


def test_a_point_shared_with_a_finer_area_stays_where_it_is() -> None:
    shapes = compact_polygons(polygons(), np.array([0, 1]), np.array([0, 6]))
    rest = shapes.steps[shapes.count + shapes.rings :]
    steps = np.cumsum(np.column_stack([rest[: shapes.points], rest[shapes.points :]]), axis=0)
    exact = np.rint(polygons().xy[:10].astype(np.float64) * GRID)
    moved = np.abs(steps - exact).max(axis=1)
    assert moved[:5].max() == 0
    is_shared = exact[5:, 0] == exact[1, 0]
    assert moved[5:][is_shared].max() == 0
    assert 0 < moved[5:][~is_shared].max() <= 32


def test_nothing_lies_behind_where_everything_travels() -> None:
    chosen = chosen_areas(BOXES, 4, np.ones(5, np.bool_))
    areas = travelling(polygons(), HELD, chosen)
    assert (areas.land_count, areas.shown.tolist()) == (0, [0, 1, 2, 3, 4])
