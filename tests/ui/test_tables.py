# SPDX-License-Identifier: MIT
"""Sorting, filtering, selecting and copying rows."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.formats import money
from app.ui.tables.array_table_model import ArrayColumn, ArrayTableModel, CellKind
from app.ui.tables.copyable_table import CopyableTable

NAMES = ["Delta", "alpha", "", "Charlie", "bravo"]
SALES = [4.0, 1.5, float("nan"), 3000.0, 2.0]


def columns(names: list[str] = NAMES, sales: list[float] = SALES) -> list[ArrayColumn]:
    return [
        ArrayColumn("name", "Name", np.array(names, dtype=object)),
        ArrayColumn("zip", "ZIP", np.array([f"0{n}" for n in range(len(names))], dtype=object)),
        ArrayColumn("sales", "Sales", np.array(sales), CellKind.NUMBER, formatted=money),
    ]


@pytest.fixture
def table(app: QApplication, qtbot: QtBot) -> CopyableTable:
    made = CopyableTable("Test")
    qtbot.addWidget(made)
    made.array_model.set_columns(columns())
    return made


def shown(model: ArrayTableModel, column: int = 0) -> list[object]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_text_sorts_without_case_and_empty_comes_last(table: CopyableTable) -> None:
    model = table.array_model
    model.sort(0)
    assert shown(model) == ["alpha", "bravo", "Charlie", "Delta", ""]
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert shown(model) == ["Delta", "Charlie", "bravo", "alpha", ""]


def test_numbers_sort_by_value_and_nothing_comes_last(table: CopyableTable) -> None:
    model = table.array_model
    model.sort(2)
    assert shown(model, 2) == ["2", "2", "4", "3,000", ""]
    assert shown(model)[0] == "alpha"
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert shown(model, 2) == ["3,000", "4", "2", "2", ""]


def test_a_filter_keeps_the_order(table: CopyableTable) -> None:
    table.array_model.sort(0)
    table.array_model.set_filter("L")
    assert shown(table.array_model) == ["alpha", "Charlie", "Delta"]
    table.array_model.set_filter("l", np.array([True, False, True, True, True]))
    assert shown(table.array_model) == ["Charlie", "Delta"]


def test_a_selection_stays_on_its_rows_when_the_order_changes(table: CopyableTable) -> None:
    table.select_source_rows(np.array([3]))
    table.array_model.sort(0)
    assert table.selected_source_rows().tolist() == [3]
    table.array_model.set_columns(columns(["A", "B", "C", "D", "E"]))
    assert table.selected_source_rows().tolist() == [3]


def test_copying_gives_headers_bare_numbers_and_text_as_text(table: CopyableTable) -> None:
    table.select_source_rows(np.array([0, 3]))
    text = table.copy_selection()
    assert text == "Name\tZIP\tSales\nDelta\t00\t4\nCharlie\t03\t3000\n"
    assert QGuiApplication.clipboard().text() == text


def test_control_c_copies(table: CopyableTable, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()
    table.show()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("Name\tZIP\tSales\nDelta")


def test_hidden_columns_are_not_copied_and_cells_stay_in_their_cell(table: CopyableTable) -> None:
    table.array_model.set_columns(columns(["a\tb\nc", "", "", "", ""]))
    table.setColumnHidden(1, True)
    table.select_source_rows(np.array([0]))
    assert table.copy_selection() == "Name\tSales\na b c\t4\n"


def test_markup_in_a_cell_is_text_in_its_tooltip(table: CopyableTable) -> None:
    table.array_model.set_columns(columns(["<b>x</b>", "", "", "", ""]))
    tip = table.array_model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in tip


def test_enter_activates_the_current_row(table: CopyableTable, qtbot: QtBot) -> None:
    table.array_model.sort(0)
    table.show()
    table.selectRow(0)
    with qtbot.waitSignal(table.row_activated) as activated:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert activated.args == [1]


def test_the_column_chooser_shows_and_hides(table: CopyableTable) -> None:
    menu = table.column_menu()
    menu.actions()[1].trigger()
    assert table.isColumnHidden(1)
    menu.deleteLater()


def test_half_a_million_numbers_sort_without_a_wait(app: QApplication) -> None:
    values = np.random.default_rng(1).random(500_000)
    model = ArrayTableModel()
    model.set_columns([ArrayColumn("v", "Value", values, CellKind.NUMBER)])
    model.sort(0)
    assert np.array_equal(model.order(), np.argsort(values, kind="stable"))
