# SPDX-License-Identifier: MIT
"""The import window: four steps, each of which can be gone back from without losing choices."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QWidget

from app.models.errors import AppError, ImportProblem, TaskCancelled
from app.services.exporting.left_out import write_repair_sheet
from app.services.importing.commands import import_command
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import GoneChoice, ImportDraft, Problem
from app.services.importing.fields import TableKind
from app.services.importing.guessing import guess_mapping
from app.services.importing.job import TableInHand
from app.services.importing.mapping import Mapping
from app.services.importing.repairs import Repairs
from app.services.importing.table import ReadOptions, Watch
from app.services.store.store import Store
from app.ui.dialogs.import_wizard import reading
from app.ui.dialogs.import_wizard.check_page import CheckPage
from app.ui.dialogs.import_wizard.columns_page import ColumnsPage
from app.ui.dialogs.import_wizard.file_page import FilePage
from app.ui.dialogs.import_wizard.hands import Hands, rows_to_repair
from app.ui.dialogs.import_wizard.repair_dialog import RepairDialog
from app.ui.dialogs.import_wizard.result_page import ResultPage, done_words
from app.ui.dialogs.message import show_problem
from app.ui.file_kinds import SHEET_FILTER
from app.ui.parts import button, column, hairline, row
from app.ui.session import EditSession
from app.ui.tasks import Task, TaskContext, TaskRunner
from app.ui.widgets.progress_overlay import ProgressOverlay
from app.ui.widgets.step_bar import StepBar

SHEET_CHOICE = "Excel workbook (*.xlsx);;CSV (*.csv)"
_FILE, _COLUMNS, _CHECK, _RESULT = range(4)


class ImportWizard(QDialog):
    """Reads files, guesses their columns, shows what would happen, and does it as one edit.

    Args:
        session: The open plan.
        folder: Where the file dialog starts.
        parent: The window.

    Signals:
        build_requested, health_requested: What the user wants to do next.
        imported: The list of every `ImportDraft` that was written.
    """

    build_requested = Signal()
    health_requested = Signal()
    imported = Signal(object)

    def __init__(
        self, session: EditSession, folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import")
        self.resize(980, 640)
        self._session = session
        self._folder = folder or Path.home()
        self._current = CurrentPlan.empty()
        self.hands = Hands()
        self._drafts: dict[int, ImportDraft] = {}
        self.tasks = TaskRunner(self)
        self.steps = StepBar(("Files", "Columns", "Check", "Result"))
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

    # Bringing tables in

    def open_file(self, path: Path) -> None:
        """Read a file; where that works, the columns are shown next."""
        self.open_paths((path,))

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Read files and folders; with one table its columns are shown next."""
        store, in_hand = self._store, self.hands.tables

        def work(context: TaskContext) -> reading.Gathered:
            return reading.gather(paths, in_hand, store, context)

        names = ", ".join(path.name for path in paths[:2])
        self.tasks.run(Task(f"Reading {names}", work, self._take_gathered, self._on_failed))

    def paste(self) -> None:
        """Take the cells in hand that are in the clipboard."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            error = ImportProblem(
                "There are no cells in the clipboard.",
                meaning="Nothing was imported.",
                remedy="Select cells in your spreadsheet, copy them with Ctrl+C, and come back.",
            )
            show_problem(error, self)
            return
        store, in_hand = self._store, self.hands.tables

        def work(context: TaskContext) -> reading.Gathered:
            return reading.gather_pasted(text, in_hand, store, context)

        def done(found: reading.Gathered) -> None:
            self.hands.remember_text(found.tables[-1].number, text)
            self._take_gathered(found)

        self.tasks.run(Task("Reading the pasted cells", work, done, self._on_failed))

    def choose_files(self) -> None:
        """Ask for files."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self, "Import files", str(self._folder), SHEET_FILTER
        )
        if chosen:
            self._folder = Path(chosen[0]).parent
            self.open_paths([Path(name) for name in chosen])

    def choose_folder(self) -> None:
        """Ask for a folder."""
        chosen = QFileDialog.getExistingDirectory(self, "Import a folder", str(self._folder))
        if chosen:
            self._folder = Path(chosen)
            self.open_paths([Path(chosen)])

    # Steps

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self.pages.currentIndex() == _FILE:
            self.paste()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.tasks.stop()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self.tasks.stop()
        super().done(result)

    # Work

    @property
    def _store(self) -> Store:
        return self._session.workspace.document.store

    def _take_gathered(self, found: reading.Gathered) -> None:
        self._current = found.current
        had = len(self.hands)
        self.hands.take(found.tables)
        self._show_tables()
        is_only = len(self.hands) == 1 and not had
        self._show_step(_COLUMNS if is_only else _FILE)
        for problem in found.problems[:1]:
            show_problem(problem, self)

    def _read_again(self, options: ReadOptions) -> None:
        hand, text, current = self.hands.chosen, self.hands.chosen_text, self._current
        if hand is None:
            return

        def work(context: TaskContext) -> TableInHand:
            return reading.read_again(hand, options, text, current, context)

        def done(read: TableInHand) -> None:
            self.hands.put(read)
            self._show_tables()

        self.tasks.run(Task(f"Reading {hand.name}", work, done, self._on_failed))

    def _on_kind(self, kind: TableKind) -> None:
        hand, current = self.hands.chosen, self._current
        if hand is None:
            return

        def work(context: TaskContext) -> Mapping:
            context.progress(-1, "Recognising the columns")
            return guess_mapping(hand.table, current, kind)

        self.tasks.run(Task("Recognising", work, self._take_mapping, self._on_failed))

    def _take_mapping(self, mapping: Mapping) -> None:
        if self.hands.chosen is not None:
            self.hands.put(replace(self.hands.chosen, mapping=mapping))
            self._show_tables()

    def _prepare(self) -> None:
        tables, store = self.hands.tables, self._store
        geography = self._session.workspace.geography

        def work(context: TaskContext) -> dict[int, ImportDraft]:
            return reading.prepare_tables(tables, store, geography, context)

        def done(drafts: dict[int, ImportDraft]) -> None:
            self._drafts = drafts
            self.check_page.show_drafts(tables, drafts)
            self._show_step(_CHECK)

        self.tasks.run(Task("Checking", work, done, self._on_failed))

    def _write(self) -> None:
        drafts = [*self._drafts.values()]
        if not drafts:
            return

        def work(context: TaskContext) -> object:
            context.progress(-1, "Backing up the plan")
            self._session.workspace.back_up("import")
            watch = Watch(context.progress, context.cancelled)
            return self._session.workspace.run(import_command(*drafts, watch=watch))

        def done(changes: object) -> None:
            self._session.announce(changes, self)  # type: ignore[arg-type]
            has_owners = any(draft.owners.met or draft.owners.unmet for draft in drafts)
            self.result_page.show_done(drafts, has_owners=has_owners)
            self._show_step(_RESULT)
            self.imported.emit(drafts)

        self.tasks.run(Task(import_command(*drafts).label, work, done, self._on_failed))

    # Repairs

    def _repair(self, number: int, problem: Problem) -> None:
        hand = self.hands.get(number)
        if hand is None or problem.repair is None:
            return
        header = problem.repair.header
        dialog = RepairDialog(problem, hand.repairs.by_value.get(header, {}), self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            repairs = hand.repairs.with_values(header, dialog.replacements())
            self._put_and_prepare(replace(hand, repairs=repairs))
        dialog.deleteLater()

    def _save_sheet(self, number: int) -> None:
        hand, draft = self.hands.get(number), self._drafts.get(number)
        if hand is None or draft is None:
            return
        folder = hand.path.parent if hand.path else self._folder
        suggested = str(folder / f"{Path(hand.table.file_name).stem} to repair.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Save the rows to repair", suggested, SHEET_CHOICE
        )
        if not chosen:
            return
        try:
            write_repair_sheet(Path(chosen), hand.table, rows_to_repair(draft))
        except AppError as error:
            show_problem(error, self)

    def _bring_sheet_back(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, "The sheet with the mended rows", str(self._folder), SHEET_FILTER
        )
        if chosen:
            self._open_sheet(Path(chosen))

    def _open_sheet(self, path: Path) -> None:
        store, in_hand = self._store, self.hands.tables

        def work(context: TaskContext) -> reading.Gathered:
            return reading.gather((path,), in_hand, store, context)

        def done(found: reading.Gathered) -> None:
            if len(found.tables) > len(in_hand):
                error = ImportProblem(
                    f"{path.name} mends none of these tables.",
                    meaning="Nothing was changed.",
                    remedy="Choose the sheet that was saved here, with all of its columns.",
                )
                show_problem(error, self)
                return
            self.hands.take(found.tables)
            self._prepare()

        self.tasks.run(Task(f"Reading {path.name}", work, done, self._on_failed))

    def _on_choice(self, number: int, choice: object) -> None:
        hand = self.hands.get(number)
        if hand is None:
            return
        if isinstance(choice, GoneChoice):
            self._put_and_prepare(replace(hand, gone=choice))
        else:
            self._put_and_prepare(replace(hand, takes_file=bool(choice)))

    def _forget_repairs(self, number: int) -> None:
        hand = self.hands.get(number)
        if hand is not None:
            self._put_and_prepare(replace(hand, repairs=Repairs()))

    def _put_and_prepare(self, hand: TableInHand) -> None:
        self.hands.put(hand)
        self._prepare()

    # Reacting

    def _connect(self) -> None:
        self.tasks.started.connect(self.progress.start)
        self.tasks.progressed.connect(self._on_progress)
        self.tasks.finished.connect(self.progress.finish)
        self.progress.cancelled.connect(self.tasks.cancel)
        files, check, result = self.file_page, self.check_page, self.result_page
        files.choose_requested.connect(self.choose_files)
        files.folder_requested.connect(self.choose_folder)
        files.paste_requested.connect(self.paste)
        files.files_dropped.connect(self.open_paths)
        files.options_changed.connect(self._read_again)
        files.table_chosen.connect(self._on_table)
        files.table_included.connect(self._on_included)
        files.table_removed.connect(self._on_removed)
        self.columns_page.table_chosen.connect(self._on_table)
        self.columns_page.mapping_changed.connect(self._take_mapping)
        self.columns_page.kind_changed.connect(self._on_kind)
        check.repair_requested.connect(self._repair)
        check.sheet_requested.connect(self._save_sheet)
        check.sheet_back_requested.connect(lambda _number: self._bring_sheet_back())
        check.choice_changed.connect(self._on_choice)
        check.repairs_forgotten.connect(self._forget_repairs)
        result.undo_requested.connect(self._on_undo)
        result.more_requested.connect(self._on_more)
        result.build_requested.connect(lambda: self._leave_for(self.build_requested))
        result.health_requested.connect(lambda: self._leave_for(self.health_requested))

    def _on_table(self, number: int) -> None:
        self.hands.choose(number)
        self._show_tables()

    def _on_included(self, number: int, is_included: bool) -> None:
        hand = self.hands.get(number)
        if hand is not None:
            self.hands.put(replace(hand, is_included=is_included))
            self._show_tables()

    def _on_removed(self, number: int) -> None:
        self.hands.remove(number)
        self._show_tables()

    def _show_tables(self) -> None:
        self.file_page.show_tables(self.hands.tables, self.hands.number)
        self.columns_page.show_tables(self.hands.tables, self.hands.included_number)
        self._refresh_buttons()

    def _show_step(self, step: int) -> None:
        if step == _COLUMNS:
            self.hands.choose(self.hands.included_number)
            self._show_tables()
        self.pages.setCurrentIndex(step)
        self.steps.set_current(step)
        self._refresh_buttons()

    def _refresh_buttons(self) -> None:
        step = self.pages.currentIndex()
        self.back.setVisible(step in (_COLUMNS, _CHECK))
        self.cancel.setVisible(step != _RESULT)
        self.next.setText("Continue")
        self.next.setEnabled(self.hands.has_included)
        begins = step == _FILE and not len(self.hands)
        (self.file_page.choose if begins else self.next).setDefault(True)
        if step == _COLUMNS:
            self.next.setEnabled(self.hands.is_ready)
        elif step == _CHECK:
            drafts = [*self._drafts.values()]
            self.next.setText(f"Import {done_words(drafts)}")
            self.next.setEnabled(any(draft.has_effect for draft in drafts))
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

    def _on_more(self) -> None:
        """Start afresh: what was imported is done."""
        self.hands, self._drafts = Hands(), {}
        self._show_tables()
        self._show_step(_FILE)
        self.choose_files()

    def _leave_for(self, wanted: object) -> None:
        self.accept()
        wanted.emit()  # type: ignore[attr-defined]
