# SPDX-License-Identifier: MIT
"""The list of areas and the map in the whole window: one selection, one target, one view."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.ids import GeoUnitId
from tests.e2e.conftest import User

pytestmark = [pytest.mark.e2e, pytest.mark.webengine]
HOUSTON, DALLAS = GeoUnitId("county:48201"), GeoUnitId("county:48113")


@pytest.fixture
def listed(user: User) -> User:
    """The sample plan with the list of counties in view."""
    user.window.desk.opener.open_sample()
    user.wait(lambda: user.window.desk.context.plan is not None)
    user.screen.map.set_level("county")
    user.do("show_areas")
    user.wait(user.screen.areas.table.isVisible)
    return user


def test_map_and_list_have_one_selection(listed: User) -> None:
    screen = listed.screen
    screen.selection.select_geounits((HOUSTON, DALLAS))
    assert set(screen.areas.selected_geounits()) == {HOUSTON, DALLAS}
    table = screen.areas.table
    table.scrollToTop()
    middle = table.visualRect(table.array_model.index(2, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    (unit,) = screen.areas.selected_geounits()
    assert screen.selection.geounits == (unit,)
    assert screen.inspector.geounit.isVisible()
    listed.wait(lambda: screen.map.is_settled)


def test_the_list_follows_the_level_of_the_map(listed: User) -> None:
    screen = listed.screen
    listed.do("level_zip")
    assert screen.areas.table.array_model.rowCount() == len(
        listed.plan.geography.view(screen.map.view_key).geounits
    )
    assert "ZIP" in screen.areas.title.text()


@pytest.mark.parametrize(
    "modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier]
)
def test_areas_are_assigned_without_the_mouse(listed: User, modifier: Qt.KeyboardModifier) -> None:
    screen = listed.screen
    target = listed.plan.territories[-1].id
    screen.selection.activate(target)
    screen.selection.select_geounits((HOUSTON, DALLAS))
    screen.areas.table.setFocus()
    QTest.keyClick(screen.areas.table, Qt.Key.Key_Return, modifier)
    assert listed.plan.holdings.territories_holding(HOUSTON) == (target,)
    assert listed.plan.holdings.territories_holding(DALLAS) == (target,)
    assert set(screen.areas.selected_geounits()) == {HOUSTON, DALLAS}
    listed.do("undo")
    assert listed.plan.holdings.territories_holding(HOUSTON) != (target,)
