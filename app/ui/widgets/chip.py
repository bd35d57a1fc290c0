# SPDX-License-Identifier: MIT
"""A territory's colour as a small rounded square, the same wherever a territory is named."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from app.models.palette import territory_color
from app.ui.tokens import Tokens, territory_qcolor, tokens_of

CHIP_SIDE = 14


def paint_chip(painter: QPainter, area: QRectF, color_index: int, tokens: Tokens) -> None:
    """Draw the colour with an outline, so that light colours stand out on white too."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QColor("#FFFFFF" if tokens.is_dark else "#000000")
    edge.setAlpha(70)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(territory_qcolor(color_index))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.restore()


def chip_icon(color_index: int, tokens: Tokens) -> QIcon:
    """The colour as an icon for menus and lists."""
    # Wider than the chip: the gap between it and the words that follow.
    pixmap = QPixmap(QSize(38, 32))
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_chip(painter, QRectF(1, 1, CHIP_SIDE, CHIP_SIDE), color_index, tokens)
    painter.end()
    made = QIcon(pixmap)
    made.addPixmap(pixmap, QIcon.Mode.Selected)
    return made


class ColorChip(QWidget):
    """The colour of one territory, for reading only."""

    def __init__(self, color_index: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color_index = color_index
        self.setFixedSize(CHIP_SIDE + 2, CHIP_SIDE + 2)
        self._name_color()

    def set_color_index(self, color_index: int) -> None:
        """Show another colour."""
        self._color_index = color_index
        self._name_color()
        self.update()

    def _name_color(self) -> None:
        self.setAccessibleName(f"Color {territory_color(self._color_index).name}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(1, 1, CHIP_SIDE, CHIP_SIDE)
        paint_chip(painter, area, self._color_index, tokens_of(self.palette()))
        painter.end()
