# SPDX-License-Identifier: MIT
"""Exceptions that hold: listed with why and since when, found, ended, added."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.services.commands import (
    AddApartPair,
    AssignAccounts,
    AssignFamily,
    AssignGeoUnits,
    CorrectAccounts,
    SetTerritoryLock,
)
from app.services.locking import lock_accounts, lock_areas
from app.ui.panes.exceptions.exception_rows import ExceptionKind, exception_counts
from app.ui.panes.exceptions.exceptions_pane import ExceptionsPane
from app.ui.session import EditSession
from app.ui.widgets.choice_picker import Choice

HOUSTON, LA, SEATTLE = AccountId(1), AccountId(81), AccountId(121)
HOUSTON_COUNTY, TEXAS = GeoUnitId("county:48201"), GeoUnitId("state:48")


def id_of(session: EditSession, name: str) -> TerritoryId:
    return next(t.id for t in session.workspace.territories if t.name == name)


@pytest.fixture
def pane(session: EditSession, qtbot: QtBot) -> ExceptionsPane:
    made = ExceptionsPane(session)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    return made


def lines(pane: ExceptionsPane) -> list[dict[str, str]]:
    """All rows of the kind that is shown, by header."""
    model = pane.table.array_model
    return [
        {c.title: model.cell_text(at, row) for at, c in enumerate(model.columns())}
        for row in model.order().tolist()
    ]


def test_without_exceptions_each_kind_says_what_it_is_for(pane: ExceptionsPane) -> None:
    for kind in ExceptionKind:
        pane.show_kind(kind)
        assert not pane.table.isVisible()
        assert pane.add_button.text()
    assert set(exception_counts(pane.session.workspace).values()) == {0}


def test_a_named_account_says_why_and_since_when_and_is_let_go(pane: ExceptionsPane) -> None:
    session = pane.session
    pacific = id_of(session, "Pacific")
    session.run(AssignAccounts((HOUSTON, LA), pacific, "Pacific"))
    said = lines(pane)
    assert [row["Account"] for row in said] == ["Houston Cycles No. 1", "Los Angeles Cycles No. 1"]
    assert said[0]["Served by"] == "Pacific"
    assert said[0]["Why"] == "Assign 2 accounts to Pacific by name"
    assert said[0]["Since"]
    assert pane.kinds.item(0).text() == "Named accounts  2"
    pane.table.selectRow(0)
    pane.release_button.click()
    assert [row["Account"] for row in lines(pane)] == ["Los Angeles Cycles No. 1"]
    served = session.workspace.account_territory[0]
    assert session.workspace.territories[served].name == "Lone Star"
    session.undo()
    assert len(lines(pane)) == 2


def test_buttons_say_what_they_wait_for(pane: ExceptionsPane) -> None:
    session = pane.session
    session.run(AssignAccounts((HOUSTON,), id_of(session, "Pacific"), "Pacific"))
    for part in (pane.go_button, pane.release_button):
        assert (part.isEnabled(), part.toolTip()) == (False, "Select rows of the list first")
    pane.table.selectRow(0)
    for part in (pane.go_button, pane.release_button):
        assert (part.isEnabled(), part.toolTip()) == (True, "")


def test_a_locked_account_is_listed_twice_and_cannot_be_let_go(
    pane: ExceptionsPane, refusals: list[AppError]
) -> None:
    session = pane.session
    session.run(lock_accounts(session.workspace, (HOUSTON,)))
    assert lines(pane)[0]["Why"].startswith("Lock")
    pane.table.selectRow(0)
    pane.release_button.click()
    assert "locked" in refusals[0].text
    pane.show_kind(ExceptionKind.ACCOUNT_LOCKS)
    assert lines(pane)[0]["Served by"] == "Lone Star"
    pane.table.selectRow(0)
    pane.release_button.click()
    assert not pane.session.workspace.state.account_locks


def test_families_that_were_given_and_families_that_follow(pane: ExceptionsPane) -> None:
    session = pane.session
    session.run(CorrectAccounts((HOUSTON, LA), "family", "Big Co"))
    session.run(CorrectAccounts((AccountId(2), SEATTLE), "family", "Wheels"))
    session.run(AssignFamily("Big Co", id_of(session, "Pacific"), "Pacific"))
    pane.show_kind(ExceptionKind.FAMILIES)
    assert [(r["Family"], r["Served by"], r["Accounts"]) for r in lines(pane)] == [
        ("Big Co", "Pacific", "2")
    ]
    pane.keeps_families.click()
    assert session.workspace.sales_force.keeps_families
    said = lines(pane)
    assert [row["Family"] for row in said] == ["Big Co", "Wheels"]
    assert said[1]["Why"] == "Follows Houston Cycles No. 2"
    assert said[1]["Served by"] == "Lone Star"
    told: list[str] = []
    pane.message.connect(told.append)
    pane.table.selectRow(1)
    pane.release_button.click()
    assert "follow their head" in told[0]
    pane.table.selectRow(0)
    pane.release_button.click()
    # A family that nobody gave away follows its head as the others do.
    assert [row["Why"] for row in lines(pane)] == [
        "Follows Houston Cycles No. 1",
        "Follows Houston Cycles No. 2",
    ]


def test_pairs_are_added_found_and_ended(pane: ExceptionsPane) -> None:
    focused: list[tuple[AccountId, ...]] = []
    pane.accounts_focused.connect(focused.append)
    pane.show_kind(ExceptionKind.APART)
    pane.add_button.click()
    form = pane.form
    assert form is not None
    form.add.click()
    assert form.isVisible()
    assert form.problem.text() == "Choose exactly two accounts."
    form.accounts.set_chosen([Choice(str(LA), "LA"), Choice(str(HOUSTON), "Houston")])
    form.note.setText("They compete")
    form.add.click()
    assert not form.isVisible()
    said = lines(pane)[0]
    assert said["Accounts"] == "Houston Cycles No. 1 – Los Angeles Cycles No. 1"
    assert (said["Served by"], said["Why"]) == ("Lone Star / Pacific", "They compete")
    pane.table.selectRow(0)
    pane.go_button.click()
    assert focused == [(HOUSTON, LA)]
    pane.release_button.click()
    assert pane.session.workspace.forces.apart == ()


def test_a_pair_that_one_territory_serves_is_refused_with_a_sentence(
    pane: ExceptionsPane, refusals: list[AppError]
) -> None:
    assert not pane.session.run(AddApartPair(AccountId(1), AccountId(2)))
    assert refusals


def test_areas_are_locked_from_the_selection_on_the_map(pane: ExceptionsPane) -> None:
    session = pane.session
    pane.show_kind(ExceptionKind.AREA_LOCKS)
    assert not pane.add_button.isEnabled()
    pane.set_selected_areas((HOUSTON_COUNTY,))
    pane.add_button.click()
    said = lines(pane)[0]
    assert "Harris" in said["Area"]
    assert (said["Served by"], said["Accounts"]) == ("Lone Star", "40")
    went: list[tuple[object, bool]] = []
    pane.go_to.connect(lambda item, is_account: went.append((item, is_account)))
    pane.table.selectRow(0)
    pane.go_button.click()
    assert went == [(HOUSTON_COUNTY, False)]
    session.run(AssignGeoUnits((TEXAS,), id_of(session, "Pacific"), "Pacific"))
    assert lines(pane)[0]["Served by"] == "Lone Star", "it stays, whatever becomes of Texas"
    pane.table.selectRow(0)
    pane.release_button.click()
    assert not session.workspace.state.geounit_locks


def test_territories_are_locked_and_everything_is_unlocked(pane: ExceptionsPane) -> None:
    session = pane.session
    workspace = session.workspace
    pane.show_kind(ExceptionKind.TERRITORY_LOCKS)
    pane.add_button.click()
    form = pane.form
    assert form is not None
    two = workspace.territories[:2]
    form.territory.set_chosen([Choice(str(t.id), t.name) for t in two])
    form.add.click()
    assert [row["Territory"] for row in lines(pane)] == ["Lone Star", "Pacific"]
    assert workspace.history_status().undo_label == "Lock 2 territories"
    pane.unlock_all.click()
    assert lines(pane) == []
    session.undo()
    pane.table.select_source_rows(np.array([0, 1]))
    pane.release_button.click()
    assert not any(territory.is_locked for territory in workspace.territories)
    assert workspace.history_status().undo_label == "Unlock 2 territories"


def test_accounts_are_named_in_a_form_that_finds_them(pane: ExceptionsPane) -> None:
    workspace = pane.session.workspace
    pane.open_form(ExceptionKind.NAMED, (SEATTLE,))
    form = pane.form
    assert form is not None
    assert [choice.text for choice in form.accounts.chosen()] == ["Seattle Cycles No. 1"]
    form.accounts.open()
    popup = form.accounts.popup
    assert popup is not None
    popup.search("houston cycles no. 40")
    assert popup.list.count() >= 1
    popup.close()
    form.add.click()
    assert form.problem.text() == "Choose accounts and a territory."
    pacific = id_of(pane.session, "Pacific")
    form.territory.set_chosen([Choice(str(pacific), "Pacific")])
    form.add.click()
    row = workspace.accounts.row_of(SEATTLE)
    assert workspace.territories[workspace.account_territory[row]].name == "Pacific"
    assert lines(pane)[0]["Account"] == "Seattle Cycles No. 1"


def test_families_are_assigned_in_a_form(pane: ExceptionsPane) -> None:
    session = pane.session
    session.run(CorrectAccounts((HOUSTON, LA), "family", "Big Co"))
    pane.show_kind(ExceptionKind.FAMILIES)
    pane.add_button.click()
    form = pane.form
    assert form is not None
    form.family.set_chosen([Choice("Big Co", "Big Co")])
    form.territory.set_chosen([Choice(str(id_of(session, "Northwest")), "Northwest")])
    form.add.click()
    listed: list[tuple[str, list[int]]] = []
    pane.accounts_requested.connect(lambda title, ids: listed.append((title, list(ids))))
    pane.table.selectRow(0)
    pane.list_button.click()
    assert listed == [("Big Co", [HOUSTON, LA])]


def test_locks_of_areas_from_elsewhere_are_listed_too(pane: ExceptionsPane) -> None:
    session = pane.session
    session.run(lock_areas(session.workspace, (HOUSTON_COUNTY,)))
    session.run(SetTerritoryLock(id_of(session, "Pacific"), is_locked=True))
    counts = exception_counts(session.workspace)
    assert counts[ExceptionKind.AREA_LOCKS] == 1
    assert counts[ExceptionKind.TERRITORY_LOCKS] == 1
