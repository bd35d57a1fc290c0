# SPDX-License-Identifier: MIT
"""The drawer under the map: one pane at a time, opened and closed by its tabs."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.formats import number
from app.ui.icons import icon
from app.ui.parts import hairline, icon_button, literal
from app.ui.theme import set_kind

_OPEN_HEIGHT = 340
_ICON_SIZE = QSize(20, 16)
"""A little wider than the picture, which sets it apart from the words."""
_ICON_ROOM = 24
"""What the picture of a tab takes, with Qt's own gap."""
_NARROWEST = 200


class DrawerTabs(QFrame):
    """The row of tabs that stays in view; a click on the open tab closes the drawer.

    Where there is no room for words and pictures, the words stay; tabs for which there is no
    room at all wait in the menu at the end.

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
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._more = icon_button("more", "More views")
        self._more.setMenu(self._menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.hide()
        self._layout.addWidget(self._more)
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

    def button(self, key: str) -> QToolButton:
        """The tab with this key."""
        return self._buttons[key]

    def set_open(self, key: str) -> None:
        """Show which tab is open; empty for none."""
        for other, made in self._buttons.items():
            made.setChecked(other == key)
        self._close.setVisible(bool(key))
        self._fit()

    def set_count(self, key: str, count: int) -> None:
        """Write a number behind the title of a tab; 0 writes none."""
        text = f"{self._titles[key]}  {number(count)}" if count else self._titles[key]
        self._buttons[key].setText(literal(text))
        self._buttons[key].setAccessibleName(text)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # Tabs without room go into the menu, so that the row never widens the window.
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Pictures and words where both fit, else words, else as many tabs as fit."""
        widths = {key: self._word_width(made) for key, made in self._buttons.items()}
        room = self.width() - self._width_of_rest()
        wanted = sum(widths.values())
        has_pictures = wanted + len(widths) * _ICON_ROOM <= room
        style = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if has_pictures
            else Qt.ToolButtonStyle.ToolButtonTextOnly
        )
        if wanted > room:
            room -= self._more.sizeHint().width() + self._layout.spacing()
        shown = _that_fit(widths, room, [k for k, b in self._buttons.items() if b.isChecked()])
        for key, made in self._buttons.items():
            made.setToolButtonStyle(style)
            made.setVisible(key in shown)
        self._more.setVisible(len(shown) < len(widths))

    def _fill_menu(self) -> None:
        self._menu.clear()
        for key, made in self._buttons.items():
            if made.isVisibleTo(self):
                continue
            action = self._menu.addAction(made.icon(), made.text())
            action.triggered.connect(lambda _checked=False, key=key: self.chosen.emit(key))

    def _word_width(self, made: QToolButton) -> int:
        has_icon = made.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        room = _ICON_ROOM if has_icon else 0
        return made.sizeHint().width() - room + self._layout.spacing()

    def _width_of_rest(self) -> int:
        """What margins and the closing button take."""
        margins = self._layout.contentsMargins()
        close = self._close.sizeHint().width() if self._close.isVisibleTo(self) else 0
        return close + self._layout.spacing() + margins.left() + margins.right()


def _that_fit(widths: Mapping[str, int], room: int, first: Sequence[str]) -> set[str]:
    """The keys that fit from the left, with room kept for those that must be shown.

    Args:
        widths: Pixels by key, from left to right.
        room: Pixels in all.
        first: Keys that stay whatever else does.
    """
    shown = set(first)
    left = room - sum(widths[key] for key in shown)
    for key, width in widths.items():
        if key in shown:
            continue
        if width > left:
            break
        shown.add(key)
        left -= width
    return shown


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
