# SPDX-License-Identifier: MIT
"""What the user puts instead of cells at fault: once for all rows that hold the same."""

from collections.abc import Mapping

from PySide6.QtWidgets import QDialog, QWidget

from app.services.importing.draft import Problem
from app.services.importing.repairs import MOST_VALUES, Repair
from app.ui.dialogs.import_wizard.repair_table import RepairModel, RepairTable
from app.ui.fonts import HEADING
from app.ui.formats import plural
from app.ui.parts import button, column, label, row


class RepairDialog(QDialog):
    """One line per value; a suggestion is offered beside it, and counts only once it is taken.

    Args:
        problem: What is mended.
        repair: Its values and what can be chosen.
        chosen: What was put for these values before.
        parent: The import window.
    """

    def __init__(
        self,
        problem: Problem,
        repair: Repair,
        chosen: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Repair")
        self.resize(760, 480)
        self.model = RepairModel(repair, chosen, self)
        self.table = RepairTable(self.model, repair.options)
        suggested = self.model.suggestion_count()
        self.take_all = button(
            f"Take {plural(suggested, 'suggestion', 'suggestions')}",
            self.model.take_all,
            icon_name="check",
        )
        self.take_all.setVisible(suggested > 0)
        self.apply = button("Apply", self.accept, kind="primary")
        self.apply.setDefault(True)
        words = "What you leave empty stays as it is."
        if len(repair.values) == MOST_VALUES:
            words += " More values than these are easier mended in a sheet."
        foot = row(self.take_all, None, button("Cancel", self.reject), self.apply)
        sentence = label(problem.sentence, size=HEADING, semibold=True, wraps=True)
        outer = column(sentence, margin=20, gap=12)
        outer.addWidget(self.table, 1)
        outer.addWidget(label(words, "muted", wraps=True))
        outer.addLayout(foot)
        self.setLayout(outer)
        self.table.setFocus()

    def accept(self) -> None:
        self.table.commit_open_field()
        super().accept()

    def replacements(self) -> dict[str, str]:
        """What replaces each value; one that is left as it is replaces itself."""
        return self.model.replacements()
