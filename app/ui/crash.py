# SPDX-License-Identifier: MIT
"""Turns what nobody caught into one calm dialog, and keeps the program open."""

import logging
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtWidgets import QApplication

from app.models.errors import AppError
from app.services.app_log import trace
from app.services.crash_watch import versions
from app.ui.dialogs.problem_dialog import Problem, ProblemDialog

_log = logging.getLogger(__name__)

_QUIET_SECONDS = 30.0
"""How long a problem that was just shown is only logged, so that a repaint cannot nag."""


class CrashCatcher(QObject):
    """Python's hooks for uncaught exceptions, of the main thread and of others.

    Args:
        log_folder: What "Open log folder" opens.
        parent: The application.

    Signals:
        quit_chosen: The user answered the dialog with Quit.
    """

    quit_chosen = Signal()
    _caught = Signal(object)

    def __init__(self, log_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_folder = log_folder
        self._dialog: ProblemDialog | None = None
        self._last_shown: dict[str, float] = {}
        self._former = (sys.excepthook, sys.unraisablehook, threading.excepthook)
        # Queued, because another thread may emit it, and because a dialog must not open in a slot
        # that is just failing.
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Takes over Python's hooks."""
        sys.excepthook = self._on_exception
        sys.unraisablehook = lambda found: self._report(found.exc_value)
        threading.excepthook = lambda found: self._report(found.exc_value)

    def uninstall(self) -> None:
        """Gives Python its hooks back."""
        sys.excepthook, sys.unraisablehook, threading.excepthook = self._former

    def tell_of_native_crash(self, report: str) -> None:
        """Offers the report of the last run, which a native crash ended."""
        _log.warning("the last run ended in a native crash")
        self._open(
            Problem(
                title="Evenfield stopped unexpectedly the last time",
                meaning="Nothing is lost: every edit was saved as you made it.",
                remedy="If this happens often, start it with --safe-graphics and send us "
                "the details below. They hold no customer data.",
                details=report,
            )
        )

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, _where: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._report(error)
        if QThread.currentThread().loopLevel() == 0:
            # The program failed before its window ran: say so before Python ends it.
            self._show(_problem_of(error))
            if self._dialog is not None:
                self._dialog.exec()

    def _report(self, error: BaseException | None) -> None:
        if error is None:
            return
        _log.error("an exception that nobody caught", exc_info=error)
        # Only text leaves the hook: a kept exception would keep its frames and all they hold.
        self._caught.emit(_problem_of(error))

    def _show(self, problem: Problem) -> None:
        key = problem.details or problem.title
        now = time.monotonic()
        if (
            self._dialog is not None
            or now - self._last_shown.get(key, -_QUIET_SECONDS) < _QUIET_SECONDS
        ):
            return
        self._last_shown[key] = now
        try:
            self._open(problem)
        except Exception:  # noqa: BLE001 -- an error here would call this again, without end
            _log.exception("the problem dialog itself failed")

    def _open(self, problem: Problem) -> None:
        self._dialog = ProblemDialog(problem, self._log_folder, QApplication.activeWindow())
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.quit_chosen.connect(self.quit_chosen)
        self._dialog.finished.connect(self._on_closed)
        self._dialog.open()

    def _on_closed(self) -> None:
        for key in self._last_shown:
            self._last_shown[key] = time.monotonic()
        self._dialog = None


def _problem_of(error: BaseException) -> Problem:
    if isinstance(error, AppError):
        return Problem(error.message, error.meaning, error.remedy)
    return Problem(
        title="Something went wrong in Evenfield",
        meaning="Nothing is lost: every edit is already saved.",
        remedy="You can go on working. If it happens again, quit, start Evenfield anew, "
        "and send us the details below. They hold no customer data.",
        details=f"{versions()}\n\n{trace(error)}",
        offers_quit=True,
    )
