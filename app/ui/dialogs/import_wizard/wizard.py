# SPDX-License-Identifier: MIT
"""The import window: four steps, each of which can be gone back from without losing choices."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QWidget

from app.models.errors import AppError, TaskCancelled
from app.services.exporting.left_out import write_left_out
from app.services.geography.placement import place
from app.services.importing.commands import import_command
from app.services.importing.current import CurrentPlan, read_current_plan
from app.services.importing.draft import ImportDraft
from app.services.importing.drafting import prepare
from app.services.importing.fields import TableKind
from app.services.importing.guessing import guess_mapping
from app.services.importing.mapping import Mapping
from app.services.importing.readers import read_table
from app.services.importing.table import ImportedTable, ReadOptions
from app.ui.dialogs.import_wizard.check_page import CheckPage
from app.ui.dialogs.import_wizard.columns_page import ColumnsPage
from app.ui.dialogs.import_wizard.file_page import FilePage
from app.ui.dialogs.import_wizard.result_page import ResultPage
from app.ui.dialogs.message import show_problem
from app.ui.formats import plural
from app.ui.parts import button, column, hairline, row
from app.ui.session import EditSession
from app.ui.tasks import Task, TaskContext, TaskRunner
from app.ui.widgets.progress_overlay import ProgressOverlay
from app.ui.widgets.step_bar import StepBar

FILE_FILTER = "Spreadsheets (*.csv *.txt *.tsv *.xlsx *.xls *.ods *.gz);;All files (*)"
_FILE, _COLUMNS, _CHECK, _RESULT = range(4)


class ImportWizard(QDialog):
    """Reads a file, guesses its columns, shows what would happen, and does it as one edit.

    Args:
        session: The open plan.
        folder: Where the file dialog starts.
        parent: The window.

    Signals:
        build_requested: The user wants to build territories next.
        imported: The `ImportDraft` that was written.
    """

    build_requested = Signal()
    imported = Signal(object)

    def __init__(
        self, session: EditSession, folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import")
        self.resize(980, 640)
        self._session = session
        self._folder = folder or Path.home()
        self._path: Path | None = None
        self._table: ImportedTable | None = None
        self._current = CurrentPlan.empty()
        self._mapping: Mapping | None = None
        self._draft: ImportDraft | None = None
        self.tasks = TaskRunner(self)
        self.steps = StepBar(("File", "Columns", "Check", "Result"))
        self.file_page, self.columns_page = FilePage(), ColumnsPage()
        self.check_page, self.result_page = CheckPage(), ResultPage()
        self.pages = QStackedWidget()
        for page in (self.file_page, self.columns_page, self.check_page, self.result_page):
            self.pages.addWidget(page)
        self.back = button("Back", self.go_back)
        self.cancel = button("Cancel", self.reject)
        self.next = button("Continue", self.go_on, kind="primary")
        self.next.setDefault(True)
        foot = row(self.cancel, None, self.back, self.next, margin=(20, 12, 20, 16))
        top = column(self.steps, margin=(20, 16, 20, 8))
        middle = column(margin=(20, 8, 20, 12))
        middle.addWidget(self.pages, 1)
        outer = column(top, gap=0)
        outer.addLayout(middle, 1)
        outer.addWidget(hairline())
        outer.addLayout(foot)
        self.setLayout(outer)
        self.progress = ProgressOverlay(self)
        self._connect()
        self._show_step(_FILE)

    # Steps

    def open_file(self, path: Path) -> None:
        """Read a file; where that works, the columns are shown next."""
        self._path = path
        self._read(ReadOptions(), next_step=_COLUMNS)

    def go_on(self) -> None:
        """The next step."""
        step = self.pages.currentIndex()
        if step == _FILE:
            self._show_step(_COLUMNS)
        elif step == _COLUMNS:
            self._prepare()
        elif step == _CHECK:
            self._write()
        else:
            self.accept()

    def go_back(self) -> None:
        """The step before; every choice stays."""
        self._show_step(max(_FILE, self.pages.currentIndex() - 1))

    def choose_file(self) -> None:
        """Ask for a file."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, "Import a spreadsheet", str(self._folder), FILE_FILTER
        )
        if chosen:
            self._folder = Path(chosen).parent
            self.open_file(Path(chosen))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.tasks.stop()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self.tasks.stop()
        super().done(result)

    # Work

    def _connect(self) -> None:
        self.tasks.started.connect(self.progress.start)
        self.tasks.progressed.connect(self._on_progress)
        self.tasks.finished.connect(self.progress.finish)
        self.progress.cancelled.connect(self.tasks.cancel)
        self.file_page.choose_requested.connect(self.choose_file)
        self.file_page.file_dropped.connect(self.open_file)
        self.file_page.options_changed.connect(lambda options: self._read(options, _FILE))
        self.columns_page.mapping_changed.connect(self._take_mapping)
        self.columns_page.kind_changed.connect(self._on_kind)
        self.check_page.save_left_out_requested.connect(self._save_left_out)
        self.result_page.undo_requested.connect(self._on_undo)
        self.result_page.more_requested.connect(self.choose_file)
        self.result_page.build_requested.connect(self._on_build)

    def _read(self, options: ReadOptions, next_step: int) -> None:
        path, rows = self._path, self._session.workspace.document.store.rows
        if path is None:
            return

        def work(context: TaskContext) -> tuple[ImportedTable, CurrentPlan, Mapping]:
            table = read_table(path, options, context.progress, context.cancelled)
            context.progress(-1, "Recognising the columns")
            current = read_current_plan(rows)
            return table, current, guess_mapping(table, current)

        def done(found: tuple[ImportedTable, CurrentPlan, Mapping]) -> None:
            self._table, self._current, mapping = found
            self.file_page.show_table(path, self._table)
            self._take_mapping(mapping)
            self._show_step(next_step)

        self.tasks.run(Task(f"Reading {path.name}", work, done, self._on_failed))

    def _on_kind(self, kind: TableKind) -> None:
        if self._table is not None:
            self._take_mapping(guess_mapping(self._table, self._current, kind))

    def _take_mapping(self, mapping: Mapping) -> None:
        self._mapping = mapping
        if self._table is not None:
            self.columns_page.show_mapping(mapping, len(self._table))
        self._refresh_buttons()

    def _prepare(self) -> None:
        table, mapping, current = self._table, self._mapping, self._current
        if table is None or mapping is None:
            return
        placer = partial(place, self._session.workspace.geography)

        def work(context: TaskContext) -> ImportDraft:
            return prepare(table, mapping, current, placer, context.progress, context.cancelled)

        def done(draft: ImportDraft) -> None:
            self._draft = draft
            self.check_page.show_draft(draft)
            self._show_step(_CHECK)

        self.tasks.run(Task(f"Checking {table.file_name}", work, done, self._on_failed))

    def _write(self) -> None:
        draft = self._draft
        if draft is None:
            return
        command = import_command(draft)

        def work(context: TaskContext) -> object:
            context.progress(-1, "Backing up the plan")
            self._session.workspace.back_up("import")
            context.progress(-1, "Writing")
            return self._session.workspace.run(command)

        def done(changes: object) -> None:
            self._session.announce(changes, self)  # type: ignore[arg-type]
            has_owners = bool(draft.owners.met or draft.owners.unmet)
            self.result_page.show_done(draft, has_owners=has_owners)
            self._show_step(_RESULT)
            self.imported.emit(draft)

        self.tasks.run(Task(command.label, work, done, self._on_failed))

    def _save_left_out(self) -> None:
        if self._draft is None or self._table is None or self._path is None:
            return
        suggested = str(self._path.with_name(f"{self._path.stem} left out.csv"))
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Save the rows that are left out", suggested, "CSV (*.csv)"
        )
        if not chosen:
            return
        try:
            write_left_out(Path(chosen), self._table, self._draft.skipped_rows)
        except AppError as error:
            show_problem(error, self)

    # Reacting

    def _show_step(self, step: int) -> None:
        self.pages.setCurrentIndex(step)
        self.steps.set_current(step)
        self._refresh_buttons()

    def _refresh_buttons(self) -> None:
        step = self.pages.currentIndex()
        self.back.setVisible(step in (_COLUMNS, _CHECK))
        self.cancel.setVisible(step != _RESULT)
        self.next.setText("Continue")
        self.next.setEnabled(self._table is not None)
        begins = step == _FILE and self._table is None
        (self.file_page.choose if begins else self.next).setDefault(True)
        if step == _COLUMNS:
            self.next.setEnabled(self._mapping is not None and self._mapping.has_identity)
        elif step == _CHECK and self._draft is not None:
            tally = self._draft.tally
            amount = tally.added + tally.updated
            is_accounts = self._draft.kind is TableKind.ACCOUNTS
            one, many = ("account", "accounts") if is_accounts else ("rep", "reps")
            self.next.setText(f"Import {plural(amount, one, many)}")
            self.next.setEnabled(tally.has_effect)
        elif step == _RESULT:
            self.next.setText("Done")

    def _on_progress(self, fraction: float, text: str) -> None:
        self.progress.set_progress(fraction if fraction >= 0 else None, text)

    def _on_failed(self, error: AppError) -> None:
        if not isinstance(error, TaskCancelled):
            show_problem(error, self)

    def _on_undo(self) -> None:
        self._session.undo()
        self.result_page.show_undone()

    def _on_build(self) -> None:
        self.accept()
        self.build_requested.emit()
