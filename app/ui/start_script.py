# SPDX-License-Identifier: MIT
"""What the command line asks for once the window is on the screen."""

import argparse
import json
import os
import sys
import time

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.ui.main_window import MainWindow

_SETTLE_MS = 400
_LONGEST_WAIT_MS = 60_000
BEGUN_VARIABLE = "EVENFIELD_BEGUN"
"""When the process was asked for, for measuring a start from outside it."""


class StartScript(QObject):
    """Opens a plan, takes a screenshot, measures the start, as the options say.

    Args:
        window: The main window, already shown.
        options: From `command_line.parse`.
        started: `time.time()` when the program was called; the variable below overrides it.
    """

    def __init__(self, window: MainWindow, options: argparse.Namespace, started: float) -> None:
        super().__init__(window)
        self._window = window
        self._options = options
        self._started = float(os.environ.get(BEGUN_VARIABLE, started))
        self._times: dict[str, float] = {}
        window.painted.connect(lambda: self._note("window_visible_s"))
        window.loaded.connect(self._begin)

    def _begin(self) -> None:
        options, window = self._options, self._window
        if options.screenshot or options.profile_start:
            QTimer.singleShot(_LONGEST_WAIT_MS, self, lambda: QApplication.exit(3))
            window.desk.map_host.settled.connect(self._on_map)
        if options.plan is not None:
            window.desk.open_path(options.plan.resolve())
        elif options.open_sample:
            window.desk.opener.open_sample()
        else:
            window.desk.reopen_last()
        wants_plan = options.plan is not None or options.open_sample
        if options.screenshot and not wants_plan:
            QTimer.singleShot(_SETTLE_MS, self, self._finish)

    def _on_map(self) -> None:
        """The map is drawn; with a plan this is when it can be used."""
        wants_plan = self._options.plan is not None or self._options.open_sample
        if wants_plan and self._window.desk.context.plan is None:
            return
        if "map_usable_s" in self._times:
            return
        self._note("map_usable_s")
        QTimer.singleShot(_SETTLE_MS, self, self._finish)

    def _finish(self) -> None:
        options = self._options
        if options.screenshot:
            self._window.grab().save(str(options.screenshot))
        if options.profile_start:
            sys.stdout.write(json.dumps(self._times) + "\n")
            sys.stdout.flush()
        self._window.close()

    def _note(self, name: str) -> None:
        self._times[name] = round(time.time() - self._started, 3)
