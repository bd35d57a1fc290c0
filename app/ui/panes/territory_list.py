# SPDX-License-Identifier: MIT
"""The territories as a list model, in the order and with the words that the pane shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
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
from app.models.rep import Rep
from app.models.territory import Territory
from app.services.workspace import Workspace
from app.ui.formats import compact
from app.ui.parts import plain_tooltip
from app.ui.widgets.deviation_bar import DEVIATION_ROLE, Deviation

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ACTIVE_ROLE = int(Qt.ItemDataRole.UserRole) + 2
_ROOT = QModelIndex()


class TerritoryOrder(Enum):
    """How the list is sorted; the values are the words of the menu."""

    NAME = "Name"
    DEVIATION = "Furthest from ideal"
    TOTAL = "Largest total"


@dataclass(frozen=True, slots=True)
class TerritoryLine:
    """One row: a territory with its rep and its figures of the main measure."""

    territory: Territory
    rep: Rep | None
    total: float
    total_text: str
    account_count: int
    deviation: Deviation

    @property
    def rep_text(self) -> str:
        """The rep's name, or that there is none."""
        return self.rep.name if self.rep is not None else "Vacant"

    @property
    def words(self) -> str:
        """The whole row for a screen reader."""
        lock = ", locked" if self.territory.is_locked else ""
        return (
            f"{self.territory.name}, {self.rep_text}, {self.total_text}, "
            f"{self.deviation.words}{lock}"
        )


def territory_lines(workspace: Workspace) -> list[TerritoryLine]:
    """The territories of a plan with what the list says about them."""
    measure = workspace.main_measure
    report = workspace.balance(measure.id)
    row_by_territory = {row.territory_id: row for row in report.rows}
    lines: list[TerritoryLine] = []
    for territory in workspace.territories:
        found = row_by_territory[territory.id]
        lines.append(
            TerritoryLine(
                territory,
                workspace.rep_of(territory.id),
                found.total,
                compact(found.total),
                found.account_count,
                Deviation(found.deviation_fraction, report.tolerance_fraction),
            )
        )
    return lines


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts "Territory 9" before "Territory 10"."""
    pieces = re.findall(r"\d+|\D+", text.casefold())
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces)


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

    def set_active(self, territory: TerritoryId | None) -> None:
        """Mark the territory that painting goes to."""
        self._active = territory
        self._announce_all()

    def line_at(self, row: int) -> TerritoryLine:
        """The line that is shown in a row."""
        return self._shown[row]

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
            DEVIATION_ROLE: line.deviation,
        }
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.words + (", active" if is_active else "")
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
        kept = [
            line
            for line in self._all
            if self._needle in f"{line.territory.name}\n{line.rep_text}".casefold()
        ]
        kept.sort(key=lambda line: natural_key(line.territory.name))
        if self._order is TerritoryOrder.DEVIATION:
            kept.sort(key=lambda line: -abs(line.deviation.fraction or 0.0))
        elif self._order is TerritoryOrder.TOTAL:
            kept.sort(key=lambda line: -line.total)
        has_same_rows = [k.territory.id for k in kept] == [s.territory.id for s in self._shown]
        if has_same_rows:
            self._shown = kept
            self._announce_all()
        else:
            self.beginResetModel()
            self._shown = kept
            self.endResetModel()

    def _announce_all(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))
