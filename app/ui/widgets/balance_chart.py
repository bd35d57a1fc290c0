# SPDX-License-Identifier: MIT
"""Totals of the territories as horizontal bars, with their ideal and the tolerance around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.ui.formats import compact, signed_percent
from app.ui.parts import plain_tooltip
from app.ui.tokens import Tokens, territory_qcolor, tokens_of
from app.ui.widgets.deviation_bar import Deviation, Standing, standing_color

_ROW = 28
_PAD = 12
_NUMBER_WIDTH = 108
_LEGEND = 26


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One territory of the chart.

    Attributes:
        key: What `activated` tells when it is chosen.
        ideal: In the same unit as `value`; None where there is none.
    """

    key: int
    name: str
    color_index: int
    value: float
    ideal: float | None
    deviation: Deviation


class BalanceChart(QWidget):
    """Bars that can be hovered, clicked, and walked through with the arrow keys.

    Signals:
        activated: Key of the bar that was clicked, or chosen with Enter.
    """

    activated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[ChartBar, ...] = ()
        self._formatted: Callable[[float | None], str] = compact
        self._current = -1
        self._hovered = -1
        self._selected: frozenset[int] = frozenset()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Chart of totals by territory")

    def set_bars(
        self, bars: Sequence[ChartBar], formatted: Callable[[float | None], str] = compact
    ) -> None:
        """Show other totals.

        Args:
            bars: From top to bottom.
            formatted: How a value is written.
        """
        self._bars = tuple(bars)
        self._formatted = formatted
        self._current = min(self._current, len(bars) - 1)
        self._describe()
        self.updateGeometry()
        self.update()

    def set_selected(self, keys: frozenset[int]) -> None:
        """Mark the bars that are selected elsewhere."""
        self._selected = keys
        self.update()

    def bar_at(self, y: float) -> int:
        """The position of the bar at a height, or -1."""
        position = int((y - _PAD) // _ROW) if y >= _PAD else -1
        return position if 0 <= position < len(self._bars) else -1

    def sizeHint(self) -> QSize:
        return QSize(420, 2 * _PAD + _ROW * len(self._bars) + _LEGEND)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._bars:
            plot = self._plot_area()
            scale = plot.width() / self._scale_end()
            for position, bar in enumerate(self._bars):
                self._paint_row(painter, tokens, position, plot, scale)
                _paint_ideal(painter, tokens, bar, self._bar_area(position, plot), scale)
            self._paint_legend(painter, tokens, plot)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = self.bar_at(event.position().y())
        if hovered != self._hovered:
            self._hovered = hovered
            cursor = Qt.CursorShape.PointingHandCursor if hovered >= 0 else None
            if cursor is None:
                self.unsetCursor()
            else:
                self.setCursor(cursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = self.bar_at(event.position().y())
        if event.button() is Qt.MouseButton.LeftButton and position >= 0:
            self._current = position
            self.update()
            self.activated.emit(self._bars[position].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._bars) - 1
        moves = {
            Qt.Key.Key_Down: min(self._current + 1, last),
            Qt.Key.Key_Up: max(self._current - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in moves and self._bars:
            self._current = moves[key]
            self._describe()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current >= 0:
            self.activated.emit(self._bars[self._current].key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._current < 0 and self._bars:
            self._current = 0
        self._describe()
        super().focusInEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            position = self.bar_at(event.pos().y())
            if position >= 0:
                words = self._words(self._bars[position])
                QToolTip.showText(event.globalPos(), plain_tooltip(words), self)
                return True
        return super().event(event)

    def _words(self, bar: ChartBar) -> str:
        ideal = "" if bar.ideal is None else f"; ideal {self._formatted(bar.ideal)}"
        return f"{bar.name}: {self._formatted(bar.value)} ({bar.deviation.words}){ideal}"

    def _describe(self) -> None:
        if 0 <= self._current < len(self._bars):
            self.setAccessibleDescription(self._words(self._bars[self._current]))
        else:
            self.setAccessibleDescription(f"{len(self._bars)} bars")

    def _plot_area(self) -> QRectF:
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(bar.name) for bar in self._bars)
        names = min(widest + 12, self.width() * 0.34)
        return QRectF(
            _PAD + names,
            _PAD,
            max(60.0, self.width() - 2 * _PAD - names - _NUMBER_WIDTH),
            _ROW * len(self._bars),
        )

    def _scale_end(self) -> float:
        ends = [bar.value for bar in self._bars]
        ends += [b.ideal * (1 + b.deviation.tolerance_fraction) for b in self._bars if b.ideal]
        return max([*ends, 1e-9]) * 1.02

    def _bar_area(self, position: int, plot: QRectF) -> QRectF:
        return QRectF(plot.left(), plot.top() + position * _ROW, plot.width(), _ROW)

    def _paint_row(
        self, painter: QPainter, tokens: Tokens, position: int, plot: QRectF, scale: float
    ) -> None:
        bar = self._bars[position]
        area = self._bar_area(position, plot)
        whole = QRectF(4, area.top() + 1, self.width() - 8, _ROW - 2)
        if bar.key in self._selected or position == self._hovered:
            fill = tokens.accent_soft if bar.key in self._selected else tokens.hover
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(whole, 6, 6)
        if self.hasFocus() and position == self._current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.drawRoundedRect(whole, 6, 6)
        _paint_band(painter, tokens, bar, area, scale)
        edge = QColor(tokens.text)
        edge.setAlpha(60)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(territory_qcolor(bar.color_index))
        length = max(2.0, bar.value * scale)
        painter.drawRoundedRect(QRectF(area.left(), area.top() + 8.5, length, _ROW - 17), 3, 3)
        self._paint_words(painter, tokens, bar, area)

    def _paint_words(self, painter: QPainter, tokens: Tokens, bar: ChartBar, area: QRectF) -> None:
        names = QRectF(_PAD, area.top(), area.left() - _PAD - 10, _ROW)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.text))
        name = self.fontMetrics().elidedText(
            bar.name, Qt.TextElideMode.ElideRight, int(names.width())
        )
        painter.drawText(names, int(Qt.AlignmentFlag.AlignLeft | middle), name)
        numbers = QRectF(area.right(), area.top(), _NUMBER_WIDTH, _ROW)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(
            numbers.adjusted(8, 0, -52, 0),
            int(Qt.AlignmentFlag.AlignRight | middle),
            compact(bar.value),
        )
        if bar.deviation.standing is not Standing.UNDEFINED:
            painter.setPen(standing_color(bar.deviation.standing, tokens))
            words = signed_percent(bar.deviation.fraction)
            painter.drawText(numbers, int(Qt.AlignmentFlag.AlignRight | middle), words)

    def _paint_legend(self, painter: QPainter, tokens: Tokens, plot: QRectF) -> None:
        y = plot.bottom() + _LEGEND / 2 + 2
        painter.setPen(QPen(QColor(tokens.text), 2))
        painter.drawLine(QPointF(plot.left() + 1, y - 6), QPointF(plot.left() + 1, y + 6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.pressed))
        painter.drawRoundedRect(QRectF(plot.left() + 58, y - 6, 16, 12), 2, 2)
        painter.setPen(QColor(tokens.muted))
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(plot.left() + 10, y - 10, 48, 20), left, "Ideal")
        painter.drawText(QRectF(plot.left() + 82, y - 10, 120, 20), left, "Tolerance")


def _paint_band(
    painter: QPainter, tokens: Tokens, bar: ChartBar, area: QRectF, scale: float
) -> None:
    if bar.ideal is None:
        return
    half = bar.ideal * bar.deviation.tolerance_fraction * scale
    middle = area.left() + bar.ideal * scale
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.pressed))
    painter.drawRect(QRectF(middle - half, area.top(), 2 * half, area.height()))


def _paint_ideal(
    painter: QPainter, tokens: Tokens, bar: ChartBar, area: QRectF, scale: float
) -> None:
    if bar.ideal is None:
        return
    x = area.left() + bar.ideal * scale
    painter.setPen(QPen(QColor(tokens.text), 2))
    painter.drawLine(QPointF(x, area.top() + 3), QPointF(x, area.bottom() - 3))
