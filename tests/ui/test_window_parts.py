# SPDX-License-Identifier: MIT
"""Actions, drawer, recent plans, map toolbar and place search."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.models.ids import MeasureId
from app.models.measure import ACCOUNT_COUNT, Measure
from app.services.commands import CreateTerritory
from app.ui.actions import ACTIONS, MENUS
from app.ui.drawer import Drawer
from app.ui.file_kinds import with_suffix
from app.ui.icons import icon_names
from app.ui.map.map_toolbar import MapToolbar
from app.ui.place_search import find
from app.ui.recent_plans import MOST, RecentPlans
from tests.helpers.tiny_plan import tiny_workspace


def settings_in(folder: Path) -> QSettings:
    return QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)


def test_no_two_actions_share_a_key_or_a_shortcut() -> None:
    keys = Counter(spec.key for spec in ACTIONS)
    shortcuts = Counter(spec.shortcut for spec in ACTIONS if spec.shortcut)
    assert max(keys.values()) == 1
    assert [text for text, count in shortcuts.items() if count > 1] == []


def test_every_action_has_a_menu_and_an_icon_that_exist() -> None:
    assert {spec.menu for spec in ACTIONS} == set(MENUS)
    assert {spec.icon for spec in ACTIONS if spec.icon} <= set(icon_names())


def test_a_tab_opens_its_pane_and_closes_it_again(qtbot: QtBot, tmp_path: Path) -> None:
    drawer = Drawer(QLabel("map"), settings_in(tmp_path))
    qtbot.addWidget(drawer)
    drawer.add_pane("a", "First", "table", QLabel("one"))
    drawer.add_pane("b", "Second", "users", QLabel("two"))
    drawer.resize(800, 600)
    drawer.show()
    drawer.open("b")
    assert drawer.open_key == "b"
    drawer.tabs.chosen.emit("")
    assert drawer.open_key == ""


def test_the_drawer_opens_where_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    settings.setValue("drawer/open", "b")
    drawer = Drawer(QLabel("map"), settings)
    qtbot.addWidget(drawer)
    drawer.add_pane("a", "First", "table", QLabel("one"))
    drawer.add_pane("b", "Second", "users", QLabel("two"))
    drawer.show()
    drawer.restore()
    assert drawer.open_key == "b"


def test_recent_plans_are_ten_newest_first(tmp_path: Path) -> None:
    recent = RecentPlans(settings_in(tmp_path))
    for number in range(12):
        recent.add(Path(f"/plans/{number}.evenfield"))
    recent.add(Path("/plans/5.evenfield"))
    names = [path.stem for path in recent.paths()]
    assert names[:3] == ["5", "11", "10"]
    assert len(names) == MOST
    recent.remove(Path("/plans/5.evenfield"))
    assert "5" not in [path.stem for path in recent.paths()]


def test_the_suffix_is_added_once() -> None:
    assert with_suffix(Path("North.v2")).name == "North.v2.evenfield"
    assert with_suffix(Path("North.evenfield")).name == "North.evenfield"


def test_the_toolbar_offers_measures_and_hides_them_in_a_narrow_window(qtbot: QtBot) -> None:
    # Inside another widget, as in the window: alone it would not get narrower than its content.
    host = QWidget()
    qtbot.addWidget(host)
    bar = MapToolbar()
    bar.setParent(host)
    bar.set_measures(
        [Measure(ACCOUNT_COUNT, "Accounts"), Measure(MeasureId(3), "Sales")], MeasureId(3)
    )
    chosen: list[int] = []
    bar.measure_chosen.connect(chosen.append)
    assert bar.measures.currentText() == "Sales"
    bar.measures.activated.emit(0)
    assert chosen == [ACCOUNT_COUNT]
    bar.resize(1000, 44)
    host.show()
    assert bar.measures.isVisible()
    bar.resize(700, 44)
    qtbot.waitUntil(lambda: not bar.measures.isVisible())


def test_search_finds_territories_before_accounts(tmp_path: Path) -> None:
    workspace = tiny_workspace(tmp_path)
    workspace.run(CreateTerritory("Example North"))
    hits = find(workspace, "example")
    assert hits[0].territory is not None
    assert [hit.account for hit in hits[1:]] == [1, 2, 3, 4, 5]
    assert find(workspace, "e") == []
    workspace.close()
