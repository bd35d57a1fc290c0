# SPDX-License-Identifier: MIT
"""The page about coverage across sales forces."""

import pytest
from pytestqt.qtbot import QtBot

from app.models.ids import AccountId, GeoUnitId
from app.models.sales_force import FIRST_SALES_FORCE
from app.services.commands import (
    AddSalesForce,
    AssignGeoUnits,
    CreateTerritory,
    RenameTerritory,
)
from app.ui.panes.account_card import AccountCard
from app.ui.panes.force_coverage_pane import ForceCoveragePane
from app.ui.session import EditSession
from app.ui.widgets.elided_button import ElidedButton


@pytest.fixture
def pane(session: EditSession, qtbot: QtBot) -> ForceCoveragePane:
    made = ForceCoveragePane(session)
    qtbot.addWidget(made)
    made.resize(900, 340)
    made.show()
    return made


@pytest.fixture
def specialists(session: EditSession) -> EditSession:
    """A second sales force whose one territory holds California and New York."""
    session.run(AddSalesForce("Specialists"))
    session.choose_sales_force(session.workspace.sales_forces[-1].id)
    session.run(CreateTerritory("Coasts"))
    coasts = session.workspace.territories[0].id
    units = (GeoUnitId("state:06"), GeoUnitId("state:36"))
    session.run(AssignGeoUnits(units, coasts, "Coasts"))
    session.choose_sales_force(FIRST_SALES_FORCE)
    return session


def cells(pane: ForceCoveragePane) -> list[list[str]]:
    model = pane.table.array_model
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_one_sales_force_alone_says_what_to_do(pane: ForceCoveragePane, qtbot: QtBot) -> None:
    assert not pane.table.isVisible()
    with qtbot.waitSignal(pane.forces_requested):
        pane._alone.chosen.emit("forces")  # noqa: SLF001 the button of the empty state


def test_accounts_are_listed_by_who_serves_them(
    pane: ForceCoveragePane, specialists: EditSession, qtbot: QtBot
) -> None:
    """CA by both; TX 80, WA (claimed twice) 40 and IL 40 by field sales alone."""
    rows = cells(pane)
    assert [row[:3] for row in rows] == [
        ["Field sales and Specialists", "2", "40"],
        ["Field sales", "1", "160"],
        ["Specialists", "1", "40"],
        ["Nobody", "0", "2"],
    ]
    assert [row[-1] for row in rows] == ["0", "40", "0", "0"]
    assert pane.summary.text().startswith("40 accounts are served by several sales forces")
    with qtbot.waitSignal(pane.accounts_focused) as focused:
        pane.table.selectRow(3)
    assert focused.args == [(AccountId(241), AccountId(242))]


def test_of_many_sales_forces_those_that_are_missing_are_named(
    pane: ForceCoveragePane, specialists: EditSession
) -> None:
    workspace = specialists.workspace
    for name, states in (
        ("Inside", ("06", "36", "48", "53")),
        ("Service", ("36", "48")),
        ("Partners", ("48",)),
    ):
        specialists.run(AddSalesForce(name))
        specialists.choose_sales_force(workspace.sales_forces[-1].id)
        specialists.run(CreateTerritory(f"{name} all"))
        units = tuple(GeoUnitId(f"state:{code}") for code in states)
        specialists.run(AssignGeoUnits(units, workspace.territories[0].id, ""))
    specialists.choose_sales_force(FIRST_SALES_FORCE)
    said = {row[0] for row in cells(pane)}
    assert said == {
        "All but Specialists",
        "All but Service and Partners",
        "All but Field sales and Partners",
        "Field sales and Inside",
        "Field sales",
        "Nobody",
    }
    units = (GeoUnitId("state:48"),)
    specialists.choose_sales_force(workspace.sales_forces[1].id)
    specialists.run(AssignGeoUnits(units, workspace.territories[0].id, ""))
    assert "All 5 sales forces" in {row[0] for row in cells(pane)}


def test_pairs_say_who_works_with_whom(
    pane: ForceCoveragePane, specialists: EditSession, qtbot: QtBot
) -> None:
    pane.views.set_chosen("pairs")
    pane.refresh()
    (row,) = cells(pane)
    assert row[:5] == ["Pacific", "Ben Okafor", "Coasts", "Vacant", "40"]
    with qtbot.waitSignal(pane.accounts_focused) as focused:
        pane.table.selectRow(0)
    assert focused.args is not None
    assert len(focused.args[0]) == 40
    assert pane.first.currentText() != pane.second.currentText()


def test_the_page_follows_edits(pane: ForceCoveragePane, specialists: EditSession) -> None:
    specialists.choose_sales_force(specialists.workspace.sales_forces[-1].id)
    coasts = specialists.workspace.territories[0].id
    specialists.run(AssignGeoUnits((GeoUnitId("state:48"),), coasts, "Coasts"))
    assert cells(pane)[0][:3] == ["Field sales and Specialists", "2", "120"]


def test_the_card_of_an_account_names_the_other_sales_forces(
    specialists: EditSession, qtbot: QtBot
) -> None:
    card = AccountCard(specialists)
    qtbot.addWidget(card)
    in_california = AccountId(81)
    assert card.show_account(in_california)
    links = card.also.findChildren(ElidedButton)
    assert [each.accessibleName() for each in links] == ["Specialists: Coasts"]
    with qtbot.waitSignal(card.territory_requested) as requested:
        links[0].click()
    workspace = specialists.workspace
    assert workspace.sales_force.name == "Specialists"
    assert requested.args == [int(workspace.territories[0].id)]
    specialists.choose_sales_force(FIRST_SALES_FORCE)
    assert card.show_account(AccountId(1))
    assert card.also.nobody.text() == "Not served by Specialists."


def test_the_card_says_nothing_more_while_there_is_one_sales_force(
    session: EditSession, qtbot: QtBot
) -> None:
    card = AccountCard(session)
    qtbot.addWidget(card)
    assert card.show_account(AccountId(1))
    assert card.also.isHidden()


def test_undo_shows_the_sales_force_whose_edit_it_takes_back(specialists: EditSession) -> None:
    workspace = specialists.workspace
    specialists.choose_sales_force(workspace.sales_forces[-1].id)
    coasts = workspace.territories[0].id
    specialists.run(RenameTerritory(coasts, "Both coasts"))
    specialists.choose_sales_force(FIRST_SALES_FORCE)
    specialists.undo()
    assert workspace.sales_force.name == "Specialists"


def test_all_accounts_are_saved_with_who_serves_them(
    pane: ForceCoveragePane, specialists: EditSession, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(pane.table_requested) as requested:
        pane.save.click()
    assert requested.args is not None
    assert requested.args[0].columns[3].header == "Field sales"
