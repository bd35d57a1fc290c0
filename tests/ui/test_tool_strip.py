# SPDX-License-Identifier: MIT
"""The strip of tools: buttons, and the options that belong to the tool that is chosen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.ids import TerritoryId
from app.ui.actions import ACTIONS
from app.ui.map.tool_messages import StrokeSource
from app.ui.map.tool_options import ToolOptions
from app.ui.map.tool_strip import ToolStrip
from app.ui.map.tool_table import TOOLS
from app.ui.session import EditSession


@pytest.fixture
def strip(app: QApplication, qtbot: QtBot) -> ToolStrip:
    assert app is not None
    made = ToolStrip(ToolOptions())
    qtbot.addWidget(made)
    made.resize(806, 40)  # the middle of a window of 1366 pixels
    made.show()
    return made


def shown(strip: ToolStrip) -> set[str]:
    """The options that are in view."""
    parts = ("mode", "size_slider", "source", "inside")
    return {name for name in parts if getattr(strip, name).isVisible()}


def test_a_click_on_a_tool_says_which(strip: ToolStrip) -> None:
    chosen: list[str] = []
    strip.tool_chosen.connect(chosen.append)
    for spec in TOOLS:
        QTest.mouseClick(strip.tool_button(spec.key), Qt.MouseButton.LeftButton)
    assert chosen == [spec.key for spec in TOOLS]


def test_each_tool_shows_its_own_options(strip: ToolStrip) -> None:
    assert shown(strip) == set()
    strip.set_tool("paint")
    assert shown(strip) == {"size_slider", "source", "inside"}
    strip.set_tool("lasso")
    assert shown(strip) == {"mode", "inside"}
    QTest.mouseClick(strip.mode.buttons()[1], Qt.MouseButton.LeftButton)
    assert shown(strip) == {"mode", "source", "inside"}


@pytest.mark.parametrize("key", [spec.key for spec in TOOLS])
def test_everything_fits_a_small_window(strip: ToolStrip, key: str) -> None:
    strip.set_tool(key)
    QTest.mouseClick(strip.mode.buttons()[1], Qt.MouseButton.LeftButton)
    assert strip.minimumSizeHint().width() <= 806


def test_the_options_follow_the_widgets_and_back(strip: ToolStrip, session: EditSession) -> None:
    options = strip.options
    strip.set_territories(session.workspace.territories)
    strip.set_coarser((("state", "state"), ("country", "country")))
    strip.set_tool("paint")
    strip.source.activated.emit(1)
    assert options.source is StrokeSource.UNASSIGNED
    strip.source.activated.emit(4)
    assert (options.source, options.source_territory) == (StrokeSource.ONE, TerritoryId(2))
    assert strip.source.currentText() == "Only from Pacific"
    strip.inside.setCurrentIndex(1)
    strip.inside.activated.emit(1)
    assert options.inside == "state"
    strip.size_slider.setValue(40)
    assert options.radius == 40
    options.set_radius(25.0)
    assert strip.size_slider.value() == 25


def test_a_plan_that_is_only_read_has_no_tools_that_change_it(strip: ToolStrip) -> None:
    strip.set_editable(editable=False)
    usable = {spec.key for spec in TOOLS if strip.tool_button(spec.key).isEnabled()}
    assert usable == {"pick", "box", "lasso", "radius"}


def test_no_two_actions_share_a_key() -> None:
    keys = [spec.shortcut for spec in ACTIONS if spec.shortcut]
    assert len(keys) == len(set(keys))
