# SPDX-License-Identifier: MIT
"""Why is this account here? Every step that decides, and a lock that keeps it where it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from app.models.changes import Changes
from app.models.ids import AccountId
from app.services.account_trace import traces
from app.services.commands import UnlockAccounts
from app.services.locking import lock_accounts
from app.ui.fonts import TITLE
from app.ui.formats import moment
from app.ui.parts import button, column, label, row
from app.ui.session import EditSession
from app.ui.widgets.trace_list import TraceList


class WhyDialog(QDialog):
    """The trace of one account; it follows the plan while it is open.

    Args:
        session: The open plan.
        account: Which.
        parent: The window.

    Signals:
        go_to(int): Id of the account that is to be shown on the map.
    """

    go_to = Signal(int)

    def __init__(self, session: EditSession, account: AccountId, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Why is this account here?")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._account = account
        self.title = label("", size=TITLE, semibold=True, wraps=True)
        self.state = label("", wraps=True)
        self.steps = TraceList(moment)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.steps)
        self.show_on_map = button("Show on map", self._on_show, icon_name="pin")
        self.lock = button("Lock account", self._on_lock, icon_name="lock")
        close = button("Close", self.accept, kind="primary")
        close.setDefault(True)
        buttons = row(self.show_on_map, self.lock, None, close)
        self.setLayout(column(self.title, self.state, scroll, buttons, margin=20, gap=12))
        self.resize(560, 640)
        session.changed.connect(self._on_changed)
        self._refresh()

    def _refresh(self) -> None:
        workspace = self._session.workspace
        found = traces(workspace, self._account)
        row_ = workspace.accounts.row_of(self._account)
        if not found or row_ < 0:
            self.reject()
            return
        self.title.setText(str(workspace.accounts.text("name")[row_]))
        names = " and ".join(workspace.territory(each).name for each in found[0].territory_ids)
        words = f"Served by {names}" if names else "Nobody serves it"
        if len(found[0].territory_ids) > 1:
            words = f"In dispute between {names}"
        self.state.setText(f"{words}{', locked' if found[0].is_locked else ''}.")
        self.steps.set_traces(found)
        self.show_on_map.setEnabled(bool(workspace.accounts.is_placed[row_]))
        is_locked = found[0].is_locked
        self.lock.setText("Unlock account" if is_locked else "Lock account")
        can_lock = is_locked or len(found[0].territory_ids) == 1
        self.lock.setEnabled(can_lock and not self._session.is_read_only)

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.touches_alignment or changes.exceptions or changes.reps:
            self._refresh()

    def _on_lock(self) -> None:
        toggle_lock(self._session, self._account)

    def _on_show(self) -> None:
        self.go_to.emit(int(self._account))
        self.accept()


def toggle_lock(session: EditSession, account: AccountId) -> None:
    """Lock an account where it is, or unlock it."""
    workspace = session.workspace
    if account in workspace.state.account_locks:
        name = str(workspace.accounts.text("name")[workspace.accounts.row_of(account)])
        session.run(UnlockAccounts((account,), name))
    else:
        session.run(lock_accounts(workspace, (account,)))
