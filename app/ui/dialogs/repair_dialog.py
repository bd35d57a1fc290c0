# SPDX-License-Identifier: MIT
"""Proposals for a fault, each with what it would do, before one of them is done."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QRadioButton, QVBoxLayout, QWidget

from app.models.errors import AppError
from app.models.repairs import Repair
from app.services.workspace import Workspace
from app.ui.panes.fault_words import effect_sentence, repair_sentence
from app.ui.parts import button, clear_layout, column, label, literal, row
from app.ui.tasks import Task, TaskRunner

_NOTHING = (
    "Nothing can be proposed here. A locked territory may be in the way: unlock it, or select the"
    " areas on the map and assign them by hand."
)

_WIDTH, _MARGIN, _INDENT = 520, 18, 24


class RepairDialog(QDialog):
    """Looks for proposals in the background and lets the user choose one.

    Args:
        workspace: The open plan; it does not change while the dialog is open.
        about: The fault in one sentence.
        look: Finds the proposals; runs in a worker.
        parent: The window.

    Signals:
        chosen(Repair): The user wants this one done.
    """

    chosen = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        about: str,
        look: Callable[[], tuple[Repair, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._repairs: tuple[Repair, ...] = ()
        self._tasks = TaskRunner(self)
        self.setWindowTitle("Repair")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.status = label("Looking for the repair that moves least…", "muted", wraps=True)
        self.options: list[QRadioButton] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.accept_button = button("Do it", self._accept, kind="primary")
        self.accept_button.setDefault(True)
        self.accept_button.setEnabled(False)
        self.setLayout(
            column(
                label(about, semibold=True, wraps=True),
                self.status,
                self._list,
                None,
                row(None, button("Cancel", self.reject), self.accept_button),
                margin=_MARGIN,
                gap=12,
            )
        )
        self.setMinimumWidth(_WIDTH + 2 * _MARGIN)
        self._tasks.run(
            Task("Looking for repairs", lambda _context: look(), self._show, self._on_failed)
        )

    def done(self, result: int) -> None:
        self._tasks.stop()
        super().done(result)

    def _show(self, repairs: tuple[Repair, ...]) -> None:
        self._repairs = repairs
        self.options = []
        clear_layout(self._list)
        self.status.setText("Nothing is done until you choose." if repairs else _NOTHING)
        for at, repair in enumerate(repairs):
            made = QRadioButton(literal(repair_sentence(repair, self._workspace)))
            made.setAccessibleName(repair_sentence(repair, self._workspace))
            made.setChecked(at == 0)
            self.options.append(made)
            self._list.addWidget(made)
            effect = label(effect_sentence(repair, self._workspace), "muted", wraps=True)
            effect.setIndent(_INDENT)
            # A layout that is filled later does not ask wrapped labels how high they need to be.
            effect.setFixedWidth(_WIDTH)
            effect.setMinimumHeight(effect.heightForWidth(_WIDTH) + 6)
            self._list.addWidget(effect)
        self.accept_button.setEnabled(bool(repairs))
        self.adjustSize()

    def _on_failed(self, problem: AppError) -> None:
        self.status.setText(problem.text)

    def _accept(self) -> None:
        at = next((at for at, option in enumerate(self.options) if option.isChecked()), -1)
        if at >= 0:
            self.chosen.emit(self._repairs[at])
        self.accept()
