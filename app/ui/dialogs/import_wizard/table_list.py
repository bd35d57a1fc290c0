# SPDX-License-Identifier: MIT
"""The tables of an import, each with what it is taken for and whether it comes along."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.services.importing.fields import WORDS_BY_KIND
from app.services.importing.job import TableInHand
from app.ui.formats import plural
from app.ui.icons import icon

_NUMBER = int(Qt.ItemDataRole.UserRole)
_ROW_HEIGHT = 42
DOUBTFUL = 0.6
"""Below this confidence the guess of what the rows are deserves a look."""


class TableList(QListWidget):
    """One line per table; a check mark says that it is imported, Delete takes it away.

    Signals:
        chosen(int): Number of the table that the user looks at.
        included(int, bool): A table is to be imported, or not.
        removed(int): A table is taken away.
    """

    chosen = Signal(int)
    included = Signal(int, bool)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Tables of this import")
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.currentItemChanged.connect(self._on_current)
        self.itemChanged.connect(self._on_changed)

    def show_tables(self, tables: Sequence[TableInHand], chosen: int) -> None:
        """Show other tables."""
        with QSignalBlocker(self):
            self.clear()
            for hand in tables:
                item = QListWidgetItem(_words(hand))
                item.setData(_NUMBER, hand.number)
                item.setToolTip(hand.mapping.missing or hand.name)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                state = Qt.CheckState.Checked if hand.is_included else Qt.CheckState.Unchecked
                item.setCheckState(state)
                is_ready = not hand.is_included or (hand.is_ready and not _is_doubtful(hand))
                item.setIcon(
                    icon("spreadsheet", "muted") if is_ready else icon("warning", "warning")
                )
                self.addItem(item)
                if hand.number == chosen:
                    self.setCurrentItem(item)
        self.setFixedHeight(min(4, max(2, len(tables))) * _ROW_HEIGHT + 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and item is not None:
            self.removed.emit(int(item.data(_NUMBER)))
            return
        super().keyPressEvent(event)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(int(item.data(_NUMBER)))

    def _on_changed(self, item: QListWidgetItem) -> None:
        self.included.emit(int(item.data(_NUMBER)), item.checkState() is Qt.CheckState.Checked)


def _is_doubtful(hand: TableInHand) -> bool:
    return hand.mapping.kind_confidence < DOUBTFUL


def _words(hand: TableInHand) -> str:
    kind = WORDS_BY_KIND[hand.mapping.kind].title
    if _is_doubtful(hand):
        kind = f"probably {kind.lower()}"
    return f"{hand.name}\n{plural(len(hand.table), 'row', 'rows')} · {kind}"
