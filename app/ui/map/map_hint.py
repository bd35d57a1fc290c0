# SPDX-License-Identifier: MIT
"""One line over the map that says how the present tool works."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.theme import set_kind

_TOP, _SIDE, _PADDING = 10, 60, 32
_SLACK = 4
"""Widths of text are rounded down; without it a whole text would be shortened."""


class MapHint(QLabel):
    """Floats at the upper edge of the map; the mouse goes through it.

    Args:
        map_view: The map over which it floats.
    """

    def __init__(self, map_view: QWidget) -> None:
        super().__init__(map_view)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._full = ""
        set_kind(self, "hint")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._over = map_view
        map_view.installEventFilter(self)
        self.hide()

    def set_text(self, text: str) -> None:
        """Say something else; nothing hides it."""
        self._full = text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        room = self._over.width() - 2 * _SIDE
        metrics = self.fontMetrics()
        wide = min(room, metrics.horizontalAdvance(self._full) + _PADDING)
        self.setText(
            metrics.elidedText(self._full, Qt.TextElideMode.ElideRight, wide - _PADDING + _SLACK)
        )
        self.setGeometry((self._over.width() - wide) // 2, _TOP, max(0, wide), 28)
        self.raise_()
