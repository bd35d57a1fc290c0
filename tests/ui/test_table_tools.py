# SPDX-License-Identifier: MIT
"""Filters, groups, columns, saved views, changing cells: what stands over every table."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.services.exporting.table import ExportTable, NumberStyle
from app.services.tables.column_facts import Coded
from app.services.tables.filters import Between, Contains, IsEmpty, OneOf
from app.ui.formats import money
from app.ui.parts import column
from app.ui.tables.bulk_edit import EditButton
from app.ui.tables.columns import ArrayColumn, CellEdit, CellKind, Choice, Value
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tables.filter_words import filter_words, typed_date
from app.ui.tables.table_tools import TableTools

NAMES = ["Delta", "alpha", "", "Charlie", "bravo"]
CITIES = Coded(("Houston", "Dallas"), np.array([0, 1, 0, 0, 1], np.int32))
SALES = [4.0, 1.5, float("nan"), 3000.0, 2.0]
DAYS = ["2026-03-01", "2025-12-31", "", "2026-03-31", "2026-04-01"]


class Board:
    """A table with its tools, and what was written through it."""

    def __init__(self) -> None:
        self.widget = QWidget()
        self.table = CopyableTable("Test")
        self.tools = TableTools(self.table, "Things", self.widget)
        self.edit = EditButton(self.table, ("thing", "things"))
        self.written: list[tuple[tuple[int, ...], Value]] = []
        self.messages: list[str] = []
        self.table.message.connect(self.messages.append)
        layout = column(*self.tools.buttons, self.edit, self.tools.chips, self.table)
        self.widget.setLayout(layout)
        self.widget.resize(700, 600)
        self.table.array_model.set_columns(self.columns())

    def write(self, rows: tuple[int, ...], value: Value) -> bool:
        self.written.append((rows, value))
        return True

    def columns(self) -> list[ArrayColumn]:
        cities = [Choice("0", "Houston"), Choice("1", "Dallas")]
        by_choice = CellEdit(self.write, choices=lambda: cities, value_of=lambda r: str(r % 2))
        locked = CellEdit(
            self.write,
            offered=lambda: ["Delta", "Echo"],
            refusal=lambda row: "Charlie is locked." if row == 3 else "",
        )
        number = CellEdit(self.write, value_of=lambda row: SALES[row])
        return [
            ArrayColumn("name", "Name", np.array(NAMES, dtype=object), edit=locked),
            ArrayColumn("city", "City", CITIES, CellKind.CHOICE, edit=by_choice),
            ArrayColumn(
                "sales", "Sales", np.array(SALES), CellKind.MONEY, formatted=money, edit=number
            ),
            ArrayColumn("day", "Day", np.array(DAYS, dtype=object), CellKind.DATE),
        ]

    def shown(self, at: int = 0) -> list[object]:
        model = self.table.array_model
        return [model.index(row, at).data() for row in range(model.rowCount())]

    def chips(self) -> list[str]:
        return [b.text() for b in self.tools.chips.findChildren(QPushButton) if b.isVisible()]


@pytest.fixture
def board(app: QApplication, qtbot: QtBot) -> Iterator[Board]:
    made = Board()
    qtbot.addWidget(made.widget)
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    made.widget.show()
    yield made
    QLocale.setDefault(before)


def test_a_popup_filters_by_chosen_values(board: Board, qtbot: QtBot) -> None:
    board.tools.ask_filter("city")
    popup = board.tools.popup
    assert popup is not None
    listed = [popup.values.item(at).text() for at in range(popup.values.count())]
    assert listed == ["Dallas  (2)", "Houston  (3)"]
    popup.values.item(0).setCheckState(Qt.CheckState.Checked)
    popup.use.click()
    assert board.shown() == ["alpha", "bravo"]
    assert board.chips() == ["City: Dallas  ×"]
    head = board.table.array_model.headerData(
        1, Qt.Orientation.Horizontal, Qt.ItemDataRole.DecorationRole
    )
    assert head is not None
    board.tools.chips.findChildren(QPushButton)[-1].click()
    qtbot.waitUntil(lambda: board.chips() == [])
    assert len(board.shown()) == 5


def test_typing_in_a_popup_narrows_its_values_and_looks_for_the_text(board: Board) -> None:
    board.tools.ask_filter("name")
    popup = board.tools.popup
    assert popup is not None
    popup.text.setText("L")
    hidden = [popup.values.item(at).isHidden() for at in range(popup.values.count())]
    assert hidden == [False, True, False, False, True]
    popup.apply()
    assert board.shown() == ["Delta", "alpha", "Charlie"]
    board.tools.ask_filter("name")
    popup = board.tools.popup
    assert popup is not None
    assert popup.text.text() == "L"
    popup.clear.click()
    assert len(board.shown()) == 5


def test_limits_of_numbers_and_dates_are_typed_as_people_write_them(board: Board) -> None:
    board.tools.ask_filter("sales")
    popup = board.tools.popup
    assert popup is not None
    popup.low.setText("2")
    popup.high.setText("3,000")
    popup.apply()
    assert board.shown() == ["Delta", "Charlie", "bravo"]
    assert board.chips() == ["Sales: 2 to 3,000  ×"]
    board.tools.ask_filter("day")
    popup = board.tools.popup
    assert popup is not None
    popup.low.setText("2026-03")
    popup.high.setText("2026-03")
    popup.apply()
    assert board.shown() == ["Delta", "Charlie"]


def test_a_limit_that_cannot_be_read_says_so_and_filters_nothing(board: Board) -> None:
    board.tools.ask_filter("sales")
    popup = board.tools.popup
    assert popup is not None
    popup.low.setText("many")
    popup.apply()
    assert popup.isVisible()
    assert popup.problem.text() == "“many” is not a number."
    popup.low.setText("9")
    popup.high.setText("1")
    popup.apply()
    assert popup.problem.text() == "The lower limit is above the upper one."
    popup.close()
    assert board.table.array_model.wanted.filters == ()


@pytest.mark.parametrize(
    ("text", "is_end", "expected"),
    [
        ("2026", False, date(2026, 1, 1)),
        ("2026", True, date(2026, 12, 31)),
        ("2024-02", True, date(2024, 2, 29)),
        ("2026-12", True, date(2026, 12, 31)),
        ("2026-03-05", False, date(2026, 3, 5)),
        ("3/5/26", False, date(2026, 3, 5)),
        ("2026-13", False, None),
        ("soon", False, None),
    ],
)
def test_dates_are_typed_in_several_ways(
    board: Board, text: str, is_end: bool, expected: date | None
) -> None:
    assert typed_date(text, is_end=is_end) == expected


def test_filters_in_words(board: Board) -> None:
    city, day = board.columns()[1], board.columns()[3]
    assert filter_words(city, Contains("ou")) == "City: with “ou”"
    assert filter_words(city, OneOf(frozenset("cab") | {""})) == "City: a, b and 2 more"
    assert filter_words(city, IsEmpty(is_negated=True)) == "City: filled in"
    assert filter_words(day, Between(low=20_513.0)) == "Day: from 3/1/26"


def test_alt_and_down_filters_by_the_column_of_the_cursor(board: Board, qtbot: QtBot) -> None:
    board.table.setCurrentIndex(board.table.array_model.index(0, 1))
    qtbot.keyClick(board.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = board.tools.popup
    assert popup is not None
    assert popup.accessibleName() == "Filter by City"
    popup.close()


def test_groups_are_chosen_from_a_menu(board: Board) -> None:
    menu = board.tools.group_button.menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["No groups", "Name", "City", "Day"]
    menu.actions()[2].trigger()
    assert board.shown()[0] == "Dallas  (2)"
    assert board.chips() == ["Grouped by City  ×"]
    menu.aboutToShow.emit()
    menu.actions()[-2].trigger()
    assert board.shown() == ["Dallas  (2)", "Houston  (3)"]


def test_views_are_kept_in_the_settings(board: Board, tmp_path: Path, qtbot: QtBot) -> None:
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    board.tools.remember(settings, "things")
    views = board.tools.views
    assert views is not None
    board.table.show_column(3, is_shown=False)
    board.tools.set_filter("city", OneOf(frozenset(("Dallas",))))
    board.table.sort_by("sales")
    menu = board.tools.views_button.menu()
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    form = board.tools.name_form
    assert form is not None
    form.setTextValue("Dallas & co.")
    form.accept()
    views.reset()
    assert len(board.shown()) == 5
    assert not board.table.isColumnHidden(3)
    other = Board()
    qtbot.addWidget(other.widget)
    other.tools.remember(settings, "things")
    assert other.tools.views is not None
    assert other.tools.views.names() == ["Dallas & co."]
    other.tools.views.show("Dallas & co.")
    assert other.shown() == ["alpha", "bravo"]
    assert other.table.isColumnHidden(3)
    third = Board()
    qtbot.addWidget(third.widget)
    third.tools.remember(settings, "things")
    assert third.table.isColumnHidden(3), "the columns are as they were left"
    assert third.tools.views is not None
    third.tools.views.remove("Dallas & co.")
    assert third.tools.views.names() == []


def test_damaged_settings_are_no_views(board: Board, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    settings.setValue("tables/things/views", "[3")
    settings.setValue("tables/things/columns", '{"widths": 3}')
    board.tools.remember(settings, "things")
    assert board.tools.views is not None
    assert board.tools.views.names() == []
    settings.setValue("tables/things/views", "[3]")
    assert board.tools.views.names() == []
    assert board.table.shown_columns() == [0, 1, 2, 3]


def test_columns_are_hidden_and_moved_without_a_mouse(board: Board) -> None:
    board.tools.columns_button.click()
    popup = board.tools.column_popup
    assert popup is not None
    popup.list.item(3).setCheckState(Qt.CheckState.Unchecked)
    assert board.table.isColumnHidden(3)
    popup.list.setCurrentRow(2)
    popup.move_current(-1)
    keys = [board.table.array_model.columns()[at].key for at in board.table.shown_columns()]
    assert keys == ["name", "sales", "city"]
    popup.close()


def test_a_line_changes_a_text_in_its_place(board: Board, qtbot: QtBot) -> None:
    table = board.table
    table.setCurrentIndex(table.array_model.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    line = table.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    assert (line.text(), line.accessibleName()) == ("Delta", "Name")
    line.setText(" Echo ")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: board.written == [((0,), "Echo")])


def test_a_cell_that_cannot_be_changed_says_why(board: Board, qtbot: QtBot) -> None:
    table = board.table
    for at, column_at, why in (
        (3, 0, "Charlie is locked."),
        (0, 3, "Day cannot be changed in this table."),
    ):
        table.setCurrentIndex(table.array_model.index(at, column_at))
        qtbot.keyClick(table, Qt.Key.Key_F2)
        assert board.messages[-1] == why
    assert table.findChild(QLineEdit) is None
    assert board.written == []


def test_numbers_are_read_as_people_write_them_and_nothing_is_nothing(
    board: Board, qtbot: QtBot
) -> None:
    table = board.table
    for typed in ("1,250.5", "", "much"):
        table.setCurrentIndex(table.array_model.index(3, 2))
        qtbot.keyClick(table, Qt.Key.Key_F2)
        line = table.findChild(QLineEdit)
        assert isinstance(line, QLineEdit)
        assert line.text() == "3,000"
        line.setText(typed)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: table.findChild(QLineEdit) is None)
    assert board.written == [((3,), 1250.5), ((3,), None)]
    assert board.messages == ["“much” is not a number."]


def test_a_choice_changes_a_cell(board: Board, qtbot: QtBot) -> None:
    table = board.table
    table.setCurrentIndex(table.array_model.index(0, 1))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    box = table.findChild(QComboBox)
    assert isinstance(box, QComboBox)
    assert box.currentText() == "Houston"
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert board.written == [((0,), "1")]


def test_many_rows_are_changed_by_one_write(board: Board) -> None:
    board.table.select_source_rows(np.array([0, 1, 4]))
    menu = board.edit.menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["Name…", "City", "Sales…"]
    city = menu.actions()[1].menu()
    assert isinstance(city, QMenu)
    city.actions()[1].trigger()
    assert board.written == [((0, 1, 4), "1")]
    menu.actions()[0].trigger()
    form = board.edit.form
    assert form is not None
    assert [form.box.itemText(at) for at in range(form.box.count())] == ["Delta", "Echo"]
    assert form.box.currentText() == ""
    form.box.setCurrentText("Foxtrot")
    form.buttons.accepted.emit()
    assert board.written[-1] == ((0, 1, 4), "Foxtrot")


def test_a_number_for_many_rows_must_be_one(board: Board) -> None:
    board.table.select_source_rows(np.array([0, 1]))
    board.edit.menu().aboutToShow.emit()
    board.edit.menu().actions()[2].trigger()
    form = board.edit.form
    assert form is not None
    form.box.setCurrentText("a lot")
    form.buttons.accepted.emit()
    assert form.problem.text() == "“a lot” is not a number."
    assert form.isVisible()
    form.reject()
    assert board.written == []


def test_the_view_is_saved_as_a_sheet(board: Board) -> None:
    asked: list[tuple[str, Callable[[], ExportTable]]] = []
    board.tools.sheet_requested.connect(lambda title, make: asked.append((title, make)))
    board.table.show_column(3, is_shown=False)
    board.table.sort_by("sales")
    board.tools.set_filter("city", OneOf(frozenset(("Houston",))))
    board.tools.save_button.click()
    title, make = asked[0]
    assert title == "Things"
    made = make()
    assert [c.header for c in made.columns] == ["Name", "City", "Sales"]
    assert list(made.columns[0].cells) == ["Delta", "Charlie", ""]
    assert list(made.columns[1].cells) == ["Houston"] * 3
    assert list(made.columns[2].cells)[:2] == [4.0, 3000.0]
    assert made.columns[2].style is NumberStyle.WHOLE
