# SPDX-License-Identifier: MIT
"""The territories as a list model, in the order and with the words that the pane shows."""

import json
from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.models.ids import TerritoryId
from app.services.natural_order import natural_key
from app.ui.panes.territory_lines import TerritoryLine
from app.ui.parts import plain_tooltip
from app.ui.widgets.deviation_bar import DEVIATION_ROLE

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ACTIVE_ROLE = int(Qt.ItemDataRole.UserRole) + 2
FOLDED_ROLE = int(Qt.ItemDataRole.UserRole) + 3
TERRITORIES_MIME = "application/x-evenfield-territories"
"""What is dragged: ids as a JSON array, within one list."""

_ROOT = QModelIndex()


class TerritoryOrder(Enum):
    """How the list is sorted; the values are the words of the menu."""

    NAME = "Name"
    DEVIATION = "Furthest from ideal"
    TOTAL = "Largest total"


class TerritoryListModel(QAbstractListModel):
    """Territories, sorted and filtered.

    Signals:
        rename_requested: Id and new name, after the user typed it in place.
        move_requested: Ids of territories that were dragged, and the id of the region that they
            were dropped into, or None.
    """

    rename_requested = Signal(int, str)
    move_requested = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[TerritoryLine] = []
        self._shown: list[TerritoryLine] = []
        self._order = TerritoryOrder.NAME
        self._needle = ""
        self._active: TerritoryId | None = None
        self._folded: set[TerritoryId] = set()

    def set_lines(self, lines: Sequence[TerritoryLine]) -> None:
        """Show the plan as it is now."""
        self._all = list(lines)
        self._arrange()

    def set_order(self, order: TerritoryOrder) -> None:
        """Sort otherwise."""
        self._order = order
        self._arrange()

    def set_filter(self, text: str) -> None:
        """Show the territories whose name or rep holds the text."""
        self._needle = text.casefold()
        self._arrange()

    def set_folded(self, territory: TerritoryId, *, folded: bool) -> None:
        """Hide or show what lies below a region."""
        if folded:
            self._folded.add(territory)
        else:
            self._folded.discard(territory)
        self._arrange()

    def is_folded(self, territory: TerritoryId) -> bool:
        """Whether what lies below a region is hidden."""
        return territory in self._folded and not self._needle

    def set_active(self, territory: TerritoryId | None) -> None:
        """Mark the territory that painting goes to."""
        self._active = territory
        self._announce_all()

    def line_at(self, row: int) -> TerritoryLine:
        """The line that is shown in a row."""
        return self._shown[row]

    def unfold_to(self, territory: TerritoryId) -> None:
        """Show what is above a territory, so that it is seen."""
        parent_by_id = {line.territory.id: line.parent for line in self._all}
        above = parent_by_id.get(territory)
        hidden = set[TerritoryId]()
        while above is not None:
            hidden.add(above)
            above = parent_by_id.get(above)
        if hidden & self._folded:
            self._folded -= hidden
            self._arrange()

    def row_of(self, territory: TerritoryId) -> int:
        """The row of a territory, or -1 where it is not shown."""
        ids = [line.territory.id for line in self._shown]
        return ids.index(territory) if territory in ids else -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._shown[index.row()]
        is_active = line.territory.id == self._active
        answers = {
            int(Qt.ItemDataRole.DisplayRole): line.territory.name,
            int(Qt.ItemDataRole.EditRole): line.territory.name,
            LINE_ROLE: line,
            ACTIVE_ROLE: is_active,
            FOLDED_ROLE: self.is_folded(line.territory.id),
            DEVIATION_ROLE: line.deviation,
        }
        if role == Qt.ItemDataRole.AccessibleTextRole:
            folded = ", folded" if self.is_folded(line.territory.id) else ""
            return line.words + folded + (", active" if is_active else "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(line.words)
        return answers.get(int(role))

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        moves = Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable | moves

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [TERRITORIES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        ids = [int(self._shown[index.row()].territory.id) for index in indexes]
        carried = QMimeData()
        carried.setData(TERRITORIES_MIME, json.dumps(ids).encode())
        return carried

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        moved = self._carried(data)
        return bool(moved) and self._region_at(row, parent) not in self._within(moved)

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if self.canDropMimeData(data, action, row, column, parent):
            self.move_requested.emit(self._carried(data), self._region_at(row, parent))
        return False  # the plan moves them, and the list follows the plan

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self._shown[index.row()]
        name = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not name or name == line.territory.name:
            return False
        self.rename_requested.emit(int(line.territory.id), name)
        return True

    def _carried(self, data: QMimeData) -> tuple[TerritoryId, ...]:
        """The territories that are dragged."""
        if not data.hasFormat(TERRITORIES_MIME):
            return ()
        known = {line.territory.id for line in self._all}
        ids: list[int] = json.loads(bytes(data.data(TERRITORIES_MIME).data()))
        return tuple(TerritoryId(each) for each in ids if each in known)

    def _region_at(self, row: int, parent: Index) -> TerritoryId | None:
        """The region that a drop means: the row itself, or the one around the gap between rows."""
        if parent.isValid():
            return self._shown[parent.row()].territory.id
        return self._shown[row].parent if 0 <= row < len(self._shown) else None

    def _within(self, territories: Sequence[TerritoryId]) -> set[TerritoryId]:
        """The territories and all that lie in them."""
        found = set(territories)
        for line in self._all:  # each region stands before what lies in it
            if line.parent in found:
                found.add(line.territory.id)
        return found

    def _arrange(self) -> None:
        kept = self._ordered()
        has_same_rows = [k.territory.id for k in kept] == [s.territory.id for s in self._shown]
        if has_same_rows:
            self._shown = kept
            self._announce_all()
        else:
            self.beginResetModel()
            self._shown = kept
            self.endResetModel()

    def _ordered(self) -> list[TerritoryLine]:
        """The rows that are seen, each region above its own, siblings in the chosen order."""
        below: dict[TerritoryId | None, list[TerritoryLine]] = {}
        for line in self._all:
            below.setdefault(line.parent, []).append(line)
        for siblings in below.values():
            siblings.sort(key=self._sort_key)
        matching = self._matching()
        shown: list[TerritoryLine] = []
        waiting = list(reversed(below.get(None, [])))
        while waiting:
            line = waiting.pop()
            if line.territory.id in matching:
                shown.append(line)
                # A search looks into folded regions too.
                if self._needle or line.territory.id not in self._folded:
                    waiting.extend(reversed(below.get(line.territory.id, [])))
        return shown

    def _sort_key(self, line: TerritoryLine) -> tuple[float, tuple[tuple[int, int, str], ...]]:
        first = 0.0
        if self._order is TerritoryOrder.DEVIATION:
            first = -abs(line.deviation.fraction or 0.0)
        elif self._order is TerritoryOrder.TOTAL:
            first = -line.total
        return first, natural_key(line.territory.name)

    def _matching(self) -> set[TerritoryId]:
        """Territories that hold the text, and the regions above them."""
        parent_by_id = {line.territory.id: line.parent for line in self._all}
        found: set[TerritoryId] = set()
        for line in self._all:
            if self._needle in f"{line.territory.name}\n{line.rep_text}".casefold():
                at: TerritoryId | None = line.territory.id
                while at is not None and at not in found:
                    found.add(at)
                    at = parent_by_id[at]
        return found

    def _announce_all(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))
