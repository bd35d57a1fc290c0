# SPDX-License-Identifier: MIT
"""The drawer under the map: one pane at a time, opened and closed by its tabs."""

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.icons import icon
from app.ui.parts import hairline, icon_button, literal
from app.ui.theme import set_kind

_OPEN_HEIGHT = 340


_ICON_SIZE = QSize(20, 16)
"""A little wider than the picture, which sets it apart from the words."""
_ICON_ROOM = 24
"""What the picture of a tab takes, with Qt's own gap."""


class DrawerTabs(QFrame):
    """The row of tabs that stays in view; a click on the open tab closes the drawer.

    Where there is no room for words and pictures, the words stay.

    Signals:
        chosen(str): Key of the tab to open, empty to close.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "surface")
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._buttons: dict[str, QToolButton] = {}
        self._titles: dict[str, str] = {}
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(8, 2, 8, 2)
        self._layout.setSpacing(2)
        self._layout.addStretch(1)
        self._close = icon_button("chevron_down", "Close the drawer", lambda: self.chosen.emit(""))
        self._layout.addWidget(self._close)
        self._close.hide()

    def add_tab(self, key: str, title: str, icon_name: str) -> None:
        """Add a tab at the right end."""
        made = QToolButton()
        set_kind(made, "tab")
        made.setText(literal(title))
        made.setIcon(icon(icon_name, "muted"))
        made.setIconSize(_ICON_SIZE)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setCheckable(True)
        made.setAccessibleName(title)
        made.clicked.connect(lambda checked, key=key: self.chosen.emit(key if checked else ""))
        self._group.addButton(made)
        self._layout.insertWidget(len(self._buttons), made)
        self._buttons[key] = made
        self._titles[key] = title

    def set_open(self, key: str) -> None:
        """Show which tab is open; empty for none."""
        for other, made in self._buttons.items():
            made.setChecked(other == key)
        self._close.setVisible(bool(key))
        self._fit()

    def set_count(self, key: str, count: int) -> None:
        """Write a number behind the title of a tab; 0 writes none."""
        text = f"{self._titles[key]}  {count:n}" if count else self._titles[key]
        self._buttons[key].setText(literal(text))
        self._buttons[key].setAccessibleName(text)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_of_words(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the pictures where there is room for all of them."""
        has_room = self._width_of_words() + len(self._buttons) * _ICON_ROOM <= self.width()
        style = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if has_room
            else Qt.ToolButtonStyle.ToolButtonTextOnly
        )
        for made in self._buttons.values():
            made.setToolButtonStyle(style)

    def _width_of_words(self) -> int:
        """What the tabs take without their pictures."""
        words = 0
        for made in self._buttons.values():
            has_icon = made.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            words += made.sizeHint().width() - (_ICON_ROOM if has_icon else 0)
        margins = self._layout.contentsMargins()
        gaps = (len(self._buttons) + 1) * self._layout.spacing()
        close = self._close.sizeHint().width() if self._close.isVisibleTo(self) else 0
        return words + gaps + close + margins.left() + margins.right()


class Drawer(QWidget):
    """A map (or any widget) above, and panes below that open by their tabs.

    Args:
        above: What stays in view.
        settings: Where height and open tab are remembered.
        parent: The widget that holds it.

    Signals:
        opened(str): Key of the pane that came into view, empty where the drawer closed.
    """

    opened = Signal(str)

    def __init__(self, above: QWidget, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(160)
        self._keys: list[str] = []
        self.tabs = DrawerTabs()
        self.tabs.chosen.connect(self.open)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(above)
        self._splitter.addWidget(self._stack)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._splitter, 1)
        layout.addWidget(hairline())
        layout.addWidget(self.tabs)
        self._stack.hide()

    def add_pane(self, key: str, title: str, icon_name: str, pane: QWidget) -> None:
        """Add a pane with its tab."""
        self._keys.append(key)
        self._stack.addWidget(pane)
        self.tabs.add_tab(key, title, icon_name)

    @property
    def open_key(self) -> str:
        """Key of the pane in view, empty where the drawer is closed."""
        return self._keys[self._stack.currentIndex()] if self._stack.isVisibleTo(self) else ""

    def open(self, key: str) -> None:
        """Bring a pane into view; empty closes the drawer."""
        was_open = bool(self.open_key)
        if was_open:
            self._settings.setValue("drawer/height", self._splitter.sizes()[1])
        if key:
            self._stack.setCurrentIndex(self._keys.index(key))
        self._stack.setVisible(bool(key))
        if key and not was_open:
            wanted = int(str(self._settings.value("drawer/height", _OPEN_HEIGHT)))
            self._splitter.setSizes([max(200, self._splitter.height() - wanted), wanted])
        self.tabs.set_open(key)
        self._settings.setValue("drawer/open", key)
        self.opened.emit(key)

    def restore(self) -> None:
        """Open the pane that was open last time."""
        key = str(self._settings.value("drawer/open", ""))
        if key in self._keys:
            self.open(key)
