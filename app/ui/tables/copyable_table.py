# SPDX-License-Identifier: MIT
"""A table view whose rows are sorted, grouped, changed and copied; whole rows are selected."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from app.services.tables.saved_views import ColumnLayout
from app.ui.parts import literal
from app.ui.tables.array_table_model import ArrayTableModel
from app.ui.tables.cell_delegate import CellDelegate
from app.ui.tables.column_layout import lay_out, layout_of
from app.ui.tables.line_selection import KeptPlaces, select_lines, selected_lines
from app.ui.tables.sort_clicks import after_click
from app.ui.tables.table_copy import copy_rows
from app.ui.tables.table_setup import set_up, show_sorting
from app.ui.tokens import ROW_HEIGHT

_Trigger = QAbstractItemView.EditTrigger
_Flag = QItemSelectionModel.SelectionFlag


class CopyableTable(QTableView):
    """Shows an `ArrayTableModel`.

    Args:
        name: What the table lists, for screen readers.
        parent: The widget that holds it.

    Signals:
        rows_selected: Row numbers of the values (int64 array) after the user selected.
        row_activated: Row number of the values that was double-clicked or chosen with Enter.
        filter_requested(str): The user wants to filter by the column with this key.
        columns_dressed(): Columns came or went, and are laid out.
        layout_changed(): The user moved, hid or resized a column.
        message(str): Something that the user should know.
    """

    rows_selected = Signal(object)
    row_activated = Signal(int)
    filter_requested = Signal(str)
    columns_dressed = Signal()
    layout_changed = Signal()
    message = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.array_model = ArrayTableModel(self)
        self.setModel(self.array_model)
        self.setAccessibleName(name)
        set_up(self)
        delegate = CellDelegate(self.array_model, self)
        delegate.refused.connect(self.message)
        self.setItemDelegate(delegate)
        self._layout = ColumnLayout()
        self._is_dressed_for: list[str] = []
        self._is_dressing = False
        self._kept: KeptPlaces | None = None
        self._connect()

    # Selecting

    def selected_source_rows(self) -> np.ndarray:
        """Row numbers of the values that are selected, in the order shown."""
        return self.array_model.lines.rows_in(
            selected_lines(self.selectionModel(), self.array_model)
        )

    def select_source_rows(self, rows: np.ndarray, *, scroll: bool = True) -> None:
        """Select rows by their number in the values; those filtered out are left out."""
        shown = self.array_model.shown_rows_of(np.asarray(rows, dtype=np.int64))
        select_lines(self.selectionModel(), self.array_model, shown)
        if scroll and len(shown):
            self.scrollTo(self.array_model.index(int(shown[0]), 0))

    # Columns

    def shown_columns(self) -> list[int]:
        """The columns that are shown, from left to right."""
        header = self.horizontalHeader()
        by_place = sorted(range(self.array_model.columnCount()), key=header.visualIndex)
        return [at for at in by_place if not self.isColumnHidden(at)]

    @property
    def column_layout(self) -> ColumnLayout:
        """The columns as they stand now."""
        return layout_of(self, self.array_model)

    def set_column_layout(self, layout: ColumnLayout) -> None:
        """Show the columns so; an empty layout is that of the beginning."""
        self._layout = layout
        self._is_dressing = True
        lay_out(self, self.array_model, layout)
        self._is_dressing = False
        self._place_heads()

    def column_menu(self) -> QMenu:
        """A menu with a check mark for every column that is shown."""
        menu = QMenu(self)
        for position, column in enumerate(self.array_model.columns()):
            action = menu.addAction(literal(column.title))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(position))
            action.toggled.connect(
                lambda is_shown, at=position: self.show_column(at, is_shown=is_shown)
            )
        return menu

    def show_column(self, position: int, *, is_shown: bool) -> None:
        """Show or hide a column; one stays."""
        if is_shown or len(self.shown_columns()) > 1:
            self.setColumnHidden(position, not is_shown)
            if is_shown and not self.columnWidth(position):
                self.setColumnWidth(position, self.array_model.columns()[position].width)
            self._on_layout_changed()

    def sort_by(self, column: str, *, adds: bool = False) -> None:
        """Sort by a column: ascending, then descending, then not; `adds` keeps the other keys."""
        wanted = self.array_model.wanted
        self.array_model.want(replace(wanted, sort=after_click(wanted.sort, column, adds=adds)))

    # Copying

    def copy_selection(self) -> str:
        """Put the selected rows (all, where none is selected) on the clipboard, with headers.

        Returns:
            The text: tabs between cells, one line per row, as spreadsheets paste it; empty where
            it comes later or there are too many rows.
        """
        rows = self.selected_source_rows()
        if not len(rows):
            rows = self.array_model.order()
        columns = [self.array_model.columns()[at] for at in self.shown_columns()]
        return copy_rows(columns, rows, self.array_model.arranger, self.message.emit)

    # What Qt asks

    def edit(self, *args: object) -> bool:  # type: ignore[override]  Qt has two
        """Open the editor of a cell; what cannot be changed says why."""
        index, trigger = args[0], args[1] if len(args) > 1 else _Trigger.EditKeyPressed
        if not isinstance(index, QModelIndex) or not index.isValid():
            return False
        edit = self.array_model.columns()[index.column()].edit
        if trigger == _Trigger.DoubleClicked and (edit is None or not edit.on_double_click):
            return False
        if trigger in (_Trigger.EditKeyPressed, _Trigger.DoubleClicked):
            why = self.array_model.refusal_at(index)
            if why:
                self.message.emit(why)
                return False
        return bool(super().edit(*args))  # type: ignore[call-overload]  as asked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
            return
        index = self.currentIndex()
        is_editing = self.state() is QAbstractItemView.State.EditingState
        if index.isValid() and not is_editing and self._takes_key(event, index):
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() is Qt.MouseButton.LeftButton
        if is_left and index.isValid() and index.column() == self.array_model.head_column:
            on_arrow = event.position().x() < self.visualRect(index).left() + ROW_HEIGHT
            if on_arrow and self._turn(index.row()):
                return
        super().mousePressEvent(event)

    # Reacting

    def _connect(self) -> None:
        header, model = self.horizontalHeader(), self.array_model
        header.customContextMenuRequested.connect(self._on_header_menu)
        header.sectionClicked.connect(self._on_head_clicked)
        header.sectionMoved.connect(self._on_layout_changed)
        header.sectionResized.connect(self._on_layout_changed)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.activated.connect(self._on_activated)
        model.about_to_arrange.connect(self._keep_places)
        model.arranged.connect(self._find_places)
        model.wanted_changed.connect(lambda: show_sorting(self, model))
        model.edit_refused.connect(self.message)
        model.modelAboutToBeReset.connect(self._keep_layout)
        model.layoutChanged.connect(self._dress)
        model.modelReset.connect(self._dress)

    def _takes_key(self, event: QKeyEvent, index: QModelIndex) -> bool:
        """Whether a key did something to the current line."""
        key, model = event.key(), self.array_model
        group = model.lines.group_at(index.row())
        if key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.filter_requested.emit(model.columns()[index.column()].key)
            return True
        if group is not None:
            keys = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}
            if key in keys and model.lines.is_folded(group) != keys[Qt.Key(key)]:
                return self._turn(index.row())
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
                return self._turn(index.row())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.row_activated.emit(model.source_row(index))
            return True
        return False

    def _turn(self, line: int) -> bool:
        """Fold or unfold the group whose head stands in a line; False where it is a row."""
        group = self.array_model.lines.group_at(line)
        if group is None:
            return False
        self.array_model.fold(group, folded=not self.array_model.lines.is_folded(group))
        column = self.currentIndex().column()
        at = self.array_model.index(line, max(column, 0))
        self.selectionModel().setCurrentIndex(at, _Flag.ClearAndSelect | _Flag.Rows)
        return True

    def _on_activated(self, index: QModelIndex) -> None:
        row = self.array_model.source_row(index)
        edit = self.array_model.columns()[index.column()].edit
        if row >= 0 and (edit is None or not edit.on_double_click):
            self.row_activated.emit(row)

    def _on_head_clicked(self, section: int) -> None:
        adds = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.sort_by(self.array_model.columns()[section].key, adds=adds)

    def _keep_places(self) -> None:
        index = self.currentIndex()
        self._kept = KeptPlaces.keep(self.selectionModel(), self.array_model, index)

    def _find_places(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None and not kept.find(self.selectionModel(), self.array_model):
            self._on_selection_changed()
        self.viewport().update()

    def _on_selection_changed(self) -> None:
        self.rows_selected.emit(self.selected_source_rows())

    def _on_header_menu(self, position: QPoint) -> None:
        self.column_menu().popup(self.horizontalHeader().mapToGlobal(position))

    def _on_layout_changed(self) -> None:
        if not self._is_dressing:
            self._place_heads()
            self.layout_changed.emit()

    def _keep_layout(self) -> None:
        if self._is_dressed_for:
            self._layout = layout_of(self, self.array_model)
        self._is_dressing = True

    def _dress(self) -> None:
        keys = [column.key for column in self.array_model.columns()]
        if keys != self._is_dressed_for:
            self._is_dressed_for = keys
            self.set_column_layout(self._layout)
            self.columns_dressed.emit()
        self._is_dressing = False

    def _place_heads(self) -> None:
        """Write the heads of groups into the first column that is shown."""
        shown, columns = self.shown_columns(), self.array_model.columns()
        self.array_model.head_column = shown[0] if shown else 0
        self.array_model.arranger.shown = frozenset(columns[at].key for at in shown)
