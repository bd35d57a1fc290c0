# SPDX-License-Identifier: MIT
"""Adding, changing and removing sales forces."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.errors import EditRejected
from app.models.ids import AccountId, GeoUnitId, SalesForceId, TerritoryId
from app.models.rule import TextOperator, TextTest
from app.models.sales_force import FIRST_SALES_FORCE, ForceModel, SalesForce
from app.services.commands import (
    AddSalesForce,
    AssignAccounts,
    AssignGeoUnits,
    CreateTerritory,
    RemoveSalesForce,
    RenameSalesForce,
    SetForceModel,
    SetKeepsFamilies,
    SetLevelWords,
    SetTerritoryLock,
)
from app.services.rules.condition_text import condition_text
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import tiny_workspace


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    """The tiny plan with one territory that holds a county."""
    opened = tiny_workspace(tmp_path)
    opened.run(CreateTerritory("North"))
    north = opened.territories[0].id
    opened.run(AssignGeoUnits((GeoUnitId("county:01001"),), north, "North"))
    yield opened
    opened.close()


def add_force(plan: Workspace, name: str = "Inside sales") -> SalesForceId:
    plan.run(AddSalesForce(name, ForceModel.CUSTOMER))
    return plan.sales_forces[-1].id


def add_rule(plan: Workspace, force: SalesForceId, territory: TerritoryId) -> None:
    text = condition_text(TextTest("owner", TextOperator.IS, ("Ann",)))
    with plan.document.store.transaction() as tx:
        columns = ("id", "scenario_id", "sales_force_id", "position", "condition", "territory_id")
        tx.put("rule", columns, [(tx.next_id("rule"), 1, force, 1, text, territory)])


def force_of(plan: Workspace, force: SalesForceId) -> SalesForce:
    return next(each for each in plan.sales_forces if each.id == force)


def rules_on(plan: Workspace, force: SalesForceId) -> list[object]:
    sql = "SELECT is_enabled FROM rule WHERE sales_force_id = ?"
    return [row[0] for row in plan.document.store.rows(sql, (force,))]


def test_a_new_sales_force_stands_behind_the_others_and_is_empty(plan: Workspace) -> None:
    force = add_force(plan)
    assert [each.name for each in plan.sales_forces] == ["Field sales", "Inside sales"]
    assert force_of(plan, force).model is ForceModel.CUSTOMER
    plan.choose_sales_force(force)
    assert plan.territories == ()
    plan.undo()
    assert [each.name for each in plan.sales_forces] == ["Field sales"]
    assert plan.sales_force.id == FIRST_SALES_FORCE


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "needs a name"), ("field SALES", "already a sales force"), ("x" * 81, "81 characters")],
)
def test_names_that_cannot_be_used_are_refused(plan: Workspace, name: str, words: str) -> None:
    with pytest.raises(EditRejected, match=words):
        plan.run(AddSalesForce(name))
    force = add_force(plan)
    with pytest.raises(EditRejected, match=words):
        plan.run(RenameSalesForce(force, name))
    assert force_of(plan, force).name == "Inside sales"


def test_level_words_and_families_are_set_and_taken_back(plan: Workspace) -> None:
    plan.run(SetLevelWords(FIRST_SALES_FORCE, ("Zone", " Sales   patch ")))
    plan.run(SetKeepsFamilies(FIRST_SALES_FORCE, keeps_families=True))
    assert plan.sales_force.level_words == ("Zone", "Sales patch")
    assert plan.sales_force.keeps_families
    plan.undo()
    plan.undo()
    assert (plan.sales_force.level_words, plan.sales_force.keeps_families) == ((), False)


@pytest.mark.parametrize(
    ("words", "message"),
    [(("Zone", " "), "needs a word"), (("a",) * 7, "7 levels"), (("x" * 81,), "80 characters")],
)
def test_words_that_cannot_be_used_are_refused(
    plan: Workspace, words: tuple[str, ...], message: str
) -> None:
    with pytest.raises(EditRejected, match=message):
        plan.run(SetLevelWords(FIRST_SALES_FORCE, words))
    assert plan.sales_force.level_words == ()


def test_a_geographic_sales_force_keeps_its_rules_switched_off(plan: Workspace) -> None:
    add_rule(plan, FIRST_SALES_FORCE, plan.territories[0].id)
    plan.run(SetForceModel(FIRST_SALES_FORCE, ForceModel.HYBRID, "Field sales"))
    assert (plan.sales_force.model, rules_on(plan, FIRST_SALES_FORCE)) == (ForceModel.HYBRID, [1])
    plan.run(SetForceModel(FIRST_SALES_FORCE, ForceModel.GEOGRAPHIC, "Field sales"))
    assert rules_on(plan, FIRST_SALES_FORCE) == [0]
    plan.undo()
    assert (plan.sales_force.model, rules_on(plan, FIRST_SALES_FORCE)) == (ForceModel.HYBRID, [1])


def test_removing_a_sales_force_leaves_the_others_alone(plan: Workspace) -> None:
    before = plan.account_territory.tolist()
    force = add_force(plan)
    plan.choose_sales_force(force)
    plan.run(CreateTerritory("Phone"))
    phone = plan.territories[0].id
    plan.run(AssignGeoUnits((GeoUnitId("county:01001"),), phone, "Phone"))
    plan.run(AssignAccounts((AccountId(5),), phone, "Phone"))
    add_rule(plan, force, phone)
    with plan.document.store.transaction() as tx:
        tx.put(
            "geounit_lock",
            ("scenario_id", "geounit_id", "sales_force_id", "territory_id"),
            [(1, "county:01001", force, phone)],
        )
        tx.put(
            "account_lock",
            ("scenario_id", "account_id", "sales_force_id", "territory_id"),
            [(1, 5, force, phone)],
        )
        tx.put("family_assignment", ("scenario_id", "family", "territory_id"), [(1, "F", phone)])
        tx.put(
            "geounit_hole",
            ("scenario_id", "geounit_id", "sales_force_id"),
            [(1, "zip:20001", force)],
        )
    whole = plan.document.store.rows("SELECT count(*) FROM geounit_assignment")
    plan.run(RemoveSalesForce(force, "Inside sales"))
    assert [each.id for each in plan.sales_forces] == [FIRST_SALES_FORCE]
    assert plan.sales_force.id == FIRST_SALES_FORCE
    assert plan.account_territory.tolist() == before
    for table in ("rule", "geounit_lock", "account_lock", "family_assignment", "geounit_hole"):
        assert plan.document.store.rows(f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608
    plan.undo()
    assert plan.document.store.rows("SELECT count(*) FROM geounit_assignment") == whole
    plan.choose_sales_force(force)
    assert [each.name for each in plan.territories] == ["Phone"]
    assert plan.document.store.rows("SELECT count(*) FROM family_assignment") == [(1,)]
    assert plan.state.alignment.units_of(phone) == ("county:01001",)


def test_the_first_sales_force_stays(plan: Workspace) -> None:
    with pytest.raises(EditRejected, match="first sales force"):
        plan.run(RemoveSalesForce(FIRST_SALES_FORCE, "Field sales"))


def test_a_sales_force_with_a_locked_territory_stays(plan: Workspace) -> None:
    force = add_force(plan)
    plan.choose_sales_force(force)
    plan.run(CreateTerritory("Phone"))
    plan.run(SetTerritoryLock(plan.territories[0].id, is_locked=True, territory_name="Phone"))
    with pytest.raises(EditRejected, match="Phone is locked"):
        plan.run(RemoveSalesForce(force, "Inside sales"))
    assert len(plan.sales_forces) == 2
