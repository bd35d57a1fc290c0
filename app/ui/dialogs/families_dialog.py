# SPDX-License-Identifier: MIT
"""Families that the accounts suggest, to be accepted all or one by one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from app.models.ids import AccountId
from app.services.commands import JoinFamilies
from app.services.family_proposals import FamilyProposal, family_proposals
from app.services.importing.table import Watch
from app.ui.formats import plural
from app.ui.panes.frozen_work import FrozenWork
from app.ui.parts import button, column, label, row
from app.ui.session import EditSession
from app.ui.theme import set_kind

_MOST_LISTED = 2_000
_COLUMNS = ("external_id", "name", "family")


class FamiliesDialog(QDialog):
    """Lists proposed families with a tick each.

    Args:
        session: The open plan.
        parent: The window.

    Signals:
        accepted_families(object): The `JoinFamilies` that the user wants.
    """

    accepted_families = Signal(object)

    def __init__(self, session: EditSession, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Find families")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._proposals: list[FamilyProposal] = []
        self.state = label("Looking for families…", "muted", wraps=True)
        self.list = QListWidget()
        self.list.setAccessibleName("Families found")
        set_kind(self.list, "card")
        self.list.itemChanged.connect(lambda _item: self._count())
        self.all = button("Tick all", lambda: self._tick(Qt.CheckState.Checked))
        self.none = button("Tick none", lambda: self._tick(Qt.CheckState.Unchecked))
        self.make = button("Make families", self._on_make, kind="primary")
        close = button("Close", self.reject)
        intro = label(
            "Accounts of a family can stay with one territory: assign the family as a whole, or"
            " keep families together in the settings of the sales force.",
            wraps=True,
        )
        buttons = row(self.all, self.none, None, close, self.make)
        self.setLayout(column(intro, self.state, self.list, buttons, margin=20, gap=12))
        self.resize(560, 560)
        self._enable()
        self._work: FrozenWork[list[FamilyProposal]] = FrozenWork(session, self)
        self._work.start(_COLUMNS, self._freeze, self._take)

    def _freeze(self) -> Callable[[], list[FamilyProposal]]:
        accounts = self._session.workspace.accounts
        ids, names, families = (accounts.text(each) for each in _COLUMNS)
        return lambda: family_proposals(ids, names, families, Watch())

    def _take(self, proposals: list[FamilyProposal]) -> None:
        self._proposals = proposals[:_MOST_LISTED]
        self.list.clear()
        for proposal in self._proposals:
            why = "named as parents" if proposal.is_by_parent else "names alike"
            count = plural(len(proposal.rows), "account", "accounts")
            item = QListWidgetItem(f"{proposal.title}  ·  {count}, {why}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = Qt.CheckState.Checked if proposal.is_by_parent else Qt.CheckState.Unchecked
            item.setCheckState(ticked)
            self.list.addItem(item)
        self.state.setText(_found_words(proposals))
        self._count()

    def _ticked(self) -> list[FamilyProposal]:
        return [
            proposal
            for place, proposal in enumerate(self._proposals)
            if self.list.item(place).checkState() is Qt.CheckState.Checked
        ]

    def _tick(self, state: Qt.CheckState) -> None:
        for place in range(self.list.count()):
            self.list.item(place).setCheckState(state)

    def _count(self) -> None:
        if self.list.count() == len(self._proposals):
            count = len(self._ticked())
            words = f"Make {plural(count, 'family', 'families')}" if count else "Make families"
            self.make.setText(words)
            self._enable(count)

    def _enable(self, count: int = 0) -> None:
        self.make.setEnabled(count > 0 and not self._session.is_read_only)
        for each in (self.all, self.none):
            each.setEnabled(bool(self._proposals))

    def _on_make(self) -> None:
        ids = self._session.workspace.accounts.ids
        groups = tuple(
            (proposal.name, tuple(AccountId(each) for each in ids[list(proposal.rows)].tolist()))
            for proposal in self._ticked()
        )
        self.accepted_families.emit(JoinFamilies(groups))
        self.accept()


def _found_words(proposals: Sequence[FamilyProposal]) -> str:
    """How many were found, and what is to be looked at."""
    if not proposals:
        return "No families found: no account names another as its parent, no names are alike."
    found = plural(len(proposals), "family", "families")
    if len(proposals) > _MOST_LISTED:
        return f"{found} found; the largest {_MOST_LISTED:,} are listed."
    by_parent = sum(proposal.is_by_parent for proposal in proposals)
    if by_parent == len(proposals):
        return f"{found} found, all of them by parent."
    if by_parent:
        return f"{found} found. Those by parent are ticked; look at the others first."
    return f"{found} found by names that are alike. Look at each and tick what belongs together."
