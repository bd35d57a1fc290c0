# SPDX-License-Identifier: MIT
"""What draws a country: its own units of a level, or the next coarser ones that it has.

The United States have states 01 and 02, each with one county, and one ZIP area in each of them;
France has the states FR-A and FR-B and nothing finer; Monaco has nothing.
"""

from pathlib import Path

import numpy as np
import pytest

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId, TerritoryId
from app.services.alignment import MIXED, NOBODY, Alignment, unit_claims, view_territories
from app.services.geography.geography import Geography
from app.services.geography.layer import GeoLayer, LayerText

_UNITS: dict[GeoLevel, tuple[list[str], list[int], dict[GeoLevel, list[int]]]] = {
    GeoLevel.COUNTRY: (["US", "FR", "MC"], [-1, -1, -1], {}),
    GeoLevel.STATE: (["01", "02", "FR-A", "FR-B"], [0, 0, 1, 1], {}),
    GeoLevel.COUNTY: (["01001", "02001"], [0, 1], {}),
    # The last one lies in state FR-A and in no county.
    GeoLevel.ZIP: (
        ["10001", "20001", "FR-75001"],
        [0, 1, -1],
        {GeoLevel.STATE: [-1, -1, 2]},
    ),
}


class WorldGeography(Geography):
    """The drawing above, without polygons."""

    def __init__(self) -> None:
        super().__init__(Path("no such folder"), {})

    def _make_layer(self, level: GeoLevel) -> GeoLayer:
        codes, parent, far = _UNITS[level]
        count = len(codes)
        return GeoLayer(
            level=level,
            codes=np.array(codes, dtype=np.str_),
            names=codes,
            parent=np.array(parent, np.int32),
            lon=np.zeros(count),
            lat=np.zeros(count),
            area_km2=np.ones(count, np.float32),
            bounds=np.zeros((count, 4), np.float32),
            neighbors_start=np.zeros(count + 1, np.int32),
            neighbors=np.empty(0, np.int32),
            text=LayerText("", "", ""),
            far_parents={above: np.array(at, np.int32) for above, at in far.items()},
        )


GEOGRAPHY = WorldGeography()


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (GeoLevel.COUNTRY, ["country:US", "country:FR", "country:MC"]),
        (GeoLevel.STATE, ["state:01", "state:02", "state:FR-A", "state:FR-B", "country:MC"]),
        (
            GeoLevel.COUNTY,
            ["county:01001", "county:02001", "state:FR-A", "state:FR-B", "country:MC"],
        ),
        (GeoLevel.ZIP, ["zip:10001", "zip:20001", "zip:FR-75001", "country:MC"]),
    ],
)
def test_a_view_holds_the_finest_units_that_each_country_has(
    level: GeoLevel, expected: list[str]
) -> None:
    view = GEOGRAPHY.view(level)
    assert list(view.geounits) == expected
    assert view.own_count == len(GEOGRAPHY.layer(level))


def test_ancestors_skip_a_level_that_is_not_there() -> None:
    levels = (GeoLevel.COUNTY, GeoLevel.STATE, GeoLevel.COUNTRY)
    found = [GEOGRAPHY.ancestors(GeoLevel.ZIP, level).tolist() for level in levels]
    assert found == [[0, 1, -1], [0, 1, 2], [0, 0, 1]]
    assert GEOGRAPHY.parent(GeoUnitId("zip:FR-75001")) == "state:FR-A"
    assert GEOGRAPHY.descendants_of(GeoUnitId("state:FR-A")) == ("zip:FR-75001",)
    assert GEOGRAPHY.descendants_of(GeoUnitId("country:FR")) == (
        "state:FR-A",
        "state:FR-B",
        "zip:FR-75001",
    )


def held(level: GeoLevel, units: dict[str, int]) -> list[int]:
    position = {TerritoryId(1): 0, TerritoryId(2): 1}
    claims = {GeoUnitId(u): frozenset({TerritoryId(t)}) for u, t in units.items()}
    resolved = unit_claims(Alignment(units=claims), GEOGRAPHY, position)
    return view_territories(resolved, GEOGRAPHY, GEOGRAPHY.view(level)).tolist()


def test_what_is_said_about_a_state_holds_for_units_two_levels_below() -> None:
    assert held(GeoLevel.ZIP, {"state:FR-A": 1}) == [NOBODY, NOBODY, 0, NOBODY]
    assert held(GeoLevel.ZIP, {"country:FR": 1, "zip:FR-75001": 2}) == [NOBODY, NOBODY, 1, NOBODY]


def test_a_country_is_mixed_where_its_parts_are_held_differently() -> None:
    assert held(GeoLevel.COUNTRY, {"country:FR": 1, "zip:FR-75001": 2}) == [NOBODY, MIXED, NOBODY]
    assert held(GeoLevel.STATE, {"country:FR": 1, "zip:FR-75001": 2})[2:4] == [1, 0]
    assert held(GeoLevel.COUNTRY, {"country:FR": 1, "zip:FR-75001": 1}) == [NOBODY, 0, NOBODY]
