# SPDX-License-Identifier: MIT
"""The list of rules: dragged into order, ticked on and off, opened with Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.ui.panes.rules.rule_model import (
    DECIDES,
    MATCHES,
    ORDER,
    REMARK,
    RULE,
    TERRITORY,
    VALUE,
    RuleModel,
)
from app.ui.tables.array_table_model import number_width
from app.ui.tokens import ROW_HEIGHT

_WIDTHS = {ORDER: 62, TERRITORY: 130, MATCHES: 80, DECIDES: 80, VALUE: 118, REMARK: 190}
_NO_REMARK_WIDTH = 84
_NARROW_TERRITORY_WIDTH = 104
_LEAST_WIDTH = 56
_LEFT_OUT = (MATCHES, VALUE, REMARK)


class RuleView(QTableView):
    """Shows a `RuleModel`; rows are selected whole.

    Signals:
        opened(int): A row was double-clicked, or chosen with Enter.
        rows_selected(): Other rows are selected.
        step_requested(int): The selected rows are to go up (-1) or down (1).
        removal_requested(): The selected rows are to go.
        switch_requested(): The selected rows are to be switched on or off.
    """

    opened = Signal(int)
    rows_selected = Signal()
    step_requested = Signal(int)
    removal_requested = Signal()
    switch_requested = Signal()

    def __init__(self, model: RuleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName("Rules in their order")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        header.setMinimumSectionSize(_LEAST_WIDTH)
        header.setSectionResizeMode(RULE, QHeaderView.ResizeMode.Stretch)
        header.setSelectionModel(QItemSelectionModel(model, header))
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().selectionChanged.connect(lambda _new, _old: self.rows_selected.emit())

    def selected_rows(self) -> list[int]:
        """Rows that are selected, from the top."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def select_rows(self, rows: Sequence[int]) -> None:
        """Select other rows."""
        model, chosen = self.model(), QItemSelection()
        kept = [row for row in rows if 0 <= row < model.rowCount()]
        for row in kept:
            chosen.select(model.index(row, 0), model.index(row, REMARK))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(chosen, flags)
        if kept:
            no_change = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(model.index(kept[0], RULE), no_change)
            self.scrollTo(model.index(kept[0], RULE))

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Leave out what there is no room for beside another table."""
        for column in _LEFT_OUT:
            self.setColumnHidden(column, is_narrow)
        width = _NARROW_TERRITORY_WIDTH if is_narrow else _WIDTHS[TERRITORY]
        self.setColumnWidth(TERRITORY, width)

    def fit_value(self, title: str) -> None:
        """Give the column of the measure the room that its title needs."""
        self.setColumnWidth(VALUE, max(_WIDTHS[VALUE], number_width(title)))

    def fit_remarks(self) -> None:
        """Leave the room of remarks to the rules while there is nothing to remark."""
        model = self.model()
        texts = (model.index(row, REMARK).data() for row in range(model.rowCount()))
        width = _WIDTHS[REMARK] if any(texts) else _NO_REMARK_WIDTH
        if not self.isColumnHidden(REMARK) and self.columnWidth(REMARK) != width:
            self.setColumnWidth(REMARK, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in steps:
            self.step_requested.emit(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.removal_requested.emit()
        elif key == Qt.Key.Key_Space and self.selected_rows():
            self.switch_requested.emit()
        else:
            super().keyPressEvent(event)

    def _on_double_clicked(self) -> None:
        index = self.currentIndex()
        if index.isValid() and index.column() != ORDER:
            self.opened.emit(index.row())
