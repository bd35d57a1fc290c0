# SPDX-License-Identifier: MIT
"""The choice of a rep for an owner value: typed or picked."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from app.models.ids import RepId
from app.models.rep import Rep
from app.ui.theme import set_kind

_LEAVE, _MAKE = -1, -2
_MOST_SHOWN = 14


class OwnerChoice(QComboBox):
    """A field that finds a rep by any part of the name, with two entries of another kind.

    Signals:
        rep_chosen(int): Id of the rep.
        nobody_chosen(): What the user had said is to be forgotten.
        new_rep_chosen(): A rep of this name is to be made.
    """

    rep_chosen = Signal(int)
    nobody_chosen = Signal()
    new_rep_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current: int = _LEAVE
        line = QLineEdit()
        set_kind(line, "bare")
        self.setLineEdit(line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(_MOST_SHOWN)
        for part in (self, line):
            part.setAccessibleName("Rep that the owner means")
        completer = QCompleter(self.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.activated.connect(self._on_activated)
        line.editingFinished.connect(self._restore)

    def set_reps(self, reps: Sequence[Rep], leave: str, make: str) -> None:
        """Offer reps in order of their names.

        Args:
            reps: All reps.
            leave: Words of the entry that forgets what the user had said.
            make: Words of the entry that makes a rep; empty for none.
        """
        names = [rep.name for rep in reps]
        with QSignalBlocker(self):
            self.clear()
            self.addItem(leave, _LEAVE)
            for rep in sorted(reps, key=lambda rep: rep.name.casefold()):
                is_one = names.count(rep.name) == 1
                more = "" if is_one else f" ({rep.email or rep.external_id or int(rep.id)})"
                self.addItem(f"{rep.name}{more}", int(rep.id))
            if make:
                self.addItem(make, _MAKE)
            self.set_rep(None)

    def set_rep(self, rep: RepId | None) -> None:
        """Show a rep; None shows the entry that forgets."""
        self._current = _LEAVE if rep is None else int(rep)
        self._restore()

    def _restore(self) -> None:
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(self._current)))
            self.setEditText(self.itemText(self.currentIndex()))

    def _on_activated(self, place: int) -> None:
        chosen = int(self.itemData(place))
        self._restore()
        if chosen == _MAKE:
            self.new_rep_chosen.emit()
        elif chosen == _LEAVE:
            self.nobody_chosen.emit()
        elif chosen != self._current:
            self.rep_chosen.emit(chosen)
