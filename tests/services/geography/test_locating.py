# SPDX-License-Identifier: MIT
"""Points in areas."""

import numpy as np
import pytest

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.services.geography.geography import Geography


def codes_at(geography: Geography, lon: float, lat: float) -> tuple[str, ...]:
    located = geography.locate(np.array([lon]), np.array([lat]))
    found: list[str] = []
    for level in LEVELS_COARSE_TO_FINE:
        index = int(located.index[level][0])
        found.append(str(geography.layer(level).codes[index]) if index >= 0 else "")
    return tuple(found)


@pytest.mark.parametrize("level", LEVELS_COARSE_TO_FINE)
def test_every_label_point_is_in_its_area(geography: Geography, level: GeoLevel) -> None:
    layer = geography.layer(level)
    located = geography.locate(layer.lon, layer.lat)
    assert np.array_equal(located.index[level], np.arange(len(layer)))


def test_the_levels_found_nest(geography: Geography) -> None:
    layer = geography.layer(GeoLevel.ZIP)
    located = geography.locate(layer.lon[::7], layer.lat[::7])
    zips = located.index[GeoLevel.ZIP]
    for level in LEVELS_COARSE_TO_FINE:
        assert np.array_equal(located.index[level], geography.ancestors(GeoLevel.ZIP, level)[zips])


@pytest.mark.parametrize(
    ("lon", "lat", "country", "state", "county"),
    [
        (-118.243, 34.052, "US", "06", "06037"),
        (-87.632, 41.884, "US", "17", "17031"),
        (-157.858, 21.307, "US", "15", "15003"),
        (-149.9, 61.218, "US", "02", "02020"),
        (-66.1057, 18.4655, "US", "72", "72127"),
        (2.3522, 48.8566, "FR", "FR-IDF", ""),
        (-79.3832, 43.6532, "CA", "CA-ON", ""),
        (-83.0364, 42.3149, "CA", "CA-ON", ""),
        (-83.0458, 42.3314, "US", "26", "26163"),
        (151.2093, -33.8688, "AU", "AU-NSW", ""),
        (18.0686, 59.3293, "SE", "SE-AB", ""),
        (-8.0, 31.63, "MA", "", ""),
    ],
)
def test_known_points(
    geography: Geography, lon: float, lat: float, country: str, state: str, county: str
) -> None:
    assert codes_at(geography, lon, lat)[:3] == (country, state, county)


def test_a_pier_belongs_to_the_shore_and_the_open_sea_to_nobody(geography: Geography) -> None:
    # The end of the Santa Monica pier, 300 m off the shore; then the middle of the Atlantic.
    assert codes_at(geography, -118.5005, 34.0070)[2] == "06037"
    assert codes_at(geography, -40.0, 30.0) == ("", "", "", "")


def test_a_county_without_a_zip_is_found(geography: Geography) -> None:
    # Ta'u, in the Manu'a District of American Samoa.
    assert codes_at(geography, -169.47, -14.23) == ("US", "60", "60020", "")


def test_no_coordinates_are_nowhere(geography: Geography) -> None:
    assert codes_at(geography, np.nan, np.nan) == ("", "", "", "")
    empty = geography.locate(np.empty(0), np.empty(0))
    assert all(len(index) == 0 for index in empty.index.values())


def test_many_points_are_found_like_single_ones(geography: Geography) -> None:
    chance = np.random.default_rng(5)
    lon, lat = chance.uniform(-125, -66, 300), chance.uniform(24, 50, 300)
    together = geography.locate(lon, lat)
    for row in range(0, 300, 10):
        alone = geography.locate(lon[row : row + 1], lat[row : row + 1])
        for level in LEVELS_COARSE_TO_FINE:
            assert alone.index[level][0] == together.index[level][row]
