# SPDX-License-Identifier: MIT
"""What the user puts instead of cells at fault: once for all rows that hold the same."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QGridLayout,
    QScrollArea,
    QWidget,
)

from app.services.importing.draft import Problem
from app.services.importing.repairs import Repair, RepairValue
from app.ui.fonts import CAPTION, HEADING
from app.ui.formats import plural
from app.ui.parts import button, column, label, row
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.icon_label import IconLabel

_MOST_SHOWN = 100
_RAW_WIDTH = 200
_EMPTY = "(empty)"


class RepairDialog(QDialog):
    """One line per value: what the file says, in how many rows, and what is meant.

    A suggestion is offered beside the line, and counts only once it is taken.

    Args:
        problem: What is mended; it has a repair.
        chosen: What was put for these values before.
        parent: The import window.
    """

    def __init__(
        self, problem: Problem, chosen: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        assert problem.repair is not None  # noqa: S101 the card offers no dialog without one
        self._repair: Repair = problem.repair
        self.setWindowTitle("Repair")
        self.resize(720, 480)
        self.fields: dict[str, QComboBox] = {}
        self._suggestions: dict[str, str] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, _RAW_WIDTH)
        grid.setColumnStretch(2, 1)
        for place, caption in enumerate(("In the file", "", f"{self._repair.label} to use", "")):
            grid.addWidget(label(caption, "muted", size=CAPTION), 0, place)
        for line, value in enumerate(self._repair.values[:_MOST_SHOWN], start=1):
            self._add_line(grid, line, value, chosen.get(value.raw, ""))
        inside = QWidget()
        inside.setLayout(column(grid, None, margin=(0, 0, 12, 0)))
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sentence = label(problem.sentence, size=HEADING, semibold=True, wraps=True)
        self.take_all = button(
            f"Take {plural(len(self._suggestions), 'suggestion', 'suggestions')}",
            self.take_suggestions,
            icon_name="check",
        )
        self.take_all.setVisible(bool(self._suggestions))
        self.apply = button("Apply", self.accept, kind="primary")
        self.apply.setDefault(True)
        left_over = len(self._repair.values) - _MOST_SHOWN
        more = label(
            f"{plural(left_over, 'more value', 'more values')} are easier mended in a sheet."
            if left_over > 0
            else "What you leave empty stays as it is.",
            "muted",
        )
        foot = row(self.take_all, None, button("Cancel", self.reject), self.apply)
        outer = column(sentence, margin=20, gap=12)
        outer.addWidget(scroll, 1)
        outer.addWidget(more)
        outer.addLayout(foot)
        self.setLayout(outer)

    def replacements(self) -> dict[str, str]:
        """What replaces each value; one that is left as it is replaces itself."""
        return {raw: field.currentText().strip() or raw for raw, field in self.fields.items()}

    def take_suggestions(self) -> None:
        """Put what is suggested into every line that is still empty."""
        for raw, suggestion in self._suggestions.items():
            if not self.fields[raw].currentText().strip():
                self.fields[raw].setEditText(suggestion)

    def _add_line(self, grid: QGridLayout, line: int, value: RepairValue, chosen: str) -> None:
        raw = ElidedLabel(value.raw or _EMPTY)
        rows = label(plural(value.count, "row", "rows"), "muted")
        field = QComboBox()
        field.setEditable(True)
        field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        field.addItems(["", *self._repair.options])
        field.setEditText(chosen)
        field.setAccessibleName(f"Instead of {value.raw or _EMPTY}")
        completer = field.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.fields[value.raw] = field
        grid.addWidget(raw, line, 0)
        grid.addLayout(row(rows, IconLabel("arrow_right", "muted", 14)), line, 1)
        grid.addWidget(field, line, 2)
        if value.suggestion:
            self._suggestions[value.raw] = value.suggestion
            take = button(value.suggestion, kind="link", icon_name="wand")
            take.setToolTip("Take this suggestion")
            take.setAccessibleName(f"Take {value.suggestion} for {value.raw}")
            take.clicked.connect(
                lambda _on=False, raw=value.raw, words=value.suggestion: self.fields[
                    raw
                ].setEditText(words)
            )
            grid.addWidget(take, line, 3)
