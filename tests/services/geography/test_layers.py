# SPDX-License-Identifier: MIT
"""Codes, names, nesting and neighbours of the shipped levels."""

import numpy as np
import pytest

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel, geounit_id
from app.services.geography.geography import Geography
from app.services.geography.layer import GeoLayer

COOK = geounit_id(GeoLevel.COUNTY, "17031")


def neighbor_codes(layer: GeoLayer, code: str) -> set[str]:
    return set(layer.codes[layer.neighbors_of(layer.index_of(code))].tolist())


@pytest.mark.parametrize(
    ("level", "least", "most"),
    [
        (GeoLevel.COUNTRY, 225, 240),
        (GeoLevel.STATE, 1850, 1900),
        (GeoLevel.COUNTY, 3233, 3233),
        (GeoLevel.ZIP, 41_000, 41_500),
    ],
)
def test_every_level_is_complete(
    geography: Geography, level: GeoLevel, least: int, most: int
) -> None:
    layer = geography.layer(level)
    assert least <= len(layer) <= most
    assert len(set(layer.codes.tolist())) == len(layer.names) == len(layer)
    assert all(layer.names)
    assert layer.label
    assert layer.vintage
    assert layer.attribution


def test_zip_areas_are_called_approximate(geography: Geography) -> None:
    assert "approximate" in geography.layer(GeoLevel.ZIP).label


def test_codes_are_in_order_with_the_us_first(geography: Geography) -> None:
    countries = geography.layer(GeoLevel.COUNTRY).codes.tolist()
    assert countries[0] == "US"
    assert countries[1:] == sorted(countries[1:])
    for level in LEVELS_COARSE_TO_FINE[1:]:
        codes = geography.layer(level).codes.tolist()
        assert codes == sorted(codes)


def test_the_islands_are_states_and_no_countries(geography: Geography) -> None:
    countries = geography.layer(GeoLevel.COUNTRY)
    assert all(countries.index_of(code) < 0 for code in ("PR", "GU", "VI", "AS", "MP"))
    assert geography.name(geounit_id(GeoLevel.STATE, "72")) == "Puerto Rico"


def test_a_countys_state_is_the_front_of_its_code(geography: Geography) -> None:
    states, counties = geography.layer(GeoLevel.STATE), geography.layer(GeoLevel.COUNTY)
    assert counties.parent.min() >= 0
    assert states.codes[counties.parent].tolist() == [c[:2] for c in counties.codes.tolist()]
    assert set(states.parent[:56].tolist()) == {0}
    assert 0 not in states.parent[56:].tolist()


def test_every_zip_has_a_county_and_nearly_every_county_a_zip(geography: Geography) -> None:
    zips, counties = geography.layer(GeoLevel.ZIP), geography.layer(GeoLevel.COUNTY)
    assert zips.parent.min() >= 0
    assert zips.parent.max() < len(counties)
    bare = set(range(len(counties))) - set(zips.parent.tolist())
    assert {counties.codes[i] for i in bare} == {"60010", "60020", "60030", "60040", "69085"}


@pytest.mark.parametrize(
    ("zip_code", "county"),
    [
        ("90210", "06037"),
        ("60601", "17031"),
        ("10001", "36061"),
        ("02134", "25025"),
        ("11354", "36081"),
        ("99689", "02282"),
        ("96742", "15005"),
        ("00901", "72127"),
        ("06103", "09003"),
        ("00501", "36103"),
    ],
)
def test_known_zips_are_in_their_county(geography: Geography, zip_code: str, county: str) -> None:
    parent = geography.parent(geounit_id(GeoLevel.ZIP, zip_code))
    assert parent == geounit_id(GeoLevel.COUNTY, county)


def test_names_are_as_people_say_them(geography: Geography) -> None:
    assert geography.name(COOK) == "Cook County, IL"
    assert geography.name(geounit_id(GeoLevel.COUNTY, "06037")) == "Los Angeles County, CA"
    assert geography.name(geounit_id(GeoLevel.COUNTY, "22071")) == "Orleans Parish, LA"
    assert geography.name(geounit_id(GeoLevel.COUNTY, "24510")) == "Baltimore city, MD"
    assert geography.name(geounit_id(GeoLevel.COUNTY, "35013")) == "Doña Ana County, NM"
    assert geography.name(geounit_id(GeoLevel.ZIP, "60601")) == "60601 Chicago, IL"
    assert geography.name(geounit_id(GeoLevel.STATE, "48")) == "Texas"
    assert geography.name(geounit_id(GeoLevel.COUNTRY, "FR")) == "France"
    assert geography.name(geounit_id(GeoLevel.COUNTRY, "US")) == "United States"


def test_an_unknown_unit_keeps_its_code_and_has_no_parent(geography: Geography) -> None:
    unknown = geounit_id(GeoLevel.ZIP, "00000")
    assert geography.name(unknown) == "00000"
    assert not geography.is_known(unknown)
    assert geography.parent(unknown) is None
    assert geography.descendants_of(unknown) == ()
    assert geography.layer(GeoLevel.ZIP).index_of("00000") == -1


def test_positions_of_codes(geography: Geography) -> None:
    layer = geography.layer(GeoLevel.STATE)
    assert layer.indices_of(["01", "99", "02"]).tolist() == [0, -1, 1]
    assert layer.codes[layer.indices_of(layer.codes)].tolist() == layer.codes.tolist()
    many_unknown = np.asarray([f"{n:04}" for n in range(500)])
    assert set(layer.indices_of(many_unknown).tolist()) == {-1}


def test_parents_lead_up_to_the_country(geography: Geography) -> None:
    state = geography.parent(COOK)
    illinois = geounit_id(GeoLevel.STATE, "17")
    united_states = geounit_id(GeoLevel.COUNTRY, "US")
    assert state == illinois
    assert geography.parent(illinois) == united_states
    assert geography.parent(united_states) is None


def test_descendants_are_the_units_whose_ancestor_it_is(geography: Geography) -> None:
    rhode_island = geounit_id(GeoLevel.STATE, "44")
    counties = geography.descendants_of(rhode_island, GeoLevel.COUNTY)
    assert len(counties) == 5
    zips = geography.descendants_of(rhode_island, GeoLevel.ZIP)
    assert geounit_id(GeoLevel.ZIP, "02903") in zips
    assert set(geography.descendants_of(rhode_island)) == {*counties, *zips}
    assert all(geography.parent(z) in counties for z in zips)
    france = geography.descendants_of(geounit_id(GeoLevel.COUNTRY, "FR"))
    assert len(france) == 18
    assert geounit_id(GeoLevel.STATE, "FR-IDF") in france
    assert geography.descendants_of(geounit_id(GeoLevel.STATE, "FR-IDF")) == ()
    assert geography.descendants_of(geounit_id(GeoLevel.COUNTRY, "MA")) == ()


@pytest.mark.parametrize("level", LEVELS_COARSE_TO_FINE)
def test_neighbours_are_mutual_and_no_unit_is_its_own(
    geography: Geography, level: GeoLevel
) -> None:
    layer = geography.layer(level)
    start, end = layer.neighbors_start, layer.neighbors
    assert start[0] == 0
    assert start[-1] == len(end)
    unit = np.repeat(np.arange(len(layer)), np.diff(start))
    there = unit.astype(np.int64) * len(layer) + end
    back = end.astype(np.int64) * len(layer) + unit
    assert np.array_equal(np.sort(there), np.sort(back))
    assert len(np.unique(there)) == len(there)
    assert not np.any(unit == end)


def test_known_neighbours(geography: Geography) -> None:
    counties = geography.layer(GeoLevel.COUNTY)
    assert neighbor_codes(counties, "17031") >= {"17043", "17089", "17097", "17197", "18089"}
    states = geography.layer(GeoLevel.STATE)
    assert neighbor_codes(states, "23") == {"33", "CA-NB", "CA-QC"}
    assert neighbor_codes(states, "15") == set()
    assert neighbor_codes(states, "29") == {"05", "17", "19", "20", "21", "31", "40", "47"}
    countries = geography.layer(GeoLevel.COUNTRY)
    assert neighbor_codes(countries, "US") == {"CA", "MX"}
    assert neighbor_codes(countries, "PT") == {"ES"}


def test_states_that_meet_in_a_corner_are_no_neighbours(geography: Geography) -> None:
    states = geography.layer(GeoLevel.STATE)
    assert "04" not in neighbor_codes(states, "08")
    assert "35" not in neighbor_codes(states, "49")


def test_zips_are_neighbours_across_county_lines_exactly_where_counties_are(
    geography: Geography,
) -> None:
    zips, counties = geography.layer(GeoLevel.ZIP), geography.layer(GeoLevel.COUNTY)
    a = np.repeat(zips.parent, np.diff(zips.neighbors_start))
    b = zips.parent[zips.neighbors]
    by_zips = set(zip(a[a != b].tolist(), b[a != b].tolist(), strict=True))
    unit = np.repeat(np.arange(len(counties)), np.diff(counties.neighbors_start))
    by_counties = set(zip(unit.tolist(), counties.neighbors.tolist(), strict=True))
    assert by_zips <= by_counties
    # Two districts of American Samoa touch, and one of them has no ZIP.
    assert len(by_counties - by_zips) <= 2


def test_areas_add_up(geography: Geography) -> None:
    states, counties = geography.layer(GeoLevel.STATE), geography.layer(GeoLevel.COUNTY)
    zips = geography.layer(GeoLevel.ZIP)
    by_state = np.bincount(counties.parent, counties.area_km2)
    assert np.allclose(by_state, states.area_km2[: len(by_state)], rtol=1e-3)
    by_county = np.bincount(zips.parent, zips.area_km2, minlength=len(counties))
    has_zip = by_county > 0
    assert np.allclose(by_county[has_zip], counties.area_km2[has_zip], rtol=1e-3)
    # Wyoming: 253,335 km2 by the Census.
    assert states.area_km2[states.index_of("56")] == pytest.approx(253_335, rel=0.005)


@pytest.mark.parametrize("level", LEVELS_COARSE_TO_FINE)
def test_label_points_are_inside_the_bounds(geography: Geography, level: GeoLevel) -> None:
    layer = geography.layer(level)
    west, south, east, north = layer.bounds.T
    near = 1e-4
    assert np.all((layer.lon >= west - near) & (layer.lon <= east + near))
    assert np.all((layer.lat >= south - near) & (layer.lat <= north + near))
    assert np.all(layer.area_km2 > 0)
