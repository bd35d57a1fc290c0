# SPDX-License-Identifier: MIT
"""Every step of the plan with its time; a click goes back or forward to it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.models.changes import HistoryStep
from app.ui.fonts import CAPTION, HEADING, scaled_font
from app.ui.formats import moment
from app.ui.panes.pane import Pane
from app.ui.parts import column, label, row
from app.ui.session import EditSession
from app.ui.tokens import tokens_of
from app.ui.widgets.empty_state import EmptyState

_STEP_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_CURRENT_ROLE = int(Qt.ItemDataRole.UserRole) + 2


class HistoryPane(Pane):
    """The steps, newest first."""

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.list = QListWidget()
        self.list.setAccessibleName("History of the plan")
        self.list.setItemDelegate(_StepDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._on_chosen)
        self.list.itemActivated.connect(self._on_chosen)
        empty = EmptyState(
            "history", "No edits yet", "Every edit is listed here, and each can be taken back."
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(empty)
        self._hint = label("Click a step to go back to it.", "muted", wraps=True)
        head = column(
            row(label("History", size=HEADING, semibold=True), None),
            self._hint,
            margin=(16, 12, 12, 8),
            gap=4,
        )
        outer = column(head, gap=0)
        outer.addWidget(self._stack, 1)
        self.setLayout(outer)
        session.history_changed.connect(lambda _status: self.invalidate())

    def refresh(self) -> None:
        steps = self.session.workspace.history_steps()
        current = next((s.id for s in reversed(steps) if not s.is_undone), None)
        self.list.clear()
        for step in reversed(steps):
            item = QListWidgetItem(step.label)
            item.setData(_STEP_ROLE, step)
            item.setData(_CURRENT_ROLE, step.id == current)
            state = "undone" if step.is_undone else "done"
            state = "the plan is here" if step.id == current else state
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{step.label}, {moment(step.at_utc)}, {state}"
            )
            self.list.addItem(item)
        self._stack.setCurrentIndex(0 if steps else 1)
        self._hint.setVisible(bool(steps))

    def _on_chosen(self, item: QListWidgetItem) -> None:
        step = item.data(_STEP_ROLE)
        if isinstance(step, HistoryStep) and not item.data(_CURRENT_ROLE):
            self.session.go_to_step(step.id)


class _StepDelegate(QStyledItemDelegate):
    """A line through dots; the dot of the present state is filled."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, 34)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        step = index.data(_STEP_ROLE)
        is_current = bool(index.data(_CURRENT_ROLE))
        tokens = tokens_of(option.palette)
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = area.adjusted(4, 1, -4, -1)
        hot = option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus)
        if is_current or hot:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft if is_current else tokens.hover))
            painter.drawRoundedRect(ground, 6, 6)
        x, y = area.left() + 20, area.center().y()
        painter.setPen(QPen(QColor(tokens.edge), 1))
        last = index.model().rowCount() - 1
        top = area.top() if index.row() > 0 else y
        bottom = area.bottom() + 1 if index.row() < last else y
        painter.drawLine(QRectF(x, top, 0, 0).topLeft(), QRectF(x, bottom, 0, 0).topLeft())
        painter.setPen(QPen(QColor(tokens.accent if is_current else tokens.outline), 1.5))
        painter.setBrush(QColor(tokens.accent if is_current else tokens.surface))
        painter.drawEllipse(QRectF(x - 4, y - 4, 8, 8))
        words = area.adjusted(36, 0, -12, 0)
        painter.setFont(scaled_font(option.font, CAPTION))
        painter.setPen(QColor(tokens.muted))
        time = moment(step.at_utc)
        width = painter.fontMetrics().horizontalAdvance(time)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, int(Qt.AlignmentFlag.AlignRight | middle), time)
        painter.setFont(option.font)
        painter.setPen(QColor(tokens.faint if step.is_undone else tokens.text))
        text = painter.fontMetrics().elidedText(
            step.label, Qt.TextElideMode.ElideRight, int(words.width() - width - 12)
        )
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | middle), text)
        painter.restore()
