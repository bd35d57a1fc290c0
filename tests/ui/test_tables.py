# SPDX-License-Identifier: MIT
"""Sorting, filtering, selecting and copying rows."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.tables.arranging import Wanted
from app.services.tables.saved_views import ColumnLayout
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


def test_half_a_million_numbers_sort_in_the_background(app: QApplication, qtbot: QtBot) -> None:
    values = np.random.default_rng(1).random(500_000)
    model = ArrayTableModel()
    model.set_columns([ArrayColumn("v", "Value", values, CellKind.NUMBER)])
    model.sort(0)
    assert np.array_equal(model.order(), np.arange(500_000))
    with qtbot.waitSignal(model.arranged, timeout=10_000):
        pass
    assert np.array_equal(model.order(), np.argsort(values, kind="stable"))
    model.stop()


GROUPS = ["North", "South", "North", "", "South"]


@pytest.fixture
def grouped(table: CopyableTable) -> CopyableTable:
    area = ArrayColumn("area", "Area", np.array(GROUPS, dtype=object))
    table.array_model.set_columns([*columns(), area])
    table.array_model.want(Wanted(group_by="area"))
    return table


def test_groups_have_heads_with_counts_and_sums_and_fold(grouped: CopyableTable) -> None:
    model = grouped.array_model
    heads = ["North  (2)", "South  (2)", "Nothing  (1)"]
    assert shown(model) == [heads[0], "Delta", "", heads[1], "alpha", "bravo", heads[2], "Charlie"]
    assert shown(model, 2) == ["4", "4", "", "4", "2", "2", "3,000", "3,000"]
    model.fold(model.lines.arranged.groups[0], folded=True)
    assert shown(model) == [heads[0], heads[1], "alpha", "bravo", heads[2], "Charlie"]
    model.fold_all(folded=True)
    assert shown(model) == heads
    model.fold_all(folded=False)
    assert model.rowCount() == 8


def test_a_selected_head_stands_for_its_rows_also_folded(grouped: CopyableTable) -> None:
    model = grouped.array_model
    model.fold_all(folded=True)
    grouped.selectRow(1)
    assert grouped.selected_source_rows().tolist() == [1, 4]
    assert grouped.copy_selection() == (
        "Name\tZIP\tSales\tArea\nalpha\t01\t1.5\tSouth\nbravo\t04\t2\tSouth\n"
    )


def test_keys_fold_and_unfold_a_group(grouped: CopyableTable, qtbot: QtBot) -> None:
    grouped.show()
    grouped.selectRow(0)
    qtbot.keyClick(grouped, Qt.Key.Key_Left)
    assert shown(grouped.array_model)[:2] == ["North  (2)", "South  (2)"]
    assert grouped.currentIndex().row() == 0
    qtbot.keyClick(grouped, Qt.Key.Key_Right)
    qtbot.keyClick(grouped, Qt.Key.Key_Return)
    assert shown(grouped.array_model)[:2] == ["North  (2)", "South  (2)"]


def test_a_selection_stays_on_its_rows_through_filters_and_groups(table: CopyableTable) -> None:
    told: list[list[int]] = []
    table.rows_selected.connect(lambda rows: told.append(rows.tolist()))
    table.select_source_rows(np.array([0, 3]))
    table.array_model.sort(2)
    table.array_model.set_filter("l")
    assert table.selected_source_rows().tolist() == [0, 3]
    assert told == [[0, 3]]
    table.array_model.set_filter("charlie")
    assert told == [[0, 3], [3]]


def test_shift_adds_a_key_and_clicks_turn_the_order(table: CopyableTable) -> None:
    names, sales = ["b", "a", "b", "a", "c"], [1.0, 2.0, 3.0, 4.0, 5.0]
    table.array_model.set_columns(columns(names, sales))
    table.sort_by("name")
    table.sort_by("sales", adds=True)
    table.sort_by("sales", adds=True)
    assert table.array_model.order().tolist() == [3, 1, 2, 0, 4]
    heads = [table.array_model.headerData(at, Qt.Orientation.Horizontal) for at in range(3)]
    assert heads == ["Name", "ZIP", "Sales  2↓"]
    assert table.horizontalHeader().sortIndicatorSection() == 0
    table.sort_by("sales", adds=True)
    assert table.array_model.order().tolist() == [1, 3, 0, 2, 4]
    table.sort_by("name")
    table.sort_by("name")
    assert table.array_model.order().tolist() == [0, 1, 2, 3, 4]


def test_what_is_copied_is_also_a_table_whose_texts_stay_texts(table: CopyableTable) -> None:
    table.array_model.set_columns(columns(["<b>", "", "", "", ""]))
    table.select_source_rows(np.array([0]))
    table.copy_selection()
    html = QGuiApplication.clipboard().mimeData().html()
    assert "<td style=\"mso-number-format:'\\@'\">&lt;b&gt;</td>" in html
    assert "<td>4</td>" in html


def test_columns_that_come_and_go_leave_the_layout_as_it_was(table: CopyableTable) -> None:
    table.show_column(1, is_shown=False)
    table.setColumnWidth(0, 333)
    table.horizontalHeader().moveSection(2, 0)
    extra = ArrayColumn("extra", "Extra", np.zeros(5), CellKind.NUMBER)
    table.array_model.set_columns([*columns(), extra])
    keys = [table.array_model.columns()[at].key for at in table.shown_columns()]
    assert keys == ["sales", "extra", "name"]
    assert table.columnWidth(0) == 333
    table.array_model.set_columns(columns())
    assert table.isColumnHidden(1)
    table.set_column_layout(ColumnLayout())
    assert table.shown_columns() == [0, 1, 2]
    assert table.columnWidth(0) == 140


def test_the_last_column_cannot_be_hidden(table: CopyableTable) -> None:
    for at in range(3):
        table.show_column(at, is_shown=False)
    assert table.shown_columns() == [2]
