# SPDX-License-Identifier: MIT
"""The territories as a list model, in the order and with the words that the pane shows."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import (
    QAbstractListModel,
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
    """

    rename_requested = Signal(int, str)

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
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self._shown[index.row()]
        name = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not name or name == line.territory.name:
            return False
        self.rename_requested.emit(int(line.territory.id), name)
        return True

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
