# SPDX-License-Identifier: MIT
"""The window that adds boundaries: four steps, nothing is written before the last one."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QWidget

from app.models.errors import AppError
from app.models.geounit import GeoLevel
from app.services.exporting.table import ExportTable
from app.services.geography.geography import Geography
from app.ui.dialogs.boundary_wizard.choice_page import ChoicePage
from app.ui.dialogs.boundary_wizard.done_page import DonePage
from app.ui.dialogs.boundary_wizard.file_page import FilePage
from app.ui.dialogs.boundary_wizard.found_page import FoundPage
from app.ui.dialogs.boundary_wizard.work import BoundaryWork
from app.ui.dialogs.message import show_problem
from app.ui.file_kinds import BOUNDARY_FILTER, dropped_paths
from app.ui.formats import plural
from app.ui.parts import button, column, hairline, row
from app.ui.session import EditSession
from app.ui.widgets.progress_overlay import ProgressOverlay
from app.ui.widgets.step_bar import StepBar

_FILE, _CHOICE, _FOUND, _DONE = range(4)
_SHEET_CHOICE = "Excel workbook (*.xlsx);;CSV (*.csv)"


class BoundaryWizard(QDialog):
    """Reads a file of areas, says what it holds and what it would change, and adds it.

    Args:
        session: The open plan.
        folder: Where the file dialog starts.
        parent: The window.

    Signals:
        added(): A layer came into the plan.
    """

    added = Signal()

    def __init__(
        self, session: EditSession, folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Add boundaries")
        self.setAcceptDrops(True)
        self.resize(980, 640)
        self._folder = folder or Path.home()
        self.work = BoundaryWork(session, self)
        self.tasks = self.work.tasks
        self.steps = StepBar(("File", "Areas", "Check", "Result"))
        self.file_page = FilePage()
        self.choice_page = ChoicePage(_countries(session.workspace.geography))
        self.found_page, self.done_page = FoundPage(), DonePage()
        self.pages = QStackedWidget()
        for page in (self.file_page, self.choice_page, self.found_page, self.done_page):
            self.pages.addWidget(page)
        self.back = button("Back", self.go_back)
        self.cancel = button("Cancel", self.reject)
        self.next = button("Continue", self.go_on, kind="primary")
        foot = row(self.cancel, None, self.back, self.next, margin=(20, 12, 20, 16))
        middle = column(margin=(20, 8, 20, 12))
        middle.addWidget(self.pages, 1)
        outer = column(column(self.steps, margin=(20, 16, 20, 8)), gap=0)
        outer.addLayout(middle, 1)
        outer.addWidget(hairline())
        outer.addLayout(foot)
        self.setLayout(outer)
        self.progress = ProgressOverlay(self)
        self._connect()
        self._show_step(_FILE)

    def open_path(self, path: Path) -> None:
        """Open a file; where that works, its areas are shown next."""
        self._folder = path.parent
        self.work.open(path)

    def choose_file(self) -> None:
        """Ask for a file."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, "Add boundaries", str(self._folder), BOUNDARY_FILTER
        )
        if chosen:
            self.open_path(Path(chosen))

    def go_on(self) -> None:
        """The next step."""
        step = self.pages.currentIndex()
        if step == _FILE:
            self._show_step(_CHOICE)
        elif step == _CHOICE:
            self.work.choices = self.choice_page.form.choices
            self.work.prepare()
        elif step == _FOUND:
            self.work.add()
        else:
            self.accept()

    def go_back(self) -> None:
        """The step before; every choice stays."""
        self._show_step(max(_FILE, self.pages.currentIndex() - 1))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        is_done = self.pages.currentIndex() == _DONE
        if not is_done and not self.tasks.is_busy and dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.open_path(paths[0])

    def closeEvent(self, event: QCloseEvent) -> None:
        self._let_go()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self._let_go()
        super().done(result)

    def _let_go(self) -> None:
        self.choice_page.drawing_tasks.stop()
        self.work.close()

    def _connect(self) -> None:
        work = self.work
        self.tasks.started.connect(self.progress.start)
        self.tasks.progressed.connect(self._on_progress)
        self.tasks.finished.connect(self.progress.finish)
        self.progress.cancelled.connect(self.tasks.cancel)
        work.opened.connect(self._on_opened)
        work.guessed.connect(self._on_guessed)
        work.prepared.connect(self._on_prepared)
        work.added.connect(self._on_added)
        work.undone.connect(self.done_page.show_undone)
        work.failed.connect(self._on_failed)
        self.file_page.choose_requested.connect(self.choose_file)
        self.choice_page.place_chosen.connect(work.read)
        self.choice_page.form.code_chosen.connect(self._on_code)
        self.choice_page.form.changed.connect(self._refresh_buttons)
        self.found_page.sheet_requested.connect(self._save_sheet)
        self.done_page.undo_requested.connect(work.undo)
        self.done_page.more_requested.connect(self._on_more)

    def _on_opened(self) -> None:
        file, choices = self.work.file, self.work.choices
        if file is not None and choices is not None:
            self.choice_page.show_layer(file.layer, file.places, choices)
            self._show_step(_CHOICE)

    def _on_code(self, column: str) -> None:
        self.work.choices = self.choice_page.form.choices
        self.work.take_code_column(column)

    def _on_guessed(self) -> None:
        if self.work.file is not None and self.work.choices is not None:
            self.choice_page.form.show_choices(self.work.choices, self.work.file.layer)

    def _on_prepared(self) -> None:
        if self.work.outcome is not None:
            self.found_page.show_outcome(self.work.outcome, self.work.effect)
            self._show_step(_FOUND)

    def _on_added(self) -> None:
        if self.work.outcome is not None:
            self.done_page.show_done(self.work.outcome)
            self._show_step(_DONE)
            self.added.emit()

    def _on_more(self) -> None:
        self._show_step(_FILE)
        self.choose_file()

    def _on_progress(self, fraction: float, text: str) -> None:
        self.progress.set_progress(fraction if fraction >= 0 else None, text)

    def _on_failed(self, error: AppError) -> None:
        show_problem(error, self)

    def _save_sheet(self, table: ExportTable) -> None:
        stem = self.work.outcome.choices.name if self.work.outcome else table.title
        suggested = str(self._folder / f"{stem} {table.title.lower()}.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(self, "Save the list", suggested, _SHEET_CHOICE)
        if chosen:
            self.work.save(table, Path(chosen))

    def _show_step(self, step: int) -> None:
        self.pages.setCurrentIndex(step)
        self.steps.set_current(step)
        self._refresh_buttons()

    def _refresh_buttons(self) -> None:
        step = self.pages.currentIndex()
        self.back.setVisible(step in (_CHOICE, _FOUND))
        self.cancel.setVisible(step != _DONE)
        self.next.setText("Continue")
        self.next.setEnabled(self.work.file is not None)
        if step == _CHOICE:
            self.next.setEnabled(self.choice_page.form.is_complete)
        elif step == _FOUND and self.work.outcome is not None:
            amount = plural(len(self.work.outcome.prepared), "area", "areas")
            self.next.setText(f"Add {amount}")
        elif step == _DONE:
            self.next.setText("Done")
            self.next.setEnabled(True)
        begins = step == _FILE and self.work.file is None
        (self.file_page.choose if begins else self.next).setDefault(True)


def _countries(geography: Geography) -> list[tuple[str, str]]:
    layer = geography.layer(GeoLevel.COUNTRY)
    codes: list[str] = layer.codes.tolist()
    return sorted(zip(codes, layer.names, strict=True), key=lambda pair: pair[1])
