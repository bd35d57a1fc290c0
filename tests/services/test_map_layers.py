# SPDX-License-Identifier: MIT
"""Colours, classes and label places are right for arrays small enough to check by hand."""

import numpy as np
import pytest

from app.models.palette import TERRITORY_COLORS
from app.services.alignment import IN_DISPUTE, MIXED, NOBODY
from app.services.map_layers import (
    deviation_colors,
    label_units,
    measure_colors,
    mercator,
    over_land,
    territory_colors,
    territory_fill,
)
from app.services.map_layers.label_units import _connected_parts


def _held(*codes: int) -> np.ndarray:
    return np.array(codes, np.int32)


@pytest.mark.parametrize("dark", [False, True])
def test_each_area_has_the_colour_of_its_territory(dark: bool) -> None:
    held = _held(1, 0, NOBODY, IN_DISPUTE, MIXED, 1)
    colors = territory_colors(held, [3, 7], ["North", "South"], dark=dark)
    assert tuple(colors.rgba[0]) == territory_fill(7, dark=dark)
    assert tuple(colors.rgba[1]) == territory_fill(3, dark=dark)
    assert tuple(colors.rgba[5]) == tuple(colors.rgba[0])
    assert len({tuple(row) for row in colors.rgba.tolist()}) == 5
    assert colors.groups is held


def test_unassigned_areas_stay_land() -> None:
    colors = territory_colors(_held(NOBODY, 0), [0], ["North"], dark=False)
    assert colors.rgba[0, 3] == 0


def test_the_legend_names_territories_and_what_else_is_there() -> None:
    held = _held(0, NOBODY, IN_DISPUTE)
    legend = territory_colors(held, [0, 1], ["North", "South"], dark=False).legend
    assert [line.text for line in legend] == ["North", "South", "In dispute", "Unassigned"]
    assert [line.is_hatched for line in legend] == [False, False, True, False]


def test_a_plan_without_territories_has_colours_too() -> None:
    colors = territory_colors(_held(NOBODY, NOBODY), [], [], dark=False)
    assert not colors.rgba.any()


def test_the_nine_fills_differ_on_both_lands() -> None:
    for dark in (False, True):
        shown = {over_land(territory_fill(i, dark=dark), dark=dark) for i in range(9)}
        assert len(shown) == len(TERRITORY_COLORS) == 9


def test_deviation_classes_include_the_tolerance_itself() -> None:
    deviations = [-0.31, -0.30, -0.15, 0.15, 0.16, 0.31, None]
    held = _held(*range(7), NOBODY)
    colors = deviation_colors(held, deviations, 0.15, dark=False)
    rows = [tuple(row) for row in colors.rgba.tolist()]
    assert rows[2] == rows[3]
    assert len({rows[0], rows[1], rows[2], rows[4], rows[5]}) == 5
    assert rows[6][3] == 0
    assert rows[7][3] == 0


def test_measure_colours_rise_with_the_value_and_leave_nothing_as_land() -> None:
    values = np.array([0.0, 10.0, 20.0, 30.0, 40.0, 50.0, np.nan])
    held = np.full(7, NOBODY, np.int32)
    colors = measure_colors(held, values, lambda value: f"{value:.0f}", dark=False)
    assert colors.rgba[0, 3] == colors.rgba[6, 3] == 0
    lightness = colors.rgba[1:6, :3].sum(axis=1).tolist()
    assert lightness == sorted(lightness, reverse=True)
    assert colors.legend[0].text.startswith("10 – ")
    assert colors.legend[-1].text == "None"


def test_areas_without_market_data_are_called_so() -> None:
    values = np.array([5.0, np.nan])
    colors = measure_colors(
        np.full(2, NOBODY, np.int32), values, str, dark=False, none_text="No data"
    )
    assert colors.legend[-1].text == "No data"


def test_a_territory_without_a_name_has_no_line_in_the_legend() -> None:
    colors = territory_colors(np.array([0], np.int32), [0, 1], ["West", ""], dark=False)
    assert [line.text for line in colors.legend] == ["West", "Unassigned"]


def test_one_value_makes_one_class() -> None:
    values = np.array([5.0, 5.0])
    colors = measure_colors(_held(0, 0), values, lambda value: f"{value:.0f}", dark=False)
    assert [line.text for line in colors.legend] == ["5 – 5", "None"]
    assert colors.rgba[:, 3].all()


def test_mercator_places_the_middle_and_keeps_what_is_not_placed() -> None:
    xy = mercator(np.array([0.0, -180.0, np.nan]), np.array([0.0, 85.0, np.nan]))
    assert xy[0].tolist() == [0.5, 0.5]
    assert xy[1, 0] == 0.0
    assert 0 <= xy[1, 1] < 0.01
    assert np.isnan(xy[2]).all()


def _row_of_areas(
    count: int,
) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Areas in a row from west to east, each a neighbour of the next."""
    places = (np.arange(count, dtype=np.float64), np.zeros(count))
    starts, neighbors = [0], []
    for i in range(count):
        neighbors += [j for j in (i - 1, i + 1) if 0 <= j < count]
        starts.append(len(neighbors))
    return places, (np.array(starts, np.int32), np.array(neighbors, np.int32))


def test_a_label_stands_in_the_middle_of_the_largest_part() -> None:
    # Territory 0 holds areas 0-1 and 4-8 of the row, territory 1 holds 2-3.
    held = _held(0, 0, 1, 1, 0, 0, 0, 0, 0, NOBODY)
    places, adjacency = _row_of_areas(10)
    units = label_units(held, 3, places, np.ones(10), adjacency)
    assert units[0] == 6
    assert units[1] in {2, 3}
    assert units[2] == -1


def test_the_largest_part_is_largest_by_area() -> None:
    held = _held(0, 1, 0, 0)
    places, adjacency = _row_of_areas(4)
    units = label_units(held, 2, places, np.array([10.0, 1.0, 1.0, 1.0]), adjacency)
    assert units.tolist() == [0, 1]


def test_accounts_say_which_part_is_the_main_one() -> None:
    held = _held(0, 1, 0, 0)
    places, adjacency = _row_of_areas(4)
    accounts = np.array([0.0, 0.0, 3.0, 9.0])
    area = np.array([10.0, 1.0, 1.0, 1.0])
    units = label_units(held, 2, places, area, adjacency, accounts)
    assert units[0] in {2, 3}
    assert units[1] == 1


def test_a_measure_says_what_the_hatching_means() -> None:
    values = np.array([1.0, 2.0, 3.0])
    legend = measure_colors(_held(0, IN_DISPUTE, 0), values, str, dark=False).legend
    assert (legend[-1].text, legend[-1].is_hatched) == ("In dispute", True)
    calm = measure_colors(_held(0, 0, 0), values, str, dark=False).legend
    assert not any(line.is_hatched for line in calm)


def test_labels_of_an_unassigned_plan_are_nowhere() -> None:
    places, adjacency = _row_of_areas(3)
    units = label_units(_held(-1, -2, -3), 1, places, np.ones(3), adjacency)
    assert units.tolist() == [-1]


def test_connected_parts_match_a_plain_search() -> None:
    chance = np.random.default_rng(4)
    for count in (1, 2, 30, 200):
        pairs = chance.integers(0, count, (count // 2, 2))
        left = np.concatenate([pairs[:, 0], pairs[:, 1]])
        right = np.concatenate([pairs[:, 1], pairs[:, 0]])
        expected = np.arange(count)
        for start in range(count):
            reached, waiting = {start}, [start]
            while waiting:
                at = waiting.pop()
                found = set(right[left == at].tolist()) - reached
                reached |= found
                waiting += found
            expected[start] = min(reached)
        assert _connected_parts(count, left, right).tolist() == expected.tolist()
