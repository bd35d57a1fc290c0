# SPDX-License-Identifier: MIT
"""What a pane shows while there is nothing in it: what it will hold, and how to begin."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.fonts import HEADING
from app.ui.parts import button, label, row
from app.ui.widgets.icon_label import IconLabel


class EmptyState(QWidget):
    """An icon, a title, a sentence, and buttons in place.

    Signals:
        chosen: Key of the button that was pressed.
    """

    chosen = Signal(str)

    def __init__(
        self, icon_name: str, title: str, sentence: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = label(title, size=HEADING, semibold=True, wraps=True)
        self._sentence = label(sentence, "muted", wraps=True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 24, 24, 24)
        self._layout.setSpacing(8)
        self._layout.addStretch(2)
        picture = IconLabel(icon_name, "accent", 32)
        self._layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self._title, self._sentence):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            part.setMaximumWidth(420)
            line = row(None, part, None)
            line.setStretch(1, 100)
            self._layout.addLayout(line)
        self._layout.addSpacing(8)
        self._layout.addStretch(3)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)

    def add_button(
        self, key: str, text: str, *, icon_name: str = "", primary: bool = False
    ) -> QPushButton:
        """Add a way to begin; it stands below those added before."""
        made = button(
            text,
            lambda: self.chosen.emit(key),
            kind="primary" if primary else "",
            icon_name=icon_name,
        )
        made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        made.setMinimumWidth(220)
        self._layout.insertWidget(self._layout.count() - 1, made, 0, Qt.AlignmentFlag.AlignHCenter)
        return made

    def set_words(self, title: str, sentence: str) -> None:
        """Change what it says."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
