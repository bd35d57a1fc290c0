# SPDX-License-Identifier: MIT
"""What becomes of the figures of accounts that are merged."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from app.models.ids import AccountId, MeasureId
from app.models.measure import Measure
from app.services.duplicates.merging import MeasureRule, MergeFacts, MergeProposal, merged_value
from app.ui.fonts import tabular_font
from app.ui.formats import NOTHING, measure_value
from app.ui.parts import label

_RULE_WORDS = {
    MeasureRule.SUM: "Add up",
    MeasureRule.LARGEST: "Largest",
    MeasureRule.KEEP: "Keep one",
}
_RULE_WIDTH = 110
_MOST_VALUES = 4
"""More values of one measure are not written out."""


class MergeMeasures(QWidget):
    """One row per measure: the values, the rule, the result. Equal values need no rule.

    Signals:
        changed(): Another rule was chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: MergeFacts | None = None
        self._parts: list[QWidget] = []
        self._rules: dict[MeasureId, QComboBox] = {}
        self._results: dict[MeasureId, tuple[Measure, QLabel, QLabel]] = {}
        self._members: tuple[AccountId, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, 92)
        self._grid.setColumnMinimumWidth(3, 72)
        self._grid.setColumnStretch(4, 1)

    def show_accounts(self, facts: MergeFacts, proposal: MergeProposal, *, can_edit: bool) -> None:
        """Show the measures of which an account has a value."""
        for part in self._parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._facts = facts
        self._parts, self._rules, self._results = [], {}, {}
        for measure in facts.measures:
            if any(facts.values[measure.id]):
                self._add(measure, proposal.rules[measure.id], can_edit=can_edit)
        self.setVisible(bool(self._rules))

    def set_members(self, members: tuple[AccountId, ...]) -> None:
        """Say which accounts are merged, the one that stays first."""
        self._members = members
        for measure_id, (measure, values, result) in self._results.items():
            amounts = self._amounts(measure_id)
            written = [_written(value, measure) for value in amounts]
            more = len(written) - _MOST_VALUES
            words = "  ·  ".join(written[:_MOST_VALUES]) + (
                f"  and {more} more" if more > 0 else ""
            )
            values.setText(words)
            rule = self.rules()[measure_id]
            result.setText(_written(merged_value(amounts, rule), measure))
            result.setAccessibleName(f"{measure.name} after merging: {result.text()}")
            # Equal values, or only one: whatever the rule, unless it adds up.
            self._rules[measure_id].setVisible(sum(value is not None for value in amounts) > 1)

    def rules(self) -> dict[MeasureId, MeasureRule]:
        """The rule of each measure."""
        return {measure: MeasureRule(box.currentData()) for measure, box in self._rules.items()}

    def rule_box(self, measure: MeasureId) -> QComboBox:
        """The choice of a measure's rule."""
        return self._rules[measure]

    def result_text(self, measure: MeasureId) -> str:
        """What a measure becomes, as shown."""
        return self._results[measure][2].text()

    def _add(self, measure: Measure, rule: MeasureRule, *, can_edit: bool) -> None:
        line = len(self._rules)
        box = QComboBox()
        box.setFixedWidth(_RULE_WIDTH)
        box.setAccessibleName(f"How to merge {measure.name}")
        for option, words in _RULE_WORDS.items():
            box.addItem(words, option.value)
        box.setCurrentIndex(box.findData(rule.value))
        box.setEnabled(can_edit)
        box.currentIndexChanged.connect(lambda _at: self._on_rule())
        values, result = label(), label(semibold=True)
        for figures in (values, result):
            figures.setFont(tabular_font(figures.font()))
        result.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for place, part in enumerate((label(measure.name, "muted"), values, box, result)):
            self._parts.append(part)
            self._grid.addWidget(part, line, place)
        self._rules[measure.id] = box
        self._results[measure.id] = (measure, values, result)

    def _amounts(self, measure: MeasureId) -> list[float | None]:
        if self._facts is None:
            return []
        value_by_account = dict(
            zip((a.id for a in self._facts.accounts), self._facts.values[measure], strict=True)
        )
        return [value_by_account[member] or None for member in self._members]

    def _on_rule(self) -> None:
        self.set_members(self._members)
        self.changed.emit()


def _written(value: float | None, measure: Measure) -> str:
    return NOTHING if value is None else measure_value(value, measure.kind)
