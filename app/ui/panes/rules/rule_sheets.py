# SPDX-License-Identifier: MIT
"""Rules from a sheet and into one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.models.errors import AppError
from app.models.ids import TerritoryId
from app.services.rules.names import RuleNames
from app.services.rules.rule_sheet import SheetRules, read_rule_file, read_rules, rules_table
from app.ui.dialogs.message import MessageDialog
from app.ui.formats import plural
from app.ui.panes.rules.rule_drafts import RuleDrafts
from app.ui.panes.rules.rule_watch import RuleWatch
from app.ui.session import EditSession
from app.ui.tasks import Task, TaskContext, TaskRunner

_FILTER = "Sheets (*.xlsx *.csv *.ods *.xls *.txt *.tsv);;All files (*)"
_SHOWN_PROBLEMS = 200


class RuleSheets(QObject):
    """Reads a file in the background and lets the user look at its rules before they count.

    Args:
        session: The open plan.
        drafts: Where the rules of a sheet go.
        watch: Knows the names of the plan's fields; before it does, nothing is asked.
        window: Over which windows open.

    Signals:
        table_requested(ExportTable): The sheet to save.
        taken(int): So many rules of a sheet wait to be applied.
    """

    table_requested = Signal(object)
    taken = Signal(int)

    def __init__(
        self, session: EditSession, drafts: RuleDrafts, watch: RuleWatch, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._drafts, self._window = session, drafts, window
        self._watch = watch
        self._tasks = TaskRunner(self)
        self.dialog: MessageDialog | None = None

    def export(self) -> None:
        """Ask for the sheet of the list to be saved."""
        if self._watch.names is not None:
            rules, territories = self._drafts.as_rules(), self._territories()
            self.table_requested.emit(rules_table(rules, self._watch.names, territories))

    def ask(self) -> None:
        """Let the user choose a file, and read it."""
        path, _ = QFileDialog.getOpenFileName(self._window, "Rules from a sheet", "", _FILTER)
        if path and self._watch.names is not None:
            self.read(Path(path), self._watch.names)

    def read(self, path: Path, names: RuleNames) -> None:
        """Read a file."""
        territories, present = self._territories(), self._session.workspace.state.rules

        def work(context: TaskContext) -> SheetRules:
            context.progress(-1, f"Reading {path.name}")
            return read_rules(read_rule_file(path), names, territories, present)

        self._tasks.run(
            Task(
                f"Reading {path.name}",
                work,
                lambda found: self._on_read(path.name, found),
                self._say,
            )
        )

    @property
    def is_busy(self) -> bool:
        """Whether a file is being read."""
        return self._tasks.is_busy

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self._tasks.stop()

    def _on_read(self, file: str, found: SheetRules) -> None:
        if not found.problems:
            self._take(file, found)
            return
        rows = plural(len(found.problems), "row", "rows")
        details = "\n".join(
            f"Row {problem.row}, {problem.column}: {problem.sentence}"
            for problem in found.problems[:_SHOWN_PROBLEMS]
        )
        usable = plural(len(found.drafts), "rule", "rules")
        error = AppError(
            f"{rows} of {file} could not be read.",
            meaning=f"Row {found.problems[0].row}: {found.problems[0].sentence}",
            remedy="Repair the rows and bring the sheet in again, or use the others alone.",
        )
        verbs = ("Cancel", f"Use {usable}") if found.drafts else ("Close",)
        self._ask_whether(error, verbs, details, lambda: self._take(file, found))

    def _ask_whether(
        self, error: AppError, verbs: tuple[str, ...], details: str, go_on: Callable[[], None]
    ) -> None:
        dialog = MessageDialog(error, verbs, details, self._window.window())
        self.dialog = dialog

        def closed() -> None:
            self.dialog = None
            if dialog.chosen == 1:
                go_on()
            dialog.deleteLater()

        dialog.finished.connect(closed)
        dialog.open()

    def _take(self, file: str, found: SheetRules) -> None:
        self._drafts.take(found.drafts, file)
        self.taken.emit(len(found.drafts))

    def _say(self, error: AppError) -> None:
        self._ask_whether(error, ("Close",), "", lambda: None)

    def _territories(self) -> dict[TerritoryId, str]:
        return {each.id: each.name for each in self._session.workspace.territories}
