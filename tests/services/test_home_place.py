# SPDX-License-Identifier: MIT
"""Addresses typed in one line."""

from pathlib import Path

import pytest

from app.services.geography.geography import Geography
from app.services.home_place import place_home


@pytest.fixture(scope="module")
def geography() -> Geography:
    return Geography.load(Path("resources/geo"))


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [
        ("12 Pike Street, Seattle, WA 98101", -122.3, 47.6),
        ("Seattle, WA", -122.3, 47.6),
        ("Seattle, Washington, United States", -122.3, 47.6),
        ("98101", -122.3, 47.6),
        ("1 Main St; Boston; MA; 02108; USA", -71.1, 42.4),
        ("Paris, France", 2.5, 47.0),
    ],
)
def test_a_home_is_found_however_it_is_written(
    geography: Geography, text: str, lon: float, lat: float
) -> None:
    place = place_home(text, geography)
    assert place is not None
    # A country alone gives its centre, hence the width.
    assert place == pytest.approx((lon, lat), abs=2.5)


@pytest.mark.parametrize("text", ["", "  ", "at home", "zzz, qqq"])
def test_what_is_no_address_is_not_found(geography: Geography, text: str) -> None:
    assert place_home(text, geography) is None
