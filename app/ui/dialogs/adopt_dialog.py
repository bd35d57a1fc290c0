# SPDX-License-Identifier: MIT
"""Asks whose borders to adopt and how, and shows what that would do."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QRadioButton, QWidget

from app.models.errors import AppError
from app.services.adopting import Adoption
from app.services.workspace import Workspace
from app.ui.formats import count, plural
from app.ui.parts import button, column, label, row
from app.ui.tasks import Task, TaskRunner

_MOST_NAMES = 4
_FIRST = "state"
"""The layer that is offered first."""


class AdoptWay(Enum):
    """How borders are adopted."""

    BY_NAME = "by_name"
    BY_MAJORITY = "by_majority"


@dataclass(frozen=True, slots=True)
class AdoptChoice:
    """Whose borders, and how; the title is that of the layer."""

    key: str
    title: str
    way: AdoptWay


class AdoptDialog(QDialog):
    """A layer, a way, and in the background what that comes to.

    Args:
        workspace: The open plan; it does not change while the dialog is open.
        layers: Key and title of the layers that can be followed.
        work_out: Computes what a choice would do; runs in a worker.
        parent: The window.

    Signals:
        chosen(Adoption): The user wants this done.
    """

    chosen = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        layers: tuple[tuple[str, str], ...],
        work_out: Callable[[AdoptChoice], Adoption],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._work_out = work_out
        self._tasks = TaskRunner(self)
        self._number = 0
        self._adoption: Adoption | None = None
        self.setWindowTitle("Adopt borders")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.layer_box = QComboBox()
        self.layer_box.setAccessibleName("Layer whose borders are adopted")
        for key, title in layers:
            self.layer_box.addItem(title, key)
        self.by_name = QRadioButton("Each area goes to the territory that is named after it")
        self.by_majority = QRadioButton("Each divided area goes to who has most of it")
        self.by_name.setChecked(True)
        self.preview = label("", "muted", wraps=True)
        self.preview.setMinimumHeight(54)
        self.adopt_button = button("Adopt", self._accept, kind="primary")
        self.adopt_button.setDefault(True)
        self.setLayout(
            column(
                row(label("Follow the borders of"), self.layer_box, None),
                self.by_name,
                self.by_majority,
                self.preview,
                None,
                row(None, button("Cancel", self.reject), self.adopt_button),
                margin=18,
                gap=12,
            )
        )
        self.setMinimumWidth(480)
        self.layer_box.setCurrentIndex(max(0, self.layer_box.findData(_FIRST)))
        self.layer_box.currentIndexChanged.connect(lambda _at: self._start())
        self.by_name.toggled.connect(lambda _on: self._start())
        self._start()

    def choice(self) -> AdoptChoice:
        """What the user chose so far."""
        way = AdoptWay.BY_NAME if self.by_name.isChecked() else AdoptWay.BY_MAJORITY
        return AdoptChoice(str(self.layer_box.currentData()), self.layer_box.currentText(), way)

    def done(self, result: int) -> None:
        self._tasks.stop()
        super().done(result)

    def _start(self) -> None:
        self._number += 1
        number, choice = self._number, self.choice()
        self._adoption = None
        self.adopt_button.setEnabled(False)
        self.preview.setText("Working out what that does…")

        def show(adoption: Adoption) -> None:
            if number == self._number:
                self._show(adoption)

        def fail(problem: AppError) -> None:
            self.preview.setText(problem.text)

        work = self._work_out
        self._tasks.run(Task("Adopting borders", lambda _context: work(choice), show, fail))

    def _show(self, adoption: Adoption) -> None:
        self._adoption = adoption
        self.preview.setText(adoption_sentence(adoption))
        self.adopt_button.setEnabled(adoption.command is not None)

    def _accept(self) -> None:
        if self._adoption is not None:
            self.chosen.emit(self._adoption)
        self.accept()


def adoption_sentence(adoption: Adoption) -> str:
    """What adopting would do, in a few sentences."""
    words: list[str] = []
    if adoption.command is None:
        words.append("Nothing would change.")
    else:
        changed = plural(adoption.region_count, "area is", "areas are")
        each = "" if adoption.region_count == 1 else "each "
        words.append(f"{changed} given {each}to one territory.")
    if adoption.created:
        made = plural(len(adoption.created), "territory is", "territories are")
        words.append(f"{made} made: {_listed(adoption.created)}.")
    if adoption.effect is not None:
        moved = plural(adoption.effect.account_count, "account changes", "accounts change")
        words.append(f"{moved} hands.")
    if adoption.left_out:
        words.append(f"{_listed(adoption.left_out)} stay as they are: a locked territory is there.")
    return " ".join(words)


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return f"{shown} and {count(more)} more" if more > 0 else shown
