# SPDX-License-Identifier: MIT
"""The list of groups that may be one customer: names, place, reasons and how likely it is."""

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.services.duplicates.report import DuplicateGroup, DuplicateReport
from app.ui.fonts import CAPTION, scaled_font, tabular_font
from app.ui.formats import percent
from app.ui.tokens import Tokens, tokens_of

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_HEIGHT = 66
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class GroupLine:
    """What one row shows."""

    names: str
    place: str
    reasons: str
    score: float
    word: str


def group_line(report: DuplicateReport, group: DuplicateGroup) -> GroupLine:
    """A group in words."""
    names = [report.text(account, "name") or "(no name)" for account in group.members]
    different = list(dict.fromkeys(names))
    first = group.members[0]
    place = ", ".join(t for t in (report.text(first, "city"), report.text(first, "region")) if t)
    return GroupLine(
        names=" · ".join(different) if len(different) > 1 else f"{len(names)} × {names[0]}",
        place=place or report.text(first, "country") or "No place",
        reasons=" · ".join(report.reasons(group)),
        score=group.score,
        word=likelihood_word(group),
    )


def likelihood_word(group: DuplicateGroup) -> str:
    """How a score is called."""
    return "Likely" if group.is_likely else "Possibly"


def score_text(score: float) -> str:
    """A score as a percentage; never 100, as nothing but the user is certain."""
    return percent(min(score, 0.99))


def still_open(
    report: DuplicateReport, ids: np.ndarray, separate: frozenset[tuple[int, int]]
) -> list[DuplicateGroup]:
    """The groups that are not settled yet, without the accounts that are gone.

    Args:
        report: What the search found.
        ids: Accounts that the plan has now.
        separate: Pairs that the user said are different.
    """
    first, second = report.columns.ids[report.first], report.columns.ids[report.second]
    is_open = np.isin(first, ids) & np.isin(second, ids)
    if separate:
        named = zip(first.tolist(), second.tolist(), strict=True)
        is_open &= np.fromiter((pair not in separate for pair in named), np.bool_, len(first))
    groups: list[DuplicateGroup] = []
    for group in report.groups:
        pairs = tuple(at for at in group.pairs if is_open[at])
        if len(pairs) == len(group.pairs):
            groups.append(group)
        elif pairs:
            members = {int(ids_of[at]) for at in pairs for ids_of in (first, second)}
            score = float(report.score[pairs[0]])
            groups.append(replace(group, members=tuple(sorted(members)), score=score, pairs=pairs))
    return groups


class DuplicateModel(QAbstractListModel):
    """Groups in the order of the report."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.groups: list[DuplicateGroup] = []
        self._report: DuplicateReport | None = None

    def set_groups(self, report: DuplicateReport | None, groups: list[DuplicateGroup]) -> None:
        """Show other groups."""
        self.beginResetModel()
        self._report, self.groups = report, groups
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.groups)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._report is None or not 0 <= index.row() < len(self.groups):
            return None
        if role not in (LINE_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        line = group_line(self._report, self.groups[index.row()])
        if role == LINE_ROLE:
            return line
        return f"{line.names}, {line.place}. {line.word}: {line.reasons}"


class DuplicateList(QListView):
    """One row per group; arrows move between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups_model = DuplicateModel(self)
        self.setModel(self.groups_model)
        self.setItemDelegate(_DuplicateDelegate(self))
        self.setAccessibleName("Accounts that may be one customer")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class _DuplicateDelegate(QStyledItemDelegate):
    """Three lines: names and score, place, reasons."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(220, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        tokens = tokens_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option, tokens)
        area = QRectF(option.rect).adjusted(14, 6, -14, -6)
        top = QRectF(area.left(), area.top(), area.width(), 18)
        strong = QFont(option.font)
        strong.setWeight(QFont.Weight.Medium)
        painter.setFont(strong)
        painter.setPen(QColor(tokens.text))
        _elided(painter, top, line.names)
        small = scaled_font(option.font, CAPTION)
        second = top.translated(0, 19)
        painter.setFont(tabular_font(small))
        painter.setPen(QColor(tokens.accent_text if line.word == "Likely" else tokens.muted))
        words = f"{line.word}  {score_text(line.score)}"
        painter.drawText(second, int(_RIGHT), words)
        width = painter.fontMetrics().horizontalAdvance(words) + 8
        painter.setFont(small)
        painter.setPen(QColor(tokens.muted))
        _elided(painter, second.adjusted(0, 0, -width, 0), line.place)
        _elided(painter, top.translated(0, 36), line.reasons)
        painter.restore()


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, tokens: Tokens) -> None:
    area = QRectF(option.rect).adjusted(4, 1, -4, -1)
    is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent_soft if is_chosen else tokens.hover))
        painter.drawRoundedRect(area, 6, 6)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.accent), 1.5))
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 5, 5)


def _elided(painter: QPainter, area: QRectF, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
    painter.drawText(area, int(_LEFT), shown)
