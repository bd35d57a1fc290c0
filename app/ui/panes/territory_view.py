# SPDX-License-Identifier: MIT
"""The list view of the territories: rows whose colour and lock can be clicked."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.models.ids import TerritoryId
from app.ui.panes.territory_delegate import TerritoryDelegate, part_at, row_parts
from app.ui.panes.territory_lines import TerritoryLine
from app.ui.panes.territory_list import TerritoryListModel


class TerritoryListView(QListView):
    """Shows a `TerritoryListModel`.

    Signals:
        color_clicked: Id of a territory, and where a popup about it belongs on the screen.
        lock_clicked: Id of a territory.
        activated_by_user: Id of the territory that the user made the active one.
        delete_pressed: The Delete key.
    """

    color_clicked = Signal(int, QPoint)
    lock_clicked = Signal(int)
    activated_by_user = Signal(int)
    delete_pressed = Signal()

    def __init__(self, model: TerritoryListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = model
        self.setModel(model)
        self.setItemDelegate(TerritoryDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(True)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Territories")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def selected_ids(self) -> tuple[TerritoryId, ...]:
        """The selected territories from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._list.line_at(row).territory.id for row in rows)

    def select_ids(self, territories: tuple[TerritoryId, ...]) -> None:
        """Select territories; those that are not shown are left out."""
        self.clearSelection()
        flags = QItemSelectionModel.SelectionFlag
        for place, territory in enumerate(territories):
            row = self._list.row_of(territory)
            if row >= 0:
                index = self._list.index(row)
                if place == 0:
                    self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
                self.selectionModel().select(index, flags.Select)

    def edit_name(self, territory: TerritoryId) -> None:
        """Open the editor in the row of a territory."""
        row = self._list.row_of(territory)
        if row >= 0:
            self.setCurrentIndex(self._list.index(row))
            self.edit(self._list.index(row))

    def popup_position(self, territory: TerritoryId) -> QPoint:
        """Where a popup about a territory belongs, in screen coordinates."""
        row = self._list.row_of(territory)
        area = self.visualRect(self._list.index(max(row, 0)))
        depth = self._list.line_at(row).depth if row >= 0 else 0
        corner = row_parts(area, depth).chip.bottomLeft().toPoint()
        return self.viewport().mapToGlobal(corner + QPoint(-8, 6))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            line = self._list.line_at(index.row())
            part = part_at(self.visualRect(index), event.position(), line.depth)
            territory = line.territory.id
            if part == "chip":
                if line.part_count:
                    self._fold(line, folded=not self._list.is_folded(territory))
                else:
                    self.color_clicked.emit(int(territory), self.popup_position(territory))
                return
            if part == "lock":
                self.lock_clicked.emit(int(territory))
                return
        if event.button() is Qt.MouseButton.RightButton:
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.select_ids((self._list.line_at(index.row()).territory.id,))
            return
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._activate(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            depth = self._list.line_at(index.row()).depth
            if part_at(self.visualRect(index), event.position(), depth):
                return
        super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
            return
        is_editing = self.state() is QAbstractItemView.State.EditingState
        if not is_editing and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold_or_climb(folded=key == Qt.Key.Key_Left)
            return
        super().keyPressEvent(event)
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
        enters = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not is_editing and key in (*moves, *enters):
            self._activate(self.currentIndex())

    def _fold_or_climb(self, *, folded: bool) -> None:
        """Left folds a region, or goes from a territory to its region; Right unfolds."""
        index = self.currentIndex()
        if not index.isValid():
            return
        line = self._list.line_at(index.row())
        if line.part_count and self._list.is_folded(line.territory.id) != folded:
            self._fold(line, folded=folded)
        elif folded and line.parent is not None:
            self.select_ids((line.parent,))

    def _fold(self, line: TerritoryLine, *, folded: bool) -> None:
        selected = self.selected_ids()
        self._list.set_folded(line.territory.id, folded=folded)
        self.select_ids(selected or (line.territory.id,))

    def _activate(self, index: QModelIndex) -> None:
        if index.isValid():
            self.activated_by_user.emit(int(self._list.line_at(index.row()).territory.id))
