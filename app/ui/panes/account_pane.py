# SPDX-License-Identifier: MIT
"""The account list: who each account belongs to, and a way to give it to somebody by name."""

from enum import Enum

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QToolButton, QWidget

from app.models.ids import AccountId, TerritoryId
from app.models.measure import ACCOUNT_COUNT
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.commands import AssignAccounts
from app.ui.formats import compact, count, plural
from app.ui.panes.account_columns import AccountColumns
from app.ui.panes.pane import Pane
from app.ui.panes.territory_choice import TerritoryChoice
from app.ui.parts import button, column, icon_button, label, literal, row
from app.ui.session import EditSession
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tokens import CONTROL_HEIGHT, tokens_of
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.search_field import SearchField


class AccountFilter(Enum):
    """Which accounts are listed; the values are the words of the chips."""

    ALL = "All"
    UNASSIGNED = "Unassigned"
    IN_DISPUTE = "In dispute"
    NOT_PLACED = "Not placed"


class AccountPane(Pane):
    """A table of all accounts.

    Signals:
        account_activated: Id of the account that was double-clicked or chosen with Enter.
        accounts_selected: Tuple of the ids that are selected.
        import_requested: The user wants to bring accounts in.
    """

    account_activated = Signal(int)
    accounts_selected = Signal(object)
    import_requested = Signal()

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._columns = AccountColumns()
        self._filter = AccountFilter.ALL
        self._territory: TerritoryId | None = None
        self.table = CopyableTable("Accounts")
        self.search = SearchField("Search accounts")
        self.chips = {kind: self._chip(kind) for kind in AccountFilter}
        self.territory_chip = button("", lambda: self.show_territory(None), kind="chip")
        self.territory_chip.setCheckable(True)
        self.assign = TerritoryChoice(
            "Assign to", session.workspace, "Let the area decide", parent=self
        )
        self.assign.setToolTip("Give the selected accounts to a territory by name")
        self._sum = label("", "muted")
        self._stack = QStackedWidget()
        self._compose()
        self.search.searched.connect(lambda _text: self._apply_filter())
        self.table.rows_selected.connect(lambda _rows: self._on_selected())
        self.table.row_activated.connect(
            lambda at: self.account_activated.emit(int(session.workspace.accounts.ids[at]))
        )
        self.assign.chosen.connect(lambda t: self._assign(TerritoryId(t)))
        self.assign.extra_chosen.connect(lambda: self._assign(None))

    def refresh(self) -> None:
        workspace = self.session.workspace
        self._stack.setCurrentIndex(0 if len(workspace.accounts) else 1)
        self.table.array_model.set_columns(
            self._columns.columns(workspace, tokens_of(self.palette()))
        )
        if self._territory is not None and not workspace.has_territory(self._territory):
            self._territory = None
        self._refresh_chips()
        if self._filter is not AccountFilter.ALL or self._territory is not None:
            self._apply_filter()
        self._on_selected()

    def show_filter(self, kind: AccountFilter) -> None:
        """List some of the accounts."""
        self._filter = kind
        self._territory = None
        self._refresh_chips()
        self._apply_filter()

    def show_territory(self, territory: TerritoryId | None) -> None:
        """List the accounts of one territory; None lists all."""
        self._filter = AccountFilter.ALL
        self._territory = territory
        self._refresh_chips()
        self._apply_filter()

    def select_accounts(self, accounts: tuple[AccountId, ...]) -> None:
        """Select accounts, and bring the first of them into view."""
        self.table.select_source_rows(self.session.workspace.accounts.rows_of(accounts))

    def selected_accounts(self) -> tuple[AccountId, ...]:
        """The accounts that are selected, in the order shown."""
        rows = self.table.selected_source_rows()
        return tuple(AccountId(i) for i in self.session.workspace.accounts.ids[rows].tolist())

    def _compose(self) -> None:
        columns = icon_button("columns", "Choose columns")
        columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        columns.clicked.connect(self._on_columns)
        self._columns_button = columns
        copy = icon_button("copy", "Copy with headers", self.table.copy_selection)
        self.search.setFixedWidth(220)
        tools = FlowLayout(gap=8)
        for part in (self.search, *self.chips.values(), self.territory_chip):
            tools.addWidget(part)
        head = row(margin=(12, 8, 12, 8))
        head.addLayout(tools, 1)
        for part in (self._sum, self.assign, copy, columns):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        self._sum.setMinimumHeight(CONTROL_HEIGHT)
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

    def _chip(self, kind: AccountFilter) -> QPushButton:
        made = button(kind.value, lambda: self.show_filter(kind), kind="chip")
        made.setCheckable(True)
        return made

    def _refresh_chips(self) -> None:
        workspace = self.session.workspace
        served = workspace.account_territory
        amounts = {
            AccountFilter.ALL: len(workspace.accounts),
            AccountFilter.UNASSIGNED: int((served == NOBODY).sum()),
            AccountFilter.IN_DISPUTE: int((served == IN_DISPUTE).sum()),
            AccountFilter.NOT_PLACED: int((~workspace.accounts.is_placed).sum()),
        }
        for kind, made in self.chips.items():
            made.setText(f"{kind.value}  {count(amounts[kind])}")
            made.setChecked(kind is self._filter and self._territory is None)
        self.territory_chip.setVisible(self._territory is not None)
        if self._territory is not None:
            name = workspace.territory(self._territory).name
            self.territory_chip.setText(literal(f"{name}  ×"))
            self.territory_chip.setAccessibleName(f"Only {name}; press to list all")
            self.territory_chip.setChecked(True)

    def _apply_filter(self) -> None:
        self.table.array_model.set_filter(self.search.text().strip(), self._kept())

    def _kept(self) -> np.ndarray | None:
        workspace = self.session.workspace
        if self._territory is not None:
            kept = np.zeros(len(workspace.accounts), dtype=bool)
            kept[workspace.accounts_of_territory(self._territory)] = True
            return kept
        if self._filter is AccountFilter.UNASSIGNED:
            return workspace.account_territory == NOBODY
        if self._filter is AccountFilter.IN_DISPUTE:
            return workspace.account_territory == IN_DISPUTE
        if self._filter is AccountFilter.NOT_PLACED:
            return ~workspace.accounts.is_placed
        return None

    def _on_selected(self) -> None:
        workspace = self.session.workspace
        rows = self.table.selected_source_rows()
        measure = workspace.main_account_measure
        total = float(workspace.accounts.measure(measure.id)[rows].sum())
        words = plural(len(rows), "account", "accounts")
        tail = f" · {measure.name} {compact(total)}" if measure.id != ACCOUNT_COUNT else ""
        self._sum.setText(f"{words} selected{tail}" if len(rows) else "")
        self.assign.setEnabled(len(rows) > 0 and not self.session.is_read_only)
        self.accounts_selected.emit(self.selected_accounts())

    def _assign(self, territory: TerritoryId | None) -> None:
        name = self.session.workspace.territory(territory).name if territory is not None else ""
        self.session.run(AssignAccounts(self.selected_accounts(), territory, name), self)

    def _on_columns(self) -> None:
        menu = self.table.column_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._columns_button.mapToGlobal(self._columns_button.rect().bottomLeft()))
