# SPDX-License-Identifier: MIT
"""The row of tabs under the map, in windows of every width."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.drawer import Drawer

_KEYS = ("Balance", "Accounts", "Data", "Analysis")


@pytest.fixture
def drawer(qtbot: QtBot, tmp_path: Path) -> Drawer:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Drawer(QWidget(), settings)
    qtbot.addWidget(made)
    for key in _KEYS:
        made.add_pane(key, key, "building", QWidget())
    made.resize(900, 400)
    made.show()
    return made


def _shown(drawer: Drawer) -> list[str]:
    return [key for key in _KEYS if drawer.tabs.button(key).isVisible()]


def _more(drawer: Drawer) -> QToolButton:
    buttons = drawer.tabs.findChildren(QToolButton)
    return next(each for each in buttons if each.accessibleName() == "More views")


def _words(drawer: Drawer) -> int:
    """Width at which all words fit and no picture does."""
    drawer.resize(220, 400)
    drawer.resize(210, 400)
    return 8 + 8 + 2 + sum(drawer.tabs.button(key).sizeHint().width() + 2 for key in _KEYS)


def test_pictures_go_before_words(drawer: Drawer) -> None:
    words = _words(drawer)
    beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    only = Qt.ToolButtonStyle.ToolButtonTextOnly
    for width, style in ((words, only), (words + 4 * 24, beside), (words + 20, only)):
        drawer.resize(width, 400)
        assert {drawer.tabs.button(key).toolButtonStyle() for key in _KEYS} == {style}
        assert _shown(drawer) == [*_KEYS]
        assert not _more(drawer).isVisible()


def test_tabs_without_room_wait_in_a_menu(drawer: Drawer, qtbot: QtBot) -> None:
    drawer.resize(_words(drawer) - 30, 400)
    assert _shown(drawer) == ["Balance", "Accounts", "Data"]
    menu = _more(drawer).menu()
    assert menu is not None
    menu.aboutToShow.emit()
    (action,) = menu.actions()
    assert action.text() == "Analysis"
    action.trigger()
    assert drawer.open_key == "Analysis"
    # The open one is always in view, and another makes room for it.
    assert _shown(drawer) == ["Balance", "Analysis"]


def test_the_tabs_never_widen_the_window(drawer: Drawer) -> None:
    before = drawer.tabs.minimumSizeHint().width()
    drawer.tabs.set_count("Balance", 123_456)
    drawer.open("Balance")
    assert drawer.tabs.minimumSizeHint().width() == before <= 200


def test_what_a_tab_counts_is_grouped_by_thousands(drawer: Drawer) -> None:
    drawer.tabs.set_count("Balance", 60_747)
    assert drawer.tabs.button("Balance").text() == "Balance  60,747"
