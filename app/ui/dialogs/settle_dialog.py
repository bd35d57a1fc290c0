# SPDX-License-Identifier: MIT
"""Asks by which policy overlaps or gaps are settled, and shows what that does to the balance."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QDialog, QRadioButton, QWidget

from app.models.errors import AppError, TaskCancelled
from app.models.ids import MeasureId, TerritoryId
from app.models.settling import Policy, SettledTerritory, Settlement, SettlingEffect
from app.services.workspace import Workspace
from app.ui.dialogs.settle_words import (
    balance_sentence,
    change_words,
    decided_sentence,
    hint,
    title,
)
from app.ui.formats import count, measure_value, plural, signed_percent
from app.ui.parts import button, column, label, row
from app.ui.tables.array_table_model import ArrayColumn, CellKind
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tasks import Task, TaskContext, TaskRunner
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon

Check = Callable[[], object]
"""Raises where the work is to stop."""


@dataclass(frozen=True, slots=True)
class SettleChoice:
    """What the user chose.

    Attributes:
        measure: By which territories are compared.
        territory: Who gets everything, for `Policy.BY_HAND`.
    """

    policy: Policy
    measure: MeasureId
    territory: TerritoryId | None


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A settlement with what it would do."""

    settlement: Settlement
    effect: SettlingEffect | None


@dataclass(frozen=True, slots=True)
class SettleQuestion:
    """What is to be settled.

    Attributes:
        number: How many items.
        is_gap: Whether they are gaps.
        offered: The territories that are offered first, by hand: the claimants.
        territory: The one that the user named already, or None.
    """

    number: int
    is_gap: bool
    offered: tuple[TerritoryId, ...] = ()
    territory: TerritoryId | None = None


class SettleDialog(QDialog):
    """Policies, and in the background what the chosen one comes to.

    Args:
        workspace: The open plan; it does not change while the dialog is open.
        question: What is to be settled.
        work_out: Computes a settlement and its effect; runs in a worker, and calls its check now
            and then, which raises where nobody waits for it any more.
        parent: The window.

    Signals:
        chosen(Settlement): The user wants this done.
    """

    chosen = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        question: SettleQuestion,
        work_out: Callable[[SettleChoice, Check], WorkedOut],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._question = question
        self._work_out = work_out
        self._tasks = TaskRunner(self)
        self._number = 0
        # Hundreds of territories share nine colours, and a picture takes a moment to paint.
        tokens, colors = tokens_of(self.palette()), {t.color_index for t in workspace.territories}
        self._chips = {color: chip_icon(color, tokens) for color in colors}
        self.worked_out: WorkedOut | None = None
        noun = ("gap", "gaps") if question.is_gap else ("overlap", "overlaps")
        self.setWindowTitle(f"Settle {plural(question.number, *noun)}")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._group = QButtonGroup(self)
        self.radios: dict[Policy, QRadioButton] = {}
        self.territory_box = QComboBox()
        self.territory_box.setAccessibleName("Territory that gets everything")
        self.measure_box = QComboBox()
        self.measure_box.setAccessibleName("Measure by which territories are compared")
        self.decided = label("", wraps=True)
        self.balance = label("", "muted", wraps=True)
        self.table = CopyableTable("What territories gain and lose")
        self.settle_button = button("Settle", self._accept, kind="primary")
        self.settle_button.setDefault(True)
        self.settle_button.setMinimumWidth(120)  # its number comes later
        self._fill_boxes()
        self._compose()
        first = Policy.BY_HAND if question.territory is not None else Policy.KEEP_REP
        self.radios[first].setChecked(True)
        self._group.buttonClicked.connect(lambda _button: self._start())
        self.territory_box.activated.connect(lambda _at: self._on_territory())
        self.measure_box.activated.connect(lambda _at: self._start())
        self._start()

    def choice(self) -> SettleChoice:
        """What the user chose so far."""
        policy = next(policy for policy, radio in self.radios.items() if radio.isChecked())
        territory = self.territory_box.currentData()
        by_hand = policy is Policy.BY_HAND and territory is not None
        return SettleChoice(
            policy,
            MeasureId(int(str(self.measure_box.currentData()))),
            TerritoryId(int(str(territory))) if by_hand else None,
        )

    def choose(self, policy: Policy) -> None:
        """Choose a policy, as a click does."""
        self.radios[policy].click()

    def done(self, result: int) -> None:
        self._tasks.stop()
        self.table.array_model.stop()
        super().done(result)

    # Composition

    def _fill_boxes(self) -> None:
        workspace, question = self._workspace, self._question
        first = set(question.offered)
        ordered = sorted(workspace.territories, key=lambda each: each.id not in first)
        for territory in ordered:
            if not territory.is_locked:
                icon = self._chips[territory.color_index]
                self.territory_box.addItem(icon, territory.name, int(territory.id))
        if question.territory is not None:
            at = self.territory_box.findData(int(question.territory))
            self.territory_box.setCurrentIndex(max(0, at))
        for measure in workspace.account_measures:
            self.measure_box.addItem(measure.name, int(measure.id))
        main = self.measure_box.findData(int(workspace.main_account_measure.id))
        self.measure_box.setCurrentIndex(max(0, main))

    def _compose(self) -> None:
        lines = []
        for policy in Policy:
            radio = QRadioButton(title(policy, is_gap=self._question.is_gap))
            words = hint(policy, is_gap=self._question.is_gap)
            radio.setAccessibleDescription(words)
            radio.setMinimumWidth(190)
            self._group.addButton(radio)
            self.radios[policy] = radio
            by_hand = policy is Policy.BY_HAND
            lines.append(row(radio, self.territory_box if by_hand else label(words, "muted"), None))
        self.setLayout(
            column(
                label("Give each to"),
                *lines,
                row(label("Territories are compared by"), self.measure_box, None),
                self.decided,
                self.balance,
                self.table,
                row(None, button("Cancel", self.reject), self.settle_button),
                margin=18,
                gap=10,
            )
        )
        self.resize(760, 600)

    # Working out

    def _on_territory(self) -> None:
        self.radios[Policy.BY_HAND].setChecked(True)
        self._start()

    def _start(self) -> None:
        self._number += 1
        number, choice = self._number, self.choice()
        self.worked_out = None
        self.settle_button.setEnabled(False)
        self.decided.setText("Working out what that does…")
        self.balance.setText("")

        def show(worked_out: WorkedOut) -> None:
            if number == self._number:
                self._show(worked_out, choice.measure)

        def fail(problem: AppError) -> None:
            if number == self._number:
                self.decided.setText(problem.text)

        def work(context: TaskContext) -> WorkedOut:
            def check() -> None:
                if context.cancelled():
                    raise TaskCancelled

            return self._work_out(choice, check)

        self._tasks.cancel()
        self._tasks.run(Task("Settling", work, show, fail))

    def _show(self, worked_out: WorkedOut, measure: MeasureId) -> None:
        self.worked_out = worked_out
        settlement, effect = worked_out.settlement, worked_out.effect
        self.decided.setText(decided_sentence(settlement))
        self.settle_button.setText(f"Settle {count(settlement.decided_count)}")
        self.settle_button.setEnabled(settlement.decided_count > 0)
        workspace = self._workspace
        tolerance = workspace.settings.tolerance_fraction
        name = workspace.measure(measure).name
        self.balance.setText(balance_sentence(effect, tolerance, name) if effect else "")
        told = effect.territories if effect else ()
        self.table.array_model.set_columns(self._columns(told, measure))

    def _columns(self, told: tuple[SettledTerritory, ...], measure: MeasureId) -> list[ArrayColumn]:
        workspace = self._workspace
        kind = workspace.measure(measure).kind
        shown = [workspace.territory(each.territory_id) for each in told]
        icons = [self._chips[territory.color_index] for territory in shown]

        def numbers(
            key: str,
            title: str,
            values: list[float | None],
            formatted: Callable[[float], str],
            width: int = 100,
        ) -> ArrayColumn:
            cells = np.array([np.nan if value is None else value for value in values], dtype=float)
            return ArrayColumn(key, title, cells, CellKind.NUMBER, formatted, width=width)

        def value(number: float) -> str:
            return measure_value(number, kind)

        return [
            ArrayColumn(
                "territory",
                "Territory",
                np.array([territory.name for territory in shown], dtype=object),
                width=160,
                decoration=lambda at: icons[at],
            ),
            numbers(
                "change", "Accounts", [float(t.account_change) for t in told], change_words, 80
            ),
            numbers("before", "Now", [t.total_before for t in told], value, 116),
            numbers("after", "Then", [t.total_after for t in told], value, 116),
            numbers(
                "off", "Deviation now", [t.deviation_before for t in told], signed_percent, 112
            ),
            numbers(
                "then", "Deviation then", [t.deviation_after for t in told], signed_percent, 112
            ),
        ]

    def _accept(self) -> None:
        if self.worked_out is not None:
            self.chosen.emit(self.worked_out.settlement)
        self.accept()
