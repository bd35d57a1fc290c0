# SPDX-License-Identifier: MIT
"""Our line icons, tinted to the palette at the moment they are painted.

An icon that is handed out once follows every later change between light and dark, because its
engine asks for the colours when it paints. Rendered pixmaps are kept in Qt's own pixmap cache.
"""

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer

from app.ui.resources import ICONS
from app.ui.tokens import tokens_of


def icon(name: str, tint: str = "text") -> QIcon:
    """An icon by the name of its file.

    Args:
        name: File in `resources/icons`, without ``.svg``.
        tint: A colour of `Tokens` (``text``, ``muted``, ``accent``, ``on_accent``, ``danger``)
            or ``#RRGGBB``.
    """
    return QIcon(_TintedEngine(name, tint))


@cache
def icon_names() -> tuple[str, ...]:
    """The names of all icons that there are."""
    return tuple(sorted(path.stem for path in ICONS.glob("*.svg")))


class _TintedEngine(QIconEngine):
    """Draws one SVG in the colour that the palette gives it."""

    def __init__(self, name: str, tint: str) -> None:
        super().__init__()
        self._name = name
        self._tint = tint

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio() if painter.device() else 1.0
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        """A picture of `size` device-independent pixels, drawn with the pixels of the device."""
        tint = "faint" if mode is QIcon.Mode.Disabled else self._tint
        return _rendered(self._name, _rgb_of(tint), size * scale, scale)

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name, self._tint)


def _rgb_of(tint: str) -> str:
    if tint.startswith("#"):
        return tint
    return str(getattr(tokens_of(QGuiApplication.palette()), tint))


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    return (ICONS / f"{name}.svg").read_bytes()


def _rendered(name: str, rgb: str, size: QSize, ratio: float) -> QPixmap:
    key = f"evenfield/{name}/{rgb}/{size.width()}x{size.height()}/{ratio}"
    cached = QPixmap()
    if QPixmapCache.find(key, cached):
        return cached
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", rgb.encode())))
    side = min(size.width(), size.height())
    # A wider box leaves its room on the right: the gap between an icon and its words.
    target = QRectF(0, (size.height() - side) / 2, side, side)
    with QPainter(pixmap) as painter:
        renderer.render(painter, target)
    pixmap.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, pixmap)
    return pixmap
