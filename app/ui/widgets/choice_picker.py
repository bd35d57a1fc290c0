# SPDX-License-Identifier: MIT
"""A button that shows what is chosen, and a list with a search field to choose from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from app.ui.fonts import CAPTION
from app.ui.parts import button, column, label, plain_tooltip, row
from app.ui.theme import set_kind
from app.ui.widgets.elided_button import ElidedButton
from app.ui.widgets.search_field import SearchField

_WIDTH, _LIST_HEIGHT = 320, 220
_LISTED = 300
"""More choices than that are found by typing."""
_NAMED, _NAMED_IN_TIP = 3, 40


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen.

    Attributes:
        key: What it is.
        text: As shown.
        detail: Shown behind it, a number of accounts for example.
    """

    key: str
    text: str
    detail: str = ""


Find = Callable[[str], Sequence[Choice]]
"""The choices that a typed text may mean; all of them for an empty text."""


class ChoicePicker(ElidedButton):
    """One choice or several.

    Args:
        name: What is chosen, for screen readers.
        find: Finds choices while the user types.
        is_single: One choice alone; choosing another one closes the list.
        takes_typed: What is typed can be chosen although no choice is called so.
        placeholder: What stands there while nothing is chosen.

    Signals:
        changed(): The user chose something else.
    """

    changed = Signal()

    def __init__(
        self,
        name: str,
        find: Find,
        *,
        is_single: bool = False,
        takes_typed: bool = False,
        placeholder: str = "Choose…",
    ) -> None:
        super().__init__("")
        set_kind(self, "field")
        self._name, self._find, self._placeholder = name, find, placeholder
        self._is_single, self._takes_typed = is_single, takes_typed
        self._chosen: dict[str, str] = {}
        self.popup: ChoicePopup | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(96)
        self.clicked.connect(lambda _checked=False: self.open())
        self._show()

    def chosen(self) -> tuple[Choice, ...]:
        """What is chosen, in the order in which it was."""
        return tuple(Choice(key, text) for key, text in self._chosen.items())

    def set_chosen(self, choices: Sequence[Choice]) -> None:
        """Show other choices; says nothing to listeners."""
        self._chosen = {choice.key: choice.text for choice in choices}
        self._show()

    def open(self) -> None:
        """Show the list below the button."""
        popup = ChoicePopup(self._name, self._find, tuple(self._chosen), self.window())
        popup.is_single, popup.takes_typed = self._is_single, self._takes_typed
        popup.toggled.connect(self._on_toggled)
        popup.destroyed.connect(self._on_closed)
        self.popup = popup
        popup.open_at(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_all()

    def _on_toggled(self, choice: Choice) -> None:
        if self._is_single:
            self._chosen = {choice.key: choice.text}
        elif choice.key in self._chosen:
            del self._chosen[choice.key]
        else:
            self._chosen[choice.key] = choice.text
        self._show()
        self.changed.emit()

    def _on_closed(self) -> None:
        self.popup = None

    def _show(self) -> None:
        texts = list(self._chosen.values())
        shown = ", ".join(texts[:_NAMED])
        if len(texts) > _NAMED:
            shown = f"{shown} and {len(texts) - _NAMED:n} more"
        self.set_full_text(shown or self._placeholder)
        self.setAccessibleName(f"{self._name}: {shown or 'nothing chosen'}")
        self._say_all()

    def _say_all(self) -> None:
        """Name what is chosen where the button has no room for it."""
        texts = list(self._chosen.values())
        self.setToolTip(plain_tooltip(", ".join(texts[:_NAMED_IN_TIP])) if texts else "")


class ChoicePopup(QFrame):
    """A search field over a list; it goes when the user clicks elsewhere.

    Args:
        name: What is chosen.
        find: Finds choices while the user types.
        chosen: Keys of what is chosen already.
        parent: The window.

    Signals:
        toggled(Choice): Chosen, or taken away.
    """

    toggled = Signal(object)

    def __init__(self, name: str, find: Find, chosen: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_kind(self, "popover")
        self.setAccessibleName(name)
        self.setFixedWidth(_WIDTH)
        self.is_single = self.takes_typed = False
        self._find = find
        self._ticked = dict.fromkeys(chosen)
        self.field = SearchField(f"Search {name[:1].lower()}{name[1:]}")
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.list.setUniformItemSizes(True)
        self.state = label("", "muted", size=CAPTION, wraps=True)
        self.done = button("Done", self.close)
        self.setLayout(column(self.field, self.list, self.state, row(None, self.done), margin=12))
        self.field.searched.connect(self.search)
        self.list.itemClicked.connect(self._on_item)

    def open_at(self, position: QPoint) -> None:
        """Show it with its upper left corner at a place on the screen, inside of that."""
        self.done.setVisible(not self.is_single)
        self.search("")
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = max(screen.left(), min(position.x(), screen.right() - self.width()))
        y = max(screen.top(), min(position.y(), screen.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.field.setFocus()

    def search(self, text: str) -> None:
        """List what a text may mean, what is chosen first."""
        found = list(self._find(text))
        if not self.is_single:
            found.sort(key=lambda choice: choice.key not in self._ticked)
        known = {choice.text.casefold() for choice in found}
        self.list.clear()
        if self.takes_typed and text and text.casefold() not in known:
            self._add(Choice(text, text, "as typed"))
        for choice in found[:_LISTED]:
            self._add(choice)
        left = len(found) - _LISTED
        self.state.setText(f"{left:n} more; type a part of the name." if left > 0 else "")
        if not self.list.count():
            self.state.setText("Nothing is called so." if text else "There is nothing to choose.")
        self.state.setVisible(bool(self.state.text()))
        if self.list.count():
            self.list.setCurrentRow(0)

    def toggle(self, at: int) -> None:
        """Choose the entry in a line, or take it away."""
        self._on_item(self.list.item(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # The list follows the typing with a delay, which Enter does not wait for.
            current = self.list.currentItem()
            if self.field.hasFocus():
                self.search(self.field.text().strip())
                current = self.list.currentItem()
            if current is not None:
                self._on_item(current)
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.field.hasFocus():
            self.list.setFocus()
        if event.key() == Qt.Key.Key_Space and self.list.hasFocus():
            self._on_item(self.list.currentItem())
            return
        super().keyPressEvent(event)

    def _add(self, choice: Choice) -> None:
        detail = f"   {choice.detail}" if choice.detail else ""
        item = QListWidgetItem(f"{choice.text}{detail}")
        item.setData(Qt.ItemDataRole.UserRole, choice)
        if not self.is_single:
            self._tick(item, is_ticked=choice.key in self._ticked)
        self.list.addItem(item)

    def _on_item(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        choice: Choice = item.data(Qt.ItemDataRole.UserRole)
        self.toggled.emit(choice)
        if self.is_single:
            self.close()
            return
        is_ticked = choice.key not in self._ticked
        if is_ticked:
            self._ticked[choice.key] = None
        else:
            del self._ticked[choice.key]
        self._tick(item, is_ticked=is_ticked)

    @staticmethod
    def _tick(item: QListWidgetItem, *, is_ticked: bool) -> None:
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
