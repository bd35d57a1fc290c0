# SPDX-License-Identifier: MIT
"""All rows with the same problem, as one card."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.services.importing.draft import Problem
from app.ui.fonts import CAPTION
from app.ui.parts import button, column, label, row
from app.ui.theme import set_kind
from app.ui.widgets.icon_label import IconLabel


class ProblemCard(QFrame):
    """What was found, what the import does about it, what the user can do, and examples.

    Signals:
        repair_requested: The `Problem` that the user wants to mend here.
        sheet_requested: The `Problem` whose rows the user wants to mend in a sheet.
    """

    repair_requested = Signal(object)
    sheet_requested = Signal(object)

    def __init__(self, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "card")
        sentence = problem.sentence if problem.sentence.endswith(".") else f"{problem.sentence}."
        tag = label("Left out", "tag", size=CAPTION)
        if not problem.is_skipped:  # shown before it has a parent, it would be a window
            tag.hide()
        self._examples = label("\n".join(problem.examples), "muted", size=CAPTION, wraps=True)
        self._examples.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._examples.hide()
        self._toggle = button("Show examples", self._on_toggled, kind="link")
        if not problem.examples:
            self._toggle.hide()
        self.repair = button(
            "Repair…", lambda: self.repair_requested.emit(problem), icon_name="edit"
        )
        self.repair.setAccessibleName(f"Repair: {sentence}")
        if problem.repair is None:
            self.repair.hide()
        title = row(label(sentence, semibold=True, wraps=True), tag)
        title.setStretch(0, 1)
        title.setAlignment(tag, Qt.AlignmentFlag.AlignTop)
        words = column(title, gap=2)
        for part in (problem.effect, problem.remedy):
            if part:
                words.addWidget(label(part, "muted", wraps=True))
        self.sheet = button(
            "Save these rows…", lambda: self.sheet_requested.emit(problem), kind="link"
        )
        if not problem.rows:
            self.sheet.hide()
        words.addLayout(row(self._toggle, self.sheet, None, gap=16))
        words.addWidget(self._examples)
        name, tint = ("warning", "warning") if problem.is_skipped else ("info", "accent")
        line = row(margin=12, gap=12)
        line.addWidget(IconLabel(name, tint, 20), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self.repair, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.setAccessibleName(sentence)

    def _on_toggled(self) -> None:
        is_open = not self._examples.isVisible()
        self._examples.setVisible(is_open)
        self._toggle.setText("Hide examples" if is_open else "Show examples")
