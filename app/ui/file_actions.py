# SPDX-License-Identifier: MIT
"""What the File menu does with plans, and the dialogs that it takes."""

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.file_kinds import PLAN_FILTER, SUFFIX, with_suffix
from app.ui.plan_opener import PlanOpener


class FileActions(QObject):
    """Opens and creates plans through the system's file dialogs.

    Args:
        opener: Does the work in the background.
        window: The window that the dialogs belong to.
    """

    def __init__(self, opener: PlanOpener, window: QWidget) -> None:
        super().__init__(window)
        self._opener = opener
        self._window = window

    def new_plan(self) -> None:
        """Ask for a file and make an empty plan there."""
        suggested = str(self._opener.free_path("My territories"))
        chosen, _ = QFileDialog.getSaveFileName(self._window, "New plan", suggested, PLAN_FILTER)
        if chosen:
            path = with_suffix(Path(chosen))
            self._opener.create(path, path.stem)

    def open_plan(self) -> None:
        """Ask for a plan file and open it."""
        folder = str(self._opener.free_path("x").parent)
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, "Open plan", folder, f"{PLAN_FILTER};;All files (*)"
        )
        if chosen:
            self._opener.open(Path(chosen))

    def open_sample(self) -> None:
        """Open a fresh copy of the sample plan."""
        self._opener.open_sample()


def ask_copy_path(window: QWidget, folder: Path, name: str) -> Path | None:
    """Where a copy of the plan should go, or None."""
    suggested = str(folder / f"{name} copy{SUFFIX}")
    chosen, _ = QFileDialog.getSaveFileName(window, "Save a copy", suggested, PLAN_FILTER)
    return with_suffix(Path(chosen)) if chosen else None


def open_folder(folder: Path) -> None:
    """Show a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def show_in_folder(path: Path) -> None:
    """Show where a file was written; a folder is shown itself."""
    open_folder(path if path.is_dir() else path.parent)
