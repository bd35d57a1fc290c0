# SPDX-License-Identifier: MIT
"""The steps of a formula below one another, to read and to copy."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.ui.fonts import tabular_font
from app.ui.panes.work.work_terms import Term
from app.ui.parts import label
from app.ui.theme import set_kind

_CAPTION_WIDTH = 108


class TermList(QWidget):
    """Captions and steps in two columns; a step that is less than certain is marked."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[QLabel, QLabel]] = []

    def set_terms(self, terms: Sequence[Term]) -> None:
        """Show other steps."""
        while len(self._lines) < len(terms):
            self._add_line()
        for at, (caption, words) in enumerate(self._lines):
            is_used = at < len(terms)
            caption.setVisible(is_used)
            words.setVisible(is_used)
            if is_used:
                caption.setText(terms[at].caption)
                words.setText(terms[at].words)
                set_kind(words, terms[at].kind)
        spoken = "; ".join(f"{term.caption}: {term.words}" for term in terms)
        self.setAccessibleName(f"{self._name}: {spoken}")

    def _add_line(self) -> None:
        at = len(self._lines)
        caption, words = label("", "muted", wraps=True), label("", wraps=True)
        caption.setFixedWidth(_CAPTION_WIDTH)
        words.setFont(tabular_font(words.font()))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(caption, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, at, 1, Qt.AlignmentFlag.AlignTop)
        self._lines.append((caption, words))
