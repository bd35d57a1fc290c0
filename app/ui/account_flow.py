# SPDX-License-Identifier: MIT
"""The menu's questions about accounts: why one is where it is, and which belong together."""

from PySide6.QtCore import QObject

from app.models.ids import AccountId
from app.ui.dialogs.families_dialog import FamiliesDialog
from app.ui.dialogs.why_dialog import WhyDialog
from app.ui.window_context import WindowContext


class AccountFlow(QObject):
    """Opens what the menu offers about accounts.

    Args:
        context: The window as its parts see it.
    """

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context.window)
        self._context = context

    def why_here(self) -> None:
        """Show the steps of the account in the inspector, or of the one selected in the list."""
        plan = self._context.plan
        if plan is None:
            return
        account = plan.screen.selection.focus.account
        chosen = plan.screen.accounts.selected_accounts()
        if account is None and len(chosen) == 1:
            account = chosen[0]
        if account is None:
            self._context.say("Click an account on the map, or select one in the list of accounts.")
            return
        screen = plan.screen
        dialog = WhyDialog(plan.session, account, self._context.window)
        dialog.go_to.connect(lambda each: screen.go_to(AccountId(each), is_account=True))
        dialog.open()

    def find_families(self) -> None:
        """Look for accounts that belong together, and make families of those the user ticks."""
        plan = self._context.plan
        if plan is None:
            return
        dialog = FamiliesDialog(plan.session, self._context.window)
        dialog.accepted_families.connect(lambda command: plan.session.run_long(command, self))
        dialog.open()
