# SPDX-License-Identifier: MIT
"""Every action of the program, found by a few letters."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QKeyEvent, QKeySequence, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from rapidfuzz import fuzz

from app.ui.fonts import CAPTION, scaled_font
from app.ui.parts import column, hairline, label
from app.ui.tables.array_table_model import Index
from app.ui.tokens import tokens_of
from app.ui.widgets.search_field import SearchField

_ROW = 36
_WIDTH = 560
_MOST_ROWS = 10
_LEAST_SCORE = 62.0
_KEYS_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ACTION_ROLE = int(Qt.ItemDataRole.UserRole) + 2


def command_title(action: QAction) -> str:
    """The words of an action without its mnemonic and dots."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def matching_actions(actions: Sequence[QAction], text: str) -> list[QAction]:
    """The actions that a text may mean, the likeliest first; all of them where it is empty."""
    if not text:
        return list(actions)
    wanted = text.casefold()
    scored: list[tuple[float, int, QAction]] = []
    for place, action in enumerate(actions):
        title = command_title(action).casefold()
        words = f"{title} {action.toolTip().casefold()}"
        if any(word.startswith(wanted) for word in title.split()) or wanted in title:
            score = 200.0 - title.find(wanted)
        else:
            score = max(fuzz.partial_ratio(wanted, title), fuzz.token_set_ratio(wanted, words))
        if score >= _LEAST_SCORE:
            scored.append((-score, place, action))
    return [action for _score, _place, action in sorted(scored, key=lambda item: item[:2])]


class CommandPalette(QDialog):
    """A search field over the list of actions; Enter runs the first one.

    Args:
        actions: All actions; those without words are left out, greyed ones cannot be run.
        parent: The window.
    """

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Find a command")
        self._actions = [action for action in actions if command_title(action)]
        self.field = SearchField("Find a command")
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("Commands")
        self.list.setItemDelegate(_CommandDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._run)
        self._nothing = label("No command has these words.", "muted")
        self._nothing.setContentsMargins(16, 12, 16, 12)
        top = column(self.field, margin=8)
        self.setLayout(column(top, hairline(), self.list, self._nothing, gap=0))
        self.setFixedWidth(_WIDTH)
        self._fill("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if key == Qt.Key.Key_Down else -1
                last = self.list.count() - 1
                self.list.setCurrentRow(max(0, min(last, self.list.currentRow() + step)))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        window = self.parentWidget()
        if window is not None:
            corner = QPoint((window.width() - self.width()) // 2, max(48, window.height() // 8))
            self.move(window.mapToGlobal(corner))
        self.field.setFocus()
        super().showEvent(event)

    def _fill(self, text: str) -> None:
        found = matching_actions(self._actions, text.strip())
        self.list.clear()
        for action in found:
            title = command_title(action)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            item = QListWidgetItem(action.icon(), title)
            item.setData(_KEYS_ROLE, keys)
            item.setData(_ACTION_ROLE, action)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title} {keys}".strip())
            if not action.isEnabled():
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self.list.setFixedHeight(_ROW * min(_MOST_ROWS, max(1, len(found))) + 8)
        self.adjustSize()

    def _run(self, item: QListWidgetItem | None) -> None:
        action = item.data(_ACTION_ROLE) if item is not None else None
        if isinstance(action, QAction) and action.isEnabled():
            self.close()
            action.trigger()


class _CommandDelegate(QStyledItemDelegate):
    """Icon, words, and the shortcut at the right end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_WIDTH - 20, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = tokens_of(option.palette)
        area = QRectF(option.rect)
        is_enabled = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = state & QStyle.StateFlag.State_Selected
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft if chosen else tokens.hover))
            painter.drawRoundedRect(area.adjusted(6, 1, -6, -1), 6, 6)
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if picture is not None:
            spot = QRectF(area.left() + 16, area.center().y() - 9, 18, 18).toRect()
            picture.paint(painter, spot)
        words = area.adjusted(46, 0, -18, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.text if is_enabled else tokens.faint))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | middle), index.data())
        painter.setFont(scaled_font(option.font, CAPTION))
        painter.setPen(QColor(tokens.muted))
        keys = str(index.data(_KEYS_ROLE) or "")
        painter.drawText(words, int(Qt.AlignmentFlag.AlignRight | middle), keys)
        painter.restore()
