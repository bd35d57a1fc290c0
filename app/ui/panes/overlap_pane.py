# SPDX-License-Identifier: MIT
"""Overlaps and gaps: what several territories claim, what nobody serves, and how to settle it."""

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.models.ids import StrokeId, TerritoryId
from app.services.workspace import Workspace
from app.ui.formats import count, measure_value, plural
from app.ui.panes.claim_items import (
    ClaimItem,
    claim_columns,
    gap_items,
    overlap_items,
    resolving_commands,
)
from app.ui.panes.pane import Pane
from app.ui.panes.territory_choice import TerritoryChoice
from app.ui.parts import button, clear_layout, column, icon_button, label, row
from app.ui.session import EditSession
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segmented import Segmented

_MOST_CLAIMANT_BUTTONS = 3
_DONE_WORDS = {
    "overlaps": ("No overlaps", "No area and no account is claimed by two territories."),
    "gaps": ("No gaps", "Every account has a territory."),
}


class OverlapPane(Pane):
    """Two lists with counts and values; each row can be settled in one click.

    Signals:
        go_to: Id of a geounit or account, and whether it is an account.
    """

    go_to = Signal(object, bool)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._items: list[ClaimItem] = []
        self.lists = Segmented("List", [("overlaps", "Overlaps"), ("gaps", "Gaps")])
        self.search = SearchField("Search this list")
        self.search.setMaximumWidth(260)
        self.table = CopyableTable("Overlaps and gaps")
        self._summary = label("", "muted")
        self._selected = label("", "muted")
        self._claimants = QHBoxLayout()
        self._claimants.setSpacing(8)
        self.resolve = TerritoryChoice("Give to", session.workspace, parent=self)
        self.resolve_all = TerritoryChoice("Give all to", session.workspace, parent=self)
        self._done = EmptyState("check_circle", *_DONE_WORDS["overlaps"])
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._done)
        self._compose()
        self.lists.chosen.connect(lambda _key: self.refresh())
        self.search.searched.connect(self.table.array_model.set_filter)
        self.table.rows_selected.connect(lambda _rows: self._refresh_resolving())
        self.table.clicked.connect(
            lambda index: self._go_to(self.table.array_model.source_row(index))
        )
        self.table.row_activated.connect(self._go_to)
        self.resolve.chosen.connect(lambda t: self.resolve_items(self.selected_items(), t))
        self.resolve_all.chosen.connect(lambda t: self.resolve_items(self.shown_items(), t))

    def refresh(self) -> None:
        workspace = self.session.workspace
        overlaps, gaps = workspace.overlaps(), workspace.gaps()
        buttons = self.lists.buttons()
        buttons[0].setText(f"Overlaps  {count(len(overlaps.items))}")
        buttons[1].setText(f"Gaps  {count(len(gaps.items))}")
        shows_overlaps = self.lists.chosen_key() == "overlaps"
        report = overlaps if shows_overlaps else gaps
        self._items = overlap_items(overlaps, workspace) if shows_overlaps else gap_items(gaps)
        measure = workspace.main_measure
        title = "Claimed by" if shows_overlaps else "Why"
        self.table.array_model.set_columns(claim_columns(self._items, measure, title))
        accounts = plural(report.account_count, "account", "accounts")
        value = measure_value(report.value, measure.kind)
        has_value = measure.id != 0
        self._summary.setText(f"{accounts}, {measure.name} {value}" if has_value else accounts)
        self._summary.setVisible(bool(self._items))
        self._done.set_words(*_DONE_WORDS[self.lists.chosen_key()])
        self._stack.setCurrentIndex(0 if self._items else 1)
        self._refresh_resolving()

    def show_list(self, key: str) -> None:
        """Show one of the lists: ``overlaps`` or ``gaps``."""
        self.lists.set_chosen(key)
        self.invalidate()

    def selected_items(self) -> list[ClaimItem]:
        """The rows that are selected."""
        return [self._items[at] for at in self.table.selected_source_rows().tolist()]

    def shown_items(self) -> list[ClaimItem]:
        """All rows that the search leaves."""
        return [self._items[at] for at in self.table.array_model.order().tolist()]

    def resolve_items(self, items: list[ClaimItem], territory: int) -> None:
        """Give items to one territory, in one undo step."""
        wanted = TerritoryId(territory)
        name = self.session.workspace.territory(wanted).name
        stroke = StrokeId(f"resolve {uuid.uuid4()}")
        for command in resolving_commands(items, wanted, name, stroke):
            if not self.session.run(command, self):
                return

    def _compose(self) -> None:
        copy = icon_button("copy", "Copy with headers", self.table.copy_selection)
        head = row(
            self.lists,
            self._summary,
            None,
            self.search,
            copy,
            margin=(12, 8, 12, 8),
        )
        foot = row(
            self._selected,
            None,
            self._claimants,
            self.resolve,
            self.resolve_all,
            margin=(16, 6, 12, 6),
        )
        self._foot = QWidget()
        self._foot.setLayout(foot)
        outer = column(head, gap=0)
        outer.addWidget(self._stack, 1)
        outer.addWidget(self._foot)
        self.setLayout(outer)

    def _refresh_resolving(self) -> None:
        items = self.selected_items()
        can_edit = not self.session.is_read_only
        words = plural(len(items), "row selected", "rows selected")
        self._selected.setText(words if items else "Select rows to settle them.")
        self.resolve.setEnabled(bool(items) and can_edit)
        self.resolve_all.setEnabled(can_edit)
        self._foot.setVisible(bool(self._items))
        clear_layout(self._claimants)
        for territory in _common_claimants(items)[:_MOST_CLAIMANT_BUTTONS]:
            self._claimants.addWidget(self._claimant_button(self.session.workspace, territory))

    def _claimant_button(self, workspace: Workspace, territory: TerritoryId) -> QWidget:
        found = workspace.territory(territory)
        made = button(
            f"To {found.name}",
            lambda: self.resolve_items(self.selected_items(), int(territory)),
        )
        made.setIcon(chip_icon(found.color_index, tokens_of(self.palette())))
        made.setEnabled(not found.is_locked and not self.session.is_read_only)
        return made

    def _go_to(self, source_row: int) -> None:
        item = self._items[source_row]
        if item.geounit is not None:
            self.go_to.emit(item.geounit, False)
        elif item.account is not None:
            self.go_to.emit(item.account, True)


def _common_claimants(items: list[ClaimItem]) -> list[TerritoryId]:
    """Who claims all of the items, by id."""
    if not items:
        return []
    common = set(items[0].claimants)
    for item in items[1:]:
        common &= set(item.claimants)
    return sorted(common)
