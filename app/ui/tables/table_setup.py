# SPDX-License-Identifier: MIT
"""How every table of the program looks and selects."""

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui.fonts import tabular_font
from app.ui.tables.array_table_model import ArrayTableModel
from app.ui.tokens import ROW_HEIGHT


def set_up(table: QTableView) -> None:
    """Whole rows of one height; heads that can be clicked, moved and asked for a menu."""
    trigger = QAbstractItemView.EditTrigger
    table.setFont(tabular_font(table.font()))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setEditTriggers(trigger.EditKeyPressed | trigger.DoubleClicked)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionsMovable(True)
    header.setSectionsClickable(True)
    header.setSortIndicatorShown(True)
    header.setTextElideMode(Qt.TextElideMode.ElideRight)
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    # With the table's own selection, the header would look at every selected row to paint.
    header.setSelectionModel(QItemSelectionModel(table.model(), header))


def show_sorting(table: QTableView, model: ArrayTableModel) -> None:
    """Let the head of the first key carry the arrow; the others carry numbers of their own."""
    keys = [column.key for column in model.columns()]
    sort = [key for key in model.wanted.sort if key.column in keys]
    order = Qt.SortOrder.AscendingOrder
    if sort and sort[0].is_descending:
        order = Qt.SortOrder.DescendingOrder
    header = table.horizontalHeader()
    with QSignalBlocker(header):
        header.setSortIndicator(keys.index(sort[0].column) if sort else -1, order)
    header.viewport().update()
