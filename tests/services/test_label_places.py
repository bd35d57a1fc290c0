# SPDX-License-Identifier: MIT
"""Names stand in a territory's main part, and an export takes the level that is assigned."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId, TerritoryId
from app.services.commands import AssignGeoUnits
from app.services.geography.geography import Geography
from app.services.html_export import map_for_export
from app.services.label_places import (
    finest_assigned_level,
    served_box,
    territory_km2,
    territory_places,
)
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from tests.helpers.demo_plan import COUNTIES, demo_workspace
from tests.helpers.shared import ROOT

_PACIFIC = 1
"""Position of the territory that holds California."""


@pytest.fixture(scope="module")
def geography() -> Geography:
    """The shipped areas."""
    if not (ROOT / "resources" / "geo" / "view_county.ply").is_file():
        pytest.skip("the shipped areas were not built")
    return Geography.load(ROOT / "resources" / "geo")


@pytest.fixture
def workspace(tmp_path: Path, geography: Geography) -> Iterator[Workspace]:
    """A plan whose territories hold whole states."""
    folders = AppFolders(tmp_path / "work", tmp_path / "backups", tmp_path / "logs")
    found = demo_workspace(tmp_path, folders, geography)
    yield found
    found.close()


def _give(workspace: Workspace, territory: TerritoryId | None, *units: str) -> None:
    chosen = tuple(GeoUnitId(unit) for unit in units)
    workspace.run(AssignGeoUnits(chosen, territory, ""))


def test_the_finest_assigned_level_is_that_of_the_finest_claim(workspace: Workspace) -> None:
    first = workspace.territories[0].id
    assert finest_assigned_level(workspace) is GeoLevel.STATE
    _give(workspace, first, "county:17031")
    assert finest_assigned_level(workspace) is GeoLevel.COUNTY
    _give(workspace, first, "zip:98101")
    assert finest_assigned_level(workspace) is GeoLevel.ZIP
    for territory in workspace.territories:
        _give(workspace, None, *workspace.holdings.geounits_of_territory(territory.id))
    assert finest_assigned_level(workspace) is GeoLevel.COUNTY


def test_a_county_plan_is_exported_as_counties(workspace: Workspace) -> None:
    _give(workspace, workspace.territories[0].id, "county:17031")
    export = map_for_export(workspace)
    counties = workspace.geography.view(GeoLevel.COUNTY)
    assert export.names == counties.names
    assert export.own_count == counties.own_count
    assert {label.text for label in export.labels} >= {"Lone Star", "Pacific"}


def test_accounts_travel_only_when_asked_for(workspace: Workspace) -> None:
    assert not len(map_for_export(workspace).points)
    assert len(map_for_export(workspace, with_accounts=True).points) == 40 * len(COUNTIES)


def test_a_label_stays_in_the_main_part_where_the_shown_areas_are_divided(
    workspace: Workspace,
) -> None:
    pacific = workspace.territories[_PACIFIC].id
    _give(workspace, pacific, "state:15")
    _give(workspace, workspace.territories[0].id, "county:06001")
    place = territory_places(workspace, GeoLevel.STATE)[_PACIFIC]
    assert place is not None
    assert -125 < place[0] < -114


def test_a_large_part_without_accounts_is_not_the_main_part(workspace: Workspace) -> None:
    _give(workspace, workspace.territories[_PACIFIC].id, "state:02")
    place = territory_places(workspace, GeoLevel.COUNTY)[_PACIFIC]
    assert place is not None
    assert place[1] < 43


def test_a_territory_abroad_has_its_label_there(workspace: Workspace) -> None:
    pacific = workspace.territories[_PACIFIC].id
    _give(workspace, pacific, "country:FR")
    assert (territory_places(workspace, GeoLevel.COUNTY)[_PACIFIC] or (0, 0))[0] < -114
    _give(workspace, None, "state:06")
    place = territory_places(workspace, GeoLevel.COUNTY)[_PACIFIC]
    assert place is not None
    assert -5 < place[0] < 9


def test_the_first_look_is_at_the_served_accounts(workspace: Workspace) -> None:
    west, south, east, north = served_box(workspace) or (0, 0, 0, 0)
    assert west < -122
    assert -87 < east < -80
    assert south < 30
    assert north > 47


def test_the_land_of_a_territory_is_that_of_its_areas_at_whatever_level(
    workspace: Workspace,
) -> None:
    before = territory_km2(workspace)
    assert before.sum() > 1_000_000
    county = workspace.geography.layer(GeoLevel.COUNTY)
    cook = float(county.area_km2[county.index_of("17031")])
    holder = workspace.unit_territory(GeoLevel.COUNTY)[county.index_of("17031")]
    _give(workspace, None, "county:17031")
    lost = before - territory_km2(workspace)
    # The areas of its ZIP cells sum to the county's, save for rounding and simplification.
    assert lost[holder] == pytest.approx(cook, rel=0.02)
    lost[holder] = 0
    assert not lost.any()
