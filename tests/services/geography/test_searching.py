# SPDX-License-Identifier: MIT
"""Finding places by what the user types, and the spelling of names."""

import pytest

from app.models.geounit import GeoLevel, geounit_id
from app.services.geography.folding import fold
from app.services.geography.geography import Geography


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("60601", "60601 Chicago, IL"),
        ("Chicago", "Chicago, IL"),
        ("chicago, il", "Chicago, IL"),
        ("paris", "Paris, France"),
        ("Paris, TX", "Paris, TX"),
        ("st. louis", "Saint Louis, MO"),
        ("Cook County", "Cook County, IL"),
        ("texas", "Texas (state)"),
        ("germany", "Germany"),
        ("bavaria", "Bavaria, Germany"),
        ("bayern", "Bavaria, Germany"),
        ("québec", "Québec, Canada"),
        ("münchen", "Munich, Germany"),
        ("New York City", "New York, NY"),
    ],
)
def test_the_likeliest_place_comes_first(geography: Geography, text: str, first: str) -> None:
    assert geography.search(text, 5)[0].name == first


def test_a_part_of_a_zip_lists_those_that_begin_with_it(geography: Geography) -> None:
    found = geography.search("9021", 20)
    assert found
    assert all(place.name.startswith("9021") for place in found)
    assert geounit_id(GeoLevel.ZIP, "90210") in {place.geounit for place in found}


def test_an_area_comes_with_its_id_and_a_city_without(geography: Geography) -> None:
    assert geography.search("texas", 1)[0].geounit == geounit_id(GeoLevel.STATE, "48")
    assert geography.search("Chicago", 1)[0].geounit is None


@pytest.mark.parametrize("text", ["Chicago", "texas", "90210", "fiji", "alaska"])
def test_bounds_are_a_small_part_of_the_world(geography: Geography, text: str) -> None:
    west, south, east, north = geography.search(text, 1)[0].bounds
    assert -180 <= west < east <= 181
    assert -90 <= south < north <= 90
    assert east - west < 60


@pytest.mark.parametrize("text", ["", "   ", ",", "00000", "qqqqqq"])
def test_nothing_is_found_for_nothing(geography: Geography, text: str) -> None:
    assert geography.search(text, 5) == []


def test_no_more_than_asked_for(geography: Geography) -> None:
    assert len(geography.search("san", 4)) == 4


def test_no_name_is_listed_twice(geography: Geography) -> None:
    names = [place.name for place in geography.search("georgia", 12)]
    assert len(set(names)) == len(names)
    assert {"Georgia", "Georgia (state)"} <= set(names)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("São Paulo", "sao paulo"),
        ("ST.LOUIS", "saint louis"),
        ("U. S. A.", "usa"),
        ("Washington D.C.", "washington dc"),
        ("Winston-Salem", "winston salem"),
        ("L'Anse", "lanse"),
        ("Ålesund & Ærø", "alesund aero"),
        ("Straße", "strasse"),
        ("東京", "東京"),
        ("The Hague", "hague"),
        ("  ", ""),
    ],
)
def test_names_are_folded_to_one_spelling(written: str, folded: str) -> None:
    assert fold(written) == folded
