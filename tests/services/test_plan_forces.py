# SPDX-License-Identifier: MIT
"""Several sales forces in one plan: each has its own territories, claims and holes."""

from pathlib import Path

import pytest

from app.models.errors import EditRejected
from app.models.ids import AccountId, GeoUnitId, SalesForceId
from app.models.sales_force import FIRST_SALES_FORCE
from app.services.alignment import NOBODY
from app.services.commands import AssignAccounts, AssignGeoUnits, CreateTerritory, SetAllLocks
from tests.helpers.forces import add_force, make_territories
from tests.helpers.overlaps import overlaps_of
from tests.helpers.tiny_plan import tiny_workspace

ONE = GeoUnitId("county:01001")
ZIP = GeoUnitId("zip:10001")


def test_a_plan_begins_with_one_sales_force_that_is_shown(tmp_path: Path) -> None:
    workspace = tiny_workspace(tmp_path)
    assert [force.id for force in workspace.sales_forces] == [FIRST_SALES_FORCE]
    assert workspace.sales_force.id == FIRST_SALES_FORCE
    workspace.close()


def test_sales_forces_hold_the_same_area_without_a_dispute(tmp_path: Path) -> None:
    workspace = tiny_workspace(tmp_path)
    (north,) = make_territories(workspace, "North")
    workspace.run(AssignGeoUnits((ONE,), north))
    force = add_force(workspace)
    workspace.choose_sales_force(force)
    assert workspace.territories == ()
    (tools,) = make_territories(workspace, "Tools")
    workspace.run(AssignGeoUnits((ONE,), tools))
    workspace.run(AssignGeoUnits((ZIP,), None))
    assert workspace.account_territory[:4].tolist() == [NOBODY, 0, NOBODY, NOBODY]
    of_first = workspace.state_of(FIRST_SALES_FORCE)
    assert of_first.account_territory(workspace.accounts)[:4].tolist() == [0, 0, 0, NOBODY]
    assert not overlaps_of(workspace).items
    workspace.close()


def test_named_accounts_count_in_their_own_sales_force_only(tmp_path: Path) -> None:
    workspace = tiny_workspace(tmp_path)
    (north,) = make_territories(workspace, "North")
    workspace.run(AssignAccounts((AccountId(1),), north))
    force = add_force(workspace)
    workspace.choose_sales_force(force)
    (tools,) = make_territories(workspace, "Tools")
    workspace.run(AssignAccounts((AccountId(1), AccountId(2)), tools))
    workspace.run(AssignAccounts((AccountId(2),), None))
    assert workspace.account_territory[:2].tolist() == [0, NOBODY]
    workspace.choose_sales_force(FIRST_SALES_FORCE)
    assert workspace.account_territory[:2].tolist() == [0, NOBODY]
    assert workspace.state.alignment.accounts == {AccountId(1): frozenset((north,))}
    workspace.close()


def test_a_territory_of_another_sales_force_gets_nothing(tmp_path: Path) -> None:
    workspace = tiny_workspace(tmp_path)
    (north,) = make_territories(workspace, "North")
    workspace.choose_sales_force(add_force(workspace))
    with pytest.raises(EditRejected, match="North belongs to another sales force"):
        workspace.run(AssignGeoUnits((ONE,), north))
    with pytest.raises(EditRejected, match="North belongs to another sales force"):
        workspace.run(AssignAccounts((AccountId(1),), north))
    workspace.close()


def test_names_are_taken_and_locks_are_set_within_a_sales_force(tmp_path: Path) -> None:
    workspace = tiny_workspace(tmp_path)
    make_territories(workspace, "North")
    workspace.choose_sales_force(add_force(workspace))
    workspace.run(CreateTerritory("North"))
    with pytest.raises(EditRejected, match="already a territory named north"):
        workspace.run(CreateTerritory("north"))
    workspace.run(SetAllLocks(is_locked=True))
    workspace.choose_sales_force(FIRST_SALES_FORCE)
    assert [t.is_locked for t in workspace.territories] == [False]
    workspace.close()


def test_undo_of_the_sales_force_that_is_shown_shows_the_first_again(tmp_path: Path) -> None:
    workspace = tiny_workspace(tmp_path)
    (north,) = make_territories(workspace, "North")
    workspace.choose_sales_force(add_force(workspace))
    workspace.undo()
    assert workspace.sales_force.id == FIRST_SALES_FORCE
    assert [t.id for t in workspace.territories] == [north]
    with pytest.raises(KeyError):
        workspace.choose_sales_force(SalesForceId(2))
    workspace.close()


def test_choosing_tells_views_to_read_both_sales_forces_again(tmp_path: Path) -> None:
    workspace = tiny_workspace(tmp_path)
    (north,) = make_territories(workspace, "North")
    changes = workspace.choose_sales_force(add_force(workspace))
    assert changes.sales_forces
    assert changes.touches_alignment
    assert north in changes.territories
    assert not workspace.choose_sales_force(workspace.sales_force.id).sales_forces
    workspace.close()
