# SPDX-License-Identifier: MIT
"""A page in small, as it will be."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.tokens import tokens_of

_MARGIN = 16.0
_SHADOW = 3


class PagePreview(QWidget):
    """Shows the picture of a page as large as there is room, on a quiet ground.

    Args:
        parent: The widget that holds it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._words = ""
        self.setAccessibleName("Preview")
        self.setMinimumSize(320, 280)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(620, 480)

    def show_image(self, image: QImage) -> None:
        """Show a page."""
        self._image, self._words = image, ""
        self.setAccessibleDescription("The page as it will be")
        self.update()

    def show_words(self, words: str) -> None:
        """Say why there is no page, for example what went wrong."""
        self._image, self._words = None, words
        self.setAccessibleDescription(words)
        self.update()

    @property
    def image(self) -> QImage | None:
        """The page that is shown."""
        return self._image

    def picture_size(self, points: tuple[float, float]) -> tuple[int, int]:
        """Pixels that a page of this shape takes here."""
        ratio = self.devicePixelRatioF()
        room_x, room_y = self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN
        scale = max(0.05, min(room_x / points[0], room_y / points[1])) * ratio
        return max(1, round(points[0] * scale)), max(1, round(points[1] * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.track))
        if self._image is None:
            painter.setPen(QColor(tokens.muted))
            inner = self.rect().adjusted(24, 24, -24, -24)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inner, flags, self._words)
        else:
            self._paint_page(painter, self._image)
        painter.end()

    def _paint_page(self, painter: QPainter, image: QImage) -> None:
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        size = image.size().toSizeF()
        size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        page = QRectF(QPointF(0, 0), size)
        page.moveCenter(room.center())
        for far in range(_SHADOW, 0, -1):
            painter.fillRect(page.adjusted(-far, -far + 1, far, far + 1), QColor(0, 0, 0, 16))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(page, image)
