# SPDX-License-Identifier: MIT
"""The account list: who each account belongs to, and a way to give it to somebody by name."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.models.measure import ACCOUNT_COUNT
from app.services.commands import AssignAccounts
from app.ui.formats import compact, plural
from app.ui.panes.account_columns import AccountColumns
from app.ui.panes.account_filters import AccountFilters
from app.ui.panes.account_menu import AccountMenu
from app.ui.panes.pane import Pane
from app.ui.panes.territory_choice import TerritoryChoice
from app.ui.parts import column, row
from app.ui.session import EditSession
from app.ui.tables.bulk_edit import EditButton
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tables.table_tools import TableTools, sum_label
from app.ui.tokens import tokens_of
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.search_field import SearchField

_MOST_TOLD = 5_000
"""More accounts cannot be told apart on the map, and telling all of a million would take long."""


class AccountPane(Pane):
    """A table of all accounts.

    Signals:
        account_activated: Id of the account that was double-clicked or chosen with Enter.
        accounts_selected: Tuple of the ids that are selected, at most the first 5,000, whenever
            they are others.
        import_requested: The user wants to bring accounts in.
        message(str): Something that the user should know.
    """

    account_activated = Signal(int)
    accounts_selected = Signal(object)
    import_requested = Signal()
    message = Signal(str)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._columns = AccountColumns(session)
        self.filters = AccountFilters(session.workspace, self)
        self._applied: tuple[str, np.ndarray | None] = ("", None)
        self._selected: tuple[AccountId, ...] = ()
        self._areas: tuple[GeoUnitId, ...] | None = None
        self.table = CopyableTable("Accounts")
        self.tools = TableTools(self.table, "Accounts", self)
        self.menu = AccountMenu(session, self.table, self.selected_accounts)
        self.menu.go_to.connect(self.account_activated)
        self.edit = EditButton(self.table, ("account", "accounts"))
        self.search = SearchField("Search accounts")
        self.assign = TerritoryChoice(
            "Assign to", session.workspace, "Let rules and areas decide", parent=self
        )
        self.assign.setToolTip("Give the selected accounts to a territory by name")
        self._sum = sum_label()
        self._stack = QStackedWidget()
        self._compose()
        self.search.searched.connect(lambda _text: self._apply_filter())
        self.filters.changed.connect(self._apply_filter)
        self.table.message.connect(self.message)
        self.table.rows_selected.connect(lambda _rows: self._on_selected())
        self.table.row_activated.connect(
            lambda at: self.account_activated.emit(int(session.workspace.accounts.ids[at]))
        )
        self.assign.chosen.connect(lambda t: self._assign(TerritoryId(t)))
        self.assign.extra_chosen.connect(lambda: self._assign(None))

    def refresh(self) -> None:
        workspace = self.session.workspace
        self._stack.setCurrentIndex(0 if len(workspace.accounts) else 1)
        self.table.array_model.set_columns(self._columns.columns(tokens_of(self.palette())))
        areas, self._areas = self._areas, None
        if areas is not None:
            self.filters.take_areas(areas)
        self.filters.refresh()
        self._apply_filter()
        self._on_selected()

    def stop(self) -> None:
        """Let go of what is being worked out before the plan is closed."""
        self.table.array_model.stop()

    def show_territory(self, territory: TerritoryId | None) -> None:
        """List the accounts of one territory; None lists all."""
        self.filters.show_territory(territory)

    def show_rows(self, title: str, ids: np.ndarray) -> None:
        """List exactly some accounts, whatever was searched for before.

        Args:
            title: What they have in common.
            ids: Account ids.
        """
        with QSignalBlocker(self.search):
            self.search.clear()
        self.filters.show_rows(title, ids)

    def show_areas(self, areas: tuple[GeoUnitId, ...]) -> None:
        """Offer the accounts in the areas that are selected on the map."""
        if self._is_stale:
            self._areas = areas
        else:
            self._areas = None
            self.filters.take_areas(areas)

    def select_accounts(self, accounts: tuple[AccountId, ...]) -> None:
        """Select accounts, and bring the first of them into view; where they are, it stays."""
        if accounts == self._selected or self._is_stale:
            return
        self.table.select_source_rows(self.session.workspace.accounts.rows_of(accounts))

    def selected_accounts(self) -> tuple[AccountId, ...]:
        """The accounts that are selected, in the order shown."""
        rows = self.table.selected_source_rows()
        return tuple(AccountId(i) for i in self.session.workspace.accounts.ids[rows].tolist())

    def _compose(self) -> None:
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(220)
        chips = FlowLayout(gap=8)
        for part in (*self.filters.chips.values(), self.filters.only_chip):
            chips.addWidget(part)
        # On lines of their own the chips stay where they are when something is selected.
        tools = row(self.search, self._sum, self.assign, self.edit, *self.tools.buttons)
        tools.setStretch(1, 1)
        head = column(tools, chips, self.tools.chips, margin=(12, 8, 12, 8), gap=8)
        empty = EmptyState(
            "building",
            "No accounts yet",
            "Bring in your customer list; Evenfield finds each account on the map.",
        )
        empty.add_button("import", "Import a spreadsheet…", icon_name="import", primary=True)
        empty.chosen.connect(lambda _key: self.import_requested.emit())
        full = QWidget()
        full.setLayout(column(head, self.table, gap=0))
        self._stack.addWidget(full)
        self._stack.addWidget(empty)
        self.setLayout(column(self._stack))

    def _apply_filter(self) -> None:
        """Filter the rows; where the filter is as it was, the selection stays."""
        if self._is_stale:
            return  # the rows are not those of now: `refresh` filters them
        text, kept = self.search.text().strip(), self.filters.kept()
        before = self._applied
        self._applied = (text, kept)
        is_same = kept is before[1] or (
            kept is not None and before[1] is not None and np.array_equal(kept, before[1])
        )
        if text != before[0] or not is_same:
            self.table.array_model.set_filter(text, kept)

    def _on_selected(self) -> None:
        workspace = self.session.workspace
        rows = self.table.selected_source_rows()
        measure = workspace.main_account_measure
        total = float(workspace.accounts.measure(measure.id)[rows].sum())
        tail = f" · {measure.name} {compact(total)}" if measure.id != ACCOUNT_COUNT else ""
        words = plural(len(rows), "account", "accounts")
        self._sum.set_full_text(f"{words} selected{tail}" if len(rows) else "")
        can_edit = len(rows) > 0 and not self.session.is_read_only
        self.assign.setEnabled(can_edit)
        self.edit.setEnabled(can_edit)
        told = rows[:_MOST_TOLD]
        selected = tuple(AccountId(each) for each in workspace.accounts.ids[told].tolist())
        if selected != self._selected:
            self._selected = selected
            self.accounts_selected.emit(selected)

    def _assign(self, territory: TerritoryId | None) -> None:
        name = self.session.workspace.territory(territory).name if territory is not None else ""
        self.session.run(AssignAccounts(self.selected_accounts(), territory, name), self)
