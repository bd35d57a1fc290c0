# SPDX-License-Identifier: MIT
"""A table model over arrays, with its own sorting and filtering.

Rows are never moved: an array of row numbers says which are shown and in which order. A million
rows sort in a quarter of a second by number; a proxy model over them would take many seconds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.ui.formats import count
from app.ui.parts import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class CellKind(Enum):
    """How the values of a column are shown, sorted and copied."""

    TEXT = "text"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class ArrayColumn:
    """One column of the table.

    Attributes:
        key: Name that does not change with the words of the header.
        values: float64 with nan for "nothing", or objects that are text; or what gives them, asked
            when they are first needed.
        formatted: How a number is written; text is shown as it is.
        decoration: The icon of a row, or None.
        is_hidden_at_first: Offered in the column chooser, not shown until chosen.
        width: In pixels, until the user drags it.
        roles: What the column answers to further roles of Qt, by row number.
        ranks: For text that many rows share: a number per row that sorts as the text does, with
            nan for an empty one; numbers sort a hundred times as fast.
    """

    key: str
    title: str
    values: np.ndarray | Callable[[], np.ndarray]
    kind: CellKind = CellKind.TEXT
    formatted: Callable[[float], str] = count
    decoration: Callable[[int], object] | None = None
    is_hidden_at_first: bool = False
    width: int = 140
    tooltip: str = ""
    roles: dict[int, Callable[[int], object]] = field(default_factory=dict)
    ranks: np.ndarray | None = None

    @property
    def cells(self) -> np.ndarray:
        """The values."""
        return self.values if isinstance(self.values, np.ndarray) else self.values()


def number_width(title: str) -> int:
    """A width for a column of numbers in which its title fits too."""
    return max(90, min(200, 8 * len(title) + 40))


class ArrayTableModel(QAbstractTableModel):
    """Columns of equal length, shown through an order of row numbers."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[ArrayColumn, ...] = ()
        self._row_count = 0
        self._order = np.zeros(0, dtype=np.int64)
        self._kept: np.ndarray | None = None
        self._needle = ""
        self._folded: dict[str, tuple[np.ndarray, list[str]]] = {}
        self._sort_column = -1
        self._sort_order = Qt.SortOrder.AscendingOrder

    # What is shown

    def set_columns(self, columns: Sequence[ArrayColumn]) -> None:
        """Show other values; the order and the filter text stay as they are.

        Args:
            columns: All of the same length.
        """
        has_same_keys = [c.key for c in columns] == [c.key for c in self._columns]
        count_before = self._row_count
        row_count = len(columns[0].cells) if columns else 0
        if has_same_keys and row_count == count_before:
            self._take_same_rows(tuple(columns))
            return
        self.beginResetModel()
        self._columns = tuple(columns)
        self._row_count = row_count
        if self._kept is not None and len(self._kept) != row_count:
            self._kept = None
        if not has_same_keys:
            self._sort_column = -1
        self._rearrange()
        self.endResetModel()

    def _take_same_rows(self, columns: tuple[ArrayColumn, ...]) -> None:
        by = self._sort_column
        keeps_order = (
            self._kept is None
            and not self._needle
            and (by < 0 or columns[by].cells is self._columns[by].cells)
        )
        if keeps_order:
            self._columns = columns
            last = self.index(self.rowCount() - 1, len(columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows_before = [int(self._order[index.row()]) for index in before]
        self._columns = columns
        self._rearrange()
        self._move_persistent(before, rows_before)
        self.layoutChanged.emit()

    def _move_persistent(self, before: list[QModelIndex], rows_before: list[int]) -> None:
        if not before:
            return
        place = np.full(self._row_count, -1, dtype=np.int64)
        place[self._order] = np.arange(len(self._order))
        after = [
            self.index(int(place[row]), index.column()) if place[row] >= 0 else QModelIndex()
            for row, index in zip(rows_before, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)

    def set_filter(self, text: str = "", kept: np.ndarray | None = None) -> None:
        """Show only some rows.

        Args:
            text: Rows that hold it in any text column, ignoring case; empty keeps all.
            kept: bool per row, further narrowing; None keeps all.
        """
        self.beginResetModel()
        self._needle = text.casefold()
        self._kept = kept
        self._rearrange()
        self.endResetModel()

    def columns(self) -> tuple[ArrayColumn, ...]:
        """The columns as they were given."""
        return self._columns

    def order(self) -> np.ndarray:
        """Row numbers of the values, from the first shown row to the last."""
        return self._order

    def source_row(self, index: Index) -> int:
        """The row number in the values of a shown cell."""
        return int(self._order[index.row()])

    def shown_rows_of(self, source_rows: np.ndarray) -> np.ndarray:
        """Shown positions of row numbers, ascending; those filtered out are left out."""
        place = np.full(self._row_count, -1, dtype=np.int64)
        place[self._order] = np.arange(len(self._order))
        found = place[source_rows]
        return np.sort(found[found >= 0])

    # What Qt asks

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell_text(index.column(), int(self._order[index.row()]))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENT[column.kind]
        if role == Qt.ItemDataRole.DecorationRole and column.decoration is not None:
            return column.decoration(int(self._order[index.row()]))
        if role == Qt.ItemDataRole.ToolTipRole and column.kind is CellKind.TEXT:
            return plain_tooltip(str(column.cells[self._order[index.row()]]))
        answer = column.roles.get(role)
        return None if answer is None else answer(int(self._order[index.row()]))

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
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENT[column.kind]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(column.tooltip or column.title)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows_before = [int(self._order[index.row()]) for index in before]
        self._sort_column, self._sort_order = column, order
        self._rearrange()
        self._move_persistent(before, rows_before)
        self.layoutChanged.emit()

    # Cells as words

    def cell_text(self, column: int, source_row: int) -> str:
        """What a cell shows."""
        described = self._columns[column]
        value = described.cells[source_row]
        if described.kind is CellKind.TEXT:
            return str(value)
        return "" if np.isnan(value) else described.formatted(float(value))

    def copied_text(self, column: int, source_row: int) -> str:
        """What a cell puts on the clipboard: numbers bare, so that a spreadsheet takes them."""
        described = self._columns[column]
        value = described.cells[source_row]
        if described.kind is CellKind.TEXT:
            return str(value)
        return "" if np.isnan(value) else np.format_float_positional(float(value), trim="-")

    # Order

    def _rearrange(self) -> None:
        rows = np.arange(self._row_count, dtype=np.int64)
        if self._kept is not None:
            rows = rows[self._kept]
        if self._needle:
            rows = self._rows_with_needle(rows)
        if 0 <= self._sort_column < len(self._columns):
            rows = self._sorted(rows)
        self._order = rows

    def _rows_with_needle(self, rows: np.ndarray) -> np.ndarray:
        needle, is_found = self._needle, np.zeros(self._row_count, dtype=bool)
        for column in self._columns:
            if column.kind is CellKind.TEXT:
                folded = self._folded_texts(column)
                is_found |= np.fromiter((needle in text for text in folded), bool, len(folded))
        return rows[is_found[rows]]

    def _folded_texts(self, column: ArrayColumn) -> list[str]:
        """The texts of a column for the search; made again only where the texts are others."""
        cells = column.cells
        known = self._folded.get(column.key)
        if known is None or known[0] is not cells:
            known = (cells, [str(cell).casefold() for cell in cells])
            self._folded[column.key] = known
        return known[1]

    def _sorted(self, rows: np.ndarray) -> np.ndarray:
        column = self._columns[self._sort_column]
        numbers = column.cells if column.kind is CellKind.NUMBER else column.ranks
        is_descending = self._sort_order is Qt.SortOrder.DescendingOrder
        if numbers is not None:
            values = numbers[rows]
            # nan sorts last both ways: nothing to compare is never the largest.
            keys = np.where(np.isnan(values), np.inf, -values if is_descending else values)
            return rows[np.argsort(keys, kind="stable")]
        folded = [str(value).casefold() for value in column.cells[rows]]
        positions = sorted(range(len(folded)), key=folded.__getitem__, reverse=is_descending)
        filled = [p for p in positions if folded[p]]
        empty = [p for p in positions if not folded[p]]
        return rows[np.array(filled + empty, dtype=np.int64)]


_ALIGNMENT = {
    CellKind.TEXT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    CellKind.NUMBER: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}
