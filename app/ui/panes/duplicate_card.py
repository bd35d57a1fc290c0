# SPDX-License-Identifier: MIT
"""One group of accounts that may be one customer: compared, merged, or told apart."""

from itertools import combinations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from app.models.ids import AccountId
from app.services.commands.duplicates import KeepSeparate, MergeAccounts
from app.services.duplicate_facts import MovingRecords, merge_facts, moving_records
from app.services.duplicates.merging import MergeFacts, propose_merge
from app.ui.fonts import HEADING
from app.ui.formats import plural
from app.ui.panes.duplicate_list import score_text
from app.ui.panes.merge_grid import MergeGrid, same_in_all
from app.ui.panes.merge_measures import MergeMeasures
from app.ui.parts import (
    button,
    clear_layout,
    column,
    hairline,
    icon_button,
    label,
    plain_tooltip,
    row,
)
from app.ui.session import EditSession
from app.ui.theme import set_kind
from app.ui.widgets.flow_layout import FlowLayout, flows


class DuplicateCard(QWidget):
    """The accounts of one group side by side.

    Signals:
        merge_requested(MergeAccounts), separate_requested(KeepSeparate): What the user decided.
        step_requested(int): Go on by so many groups; -1 is the one before.
        map_requested(): Show the accounts on the map.
    """

    merge_requested = Signal(object)
    separate_requested = Signal(object)
    step_requested = Signal(int)
    map_requested = Signal()

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._facts: MergeFacts | None = None
        self._moving: MovingRecords | None = None
        self.heading = label("", size=HEADING, semibold=True)
        self.heading.setToolTip(
            plain_tooltip(
                "Worked out from names, addresses, phone numbers, websites and IDs. "
                "Whether it is one customer, only you can know."
            )
        )
        self._tags = QWidget()
        self._tags_flow = FlowLayout(flows(self._tags), gap=6)
        self.grid = MergeGrid()
        self.measures = MergeMeasures()
        self.same = label("", "muted", wraps=True)
        self.consequences = label("", "muted", wraps=True)
        self.merge = button("Merge into one", self._on_merge, kind="primary", icon_name="merge")
        self.separate = button("Not the same", self._on_separate)
        self.position = label("", "muted")
        self.back = icon_button(
            "chevron_left", "Group before, K", lambda: self.step_requested.emit(-1)
        )
        self.next = icon_button(
            "chevron_right", "Next group, J", lambda: self.step_requested.emit(1)
        )
        self._compose()
        self.grid.changed.connect(self._refresh_consequences)

    @property
    def members(self) -> tuple[AccountId, ...]:
        """The accounts that are shown."""
        return () if self._facts is None else tuple(a.id for a in self._facts.accounts)

    def show_group(
        self, members: tuple[AccountId, ...], word: str, score: float, reasons: tuple[str, ...]
    ) -> bool:
        """Show accounts; False where the plan no longer has all of them.

        Args:
            members: The accounts.
            word: How likely it is, in a word.
            score: How likely it is, 0 to 1.
            reasons: What speaks for it.
        """
        workspace = self._session.workspace
        moving = moving_records(workspace, members)
        facts = merge_facts(workspace, members, moving)
        if facts is None:
            return False
        self._facts, self._moving = facts, moving
        proposal = propose_merge(facts)
        can_edit = not self._session.is_read_only
        self.heading.setText(f"{word} one customer, {score_text(score)}")
        clear_layout(self._tags_flow)
        for reason in reasons:
            self._tags_flow.addWidget(label(reason, "tag"))
        self.grid.show_accounts(facts, proposal, can_edit=can_edit)
        self.measures.show_accounts(facts, proposal, can_edit=can_edit)
        same = same_in_all(facts)
        self.same.setText(f"The same in all: {same}" if same else "")
        self.same.setVisible(bool(same))
        self.separate.setEnabled(can_edit)
        self._refresh_consequences()
        return True

    def show_position(self, number: int, count: int) -> None:
        """Say which group of how many is shown."""
        self.position.setText(f"{number} of {count}")
        self.back.setEnabled(number > 1)
        self.next.setEnabled(number < count)

    def _compose(self) -> None:
        inside = QWidget()
        set_kind(inside, "surface")
        body = column(
            self.grid,
            4,
            hairline(),
            4,
            self.measures,
            self.same,
            self.consequences,
            None,
            margin=(16, 8, 16, 12),
        )
        inside.setLayout(body)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName("The accounts side by side")
        scroll.setWidget(inside)
        show = icon_button("pin", "Show on the map", self.map_requested.emit)
        head = row(self.heading, None, self.position, self.back, self.next, show)
        top = column(head, self._tags, margin=(16, 8, 12, 8), gap=4)
        foot = row(self.merge, self.separate, None, margin=(16, 8, 16, 8))
        outer = column(top, hairline(), gap=0)
        outer.addWidget(scroll, 1)
        outer.addWidget(hairline())
        outer.addLayout(foot)
        self.setLayout(outer)

    def _refresh_consequences(self) -> None:
        survivor = self.grid.survivor()
        included = self.grid.included()
        others = [account for account in included if account != survivor]
        self.measures.set_members((survivor, *others))
        self.consequences.setText(self._consequences(survivor, others))
        self.merge.setEnabled(bool(others) and not self._session.is_read_only)
        count = len(included)
        self.merge.setText("Merge into one" if count == 2 else f"Merge {count} into one")

    def _consequences(self, survivor: AccountId, others: list[AccountId]) -> str:
        """What moves, and how it can be taken back."""
        moving, members = self._moving, self.members
        if moving is None or not others:
            return "Check at least two accounts to merge them."
        at = [members.index(account) for account in others]
        sales = sum(moving.transactions[place] for place in at)
        visits = sum(moving.visits[place] for place in at)
        parts = [plural(sales, "transaction", "transactions")] if sales else []
        parts += [plural(visits, "visit", "visits")] if visits else []
        moved = f"{' and '.join(parts)} will move. " if parts else ""
        own = moving.territories[members.index(survivor)]
        named = own or next(
            (moving.territories[place] for place in at if moving.territories[place]), ()
        )
        assigned = f"Assigned by name to {' and '.join(named)}. " if named else ""
        return (
            f"{moved}{assigned}The next import finds the account under every one of these IDs. "
            "Undo brings all of them back."
        )

    def _on_merge(self) -> None:
        if self._facts is None:
            return
        survivor, sources = self.grid.survivor(), self.grid.sources()
        others = tuple(a for a in self.grid.included() if a != survivor)
        name = self._facts.text(sources.get("name", survivor), "name")
        own = name or self._facts.text(survivor, "external_id")
        command = MergeAccounts(survivor, others, own, sources, self.measures.rules())
        self.merge_requested.emit(command)

    def _on_separate(self) -> None:
        if self.members:
            self.separate_requested.emit(KeepSeparate(tuple(combinations(self.members, 2))))
