# SPDX-License-Identifier: MIT
"""Checks the plan in the background after every edit that may matter."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.changes import Changes
from app.models.faults import FaultReport
from app.services.contiguity.seams import Seams
from app.services.faults.checking import find_faults
from app.services.faults.facts import check_facts
from app.ui.session import EditSession
from app.ui.tasks import Task, TaskRunner

_PAUSE_MS = 400
"""A stroke writes many edits; the plan is checked once they pause."""


class FaultWatch(QObject):
    """Keeps the findings of a plan up to date.

    Args:
        session: The open plan.
        parent: Who shows the findings.

    Attributes:
        report: The latest findings; None before the first check.

    Signals:
        checked(FaultReport): New findings.
    """

    checked = Signal(object)

    def __init__(self, session: EditSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = TaskRunner(self)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._start)
        self._checked_revision = -1
        self._is_stopped = False
        self.report: FaultReport | None = None
        session.changed.connect(self._on_changed)

    @property
    def is_settled(self) -> bool:
        """Whether the findings are those of the plan as it is."""
        return self._checked_revision == self._session.workspace.revision

    def check_soon(self) -> None:
        """Check once nothing else has happened for a moment."""
        self._timer.start()

    def check_now(self) -> None:
        """Check without waiting for a pause."""
        self._timer.stop()
        self._start()

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self._is_stopped = True
        self._timer.stop()
        self._session.changed.disconnect(self._on_changed)
        self._tasks.stop()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes != Changes():
            self._timer.start()

    def _start(self) -> None:
        if self._tasks.is_busy:
            self._timer.start()
            return
        connections = self._session.workspace.connections
        find_seams = connections.seam_work()

        def go_on(seams: Seams) -> None:
            # A result that was on its way when the plan was closed finds no plan to read.
            if not self._is_stopped:
                connections.take_seams(seams)
                self._check()

        self._tasks.run(Task("Checking the plan", lambda _context: find_seams(), go_on))

    def _check(self) -> None:
        facts, revision = check_facts(self._session.workspace), self._session.workspace.revision

        def show(report: FaultReport) -> None:
            self._checked_revision = revision
            if revision != self._session.workspace.revision:
                self._timer.start()
            self.report = report
            self.checked.emit(report)

        self._tasks.run(Task("Checking the plan", lambda _context: find_faults(facts), show))
