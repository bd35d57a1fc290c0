# SPDX-License-Identifier: MIT
"""The calm dialog for a problem that the program did not expect."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QWidget

from app.ui.parts import button, column, label, row

_TITLE_SIZE = 16


@dataclass(frozen=True, slots=True)
class Problem:
    """What the dialog says.

    Attributes:
        title: What happened, in one short sentence.
        meaning: What it means for the user's work.
        remedy: What to do next.
        details: Text for whoever mends the program; holds no customer data.
        offers_quit: Whether quitting is one of the answers.
    """

    title: str
    meaning: str
    remedy: str
    details: str = ""
    offers_quit: bool = False


class ProblemDialog(QDialog):
    """Says what happened and leaves the decision to the user; it never closes the program.

    Signals:
        quit_chosen: The user wants to leave the program.
    """

    quit_chosen = Signal()

    def __init__(
        self, problem: Problem, log_folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._problem = problem
        self._log_folder = log_folder
        self.setWindowTitle("Evenfield")
        self.setMinimumWidth(520)
        details = QPlainTextEdit(problem.details)
        details.setReadOnly(True)
        details.setAccessibleName("Details")
        details.setMinimumHeight(150)
        details.setVisible(bool(problem.details))
        self.setLayout(
            column(
                label(problem.title, size=_TITLE_SIZE, semibold=True, wraps=True),
                label(problem.meaning, wraps=True),
                label(problem.remedy, wraps=True),
                details,
                self._buttons(),
                margin=20,
                gap=12,
            )
        )

    def _buttons(self) -> QHBoxLayout:
        self._copy = button("Copy details", self._copy_details)
        self._copy.setVisible(bool(self._problem.details))
        folder = button("Open log folder", self._open_folder)
        folder.setVisible(self._log_folder is not None)
        leave = button("Quit Evenfield", self._leave)
        leave.setVisible(self._problem.offers_quit)
        go_on = button("Continue", self.accept, kind="primary")
        go_on.setDefault(True)
        go_on.setFocus()
        return row(self._copy, folder, None, leave, go_on)

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._problem.details)
        self._copy.setText("Copied")

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_folder)))

    def _leave(self) -> None:
        self.accept()
        self.quit_chosen.emit()
