# SPDX-License-Identifier: MIT
"""A thin bar that shows a share."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.tokens import tokens_of

_HEIGHT = 6


class ShareBar(QWidget):
    """Filled from the left as far as the share goes; a share above 0 is always seen.

    The figure stands beside it, so it has no words of its own.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fraction = 0.0
        self._tint = "accent"
        self.setFixedSize(QSize(88, 18))

    def set_share(self, fraction: float, tint: str = "accent") -> None:
        """Show another share.

        Args:
            fraction: From 0 to 1.
            tint: A colour of `Tokens`.
        """
        self._fraction = min(1.0, max(0.0, fraction))
        self._tint = tint
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(0, (self.height() - _HEIGHT) / 2, self.width(), _HEIGHT)
        painter.setBrush(QColor(tokens.track))
        painter.drawRoundedRect(area, 3, 3)
        if self._fraction > 0:
            area.setWidth(max(float(_HEIGHT), area.width() * self._fraction))
            painter.setBrush(QColor(getattr(tokens, self._tint)))
            painter.drawRoundedRect(area, 3, 3)
        painter.end()
