# SPDX-License-Identifier: MIT
"""What a change of rules would do: who moves, and what is odd about the rules."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.models.measure import Measure
from app.services.rules.dry_run import Amount, DryRun
from app.services.workspace import Workspace
from app.ui.formats import count, measure_value
from app.ui.panes.rules.rule_wording import holder_name
from app.ui.parts import column, icon_button, label, row
from app.ui.tables.array_table_model import ArrayColumn, CellKind, number_width
from app.ui.tables.copyable_table import CopyableTable
from app.ui.widgets.segmented import Segmented

MOVES, COLLISIONS, STARVING = "moves", "collisions", "starving"
_TITLES = {
    MOVES: "Who moves",
    COLLISIONS: "Collisions",
    STARVING: "Starving",
}
_EMPTY = {
    MOVES: "No account would change hands.",
    COLLISIONS: "No account meets the conditions of rules that lead to different territories.",
    STARVING: "No territory would lose more than half of its accounts or of their value.",
}
_ABOUT = {
    MOVES: "Accounts that would change hands. Double-click a line to list them.",
    COLLISIONS: "Accounts that two rules match which lead to different territories. The earlier "
    "rule decides; change the order where that is wrong.",
    STARVING: "Territories that would lose more than half of their accounts or of their value.",
}
_WIDTH = 440
_MOVE_WIDTH, _COUNT_WIDTH = 92, 84
"""From whom, to whom, how many and how much: all four are seen without scrolling."""


class EffectPage(QWidget):
    """Three tables, one at a time.

    Args:
        workspace: The open plan.
        parent: The page of rules.

    Signals:
        rows_requested(str, object): Title and ids of accounts to list.
    """

    rows_requested = Signal(str, object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._run: DryRun | None = None
        self.choice = Segmented("What to show", tuple(_TITLES.items()))
        self.table = CopyableTable("What the rules would do")
        self._about = label("", "muted", wraps=True)
        self._nothing = label("", "muted", wraps=True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        holder = QWidget()
        holder.setLayout(column(self._nothing, None, margin=12))
        self._pages.addWidget(holder)
        copy = icon_button("copy", "Copy with headers", self.table.copy_selection)
        head = row(self.choice, None, copy)
        self.setLayout(column(head, self._about, self._pages, margin=(12, 8, 12, 8)))
        self.choice.chosen.connect(lambda _key: self._show())
        self.table.row_activated.connect(self._on_activated)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, super().sizeHint().height())

    def set_run(self, run: DryRun | None) -> None:
        """Show another outcome."""
        self._run = run
        if run is not None:
            for made, (key, title) in zip(self.choice.buttons(), _TITLES.items(), strict=True):
                amount = len(self._entries(run, key))
                made.setText(f"{title}  {count(amount)}" if amount else title)
        self._show()

    def show_list(self, key: str) -> None:
        """Show one of the tables: ``moves``, ``collisions`` or ``starving``."""
        self.choice.set_chosen(key)
        self._show()

    def stop(self) -> None:
        """Let go of what is being arranged."""
        self.table.array_model.stop()

    def _show(self) -> None:
        key, run = self.choice.chosen_key(), self._run
        if run is None:
            return
        entries = self._entries(run, key)
        self._about.setText(_ABOUT[key])
        self._about.setVisible(bool(entries))
        self._nothing.setText(_EMPTY[key])
        self._pages.setCurrentIndex(0 if entries else 1)
        makers = {MOVES: self._moves, COLLISIONS: self._collisions, STARVING: self._starving}
        self.table.array_model.set_columns(makers[key](run))

    @staticmethod
    def _entries(run: DryRun, key: str) -> Sequence[object]:
        by_key = {MOVES: run.transfers, COLLISIONS: run.collisions, STARVING: run.starving}
        return by_key[key]

    def _moves(self, run: DryRun) -> list[ArrayColumn]:
        names = [
            (holder_name(each.before, self._workspace), holder_name(each.after, self._workspace))
            for each in run.transfers
        ]
        return [
            _words("from", "From", [old for old, _ in names], _MOVE_WIDTH),
            _words("to", "To", [new for _, new in names], _MOVE_WIDTH),
            *self._amounts([each.amount for each in run.transfers]),
        ]

    def _collisions(self, run: DryRun) -> list[ArrayColumn]:
        return [
            _words("earlier", "Rule that decides", [_rule(e.earlier) for e in run.collisions]),
            _words("later", "Rule that matches too", [_rule(e.later) for e in run.collisions]),
            *self._amounts([each.amount for each in run.collisions]),
        ]

    def _starving(self, run: DryRun) -> list[ArrayColumn]:
        names = [holder_name(each.position, self._workspace) for each in run.starving]
        return [
            _words("territory", "Territory", names),
            *self._amounts([each.before for each in run.starving], "today"),
            *self._amounts([each.after for each in run.starving], "then"),
        ]

    def _amounts(self, amounts: Sequence[Amount], when: str = "") -> list[ArrayColumn]:
        measure = self._workspace.main_account_measure
        accounts = f"Accounts {when}".strip()
        value = f"{measure.name} {when}".strip()
        return [
            ArrayColumn(
                f"accounts{when}",
                accounts,
                np.array([amount.accounts for amount in amounts], dtype=np.float64),
                CellKind.NUMBER,
                width=number_width(accounts) if when else _COUNT_WIDTH,
            ),
            ArrayColumn(
                f"value{when}",
                value,
                np.array([amount.value for amount in amounts], dtype=np.float64),
                CellKind.NUMBER,
                formatted=lambda number: _value(number, measure),
                width=number_width(value),
            ),
        ]

    def _on_activated(self, line: int) -> None:
        run = self._run
        if run is None or self.choice.chosen_key() != MOVES:
            return
        transfer = run.transfers[line]
        old, new = (
            holder_name(position, self._workspace) for position in (transfer.before, transfer.after)
        )
        ids = self._workspace.accounts.ids[run.moved_rows(transfer)]
        self.rows_requested.emit(f"Would move from {old} to {new}", ids)


def _rule(row_: int) -> str:
    return f"Rule {count(row_ + 1)}"


def _words(key: str, title: str, words: Sequence[str], width: int = 130) -> ArrayColumn:
    return ArrayColumn(key, title, np.array(list(words), dtype=object), width=width)


def _value(number: float, measure: Measure) -> str:
    return measure_value(number, measure.kind)
