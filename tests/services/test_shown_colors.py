# SPDX-License-Identifier: MIT
"""Territories that become neighbours never share a colour on the map, whatever edit made them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.ids import GeoUnitId, TerritoryId
from app.services.commands import AssignGeoUnits, CreateTerritory, RecolorTerritory
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from tests.helpers.tiny_geography import tiny_geography
from tests.helpers.tiny_plan import tiny_workspace

NORTH, SOUTH = TerritoryId(1), TerritoryId(2)
EAST = TerritoryId(3)
"""Holds nothing."""


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = tiny_workspace(tmp_path)
    for name in ("North", "South", "East"):
        workspace.run(CreateTerritory(name))
    with workspace.document.store.transaction() as tx:
        tx.put("territory", ("id", "color_index"), [(NORTH, 4), (SOUTH, 4), (EAST, 4)])
    workspace.document.publish()
    path = workspace.document.path
    workspace.close()
    folders = AppFolders(tmp_path / "work", tmp_path / "backups", tmp_path / "logs")
    workspace = Workspace.open(path, folders, tiny_geography())
    workspace.run(_give(NORTH, "county:01001"))
    workspace.run(_give(SOUTH, "county:02002"))
    yield workspace
    workspace.close()


def _give(territory: TerritoryId, unit: str) -> AssignGeoUnits:
    return AssignGeoUnits((GeoUnitId(unit),), territory)


def _colors(plan: Workspace) -> list[int]:
    return [territory.color_index for territory in plan.territories]


def test_equal_colours_apart_from_each_other_stay(plan: Workspace) -> None:
    assert _colors(plan) == [4, 4, 4]


def test_an_edit_that_brings_two_together_recolours_one_and_says_so(plan: Workspace) -> None:
    changes = plan.run(_give(SOUTH, "county:01002"))
    north, south, east = _colors(plan)
    assert (north, east) == (4, 4)
    assert south != 4
    assert SOUTH in changes.territories


def test_undo_brings_the_colour_back_and_redo_takes_it_again(plan: Workspace) -> None:
    plan.run(_give(SOUTH, "county:01002"))
    together = _colors(plan)
    assert SOUTH in plan.undo().territories
    assert _colors(plan) == [4, 4, 4]
    plan.redo()
    assert _colors(plan) == together


def test_a_colour_that_the_user_chose_stays_and_the_other_gives_way(plan: Workspace) -> None:
    plan.run(RecolorTerritory(SOUTH, 4, "South"))
    plan.run(_give(SOUTH, "county:01002"))
    north, south, _ = _colors(plan)
    assert south == 4
    assert north != 4


def test_lists_and_lookups_show_the_same_colours(plan: Workspace) -> None:
    plan.run(_give(SOUTH, "county:01002"))
    shown = {each.id: each.color_index for each in plan.territories}
    assert {each.id: each.color_index for each in plan.leaf_territories} == shown
    assert {each: plan.territory(each).color_index for each in shown} == shown
