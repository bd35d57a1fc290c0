# SPDX-License-Identifier: MIT
"""A table model over arrays, with its own sorting, filtering and grouping.

Rows are never moved: an array says what stands in each line, a row number of the values or the
head of a group. A large table is arranged by a worker, and shows its old order until then; a
proxy model over a million rows would halt the window for seconds.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.services.tables.arranging import Arranged, Group, SortKey, Wanted
from app.ui.icons import icon
from app.ui.parts import plain_tooltip
from app.ui.tables.arranger import Arranger, is_order_kept
from app.ui.tables.cell_answers import cell_data, head_data, refusal_of, sort_mark
from app.ui.tables.columns import ArrayColumn, CellKind, Value, alignment_of, number_width
from app.ui.tables.table_lines import TableLines

__all__ = ["ArrayColumn", "ArrayTableModel", "CellKind", "number_width"]

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ArrayTableModel(QAbstractTableModel):
    """Columns of equal length, shown through an array of lines.

    Signals:
        about_to_arrange(), arranged(): Other rows, or rows in another order, are to be shown, and
            are shown.
        wanted_changed(): Filters, sorting or grouping are others.
        busy_changed(bool): Whether rows are being arranged in the background.
        edit_refused(str): Why a cell cannot be changed.
    """

    about_to_arrange = Signal()
    arranged = Signal()
    wanted_changed = Signal()
    busy_changed = Signal(bool)
    edit_refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[ArrayColumn, ...] = ()
        self._row_count = 0
        self.lines = TableLines()
        self._kept: np.ndarray | None = None
        self._wanted = Wanted()
        self.arranger = Arranger(self)
        self.arranger.arranged.connect(self._on_arranged)
        self.arranger.busy_changed.connect(self.busy_changed)
        self.head_column = 0
        """The column in which the heads of groups are written."""

    # What is shown

    def set_columns(self, columns: Sequence[ArrayColumn]) -> None:
        """Show other values; the order, filters and groups stay as they are.

        Args:
            columns: All of the same length.
        """
        before = self._columns
        has_same_keys = [c.key for c in columns] == [c.key for c in before]
        row_count = len(columns[0].cells) if columns else 0
        is_same_table = has_same_keys and row_count == self._row_count
        if is_same_table and is_order_kept(self._wanted, before, columns) and self._kept is None:
            self._columns = tuple(columns)
            self._announce_values()
            return
        if is_same_table:
            self._columns = tuple(columns)
            if self.rowCount():
                self._announce_values()
            self._arrange()
            return
        self.arranger.forget()
        self.beginResetModel()
        self._columns, self._row_count = tuple(columns), row_count
        if self._kept is not None and len(self._kept) != row_count:
            self._kept = None
        if not has_same_keys:
            self._wanted = self._wanted.only({column.key for column in columns})
        self.lines = TableLines(Arranged(np.arange(row_count)))
        self.endResetModel()
        if self._wanted != Wanted() or self._kept is not None:
            self._arrange()

    def set_filter(self, text: str = "", kept: np.ndarray | None = None) -> None:
        """Show only some rows.

        Args:
            text: Rows that hold it in any text column, ignoring case; empty keeps all.
            kept: bool per row, further narrowing; None keeps all.
        """
        self._kept = kept
        self._wanted = replace(self._wanted, needle=text)
        self._arrange()

    def want(self, wanted: Wanted) -> None:
        """Show what is asked for; the text of the search stays unless `wanted` has one."""
        if wanted.group_by != self._wanted.group_by:
            self.lines = TableLines(self.lines.arranged)
        self._wanted = replace(wanted, needle=wanted.needle or self._wanted.needle)
        self._arrange()
        self.wanted_changed.emit()
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    @property
    def wanted(self) -> Wanted:
        """Filters, sorting and grouping of now."""
        return self._wanted

    def columns(self) -> tuple[ArrayColumn, ...]:
        """The columns as they were given."""
        return self._columns

    def column_of(self, key: str) -> ArrayColumn | None:
        """The column with a key."""
        return next((column for column in self._columns if column.key == key), None)

    def stop(self) -> None:
        """Let go of what is being worked out."""
        self.arranger.stop()

    # Lines

    def order(self) -> np.ndarray:
        """Row numbers of the values that are listed, from the first to the last."""
        return self.lines.arranged.rows

    def source_row(self, index: Index) -> int:
        """The row number in the values of a shown cell; below 0 for the head of a group."""
        return self.lines.row_at(index.row())

    def shown_rows_of(self, source_rows: np.ndarray) -> np.ndarray:
        """Lines of row numbers, ascending; those that are not shown are left out."""
        found = self.lines.places_of(source_rows)
        return np.sort(found[found >= 0])

    def fold(self, group: Group, *, folded: bool) -> None:
        """Hide or show the rows of a group."""
        changed, now = {group.words}, self.lines.folded
        self._show(TableLines(self.lines.arranged, now | changed if folded else now - changed))

    def fold_all(self, *, folded: bool) -> None:
        """Hide or show the rows of all groups."""
        every = frozenset(group.words for group in self.lines.arranged.groups)
        self._show(TableLines(self.lines.arranged, every if folded else frozenset()))

    # What Qt asks

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.lines.row_at(index.row())
        column = self._columns[index.column()]
        if row < 0:
            group = self.lines.group_at(index.row())
            is_head = index.column() == self.head_column
            return head_data(self.lines, group, column, role, is_head=is_head)
        return cell_data(column, row, role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is Qt.Orientation.Vertical or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title + sort_mark(self._wanted, column.key)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment_of(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(column.tooltip or column.title)
        is_filtered = any(key == column.key for key, _ in self._wanted.filters)
        if role == Qt.ItemDataRole.DecorationRole and is_filtered:
            return icon("filter", "accent")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.lines.row_at(index.row()) >= 0:
            column = self._columns[index.column()]
            if column.edit is not None:
                return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        edit = self._columns[index.column()].edit
        row = self.lines.row_at(index.row())
        if role != Qt.ItemDataRole.EditRole or edit is None or row < 0:
            return False
        if value == self.data(index, Qt.ItemDataRole.EditRole):
            return True
        wanted: Value = value if isinstance(value, str | float) else None
        return edit.write((row,), wanted)

    def refusal_at(self, index: Index) -> str:
        """Why the cell cannot be changed; empty where it can."""
        return refusal_of(self._columns[index.column()], self.lines.row_at(index.row()))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        keys: tuple[SortKey, ...] = ()
        if 0 <= column < len(self._columns):
            is_descending = order is Qt.SortOrder.DescendingOrder
            keys = (SortKey(self._columns[column].key, is_descending),)
        self.want(replace(self._wanted, sort=keys))

    # Cells as words

    def cell_text(self, column: int, source_row: int) -> str:
        """What a cell shows."""
        return self._columns[column].text_at(source_row)

    # Arranging

    def _arrange(self) -> None:
        self.arranger.start(self._columns, self._row_count, self._wanted, self._kept)

    def _on_arranged(self, arranged: Arranged) -> None:
        self._show(TableLines(arranged, self.lines.folded))

    def _show(self, lines: TableLines) -> None:
        """Show other lines; the view keeps what is selected by row number."""
        self.about_to_arrange.emit()
        if len(lines) == len(self.lines):
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()
            rows = np.array([self.lines.row_at(index.row()) for index in before], dtype=np.int64)
            self.lines = lines
            self._move_persistent(before, rows)
            self.layoutChanged.emit()
        else:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()
        self.arranged.emit()

    def _move_persistent(self, before: list[QModelIndex], rows: np.ndarray) -> None:
        if before:
            places = np.where(rows >= 0, self.lines.places_of(np.maximum(rows, 0)), -1).tolist()
            after = [
                self.index(place, index.column()) if place >= 0 else QModelIndex()
                for place, index in zip(places, before, strict=True)
            ]
            self.changePersistentIndexList(before, after)

    def _announce_values(self) -> None:
        if not self._columns or not len(self.lines):
            return
        last = self.index(self.rowCount() - 1, len(self._columns) - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
