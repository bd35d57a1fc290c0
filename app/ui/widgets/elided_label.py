# SPDX-License-Identifier: MIT
"""A label that shortens its words with an ellipsis instead of cutting them off."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.parts import plain_tooltip


class ElidedLabel(QLabel):
    """Plain text on one line; the whole text is its tooltip while it is shortened."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._full = ""
        self.set_full_text(text)

    def set_full_text(self, text: str) -> None:
        """Show other words."""
        self._full = text
        self.setAccessibleName(text)
        self._shorten(self.width())

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten(event.size().width())

    def _shorten(self, width: int) -> None:
        elide = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self._full, elide, max(0, width))
        self.setText(shown)
        self.setToolTip(plain_tooltip(self._full) if shown != self._full else "")
