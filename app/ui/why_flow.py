# SPDX-License-Identifier: MIT
"""The menu's question why an account is where it is."""

from PySide6.QtCore import QObject

from app.models.ids import AccountId
from app.ui.dialogs.why_dialog import WhyDialog
from app.ui.window_context import WindowContext


class WhyFlow(QObject):
    """Finds the account that is meant, and shows its steps.

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
