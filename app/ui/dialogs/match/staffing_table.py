# SPDX-License-Identifier: MIT
"""The best staffing beside today's, one territory per line, with a tick for what is accepted."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.models.ids import RepId, TerritoryId
from app.models.rep import Rep
from app.services.rep_match.comparing import StaffingComparison, StaffingRow
from app.ui.dialogs.match.match_words import MatchWords
from app.ui.formats import count, percent, signed_percent
from app.ui.parts import plain_tooltip

_TITLES = ("Territory", "Keep", "Today", "Fit", "Best", "Fit", "Gain", "Accounts", "Why")
_ACCEPT, _KEEP, _WHY = 0, 1, 8
_WIDTHS = (160, 62, 125, 56, 125, 56, 64, 88, 200)
_NUMBERS = (3, 5, 6, 7)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NOBODY = "Nobody"
_LINES_AT_ONCE = 40
_SURELY_SHOWN = 12
"""Letters that the narrowest column of names has room for."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A territory and who is to hold it, None for nobody."""

    territory: TerritoryId
    rep: RepId | None


class StaffingTable(QTableWidget):
    """Lines that change are ticked at first; a tick at "Keep" lets today's rep stay.

    Signals:
        ticked: Other lines are accepted now.
        kept_changed: Other territories keep their rep now.
    """

    ticked = Signal()
    kept_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_TITLES), parent)
        self.setAccessibleName("Best staffing of all territories")
        self._rows: list[StaffingRow] = []
        self._words: MatchWords | None = None
        self._place: dict[TerritoryId, int] = {}
        self._accepted: set[TerritoryId] = set()
        self._kept: set[TerritoryId] = set()
        self.setHorizontalHeaderLabels(list(_TITLES))
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        for at in _NUMBERS:
            self._head(at).setTextAlignment(_RIGHT)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setWordWrap(False)
        for at, width in enumerate(_WIDTHS):
            self.setColumnWidth(at, width)
        self.horizontalHeader().setSectionResizeMode(_WHY, QHeaderView.ResizeMode.Stretch)
        self.itemChanged.connect(self._on_item)

    def _head(self, column: int) -> QTableWidgetItem:
        found = self.horizontalHeaderItem(column)
        assert found is not None  # noqa: S101 every column has a title
        return found

    def set_comparison(
        self, comparison: StaffingComparison, words: MatchWords, kept: frozenset[TerritoryId]
    ) -> None:
        """Show another staffing, what changes first and the largest gain before the others."""
        self._words = words
        self._place = {t.id: at for at, t in enumerate(words.facts.territories)}
        self._rows = sorted(
            comparison.rows, key=lambda row: (not row.changes, row.fit_now - row.fit_best)
        )
        locked = {t.id for t in words.facts.territories if t.is_locked}
        held = {row.territory for row in self._rows if row.now is not None}
        self._accepted = {row.territory for row in self._rows if row.changes}
        self._kept = set(kept | locked) & held
        with QSignalBlocker(self):
            self.clearContents()
            self.setRowCount(len(self._rows))
        self._fill_from(0, self._rows)

    def accepted(self) -> tuple[Acceptance, ...]:
        """What is ticked and changes something."""
        reps = self._words.facts.reps if self._words else ()
        return tuple(
            Acceptance(row.territory, None if row.best is None else reps[row.best].id)
            for row in self.accepted_rows()
        )

    def accepted_rows(self) -> list[StaffingRow]:
        """The lines of `accepted`."""
        return [row for row in self._rows if row.territory in self._accepted]

    def kept(self) -> frozenset[TerritoryId]:
        """Territories whose rep of today is to stay."""
        return frozenset(self._kept)

    def tick_all(self, is_ticked: bool) -> None:
        """Accept every change, or none."""
        state = Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        changing = [(at, row) for at, row in enumerate(self._rows) if row.changes]
        self._accepted = {row.territory for _, row in changing} if is_ticked else set()
        with QSignalBlocker(self):
            for at, _row in changing:
                item = self.item(at, _ACCEPT)
                if item is not None:
                    item.setCheckState(state)
        self.ticked.emit()

    def _fill_from(self, first: int, rows: list[StaffingRow]) -> None:
        """Fill lines a few at a time: hundreds at once would halt the window for a moment."""
        if rows is not self._rows:
            return  # another staffing is shown by now
        last = min(first + _LINES_AT_ONCE, len(rows))
        with QSignalBlocker(self):
            for at in range(first, last):
                self._fill(at, rows[at])
        if last < len(rows):
            QTimer.singleShot(0, self, lambda: self._fill_from(last, rows))

    def _fill(self, at: int, row: StaffingRow) -> None:
        if self._words is None:
            return
        facts, place = self._words.facts, self._place[row.territory]
        territory = facts.territories[place]
        why = ""
        if row.best is None:
            why = "No rep has the hours for it."
        elif row.changes:
            why = self._words.sentence(row.best, place)
        texts = (
            *(territory.name, "", _name(facts.reps, row.now)),
            "–" if row.now is None else percent(row.fit_now),
            _name(facts.reps, row.best) if row.changes else "stays",
            "–" if row.best is None else percent(row.fit_best),
            signed_percent(row.fit_best - row.fit_now) if row.changes else "",
            count(row.moved_accounts) if row.moved_accounts else "",
            why,
        )
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if len(text) > _SURELY_SHOWN:
                item.setToolTip(plain_tooltip(text))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            if column in _NUMBERS:
                item.setTextAlignment(_RIGHT)
            self.setItem(at, column, item)
        if row.changes:
            self._add_tick(at, _ACCEPT, is_ticked=row.territory in self._accepted)
        if row.now is not None:
            self._add_tick(at, _KEEP, is_ticked=row.territory in self._kept)
            words = f"Keep {_name(facts.reps, row.now)} in {territory.name}"
            self._item(at, _KEEP).setData(Qt.ItemDataRole.AccessibleTextRole, words)
            if territory.is_locked:
                self._item(at, _KEEP).setFlags(Qt.ItemFlag.ItemIsSelectable)
                self._item(at, _KEEP).setToolTip("The territory is locked.")

    def _add_tick(self, at: int, column: int, *, is_ticked: bool) -> None:
        item = self._item(at, column)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)

    def _item(self, at: int, column: int) -> QTableWidgetItem:
        item = self.item(at, column)
        if item is None:
            message = f"there is no cell in line {at}"
            raise IndexError(message)
        return item

    def _on_item(self, item: QTableWidgetItem) -> None:
        if item.column() not in (_ACCEPT, _KEEP):
            return
        is_accept = item.column() == _ACCEPT
        chosen = self._accepted if is_accept else self._kept
        territory = self._rows[item.row()].territory
        if item.checkState() is Qt.CheckState.Checked:
            chosen.add(territory)
        else:
            chosen.discard(territory)
        (self.ticked if is_accept else self.kept_changed).emit()


def _name(reps: Sequence[Rep], row: int | None) -> str:
    return _NOBODY if row is None else reps[row].name
