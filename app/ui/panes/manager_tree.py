# SPDX-License-Identifier: MIT
"""Who reports to whom, as a tree."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from app.models.ids import RepId
from app.models.rep import Rep
from app.services.rep_hierarchy import RepNode, rep_tree
from app.ui.formats import count

_TITLES = ("Name", "Job title", "Territories", "Team")
_WIDTHS = (200, 150, 200)
_ROW_HEIGHT = 30
_ID_ROLE = int(Qt.ItemDataRole.UserRole)


class ManagerTree(QTreeWidget):
    """Every rep once, below the manager; knows values and signals only.

    Signals:
        rep_selected: Id of the rep whose line was chosen.
    """

    rep_selected = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Managers and their teams")
        self.setHeaderLabels(list(_TITLES))
        self.setUniformRowHeights(True)
        for at, width in enumerate(_WIDTHS):
            self.setColumnWidth(at, width)
        self._items: dict[RepId, QTreeWidgetItem] = {}
        self.itemSelectionChanged.connect(self._on_selection)

    def set_reps(self, reps: Sequence[Rep], held: Mapping[RepId, str]) -> None:
        """Show other reps.

        Args:
            reps: All reps.
            held: What each holds, in words.
        """
        folded = {rep for rep, item in self._items.items() if not item.isExpanded()}
        with QSignalBlocker(self):
            self.clear()
            self._items = {}
            self._add(rep_tree(reps), held)
            for rep, item in self._items.items():
                item.setExpanded(rep not in folded)

    def select_rep(self, rep: RepId) -> None:
        """Show which rep is looked at; says nothing to listeners."""
        item = self._items.get(rep)
        if item is not None and item is not self.currentItem():
            with QSignalBlocker(self):
                self.setCurrentItem(item)

    def _add(self, tops: tuple[RepNode, ...], held: Mapping[RepId, str]) -> None:
        waiting: list[tuple[QTreeWidgetItem | None, RepNode]] = [(None, top) for top in tops]
        for above, node in waiting:
            team = count(node.team_size) if node.reports else ""
            texts = [node.rep.name, node.rep.title, held.get(node.rep.id, ""), team]
            item = QTreeWidgetItem(texts)
            item.setSizeHint(0, QSize(0, _ROW_HEIGHT))
            item.setData(0, _ID_ROLE, int(node.rep.id))
            if above is None:
                self.addTopLevelItem(item)
            else:
                above.addChild(item)
            self._items[node.rep.id] = item
            waiting.extend((item, report) for report in node.reports)

    def _on_selection(self) -> None:
        chosen = self.selectedItems()
        if chosen:
            self.rep_selected.emit(int(chosen[0].data(0, _ID_ROLE)))
