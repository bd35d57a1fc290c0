# SPDX-License-Identifier: MIT
"""Values over time as upright columns, with a line over them and a scale that begins at zero."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.fonts import CAPTION, scaled_font, tabular_font
from app.ui.formats import compact
from app.ui.tokens import Tokens, tokens_of
from app.ui.widgets.chart import Chart

_TOP, _RIGHT = 10, 8
_LABELS = 20
_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: What `activated` tells when it is chosen.
        label: Below it; left out where it would touch the label before.
        value: Its height.
        line: Height of the line here, nan for none.
        is_partial: Drawn as an outline, as it is not complete.
        is_start: Begins a part, such as a year: marked, and its label goes first.
    """

    key: int
    label: str
    value: float
    tooltip: str
    line: float = math.nan
    is_partial: bool = False
    is_start: bool = False


class ColumnChart(Chart):
    """Columns from left to right.

    Args:
        name: What it shows, for screen readers.
        reference: A height that is marked by a line across, or None.
        formatted: How the numbers of the scale are written.
        parent: The widget that holds it.
    """

    def __init__(
        self,
        name: str,
        reference: float | None = None,
        formatted: Callable[[float | None], str] = compact,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, Qt.Key.Key_Left, Qt.Key.Key_Right, parent)
        self._columns: tuple[Column, ...] = ()
        self._reference = reference
        self._formatted = formatted
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns, from left to right."""
        self._columns = tuple(columns)
        self._set_marks([c.key for c in columns], [c.tooltip for c in columns])

    def columns(self) -> tuple[Column, ...]:
        """The columns from left to right."""
        return self._columns

    def position_at(self, point: QPointF) -> int:
        plot = self._plot()
        if not self._columns or not plot.left() <= point.x() < plot.right():
            return -1
        return int((point.x() - plot.left()) / plot.width() * len(self._columns))

    def sizeHint(self) -> QSize:
        return QSize(420, 120)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 110)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small_font())
        tokens = tokens_of(self.palette())
        if self._columns:
            plot = self._plot()
            self._paint_scale(painter, tokens, plot)
            for position in range(len(self._columns)):
                self._paint_column(painter, tokens, plot, position)
            self._paint_line(painter, tokens, plot)
            self._paint_labels(painter, tokens, plot)
        painter.end()

    def _ends(self) -> tuple[float, float, float]:
        """Lowest and highest value of the scale, and the step between its lines."""
        lines = [c.line for c in self._columns if not math.isnan(c.line)]
        values = [*(c.value for c in self._columns), *lines, self._reference or 0.0, 0.0]
        low, high = min(values), max(values)
        step = nice_step((high - low) or 1.0)
        return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step, step

    def _small_font(self) -> QFont:
        return tabular_font(scaled_font(self.font(), CAPTION))

    def _plot(self) -> QRectF:
        painter_font = self._small_font()
        metrics = self.fontMetrics()
        low, high, step = self._ends() if self._columns else (0.0, 1.0, 1.0)
        words = [self._formatted(low), self._formatted(high), self._formatted(low + step)]
        ratio = painter_font.pointSizeF() / self.font().pointSizeF()
        left = max(map(metrics.horizontalAdvance, words)) * ratio + 12
        height = self.height() - _TOP - _LABELS
        return QRectF(left, _TOP, max(20.0, self.width() - left - _RIGHT), max(20.0, height))

    def _y(self, plot: QRectF, value: float) -> float:
        low, high, _ = self._ends()
        return plot.bottom() - (value - low) / ((high - low) or 1.0) * plot.height()

    def _area(self, plot: QRectF, position: int) -> QRectF:
        width = plot.width() / len(self._columns)
        return QRectF(plot.left() + position * width, plot.top(), width, plot.height())

    def _paint_scale(self, painter: QPainter, tokens: Tokens, plot: QRectF) -> None:
        low, high, step = self._ends()
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for place in range(round((high - low) / step) + 1):
            value = low + place * step
            y = round(self._y(plot, value)) + 0.5
            is_zero = abs(value) < step / 1000
            painter.setPen(QPen(QColor(tokens.outline if is_zero else tokens.hairline), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(tokens.muted))
            words = self._formatted(0.0 if is_zero else value)
            painter.drawText(QRectF(0, y - 9, plot.left() - 6, 18), right, words)
        if self._reference is not None:
            y = self._y(plot, self._reference)
            painter.setPen(QPen(QColor(tokens.muted), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))

    def _paint_column(self, painter: QPainter, tokens: Tokens, plot: QRectF, position: int) -> None:
        column, area = self._columns[position], self._area(plot, position)
        if position == self._hovered:
            painter.fillRect(area, QColor(tokens.hover))
        if self.hasFocus() and position == self._current:
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(0.5, -2, -0.5, 2), 3, 3)
        gap = 0.0 if area.width() < 4 else max(1.0, area.width() * 0.16)
        zero, top = self._y(plot, 0.0), self._y(plot, column.value)
        bar = QRectF(area.left() + gap, min(zero, top), area.width() - 2 * gap, abs(zero - top))
        if column.is_partial:
            painter.setPen(QPen(QColor(tokens.accent), 1.2, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(tokens.accent_soft))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent if column.value >= 0 else tokens.outline))
        if bar.height() > 0:
            painter.drawRect(bar)

    def _paint_line(self, painter: QPainter, tokens: Tokens, plot: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        run = QPolygonF()
        for position, column in enumerate((*self._columns, None)):
            if column is not None and not math.isnan(column.line):
                x = self._area(plot, position).center().x()
                run.append(QPointF(x, self._y(plot, column.line)))
                continue
            if run.count() > 1:
                painter.setPen(QPen(QColor(tokens.surface), 4))
                painter.drawPolyline(run)
                painter.setPen(QPen(QColor(tokens.text), 2))
                painter.drawPolyline(run)
            run = QPolygonF()

    def _paint_labels(self, painter: QPainter, tokens: Tokens, plot: QRectF) -> None:
        metrics = painter.fontMetrics()
        taken: list[tuple[float, float]] = []
        order = sorted(range(len(self._columns)), key=lambda p: not self._columns[p].is_start)
        painter.setPen(QColor(tokens.muted))
        for position in order:
            column, area = self._columns[position], self._area(plot, position)
            half = metrics.horizontalAdvance(column.label) / 2 + 3
            middle = min(max(area.center().x(), half), self.width() - half)
            if any(middle - half < end and middle + half > start for start, end in taken):
                continue
            taken.append((middle - half, middle + half))
            where = QRectF(middle - half, plot.bottom() + 4, 2 * half, _LABELS)
            painter.drawText(where, int(_CENTRE), column.label)


def nice_step(span: float, most: int = 4) -> float:
    """A step of 1, 2 or 5 times a power of ten that parts a span into at most so many."""
    rough = span / most
    power = 10.0 ** math.floor(math.log10(rough))
    return next((f * power for f in (1.0, 2.0, 5.0) if f * power >= rough), 10.0 * power)
