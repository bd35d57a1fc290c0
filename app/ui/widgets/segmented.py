# SPDX-License-Identifier: MIT
"""One choice out of a few, all of them in view."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton, QWidget

from app.ui.parts import literal
from app.ui.theme import set_kind


class Segmented(QFrame):
    """A row of buttons of which one is pressed.

    Args:
        name: What is chosen here, for screen readers.
        options: Key and words of every choice.
        parent: The widget that holds it.

    Signals:
        chosen: Key of the choice that the user made.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_kind(self, "segmented")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._keys: list[str] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(2, 2, 2, 2)
        self._layout.setSpacing(2)
        for key, text in options:
            self._add(key, text, name)
        self._group.idClicked.connect(lambda position: self.chosen.emit(self._keys[position]))
        self.set_chosen(self._keys[0])

    def chosen_key(self) -> str:
        """The key of the present choice."""
        return self._keys[self._group.checkedId()]

    def set_chosen(self, key: str) -> None:
        """Show another choice; says nothing to listeners."""
        for position, other in enumerate(self._keys):
            made = self._group.button(position)
            made.setChecked(other == key)
            made.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if other == key else Qt.FocusPolicy.ClickFocus
            )

    def buttons(self) -> list[QToolButton]:
        """The buttons from left to right."""
        return [b for b in self._group.buttons() if isinstance(b, QToolButton)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        position = (self._group.checkedId() + step) % len(self._keys)
        self.set_chosen(self._keys[position])
        self._group.button(position).setFocus()
        self.chosen.emit(self._keys[position])

    def _add(self, key: str, text: str, name: str) -> None:
        made = QToolButton()
        set_kind(made, "segment")
        made.setText(literal(text))
        made.setCheckable(True)
        made.setAccessibleName(f"{name}: {text}")
        self._group.addButton(made, len(self._keys))
        self._layout.addWidget(made)
        self._keys.append(key)
        made.installEventFilter(self)
