# SPDX-License-Identifier: MIT
"""Territories that nobody holds, or soon nobody will, each with a way to staff it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.models.ids import TerritoryId
from app.ui.formats import plural
from app.ui.parts import button, clear_layout, column, framed, label, row
from app.ui.theme import set_kind
from app.ui.widgets.elided_button import ElidedButton

MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class VacancyLine:
    """One territory.

    Attributes:
        words: What is vacant, and since when.
        is_urgent: Nobody serves it now.
    """

    territory: TerritoryId
    name: str
    icon: QIcon
    words: str
    is_urgent: bool


class VacancyList(QScrollArea):
    """Cards below one another; knows values and signals only.

    Signals:
        territory_requested: Id of the territory whose link was clicked.
        match_requested: Id of the territory for which a rep is looked for.
    """

    territory_requested = Signal(int)
    match_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.match_buttons: list[QWidget] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        inside = QWidget()
        set_kind(inside, "surface")
        inside.setLayout(column(self._lines, None, margin=12))
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_lines(self, lines: Sequence[VacancyLine]) -> None:
        """Show other territories."""
        clear_layout(self._lines)
        self.match_buttons = []
        for line in lines[:MOST_SHOWN]:
            self._lines.addWidget(self._card(line))
        if len(lines) > MOST_SHOWN:
            more = plural(len(lines) - MOST_SHOWN, "more territory", "more territories")
            self._lines.addWidget(label(f"{more}. Match all at once to staff them.", "muted"))
        if not lines:
            words = "Every territory has a rep, today and for the next three months."
            self._lines.addWidget(label(words, "muted", wraps=True))

    def _card(self, line: VacancyLine) -> QFrame:
        link = ElidedButton(line.name)
        set_kind(link, "link")
        link.setIcon(line.icon)
        link.setIconSize(QSize(19, 16))
        link.clicked.connect(lambda: self.territory_requested.emit(int(line.territory)))
        match = button(
            "Find a rep…",
            lambda: self.match_requested.emit(int(line.territory)),
            icon_name="target",
        )
        match.setAccessibleName(f"Find a rep for {line.name}")
        self.match_buttons.append(match)
        words = label(line.words, "warning" if line.is_urgent else "muted", wraps=True)
        head = row(link, match)
        head.setStretch(0, 1)
        return framed(column(head, words, margin=10, gap=4), "card")
