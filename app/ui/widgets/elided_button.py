# SPDX-License-Identifier: MIT
"""A button that shortens its words with an ellipsis instead of cutting them off."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.ui.parts import literal, plain_tooltip

_AROUND = 12


class ElidedButton(QPushButton):
    """Keeps the whole text as its accessible name, and as a tooltip while it is shortened."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(literal(text), parent)
        self._full = text
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

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
        icon = 0 if self.icon().isNull() else self.iconSize().width() + 4
        shown = self.fontMetrics().elidedText(
            self._full, Qt.TextElideMode.ElideRight, max(0, width - icon - _AROUND)
        )
        self.setText(literal(shown))
        self.setToolTip(plain_tooltip(self._full) if shown != self._full else "")
