# SPDX-License-Identifier: MIT
"""The page of rules and its ways to the account list and the map's selection."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services.rules.from_lists import condition_of_accounts, condition_of_filters
from app.ui.drawer import Drawer
from app.ui.formats import count
from app.ui.panes.account_pane import AccountPane
from app.ui.panes.lazy_pane import LazyPane
from app.ui.selection import Selection
from app.ui.session import EditSession

if TYPE_CHECKING:
    from app.ui.panes.rules.rules_pane import RulesPane  # imported late, see `pane`

RULES = "rules"
_MOST_ACCOUNTS = 5_000


class RuleLinks(QObject):
    """The drawer's pane of rules, made when it is first opened.

    Args:
        session: The open plan.
        selection: What is selected.
        accounts: The account list, in which the accounts of a rule are shown.
        parent: The screen.

    Signals:
        table_requested(ExportTable): The sheet of rules to save.
        message(str): Something that the user should know.
    """

    table_requested = Signal(object)
    message = Signal(str)

    def __init__(
        self, session: EditSession, selection: Selection, accounts: AccountPane, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._selection, self._accounts = session, selection, accounts
        self._drawer: Drawer | None = None
        self.lazy = LazyPane(self._make)

    @property
    def pane(self) -> "RulesPane":
        """The page, made now where it did not exist."""
        # The page with its builder and sheets takes 0.1 s to import, which opening a plan need
        # not wait for.
        from app.ui.panes.rules.rules_pane import RulesPane  # noqa: PLC0415 see above

        return self.lazy.pane(RulesPane)

    def add_to(self, drawer: Drawer) -> None:
        """Put the pane into the drawer."""
        self._drawer = drawer
        drawer.add_pane(RULES, "Rules", "list", self.lazy)

    def open(self) -> None:
        """Bring the page into view."""
        if self._drawer is not None:
            self._drawer.open(RULES)

    def new_rule(self) -> None:
        """Open the builder: for the areas that are selected on the map, if any."""
        self.open()
        if self._selection.geounits:
            self.pane.new_rule_from_areas()
        else:
            self.pane.new_rule()

    def new_rule_from_filter(self) -> None:
        """Open the builder with what the list of accounts is filtered by."""
        condition = condition_of_filters(self._accounts.table.array_model.wanted.filters)
        if condition is None:
            self.message.emit(
                "Filter the list of accounts by columns of your data first. A rule cannot ask who"
                " serves an account."
            )
            return
        self.pane.new_rule(condition)

    def new_rule_for_accounts(self) -> None:
        """Open the builder with the accounts that are selected in their list."""
        accounts = self._session.workspace.accounts
        rows = accounts.rows_of(self._accounts.selected_accounts())
        if not 0 < len(rows) <= _MOST_ACCOUNTS:
            self.message.emit(f"Select 1 to {count(_MOST_ACCOUNTS)} accounts in their list first.")
            return
        self.pane.new_rule(condition_of_accounts(accounts.text("external_id")[rows].tolist()))

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self.lazy.stop()

    def _make(self) -> QWidget:
        from app.ui.panes.rules.rules_pane import RulesPane  # noqa: PLC0415 as in `pane`

        made = RulesPane(self._session, self._selection)
        made.rows_requested.connect(self._on_rows)
        made.table_requested.connect(self.table_requested)
        made.message.connect(self.message)
        made.head.filter_requested.connect(self.new_rule_from_filter)
        made.head.accounts_requested.connect(self.new_rule_for_accounts)
        return made

    def _on_rows(self, title: str, ids: np.ndarray) -> None:
        if self._drawer is not None:
            self._drawer.open("accounts")
        self._accounts.show_rows(title, ids)
