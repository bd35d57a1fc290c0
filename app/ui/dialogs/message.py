# SPDX-License-Identifier: MIT
"""The one dialog for problems: what happened, what it means, what to do; buttons are verbs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from app.models.errors import AppError
from app.ui.fonts import HEADING
from app.ui.parts import button, column, label, row
from app.ui.widgets.icon_label import IconLabel

_WIDTH = 460


class MessageDialog(QDialog):
    """A problem with ways to go on.

    Args:
        error: What is explained.
        verbs: Words of the buttons, the main one last.
        details: Text that is folded away until it is asked for; empty for none.
        parent: The window.

    Attributes:
        chosen: Position of the button that closed the dialog, -1 for Escape.
    """

    def __init__(
        self,
        error: AppError,
        verbs: Sequence[str] = ("Close",),
        details: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.chosen = -1
        self.setWindowTitle("Evenfield")
        self.setFixedWidth(_WIDTH)
        self.setAccessibleDescription(error.text)
        words = column(label(error.message, size=HEADING, semibold=True, wraps=True))
        for sentence in (error.meaning, error.remedy):
            if sentence:
                words.addWidget(label(sentence, wraps=True))
        head = row(gap=12)
        head.addWidget(IconLabel("warning", "warning", 24), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self._details = QPlainTextEdit(details)
        self._details.setReadOnly(True)
        self._details.setAccessibleName("Details")
        self._details.setFixedHeight(120)
        self._details.hide()
        self.setLayout(
            column(head, self._details, self._buttons(verbs, bool(details)), margin=20, gap=16)
        )

    def _buttons(self, verbs: Sequence[str], has_details: bool) -> QWidget:
        line = row()
        if has_details:
            line.addWidget(button("Details", self._show_details, kind="quiet"))
            line.addWidget(button("Copy", self._copy, kind="quiet"))
        line.addStretch(1)
        self.buttons = [
            button(verb, lambda at=at: self._choose(at), kind=self._kind(at, len(verbs)))
            for at, verb in enumerate(verbs)
        ]
        for made in self.buttons:
            line.addWidget(made)
        self.buttons[-1].setDefault(True)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    def showEvent(self, event: QShowEvent) -> None:
        self.buttons[-1].setFocus()
        super().showEvent(event)

    @staticmethod
    def _kind(at: int, amount: int) -> str:
        return "primary" if at == amount - 1 else ""

    def _choose(self, at: int) -> None:
        self.chosen = at
        self.accept()

    def _show_details(self) -> None:
        self._details.setVisible(not self._details.isVisible())
        self.adjustSize()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())


def show_problem(error: AppError, parent: QWidget | None = None) -> None:
    """Explain a problem to which the only answer is to read it."""
    MessageDialog(error, parent=parent).exec()


def ask(
    error: AppError, verbs: Sequence[str], parent: QWidget | None = None, details: str = ""
) -> int:
    """Explain a problem and let the user choose how to go on.

    Returns:
        Position of the chosen verb, -1 where the dialog was dismissed.
    """
    dialog = MessageDialog(error, verbs, details, parent)
    dialog.exec()
    return dialog.chosen
