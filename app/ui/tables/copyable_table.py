# SPDX-License-Identifier: MIT
"""A table view whose selection goes to a spreadsheet with headers."""

import numpy as np
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from app.ui.fonts import tabular_font
from app.ui.parts import literal
from app.ui.tables.array_table_model import ArrayTableModel
from app.ui.tokens import ROW_HEIGHT


class CopyableTable(QTableView):
    """Shows an `ArrayTableModel`; whole rows are selected.

    Args:
        name: What the table lists, for screen readers.
        parent: The widget that holds it.

    Signals:
        rows_selected: Row numbers of the values (int64 array) after the user selected.
        row_activated: Row number of the values that was double-clicked or chosen with Enter.
    """

    rows_selected = Signal(object)
    row_activated = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.array_model = ArrayTableModel(self)
        self.setModel(self.array_model)
        self.setAccessibleName(name)
        self.setFont(tabular_font(self.font()))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSortingEnabled(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        # With the table's own selection, the header would look at every selected row to paint.
        header.setSelectionModel(QItemSelectionModel(self.array_model, header))
        self._is_dressed_for: list[str] = []
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.activated.connect(lambda index: self.row_activated.emit(self._source_row(index)))
        self.array_model.layoutChanged.connect(self._dress)
        self.array_model.modelReset.connect(self._dress)

    def selected_source_rows(self) -> np.ndarray:
        """Row numbers of the values that are selected, in the order shown."""
        shown = self._selected_shown_rows()
        return self.array_model.order()[shown]

    def select_source_rows(self, rows: np.ndarray, *, scroll: bool = True) -> None:
        """Select rows by their number in the values; those filtered out are left out."""
        shown = self.array_model.shown_rows_of(np.asarray(rows, dtype=np.int64))
        selection = QItemSelection()
        last_column = self.array_model.columnCount() - 1
        for first, last in _runs(shown):
            selection.select(
                self.array_model.index(first, 0), self.array_model.index(last, last_column)
            )
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if scroll and len(shown):
            self.scrollTo(self.array_model.index(int(shown[0]), 0))

    def copy_selection(self) -> str:
        """Put the selected rows (all, where none is selected) on the clipboard, with headers.

        Returns:
            The text: tabs between cells, one line per row, as spreadsheets paste it.
        """
        rows = self.selected_source_rows()
        if not len(rows):
            rows = self.array_model.order()
        header = self.horizontalHeader()
        by_place = sorted(range(self.array_model.columnCount()), key=header.visualIndex)
        columns = [c for c in by_place if not self.isColumnHidden(c)]
        titles = [_one_cell(self.array_model.columns()[c].title) for c in columns]
        lines = ["\t".join(titles)]
        lines += [
            "\t".join(_one_cell(self.array_model.copied_text(c, row)) for c in columns)
            for row in rows.tolist()
        ]
        text = "\n".join(lines) + "\n"
        QGuiApplication.clipboard().setText(text)
        return text

    def column_menu(self) -> QMenu:
        """A menu with a check mark for every column that is shown."""
        menu = QMenu(self)
        for position, column in enumerate(self.array_model.columns()):
            action = menu.addAction(literal(column.title))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(position))
            action.toggled.connect(
                lambda is_shown, at=position: self.setColumnHidden(at, not is_shown)
            )
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.row_activated.emit(self._source_row(self.currentIndex()))
            return
        super().keyPressEvent(event)

    def _source_row(self, index: object) -> int:
        return self.array_model.source_row(index)  # type: ignore[arg-type]

    def _selected_shown_rows(self) -> np.ndarray:
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(place) for place in range(chosen.count())]
        is_chosen = np.zeros(self.array_model.rowCount(), dtype=bool)
        for span in ranges:
            is_chosen[span.top() : span.bottom() + 1] = True
        return np.flatnonzero(is_chosen)

    def _on_selection_changed(self) -> None:
        self.rows_selected.emit(self.selected_source_rows())

    def _on_header_menu(self, position: QPoint) -> None:
        self.column_menu().popup(self.horizontalHeader().mapToGlobal(position))

    def _dress(self) -> None:
        columns = self.array_model.columns()
        keys = [column.key for column in columns]
        if keys == self._is_dressed_for:
            return
        known = set(self._is_dressed_for)
        self._is_dressed_for = keys
        for position, column in enumerate(columns):
            if column.key not in known:
                self.setColumnWidth(position, column.width)
                self.setColumnHidden(position, column.is_hidden_at_first)


def _runs(rows: np.ndarray) -> list[tuple[int, int]]:
    """First and last of every unbroken run in ascending row numbers."""
    if not len(rows):
        return []
    breaks = np.flatnonzero(np.diff(rows) > 1)
    firsts = np.concatenate(([rows[0]], rows[breaks + 1]))
    lasts = np.concatenate((rows[breaks], [rows[-1]]))
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))


def _one_cell(text: str) -> str:
    """Text without what would start another cell or line in a spreadsheet."""
    return text.replace("\t", " ").replace("\r", " ").replace("\n", " ")
