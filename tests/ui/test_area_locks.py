# SPDX-License-Identifier: MIT
"""Areas are locked and unlocked from the list of areas and from the card of an area."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.ids import GeoUnitId
from app.services.locking import lock_areas
from app.ui.panes.area_pane import AreaPane
from app.ui.panes.geounit_card import GeounitCard
from app.ui.session import EditSession

TEXAS, HOUSTON = GeoUnitId("state:48"), GeoUnitId("county:48201")
NEW_YORK, MAINE = GeoUnitId("state:36"), GeoUnitId("state:23")


@pytest.fixture
def pane(session: EditSession, qtbot: QtBot) -> AreaPane:
    made = AreaPane(session)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    made.show_view("state")
    return made


@pytest.fixture
def card(session: EditSession, qtbot: QtBot) -> GeounitCard:
    made = GeounitCard(session)
    qtbot.addWidget(made)
    made.resize(280, 600)
    made.show()
    return made


def entries(pane: AreaPane, *units: GeoUnitId) -> dict[str, object]:
    pane.table.select_source_rows(pane._columns.rows_of(units))  # noqa: SLF001 the row of an id
    QApplication.processEvents()
    menu = pane.menu.menu()
    assert menu is not None
    return {action.text(): action for action in menu.actions()}


def test_a_right_click_in_the_list_locks_areas(pane: AreaPane, session: EditSession) -> None:
    entries(pane, TEXAS)["Lock area"].trigger()  # type: ignore[attr-defined]
    assert set(session.workspace.state.geounit_locks) == {TEXAS}
    assert list(entries(pane, TEXAS, NEW_YORK)) == ["Unlock area", "Lock area"]
    entries(pane, TEXAS)["Unlock area"].trigger()  # type: ignore[attr-defined]
    assert not session.workspace.state.geounit_locks
    assert session.workspace.history_steps()[-1].label == "Unlock Texas"


def test_areas_that_nobody_holds_cannot_be_locked(pane: AreaPane) -> None:
    (lock,) = entries(pane, MAINE).values()
    assert lock.text() == "Lock area"  # type: ignore[attr-defined]
    assert not lock.isEnabled()  # type: ignore[attr-defined]


def test_the_card_of_an_area_locks_it(card: GeounitCard, session: EditSession) -> None:
    card.show_geounit(TEXAS)
    assert (card.lock.text(), card.lock.isEnabled()) == ("Lock area", True)
    card.lock.click()
    assert set(session.workspace.state.geounit_locks) == {TEXAS}
    card.show_geounit(TEXAS)
    assert card.lock.text() == "Unlock area"
    card.lock.click()
    assert not session.workspace.state.geounit_locks


def test_the_card_says_what_locks_an_area(card: GeounitCard, session: EditSession) -> None:
    session.run(lock_areas(session.workspace, (TEXAS,)))
    card.show_geounit(HOUSTON)
    assert not card.lock.isEnabled()
    assert "Texas is locked" in card.lock.toolTip()
    card.show_geounit(MAINE)
    assert (card.lock.isEnabled(), card.lock.toolTip()) == (False, "")
