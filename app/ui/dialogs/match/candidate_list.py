# SPDX-License-Identifier: MIT
"""The reps who fit one territory, the best first, each with what speaks for and against."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.models.ids import RepId
from app.ui.dialogs.match.match_words import PART_WORDS, Reason
from app.ui.fonts import CAPTION
from app.ui.formats import NOTHING, percent, plural
from app.ui.parts import button, clear_layout, column, framed, label, row
from app.ui.theme import set_kind
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.section import Section
from app.ui.widgets.share_bar import ShareBar

MOST_SHOWN = 15
_GOOD, _POOR = 0.7, 0.4


@dataclass(frozen=True, slots=True)
class Candidate:
    """One rep.

    Attributes:
        sentence: What is known, in one line.
        holds: Whether the rep holds the territory today.
    """

    rep: RepId
    name: str
    fit: float
    sentence: str
    reasons: tuple[Reason, ...]
    holds: bool


class CandidateList(QScrollArea):
    """Cards below one another.

    Signals:
        chosen: Id of the rep who is to hold the territory.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.assign_buttons: list[QWidget] = []
        self.details: list[Section] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        inside = QWidget()
        set_kind(inside, "surface")
        inside.setLayout(column(self._lines, None, margin=(0, 0, 8, 0)))
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_candidates(
        self, candidates: Sequence[Candidate], *, can_edit: bool, more: int = 0
    ) -> None:
        """Show other reps, the best first.

        Args:
            candidates: Those that are shown.
            can_edit: Whether one of them can be assigned.
            more: How many others there are.
        """
        opened = {at for at, section in enumerate(self.details) if section.header.isChecked()}
        clear_layout(self._lines)
        self.assign_buttons, self.details = [], []
        for at, candidate in enumerate(candidates):
            self._lines.addWidget(self._card(at + 1, candidate, can_edit=can_edit))
            self.details[-1].set_open(at in opened)
        if more:
            words = plural(more, "other rep fits", "other reps fit")
            self._lines.addWidget(label(f"{words} less well.", "muted"))
        if not candidates:
            words = "There are no reps yet. Add or import them first."
            self._lines.addWidget(label(words, "muted", wraps=True))

    def _card(self, rank: int, candidate: Candidate, *, can_edit: bool) -> QFrame:
        bar = ShareBar()
        bar.set_share(candidate.fit, _tint(candidate.fit))
        name = ElidedLabel(f"{rank}.  {candidate.name}")
        head = row(name, bar, label(percent(candidate.fit), semibold=True), gap=8)
        head.setStretch(0, 1)
        if candidate.holds:
            head.addWidget(label("Holds it today", "tag"))
        else:
            assign = button("Assign", lambda: self.chosen.emit(int(candidate.rep)))
            assign.setAccessibleName(f"Assign {candidate.name}")
            assign.setEnabled(can_edit)
            self.assign_buttons.append(assign)
            head.addWidget(assign)
        parts = Section("Part by part")
        parts.set_open(False)
        # Fifteen times seven lines take a second to make, and few of them are ever looked at.
        parts.toggled.connect(lambda is_open: _fill(parts, candidate.reasons) if is_open else None)
        self.details.append(parts)
        words = label(candidate.sentence, "muted", size=CAPTION, wraps=True)
        return framed(column(head, words, parts, margin=10, gap=4), "card")


def _fill(section: Section, reasons: Sequence[Reason]) -> None:
    if section.layout_of_body.count() == 0:
        for reason in reasons:
            section.add(_part_line(reason))


def _part_line(reason: Reason) -> QWidget:
    is_known = not math.isnan(reason.score)
    bar = ShareBar()
    bar.set_share(reason.score if is_known else 0.0, _tint(reason.score))
    figure = label(percent(reason.score) if is_known else NOTHING, "muted", size=CAPTION)
    figure.setFixedWidth(44)
    words = label(reason.words if is_known else f"{reason.words}: counts neither way", "muted")
    words.setWordWrap(True)
    part = label(PART_WORDS[reason.part], size=CAPTION)
    part.setFixedWidth(150)
    parts = row(part, bar, figure, words, gap=8)
    parts.setStretch(3, 1)
    line = QWidget()
    line.setLayout(parts)
    return line


def _tint(score: float) -> str:
    if math.isnan(score):
        return "accent"
    return "good" if score >= _GOOD else "warning" if score < _POOR else "accent"
