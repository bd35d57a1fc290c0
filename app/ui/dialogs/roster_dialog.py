# SPDX-License-Identifier: MIT
"""The roster of one territory or one rep: roles, shares and dates, changed together."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QGridLayout,
    QScrollArea,
    QToolButton,
    QWidget,
)

from app.models.ids import RepId, TerritoryId
from app.models.rep import RosterEntry, RosterRole
from app.services.vacancies import share_sums
from app.ui.fonts import CAPTION, TITLE
from app.ui.formats import percent
from app.ui.parts import button, column, icon_button, label, padded, row
from app.ui.theme import set_kind
from app.ui.widgets.date_line import DateLine

ROLE_WORDS = {
    RosterRole.PRIMARY: "Primary",
    RosterRole.ADDITIONAL: "Additional",
    RosterRole.OVERLAY: "Overlay specialist",
    RosterRole.BACKUP: "Backup",
}
_HEADS = ("Role", "Share", "From", "To")

Choices = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class RosterSubject:
    """Whose roster it is: a territory, to which reps are added, or the other way round."""

    name: str
    territory: TerritoryId | None = None
    rep: RepId | None = None


class RosterDialog(QDialog):
    """One line per entry; nothing is written until "Save".

    Args:
        subject: Whose roster it is.
        entries: As they are now.
        choices: Reps, or territories, that can be named.
        today: ISO date on which shares are added up.
        parent: The window.
    """

    def __init__(
        self,
        subject: RosterSubject,
        entries: Sequence[RosterEntry],
        choices: Choices,
        today: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Roster")
        self.setModal(True)
        self._subject, self._choices, self._today = subject, choices, today
        self.lines: list[RosterLine] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._other = "Rep" if subject.rep is None else "Territory"
        for at, words in enumerate((self._other, *_HEADS)):
            self._grid.addWidget(label(words, "muted", size=CAPTION), 0, at)
        self._grid.setColumnStretch(0, 1)
        self.sums = label("", "warning", wraps=True)
        self.add_button = button(f"Add a {self._other.lower()}", self.add_line, icon_name="plus")
        self.add_button.setEnabled(bool(choices))
        self.save = button("Save", self.accept, kind="primary")
        self.save.setDefault(True)
        self._compose()
        for entry in entries:
            self._add(entry)
        self._show_sums()

    def entries(self) -> tuple[RosterEntry, ...]:
        """The roster as it stands in the lines."""
        return tuple(line.entry() for line in self.lines)

    def add_line(self) -> None:
        """Add an entry; the first one of a territory leads it."""
        named = {int(line.other.currentData()) for line in self.lines}
        free = (int(key) for key, _ in self._choices if int(key) not in named)
        other = next(free, int(self._choices[0][0]))
        roles = [line.entry().role for line in self.lines]
        role = RosterRole.PRIMARY if RosterRole.PRIMARY not in roles else RosterRole.ADDITIONAL
        if self._subject.rep is not None:
            role = RosterRole.PRIMARY
        territory = self._subject.territory or TerritoryId(other)
        rep = self._subject.rep or RepId(other)
        self._add(RosterEntry(territory, rep, role))
        self.lines[-1].other.setFocus()
        self._show_sums()

    def _compose(self) -> None:
        inside = QWidget()
        set_kind(inside, "surface")
        inside.setLayout(column(self._grid, row(self.add_button, None), None, gap=12))
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = label(f"Roster of {self._subject.name}", size=TITLE, semibold=True, wraps=True)
        about = (
            "The primary rep holds the territory. Additional reps share it, specialists sell"
            " something special in it, backups stand in. Empty dates mean always."
        )
        outer = column(head, label(about, "muted", wraps=True), margin=18, gap=10)
        outer.addWidget(scroll, 1)
        outer.addWidget(self.sums)
        outer.addLayout(row(None, button("Cancel", self.reject), self.save))
        self.setLayout(outer)
        self.resize(820, 420)

    def _add(self, entry: RosterEntry) -> None:
        line = RosterLine(self._subject, entry, self._choices, self)
        at = self._grid.rowCount()
        for place, part in enumerate(line.parts()):
            self._grid.addWidget(part, at, place)
        self.lines.append(line)
        line.changed.connect(self._show_sums)
        line.removed.connect(lambda: self._remove(line))

    def _remove(self, line: "RosterLine") -> None:
        self.lines.remove(line)
        for part in line.parts():
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._show_sums()

    def _show_sums(self) -> None:
        """Say where shares of a role do not add up; only for one territory, where they should."""
        sums = {} if self._subject.rep is not None else share_sums(self.entries(), self._today)
        words = [
            f"Shares as {ROLE_WORDS[role].lower()} add up to {percent(whole)} today, not"
            f" {percent(1.0)}."
            for role, whole in sums.items()
        ]
        self.sums.setText("\n".join(words))
        self.sums.setVisible(bool(words))


class RosterLine(QWidget):
    """The fields of one entry; they are put into a grid, so the line itself is never seen.

    Signals:
        changed: A field is another.
        removed: The entry is to go.
    """

    changed = Signal()
    removed = Signal()

    def __init__(
        self, subject: RosterSubject, entry: RosterEntry, choices: Choices, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.hide()
        self._subject = subject
        other = entry.rep_id if subject.rep is None else entry.territory_id
        self.other = _combo("Rep" if subject.rep is None else "Territory")
        for key, name in choices:
            self.other.addItem(name, int(key))
        if self.other.findData(int(other)) < 0:
            self.other.addItem("No longer in the plan", int(other))
        self.other.setCurrentIndex(self.other.findData(int(other)))
        self.role = _combo("Role")
        for role, words in ROLE_WORDS.items():
            self.role.addItem(words, role.value)
        self.role.setCurrentIndex(self.role.findData(entry.role.value))
        self.share = QDoubleSpinBox()
        self.share.setAccessibleName("Share of the credit")
        self.share.setRange(0, 100)
        self.share.setDecimals(1)
        self.share.setSuffix("\u202f%")
        self.share.setValue(entry.share_fraction * 100)
        self.share.setFixedWidth(104)
        padded(self.share)
        self._shown_share = (self.share.value(), entry.share_fraction)
        self.start, self.end = DateLine("First day"), DateLine("Last day")
        self.start.set_day(entry.start_on)
        self.end.set_day(entry.end_on)
        self.remove: QToolButton = icon_button("close", "Remove this entry", self.removed.emit)
        for box in (self.other, self.role):
            box.activated.connect(lambda _at: self.changed.emit())
        self.share.valueChanged.connect(lambda _value: self.changed.emit())
        for day in (self.start, self.end):
            day.day_changed.connect(self.changed)

    def parts(self) -> tuple[QWidget, ...]:
        """The fields from left to right."""
        return (self.other, self.role, self.share, self.start, self.end, self.remove)

    def entry(self) -> RosterEntry:
        """What stands in the fields."""
        other = int(self.other.currentData())
        shown, exact = self._shown_share
        share = exact if self.share.value() == shown else self.share.value() / 100
        return RosterEntry(
            self._subject.territory or TerritoryId(other),
            self._subject.rep or RepId(other),
            RosterRole(self.role.currentData()),
            share,
            self.start.day(),
            self.end.day(),
        )


def _combo(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setMinimumContentsLength(10)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box
