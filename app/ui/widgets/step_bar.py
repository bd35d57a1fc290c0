# SPDX-License-Identifier: MIT
"""Where one is in a sequence of steps."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.icons import icon
from app.ui.tokens import tokens_of

_DOT = 22
_GAP = 10
_LINE = 28


class StepBar(QWidget):
    """Numbered steps in a row; those done carry a check mark."""

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = tuple(steps)
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_current(0)

    def set_current(self, current: int) -> None:
        """Move to a step."""
        self._current = current
        place = f"step {current + 1} of {len(self._steps)}"
        self.setAccessibleName(f"{self._steps[current]}, {place}")
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words = sum(metrics.horizontalAdvance(step) for step in self._steps)
        each = _DOT + 2 * _GAP + _LINE
        return QSize(words + each * len(self._steps) + 40, _DOT + 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.0
        for at, step in enumerate(self._steps):
            x = self._paint_step(painter, at, step, x)
        painter.end()

    def _paint_step(self, painter: QPainter, at: int, step: str, x: float) -> float:
        tokens = tokens_of(self.palette())
        middle = self.height() / 2
        dot = QRectF(x + 1, middle - _DOT / 2, _DOT, _DOT)
        is_done, is_current = at < self._current, at == self._current
        edge = tokens.accent if is_done or is_current else tokens.outline
        painter.setPen(QPen(QColor(edge), 1.5))
        painter.setBrush(QColor(tokens.accent if is_current else tokens.surface))
        painter.drawEllipse(dot)
        if is_done:
            icon("check", "accent").paint(painter, dot.adjusted(4, 4, -4, -4).toRect())
        else:
            painter.setPen(QColor(tokens.on_accent if is_current else tokens.muted))
            painter.drawText(dot, int(Qt.AlignmentFlag.AlignCenter), str(at + 1))
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if is_current else QFont.Weight.Normal)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(step) + 2
        painter.setPen(QColor(tokens.text if is_current else tokens.muted))
        words = QRectF(dot.right() + _GAP, 0, width, self.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), step)
        painter.setFont(self.font())
        end = words.right() + _GAP
        if at + 1 < len(self._steps):
            painter.setPen(QPen(QColor(tokens.edge), 1))
            painter.drawLine(int(end), int(middle), int(end + _LINE), int(middle))
        return end + _LINE + _GAP
