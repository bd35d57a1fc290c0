# SPDX-License-Identifier: MIT
"""Why is this account here? What each step says, with its date and what would change it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.ids import AccountId, GeoUnitId
from app.models.rule import TextOperator, TextTest
from app.models.sales_force import FIRST_SALES_FORCE
from app.models.trace import ServedBy, Trace
from app.services.account_trace import traces
from app.services.commands import (
    AddDrawnArea,
    AddRule,
    AssignAccounts,
    AssignFamily,
    AssignGeoUnits,
    JoinFamilies,
    RuleDraft,
    SetKeepsFamilies,
)
from app.services.locking import lock_accounts, lock_areas
from app.services.workspace import Workspace
from tests.helpers.forces import add_force, make_territories
from tests.helpers.tiny_plan import tiny_workspace

A, E, H = AccountId(1), AccountId(5), AccountId(8)
STATE = GeoUnitId("state:01")


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = tiny_workspace(tmp_path)
    make_territories(workspace, "North", "South")
    yield workspace
    workspace.close()


def trace(plan: Workspace, account: AccountId) -> Trace:
    """The trace in the sales force that is shown."""
    return traces(plan, account)[0]


def said(found: Trace) -> list[str]:
    return [step.text for step in found.steps]


def test_an_account_that_nothing_is_said_about_names_its_area(plan: Workspace) -> None:
    found = trace(plan, A)
    assert found.deciding is None
    assert found.territory_ids == ()
    assert said(found) == [
        "Nobody has it by name.",
        "It belongs to no family.",
        "There are no rules.",
        "It lies in no drawn area.",
        "It lies in <10001>, which no territory holds.",
    ]
    assert found.remedy == (
        "To have it served: assign <10001>, add a rule, or assign the account by name."
    )
    assert trace(plan, H).remedy.startswith("To have it served: place it on the map, add a rule")


def test_every_step_says_what_it_would_do_and_the_first_decides(plan: Workspace) -> None:
    north, south = (territory.id for territory in plan.territories)
    plan.run(AssignGeoUnits((STATE,), north))
    found = trace(plan, A)
    assert found.deciding is found.steps[4]
    assert found.steps[4].text == "It lies in <01>, which belongs to North."
    assert found.steps[4].at_utc.startswith("20")
    assert found.steps[4].author
    ring = ((-98.0, 41.0), (-96.0, 41.0), (-96.0, 39.0), (-98.0, 39.0), (-98.0, 41.0))
    plan.run(AddDrawnArea(south, (ring,), "Corner"))
    assert trace(plan, A).steps[3].text == (
        "It lies in the drawn area Corner, which belongs to South."
    )
    assert trace(plan, A).steps[3].is_deciding
    plan.run(AddRule(RuleDraft(TextTest("owner", TextOperator.IS, ("Ann",)), north)))
    found = trace(plan, A)
    assert found.steps[2].text == "Rule 1 gives it to North: Owner is Ann."
    assert found.steps[2].is_deciding
    assert found.steps[2].at_utc
    assert found.remedy.startswith("To move it: change rule 1, put another rule before it")
    plan.run(JoinFamilies((("Firm", (A, E)),)))
    plan.run(AssignFamily("Firm", south))
    found = trace(plan, A)
    assert found.steps[1].text == "Its family Firm is assigned to South as a whole."
    assert found.steps[1].is_deciding
    assert found.steps[1].at_utc
    assert found.remedy.startswith("To move it: assign the family Firm elsewhere")
    plan.run(AssignAccounts((A,), north))
    found = trace(plan, A)
    assert [step.is_deciding for step in found.steps] == [True, False, False, False, False]
    assert [step.territory_ids for step in found.steps] == [
        (north,),
        (south,),
        (north,),
        (south,),
        (north,),
    ]
    assert found.steps[0].at_utc
    plan.run(lock_accounts(plan, [A]))
    assert trace(plan, A).is_locked
    assert trace(plan, A).remedy.startswith("To move it: unlock the account")


def test_an_account_says_whom_of_its_family_it_goes_with(plan: Workspace) -> None:
    north, _ = (territory.id for territory in plan.territories)
    plan.run(AssignGeoUnits((STATE,), north))
    plan.run(JoinFamilies((("a", (A, E)),)))
    text = "Its family a is not assigned, and families are not kept together."
    assert trace(plan, E).steps[1].text == text
    plan.run(SetKeepsFamilies(FIRST_SALES_FORCE, keeps_families=True))
    found = trace(plan, E)
    assert found.deciding is found.steps[1]
    assert found.steps[1].text == "It goes with Example a, which leads its family a, to North."
    assert found.steps[1].territory_ids == (north,)
    assert found.remedy.startswith("To move it: move Example a, which its family goes with")
    assert trace(plan, A).steps[1].text == "It leads the family a."
    assert plan.holdings.ownership(E).reason == found.steps[1].text


def test_a_locked_area_is_to_be_unlocked_first(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((STATE,), plan.territories[0].id))
    plan.run(lock_areas(plan, [STATE]))
    assert trace(plan, A).remedy.startswith("To move it: unlock and assign <01>")


def test_the_sales_force_that_is_shown_comes_first(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((STATE,), plan.territories[0].id))
    plan.choose_sales_force(add_force(plan, "Specialists"))
    found = traces(plan, A)
    assert [each.sales_force_name for each in found] == ["Specialists", "Field sales"]
    assert found[0].territory_ids == ()
    deciding = found[1].deciding
    assert deciding is not None
    assert deciding.step is ServedBy.AREA
    assert traces(plan, AccountId(99)) == ()
