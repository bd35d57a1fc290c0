# SPDX-License-Identifier: MIT
"""A note beside what it explains; a click elsewhere or Escape closes it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.fonts import HEADING
from app.ui.parts import label
from app.ui.theme import set_kind

_WIDTH = 360


class Popover(QFrame):
    """A title and some paragraphs."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        set_kind(self, "popover")
        self.setAccessibleName(title)
        self.setFixedWidth(_WIDTH)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 14, 16, 16)
        self._layout.setSpacing(8)
        self._layout.addWidget(label(title, size=HEADING, semibold=True, wraps=True))
        self._paragraphs: list[QWidget] = []

    def set_paragraphs(self, paragraphs: Sequence[tuple[str, str]]) -> None:
        """Show other words.

        Args:
            paragraphs: Kind of label (nothing, ``muted``, ``warning``) and words of each.
        """
        for paragraph in self._paragraphs:
            self._layout.removeWidget(paragraph)
            paragraph.deleteLater()
        self._paragraphs = [label(words, kind, wraps=True) for kind, words in paragraphs]
        for paragraph in self._paragraphs:
            self._layout.addWidget(paragraph)
        self.setAccessibleDescription(" ".join(words for _kind, words in paragraphs))

    def open_below(self, anchor: QWidget) -> None:
        """Show it below a widget, inside the screen."""
        # `adjustSize` measures long paragraphs at the width that they would like to have.
        self._layout.activate()
        self.resize(_WIDTH, self._layout.totalHeightForWidth(_WIDTH))
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        screen = anchor.screen().availableGeometry()
        x = max(screen.left() + 4, min(corner.x(), screen.right() - self.width() - 4))
        above = anchor.mapToGlobal(QPoint(0, -self.height() - 4)).y()
        y = corner.y() if corner.y() + self.height() < screen.bottom() else above
        self.move(x, max(y, screen.top() + 4))
        self.show()
        self.setFocus()
