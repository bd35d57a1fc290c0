# SPDX-License-Identifier: MIT
"""Duplicates: accounts that are probably one customer, compared and merged one group at a time."""

import numpy as np
from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QSplitter, QStackedWidget, QWidget

from app.models.changes import Changes
from app.models.ids import AccountId
from app.services.commands import MergeAccounts
from app.services.commands.base import Command
from app.services.duplicate_facts import separate_pairs
from app.services.duplicates.report import DuplicateGroup, DuplicateReport
from app.ui.formats import count, plural
from app.ui.panes.duplicate_card import DuplicateCard
from app.ui.panes.duplicate_list import DuplicateList, likelihood_word, still_open
from app.ui.panes.duplicate_search import DuplicateSearch
from app.ui.panes.pane import Pane
from app.ui.parts import button, column, hairline, label, row
from app.ui.session import EditSession
from app.ui.theme import set_kind
from app.ui.widgets.banner import Banner
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.segmented import Segmented

SEARCHED_AT_ONCE = 20_000
"""Below so many accounts the search takes about a second and starts by itself."""

_LIST_WIDTH = 280


class DuplicatesPane(Pane):
    """The groups at the left, the accounts of the chosen one side by side at the right.

    Signals:
        accounts_focused(tuple[AccountId, ...]): Accounts to show on the map.
        import_requested(): The plan has no accounts, and the user wants to bring some in.
        decided(str): A decision of the user is carried out; says what was done.
    """

    accounts_focused = Signal(object)
    import_requested = Signal()
    decided = Signal(str)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.report: DuplicateReport | None = None
        self._open: list[DuplicateGroup] = []
        self._accounts_changed = False
        self._decision = ""
        self._account_count = len(session.workspace.accounts)
        self.search = DuplicateSearch(session, self)
        self.list = DuplicateList()
        self.card = DuplicateCard(session)
        self.summary = label("")
        self.shown = Segmented("Which groups", [("likely", "Likely"), ("all", "All")])
        self.again = button("Look again", self.start_search, icon_name="refresh")
        self.stale = Banner("The accounts have changed since this search.", tone="info")
        self.stale.hide()
        self._compose()
        self.shown.chosen.connect(lambda _key: self._show_groups())
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.card.merge_requested.connect(self._decide)
        self.card.separate_requested.connect(self._decide)
        self.card.step_requested.connect(self.step)
        self.card.map_requested.connect(lambda: self.accounts_focused.emit(self.card.members))
        self.search.progressed.connect(self._on_progress)
        self.search.found.connect(self._on_found)
        self.search.stopped.connect(self._on_stopped)

    def refresh(self) -> None:
        has_accounts = len(self.session.workspace.accounts) > 1
        if self.search.is_busy and has_accounts:
            self._stack.setCurrentWidget(self._busy)
        elif not has_accounts:
            self.report = None
            self._stack.setCurrentWidget(self._empty)
        elif self.report is not None:
            self._reopen()
        elif len(self.session.workspace.accounts) < SEARCHED_AT_ONCE:
            self.start_search()
        else:
            self._stack.setCurrentWidget(self._start)

    def concerns(self, changes: Changes) -> bool:
        return changes.all_accounts or changes.records

    def start_search(self) -> None:
        """Look for duplicates in the plan as it is now."""
        if self.search.is_busy:
            return
        self._accounts_changed = False
        self._stack.setCurrentWidget(self._busy)
        self._cancel.setEnabled(True)
        self.search.start()

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self.search.stop()

    def groups(self) -> list[DuplicateGroup]:
        """The groups that are listed."""
        return self.list.groups_model.groups

    def step(self, by: int) -> None:
        """Choose the next group, or the one before."""
        target = self.list.currentIndex().row() + by
        if 0 <= target < len(self.groups()):
            self.list.setCurrentIndex(self.list.groups_model.index(target, 0))

    def _on_changed(self, changes: Changes, initiator: QObject | None) -> None:
        if changes.all_accounts and initiator is not self:
            self._note_change()
        self._account_count = len(self.session.workspace.accounts)
        super()._on_changed(changes, initiator)
        if initiator is self:
            self.decided.emit(self._decision)

    def _note_change(self) -> None:
        """New accounts, or other values in the same ones: what was found may not be all."""
        ids = self.session.workspace.accounts.ids
        if self.report is not None:
            is_known = bool(np.isin(ids, self.report.columns.ids).all())
            self._accounts_changed |= not is_known or len(ids) == self._account_count

    def _compose(self) -> None:
        self._stack = QStackedWidget()
        self._empty = EmptyState(
            "users",
            "No accounts to compare yet",
            "Bring in your customer list; Evenfield then finds the customers that are in it twice.",
        )
        self._empty.add_button("import", "Import a spreadsheet…", icon_name="import", primary=True)
        self._empty.chosen.connect(lambda _key: self.import_requested.emit())
        self._start = EmptyState(
            "merge",
            "Customers that are in the list twice",
            "Evenfield compares names, addresses, phone numbers and websites. Nothing is merged "
            "before you say so.",
        )
        self._start.add_button("search", "Look for duplicates", icon_name="search", primary=True)
        self._start.chosen.connect(lambda _key: self.start_search())
        self._done = EmptyState("check_circle", "No duplicates", "")
        self._done.add_button("search", "Look again", icon_name="refresh")
        self._done.chosen.connect(lambda _key: self.start_search())
        self._busy = self._busy_page()
        self._found = self._found_page()
        for page in (self._empty, self._start, self._busy, self._done, self._found):
            self._stack.addWidget(page)
        self.setLayout(column(self._stack))
        for key, by in (("J", 1), ("K", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self.step(by))

    def _busy_page(self) -> QWidget:
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(320)
        self._bar.setAccessibleName("Progress of the search")
        self._doing = label(" ", "muted")
        self._cancel = button("Cancel", self._on_cancel)
        page = QWidget()
        page.setLayout(
            column(
                None,
                row(None, label("Looking for duplicates", semibold=True), None),
                row(None, self._bar, None),
                row(None, self._doing, None),
                row(None, self._cancel, None),
                None,
                gap=12,
            )
        )
        return page

    def _found_page(self) -> QWidget:
        self.stale.add_action("Look again", self.start_search)
        head = row(self.shown, self.summary, None, self.again, margin=(12, 8, 12, 8))
        self._card_page = QStackedWidget()
        hint = EmptyState("merge", "No group chosen", "Choose one at the left to compare it.")
        self._card_page.addWidget(hint)
        self._card_page.addWidget(self.card)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self._card_page)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_LIST_WIDTH, 3 * _LIST_WIDTH])
        page = QWidget()
        set_kind(page, "surface")
        outer = column(self.stale, head, hairline(), gap=0)
        outer.addWidget(splitter, 1)
        page.setLayout(outer)
        return page

    def _on_progress(self, share: float, sentence: str) -> None:
        self._bar.setValue(round(share * 1000))
        self._doing.setText(sentence)

    def _on_found(self, report: DuplicateReport) -> None:
        self.report = report
        self._open = []
        self._reopen()

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self.search.cancel()

    def _on_stopped(self) -> None:
        self._stack.setCurrentWidget(self._start if self.report is None else self._found)

    def _reopen(self) -> None:
        """Take out what is settled, bring back what was undone, and stay where the user is."""
        if self.report is None:
            return
        workspace = self.session.workspace
        self.stale.setVisible(self._accounts_changed)
        self._open = still_open(self.report, workspace.accounts.ids, separate_pairs(workspace))
        likely = sum(group.is_likely for group in self._open)
        buttons = self.shown.buttons()
        buttons[0].setText(f"Likely  {count(likely)}")
        buttons[1].setText(f"All  {count(len(self._open))}")
        if not likely and self._open:
            self.shown.set_chosen("all")
        self._show_groups()

    def _show_groups(self) -> None:
        only_likely = self.shown.chosen_key() == "likely"
        groups = [group for group in self._open if group.is_likely or not only_likely]
        before = max(self.list.currentIndex().row(), 0)
        chosen = self.card.members
        self.list.groups_model.set_groups(self.report, groups)
        accounts = plural(len(self.session.workspace.accounts), "account", "accounts")
        self.summary.setText(f"groups among {accounts}")
        if not self._open:
            self._done.set_words(*self._done_words(accounts))
            self._stack.setCurrentWidget(self._done)
            return
        self._stack.setCurrentWidget(self._found)
        if not groups:
            self._card_page.setCurrentIndex(0)
            return
        same = (at for at, group in enumerate(groups) if group.members == tuple(chosen))
        at = next(same, min(before, len(groups) - 1))
        self.list.setCurrentIndex(self.list.groups_model.index(at, 0))

    def _done_words(self, accounts: str) -> tuple[str, str]:
        if self.report is not None and self.report.groups:
            return "All groups are settled", "Undo takes the last decision back."
        return "No duplicates", f"No two of the {accounts} look like one customer."

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        is_shown = current.isValid() and self._show_card(current.row())
        self._card_page.setCurrentIndex(1 if is_shown else 0)

    def _show_card(self, at: int) -> bool:
        group = self.groups()[at]
        if self.report is None:
            return False
        members = tuple(AccountId(member) for member in group.members)
        reasons = self.report.reasons(group)
        if not self.card.show_group(members, likelihood_word(group), group.score, reasons):
            return False
        self.card.show_position(at + 1, len(self.groups()))
        if self.isVisible():
            self.accounts_focused.emit(members)
        return True

    def _decide(self, command: Command) -> None:
        """Carry out what the user decided; the list follows from the change itself."""
        self._decision = _decided_words(command)
        self.session.run_long(command, self)


def _decided_words(command: Command) -> str:
    if isinstance(command, MergeAccounts):
        return f"Merged {len(command.others) + 1} accounts into {command.name}."
    return "They are kept as different customers."
