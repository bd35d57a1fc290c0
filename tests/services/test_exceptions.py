# SPDX-License-Identifier: MIT
"""Locks and pairs that must stay apart hold against edits of every kind, undo and redo."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.faults import FaultKind
from app.models.ids import AccountId, GeoUnitId, RepId, TerritoryId
from app.models.rule import TextOperator, TextTest
from app.services.alignment import NOBODY
from app.services.commands import (
    AddApartPair,
    AddRule,
    AssignAccounts,
    AssignFamily,
    AssignGeoUnits,
    CorrectAccounts,
    DeleteTerritories,
    Edit,
    JoinFamilies,
    LockAccounts,
    MergeAccounts,
    MergeTerritories,
    RemoveApartPairs,
    RuleDraft,
    SetRep,
    SetTerritoryLock,
    UnlockAccounts,
    UnlockAll,
    UnlockGeoUnits,
)
from app.services.commands.account_removal import remove_accounts
from app.services.faults.checking import find_faults
from app.services.faults.facts import check_facts
from app.services.locking import lock_accounts, lock_areas
from app.services.serving import ServedBy
from app.services.workspace import Workspace
from tests.helpers.block_geography import county_at
from tests.helpers.block_plan import block_workspace
from tests.helpers.forces import make_territories
from tests.helpers.tiny_plan import tiny_workspace

A, B, C, D, E, F, G, H = (AccountId(number) for number in range(1, 9))
STATE, COUNTY, ZIP = GeoUnitId("state:01"), GeoUnitId("county:01001"), GeoUnitId("zip:10001")


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = tiny_workspace(tmp_path)
    make_territories(workspace, "North", "South")
    yield workspace
    workspace.close()


def ids(plan: Workspace) -> tuple[TerritoryId, TerritoryId]:
    return plan.territories[0].id, plan.territories[1].id


def served(plan: Workspace, account: AccountId) -> int:
    return int(plan.account_territory[plan.accounts.row_of(account)])


def test_a_locked_account_stays_when_its_area_moves(plan: Workspace) -> None:
    north, south = ids(plan)
    plan.run(AssignGeoUnits((STATE,), north))
    plan.run(lock_accounts(plan, [A]))
    plan.run(AssignGeoUnits((STATE,), south))
    assert (served(plan, A), served(plan, C)) == (0, 1)
    assert plan.served.step[0] == ServedBy.NAMED


def test_a_locked_account_cannot_be_named_for_another_territory(plan: Workspace) -> None:
    north, south = ids(plan)
    plan.run(AssignGeoUnits((STATE,), north))
    plan.run(lock_accounts(plan, [A]))
    for other in (south, None):
        with pytest.raises(EditRejected, match="Example a is locked for North"):
            plan.run(AssignAccounts((A,), other))
    plan.run(UnlockAccounts((A,)))
    plan.run(AssignAccounts((A,), south))
    assert served(plan, A) == 1


def test_only_accounts_that_one_territory_serves_can_be_locked(plan: Workspace) -> None:
    with pytest.raises(EditRejected, match="None of these accounts can be locked"):
        plan.run(lock_accounts(plan, [A]))


def test_a_locked_area_stays_when_the_area_around_it_moves(plan: Workspace) -> None:
    north, south = ids(plan)
    plan.run(AssignGeoUnits((STATE,), north))
    plan.run(lock_areas(plan, [COUNTY]))
    plan.run(AssignGeoUnits((STATE,), south))
    assert [served(plan, each) for each in (A, B, C, D)] == [0, 0, 0, 1]
    plan.run(AssignGeoUnits((STATE,), north))
    plan.run(AssignGeoUnits((STATE,), None))
    assert [served(plan, each) for each in (A, B, C, D)] == [0, 0, 0, NOBODY]


def test_a_locked_area_and_its_parts_cannot_be_moved_directly(plan: Workspace) -> None:
    north, south = ids(plan)
    plan.run(AssignGeoUnits((STATE,), north))
    plan.run(lock_areas(plan, [COUNTY]))
    for unit in (COUNTY, ZIP):
        for command in (
            AssignGeoUnits((unit,), south),
            AssignGeoUnits((unit,), None),
            AssignGeoUnits((unit,), south, add=True),
        ):
            with pytest.raises(EditRejected, match=r"is locked for North"):
                plan.run(command)
    plan.run(AssignGeoUnits((ZIP,), north))
    plan.run(UnlockGeoUnits((COUNTY,)))
    assert COUNTY not in plan.state.alignment.units
    plan.run(AssignGeoUnits((ZIP,), south))
    assert served(plan, A) == 1


def test_a_divided_area_cannot_be_locked(plan: Workspace) -> None:
    north, south = ids(plan)
    plan.run(AssignGeoUnits((STATE,), north))
    plan.run(AssignGeoUnits((ZIP,), south))
    with pytest.raises(EditRejected, match="None of these areas can be locked"):
        plan.run(lock_areas(plan, [COUNTY]))


def test_a_territory_with_locked_accounts_or_areas_cannot_be_removed(plan: Workspace) -> None:
    north, south = ids(plan)
    plan.run(AssignGeoUnits((STATE,), north))
    plan.run(lock_accounts(plan, [A, D]))
    plan.run(lock_areas(plan, [COUNTY]))
    with pytest.raises(EditRejected, match="North has 2 locked accounts and 1 locked area"):
        plan.run(DeleteTerritories((north,)))
    with pytest.raises(EditRejected, match="2 locked accounts"):
        plan.run(MergeTerritories(south, (north,)))
    plan.run(UnlockAll())
    plan.run(DeleteTerritories((north,)))
    assert [territory.id for territory in plan.territories] == [south]


def test_undo_takes_a_lock_back_and_redo_brings_it_again(plan: Workspace) -> None:
    north, south = ids(plan)
    plan.run(AssignGeoUnits((STATE,), north))
    plan.run(lock_areas(plan, [COUNTY]))
    plan.run(lock_accounts(plan, [D]))
    plan.undo()
    plan.undo()
    assert not plan.state.geounit_locks
    assert not plan.state.account_locks
    plan.redo()
    plan.redo()
    with pytest.raises(EditRejected, match="is locked"):
        plan.run(AssignGeoUnits((COUNTY,), south))
    with pytest.raises(EditRejected, match="is locked"):
        plan.run(AssignAccounts((D,), south))


def test_rules_families_and_names_leave_a_locked_territory_alone(plan: Workspace) -> None:
    north, south = ids(plan)
    plan.run(AssignGeoUnits((STATE,), north))
    plan.run(JoinFamilies((("Firm", (A, E)),)))
    plan.run(SetTerritoryLock(north, is_locked=True))
    before = plan.history_status()
    rule = AddRule(RuleDraft(TextTest("owner", TextOperator.IS, ("Ann",)), south, "Ann's"))
    for command in (rule, AssignFamily("Firm", south), AssignAccounts((B,), south)):
        with pytest.raises(EditRejected, match=r"North is locked, and . accounts? would"):
            plan.run(command)
    assert plan.history_status() == before
    assert [served(plan, each) for each in (A, B, E)] == [0, 0, NOBODY]
    assert not plan.state.rules


def test_accounts_that_must_stay_apart_do_not_come_together(plan: Workspace) -> None:
    north, south = ids(plan)
    plan.run(AssignGeoUnits((COUNTY,), north))
    plan.run(AssignGeoUnits((GeoUnitId("county:01002"),), south))
    plan.run(AddApartPair(A, D, "Rivals"))
    with pytest.raises(EditRejected, match="Example a and Example d must stay apart, and South"):
        plan.run(AssignGeoUnits((COUNTY,), south))
    assert served(plan, A) == 0
    plan.run(SetRep(north, RepId(1)))
    with pytest.raises(EditRejected, match="and Ann would serve both"):
        plan.run(SetRep(south, RepId(1)))
    plan.run(RemoveApartPairs(((D, A),)))
    plan.run(AssignGeoUnits((COUNTY,), south))
    assert served(plan, A) == 1


def test_a_pair_that_is_together_cannot_be_declared_apart(plan: Workspace) -> None:
    north, _ = ids(plan)
    plan.run(AssignGeoUnits((COUNTY,), north))
    with pytest.raises(EditRejected, match="must stay apart, and North would serve both"):
        plan.run(AddApartPair(A, B))
    assert not plan.forces.apart
    with pytest.raises(EditRejected, match="Two different accounts"):
        plan.run(AddApartPair(A, A))


def test_a_refused_edit_leaves_what_was_read_as_it_was(plan: Workspace) -> None:
    north, south = ids(plan)
    plan.run(AssignGeoUnits((STATE,), north))
    plan.run(AddApartPair(A, E))
    with pytest.raises(EditRejected):
        plan.run(AssignGeoUnits((GeoUnitId("state:02"),), north))
    assert served(plan, E) == NOBODY
    assert plan.unit_territory("state").tolist()[1] == NOBODY
    plan.run(AssignGeoUnits((GeoUnitId("state:02"),), south))
    assert served(plan, E) == 1


def test_a_lock_that_was_broken_before_stands_in_nobodys_way(plan: Workspace) -> None:
    north, south = ids(plan)
    plan.run(AssignGeoUnits((STATE,), north))
    # As in a file that another program wrote: locked for one, served by the other.
    with plan.document.store.transaction() as tx:
        columns = ("scenario_id", "account_id", "sales_force_id", "territory_id")
        tx.put("account_lock", columns, [(1, 1, 1, south)])
    plan.forces.refresh(Changes(exceptions=True))
    plan.run(AssignGeoUnits((GeoUnitId("state:02"),), south))
    assert served(plan, E) == 1
    plan.run(LockAccounts(((A, south),)))
    assert served(plan, A) == 1


def test_a_lock_and_a_pair_go_with_the_account_that_stays_of_a_merge(plan: Workspace) -> None:
    north, south = ids(plan)
    plan.run(AssignGeoUnits((STATE,), north))
    plan.run(AssignGeoUnits((GeoUnitId("state:02"),), south))
    plan.run(lock_accounts(plan, [C]))
    plan.run(AddApartPair(C, E, "Rivals"))
    with pytest.raises(EditRejected, match="must stay apart, so they are not the same"):
        plan.run(MergeAccounts(C, (E,), "Example c"))
    plan.run(MergeAccounts(A, (C,), "Example a"))
    assert plan.state.account_locks == {A: north}
    assert [(pair.account, pair.other, pair.note) for pair in plan.forces.apart] == [
        (A, E, "Rivals")
    ]
    with pytest.raises(EditRejected, match="Example a is locked for North"):
        plan.run(AssignAccounts((A,), south))
    plan.undo()
    assert plan.state.account_locks == {C: north}
    assert [(pair.account, pair.other) for pair in plan.forces.apart] == [(C, E)]


def test_accounts_locked_for_different_territories_are_not_merged(plan: Workspace) -> None:
    north, south = ids(plan)
    plan.run(AssignGeoUnits((STATE,), north))
    plan.run(AssignGeoUnits((GeoUnitId("state:02"),), south))
    plan.run(lock_accounts(plan, [A, E]))
    with pytest.raises(EditRejected, match="locked for different territories"):
        plan.run(MergeAccounts(A, (E,), "Example a"))


def test_the_check_lists_what_does_not_hold(tmp_path: Path) -> None:
    plan = block_workspace(tmp_path)
    north, south = (territory.id for territory in plan.territories[:2])
    plan.run(AssignGeoUnits((GeoUnitId("state:01"),), north))
    # As in a file that another program wrote.
    with plan.document.store.transaction() as tx:
        columns = ("scenario_id", "account_id", "sales_force_id", "territory_id")
        tx.put("account_lock", columns, [(1, 1, 1, south)])
        columns = ("scenario_id", "geounit_id", "sales_force_id", "territory_id")
        tx.put("geounit_lock", columns, [(1, county_at(0, 0), 1, south)])
        tx.put("apart_accounts", ("account_id", "other_id"), [(2, 3)])
    plan.forces.refresh(Changes(exceptions=True))
    found = {
        (fault.kind, fault.name, fault.territory_ids, fault.account_count)
        for fault in find_faults(check_facts(plan)).faults
    }
    inside = len(plan.holdings.accounts_in(county_at(0, 0)))
    county = plan.geography.name(county_at(0, 0))
    assert found >= {
        (FaultKind.LOCK_BROKEN, "Example 1", (south,), 1),
        (FaultKind.LOCK_BROKEN, county, (south,), inside),
        (FaultKind.TOGETHER, "Example 2 and Example 3", (north,), 2),
    }
    plan.close()


def test_going_back_to_a_step_leads_to_what_was_locked_then(plan: Workspace) -> None:
    north, south = ids(plan)
    plan.run(AssignGeoUnits((STATE,), north))
    plan.run(SetTerritoryLock(north, is_locked=True))
    locked_at = plan.history_steps()[-1].id
    plan.run(SetTerritoryLock(north, is_locked=False))
    plan.run(AssignGeoUnits((STATE,), south))
    plan.run(lock_areas(plan, [COUNTY]))
    last = plan.history_steps()[-1].id
    plan.go_to_step(locked_at)
    assert served(plan, A) == 0
    assert not plan.state.geounit_locks
    plan.go_to_step(last)
    assert served(plan, A) == 1
    assert plan.state.geounit_locks == {COUNTY: south}


def test_an_account_that_is_corrected_may_come_to_a_locked_territory(plan: Workspace) -> None:
    north, south = ids(plan)
    plan.run(AssignGeoUnits((STATE,), north))
    rule = RuleDraft(TextTest("segment", TextOperator.IS, ("Gold",)), north)
    plan.run(AddRule(rule))
    plan.run(SetTerritoryLock(north, is_locked=True))
    plan.run(CorrectAccounts((E,), "segment", "Gold"))
    assert served(plan, E) == 0
    plan.run(AddApartPair(A, F))
    with pytest.raises(EditRejected, match="Example a and Example f must stay apart"):
        plan.run(CorrectAccounts((F,), "segment", "Gold"))
    assert str(plan.accounts.text("segment")[5]) == ""
    plan.run(AssignGeoUnits((GeoUnitId("county:02002"),), south))
    assert served(plan, F) == 1


def test_removing_a_locked_account_is_refused(plan: Workspace) -> None:
    north, _ = ids(plan)
    plan.run(AssignGeoUnits((STATE,), north))
    plan.run(lock_accounts(plan, [A, B]))
    tx_refused = pytest.raises(EditRejected, match="Example a and 1 more are locked")
    with tx_refused, plan.document.store.transaction() as tx:
        remove_accounts(Edit(tx, plan.geography), [1, 2])
