# SPDX-License-Identifier: MIT
"""Who serves what: the finest claim wins, against a walk up the tree written the slow way."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel, geounit_id
from app.models.ids import GeoUnitId, TerritoryId
from app.services.alignment import (
    IN_DISPUTE,
    MIXED,
    NOBODY,
    Alignment,
    territories_by_area,
    unit_claims,
    view_territories,
)
from tests.helpers.tiny_geography import tiny_geography

GEOGRAPHY = tiny_geography()
POSITIONS = {TerritoryId(10): 0, TerritoryId(20): 1, TerritoryId(30): 2}
NORTH, SOUTH = frozenset({TerritoryId(10)}), frozenset({TerritoryId(20)})
Claims = dict[GeoUnitId, frozenset[TerritoryId]]
ALL_UNITS = [
    geounit_id(level, str(code))
    for level in LEVELS_COARSE_TO_FINE
    for code in GEOGRAPHY.layer(level).codes
]


def resolved(alignment: Alignment, unit: str) -> int:
    claims = unit_claims(alignment, GEOGRAPHY, POSITIONS)
    level, code = unit.split(":")
    layer = GEOGRAPHY.layer(GeoLevel(level))
    return int(claims.resolved[GeoLevel(level)][layer.index_of(code)])


def shown(alignment: Alignment, level: GeoLevel) -> list[int]:
    claims = unit_claims(alignment, GEOGRAPHY, POSITIONS)
    view = GEOGRAPHY.view(level)
    return [int(code) for code in view_territories(claims, GEOGRAPHY, view)]


def test_a_unit_takes_what_the_area_around_it_says() -> None:
    alignment = Alignment(units={GeoUnitId("state:01"): NORTH})
    assert resolved(alignment, "zip:10003") == 0
    assert resolved(alignment, "zip:20001") == NOBODY


def test_the_finest_claim_wins() -> None:
    alignment = Alignment(units={GeoUnitId("state:01"): NORTH, GeoUnitId("zip:10001"): SOUTH})
    assert resolved(alignment, "zip:10001") == 1
    assert resolved(alignment, "zip:10002") == 0


def test_a_hole_is_nobodys() -> None:
    alignment = Alignment(
        units={GeoUnitId("state:01"): NORTH}, holes=frozenset({GeoUnitId("county:01001")})
    )
    assert resolved(alignment, "zip:10001") == NOBODY
    assert resolved(alignment, "county:01002") == 0


def test_two_claims_are_a_dispute() -> None:
    alignment = Alignment(units={GeoUnitId("county:01001"): NORTH | SOUTH})
    assert resolved(alignment, "zip:10002") == IN_DISPUTE


def test_a_claim_on_an_unknown_unit_is_passed_over() -> None:
    alignment = Alignment(units={GeoUnitId("zip:99999"): NORTH})
    assert resolved(alignment, "zip:10001") == NOBODY


def test_a_state_shows_what_all_its_counties_show() -> None:
    units = {GeoUnitId("county:01001"): NORTH, GeoUnitId("county:01002"): NORTH}
    assert shown(Alignment(units=units), GeoLevel.STATE) == [0, NOBODY, NOBODY]


def test_a_state_with_differing_counties_is_mixed() -> None:
    units = {GeoUnitId("county:01001"): NORTH, GeoUnitId("county:01002"): SOUTH}
    assert shown(Alignment(units=units), GeoLevel.STATE) == [MIXED, NOBODY, NOBODY]


def test_countries_fill_the_rest_of_a_view() -> None:
    alignment = Alignment(units={GeoUnitId("country:FR"): SOUTH})
    assert shown(alignment, GeoLevel.COUNTY) == [NOBODY] * 4 + [1]


def test_an_account_is_served_by_the_finest_area_that_is_known_of_it() -> None:
    alignment = Alignment(units={GeoUnitId("country:US"): NORTH})
    claims = unit_claims(alignment, GEOGRAPHY, POSITIONS)
    index = {
        GeoLevel.COUNTRY: np.array([1, 1, -1], dtype=np.int32),
        GeoLevel.STATE: np.array([0, 0, -1], dtype=np.int32),
        GeoLevel.COUNTY: np.array([0, -1, -1], dtype=np.int32),
        GeoLevel.ZIP: np.array([0, -1, -1], dtype=np.int32),
    }
    assert territories_by_area(claims, index).tolist() == [0, 0, NOBODY]


@settings(max_examples=200, deadline=None)
@given(
    units=st.dictionaries(
        st.sampled_from(ALL_UNITS),
        st.frozensets(st.sampled_from(list(POSITIONS)), min_size=1, max_size=3),
        max_size=8,
    ),
    holes=st.frozensets(st.sampled_from(ALL_UNITS), max_size=4),
)
def test_resolution_equals_a_walk_up_from_each_unit(
    units: Claims, holes: frozenset[GeoUnitId]
) -> None:
    holes = holes - units.keys()
    alignment = Alignment(units=units, holes=holes)
    for unit in ALL_UNITS:
        assert resolved(alignment, unit) == walk_up(unit, units, holes)


def walk_up(unit: GeoUnitId | None, units: Claims, holes: frozenset[GeoUnitId]) -> int:
    while unit is not None:
        if unit in holes:
            return NOBODY
        if unit in units:
            claim = units[unit]
            return IN_DISPUTE if len(claim) > 1 else POSITIONS[next(iter(claim))]
        unit = GEOGRAPHY.parent(unit)
    return NOBODY
