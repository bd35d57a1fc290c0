# SPDX-License-Identifier: MIT
"""How things stand over a range from 0 to 1: a row of spans for each, and a mark where one is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.formats import percent
from app.ui.tokens import Tokens, tokens_of
from app.ui.widgets.chart import Chart

_ROW, _PAD, _SCALE, _BAR = 26, 10, 22, 12
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a row.

    Attributes:
        first, last: From 0 to 1.
        level: -1 below, 0 within, 1 above; None where nothing can be said. Spans below and above
            are told apart by where they stand in the row, not by colour alone.
    """

    first: float
    last: float
    level: int | None


@dataclass(frozen=True, slots=True)
class SpanRow:
    """One row.

    Attributes:
        key: What `activated` tells when it is chosen.
        words: The whole row in words, for the tooltip and screen readers.
    """

    key: int
    name: str
    spans: tuple[Span, ...]
    words: str


class SpanChart(Chart):
    """Rows of spans below one another, with a scale in percent."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, Qt.Key.Key_Up, Qt.Key.Key_Down, parent)
        self._rows: tuple[SpanRow, ...] = ()
        self._mark = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rows(self, rows: Sequence[SpanRow], mark: float) -> None:
        """Show other rows.

        Args:
            rows: From top to bottom.
            mark: Where one is now, from 0 to 1.
        """
        self._rows, self._mark = tuple(rows), mark
        self._set_marks([each.key for each in rows], [each.words for each in rows])

    def rows(self) -> tuple[SpanRow, ...]:
        """The rows from top to bottom."""
        return self._rows

    def position_at(self, point: QPointF) -> int:
        at = int((point.y() - _PAD) // _ROW) if point.y() >= _PAD else -1
        return at if 0 <= at < len(self._rows) else -1

    def sizeHint(self) -> QSize:
        return QSize(420, 2 * _PAD + _ROW * len(self._rows) + _SCALE)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = tokens_of(self.palette())
        if self._rows:
            plot = self._plot()
            for position in range(len(self._rows)):
                self._paint_row(painter, tokens, plot, position)
            self._paint_scale(painter, tokens, plot)
        painter.end()

    def _plot(self) -> QRectF:
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(each.name) for each in self._rows)
        names = min(widest + 14, self.width() * 0.36)
        width = max(60.0, self.width() - 2 * _PAD - names)
        return QRectF(_PAD + names, _PAD, width, _ROW * len(self._rows))

    def _paint_row(self, painter: QPainter, tokens: Tokens, plot: QRectF, position: int) -> None:
        each, top = self._rows[position], plot.top() + position * _ROW
        whole = QRectF(2, top + 1, self.width() - 4, _ROW - 2)
        self._paint_ground(painter, tokens, position, whole)
        names = plot.left() - _PAD - 10
        painter.setPen(QColor(tokens.text))
        name = self.fontMetrics().elidedText(each.name, Qt.TextElideMode.ElideRight, int(names))
        left = int(Qt.AlignmentFlag.AlignLeft | _MIDDLE)
        painter.drawText(QRectF(_PAD, top, names, _ROW), left, name)
        for span in each.spans:
            _paint_span(painter, tokens, span, plot, top)

    def _paint_scale(self, painter: QPainter, tokens: Tokens, plot: QRectF) -> None:
        top = plot.bottom() + 4
        for part in (0.0, 0.25, 0.5, 0.75, 1.0):
            x = plot.left() + part * plot.width()
            painter.setPen(QPen(QColor(tokens.hairline), 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom() + 3))
            painter.setPen(QColor(tokens.muted))
            where = QRectF(min(x - 24, self.width() - 48.0), top, 48, _SCALE - 4)
            painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), percent(part))
        x = plot.left() + self._mark * plot.width()
        painter.setPen(QPen(QColor(tokens.text), 2))
        painter.drawLine(QPointF(x, plot.top() - 3), QPointF(x, plot.bottom() + 3))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.text))
        head = [QPointF(x - 5, plot.top() - 8), QPointF(x + 5, plot.top() - 8)]
        painter.drawPolygon(QPolygonF([*head, QPointF(x, plot.top() - 1)]))


def _paint_span(painter: QPainter, tokens: Tokens, span: Span, plot: QRectF, top: float) -> None:
    """Within: a bar in the middle. Above: the upper half. Below: the lower half."""
    left = plot.left() + span.first * plot.width()
    width = max(1.5, (span.last - span.first) * plot.width())
    middle = top + _ROW / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.track))
    painter.drawRect(QRectF(left, middle - 1, width, 2))
    if span.level is None:
        return
    color = {0: tokens.good, 1: tokens.danger, -1: tokens.warning}[span.level]
    painter.setBrush(QColor(color))
    if span.level == 0:
        painter.drawRect(QRectF(left, middle - _BAR / 4, width, _BAR / 2))
    else:
        upper = middle - _BAR / 2 - 1 if span.level > 0 else middle + 1
        painter.drawRect(QRectF(left, upper, width, _BAR / 2))
