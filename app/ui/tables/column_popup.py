# SPDX-License-Identifier: MIT
"""A popup in which columns are shown, hidden and moved, also without a mouse."""

from PySide6.QtCore import QPoint, QSignalBlocker, Qt
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from app.services.tables.saved_views import ColumnLayout
from app.ui.parts import button, column, icon_button, label, row
from app.ui.tables.copyable_table import CopyableTable
from app.ui.theme import set_kind

_WIDTH, _LIST_HEIGHT = 260, 320


class ColumnPopup(QFrame):
    """All columns from left to right; ticked ones are shown.

    Args:
        table: Whose columns it is about.
        parent: The widget that holds it.
    """

    def __init__(self, table: CopyableTable, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        set_kind(self, "popover")
        self.setAccessibleName("Columns")
        self.setFixedWidth(_WIDTH)
        self._table = table
        self.list = QListWidget()
        self.list.setAccessibleName("Columns from left to right")
        self.list.setFixedHeight(_LIST_HEIGHT)
        up = icon_button("arrow_up", "Move to the left", lambda: self.move_current(-1))
        down = icon_button("arrow_down", "Move to the right", lambda: self.move_current(1))
        reset = button("Reset", self._reset, kind="quiet", tooltip="Columns as at the beginning")
        head = row(label("Columns", semibold=True), None, up, down)
        self.setLayout(column(head, self.list, row(None, reset), margin=12))
        self._fill(0)
        self.list.itemChanged.connect(self._on_ticked)

    def open_below(self, anchor: QWidget) -> None:
        """Show it below a button, inside the screen."""
        self.adjustSize()
        screen = anchor.screen().availableGeometry()
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height()))
        y = max(screen.top(), min(corner.y(), screen.bottom() - self.height()))
        self.move(max(screen.left(), corner.x()), y)
        self.show()
        self.list.setFocus()

    def move_current(self, by: int) -> None:
        """Move the current column by one place."""
        at = self.list.currentRow()
        to = at + by
        if at >= 0 and 0 <= to < self.list.count():
            header = self._table.horizontalHeader()
            header.moveSection(at, to)
            self._fill(to)

    def _fill(self, current: int) -> None:
        header, model = self._table.horizontalHeader(), self._table.array_model
        with QSignalBlocker(self.list):
            self.list.clear()
            for place in range(model.columnCount()):
                at = header.logicalIndex(place)
                item = QListWidgetItem(model.columns()[at].title)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                is_shown = not self._table.isColumnHidden(at)
                state = Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked
                item.setCheckState(state)
                item.setData(Qt.ItemDataRole.UserRole, at)
                self.list.addItem(item)
            self.list.setCurrentRow(current)

    def _on_ticked(self, item: QListWidgetItem) -> None:
        at = int(item.data(Qt.ItemDataRole.UserRole))
        is_shown = item.checkState() is Qt.CheckState.Checked
        self._table.show_column(at, is_shown=is_shown)
        if self._table.isColumnHidden(at) is is_shown:  # the last one stays
            self._fill(self.list.row(item))

    def _reset(self) -> None:
        self._table.set_column_layout(ColumnLayout())
        self._table.layout_changed.emit()
        self._fill(0)
