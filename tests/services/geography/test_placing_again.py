# SPDX-License-Identifier: MIT
"""Accounts in the areas of boundary layers: by code, also abroad, and by point."""

from dataclasses import replace

import numpy as np
import pytest

from app.models.account import PlacedBy
from app.models.boundary_layer import BoundaryLayerInfo, BoundaryRole
from app.models.geounit import GeoLevel
from app.services.geography.addresses import AddressColumns
from app.services.geography.geography import Geography
from app.services.geography.layered import with_layers
from app.services.geography.placement import place
from app.services.geography.plan_layer import PlanLayer
from app.services.geography.postal_abroad import CodeReader, CodesAbroad
from tests.helpers.boundary_layers import layer_of_boxes

TORONTO = {"M5V": (-79.45, 43.60, -79.35, 43.70), "M4C": (-79.35, 43.60, -79.25, 43.70)}


def layer(codes: dict[str, tuple[float, float, float, float]], country: str) -> PlanLayer:
    info = BoundaryLayerInfo(1, "x", BoundaryRole.JOIN, GeoLevel.ZIP, country)
    return PlanLayer(info, layer_of_boxes(codes), f"digest of {country}")


def codes(country: str, *listed: str) -> PlanLayer:
    return layer({code: (float(i), 50.0, i + 1.0, 51.0) for i, code in enumerate(listed)}, country)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("M5V 3L9", "CA-M5V"), ("m5v3l9", "CA-M5V"), ("M5V", "CA-M5V"), ("M9Z 1A1", ""), ("", "")],
)
def test_a_canadian_code_belongs_to_its_first_half(text: str, expected: str) -> None:
    assert CodeReader(codes("CA", "M5V", "M4C")).code_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("M1 1AA", "GB-M1"), ("M11 1AA", "GB-M11"), ("M111AA", "GB-M11"), ("SW1A1AA", "GB-SW1A")],
)
def test_a_british_code_belongs_to_its_district(text: str, expected: str) -> None:
    assert CodeReader(codes("GB", "M1", "M11", "SW1A")).code_of(text) == expected


def test_zeros_that_a_spreadsheet_dropped_are_put_back() -> None:
    reader = CodeReader(codes("DE", "01067", "10115"))
    assert reader.read(["1067", "10115", "99999"]) == ["DE-01067", "DE-10115", ""]


def test_only_codes_that_tell_their_country_are_taken_where_none_is_given(
    geography: Geography,
) -> None:
    found = CodesAbroad(with_layers(geography, [codes("DE", "10115"), layer(TORONTO, "CA")]))
    assert found.code_of("M4C") == "CA-M4C"
    assert found.code_of("de-10115") == "DE-10115"
    assert found.code_of("10115") == ""
    assert CodesAbroad(geography).code_of("M4C") == ""


def test_addresses_are_placed_in_the_areas_of_the_plan(geography: Geography) -> None:
    over = with_layers(geography, [layer(TORONTO, "CA")])
    columns = AddressColumns(
        city=["Toronto", "Toronto", "Chicago", ""],
        region=["ON", "ON", "IL", ""],
        postal_code=["M4C 1B5", "", "60601", ""],
        country_name=["Canada", "Canada", "USA", "Canada"],
        lon=np.array([np.nan, -79.40, np.nan, np.nan]),
        lat=np.array([np.nan, 43.65, np.nan, np.nan]),
    )
    placed = place(over, columns)
    assert placed.zip_code == ["CA-M4C", "CA-M5V", "60601", ""]
    assert placed.placed_by[:3] == [
        PlacedBy.POSTAL_CODE,
        PlacedBy.COORDINATES,
        PlacedBy.POSTAL_CODE,
    ]
    assert placed.country == ["CA", "CA", "US", "CA"]
    assert placed.lon[0] == pytest.approx(-79.30)
    assert place(geography, columns).zip_code == ["", "", "60601", ""]


def test_areas_on_a_bank_that_our_coasts_leave_out_belong_to_the_nearest_province(
    geography: Geography,
) -> None:
    # The middle of Québec City lies in the Saint Lawrence as our provinces are drawn.
    bank = {"G1R": (-71.23, 46.80, -71.21, 46.81), "M5V": TORONTO["M5V"]}
    over = with_layers(geography, [replace(layer(bank, "CA"), digest="banks")])
    rows = over.layer(GeoLevel.ZIP).indices_of(["CA-G1R", "CA-M5V"])
    states = over.ancestors(GeoLevel.ZIP, GeoLevel.STATE)[rows]
    assert [str(over.layer(GeoLevel.STATE).codes[at]) for at in states] == ["CA-QC", "CA-ON"]
    assert (over.ancestors(GeoLevel.ZIP, GeoLevel.COUNTY)[rows] == -1).all()


def test_searching_finds_areas_that_joined(geography: Geography) -> None:
    over = with_layers(geography, [layer(TORONTO, "CA")])
    assert [place.geounit for place in over.search("m5")] == ["zip:CA-M5V"]
    assert over.search("60601")[0].geounit == "zip:60601"
