# SPDX-License-Identifier: MIT
"""The small widgets on their own."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts import column, label
from app.ui.widgets.balance_chart import BalanceChart, ChartBar
from app.ui.widgets.color_picker import ColorPicker
from app.ui.widgets.deviation_bar import Deviation, DeviationBar, Standing
from app.ui.widgets.elided_button import ElidedButton
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.progress_overlay import ProgressOverlay
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.section import Section
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.tag_input import TagInput
from app.ui.widgets.toast import Toast


def test_the_edge_of_the_tolerance_is_inside() -> None:
    assert Deviation(0.15, 0.15).standing is Standing.INSIDE
    assert Deviation(-0.15, 0.15).standing is Standing.INSIDE
    assert Deviation(0.151, 0.15).standing is Standing.OUTSIDE
    assert Deviation(-0.31, 0.15).standing is Standing.FAR_OUTSIDE
    assert Deviation(None, 0.15).standing is Standing.UNDEFINED


def test_inside_and_outside_differ_in_shape_not_only_in_colour(
    app: QApplication, qtbot: QtBot
) -> None:
    bar = DeviationBar()
    qtbot.addWidget(bar)
    bar.resize(200, 20)
    heights = []
    for fraction in (0.14, 0.16):
        bar.set_deviation(Deviation(fraction, 0.15))
        picture = bar.grab().toImage()
        empty = picture.pixelColor(0, 0)
        tallest = max(
            sum(picture.pixelColor(x, y) != empty for y in range(picture.height()))
            for x in range(104, 145)
        )
        heights.append(tallest)
    assert heights[1] > heights[0]
    assert "outside the tolerance" in bar.accessibleDescription()


def _bars() -> list[ChartBar]:
    return [
        ChartBar(n, f"T{n}", n, 100.0 + n, 100.0, Deviation(n / 100, 0.15)) for n in range(1, 4)
    ]


def test_a_bar_is_chosen_by_click_and_by_keyboard(app: QApplication, qtbot: QtBot) -> None:
    chart = BalanceChart()
    qtbot.addWidget(chart)
    chart.resize(chart.sizeHint())
    chart.set_bars(_bars())
    chart.show()
    with qtbot.waitSignal(chart.activated) as chosen:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(50, 12 + 28 + 10))
    assert chosen.args == [2]
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    with qtbot.waitSignal(chart.activated) as chosen:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert chosen.args == [3]
    assert "T3" in chart.accessibleDescription()


def test_arrow_keys_and_enter_pick_a_colour(app: QApplication, qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    picker = ColorPicker(owner)
    picker.open_at(QPoint(10, 10), 0)
    assert picker.swatches[0].isChecked()
    assert picker.swatches[0].accessibleName() == "Rose"
    picker.swatches[4].setFocus()
    with qtbot.waitSignal(picker.picked) as picked:
        picker.swatches[4].click()
    assert picked.args == [4]
    assert not picker.isVisible()


def test_tags_are_added_once_and_taken_back(app: QApplication, qtbot: QtBot) -> None:
    tags = TagInput("Skills")
    qtbot.addWidget(tags)
    tags.set_tags(["German"])
    line = tags.focusProxy()
    assert line is not None
    qtbot.keyClicks(line, "Cardio,")
    qtbot.keyClicks(line, "german,")
    assert tags.tags() == ("German", "Cardio")
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert tags.tags() == ("German",)


def test_a_segment_is_chosen_with_the_arrow_keys(app: QApplication, qtbot: QtBot) -> None:
    choice = Segmented("Ideal", [("equal", "Equal"), ("capacity", "By capacity")])
    qtbot.addWidget(choice)
    choice.show()
    with qtbot.waitSignal(choice.chosen) as chosen:
        qtbot.keyClick(choice, Qt.Key.Key_Right)
    assert chosen.args == ["capacity"]
    assert choice.chosen_key() == "capacity"


def test_escape_empties_the_search(app: QApplication, qtbot: QtBot) -> None:
    field = SearchField()
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.searched) as searched:
        qtbot.keyClicks(field, "nor")
    assert searched.args == ["nor"]
    with qtbot.waitSignal(field.searched) as searched:
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert searched.args == [""]


def test_a_toast_offers_undo_only_where_it_helps(app: QApplication, qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.resize(600, 400)
    owner.show()
    toast = Toast(owner)
    toast.show_message("Assigned 12 counties to North", can_undo=True)
    undo = next(b for b in toast.findChildren(QPushButton) if b.text() == "Undo")
    with qtbot.waitSignal(toast.undo_requested):
        undo.click()
    assert not toast.isVisible()
    toast.show_message("Saved")
    assert not undo.isVisible()


def test_short_work_never_shows_the_overlay(app: QApplication, qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.resize(600, 400)
    owner.show()
    overlay = ProgressOverlay(owner)
    overlay.start("Reading")
    qtbot.wait(50)
    overlay.finish()
    qtbot.wait(450)
    assert not overlay.isVisible()


def test_long_work_can_be_cancelled(app: QApplication, qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.resize(600, 400)
    owner.show()
    overlay = ProgressOverlay(owner)
    overlay.start("Reading")
    overlay.set_progress(0.5, "Half")
    qtbot.waitUntil(overlay.isVisible, timeout=2000)
    cancel = overlay.findChild(QPushButton)
    assert cancel is not None
    with qtbot.waitSignal(overlay.cancelled):
        cancel.click()
    overlay.finish()


def test_a_section_folds(app: QApplication, qtbot: QtBot) -> None:
    section = Section("Figures", QLabel("x"))
    qtbot.addWidget(section)
    section.show()
    section.header.click()
    assert not section.body.isVisible()
    assert section.header.accessibleName() == "Figures, folded"


def test_an_empty_state_says_which_button_was_pressed(app: QApplication, qtbot: QtBot) -> None:
    empty = EmptyState("area", "Nothing here", "Begin.")
    qtbot.addWidget(empty)
    made = empty.add_button("go", "Go on")
    with qtbot.waitSignal(empty.chosen) as chosen:
        made.click()
    assert chosen.args == ["go"]


def test_names_with_markup_or_ampersand_are_shown_as_they_are(
    app: QApplication, qtbot: QtBot
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.setLayout(column(made := label("<b>Nowhere</b>"), button := ElidedButton("Sam & Sons")))
    holder.resize(400, 80)
    holder.show()
    assert made.textFormat() is Qt.TextFormat.PlainText
    assert button.text() == "Sam && Sons"
    assert button.accessibleName() == "Sam & Sons"


def test_low_parts_of_a_flowing_line_stand_in_its_middle(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(gap=8)
    parts = [QWidget() for _ in range(3)]
    for part, height in zip(parts, (40, 20, 30), strict=True):
        part.setFixedSize(100, height)
        flow.addWidget(part)
    holder.setLayout(flow)
    holder.resize(220 + 30, 200)
    holder.show()
    tall, low, below = (part.geometry() for part in parts)
    assert low.center().y() == tall.center().y()
    assert below.top() == tall.bottom() + 1 + 8  # a line of its own, as wide as it was
