# SPDX-License-Identifier: MIT
"""A deviation as a bar around zero, with the tolerance as a corridor behind it.

Colour is never the only sign: a bar outside the corridor ends in an arrow head, and one that is
longer than the scale has an open end.
"""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.formats import NOTHING, percent, signed_percent
from app.ui.tokens import Tokens, tokens_of

DEVIATION_ROLE = int(Qt.ItemDataRole.UserRole) + 40
"""Model role that gives a `Deviation`."""


class Standing(IntEnum):
    """Where a deviation lies with respect to the tolerance."""

    UNDEFINED = 0
    INSIDE = 1
    OUTSIDE = 2
    FAR_OUTSIDE = 3


@dataclass(frozen=True, slots=True)
class Deviation:
    """A signed fraction and the tolerance that it is held against."""

    fraction: float | None
    tolerance_fraction: float

    @property
    def standing(self) -> Standing:
        """Inside the corridor (its edge included), outside it, or beyond twice its width."""
        if self.fraction is None:
            return Standing.UNDEFINED
        if abs(self.fraction) <= self.tolerance_fraction:
            return Standing.INSIDE
        far = abs(self.fraction) > 2 * self.tolerance_fraction
        return Standing.FAR_OUTSIDE if far else Standing.OUTSIDE

    @property
    def words(self) -> str:
        """What a screen reader says."""
        if self.fraction is None:
            return NOTHING
        where = "within" if self.standing is Standing.INSIDE else "outside"
        tolerance = percent(self.tolerance_fraction)
        return f"{signed_percent(self.fraction)}, {where} the tolerance of {tolerance}"


def standing_color(standing: Standing, tokens: Tokens) -> QColor:
    """The colour that says how far off a territory is."""
    return QColor(
        {
            Standing.UNDEFINED: tokens.faint,
            Standing.INSIDE: tokens.good,
            Standing.OUTSIDE: tokens.warning,
            Standing.FAR_OUTSIDE: tokens.danger,
        }[standing]
    )


def paint_deviation(
    painter: QPainter, area: QRectF, deviation: Deviation, tokens: Tokens, height: float = 6
) -> None:
    """Draw the bar in the middle of an area; the scale ends at three tolerances."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    middle_x, middle_y = area.center().x(), area.center().y()
    half = area.width() / 2
    unit = half / 3
    track = QRectF(area.left(), middle_y - height / 2, area.width(), height)
    painter.setBrush(QColor(tokens.track))
    painter.drawRoundedRect(track, height / 2, height / 2)
    corridor = QRectF(middle_x - unit, track.top(), 2 * unit, height)
    painter.setBrush(QColor(tokens.pressed))
    painter.drawRect(corridor)
    if deviation.fraction is not None:
        _paint_value(painter, track, deviation, tokens)
    painter.setBrush(QColor(tokens.muted))
    painter.drawRect(QRectF(middle_x - 0.5, track.top() - 2, 1, height + 4))
    painter.restore()


def _paint_value(painter: QPainter, track: QRectF, deviation: Deviation, tokens: Tokens) -> None:
    fraction = deviation.fraction or 0.0
    half = track.width() / 2
    scaled = fraction / (3 * deviation.tolerance_fraction) * half
    is_clipped = abs(scaled) > half
    length = max(-half, min(half, scaled))
    zero = track.center().x()
    painter.setBrush(standing_color(deviation.standing, tokens))
    sign = 1 if length >= 0 else -1
    has_head = deviation.standing > Standing.INSIDE
    head = min(track.height(), abs(length)) if has_head else 0
    body = QRectF(zero, track.top(), length - sign * head, track.height()).normalized()
    painter.drawRect(body)
    if has_head:
        tip, base = zero + length, zero + length - sign * head
        top, bottom, middle = track.top() - 2, track.bottom() + 2, track.center().y()
        painter.drawPolygon(
            QPolygonF([QPointF(base, top), QPointF(tip, middle), QPointF(base, bottom)])
        )
    if is_clipped:
        painter.setBrush(QColor(tokens.surface))
        painter.drawRect(QRectF(zero + length - sign * (head + 5) - 1, track.top(), 2, 6))


class DeviationBar(QWidget):
    """One deviation bar on its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deviation = Deviation(None, 0.15)
        self.setMinimumSize(60, 14)
        self.setAccessibleName("Deviation from ideal")

    def set_deviation(self, deviation: Deviation) -> None:
        """Show another deviation."""
        self._deviation = deviation
        self.setAccessibleDescription(deviation.words)
        self.setToolTip(deviation.words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(140, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        paint_deviation(painter, area, self._deviation, tokens_of(self.palette()))
        painter.end()


class DeviationDelegate(QStyledItemDelegate):
    """Draws `DEVIATION_ROLE` as a bar with the percentage beside it."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        deviation = index.data(DEVIATION_ROLE)
        if not isinstance(deviation, Deviation):
            super().paint(painter, option, index)
            return
        tokens = tokens_of(option.palette)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(tokens.accent_soft))
        words = signed_percent(deviation.fraction)
        number_width = 64
        area = QRectF(option.rect).adjusted(8, 0, -8, 0)
        painter.save()
        painter.setFont(option.font)
        painter.setPen(standing_color(deviation.standing, tokens))
        painter.drawText(
            QRectF(area.right() - number_width, area.top(), number_width, area.height()),
            int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
            words,
        )
        painter.restore()
        bar = area.adjusted(0, 0, -number_width - 8, 0)
        if bar.width() >= 30 and deviation.fraction is not None:
            paint_deviation(painter, bar, deviation, tokens)
