# SPDX-License-Identifier: MIT
"""The search for duplicates in the background, on columns that are read between events."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.errors import AppError
from app.services.duplicate_facts import duplicate_columns
from app.services.duplicates.columns import TEXTS
from app.services.duplicates.finding import find_duplicates
from app.services.duplicates.report import DuplicateReport
from app.services.importing.table import Watch
from app.ui.session import EditSession
from app.ui.tasks import Task, TaskContext, TaskRunner


class DuplicateSearch(QObject):
    """One search at a time.

    Args:
        session: The open plan.
        parent: The pane.

    Signals:
        progressed(float, str): Share done, and what is being done.
        found(DuplicateReport): The search has ended.
        stopped(): It was cancelled, or it failed.
    """

    progressed = Signal(float, str)
    found = Signal(object)
    stopped = Signal()

    def __init__(self, session: EditSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = TaskRunner(self)
        self._tasks.progressed.connect(self.progressed)
        self._tasks.crashed.connect(lambda _error: self.stopped.emit())
        self._number = 0
        self._is_reading = False

    @property
    def is_busy(self) -> bool:
        """Whether a search runs."""
        return self._is_reading or self._tasks.is_busy

    def start(self) -> None:
        """Search the plan as it is now."""
        self._number += 1
        self._is_reading = True
        self.progressed.emit(0.0, "Reading the accounts")
        self._read(self._number, TEXTS)

    def cancel(self) -> None:
        """Ask the search to stop; `stopped` tells when it has."""
        was_reading = self._is_reading
        self._number += 1
        self._is_reading = False
        self._tasks.cancel()
        if was_reading:
            self.stopped.emit()

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self._number += 1
        self._is_reading = False
        self._tasks.stop()

    def _read(self, number: int, names: tuple[str, ...]) -> None:
        """Read one column per turn of the event loop: ten at once would hold up the window."""
        if number != self._number:
            return
        if names:
            self._session.workspace.accounts.text(names[0])
            QTimer.singleShot(0, self, lambda: self._read(number, names[1:]))
        else:
            self._run()

    def _run(self) -> None:
        self._is_reading = False
        columns = duplicate_columns(self._session.workspace)

        def work(context: TaskContext) -> DuplicateReport:
            return find_duplicates(columns, Watch(context.progress, context.cancelled))

        self._tasks.run(Task("Looking for duplicates", work, self.found.emit, self._on_failed))

    def _on_failed(self, _problem: AppError) -> None:
        self.stopped.emit()
