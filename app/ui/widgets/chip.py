# SPDX-License-Identifier: MIT
"""A territory's colour as a small rounded square, the same wherever a territory is named."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from app.ui.tokens import Tokens, territory_qcolor

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
    with QPainter(pixmap) as painter:
        paint_chip(painter, QRectF(1, 1, CHIP_SIDE, CHIP_SIDE), color_index, tokens)
    made = QIcon(pixmap)
    made.addPixmap(pixmap, QIcon.Mode.Selected)
    return made
