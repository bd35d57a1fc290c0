# SPDX-License-Identifier: MIT
"""Carries out the items of a page on any paint device."""

import itertools

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from app.services.map_layers import Rgba
from app.services.map_print.drawing import (
    Box,
    Clip,
    Dots,
    Fill,
    Frame,
    HomeSign,
    Item,
    Page,
    Paths,
    Pie,
    Stroke,
    Words,
)

_FONT_PIXELS = 64
"""Type is laid out this large and scaled, so that its width is the same on every device."""
_HALO_WIDTH = 0.3
"""Of the size of the type."""
_TOP, _WHOLE = 90 * 16, 360 * 16
"""Angles in the sixteenths of degrees that Qt counts, from the right and against the clock."""
_MOST_POINTS = 400
"""Longer strokes are drawn in parts: the time that a stroke takes grows with its square."""


def page_font(base: QFont, *, bold: bool) -> QFont:
    """The type face of the window, ready to be scaled."""
    font = QFont(base)
    font.setPixelSize(_FONT_PIXELS)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.ForceOutline)
    return font


class FontMeasure:
    """Says how wide a text is in the type of the pages.

    Args:
        base: The type face.
    """

    def __init__(self, base: QFont) -> None:
        self._metrics = {bold: QFontMetricsF(page_font(base, bold=bold)) for bold in (False, True)}

    def __call__(self, text: str, size: float, *, bold: bool = False) -> float:
        """Width in points of a text in type of `size` points."""
        return self._metrics[bold].horizontalAdvance(text) * size / _FONT_PIXELS


class PagePainter:
    """Paints pages.

    Args:
        painter: An active painter whose units are the page's points.
        base: The type face.
    """

    def __init__(self, painter: QPainter, base: QFont) -> None:
        self._painter = painter
        self._fonts = {bold: page_font(base, bold=bold) for bold in (False, True)}
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)

    def paint(self, page: Page) -> None:
        """Everything on a page, in order."""
        for item in page.items:
            self.paint_item(item)

    def paint_item(self, item: Item) -> None:
        """One item."""
        match item:
            case Fill():
                self._painter.fillPath(_ring_path(item.paths), QBrush(_color(item.rgba)))
            case Stroke():
                self._stroke(item)
            case Dots():
                self._dots(item)
            case Frame():
                self._frame(item)
            case Pie():
                self._pie(item)
            case HomeSign():
                self._home(item)
            case Words():
                self._words(item)
            case Clip():
                self._clip(item)

    def _stroke(self, item: Stroke) -> None:
        self._painter.setPen(_pen(item.rgba, item.width))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for path in _line_paths(item.paths):
            self._painter.drawPath(path)

    def _dots(self, item: Dots) -> None:
        self._painter.setPen(_pen(item.rgba, item.radius * 2))
        for part in range(0, len(item.xy), _MOST_POINTS):
            points = [QPointF(x, y) for x, y in item.xy[part : part + _MOST_POINTS].tolist()]
            self._painter.drawPoints(QPolygonF(points))

    def _frame(self, item: Frame) -> None:
        self._painter.setPen(_pen(item.edge, item.width) if item.edge else Qt.PenStyle.NoPen)
        self._painter.setBrush(_color(item.fill) if item.fill else Qt.BrushStyle.NoBrush)
        self._painter.drawRect(_rect(item.box))

    def _home(self, item: HomeSign) -> None:
        white, ink = QColor("#ffffff"), QColor("#2b3138")
        self._painter.setPen(Qt.PenStyle.NoPen)
        for share, color in ((1.14, white), (1.0, _color(item.rgba)), (0.74, white)):
            self._painter.setBrush(color)
            radius = item.radius * share
            self._painter.drawEllipse(QPointF(item.x, item.y), radius, radius)
        half = item.radius * 0.5
        corners = ((-1, 0), (0, -1), (1, 0), (0.7, 0), (0.7, 0.85), (-0.7, 0.85), (-0.7, 0))
        house = [QPointF(item.x + x * half, item.y + y * half) for x, y in corners]
        self._painter.setBrush(ink)
        self._painter.drawPolygon(QPolygonF(house))

    def _pie(self, item: Pie) -> None:
        around = QRectF(
            item.x - item.radius, item.y - item.radius, 2 * item.radius, 2 * item.radius
        )
        self._painter.setPen(_pen(item.edge, 0.6))
        if len(item.slices) == 1:
            self._painter.setBrush(_color(item.slices[0][0]))
            self._painter.drawEllipse(around)
            return
        start = _TOP
        for rgba, share in item.slices:
            # Slices meet: each ends where the next begins, whatever was rounded.
            end = start - share * _WHOLE
            self._painter.setBrush(_color(rgba))
            self._painter.drawPie(around, round(start), round(end) - round(start))
            start = end

    def _words(self, item: Words) -> None:
        if not item.text:
            return
        painter = self._painter
        font = self._fonts[item.is_bold]
        scale = item.size / _FONT_PIXELS
        wide = QFontMetricsF(font).horizontalAdvance(item.text) if item.align >= 0 else 0.0
        painter.save()
        painter.translate(item.x, item.y)
        painter.scale(scale, scale)
        painter.translate(-wide * (0.5 if item.align == 0 else 1.0), 0.0)
        if item.halo is not None:
            outline = QPainterPath()
            outline.addText(0.0, 0.0, font, item.text)
            painter.strokePath(outline, _pen(item.halo, _FONT_PIXELS * _HALO_WIDTH))
        painter.setFont(font)
        painter.setPen(_color(item.rgba))
        painter.drawText(QPointF(0.0, 0.0), item.text)
        painter.restore()

    def _clip(self, item: Clip) -> None:
        if item.box is None:
            self._painter.setClipping(False)
        else:
            self._painter.setClipRect(_rect(item.box))


def _ring_path(paths: Paths) -> QPainterPath:
    """One path of all rings."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    xy: list[list[float]] = paths.xy.tolist()
    starts: list[int] = paths.starts.tolist()
    for first, last in itertools.pairwise(starts):
        path.moveTo(*xy[first])
        for x, y in xy[first + 1 : last]:
            path.lineTo(x, y)
        path.closeSubpath()
    return path


def _line_paths(paths: Paths) -> list[QPainterPath]:
    """The lines in paths of a moderate size."""
    made: list[QPainterPath] = []
    xy: list[list[float]] = paths.xy.tolist()
    starts: list[int] = paths.starts.tolist()
    path = QPainterPath()
    for first, last in itertools.pairwise(starts):
        if path.elementCount() > _MOST_POINTS:
            made.append(path)
            path = QPainterPath()
        path.moveTo(*xy[first])
        for x, y in xy[first + 1 : last]:
            path.lineTo(x, y)
    return [*made, path]


def _pen(rgba: Rgba, width: float) -> QPen:
    pen = QPen(_color(rgba), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _color(rgba: Rgba) -> QColor:
    return QColor(*rgba)


def _rect(box: Box) -> QRectF:
    return QRectF(box.left, box.top, box.width, box.height)
