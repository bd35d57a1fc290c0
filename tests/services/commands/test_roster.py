# SPDX-License-Identifier: MIT
"""Staffing territories with roles, shares and dates, and what a rep may not be."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.models.errors import EditRejected
from app.models.ids import RepId, TerritoryId
from app.models.rep import Rep, RosterEntry, RosterRole, StartPlace
from app.services.commands import (
    ChangeRoster,
    CreateTerritory,
    RemoveReps,
    SetRep,
    StaffTerritories,
    SwapReps,
    UpdateRep,
)
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import tiny_workspace

NORTH, SOUTH = TerritoryId(1), TerritoryId(2)
ANN, BOB, DEE = RepId(1), RepId(2), RepId(3)
DAY = "2026-06-15"


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = tiny_workspace(tmp_path)
    workspace.run(CreateTerritory("North"))
    workspace.run(CreateTerritory("South"))
    yield workspace
    workspace.close()


def north(plan: Workspace) -> set[tuple[int, str, float, str, str]]:
    return {
        (int(e.rep_id), e.role.value, e.share_fraction, e.start_on, e.end_on)
        for e in plan.roster.of_territory(NORTH)
    }


def test_a_rep_without_dates_is_replaced(plan: Workspace) -> None:
    plan.run(SetRep(NORTH, ANN))
    plan.run(SetRep(NORTH, BOB, day=DAY))
    assert north(plan) == {(2, "primary", 1.0, "", "")}


def test_a_rep_with_dates_ends_the_day_before_and_stays_as_history(plan: Workspace) -> None:
    plan.run(ChangeRoster((RosterEntry(NORTH, ANN, start_on="2025-01-01"),), about="North"))
    plan.run(SetRep(NORTH, BOB, day=DAY))
    assert north(plan) == {
        (1, "primary", 1.0, "2025-01-01", "2026-06-14"),
        (2, "primary", 1.0, DAY, ""),
    }
    plan.undo()
    assert north(plan) == {(1, "primary", 1.0, "2025-01-01", "")}


def test_who_begins_later_is_kept_and_the_new_rep_ends_before(plan: Workspace) -> None:
    entries = (
        RosterEntry(NORTH, ANN, end_on="2026-12-31"),
        RosterEntry(NORTH, DEE, start_on="2027-01-01"),
    )
    plan.run(ChangeRoster(entries))
    plan.run(SetRep(NORTH, BOB, day=DAY))
    assert north(plan) == {
        (1, "primary", 1.0, "", "2026-06-14"),
        (2, "primary", 1.0, DAY, "2026-12-31"),
        (3, "primary", 1.0, "2027-01-01", ""),
    }


def test_staffing_with_the_rep_who_is_there_changes_nothing(plan: Workspace) -> None:
    plan.run(ChangeRoster((RosterEntry(NORTH, ANN, share_fraction=0.5, start_on="2025-01-01"),)))
    before = north(plan)
    plan.run(SetRep(NORTH, ANN, day=DAY))
    assert north(plan) == before


def test_vacating_leaves_other_roles_alone(plan: Workspace) -> None:
    plan.run(ChangeRoster((RosterEntry(NORTH, ANN), RosterEntry(NORTH, BOB, RosterRole.OVERLAY))))
    plan.run(SetRep(NORTH, None, day=DAY))
    assert north(plan) == {(2, "overlay", 1.0, "", "")}
    assert plan.rep_of(NORTH) is None


def test_several_territories_are_staffed_in_one_step(plan: Workspace) -> None:
    plan.run(SetRep(NORTH, ANN))
    plan.run(StaffTerritories(((NORTH, BOB), (SOUTH, ANN)), DAY))
    assert [r.name for t in (NORTH, SOUTH) if (r := plan.rep_of(t))] == ["Bob", "Ann"]
    assert plan.history_status().undo_label == "Staff 2 territories"
    plan.undo()
    assert plan.rep_of(SOUTH) is None
    assert north(plan) == {(1, "primary", 1.0, "", "")}


def test_a_swap_takes_shares_along_and_leaves_what_has_ended(plan: Workspace) -> None:
    plan.run(
        ChangeRoster(
            (
                RosterEntry(NORTH, ANN, share_fraction=0.7),
                RosterEntry(NORTH, DEE, end_on="2020-01-01"),
                RosterEntry(SOUTH, BOB),
            )
        )
    )
    plan.run(SwapReps(NORTH, SOUTH, day=DAY))
    assert north(plan) == {(2, "primary", 1.0, "", ""), (3, "primary", 1.0, "", "2020-01-01")}
    assert [e.share_fraction for e in plan.roster.of_territory(SOUTH)] == [0.7]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (RosterEntry(NORTH, ANN, share_fraction=1.5), "share"),
        (RosterEntry(NORTH, ANN, start_on="soon"), "dates"),
        (RosterEntry(NORTH, ANN, start_on="2026-02-01", end_on="2026-01-01"), "before"),
        (RosterEntry(NORTH, RepId(99)), "no longer"),
        (RosterEntry(TerritoryId(99), ANN), "no longer"),
    ],
)
def test_an_impossible_entry_is_refused(plan: Workspace, entry: RosterEntry, words: str) -> None:
    with pytest.raises(EditRejected) as refused:
        plan.run(ChangeRoster((entry,)))
    assert words in refused.value.text
    assert plan.roster.entries == ()


def test_the_same_role_twice_is_refused(plan: Workspace) -> None:
    entries = (RosterEntry(NORTH, ANN), RosterEntry(NORTH, ANN, start_on=DAY))
    with pytest.raises(EditRejected, match="twice"):
        plan.run(ChangeRoster(entries))


def test_every_field_of_a_rep_is_kept_and_undone(plan: Workspace) -> None:
    before = plan.rep(ANN)
    full = Rep(
        *(ANN, "Ann", "R1", "a@x.com", "1", "Rep", "Home", -99.0, 40.0, 1500.0, ("dental",)),
        *(5.0, "note", "Office", -98.0, 41.0, StartPlace.OFFICE, 0.5, 12.0, ("es",), ("Wine",)),
        *(("Retail",), 3.5, "2020-01-01", "2030-01-01", BOB, 9.0),
    )
    plan.run(UpdateRep(full))
    assert plan.rep(ANN) == full
    assert (full.base, full.available_hours) == ((-98.0, 41.0), 1500 * 0.5 * (1 - 12 / 230))
    plan.undo()
    assert plan.rep(ANN) == before


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"part_time_fraction": 1.2}, "Part-time"),
        ({"days_off": 400.0}, "days off"),
        ({"experience_years": -1.0}, "Experience"),
        ({"start_on": "13/13/2020"}, "dates"),
        ({"start_on": "2026-02-01", "end_on": "2026-01-01"}, "before the start"),
        ({"manager_id": ANN}, "themselves"),
        ({"manager_id": RepId(77)}, "no longer"),
        ({"capacity_hours": float("nan")}, "Capacity"),
    ],
)
def test_an_impossible_rep_is_refused(
    plan: Workspace, fields: dict[str, object], words: str
) -> None:
    rep = replace(plan.rep(ANN), **fields)  # type: ignore[arg-type]
    with pytest.raises(EditRejected) as refused:
        plan.run(UpdateRep(rep))
    assert words in refused.value.text


def test_managers_cannot_go_round_in_a_loop(plan: Workspace) -> None:
    plan.run(UpdateRep(replace(plan.rep(BOB), manager_id=ANN)))
    plan.run(UpdateRep(replace(plan.rep(DEE), manager_id=BOB)))
    with pytest.raises(EditRejected, match="already reports to Ann"):
        plan.run(UpdateRep(replace(plan.rep(ANN), manager_id=DEE)))


def test_who_reported_to_a_removed_manager_moves_up(plan: Workspace) -> None:
    plan.run(UpdateRep(replace(plan.rep(BOB), manager_id=ANN)))
    plan.run(UpdateRep(replace(plan.rep(DEE), manager_id=BOB)))
    plan.run(RemoveReps((BOB,), "Bob"))
    assert plan.rep(DEE).manager_id == ANN
    plan.undo()
    assert plan.rep(DEE).manager_id == BOB
    plan.run(RemoveReps((ANN, BOB)))
    assert plan.rep(DEE).manager_id is None


def test_a_plan_from_a_stranger_may_hold_no_date_where_one_should_be(plan: Workspace) -> None:
    with plan.document.store.transaction() as tx:
        columns = ("scenario_id", "territory_id", "rep_id", "role", "start_on", "end_on")
        tx.put("roster", columns, [(1, 1, 1, "primary", "2026-99-99", "<b>")])
        tx.put("rep", ("id", "end_on"), [(1, "soon")])
    opened = Workspace(plan.document, plan.geography)
    assert opened.roster.of_territory(NORTH) == (RosterEntry(NORTH, ANN),)
    assert opened.rep(ANN).end_on == ""
    opened.run(SetRep(NORTH, BOB, day=DAY))
    assert opened.roster.of_territory(NORTH) == (RosterEntry(NORTH, BOB),)
