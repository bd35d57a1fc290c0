# SPDX-License-Identifier: MIT
"""What all charts share: marks that can be hovered, clicked, and walked through with the keys."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.ui.parts import plain_tooltip
from app.ui.tokens import Tokens


class Chart(QWidget):
    """Marks with words; subclasses say where each mark is and paint them.

    Args:
        name: What the chart shows, for screen readers.
        back, forward: The arrow keys that go from mark to mark.
        parent: The widget that holds it.

    Signals:
        activated: Key of the mark that was clicked, or chosen with Enter.
        moved: Position that the arrow keys went to.
    """

    activated = Signal(int)
    moved = Signal(int)

    def __init__(
        self, name: str, back: Qt.Key, forward: Qt.Key, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._back, self._forward = back, forward
        self._keys: tuple[int, ...] = ()
        self._words: tuple[str, ...] = ()
        self._current = -1
        self._hovered = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def position_at(self, point: QPointF) -> int:
        """The position of the mark at a point, or -1."""
        raise NotImplementedError

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = self._clickable(self.position_at(event.position()))
        if hovered != self._hovered:
            self._hovered = hovered
            if hovered >= 0:
                self.setCursor(Qt.CursorShape.PointingHandCursor)
            else:
                self.unsetCursor()
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = self._clickable(self.position_at(event.position()))
        if event.button() is Qt.MouseButton.LeftButton and position >= 0:
            self._go_to(position)
            self.activated.emit(self._keys[position])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._keys) - 1
        moves = {
            self._forward: min(self._current + 1, last),
            self._back: max(self._current - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in moves and self._keys:
            self._go_to(moves[key])
            self.moved.emit(self._current)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current >= 0:
            self.activated.emit(self._keys[self._current])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() is not Qt.FocusReason.MouseFocusReason and self._keys:
            self._go_to(max(self._current, 0))
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            position = self.position_at(QPointF(event.pos()))
            if position >= 0:
                QToolTip.showText(event.globalPos(), plain_tooltip(self._words[position]), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _set_marks(self, keys: Sequence[int], words: Sequence[str]) -> None:
        """Take other marks.

        Args:
            keys: What `activated` tells.
            words: The tooltip of each, which a screen reader says too.
        """
        self._keys, self._words = tuple(keys), tuple(words)
        self._hovered = -1
        self._current = min(self._current, len(self._keys) - 1)
        self._describe()
        self.updateGeometry()
        self.update()

    def _paint_ground(
        self, painter: QPainter, tokens: Tokens, position: int, whole: QRectF
    ) -> None:
        """Mark the line of a mark that the mouse or the keys are at."""
        if position == self._hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(whole, 6, 6)
        if self.hasFocus() and position == self._current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.drawRoundedRect(whole, 6, 6)

    def _clickable(self, position: int) -> int:
        return position if 0 <= position < len(self._keys) else -1

    def _go_to(self, position: int) -> None:
        self._current = position
        self._describe()
        self.update()

    def _describe(self) -> None:
        has_current = 0 <= self._current < len(self._words)
        self.setAccessibleDescription(self._words[self._current] if has_current else "")
