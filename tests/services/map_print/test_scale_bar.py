# SPDX-License-Identifier: MIT
"""Lengths of the scale bar, by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.distance import EQUATOR_KM
from app.services.map_print.drawing import Box
from app.services.map_print.frame import MapFrame
from app.services.map_print.scale_bar import METRES_PER_MILE, scale_bar, scale_words


def test_two_kilometres_at_twenty_metres_per_point_take_a_hundred_points() -> None:
    bar = scale_bar(20.0, 120.0, metric=True)
    assert (bar.text, bar.length) == ("2 km", 100.0)


def test_miles_are_miles_of_1609_metres() -> None:
    bar = scale_bar(METRES_PER_MILE, 70.0, metric=False)
    assert (bar.text, bar.length) == ("50 mi", 50.0)


def test_short_bars_are_in_metres_and_feet() -> None:
    assert scale_bar(1.0, 999.0, metric=True).text == "500 m"
    assert scale_bar(0.3048, 250.0, metric=False).text == "200 ft"
    assert scale_bar(0.3048, 250.0, metric=False).length == pytest.approx(200.0)


def test_a_whole_power_of_ten_fits_exactly() -> None:
    bar = scale_bar(10.0, 100.0, metric=True)
    assert (bar.text, bar.length) == ("1 km", 100.0)


@given(st.floats(0.01, 1e5), st.floats(30, 300), st.booleans())
def test_a_bar_fits_and_takes_more_than_two_fifths_of_the_room(
    metres_per_point: float, longest: float, metric: bool
) -> None:
    bar = scale_bar(metres_per_point, longest, metric=metric)
    # Below a mile the steps change from miles to feet, of which 5,000 are less than one.
    assert bar.length <= longest * (1 + 1e-9)
    assert bar.length > longest * 0.37
    digits = f"{bar.value:.12g}".rstrip("0").rstrip(".").lstrip("0.")
    assert digits in {"1", "2", "5"}


def test_a_map_of_the_world_has_the_equator_as_its_width() -> None:
    frame = MapFrame.fitted((-180, -10, 180, 10), Box(0, 0, 1000, 900))
    assert frame.world_points == pytest.approx(1000)
    assert frame.middle_latitude == pytest.approx(0, abs=1e-4)
    assert frame.metres_per_point == pytest.approx(EQUATOR_KM * 1000 / 1000)


def test_metres_shrink_with_the_cosine_of_the_latitude() -> None:
    frame = MapFrame.fitted((9.9, 59.9, 10.1, 60.1), Box(0, 0, 100, 100))
    at_equator = EQUATOR_KM * 1000 / frame.world_points
    expected = at_equator * math.cos(math.radians(60))
    assert frame.metres_per_point == pytest.approx(expected, rel=1e-3)


def test_a_point_is_a_72nd_of_an_inch_in_the_scale() -> None:
    frame = MapFrame(Box(0, 0, 100, 100), 0.5, 0.5, 1000.0)
    assert frame.denominator == pytest.approx(frame.metres_per_point / 0.0254 * 72)
    assert scale_words(12_345_678) == "1 : 12,000,000"
    assert scale_words(987) == "1 : 990"
