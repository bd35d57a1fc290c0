# SPDX-License-Identifier: MIT
"""Below the owner map: whom the selected owner values mean, and ways to settle them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.ids import RepId
from app.services.importing.owners import MatchedBy, RepFinder
from app.services.owner_map import OwnerLine
from app.ui.formats import count, plural
from app.ui.panes.owner_choice import OwnerChoice
from app.ui.parts import button, literal, row
from app.ui.session import EditSession
from app.ui.widgets.elided_label import ElidedLabel

_CHOICE_WIDTH = 200


class OwnerFoot(QWidget):
    """A line with the choice for what is selected at the left, and for all that is open right.

    Signals:
        rep_chosen(int), nobody_chosen(): For the selected values.
        reps_made(object), suggestions_taken(object): Tuples of owner values, and of pairs of an
            owner value and a rep.
        accounts_requested(): The accounts of the selected values are to be listed.
    """

    rep_chosen = Signal(int)
    nobody_chosen = Signal()
    reps_made = Signal(object)
    suggestions_taken = Signal(object)
    accounts_requested = Signal()

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lines: Sequence[OwnerLine] = ()
        self._selected: Sequence[OwnerLine] = ()
        self.words = ElidedLabel("")
        self.choice = OwnerChoice()
        self.choice.setFixedWidth(_CHOICE_WIDTH)
        self.accounts = button("Show accounts", self.accounts_requested.emit)
        self.take = button("", self._on_take)
        self.make_all = button("", self._on_make_all, icon_name="user_plus")
        line = row(
            self.words,
            self.choice,
            self.accounts,
            12,
            self.take,
            self.make_all,
            margin=(12, 6, 12, 6),
        )
        line.setStretch(0, 1)
        self.setLayout(line)
        self.choice.rep_chosen.connect(self.rep_chosen)
        self.choice.nobody_chosen.connect(self.nobody_chosen)
        self.choice.new_rep_chosen.connect(
            lambda: self.reps_made.emit(tuple(line.owner for line in self._selected))
        )

    def set_lines(self, lines: Sequence[OwnerLine]) -> None:
        """All owner values, as they are now."""
        self._lines = lines

    def set_selected(self, lines: Sequence[OwnerLine]) -> None:
        """Offer what can be done about the selected owner values, and about all."""
        self._selected = lines
        can_edit = not self._session.is_read_only
        self.choice.setEnabled(bool(lines) and can_edit)
        self.accounts.setEnabled(any(line.accounts for line in lines))
        self._refresh_choice()
        pairs, unmet = self._suggestions(), self._without_rep()
        self.take.setText(self._take_words(pairs))
        self.take.setVisible(bool(pairs))
        self.make_all.setText(f"Make reps of {count(len(unmet))}")
        self.make_all.setToolTip("Add a rep for every listed owner that is no rep yet")
        self.make_all.setVisible(bool(unmet) and not pairs)
        for part in (self.take, self.make_all):
            part.setEnabled(can_edit)

    def _refresh_choice(self) -> None:
        lines = self._selected
        if not lines:
            self.words.set_full_text("Select owners to say whom they mean.")
        elif len(lines) == 1:
            self.words.set_full_text(f"“{lines[0].owner}” means")
        else:
            self.words.set_full_text(f"{count(len(lines))} owners mean")
        workspace = self._session.workspace
        make = "Make a rep of this name" if len(lines) == 1 else "Make reps of these names"
        may_make = bool(lines) and all(line.rep is None for line in lines)
        self.choice.set_reps(workspace.reps, self._left_words(), make if may_make else "")
        chosen = {line.rep if line.matched_by is MatchedBy.CHOICE else None for line in lines} or {
            None
        }
        self.choice.set_rep(next(iter(chosen)) if len(chosen) == 1 else None)

    def _left_words(self) -> str:
        """Whom the selected values mean where the user says nothing."""
        if not self._selected:
            return ""
        finder = RepFinder(self._session.workspace.reps)
        found = {finder.find_id(line.owner) for line in self._selected}
        if len(found) > 1:
            return "Whom the names say"
        rep = finder.find(self._selected[0].owner)
        return "Nobody" if rep is None else f"{rep.name} (as the data say)"

    def _suggestions(self) -> tuple[tuple[str, RepId], ...]:
        """Those of the selected values; of all where none of them has one."""
        for lines in (self._selected, self._lines):
            pairs = [(line.owner, line.suggestion) for line in lines if line.suggestion is not None]
            if pairs:
                return tuple(pairs)
        return ()

    def _take_words(self, pairs: Sequence[tuple[str, RepId]]) -> str:
        if len(pairs) == 1 and any(line.owner == pairs[0][0] for line in self._selected):
            return literal(f"Take {self._session.workspace.rep(pairs[0][1]).name}")
        return f"Take {plural(len(pairs), 'suggestion', 'suggestions')}"

    def _without_rep(self) -> tuple[str, ...]:
        return tuple(line.owner for line in self._lines if line.rep is None)

    def _on_take(self) -> None:
        self.suggestions_taken.emit(self._suggestions())

    def _on_make_all(self) -> None:
        self.reps_made.emit(self._without_rep())
