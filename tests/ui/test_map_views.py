# SPDX-License-Identifier: MIT
"""The kinds of areas that the map shows: choosing them, painting groups, breaking units up.

The map itself is a fake; the demo plan is that of test_map_editing.
"""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.models.boundary_layer import BoundaryRole
from app.models.ids import GeoUnitId, TerritoryId
from app.services.commands import AssignGeoUnits, RemoveBoundaryLayer
from app.ui.dialogs.why_dialog import WhyDialog
from app.ui.map.map_controller import MapController
from app.ui.map.map_reports import ClickReport, Modifiers
from app.ui.map.map_toolbar import MapToolbar
from app.ui.map.tool_messages import MapTool
from app.ui.map_menu import MapMenu
from app.ui.selection import Selection
from app.ui.session import EditSession
from tests.helpers.boundary_layers import adding, layer_of_boxes
from tests.helpers.fake_map_view import FakeMapView

HARRIS = GeoUnitId("county:48201")


class Desk:
    """A map and its menu."""

    def __init__(self, session: EditSession, parent: QWidget) -> None:
        self.session = session
        self.view = FakeMapView()
        self.view.setParent(parent)
        self.selection = Selection(parent)
        self.map = MapController(session, self.view.as_view(), self.selection, parent)
        self.menu = MapMenu(session, self.view.as_view(), self.map, self.selection, parent)

    def number(self, unit: str) -> int:
        return self.map.context.areas.view.position_by_geounit[GeoUnitId(unit)]

    def click(self, unit: str) -> None:
        self.view.feature_clicked.emit(ClickReport(self.number(unit), Modifiers(), 0, 0))


@pytest.fixture
def desk(app: QApplication, session: EditSession, qtbot: QtBot) -> Iterator[Desk]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = Desk(session, parent)
    yield made
    made.menu.stop()
    made.map.stop()
    app.processEvents()


def test_painting_a_zip3_area_assigns_its_zip_areas_as_one_step(desk: Desk) -> None:
    workspace = desk.session.workspace
    desk.map.set_level("zip3")
    desk.map.set_tool("paint")
    desk.selection.activate(TerritoryId(1))
    members = desk.map.context.areas.view.members(desk.number("zip3:606"))
    assert len(members) > 20
    desk.view.stroke(MapTool.PAINT, [desk.number("zip3:606")])
    assert all(workspace.holdings.territories_claiming(unit) == (1,) for unit in members)
    held = workspace.unit_territory("zip3")[desk.number("zip3:606")]
    assert workspace.territories[held].id == 1
    desk.session.undo()
    assert not any(workspace.holdings.territories_claiming(unit) == (1,) for unit in members)


def test_a_group_is_selected_with_its_name_and_hovered_with_its_accounts(desk: Desk) -> None:
    desk.map.set_level("metro")
    view = desk.map.context.areas.view
    houston = next(n for n in range(len(view.names)) if HARRIS in view.members(n))
    desk.view.feature_clicked.emit(ClickReport(houston, Modifiers(), 0, 0))
    assert HARRIS in desk.selection.geounits
    assert desk.selection.title.startswith("Houston")
    assert desk.map.context.areas.numbers_of(desk.selection.geounits) == [houston]
    lines = desk.map.context.painter.tooltip(houston)
    assert lines[0].startswith("Houston")
    assert lines[1].startswith("Lone Star")
    assert any("account" in line for line in lines)
    assert desk.map.context.painter.tooltip(-1) == []


def menu_texts(desk: Desk, unit: str) -> dict[str, object]:
    menu = desk.menu.menu_at(desk.number(unit))
    assert menu is not None
    return {action.text(): action for action in menu.actions()}


def test_a_unit_can_be_broken_into_the_areas_inside(desk: Desk) -> None:
    desk.map.set_level("state")
    texts = menu_texts(desk, "state:48")
    assert {"Show the counties inside", "Show the ZIP areas inside"} <= set(texts)
    action = texts["Show the counties inside"]
    action.trigger()  # type: ignore[attr-defined]
    assert desk.map.view_key == "county"
    inside = desk.session.workspace.geography.descendants_of(GeoUnitId("state:48"))
    counties = [unit for unit in inside if unit.startswith("county:")]
    assert list(desk.selection.geounits) == counties
    assert "Show the counties inside" not in menu_texts(desk, "county:48201")


def test_an_area_is_locked_and_unlocked_from_the_menu(desk: Desk) -> None:
    desk.map.set_level("state")
    locks = desk.session.workspace.state
    menu_texts(desk, "state:48")["Lock area"].trigger()  # type: ignore[attr-defined]
    assert list(locks.geounit_locks) == ["state:48"]
    texts = menu_texts(desk, "state:48")
    assert "Lock area" not in texts
    texts["Unlock area"].trigger()  # type: ignore[attr-defined]
    assert not locks.geounit_locks


def test_an_account_under_the_pointer_is_asked_about_and_locked(desk: Desk) -> None:
    parent = desk.menu.parent()
    assert isinstance(parent, QWidget)
    menu = QMenu(parent)
    desk.menu.add_account(menu, 0)
    name = str(desk.session.workspace.accounts.text("name")[0])
    texts = {action.text(): action for action in menu.actions()}
    texts[f"Why is {name} here?"].trigger()
    dialog = parent.findChild(WhyDialog)
    assert isinstance(dialog, WhyDialog)
    dialog.accept()
    texts[f"Lock {name}"].trigger()
    assert list(desk.session.workspace.state.account_locks) == [1]


def test_the_zip_areas_of_a_zip3_area_can_be_shown(desk: Desk) -> None:
    desk.map.set_level("zip3")
    members = desk.map.context.areas.view.members(desk.number("zip3:770"))
    action = menu_texts(desk, "zip3:770")["Show the ZIP areas inside"]
    action.trigger()  # type: ignore[attr-defined]
    assert desk.map.view_key == "zip"
    assert desk.selection.geounits == members


def test_a_divided_county_is_drawn_by_its_zip_areas(desk: Desk, app: QApplication) -> None:
    desk.map.set_level("county")
    shown = desk.view.calls.last["show_view"][0][0]
    inside = desk.session.workspace.geography.descendants_of(HARRIS)
    before = desk.view.calls.last.pop("set_colors")[0][0]
    desk.session.run(AssignGeoUnits(inside[:3], TerritoryId(2), "Pacific"))
    app.processEvents()
    view = desk.map.context.painter.view
    assert desk.view.calls.last["show_view"][0][0] is view
    assert shown is not view
    assert view.unit_of_feature is not None
    assert int((view.unit_of_feature == desk.number(HARRIS)).sum()) == len(inside)
    rgba = desk.view.calls.last["set_colors"][0][0]
    colors = rgba[view.unit_of_feature == desk.number(HARRIS)]
    assert len(np.unique(colors, axis=0)) == 2
    assert len(rgba) > len(before)


def test_own_regions_are_offered_and_the_map_goes_on_without_them(
    desk: Desk, app: QApplication
) -> None:
    gulf = layer_of_boxes({"G": (-96.0, 29.0, -95.0, 30.5)}, {"G": "Gulf"})
    desk.session.run(adding(gulf, BoundaryRole.GROUP))
    desk.map.set_level("layer:1")
    desk.click("layer:1:G")
    assert desk.selection.title == "Gulf"
    desk.session.run(RemoveBoundaryLayer(1))
    app.processEvents()
    assert desk.map.view_key == "county"


def test_the_toolbar_offers_the_kinds_of_areas(qtbot: QtBot) -> None:
    bar = MapToolbar()
    qtbot.addWidget(bar)
    titles = [("county", "Counties"), ("zip3", "ZIP3 areas")]
    with qtbot.assertNotEmitted(bar.level_chosen):
        bar.set_levels(titles, "zip3")
    assert bar.levels.accessibleName() == "Areas"
    assert bar.levels.currentText() == "ZIP3 areas"
    bar.show()
    bar.levels.setFocus()
    with qtbot.waitSignal(bar.level_chosen) as chosen:
        QTest.keyClick(bar.levels, Qt.Key.Key_Up)
    assert chosen.args == ["county"]
