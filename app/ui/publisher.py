# SPDX-License-Identifier: MIT
"""Keeps the plan file up to date behind the user's back, and says how far it is."""

import logging
from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.errors import AppError
from app.services.store.document import PublishResult
from app.ui.session import EditSession
from app.ui.tasks import Task, TaskContext, TaskRunner

_log = logging.getLogger(__name__)
QUIET_MS = 2_000
"""Pause after the last edit before the plan file is replaced."""
LONGEST_MS = 10_000
"""An edit is in the plan file after this time even if the edits never pause."""
AGAIN_MS = 30_000
"""Pause before a failed publication is tried again."""


class SaveState(Enum):
    """What the title bar says."""

    SAVED = "Saved"
    SAVING = "Saving…"
    KEPT = "Saved on this computer"
    READ_ONLY = "Read-only"


class Publisher(QObject):
    """Replaces the plan file by the working copy when the edits pause.

    Signals:
        state_changed(SaveState): What to show.
        problem(AppError): Publishing failed; every edit is still in the working copy, and it is
            tried again from time to time.
        kept_both(): The plan file had been changed elsewhere; ours went to a new file beside it.
    """

    state_changed = Signal(object)
    problem = Signal(object)
    kept_both = Signal()

    def __init__(self, session: EditSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = session.workspace.document
        self._runner = TaskRunner(self)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST_MS)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._has_complained = False
        self._again.timeout.connect(self.publish)
        self._quiet.timeout.connect(self.publish)
        self._longest.timeout.connect(self.publish)
        session.changed.connect(self._on_changed)
        self.state = SaveState.READ_ONLY if session.is_read_only else SaveState.SAVED

    def publish(self) -> None:
        """Publish now, unless it is under way or there is nothing to publish."""
        self._quiet.stop()
        self._longest.stop()
        if self._runner.is_busy or not self._document.needs_publish():
            return
        self._set_state(SaveState.SAVING)
        self._runner.run(Task("Saving", self._work, self._on_done, self._on_failed))

    def stop(self) -> None:
        """Wait for a publication that is under way; no further one starts."""
        self._quiet.stop()
        self._longest.stop()
        self._again.stop()
        self._runner.stop()

    def _work(self, _context: TaskContext) -> PublishResult:
        return self._document.publish()

    def _on_changed(self) -> None:
        self._set_state(SaveState.SAVING)
        self._quiet.start()
        if not self._longest.isActive():
            self._longest.start()

    def _on_done(self, result: PublishResult) -> None:
        self._has_complained = False
        if result is PublishResult.KEPT_BOTH:
            self.kept_both.emit()
        if self._document.needs_publish():
            self._quiet.start()
        else:
            self._set_state(SaveState.SAVED)

    def _on_failed(self, error: AppError) -> None:
        _log.warning("publishing failed: %s", type(error).__name__)
        self._set_state(SaveState.KEPT)
        self._again.start()
        if not self._has_complained:
            # Once is enough: the title goes on saying where the edits are.
            self._has_complained = True
            self.problem.emit(error)

    def _set_state(self, state: SaveState) -> None:
        if self.state is not SaveState.READ_ONLY and state is not self.state:
            self.state = state
            self.state_changed.emit(state)
