# SPDX-License-Identifier: MIT
"""The pinned Qt binding keeps count of None; the version after it aborts after some minutes."""

import sys

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

CALLS = 2_000


class Empty(QWidget):
    """Returns None to Qt once for each repaint."""

    calls = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.calls += 1


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is not counted from Python 3.12 on")
def test_calls_from_qt_do_not_use_up_none(qtbot: QtBot) -> None:
    widget = Empty()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        widget.repaint()
    assert widget.calls >= CALLS
    assert abs(sys.getrefcount(None) - before) < CALLS / 20
