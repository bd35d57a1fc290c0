# SPDX-License-Identifier: MIT
"""The charts on their own: where marks are, how they are chosen, and what is drawn."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.tables.clipboard import PlainTable, copy_table
from app.ui.tokens import LIGHT
from app.ui.widgets.bar_chart import Bar, BarChart
from app.ui.widgets.column_chart import Column, ColumnChart, nice_step
from app.ui.widgets.share_bar import ShareBar


@pytest.fixture
def bars(app: QApplication, qtbot: QtBot) -> BarChart:
    made = BarChart("Customers")
    qtbot.addWidget(made)
    made.set_bars(
        [
            Bar(10, "Retail", 80.0, "80", "80 %", "Retail: 80 accounts"),
            Bar(20, "Wholesale", 20.0, "20", "20 %"),
            Bar(30, "Nothing", 0.0, "0", "0 %"),
        ]
    )
    made.resize(400, made.sizeHint().height())
    made.show()
    return made


@pytest.fixture
def columns(app: QApplication, qtbot: QtBot) -> ColumnChart:
    made = ColumnChart("Sales by month")
    qtbot.addWidget(made)
    made.set_columns([Column(n, f"M{n}", 100.0 * n, f"Month {n}", 50.0) for n in range(1, 5)])
    made.resize(400, 200)
    made.show()
    return made


def _ink(image: QImage, rgb: str) -> int:
    wanted = QColor(rgb).rgb()
    inside = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(image.pixel(x, y) == wanted for x, y in inside)


def _widest_run(chart: QWidget, y: int) -> int:
    image = chart.grab().toImage()
    accent = QColor(LIGHT.accent).rgb()
    return sum(image.pixel(x, y) == accent for x in range(image.width()))


def test_bars_are_as_long_as_their_values(bars: BarChart) -> None:
    long, short, none = (_widest_run(bars, bars.middle_of(at)) for at in range(3))
    assert long > 100
    assert short == pytest.approx(long / 4, abs=3)
    assert none == 0


def test_a_bar_is_chosen_by_a_click_anywhere_on_its_line(bars: BarChart, qtbot: QtBot) -> None:
    where = QPoint(390, bars.middle_of(1))
    with qtbot.waitSignal(bars.activated) as chosen:
        qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=where)
    assert chosen.args == [20]
    assert bars.position_at(QPointF(5, 2)) == -1


def test_marks_are_walked_through_with_the_keys(bars: BarChart, qtbot: QtBot) -> None:
    bars.setFocus(Qt.FocusReason.TabFocusReason)
    assert bars.accessibleDescription() == "Retail: 80 accounts"
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    assert bars.accessibleDescription() == "Wholesale: 20 20 %"
    qtbot.keyClick(bars, Qt.Key.Key_End)
    with qtbot.waitSignal(bars.activated) as chosen:
        qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert chosen.args == [30]


def test_what_is_no_group_or_below_zero_is_muted(bars: BarChart) -> None:
    bars.clearFocus()
    bars.set_bars([Bar(1, "Others", 5.0, "5", is_muted=True), Bar(2, "Credit", -5.0, "-5")])
    image = bars.grab().toImage()
    assert _ink(image, LIGHT.accent) == 0
    assert _ink(image, LIGHT.outline) > 100


def test_a_chart_without_marks_takes_keys_without_harm(bars: BarChart, qtbot: QtBot) -> None:
    bars.set_bars([])
    with qtbot.assertNotEmitted(bars.activated):
        qtbot.keyClick(bars, Qt.Key.Key_Down)
        qtbot.keyClick(bars, Qt.Key.Key_Return)
    bars.grab()


def test_columns_are_chosen_from_left_to_right(columns: ColumnChart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(columns.activated) as chosen:
        qtbot.mouseClick(columns, Qt.MouseButton.LeftButton, pos=QPoint(385, 30))
    assert chosen.args == [4]
    qtbot.keyClick(columns, Qt.Key.Key_Left)
    with qtbot.waitSignal(columns.activated) as chosen:
        qtbot.keyClick(columns, Qt.Key.Key_Space)
    assert chosen.args == [3]
    assert columns.position_at(QPointF(2, 30)) == -1


def test_columns_stand_on_zero_also_below_it(columns: ColumnChart) -> None:
    columns.set_columns([Column(1, "a", 100.0, "a"), Column(2, "b", -100.0, "b")])
    image = columns.grab().toImage()
    accent, muted = QColor(LIGHT.accent).rgb(), QColor(LIGHT.outline).rgb()
    above = [y for y in range(200) if image.pixel(140, y) == accent]
    below = [y for y in range(200) if image.pixel(300, y) == muted]
    assert max(above) <= min(below) + 2
    assert len(above) == pytest.approx(len(below), abs=3)


def test_nothing_sold_is_drawn_as_nothing(columns: ColumnChart) -> None:
    columns.clearFocus()
    columns.set_columns([Column(n, "", 0.0, "none") for n in range(3)])
    assert _ink(columns.grab().toImage(), LIGHT.accent) == 0


@pytest.mark.parametrize(
    ("span", "step"), [(1.0, 0.5), (4.0, 1.0), (849_000.0, 500_000.0), (2.3, 1.0), (0.08, 0.02)]
)
def test_scales_step_by_one_two_or_five(span: float, step: float) -> None:
    assert nice_step(span) == pytest.approx(step)


def test_a_share_above_nothing_is_seen(app: QApplication, qtbot: QtBot) -> None:
    bar = ShareBar()
    qtbot.addWidget(bar)
    bar.show()
    assert _ink(bar.grab().toImage(), LIGHT.accent) == 0
    bar.set_share(0.0001)
    assert _ink(bar.grab().toImage(), LIGHT.accent) > 5


def test_a_copied_table_pastes_into_cells(app: QApplication) -> None:
    table = PlainTable(("Name", "Value"), [("A\tB\nC", 1234567.25), ("D", None), ("E", 7)])
    assert copy_table(table) == "Name\tValue\nA B C\t1234567.25\nD\t\nE\t7\n"
    assert QApplication.clipboard().text().endswith("E\t7\n")
    assert copy_table(PlainTable(("N",), [(float("nan"),)])) == "N\n\n"
