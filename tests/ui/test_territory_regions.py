# SPDX-License-Identifier: MIT
"""Regions in the territory list: dragged into, made above, named in the user's words."""

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.models.ids import TerritoryId
from app.models.sales_force import FIRST_SALES_FORCE
from app.services.commands import SetLevelWords, SetParent
from app.ui.panes.territory_pane import TerritoryPane
from app.ui.session import EditSession

PACIFIC, NORTHWEST, LONE_STAR, LAKES = "Pacific", "Northwest", "Lone Star", "Great Lakes & Plains"


@pytest.fixture
def pane(session: EditSession, qtbot: QtBot) -> TerritoryPane:
    made = TerritoryPane(session)
    qtbot.addWidget(made)
    made.resize(300, 500)
    made.show()
    return made


def shown(pane: TerritoryPane) -> list[tuple[str, int]]:
    lines = [pane.model.line_at(row) for row in range(pane.model.rowCount())]
    return [(line.territory.name, line.depth) for line in lines]


def id_of(pane: TerritoryPane, name: str) -> TerritoryId:
    return next(t.id for t in pane.session.workspace.territories if t.name == name)


def index_of(pane: TerritoryPane, name: str) -> QModelIndex:
    return pane.model.index(pane.model.row_of(id_of(pane, name)))


def drop(pane: TerritoryPane, moved: list[str], onto: str | None, row: int = -1) -> bool:
    """Drop territories on a row, between two rows, or (onto None, row -1) below all of them."""
    data = pane.model.mimeData([index_of(pane, name) for name in moved])
    parent = index_of(pane, onto) if onto else QModelIndex()
    action = Qt.DropAction.MoveAction
    can = pane.model.canDropMimeData(data, action, row, 0, parent)
    pane.model.dropMimeData(data, action, row, 0, parent)
    return can


def test_a_territory_dropped_on_another_lies_in_it(pane: TerritoryPane) -> None:
    assert drop(pane, [NORTHWEST], PACIFIC)
    assert shown(pane) == [(LAKES, 0), (LONE_STAR, 0), (PACIFIC, 0), (NORTHWEST, 1)]
    assert pane.session.workspace.history_status().undo_label == "Move Northwest into Pacific"
    pane.session.undo()
    assert (NORTHWEST, 0) in shown(pane)


def test_dropping_between_the_rows_of_a_region_puts_it_there(pane: TerritoryPane) -> None:
    drop(pane, [NORTHWEST], PACIFIC)
    row = pane.model.row_of(id_of(pane, NORTHWEST))
    drop(pane, [LONE_STAR], None, row)
    assert shown(pane) == [(LAKES, 0), (PACIFIC, 0), (LONE_STAR, 1), (NORTHWEST, 1)]
    drop(pane, [LONE_STAR], None)
    assert (LONE_STAR, 0) in shown(pane)


def test_a_region_cannot_be_dropped_into_what_lies_in_it(
    pane: TerritoryPane, refusals: list[AppError]
) -> None:
    drop(pane, [NORTHWEST], PACIFIC)
    before = shown(pane)
    assert not drop(pane, [PACIFIC], NORTHWEST)
    assert not drop(pane, [PACIFIC], PACIFIC)
    assert shown(pane) == before
    assert refusals == []


def test_rows_can_be_dragged_and_the_list_takes_them(pane: TerritoryPane) -> None:
    flags = pane.model.flags(index_of(pane, PACIFIC))
    assert flags & Qt.ItemFlag.ItemIsDragEnabled
    assert flags & Qt.ItemFlag.ItemIsDropEnabled
    assert pane.model.flags(QModelIndex()) == Qt.ItemFlag.ItemIsDropEnabled
    assert pane.view.dragEnabled()
    assert pane.view.acceptDrops()


def test_a_region_shows_the_sums_of_its_territories(pane: TerritoryPane) -> None:
    pane.view.select_ids((id_of(pane, PACIFIC), id_of(pane, LONE_STAR)))
    pane.new_region()
    line = pane.model.line_at(pane.model.row_of(id_of(pane, "Region 1")))
    parts = [pane.model.line_at(pane.model.row_of(id_of(pane, n))) for n in (PACIFIC, LONE_STAR)]
    assert line.total == sum(part.total for part in parts)
    assert line.account_count == sum(part.account_count for part in parts) == 120
    assert line.rep_text == "Region of 2"
    ideal = 2 * 158_250.0
    assert line.deviation.fraction == pytest.approx((line.total - ideal) / ideal)


def test_own_words_name_the_levels(pane: TerritoryPane) -> None:
    pane.session.run(SetLevelWords(FIRST_SALES_FORCE, ("Zone", "Patch")))
    pane.view.select_ids((id_of(pane, PACIFIC),))
    pane.new_region()
    line = pane.model.line_at(pane.model.row_of(id_of(pane, "Zone 1")))
    assert line.rep_text == "Zone of 1"
    assert line.words.startswith("Zone 1, Zone of 1, ")


def entries(menu: QMenu, title: str) -> dict[str, bool]:
    inside = next(each.menu() for each in menu.actions() if each.text() == title)
    assert isinstance(inside, QMenu)
    return {each.text(): each.isEnabled() for each in inside.actions() if each.text()}


def test_the_menu_offers_the_regions_that_fit(pane: TerritoryPane) -> None:
    session = pane.session
    session.run(SetParent((id_of(pane, NORTHWEST),), id_of(pane, PACIFIC), NORTHWEST, PACIFIC))
    pane.view.select_ids((id_of(pane, LONE_STAR),))
    menu = pane.context_menu()
    assert menu is not None
    assert entries(menu, "Region") == {
        "New region above": True,
        "Out of every region": False,
        "Pacific (region)": True,
    }
    pane.view.select_ids((id_of(pane, NORTHWEST),))
    menu = pane.context_menu()
    assert menu is not None
    assert entries(menu, "Region")["Out of every region"]
    assert not entries(menu, "Region")["Pacific (region)"]
    pane.view.select_ids((id_of(pane, PACIFIC),))
    menu = pane.context_menu()
    assert menu is not None
    assert "Pacific (region)" not in entries(menu, "Region")


def test_the_list_takes_a_drop_at_the_mouse(pane: TerritoryPane) -> None:
    """In the middle of a row it means that row; below all rows it means no region."""
    viewport = pane.view.viewport()
    data = pane.model.mimeData([index_of(pane, NORTHWEST)])

    def drop_at(place: QPoint) -> None:
        action, button, keys = (
            Qt.DropAction.MoveAction,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        for event in (
            QDragEnterEvent(place, action, data, button, keys),
            QDragMoveEvent(place, action, data, button, keys),
            QDropEvent(QPointF(place), action, data, button, keys),
        ):
            QApplication.sendEvent(viewport, event)

    drop_at(pane.view.visualRect(index_of(pane, PACIFIC)).center())
    assert (NORTHWEST, 1) in shown(pane)
    drop_at(QPoint(100, viewport.height() - 4))
    assert (NORTHWEST, 0) in shown(pane)
