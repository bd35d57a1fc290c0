# SPDX-License-Identifier: MIT
"""First-level areas of other countries than the US: which there are, and how they fit together."""

import math
from itertools import pairwise

import numpy as np
import pytest
import shapely

from app.models.account import PlacedBy
from app.models.geounit import GeoLevel, geounit_id
from app.services.geography.addresses import AddressColumns
from app.services.geography.exactness import exactness_km
from app.services.geography.geography import Geography
from app.services.geography.packed import PackedPolygons, read_ply1, to_polygons
from app.services.geography.placement import place
from app.services.geography.plain_views import shipped_places

US_STATES = 56


def codes_of(geography: Geography, country: str) -> list[str]:
    codes = geography.layer(GeoLevel.STATE).codes.tolist()
    return [code for code in codes if code.startswith(f"{country}-")]


def segments_of(packed: PackedPolygons, feature: int) -> set[tuple[float, ...]]:
    """The edges of an area, each with its lower end first."""
    found: set[tuple[float, ...]] = set()
    for ring in range(packed.ring_start[feature], packed.ring_start[feature + 1]):
        xy = packed.xy[packed.coord_start[ring] : packed.coord_start[ring + 1]].tolist()
        for a, b in pairwise(xy):
            found.add((*a, *b) if a <= b else (*b, *a))
    return found


@pytest.mark.parametrize(
    ("country", "count"),
    [
        ("DE", 16),
        ("CA", 13),
        ("AU", 8),
        ("BR", 27),
        ("MX", 32),
        ("JP", 47),
        ("FR", 18),  # The 13 regions in Europe and the 5 overseas.
        ("GB", 12),  # Scotland, Wales, Northern Ireland and the nine regions of England.
        ("IT", 20),
        ("ES", 19),
        ("CH", 26),
        ("AT", 9),
        ("NL", 15),  # The 12 provinces and the 3 islands in the Caribbean.
        ("IN", 34),  # Telangana with Andhra Pradesh, Ladakh with Jammu and Kashmir.
        ("CN", 31),  # Hong Kong, Macao and Taiwan are drawn apart.
        ("ZA", 9),
        ("MA", 0),  # Redrawn in 2015, the source has what was before.
        ("KE", 0),
    ],
)
def test_a_country_has_its_states(geography: Geography, country: str, count: int) -> None:
    assert len(codes_of(geography, country)) == count


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("DE-BY", "Bavaria, Germany"),
        ("FR-IDF", "Île-de-France, France"),
        ("CA-ON", "Ontario, Canada"),
        ("AU-NSW", "New South Wales, Australia"),
        ("GB-UKI", "Greater London, United Kingdom"),
        ("IN-AP", "Andhra Pradesh and Telangana, India"),
        ("NO-46", "Vestland, Norway"),
    ],
)
def test_a_name_says_the_country(geography: Geography, code: str, name: str) -> None:
    assert geography.name(geounit_id(GeoLevel.STATE, code)) == name


def test_the_parent_is_the_country_of_the_code(geography: Geography) -> None:
    states, countries = geography.layer(GeoLevel.STATE), geography.layer(GeoLevel.COUNTRY)
    homes = countries.codes[states.parent[US_STATES:]].tolist()
    assert homes == [code[:2] for code in states.codes[US_STATES:].tolist()]


def test_the_states_of_a_country_cover_it(geography: Geography) -> None:
    states, countries = geography.layer(GeoLevel.STATE), geography.layer(GeoLevel.COUNTRY)
    sums = np.bincount(states.parent, states.area_km2, minlength=len(countries))
    divided = sums > 0
    assert divided.sum() == 91
    assert np.allclose(sums[divided], countries.area_km2[divided], rtol=1e-3)
    # Within 1 % of what is published: 357,000 and 7,741,000 km2.
    assert countries.area_km2[countries.index_of("DE")] == pytest.approx(357_000, rel=0.01)
    assert countries.area_km2[countries.index_of("AU")] == pytest.approx(7_705_000, rel=0.01)


def test_neighbours_share_the_very_same_border(geography: Geography) -> None:
    layer = geography.layer(GeoLevel.STATE)
    packed = read_ply1(geography.folder / "view_state.ply")
    drawn = shipped_places(geography, GeoLevel.STATE)
    assert drawn.index[: len(layer)].tolist() == list(range(len(layer)))
    edges = [segments_of(packed, feature) for feature in range(len(layer))]
    apart = [
        (str(layer.codes[a]), str(layer.codes[b]))
        for a in range(US_STATES, len(layer))
        for b in layer.neighbors_of(a).tolist()
        if b >= US_STATES and not edges[a] & edges[b]
    ]
    assert apart == []


def test_states_beside_the_us_touch_it(geography: Geography) -> None:
    layer = geography.layer(GeoLevel.STATE)
    polygons, feature = to_polygons(read_ply1(geography.folder / "view_state.ply"))
    area = {i: shapely.union_all(polygons[feature == i]) for i in range(len(layer))}
    beside = [
        (a, b) for a in range(US_STATES) for b in layer.neighbors_of(a).tolist() if b >= US_STATES
    ]
    assert len(beside) > 20
    # In the plane of the map, 40 million metres are 1.
    assert [pair for pair in beside if area[pair[0]].distance(area[pair[1]]) > 1e-7] == []


@pytest.mark.parametrize(
    ("code", "others"),
    [
        ("CA-ON", {"CA-MB", "CA-QC", "26", "27", "36", "39"}),
        ("CA-BC", {"CA-AB", "CA-NT", "CA-YT", "02", "16", "30", "53"}),
        ("MX-BCN", {"04", "06", "MX-BCS", "MX-SON"}),
        ("DE-BE", {"DE-BB"}),
        ("DE-SL", {"DE-RP", "FR-GES", "LU"}),
        ("ES-CE", set[str]()),
        ("AU-TAS", set[str]()),
    ],
)
def test_neighbours_are_known_across_countries(
    geography: Geography, code: str, others: set[str]
) -> None:
    layer = geography.layer(GeoLevel.STATE)
    found = set(layer.codes[layer.neighbors_of(layer.index_of(code))].tolist())
    # Luxembourg is shipped without states, so it is no neighbour at this level.
    assert found == others - {"LU"}


@pytest.mark.parametrize(
    ("region", "country", "state"),
    [
        ("Bavaria", "Germany", "DE-BY"),
        ("Bayern", "", "DE-BY"),
        ("Ontario", "Canada", "CA-ON"),
        ("ON", "Canada", "CA-ON"),
        ("ON", "", "CA-ON"),
        ("NSW", "Australia", "AU-NSW"),
        ("Île-de-France", "France", "FR-IDF"),
        ("Ile de France", "", "FR-IDF"),
        ("Bouches-du-Rhône", "France", "FR-PAC"),
        ("Kent", "United Kingdom", "GB-UKJ"),
        ("", "Scotland", "GB-SCT"),
        ("MI", "Italy", "IT-25"),
        ("Milano", "Italia", "IT-25"),
        ("Barcelona", "Spain", "ES-CT"),
        ("SP", "Brazil", "BR-SP"),
        ("Jalisco", "Mexico", "MX-JAL"),
        ("Tokyo", "Japan", "JP-13"),
        ("Zürich", "Switzerland", "CH-ZH"),
        ("Maharashtra", "India", "IN-MH"),
        ("Telangana", "India", "IN-AP"),
    ],
)
def test_a_region_of_an_address_is_its_state(
    geography: Geography, region: str, country: str, state: str
) -> None:
    placed = place(geography, AddressColumns([""], [region], [""], [country]))
    assert placed.placed_by == [PlacedBy.REGION]
    assert (placed.country[0], placed.state[0]) == (state[:2], state)
    found = geography.locate(placed.lon, placed.lat).index[GeoLevel.STATE][0]
    assert geography.layer(GeoLevel.STATE).codes[found] == state


def test_england_has_regions_of_which_an_address_tells_none(geography: Geography) -> None:
    placed = place(geography, AddressColumns([""], ["England"], [""], ["United Kingdom"]))
    assert placed.placed_by == [PlacedBy.REGION]
    assert (placed.country, placed.state) == (["GB"], [""])


@pytest.mark.parametrize("region", ["North East", "South", "Central", "Kent", "Essex", "Limburg"])
def test_a_region_without_a_country_is_not_taken_for_one_abroad(
    geography: Geography, region: str
) -> None:
    # Sales regions and US counties are called so too; Limburg is in two countries.
    placed = place(geography, AddressColumns(["Chicago"], [region], ["60601"], [""]))
    assert placed.country == ["US"]
    assert placed.zip_code == ["60601"]


def test_the_place_of_a_state_is_as_exact_as_the_state_is_small(geography: Geography) -> None:
    regions = ["Berlin", "Bavaria"]
    placed = place(geography, AddressColumns(["", ""], regions, ["", ""], ["Germany"] * 2))
    rules = [rule.value for rule in placed.placed_by]
    index = {
        level: geography.layer(level).indices_of(codes)
        for level, codes in (
            (GeoLevel.COUNTRY, placed.country),
            (GeoLevel.STATE, placed.state),
            (GeoLevel.COUNTY, placed.county),
            (GeoLevel.ZIP, placed.zip_code),
        )
    }
    berlin, bavaria = exactness_km(rules, index, geography).tolist()
    # 892 and 70,542 km2 as circles.
    assert berlin == pytest.approx(math.sqrt(892 / math.pi), rel=0.1)
    assert bavaria == pytest.approx(math.sqrt(70_542 / math.pi), rel=0.02)
