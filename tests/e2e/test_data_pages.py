# SPDX-License-Identifier: MIT
"""The pages about data in the real window: from a check to its rows, to a sheet, and back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton

from app.models.ids import AccountId
from app.services.importing.readers import read_table
from app.ui.panes.analysis_pane import AnalysisPane
from app.ui.panes.duplicates_pane import DuplicatesPane
from app.ui.panes.health_pane import HealthPane
from app.ui.panes.imports_pane import ImportsPane
from app.ui.panes.owners_pane import OwnersPane
from tests.e2e.conftest import User

pytestmark = [pytest.mark.e2e, pytest.mark.webengine]


@pytest.fixture
def reader(user: User) -> User:
    """The user with the sample plan open."""
    user.window.desk.opener.open_sample()
    user.wait(lambda: user.window.desk.context.plan is not None)
    user.settle()
    return user


def health_of(user: User) -> HealthPane:
    user.do("show_health")
    pane = user.screen.data.data.pages["health"].pane(HealthPane)
    user.wait(lambda: pane.report is not None)
    return pane


def listed(user: User) -> list[int]:
    rows = user.screen.accounts.table.array_model.order()
    return sorted(user.plan.accounts.ids[rows].tolist())


def expected_without_postal_code(user: User) -> list[int]:
    codes = user.plan.accounts.text("postal_code").tolist()
    ids = user.plan.accounts.ids.tolist()
    return [account for account, code in zip(ids, codes, strict=True) if not code]


def test_a_check_leads_to_exactly_its_accounts(reader: User) -> None:
    pane = health_of(reader)
    assert reader.screen.drawer.open_key == "data"
    line = pane.lines["no_postal_code"]
    reader.click(line.main_repair)
    assert reader.screen.drawer.open_key == "accounts"
    expected = expected_without_postal_code(reader)
    assert listed(reader) == expected
    assert len(expected) == line.check.count
    chip = reader.screen.accounts.filters.only_chip
    assert chip.text() == f"No postal code  {len(expected)}  ×"
    reader.click(chip)
    assert len(listed(reader)) == len(reader.plan.accounts)


def test_the_accounts_of_a_check_leave_as_a_sheet(reader: User) -> None:
    pane = health_of(reader)
    line = pane.lines["no_postal_code"]
    reader.click(line.title)
    path = reader.folder / "to repair.csv"
    reader.will_save_as(path)
    reader.click_text(line, "Save as a sheet…")
    reader.wait(lambda: not reader.window.desk.tasks.is_busy and path.exists())
    table = read_table(Path(path))
    own_ids = reader.plan.accounts.text("external_id")
    rows = line.check.rows
    assert [row[0] for row in table.rows(len(rows) + 1)] == own_ids[rows].tolist()


def test_every_page_opens_from_the_menu_and_from_the_tabs(reader: User) -> None:
    screen = reader.screen
    pages = screen.data.data.pages
    for action, key, kind in (
        ("show_duplicates", "duplicates", DuplicatesPane),
        ("show_owners", "owners", OwnersPane),
        ("show_imports", "imports", ImportsPane),
        ("show_health", "health", HealthPane),
    ):
        screen.drawer.open("")
        reader.do(action)
        assert screen.drawer.open_key == "data"
        assert screen.data.data.shown_key == key
        assert pages[key].pane(kind).isVisible()
    reader.do("show_analysis")
    assert screen.data.analysis.pane(AnalysisPane).isVisible()
    more = next(b for b in screen.drawer.tabs.findChildren(QToolButton) if b.menu() is not None)
    more.menu().aboutToShow.emit()
    entry = next(each for each in more.menu().actions() if each.text() == "Data")
    entry.trigger()
    assert screen.drawer.open_key == "data"
    tab = next(b for b in screen.drawer.tabs.findChildren(QToolButton) if b.text() == "Data")
    reader.click(tab)
    assert screen.drawer.open_key == ""


def test_the_pages_are_within_reach_of_the_keyboard(reader: User) -> None:
    screen = reader.screen
    keys = {
        spec: QKeySequence(reader.window.actions_by_key[spec].shortcut()).toString()
        for spec in ("show_health", "show_analysis")
    }
    assert keys == {"show_health": "Ctrl+Shift+D", "show_analysis": "Ctrl+Shift+Y"}
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(reader.window, Qt.Key.Key_Y, modifiers)
    reader.wait(lambda: screen.drawer.open_key == "analysis")
    QTest.keyClick(reader.window, Qt.Key.Key_D, modifiers)
    reader.wait(lambda: screen.drawer.open_key == "data")
    pane = health_of(reader)
    repair: QPushButton = pane.lines["no_postal_code"].main_repair
    repair.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(repair, Qt.Key.Key_Space)
    assert listed(reader) == expected_without_postal_code(reader)


def test_a_bar_of_the_analysis_leads_to_its_accounts(reader: User) -> None:
    reader.do("show_analysis")
    pane = reader.screen.data.analysis.pane(AnalysisPane)
    ids = reader.plan.accounts.ids[10:14]
    pane.rows_requested.emit("Segment: Trade", ids)
    assert reader.screen.drawer.open_key == "accounts"
    assert listed(reader) == ids.tolist()


def test_two_accounts_are_shown_together_on_the_map(reader: User) -> None:
    accounts = reader.plan.accounts
    first, second = (AccountId(int(i)) for i in accounts.ids[:2])
    reader.do("show_duplicates")
    reader.screen.data.data.accounts_focused.emit((first, second))
    reader.settle()
    view = reader.window.desk.map_host.lend()
    rows = accounts.rows_of((first, second))

    def shows_both() -> bool:
        if view.shown_view is None:
            return False
        west, south, east, north = view.shown_view.bounds
        lon, lat = accounts.lon[rows], accounts.lat[rows]
        is_inside = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
        return bool(is_inside.all()) and east - west < 60

    reader.wait(shows_both)


def test_closing_the_plan_lets_go_of_every_page(reader: User) -> None:
    for action in ("show_health", "show_duplicates", "show_owners", "show_imports"):
        reader.do(action)
    reader.do("show_analysis")
    reader.do("close_plan")
    assert reader.window.desk.context.plan is None


def test_an_account_that_is_clicked_in_the_list_is_looked_at(reader: User) -> None:
    reader.do("show_accounts")
    table = reader.screen.accounts.table
    reader.wait(lambda: table.isVisible() and table.array_model.rowCount() > 0)
    cell = table.visualRect(table.array_model.index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    account = AccountId(int(reader.plan.accounts.ids[table.array_model.order()[1]]))
    assert reader.screen.inspector.focus.account == account
