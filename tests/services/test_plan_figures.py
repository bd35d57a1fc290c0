# SPDX-License-Identifier: MIT
"""Balance without the roughly placed, and with regions above territories."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.models.ids import GeoUnitId, RepId, TerritoryId
from app.models.reports import BalanceLine
from app.services.commands import (
    AddDrawnArea,
    AssignGeoUnits,
    CreateTerritory,
    SetIdealByCapacity,
    SetRep,
    UpdateRep,
)
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import SALES, tiny_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """The tiny plan: 01 is North's, 02 is South's; d (200) is known by its county only."""
    bare = tiny_workspace(tmp_path)
    with bare.document.store.transaction() as tx:
        tx.put("account", ("id", "placed_by"), [(4, "county"), (7, "country")])
    opened = Workspace(bare.document, bare.geography)
    for name, unit in (("North", "state:01"), ("South", "state:02")):
        opened.run(CreateTerritory(name))
        made = opened.territories[-1].id
        opened.run(AssignGeoUnits((GeoUnitId(unit),), made, name))
    yield opened
    opened.close()


def _put_region(workspace: Workspace) -> Workspace:
    with workspace.document.store.transaction() as tx:
        columns = ("id", "scenario_id", "sales_force_id", "name", "parent_id")
        tx.put("territory", columns, [(9, 1, 1, "West", None)])
        tx.put("territory", ("id", "parent_id"), [(1, 9), (2, 9)])
    return Workspace(workspace.document, workspace.geography)


def test_roughly_placed_accounts_can_be_left_out_and_are_told(workspace: Workspace) -> None:
    whole = workspace.balance(SALES)
    assert [row.total for row in whole.rows] == [420, 120, 40]
    assert (whole.left_out_count, whole.left_out_total) == (0, 0)
    # d (200, county), g (30, country) and h (10, not placed) are left out.
    kept = workspace.balance(SALES, well_placed_only=True)
    assert [row.total for row in kept.rows] == [220, 120, 0]
    assert [row.account_count for row in kept.rows] == [3, 2, 0]
    assert (kept.left_out_count, kept.left_out_total) == (3, 240)
    assert kept.total + kept.left_out_total == whole.total


def test_a_region_that_only_unites_is_no_territory_to_balance(workspace: Workspace) -> None:
    plan = _put_region(workspace)
    report = plan.balance(SALES)
    assert [row.territory_id for row in report.rows] == [1, 2, None]
    assert [row.ideal for row in report.rows[:2]] == [270, 270]
    assert report.territory_count == 2
    assert plan.leaves_of(TerritoryId(9)) == (1, 2)


def test_a_region_that_holds_an_area_is_compared(workspace: Workspace) -> None:
    plan = _put_region(workspace)
    plan.run(AssignGeoUnits((GeoUnitId("country:FR"),), TerritoryId(9), "West"))
    report = plan.balance(SALES)
    assert [row.territory_id for row in report.rows] == [1, 2, 9, None]
    assert report.rows[2].total == 30
    plan.undo()
    assert len(plan.balance(SALES).rows) == 3
    assert report.rows[-1].line is BalanceLine.UNASSIGNED


def test_a_region_that_has_a_drawn_area_is_compared(workspace: Workspace) -> None:
    with workspace.document.store.transaction() as tx:
        tx.put("account", ("id", "lon", "lat"), [(1, -100.0, 40.0)])
    plan = _put_region(workspace)
    corners = ((-100.5, 39.5), (-99.5, 39.5), (-99.5, 40.5), (-100.5, 40.5))
    plan.run(AddDrawnArea(TerritoryId(9), (corners,)))
    report = plan.balance(SALES)
    assert [row.territory_id for row in report.rows] == [1, 2, 9, None]
    assert [row.total for row in report.rows] == [320, 120, 100, 40]


def test_a_manager_of_a_region_gives_all_hours_to_the_territories(workspace: Workspace) -> None:
    plan = _put_region(workspace)
    ann, bob = plan.reps[0], plan.reps[1]
    for territory in (1, 9):
        plan.run(SetRep(TerritoryId(territory), ann.id, "", ann.name))
    plan.run(SetRep(TerritoryId(2), bob.id, "", bob.name))
    plan.run(SetIdealByCapacity(by_capacity=True))
    # 540 shared out as 1,600 to 800 hours.
    assert [row.ideal for row in plan.balance(SALES).rows[:2]] == [360, 180]


def test_the_ideal_by_capacity_counts_available_hours(workspace: Workspace) -> None:
    """Ann works 1,600 h at half time, Bob 800 h: North and South are even. Sum 420 + 120."""
    workspace.run(UpdateRep(replace(workspace.rep(RepId(1)), part_time_fraction=0.5)))
    for territory, rep in ((1, 1), (2, 2)):
        workspace.run(SetRep(TerritoryId(territory), RepId(rep)))
    workspace.run(SetIdealByCapacity(by_capacity=True))
    rows = workspace.balance(SALES).rows[:2]
    assert [row.ideal for row in rows] == [270, 270]
    workspace.run(UpdateRep(replace(workspace.rep(RepId(1)), days_off=115.0)))
    rows = workspace.balance(SALES).rows[:2]
    assert [row.ideal for row in rows] == [pytest.approx(180), pytest.approx(360)]
