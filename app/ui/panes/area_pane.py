# SPDX-License-Identifier: MIT
"""The areas of the map as a list: all that the map shows and does, for whoever cannot see it."""

import numpy as np
from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.models.changes import Changes
from app.models.ids import GeoUnitId, TerritoryId
from app.ui.area_edits import give
from app.ui.area_locks import AreaMenu
from app.ui.formats import plural
from app.ui.panes.area_columns import AreaColumns
from app.ui.panes.area_filters import AreaFilter, AreaFilters
from app.ui.panes.pane import Pane
from app.ui.panes.territory_choice import TerritoryChoice
from app.ui.parts import button, column, label, row
from app.ui.session import EditSession
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tables.table_tools import TableTools, sum_label
from app.ui.tokens import tokens_of
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.search_field import SearchField

_NONE_WORDS = {
    AreaFilter.ALL: ("No area found", "Other words may find it."),
    AreaFilter.UNASSIGNED: ("No area is unassigned", "Every area that is shown has a territory."),
    AreaFilter.IN_DISPUTE: ("No area is in dispute", "No two territories claim the same area."),
    AreaFilter.DIVIDED: ("No area is divided", "Each area that is shown is held as a whole."),
    AreaFilter.SELECTED: (
        "No area is selected",
        "Select areas on the map, or rows in this list, and they are listed here.",
    ),
}


class AreaTable(CopyableTable):
    """The rows; Enter gives the selected ones to the active territory.

    Signals:
        enter_pressed(): The user pressed Enter.
    """

    enter_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter_pressed.emit()
            return
        super().keyPressEvent(event)


class AreaPane(Pane):
    """One row per area of the view that the map shows.

    Signals:
        geounits_selected(object): Tuple of the areas that the user selected here.
        area_activated(object): Tuple of the area that was double-clicked, of a group its members.
        message(str): Something that the user should know.
    """

    geounits_selected = Signal(object)
    area_activated = Signal(object)
    message = Signal(str)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._columns = AreaColumns(session.workspace, session.workspace.geography.view("county"))
        self._held = np.empty(0, dtype=np.int32)
        self._target: TerritoryId | None = None
        self._selected: tuple[GeoUnitId, ...] = ()
        self._applied: tuple[str, np.ndarray | None] | None = None
        self.filters = AreaFilters(self)
        self.table = AreaTable("Areas")
        self.tools = TableTools(self.table, "Areas", self)
        self.table.setAccessibleDescription(
            "One row for each area of the map. Enter gives the selected areas to the active "
            "territory; a double click shows the area on the map."
        )
        self.menu = AreaMenu(session, self.table, self.selected_geounits)
        self.search = SearchField("Search areas")
        self.give = TerritoryChoice("Give to", session.workspace, parent=self)
        self.give.setToolTip("Give the selected areas to a territory")
        self.release = button("Take out", lambda: self._assign(None))
        self.release.setToolTip("Take the selected areas out of every territory")
        self.title = label("", "muted")
        self._sum = sum_label()
        self._none = EmptyState("area", *_NONE_WORDS[AreaFilter.ALL])
        self._stack = QStackedWidget()
        self._compose()
        self.search.searched.connect(lambda _text: self._apply_filter())
        self.filters.changed.connect(self._on_kind)
        self.table.rows_selected.connect(lambda _rows: self._on_selected())
        self.table.doubleClicked.connect(
            lambda index: self._activate(self.table.array_model.source_row(index))
        )
        self.table.enter_pressed.connect(self.assign_to_target)
        self.table.message.connect(self.message)
        self.give.chosen.connect(lambda t: self._assign(TerritoryId(t)))

    def concerns(self, changes: Changes) -> bool:
        return changes.touches_alignment or bool(changes.settings or changes.records)

    def refresh(self) -> None:
        view = self.session.workspace.geography.view(self._columns.view.key)
        if view is not self._columns.view:  # boundaries were added or removed
            self._columns, self._applied = AreaColumns(self.session.workspace, view), None
        columns = self._columns
        self._held = columns.held
        shown = columns.columns(self._held, tokens_of(self.palette()))
        with QSignalBlocker(self.table):
            # Qt would follow every selected cell through the new order: a second for 20,000 rows.
            self.table.clearSelection()
            self.table.array_model.set_columns(shown)
        self._select_rows(scroll=False)
        self.title.setText(columns.view.title)
        self._list_selected()
        self._apply_filter()

    def show_view(self, key: str) -> None:
        """List the areas of the view that the map shows."""
        if key != self._columns.view.key:
            view = self.session.workspace.geography.view(key)
            self._columns = AreaColumns(self.session.workspace, view)
            self._applied = None
            self.invalidate()

    def set_target(self, territory: TerritoryId | None) -> None:
        """Enter gives areas to this territory."""
        self._target = territory
        self.give.first = territory

    def show_selection(self, units: tuple[GeoUnitId, ...]) -> None:
        """Select the rows of the areas that are selected on the map."""
        if units == self._selected:
            return
        self._selected = units
        if not self._is_stale:
            self._list_selected()
            self._select_rows(scroll=True)
            self._apply_filter()

    def selected_geounits(self) -> tuple[GeoUnitId, ...]:
        """The areas whose rows are selected, in the order shown; of a group its members."""
        return self._columns.view.members_of(self.table.selected_source_rows().tolist())

    def assign_to_target(self) -> None:
        """Give the selected areas to the active territory."""
        if self.session.is_read_only:
            return
        if not self.table.selected_source_rows().size:
            self.message.emit("Select rows of areas first.")
        elif self._target is None:
            self.message.emit("Choose a territory in the list at the left first.")
        else:
            self._assign(self._target)

    def _compose(self) -> None:
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(220)
        chips = FlowLayout(gap=8)
        for chip in self.filters.chips.values():
            chips.addWidget(chip)
        tools = row(
            self.search,
            self.title,
            self._sum,
            self.give,
            self.release,
            *self.tools.buttons,
        )
        tools.setStretch(2, 1)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._none)
        head = column(tools, chips, self.tools.chips, margin=(12, 8, 12, 8), gap=8)
        self.setLayout(column(head, self._stack, gap=0))

    def _activate(self, source_row: int) -> None:
        if source_row >= 0:
            self.area_activated.emit(self._columns.view.members(source_row))

    def _on_kind(self) -> None:
        self._list_selected()
        self._apply_filter()

    def _list_selected(self) -> None:
        self.filters.list_selected(self._columns.rows_of(self._selected))

    def _apply_filter(self) -> None:
        """Filter the rows; where the filter is as it was, place and selection stay."""
        if self._is_stale:
            return  # the rows are not those of now: `refresh` filters them
        text, kept = self.search.text().strip(), self.filters.kept(self._held)
        if self._applied is None or text != self._applied[0] or _differ(kept, self._applied[1]):
            self._applied = (text, kept)
            at = self.table.currentIndex().row()
            self.table.array_model.set_filter(text, kept)
            self._select_rows(scroll=False)
            self._go_to_row(at)
        self._show_amounts()
        is_empty = self.table.array_model.rowCount() == 0
        self._none.set_words(*_NONE_WORDS[self._reason_for_none()])
        self._stack.setCurrentIndex(1 if is_empty else 0)

    def _select_rows(self, *, scroll: bool) -> None:
        """Select the rows of the selected areas, without telling the map what it said itself."""
        with QSignalBlocker(self.table):
            rows = self._columns.rows_of(self._selected)
            self.table.select_source_rows(rows, scroll=scroll)

    def _go_to_row(self, at: int) -> None:
        """Stay at a row although the rows are others: the keyboard goes on from there."""
        last = self.table.array_model.rowCount() - 1
        if at >= 0 and last >= 0:
            index = self.table.array_model.index(min(at, last), 0)
            no_update = QItemSelectionModel.SelectionFlag.NoUpdate
            self.table.selectionModel().setCurrentIndex(index, no_update)

    def _reason_for_none(self) -> AreaFilter:
        return AreaFilter.ALL if self.search.text().strip() else self.filters.kind

    def _on_selected(self) -> None:
        selected = self.selected_geounits()
        if selected != self._selected:
            self._selected = selected
            self._show_amounts()
            self.geounits_selected.emit(selected)

    def _show_amounts(self) -> None:
        selected = len(self._columns.rows_of(self._selected))
        self.filters.show_counts(self._held, selected)
        words = plural(selected, "area", "areas")
        self._sum.set_full_text(f"{words} selected" if selected else "")
        can_assign = selected > 0 and not self.session.is_read_only
        self.give.setEnabled(can_assign)
        self.release.setEnabled(can_assign)

    def _assign(self, territory: TerritoryId | None) -> None:
        give(self.session, self.selected_geounits(), territory)


def _differ(kept: np.ndarray | None, before: np.ndarray | None) -> bool:
    """Whether two filters list other rows; None lists all."""
    if kept is None or before is None:
        return kept is not before
    return not np.array_equal(kept, before)
