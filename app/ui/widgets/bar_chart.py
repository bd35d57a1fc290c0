# SPDX-License-Identifier: MIT
"""Groups as horizontal bars with their figures beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.fonts import tabular_font
from app.ui.tokens import Tokens, tokens_of
from app.ui.widgets.chart import Chart

_ROW = 28
_PAD = 8
_GAP = 12
_LEAST_BAR = 24
_MOST_NAMES = 0.4
"""Part of the width that names may take."""

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Bar:
    """One group of the chart.

    Attributes:
        key: What `activated` tells when it is chosen.
        value: The length of the bar; below zero it is drawn muted, with its size.
        figure: The value in words.
        detail: Further words behind the figure, such as a share; may be empty.
        tooltip: All figures of the group.
        is_muted: It is no group of its own, such as all others together.
    """

    key: int
    label: str
    value: float
    figure: str
    detail: str = ""
    tooltip: str = ""
    is_muted: bool = False


class BarChart(Chart):
    """Bars below one another on one scale that begins at zero."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, Qt.Key.Key_Up, Qt.Key.Key_Down, parent)
        self._bars: tuple[Bar, ...] = ()
        self.setFont(tabular_font(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show other groups, from top to bottom."""
        self._bars = tuple(bars)
        words = [bar.tooltip or f"{bar.label}: {bar.figure} {bar.detail}".strip() for bar in bars]
        self._set_marks([bar.key for bar in bars], words)

    def bars(self) -> tuple[Bar, ...]:
        """The groups from top to bottom."""
        return self._bars

    def position_at(self, point: QPointF) -> int:
        position = int((point.y() - _PAD) // _ROW)
        return position if 0 <= position < len(self._bars) else -1

    def middle_of(self, position: int) -> int:
        """How far down the middle of a bar is."""
        return _PAD + position * _ROW + _ROW // 2

    def sizeHint(self) -> QSize:
        return QSize(420, 2 * _PAD + _ROW * len(self._bars))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = tokens_of(self.palette())
        if self._bars:
            names, figures, details = self._widths()
            used = 2 * _PAD + names + figures + details + 3 * _GAP
            room = max(_LEAST_BAR, self.width() - used)
            largest = max(abs(bar.value) for bar in self._bars) or 1.0
            for position, bar in enumerate(self._bars):
                top = _PAD + position * _ROW
                whole = QRectF(2, top + 1, self.width() - 4, _ROW - 2)
                self._paint_ground(painter, tokens, position, whole)
                self._paint_bar(
                    painter,
                    tokens,
                    bar,
                    QRectF(
                        _PAD + names + _GAP, top + 8, room * abs(bar.value) / largest, _ROW - 16
                    ),
                )
                self._paint_words(painter, tokens, bar, top, (names, figures, details))
        painter.end()

    def _widths(self) -> tuple[float, float, float]:
        metrics = self.fontMetrics()

        def widest(words: list[str]) -> float:
            return max(map(metrics.horizontalAdvance, words)) + 2.0

        names = min(widest([bar.label for bar in self._bars]), self.width() * _MOST_NAMES)
        figures = widest([bar.figure for bar in self._bars])
        return names, figures, widest([bar.detail for bar in self._bars])

    def _paint_bar(self, painter: QPainter, tokens: Tokens, bar: Bar, area: QRectF) -> None:
        if not bar.value:
            return
        is_quiet = bar.is_muted or bar.value < 0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.outline if is_quiet else tokens.accent))
        area.setWidth(max(2.0, area.width()))
        painter.drawRoundedRect(area, 3, 3)

    def _paint_words(
        self,
        painter: QPainter,
        tokens: Tokens,
        bar: Bar,
        top: float,
        widths: tuple[float, float, float],
    ) -> None:
        names, figures, details = widths
        painter.setPen(QColor(tokens.muted if bar.is_muted else tokens.text))
        label = self.fontMetrics().elidedText(bar.label, Qt.TextElideMode.ElideRight, int(names))
        left = int(Qt.AlignmentFlag.AlignLeft | _MIDDLE)
        right = int(Qt.AlignmentFlag.AlignRight | _MIDDLE)
        painter.drawText(QRectF(_PAD, top, names, _ROW), left, label)
        edge = self.width() - _PAD
        figure = QRectF(edge - details - _GAP - figures, top, figures, _ROW)
        painter.setPen(QColor(tokens.text))
        painter.drawText(figure, right, bar.figure)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(QRectF(edge - details, top, details, _ROW), right, bar.detail)
