# SPDX-License-Identifier: MIT
"""Draws a row of the territory list, and knows where its clickable parts are."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.fonts import CAPTION, scaled_font, tabular_font
from app.ui.formats import signed_percent
from app.ui.icons import icon
from app.ui.panes.territory_lines import TerritoryLine
from app.ui.panes.territory_list import ACTIVE_ROLE, FOLDED_ROLE, LINE_ROLE
from app.ui.theme import set_kind
from app.ui.tokens import Tokens, tokens_of
from app.ui.widgets.chip import CHIP_SIDE, paint_chip
from app.ui.widgets.deviation_bar import paint_deviation, standing_color

Index = QModelIndex | QPersistentModelIndex
_HEIGHT = 52
_INDENT = 16
_MOST_INDENTS = 4
"""Deeper levels are not indented further, so that names keep their room."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class RowParts:
    """Where the parts of a row are."""

    chip: QRectF
    lock: QRectF
    name: QRectF
    total: QRectF
    rep: QRectF
    bar: QRectF
    percent: QRectF


def row_parts(area: QRect, depth: int = 0) -> RowParts:
    """The parts of a row that fills an area; what lies in a region is indented."""
    left, right = area.left() + 12 + _INDENT * min(depth, _MOST_INDENTS), area.right() - 30
    top, line = area.top() + 6, 20
    second = top + line
    words = left + CHIP_SIDE + 10
    total_width = 64
    bar_width = max(36.0, min(96.0, (right - words) * 0.25))
    return RowParts(
        chip=QRectF(left, top + (line - CHIP_SIDE) / 2, CHIP_SIDE, CHIP_SIDE),
        lock=QRectF(area.right() - 27, area.top() + (area.height() - 20) / 2, 20, 20),
        name=QRectF(words, top, right - words - total_width - 4, line),
        total=QRectF(right - total_width, top, total_width, line),
        rep=QRectF(words, second, right - words - bar_width - 58, line),
        bar=QRectF(right - 50 - bar_width, second, bar_width, line),
        percent=QRectF(right - 50, second, 50, line),
    )


class TerritoryDelegate(QStyledItemDelegate):
    """Two lines per territory: name and total, rep and deviation."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(220, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        tokens = tokens_of(option.palette)
        parts = row_parts(option.rect, line.depth)
        is_active = bool(index.data(ACTIVE_ROLE))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option, tokens, is_active=is_active)
        if line.part_count:
            name = "chevron_right" if index.data(FOLDED_ROLE) else "chevron_down"
            icon(name, "muted").paint(painter, parts.chip.adjusted(-2, -2, 2, 2).toRect())
        else:
            paint_chip(painter, parts.chip, line.territory.color_index, tokens)
        _paint_words(painter, option.font, parts, line, tokens, is_active=is_active)
        if line.deviation.fraction is not None or not line.part_count:
            paint_deviation(painter, parts.bar, line.deviation, tokens, 5)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if line.territory.is_locked or hovered:
            name, tint = ("lock", "text") if line.territory.is_locked else ("unlock", "faint")
            icon(name, tint).paint(painter, parts.lock.adjusted(2, 2, -2, -2).toRect())
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        set_kind(editor, "cell")
        editor.setAccessibleName("Name of the territory")
        return editor

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        name = row_parts(option.rect, index.data(LINE_ROLE).depth).name
        editor.setGeometry(name.adjusted(-7, -2, 68, 4).toRect())


def _paint_ground(
    painter: QPainter, option: QStyleOptionViewItem, tokens: Tokens, *, is_active: bool
) -> None:
    area = QRectF(option.rect).adjusted(4, 1, -4, -1)
    state = option.state
    fill = None
    if state & QStyle.StateFlag.State_Selected or is_active:
        fill = tokens.accent_soft
    elif state & QStyle.StateFlag.State_MouseOver:
        fill = tokens.hover
    painter.setPen(Qt.PenStyle.NoPen)
    if fill is not None:
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(area, 6, 6)
    if is_active:
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(
            QRectF(area.left(), area.top() + 8, 3, area.height() - 16), 1.5, 1.5
        )
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.accent), 1.5))
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 5, 5)


def _paint_words(
    painter: QPainter,
    base: QFont,
    parts: RowParts,
    line: TerritoryLine,
    tokens: Tokens,
    *,
    is_active: bool,
) -> None:
    name_font = QFont(base)
    name_font.setWeight(QFont.Weight.DemiBold if is_active else QFont.Weight.Medium)
    painter.setFont(name_font)
    painter.setPen(QColor(tokens.text))
    _elided(painter, parts.name, line.territory.name)
    painter.setFont(tabular_font(base))
    painter.drawText(parts.total, int(_RIGHT), line.total_text)
    small = scaled_font(base, CAPTION)
    painter.setFont(small)
    if line.rep is None and not line.part_count:
        _paint_vacant(painter, parts.rep, tokens)
    else:
        painter.setPen(QColor(tokens.muted))
        _elided(painter, parts.rep, line.rep_text)
    if line.deviation.fraction is None and line.part_count:
        return
    painter.setFont(tabular_font(small))
    painter.setPen(standing_color(line.deviation.standing, tokens))
    painter.drawText(parts.percent, int(_RIGHT), signed_percent(line.deviation.fraction))


def _paint_vacant(painter: QPainter, area: QRectF, tokens: Tokens) -> None:
    width = painter.fontMetrics().horizontalAdvance("Vacant") + 14
    pill = QRectF(area.left(), area.center().y() - 8, width, 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.warning_soft))
    painter.drawRoundedRect(pill, 4, 4)
    painter.setPen(QColor(tokens.warning))
    painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), "Vacant")


def _elided(painter: QPainter, area: QRectF, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
    painter.drawText(area, int(_LEFT), shown)


def part_at(area: QRect, position: QPointF, depth: int = 0) -> str:
    """Which clickable part of a row is at a point: ``chip``, ``lock`` or nothing.

    The chip of a region is the arrow that folds it.
    """
    parts = row_parts(area, depth)
    if parts.chip.adjusted(-6, -6, 6, 6).contains(position):
        return "chip"
    if parts.lock.adjusted(-3, -3, 3, 3).contains(position):
        return "lock"
    return ""
