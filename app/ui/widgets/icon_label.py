# SPDX-License-Identifier: MIT
"""A small picture from our icons that follows the palette."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.icons import icon


class IconLabel(QWidget):
    """Shows one icon; decoration only, so it has no name for a screen reader."""

    def __init__(
        self, name: str, tint: str = "muted", side: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon(name, tint)
        self.setFixedSize(QSize(side, side))

    def set_icon(self, name: str, tint: str = "muted") -> None:
        """Show another icon."""
        self._icon = icon(name, tint)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
        painter.end()
