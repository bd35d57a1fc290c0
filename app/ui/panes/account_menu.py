# SPDX-License-Identifier: MIT
"""The menu of a right click on accounts in a table: why they are there, and locks."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QMenu

from app.models.ids import AccountId
from app.services.commands import AddApartPair, UnlockAccounts
from app.services.locking import lock_accounts
from app.ui.dialogs.why_dialog import WhyDialog
from app.ui.formats import plural
from app.ui.icons import icon
from app.ui.session import EditSession


class AccountMenu(QObject):
    """Offers what can be done with the selected accounts of any table.

    Args:
        session: The open plan.
        table: The table; the menu opens over it.
        selected: Gives the accounts that are selected in it.

    Signals:
        go_to(int): Id of an account that is to be shown on the map.
    """

    go_to = Signal(int)

    def __init__(
        self,
        session: EditSession,
        table: QAbstractItemView,
        selected: Callable[[], tuple[AccountId, ...]],
    ) -> None:
        super().__init__(table)
        self._session = session
        self._table = table
        self._selected = selected
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._on_requested)

    def menu(self) -> QMenu | None:
        """The menu for the selected accounts; None where none is selected."""
        accounts = self._selected()
        if not accounts:
            return None
        session, menu = self._session, QMenu(self._table)
        can_edit = not session.is_read_only
        locks = session.workspace.state.account_locks
        locked = tuple(account for account in accounts if account in locks)
        free = tuple(account for account in accounts if account not in locks)
        if len(accounts) == 1:
            why = menu.addAction(icon("help"), "Why is this account here?")
            why.triggered.connect(lambda _checked=False: self._show(accounts[0]))
            menu.addSeparator()
        if free:
            words = "Lock account" if len(free) == 1 else f"Lock {_accounts(len(free))}"
            lock = menu.addAction(icon("lock"), words)
            lock.setEnabled(can_edit)
            lock.triggered.connect(lambda _checked=False: self._lock(free))
        if locked:
            words = "Unlock account" if len(locked) == 1 else f"Unlock {_accounts(len(locked))}"
            unlock = menu.addAction(icon("unlock"), words)
            unlock.setEnabled(can_edit)
            unlock.triggered.connect(lambda _checked=False: session.run(UnlockAccounts(locked)))
        if len(accounts) == 2:
            apart = menu.addAction(icon("split"), "Keep these two apart")
            apart.setEnabled(can_edit)
            pair = AddApartPair(accounts[0], accounts[1])
            apart.triggered.connect(lambda _checked=False: session.run(pair))
        return menu

    def _on_requested(self, at: QPoint) -> None:
        menu = self.menu()
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self._table.viewport().mapToGlobal(at))

    def _show(self, account: AccountId) -> None:
        dialog = WhyDialog(self._session, account, self._table.window())
        dialog.go_to.connect(self.go_to)
        dialog.open()

    def _lock(self, accounts: tuple[AccountId, ...]) -> None:
        self._session.run(lock_accounts(self._session.workspace, accounts))


def _accounts(count: int) -> str:
    return plural(count, "account", "accounts")
