# SPDX-License-Identifier: MIT
"""A layout that fills lines from the left, as words fill a page."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class FlowLayout(QLayout):
    """Items beside one another, on as many lines as they need."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert_widget(self, position: int, widget: QWidget) -> None:
        """Add a widget before the item that is at a position."""
        self.addWidget(widget)
        self._items.insert(position, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, is_trial=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, is_trial: bool) -> int:
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        x, y, line_height = inner.x(), inner.y(), 0
        line: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            is_stretchy = bool(item.expandingDirections() & Qt.Orientation.Horizontal)
            if x > inner.x() and x + hint.width() > inner.right() + 1:
                _place(line, line_height, is_trial=is_trial)
                x, y, line_height = inner.x(), y + line_height + self._gap, 0
            width = max(hint.width(), inner.right() + 1 - x) if is_stretchy else hint.width()
            size = QSize(min(width, inner.width()), hint.height())
            line.append((item, QRect(QPoint(x, y), size)))
            x += width + self._gap
            line_height = max(line_height, hint.height())
        _place(line, line_height, is_trial=is_trial)
        return y + line_height - rect.y() + margins.bottom()


def _place(line: list[tuple[QLayoutItem, QRect]], height: int, *, is_trial: bool) -> None:
    """Put the items of a line where they belong, low ones in its middle, and begin another."""
    if not is_trial:
        for item, place in line:
            item.setGeometry(place.translated(0, (height - place.height()) // 2))
    line.clear()


def flows(widget: QWidget) -> QWidget:
    """The widget, told that its height depends on its width."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
    return widget
