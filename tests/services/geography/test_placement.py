# SPDX-License-Identifier: MIT
"""Each rule that places an account, good and bad input."""

import math
from dataclasses import dataclass

import numpy as np
import pytest

from app.models.account import PlacedBy
from app.models.geounit import GeoLevel
from app.services.geography.addresses import AddressColumns, PlacementNote
from app.services.geography.geography import Geography
from app.services.geography.placement import place
from app.services.geography.postal import read_zip, repaired_zip

NAN = float("nan")


@dataclass(frozen=True)
class Spot:
    """Where one address was placed."""

    rule: PlacedBy
    codes: tuple[str, str, str, str]
    lon: float
    lat: float
    note: PlacementNote


def spot(  # noqa: PLR0913 -- an address has this many parts
    geography: Geography,
    *,
    city: str = "",
    region: str = "",
    zip_code: str = "",
    country: str = "",
    county: str = "",
    lon: float = NAN,
    lat: float = NAN,
) -> Spot:
    columns = AddressColumns(
        [city], [region], [zip_code], [country], np.array([lon]), np.array([lat]), [county]
    )
    placed = place(geography, columns)
    codes = (placed.country[0], placed.state[0], placed.county[0], placed.zip_code[0])
    return Spot(
        placed.placed_by[0], codes, float(placed.lon[0]), float(placed.lat[0]), placed.note[0]
    )


def test_coordinates_come_first(geography: Geography) -> None:
    found = spot(geography, zip_code="10001", lon=-118.2437, lat=34.0522)
    assert found.rule is PlacedBy.COORDINATES
    assert found.codes[:3] == ("US", "06", "06037")
    assert (found.lon, found.lat) == (-118.2437, 34.0522)
    assert found.note is PlacementNote.NONE


@pytest.mark.parametrize(
    ("lon", "lat"), [(0.0, 0.0), (-200.0, 34.0), (12.0, 91.0), (math.inf, 5.0), (1e9, 1e9)]
)
def test_coordinates_off_earth_are_not_used(geography: Geography, lon: float, lat: float) -> None:
    found = spot(geography, zip_code="60601", lon=lon, lat=lat)
    assert found.rule is PlacedBy.POSTAL_CODE
    assert found.codes == ("US", "17", "17031", "60601")
    if math.isfinite(lon):
        assert found.note is PlacementNote.COORDINATES_INVALID


def test_half_a_pair_of_coordinates_is_none(geography: Geography) -> None:
    assert spot(geography, zip_code="60601", lon=-87.6).rule is PlacedBy.POSTAL_CODE


@pytest.mark.parametrize(
    ("country", "lon", "lat", "code"),
    [("United States", 34.05, -118.24, "US"), ("France", 48.85, 2.35, "FR")],
)
def test_swapped_coordinates_are_turned_round(
    geography: Geography, country: str, lon: float, lat: float, code: str
) -> None:
    found = spot(geography, country=country, lon=lon, lat=lat)
    assert found.rule is PlacedBy.COORDINATES
    assert found.codes[0] == code
    assert (found.lon, found.lat) == (lat, lon)
    assert found.note is PlacementNote.COORDINATES_SWAPPED


def test_coordinates_in_another_country_stay_where_swapping_does_not_help(
    geography: Geography,
) -> None:
    found = spot(geography, country="France", lon=13.4, lat=52.5)
    assert found.rule is PlacedBy.COORDINATES
    assert found.codes[0] == "DE"
    assert found.note is PlacementNote.COORDINATES_OTHER_COUNTRY


def test_coordinates_in_another_country_give_way_to_an_address(geography: Geography) -> None:
    found = spot(geography, city="Lyon", country="France", lon=13.4, lat=52.5)
    assert found.rule is PlacedBy.CITY
    assert found.codes[0] == "FR"
    assert found.lon == pytest.approx(4.8, abs=0.15)
    assert found.note is PlacementNote.COORDINATES_OTHER_COUNTRY


def test_coordinates_just_over_the_border_are_right_where_the_address_is_near(
    geography: Geography,
) -> None:
    found = spot(geography, city="Genève", country="Switzerland", lon=6.15, lat=46.13)
    assert found.rule is PlacedBy.COORDINATES
    assert (found.lon, found.lat, found.codes[0]) == (6.15, 46.13, "CH")
    assert found.note is PlacementNote.NONE


def test_coordinates_at_sea_fall_back_to_the_address(geography: Geography) -> None:
    found = spot(geography, zip_code="60601", lon=-40.0, lat=30.0)
    assert found.rule is PlacedBy.POSTAL_CODE
    assert found.note is PlacementNote.COORDINATES_NOWHERE
    assert spot(geography, lon=-40.0, lat=30.0).rule is PlacedBy.NOT_PLACED


@pytest.mark.parametrize(
    ("text", "country", "zip_code", "note"),
    [
        ("90210", "", "90210", PlacementNote.NONE),
        ("90210-1234", "USA", "90210", PlacementNote.NONE),
        (" 90210 ", "US", "90210", PlacementNote.NONE),
        ("902101234", "US", "90210", PlacementNote.NONE),
        ("90210.0", "US", "90210", PlacementNote.NONE),
        ("2134", "United States", "02134", PlacementNote.ZIP_ZEROS_ADDED),
        ("2134-1000", "US", "02134", PlacementNote.ZIP_ZEROS_ADDED),
        ("1001", "us", "01001", PlacementNote.ZIP_ZEROS_ADDED),
        ("02139-4307", "", "02139", PlacementNote.NONE),
        ("021394307", "", "02139", PlacementNote.NONE),
        ("21394307", "US", "02139", PlacementNote.ZIP_ZEROS_ADDED),
        (" 2139", "US", "02139", PlacementNote.ZIP_ZEROS_ADDED),
        ("2139.0", "US", "02139", PlacementNote.ZIP_ZEROS_ADDED),
        ("02139 - 4307", "", "02139", PlacementNote.NONE),
        ("02139–4307", "", "02139", PlacementNote.NONE),
        ("02139-", "", "02139", PlacementNote.NONE),
        ("'02139", "", "02139", PlacementNote.NONE),
    ],
)
def test_a_zip_gives_its_own_areas(
    geography: Geography, text: str, country: str, zip_code: str, note: PlacementNote
) -> None:
    found = spot(geography, zip_code=text, country=country)
    layer = geography.layer(GeoLevel.ZIP)
    index = layer.index_of(zip_code)
    assert found.rule is PlacedBy.POSTAL_CODE
    assert found.codes[3] == zip_code
    assert (found.lon, found.lat) == (layer.lon[index], layer.lat[index])
    assert found.note is note


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("2139", "02139"),
        ("2139.0", "02139"),
        ("2139-4307", "02139-4307"),
        ("21394307", "02139-4307"),
    ],
)
def test_a_repaired_zip_is_written_as_the_post_office_does(text: str, repaired: str) -> None:
    assert repaired_zip(text) == repaired
    assert repaired_zip("SW1A 1AA") == "SW1A 1AA"


@pytest.mark.parametrize(("zip_code", "county"), [("00501", "36103"), ("10008", "36061")])
def test_a_zip_of_boxes_or_of_one_organisation_is_a_point_in_its_county(
    geography: Geography, zip_code: str, county: str
) -> None:
    found = spot(geography, zip_code=zip_code, country="US")
    layer = geography.layer(GeoLevel.ZIP)
    assert found.rule is PlacedBy.PO_BOX
    assert found.codes[2:] == (county, zip_code)
    assert found.lon == layer.lon[layer.index_of(zip_code)]


@pytest.mark.parametrize("text", ["", "abc", "12", "1234567", "SW1A 1AA", "90210-12"])
def test_what_is_no_zip_is_not_read_as_one(text: str) -> None:
    assert read_zip(text) == ("", False)


def test_a_short_zip_needs_the_us_stated(geography: Geography) -> None:
    assert spot(geography, zip_code="2134").rule is PlacedBy.NOT_PLACED
    assert spot(geography, zip_code="2134", region="MA").codes[3] == "02134"
    assert spot(geography, zip_code="2134", country="Australia").codes[0] == "AU"


def test_a_short_zip_with_its_own_city_needs_no_state(geography: Geography) -> None:
    found = spot(geography, zip_code="1602", city="Worcester")
    assert (found.rule, found.codes[3]) == (PlacedBy.POSTAL_CODE, "01602")
    assert found.note is PlacementNote.ZIP_ZEROS_ADDED
    vienna = spot(geography, zip_code="1010", city="Vienna")
    assert vienna.codes[0] != "US", "no Vienna is near the ZIP 01010"
    assert vienna.note is PlacementNote.NONE


def test_a_zip_elsewhere_is_no_us_zip(geography: Geography) -> None:
    assert spot(geography, zip_code="75001", country="France").codes[0] == "FR"
    found = spot(geography, zip_code="75001", city="Paris")
    assert found.codes[0] == "FR", "the ZIP 75001 of Texas is far from any Paris"
    assert spot(geography, zip_code="75001", city="Addison").codes[3] == "75001"


def test_a_zip_in_another_state_falls_through_and_is_noted(geography: Geography) -> None:
    found = spot(geography, zip_code="90210", region="IL", city="Chicago", country="US")
    assert found.rule is PlacedBy.CITY
    assert found.codes[2] == "17031"
    assert found.note is PlacementNote.ZIP_NOT_IN_STATE
    rough = spot(geography, zip_code="90210", region="Illinois")
    assert rough.rule is PlacedBy.REGION
    assert rough.codes == ("US", "17", "", "")


def test_an_unknown_zip_is_noted_and_still_tells_the_state(geography: Geography) -> None:
    layer = geography.layer(GeoLevel.ZIP)
    unknown = next(c for n in range(60600, 60700) if layer.index_of(c := str(n)) < 0)
    found = spot(geography, zip_code=unknown, country="US")
    assert found.note is PlacementNote.ZIP_UNKNOWN
    assert found.rule is PlacedBy.REGION
    assert found.codes == ("US", "17", "", "")


def test_military_post_is_in_no_area(geography: Geography) -> None:
    found = spot(geography, zip_code="09012", city="APO", region="AE", country="US")
    assert found.rule is PlacedBy.NOT_PLACED
    assert found.note is PlacementNote.ZIP_MILITARY


@pytest.mark.parametrize(
    ("city", "region", "country", "county"),
    [
        ("Chicago", "IL", "", "17031"),
        ("CHICAGO", "Illinois", "US", "17031"),
        ("St. Louis", "MO", "", "29510"),
        ("Saint Louis", "29", "USA", "29510"),
        ("Portland", "TX", "", "48409"),
        ("New York City", "NY", "", "36061"),
        ("Washington", "D.C.", "", "11001"),
        ("City of Chicago", "IL", "", "17031"),
        ("Chicago (Loop)", "IL", "", "17031"),
        ("N. Las Vegas", "NV", "", "32003"),
        ("Ponce", "", "Puerto Rico", "72113"),
        ("Ponce", "PR", "US", "72113"),
        ("Chicago", "", "United States", "17031"),
    ],
)
def test_us_cities_are_found_in_their_state(
    geography: Geography, city: str, region: str, country: str, county: str
) -> None:
    found = spot(geography, city=city, region=region, country=country)
    assert found.rule is PlacedBy.CITY
    assert found.codes[2] == county
    assert found.codes[3], "a city stands at one of its ZIPs, so that ZIP assignments reach it"


def test_a_city_that_its_state_does_not_have_is_not_taken_elsewhere(geography: Geography) -> None:
    found = spot(geography, city="Nowhereville", region="TX", country="US")
    assert found.rule is PlacedBy.REGION
    assert found.codes == ("US", "48", "", "")


def test_a_common_name_without_a_state_is_not_guessed(geography: Geography) -> None:
    assert spot(geography, city="Springfield", country="US").rule is PlacedBy.COUNTRY


@pytest.mark.parametrize(
    ("address", "state", "lon", "lat"),
    [
        (("München", "Bayern", "Deutschland"), "DE-BY", 11.6, 48.1),
        (("Muenchen", "", "DE"), "DE-BY", 11.6, 48.1),
        (("Munich", "", "Germany"), "DE-BY", 11.6, 48.1),
        (("London", "England", "United Kingdom"), "GB-UKI", -0.1, 51.5),
        (("London", "Ontario", "Canada"), "CA-ON", -81.2, 43.0),
        (("London", "ON", ""), "CA-ON", -81.2, 43.0),
        (("London", "", ""), "GB-UKI", -0.1, 51.5),
        (("Perth", "WA", "AU"), "AU-WA", 115.9, -32.0),
        (("Montreal", "Québec", "Kanada"), "CA-QC", -73.6, 45.5),
        (("Paris 08", "", "FR"), "FR-IDF", 2.35, 48.85),
        (("Edinburgh", "", "Scotland"), "GB-SCT", -3.2, 55.95),
        (("東京", "", "日本"), "JP-13", 139.7, 35.7),
        (("Cayenne", "", "French Guiana"), "FR-973", -52.3, 4.9),
        (("Lyon", "France", ""), "FR-ARA", 4.8, 45.75),
    ],
)
def test_cities_of_the_world_are_found(
    geography: Geography, address: tuple[str, str, str], state: str, lon: float, lat: float
) -> None:
    city, region, country = address
    found = spot(geography, city=city, region=region, country=country)
    assert found.rule is PlacedBy.CITY
    assert found.codes == (state[:2], state, "", "")
    assert (found.lon, found.lat) == (pytest.approx(lon, abs=0.15), pytest.approx(lat, abs=0.15))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United States", "US"),
        ("USA", "US"),
        ("US", "US"),
        ("u.s.", "US"),
        ("U.S.A.", "US"),
        ("America", "US"),
        ("United States of America", "US"),
        ("Deutschland", "DE"),
        ("UK", "GB"),
        ("Great Britain", "GB"),
        ("GBR", "GB"),
        ("Korea, Republic of", "KR"),
        ("Czech Republic", "CZ"),
        ("Türkiye", "TR"),
        ("Ivory Coast", "CI"),
        ("The Netherlands", "NL"),
        ("Viet Nam", "VN"),
        ("Kosovo", "XK"),
        ("Hong Kong", "HK"),
    ],
)
def test_countries_go_by_many_names(geography: Geography, name: str, code: str) -> None:
    found = spot(geography, country=name)
    assert found.rule is PlacedBy.COUNTRY
    assert found.codes[0] == code


@pytest.mark.parametrize("name", ["California", "CA", "ca", "06", "6", " california "])
def test_states_go_by_name_abbreviation_and_fips(geography: Geography, name: str) -> None:
    found = spot(geography, region=name, country="US")
    assert found.rule is PlacedBy.REGION
    assert found.codes == ("US", "06", "", "")
    states = geography.layer(GeoLevel.STATE)
    assert found.lon == states.lon[states.index_of("06")]


def test_every_state_goes_by_its_abbreviation(geography: Geography) -> None:
    for code, abbreviation in geography.gazetteer.state_abbreviations.items():
        assert spot(geography, region=abbreviation, country="US").codes[1] == code


def test_a_part_of_a_country_is_a_region(geography: Geography) -> None:
    assert spot(geography, country="England").rule is PlacedBy.REGION


def test_a_region_abroad_is_placed_in_that_region(geography: Geography) -> None:
    found = spot(geography, region="New South Wales", country="Australia")
    assert found.rule is PlacedBy.REGION
    assert found.lon == pytest.approx(151.2, abs=0.5)


@pytest.mark.parametrize(
    ("county", "region", "code"),
    [
        ("Cook County", "IL", "17031"),
        ("cook", "Illinois", "17031"),
        ("Cook Co.", "IL", "17031"),
        ("Cook County, IL", "", "17031"),
        ("17031", "", "17031"),
        ("6037", "California", "06037"),
        ("DeKalb", "GA", "13089"),
        ("De Kalb County", "GA", "13089"),
        ("Orleans Parish", "LA", "22071"),
        ("Baltimore", "MD", "24005"),
        ("Baltimore city", "MD", "24510"),
        ("St Louis County", "MO", "29189"),
        ("Juneau City and Borough", "AK", "02110"),
        ("Juneau", "AK", "02110"),
    ],
)
def test_a_county_with_its_state_is_better_than_the_state(
    geography: Geography, county: str, region: str, code: str
) -> None:
    found = spot(geography, county=county, region=region, country="US")
    layer = geography.layer(GeoLevel.COUNTY)
    assert found.rule is PlacedBy.COUNTY
    assert found.codes == ("US", code[:2], code, "")
    assert found.lon == layer.lon[layer.index_of(code)]


@pytest.mark.parametrize(
    ("county", "region", "rule"),
    [
        ("Cook County", "", PlacedBy.COUNTRY),
        ("Cook County", "TX", PlacedBy.REGION),
        ("17031", "TX", PlacedBy.REGION),
        ("99999", "", PlacedBy.COUNTRY),
    ],
)
def test_a_county_is_not_guessed(
    geography: Geography, county: str, region: str, rule: PlacedBy
) -> None:
    assert spot(geography, county=county, region=region, country="US").rule is rule


def test_a_city_is_better_than_its_county(geography: Geography) -> None:
    found = spot(geography, city="Evanston", county="Cook", region="IL", country="US")
    assert found.rule is PlacedBy.CITY


@pytest.mark.parametrize(
    ("region", "country", "note"),
    [
        ("Calfornia", "US", PlacementNote.STATE_UNKNOWN),
        ("Calfornia", "", PlacementNote.STATE_UNKNOWN),
        ("Quebeck", "Canada", PlacementNote.STATE_UNKNOWN),
        ("Québec", "Canada", PlacementNote.NONE),
        ("Rhône", "France", PlacementNote.NONE),
        ("", "US", PlacementNote.NONE),
        ("AE", "US", PlacementNote.NONE),
        ("Poseidonis", "Atlantis", PlacementNote.COUNTRY_UNKNOWN),
    ],
)
def test_a_misspelled_state_is_noted_where_all_states_are_known(
    geography: Geography, region: str, country: str, note: PlacementNote
) -> None:
    found = spot(geography, region=region, country=country)
    assert found.note is note


def test_cambridge_is_found_in_both_countries(geography: Geography) -> None:
    assert spot(geography, city="Cambridge", country="UK").codes[0] == "GB"
    assert spot(geography, city="Cambridge", region="MA").codes[2] == "25017"
    assert spot(geography, city="Saint-Étienne", country="France").codes[0] == "FR"
    assert spot(geography, city="São Paulo", country="Brasil").codes[0] == "BR"


def test_nothing_known_is_not_placed(geography: Geography) -> None:
    found = spot(geography)
    assert found.rule is PlacedBy.NOT_PLACED
    assert math.isnan(found.lon)
    assert found.codes == ("", "", "", "")
    unknown = spot(geography, country="Atlantis", city="Poseidonis")
    assert unknown.rule is PlacedBy.NOT_PLACED
    assert unknown.note is PlacementNote.COUNTRY_UNKNOWN


def test_rows_are_placed_alike_alone_and_together(geography: Geography) -> None:
    rows = [
        ("Chicago", "IL", "60601", "US"),
        ("Paris", "", "75001", "France"),
        ("Boston", "MA", "2134", ""),
        ("", "", "", ""),
        ("London", "Ontario", "", "Canada"),
        ("Chicago", "IL", "90210", "US"),
    ]
    city, region, zip_code, country = (list(column) for column in zip(*rows, strict=True))
    placed = place(geography, AddressColumns(city, region, zip_code, country))
    for row, parts in enumerate(rows):
        city_text, region_text, zip_text, country_text = parts
        alone = spot(
            geography, city=city_text, region=region_text, zip_code=zip_text, country=country_text
        )
        assert placed.placed_by[row] is alone.rule
        assert placed.zip_code[row] == alone.codes[3]
        assert placed.note[row] is alone.note
    assert placed.count(PlacedBy.NOT_PLACED) == 1


def test_no_rows_are_no_error(geography: Geography) -> None:
    placed = place(geography, AddressColumns([], [], [], []))
    assert len(placed.lon) == len(placed.country) == 0


def test_every_place_by_name_lies_in_the_areas_it_is_given(geography: Geography) -> None:
    layer = geography.layer(GeoLevel.ZIP)
    some = np.arange(0, len(layer), 40)
    names = [layer.names[i].partition(" ")[2].rpartition(", ") for i in some.tolist()]
    columns = AddressColumns(
        [city for city, _, _ in names],
        [state for _, _, state in names],
        [""] * len(some),
        ["US"] * len(some),
    )
    placed = place(geography, columns)
    assert placed.count(PlacedBy.CITY) >= 0.99 * len(some)
    located = geography.locate(placed.lon, placed.lat)
    here = np.asarray(placed.zip_code) != ""
    counties = geography.layer(GeoLevel.COUNTY).codes
    found = counties[located.index[GeoLevel.COUNTY][here]].tolist()
    assert found == [code for code in placed.county if code]
