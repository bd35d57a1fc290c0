# SPDX-License-Identifier: MIT
"""The import window: four steps, each of which can be gone back from without losing choices."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QWidget

from app.models.errors import AppError, ImportProblem
from app.services.importing.draft import GoneChoice, Problem
from app.services.importing.job import TableInHand
from app.services.importing.repairs import Repairs
from app.ui.dialogs.import_wizard.check_page import CheckPage
from app.ui.dialogs.import_wizard.columns_page import ColumnsPage
from app.ui.dialogs.import_wizard.file_page import FilePage
from app.ui.dialogs.import_wizard.hands import Hands
from app.ui.dialogs.import_wizard.repair_dialog import RepairDialog
from app.ui.dialogs.import_wizard.result_page import ResultPage, done_words
from app.ui.dialogs.import_wizard.work import ImportWork
from app.ui.dialogs.message import show_problem
from app.ui.file_kinds import SHEET_FILTER, dropped_paths
from app.ui.parts import button, column, hairline, row
from app.ui.session import EditSession
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
        build_requested: The user wants to build territories next.
        data_requested(str): The user wants to see a page about the data: "health" or "duplicates".
        imported: The list of every `ImportDraft` that was written.
    """

    build_requested = Signal()
    data_requested = Signal(str)
    imported = Signal(object)

    def __init__(
        self, session: EditSession, folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import")
        self.setAcceptDrops(True)
        self.resize(980, 640)
        self._folder = folder or Path.home()
        self.work = ImportWork(session, self)
        self.tasks = self.work.tasks
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
        self._connect_work()
        self._connect_pages()
        self._show_step(_FILE)

    @property
    def hands(self) -> Hands:
        """The tables of this import."""
        return self.work.hands

    # Bringing tables in

    def open_file(self, path: Path) -> None:
        """Read a file; where that works, the columns are shown next."""
        self.open_paths((path,))

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Read files and folders; with one table its columns are shown next."""
        self.work.bring(paths)

    def paste(self) -> None:
        """Take the cells in hand that are in the clipboard."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.work.bring_text(text)
            return
        error = ImportProblem(
            "There are no cells in the clipboard.",
            meaning="Nothing was imported.",
            remedy="Select cells in your spreadsheet, copy them with Ctrl+C, and come back.",
        )
        show_problem(error, self)

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
            self.work.check()
        elif step == _CHECK:
            self.work.write()
        else:
            self.accept()

    def go_back(self) -> None:
        """The step before; every choice stays."""
        self._show_step(max(_FILE, self.pages.currentIndex() - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        may_paste = self.pages.currentIndex() in (_FILE, _COLUMNS)
        if event.matches(QKeySequence.StandardKey.Paste) and may_paste:
            self.paste()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        is_done = self.pages.currentIndex() == _RESULT
        if not is_done and not self.tasks.is_busy and dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.open_paths(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.tasks.stop()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self.tasks.stop()
        super().done(result)

    # Composition

    def _connect_work(self) -> None:
        work = self.work
        self.tasks.started.connect(self.progress.start)
        self.tasks.progressed.connect(self._on_progress)
        self.tasks.finished.connect(self.progress.finish)
        self.progress.cancelled.connect(self.tasks.cancel)
        work.tables_changed.connect(self._show_tables)
        work.came_in.connect(self._on_came_in)
        work.checked.connect(self._on_checked)
        work.written.connect(self._on_written)
        work.undone.connect(self.result_page.show_undone)
        work.changes_found.connect(self.check_page.show_changes)
        work.sheet_saved.connect(self.check_page.show_saved)
        work.failed.connect(self._on_failed)

    def _connect_pages(self) -> None:
        files, columns = self.file_page, self.columns_page
        check, result = self.check_page, self.result_page
        files.choose_requested.connect(self.choose_files)
        files.folder_requested.connect(self.choose_folder)
        files.paste_requested.connect(self.paste)
        files.options_changed.connect(self.work.read_again)
        files.table_chosen.connect(self._on_table)
        files.table_included.connect(self._on_included)
        files.table_removed.connect(self._on_removed)
        columns.table_chosen.connect(self._on_table)
        columns.mapping_changed.connect(self.work.take_mapping)
        columns.kind_changed.connect(self.work.take_for)
        check.repair_requested.connect(self._repair)
        check.sheet_requested.connect(self._save_sheet)
        check.sheet_back_requested.connect(self._bring_sheet_back)
        check.choice_changed.connect(self._on_choice)
        check.repairs_forgotten.connect(self._forget_repairs)
        check.changes_wanted.connect(self.work.find_changes)
        result.undo_requested.connect(self.work.undo)
        result.more_requested.connect(self._on_more)
        result.build_requested.connect(self._on_build)
        result.data_requested.connect(self._on_data)

    # What the user does with the tables

    def _on_table(self, number: int) -> None:
        self.hands.choose(number)
        self._show_tables()

    def _on_included(self, number: int, is_included: bool) -> None:
        hand = self.hands.get(number)
        if hand is not None:
            self.work.put(replace(hand, is_included=is_included))

    def _on_removed(self, number: int) -> None:
        self.hands.remove(number)
        self._show_tables()

    def _on_more(self) -> None:
        """Start afresh: what was imported is done."""
        self.work.forget()
        self._show_step(_FILE)
        self.choose_files()

    # Repairs and choices

    def _repair(self, number: int, problem: Problem) -> None:
        hand = self.hands.get(number)
        repair = problem.repair
        if hand is None or repair is None:
            return
        header = repair.header
        dialog = RepairDialog(problem, repair, hand.repairs.by_value.get(header, {}), self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            repairs = hand.repairs.with_values(header, dialog.replacements())
            self._put_and_check(replace(hand, repairs=repairs))
        dialog.deleteLater()

    def _save_sheet(self, number: int, problem: Problem | None) -> None:
        hand = self.hands.get(number)
        if hand is None:
            return
        folder = hand.path.parent if hand.path else self._folder
        suggested = str(folder / f"{Path(hand.table.file_name).stem} to repair.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Save the rows to repair", suggested, SHEET_CHOICE
        )
        if chosen:
            self.work.save_sheet(number, problem, Path(chosen))

    def _bring_sheet_back(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, "The sheet with the mended rows", str(self._folder), SHEET_FILTER
        )
        if chosen:
            self.work.bring_sheet(Path(chosen))

    def _on_choice(self, number: int, choice: object) -> None:
        hand = self.hands.get(number)
        if hand is None:
            return
        if isinstance(choice, GoneChoice):
            self._put_and_check(replace(hand, gone=choice))
        else:
            self._put_and_check(replace(hand, takes_file=bool(choice)))

    def _forget_repairs(self, number: int) -> None:
        hand = self.hands.get(number)
        if hand is not None:
            self._put_and_check(replace(hand, repairs=Repairs()))

    def _put_and_check(self, hand: TableInHand) -> None:
        self.work.put(hand)
        self.work.check()

    # What the work tells

    def _on_came_in(self, count: int) -> None:
        if count:
            self._show_step(_COLUMNS if len(self.hands) == 1 else _FILE)
        elif self.pages.currentIndex() == _CHECK:
            self.work.check()

    def _on_checked(self) -> None:
        self.check_page.show_drafts(self.hands.tables, self.work.drafts)
        self._show_step(_CHECK)

    def _on_written(self) -> None:
        drafts = [*self.work.drafts.values()]
        has_owners = any(draft.owners.met or draft.owners.unmet for draft in drafts)
        self.result_page.show_done(drafts, has_owners=has_owners)
        self._show_step(_RESULT)
        self.imported.emit(drafts)

    def _on_progress(self, fraction: float, text: str) -> None:
        self.progress.set_progress(fraction if fraction >= 0 else None, text)

    def _on_failed(self, error: AppError) -> None:
        show_problem(error, self)

    def _on_build(self) -> None:
        self.accept()
        self.build_requested.emit()

    def _on_data(self, page: str) -> None:
        self.accept()
        self.data_requested.emit(page)

    # Showing

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
            drafts = [*self.work.drafts.values()]
            self.next.setText(f"Import {done_words(drafts)}")
            self.next.setEnabled(any(draft.has_effect for draft in drafts))
        elif step == _RESULT:
            self.next.setText("Done")
