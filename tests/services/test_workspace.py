# SPDX-License-Identifier: MIT
"""Every edit of a plan, what follows from it, and the way back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.errors import EditRejected
from app.models.geounit import GeoLevel
from app.models.ids import AccountId, GeoUnitId, MeasureId, RepId, StrokeId, TerritoryId
from app.models.measure import ACCOUNT_COUNT
from app.models.rep import Rep
from app.services.commands import (
    AddRep,
    AssignAccounts,
    AssignGeoUnits,
    BuildTerritories,
    Command,
    CreateTerritory,
    DeleteTerritories,
    MergeTerritories,
    RecolorTerritory,
    RemoveReps,
    RenamePlan,
    RenameTerritory,
    SetIdealByCapacity,
    SetMainMeasure,
    SetRep,
    SetTerritoryLock,
    SetTolerance,
    SplitTerritory,
    SwapReps,
    UpdateRep,
)
from app.services.workspace import Workspace
from tests.helpers.overlaps import overlaps_of
from tests.helpers.tiny_geography import tiny_geography
from tests.helpers.tiny_plan import SALES, tiny_workspace

NORTH, SOUTH = TerritoryId(1), TerritoryId(2)


def unit(text: str) -> GeoUnitId:
    return GeoUnitId(text)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = tiny_workspace(tmp_path)
    workspace.run(CreateTerritory("North"))
    workspace.run(CreateTerritory("South"))
    yield workspace
    workspace.close()


def totals(plan: Workspace) -> dict[str, float]:
    names = {territory.id: territory.name for territory in plan.territories}
    return {
        names[row.territory_id] if row.territory_id else row.line.value: row.total
        for row in plan.balance(SALES).rows
    }


def everything(plan: Workspace) -> list[object]:
    tables = (
        *("territory", "geounit_assignment", "geounit_hole", "account_assignment"),
        *("rep", "roster", "setting"),
    )
    store = plan.document.store
    return [store.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]  # noqa: S608 names from above


def test_an_assigned_county_brings_its_accounts(plan: Workspace) -> None:
    """01001 holds a, b and c: 100 + 50 + 70."""
    plan.run(AssignGeoUnits((unit("county:01001"),), NORTH, "North"))
    assert totals(plan) == {"North": 220, "South": 0, "unassigned": 360}


def test_a_zip_area_can_leave_its_county(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((unit("county:01001"),), NORTH, "North"))
    plan.run(AssignGeoUnits((unit("zip:10002"),), SOUTH, "South"))
    assert totals(plan) == {"North": 170, "South": 50, "unassigned": 360}


def test_unassigning_a_part_leaves_a_hole(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((unit("state:01"),), NORTH, "North"))
    plan.run(AssignGeoUnits((unit("county:01002"),), None))
    assert totals(plan) == {"North": 220, "South": 0, "unassigned": 360}
    assert plan.holdings.territories_claiming(unit("zip:10003")) == ()


def test_assigning_the_whole_clears_the_parts(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((unit("zip:10001"),), SOUTH, "South"))
    plan.run(AssignGeoUnits((unit("state:01"),), NORTH, "North"))
    assert plan.holdings.geounits_of_territory(SOUTH) == ()
    assert totals(plan)["North"] == 420


def test_a_part_given_back_needs_no_claim_of_its_own(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((unit("state:01"),), NORTH, "North"))
    plan.run(AssignGeoUnits((unit("county:01001"),), SOUTH, "South"))
    plan.run(AssignGeoUnits((unit("county:01001"),), NORTH, "North"))
    assert plan.holdings.geounits_of_territory(NORTH) == (unit("state:01"),)


def test_a_second_claim_is_an_overlap_with_its_accounts(plan: Workspace) -> None:
    plan.run(SetMainMeasure(SALES, "Sales"))
    plan.run(AssignGeoUnits((unit("county:01001"),), NORTH, "North"))
    plan.run(AssignGeoUnits((unit("county:01001"),), SOUTH, "South", add=True))
    report = overlaps_of(plan)
    assert [item.territory_ids for item in report.items] == [(NORTH, SOUTH)]
    assert (report.account_count, report.value) == (3, 220)
    assert totals(plan) == {"North": 0, "South": 0, "unassigned": 360, "in_dispute": 220}


def test_resolving_an_overlap_ends_it(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((unit("county:01001"),), NORTH, "North"))
    plan.run(AssignGeoUnits((unit("county:01001"),), SOUTH, "South", add=True))
    plan.run(AssignGeoUnits((unit("county:01001"),), SOUTH, "South"))
    assert overlaps_of(plan).items == ()
    assert totals(plan)["South"] == 220


def test_a_named_account_leaves_its_area(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((unit("state:01"),), NORTH, "North"))
    plan.run(AssignAccounts((AccountId(4), AccountId(8)), SOUTH, "South"))
    assert totals(plan) == {"North": 220, "South": 210, "unassigned": 150}
    plan.run(AssignAccounts((AccountId(4), AccountId(8)), None))
    assert totals(plan)["North"] == 420


def test_why_an_account_is_where_it_is(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((unit("state:01"),), NORTH, "North"))
    plan.run(AssignAccounts((AccountId(5),), SOUTH, "South"))
    assert (
        plan.holdings.ownership(AccountId(1)).reason == "It lies in <01>, which belongs to North."
    )
    assert plan.holdings.ownership(AccountId(5)).territory_ids == (SOUTH,)
    assert "by name" in plan.holdings.ownership(AccountId(5)).reason
    assert plan.holdings.ownership(AccountId(5)).is_by_name
    assert not plan.holdings.ownership(AccountId(1)).is_by_name
    assert "no territory holds" in plan.holdings.ownership(AccountId(6)).reason
    assert "no place" in plan.holdings.ownership(AccountId(8)).reason


def test_a_locked_territory_neither_gives_nor_takes(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((unit("state:01"),), NORTH, "North"))
    plan.run(SetTerritoryLock(NORTH, True, "North"))
    before = everything(plan)
    for command in (
        AssignGeoUnits((unit("zip:10001"),), SOUTH, "South"),
        AssignGeoUnits((unit("state:02"),), NORTH, "North"),
        AssignGeoUnits((unit("country:US"),), SOUTH, "South"),
        AssignAccounts((AccountId(8),), NORTH, "North"),
        MergeTerritories(SOUTH, (NORTH,), "South"),
        DeleteTerritories((NORTH,), "North"),
        BuildTerritories((), "scratch"),
    ):
        with pytest.raises(EditRejected, match="locked"):
            plan.run(command)
    assert everything(plan) == before


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (CreateTerritory("  "), "needs a name"),
        (CreateTerritory("north"), "already a territory"),
        (RenameTerritory(SOUTH, "NORTH"), "already a territory"),
        (CreateTerritory("x" * 81), "81 characters"),
        (RenameTerritory(TerritoryId(99), "West"), "no longer"),
        (RecolorTerritory(NORTH, 9), "no colour number 9"),
        (SetTolerance(0), "more than 0"),
        (SetTolerance(1.01), "at most 100"),
        (AssignGeoUnits((unit("zip:10001"),), TerritoryId(99), "?"), "no longer"),
        (SplitTerritory(NORTH, (), "West"), "No areas are selected"),
        (AddRep(Rep(RepId(0), " ")), "needs a name"),
        (AddRep(Rep(RepId(0), "Eve", capacity_hours=-1)), "cannot be negative"),
        (UpdateRep(Rep(RepId(99), "Eve")), "no longer"),
        (RenamePlan(" "), "needs a name"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    plan: Workspace, command: Command, words: str
) -> None:
    before, revision = everything(plan), plan.revision
    with pytest.raises(EditRejected, match=words):
        plan.run(command)
    assert everything(plan) == before
    assert plan.revision == revision


def test_merging_gives_all_to_one(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((unit("state:01"),), NORTH, "North"))
    plan.run(AssignGeoUnits((unit("state:02"),), SOUTH, "South"))
    plan.run(AssignAccounts((AccountId(8),), SOUTH, "South"))
    plan.run(MergeTerritories(NORTH, (SOUTH, NORTH), "North"))
    assert totals(plan) == {"North": 550, "unassigned": 30}


def test_splitting_makes_a_new_territory(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((unit("state:01"),), NORTH, "North"))
    plan.run(SplitTerritory(NORTH, (unit("county:01002"),), "West"))
    assert totals(plan) == {"North": 220, "South": 0, "West": 200, "unassigned": 160}


def test_staffing_swapping_and_leaving(plan: Workspace) -> None:
    plan.run(SetRep(NORTH, RepId(1), "North", "Ann"))
    plan.run(SwapReps(NORTH, SOUTH, ("North", "South")))
    assert plan.rep_of(NORTH) is None
    assert [territory.id for territory in plan.territories_of(RepId(1))] == [SOUTH]
    plan.run(RemoveReps((RepId(1),), "Ann"))
    assert plan.rep_of(SOUTH) is None


def test_the_ideal_follows_capacity_where_wanted(plan: Workspace) -> None:
    """Ann 1,600 h and Bob 800 h share 560: 373.33 and 186.67."""
    plan.run(SetRep(NORTH, RepId(1), "North", "Ann"))
    plan.run(SetRep(SOUTH, RepId(2), "South", "Bob"))
    plan.run(AssignGeoUnits((unit("state:01"), unit("country:FR")), NORTH, "North"))
    plan.run(AssignGeoUnits((unit("state:02"),), SOUTH, "South"))
    plan.run(SetIdealByCapacity(True))
    ideal = [row.ideal for row in plan.balance(SALES).rows[:2]]
    assert ideal == pytest.approx([570 * 2 / 3, 570 / 3])


def test_a_stroke_is_one_step(plan: Workspace) -> None:
    stroke = StrokeId("s1")
    before = everything(plan)
    plan.run(AssignGeoUnits((unit("zip:10001"),), NORTH, "North", stroke=stroke, stroke_size=1))
    plan.run(AssignGeoUnits((unit("zip:10002"),), NORTH, "North", stroke=stroke, stroke_size=2))
    assert plan.history_status().undo_label == "Assign 2 ZIP areas to North"
    plan.undo()
    assert everything(plan) == before


def test_undo_to_the_start_and_redo_to_the_end_after_reopening(plan: Workspace) -> None:
    commands = [
        AssignGeoUnits((unit("state:01"),), NORTH, "North"),
        AssignGeoUnits((unit("zip:10001"), unit("county:02001")), SOUTH, "South"),
        AssignGeoUnits((unit("county:01002"),), None),
        AssignGeoUnits((unit("zip:20001"),), NORTH, "North", add=True),
        RenameTerritory(NORTH, "Nord"),
        RecolorTerritory(NORTH, 5, "Nord"),
        SetTerritoryLock(NORTH, True, "Nord"),
        SetTerritoryLock(NORTH, False, "Nord"),
        AddRep(Rep(RepId(0), "Eve", skills=("German",))),
        SetRep(NORTH, RepId(4), "Nord", "Eve"),
        SwapReps(NORTH, SOUTH, ("Nord", "South")),
        AssignAccounts((AccountId(8), AccountId(1)), SOUTH, "South"),
        SplitTerritory(NORTH, (unit("zip:10002"),), "West"),
        MergeTerritories(SOUTH, (NORTH,), "South"),
        SetTolerance(0.1),
        SetMainMeasure(SALES, "Sales"),
        RenamePlan("Other"),
        RemoveReps((RepId(4),), "Eve"),
        DeleteTerritories((SOUTH,), "South"),
    ]
    states = [everything(plan)]
    for command in commands:
        plan.run(command)
        states.append(everything(plan))
    again = reopened(plan)
    for state in reversed(states[:-1]):
        again.undo()
        assert everything(again) == state
    for state in states[1:]:
        again.redo()
        assert everything(again) == state
    again.go_to_step(again.history_steps()[5].id)
    assert everything(again) == states[4]
    again.close()


def test_what_is_kept_in_memory_equals_a_fresh_reading(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((unit("country:US"),), NORTH, "North"))
    plan.run(AssignGeoUnits((unit("county:01001"), unit("zip:20003")), SOUTH, "South"))
    plan.run(AssignGeoUnits((unit("state:01"),), None))
    plan.undo()
    fresh = reopened(plan)
    for level in GeoLevel:
        assert plan.unit_territory(level).tolist() == fresh.unit_territory(level).tolist()
    assert plan.account_territory.tolist() == fresh.account_territory.tolist()
    fresh.close()


def test_unit_values_add_up_the_accounts_inside(plan: Workspace) -> None:
    assert plan.unit_values(GeoLevel.COUNTY, SALES).tolist() == [220, 200, 80, 40, 30]
    assert plan.unit_values(GeoLevel.STATE, ACCOUNT_COUNT).tolist() == [4, 2, 1]


def test_a_measure_that_is_gone_falls_back_to_the_account_count(plan: Workspace) -> None:
    assert plan.measure(MeasureId(77)).id == ACCOUNT_COUNT


def reopened(plan: Workspace) -> Workspace:
    path, folders = plan.document.path, plan.document._folders  # noqa: SLF001 the same places again
    plan.close()
    return Workspace.open(path, folders, tiny_geography())


def test_a_backup_is_kept_of_a_plan_that_holds_something(plan: Workspace, tmp_path: Path) -> None:
    plan.back_up("build")
    kept = list((tmp_path / "backups").rglob("*.evenfield"))
    assert len(kept) == 1
    assert "build" in kept[0].name


def test_splitting_takes_only_what_the_source_holds(plan: Workspace) -> None:
    """Of three selected counties 01002 is North's, 02001 is South's and 02002 is nobody's."""
    plan.run(AssignGeoUnits((unit("state:01"),), NORTH, "North"))
    plan.run(AssignGeoUnits((unit("county:02001"),), SOUTH, "South"))
    selected = (unit("county:01002"), unit("county:02001"), unit("county:02002"))
    plan.run(SplitTerritory(NORTH, selected, "West"))
    assert totals(plan) == {"North": 220, "South": 80, "West": 200, "unassigned": 80}
    with pytest.raises(EditRejected, match="None of the selected areas belongs to North"):
        plan.run(SplitTerritory(NORTH, (unit("county:02001"),), "East"))
