# SPDX-License-Identifier: MIT
"""A list of words that are typed one after the other."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QToolButton, QWidget

from app.ui.icons import icon
from app.ui.parts import literal
from app.ui.theme import set_kind
from app.ui.widgets.flow_layout import FlowLayout, flows


class TagInput(QFrame):
    """Words as chips; Enter or a comma adds one, Backspace takes the last one away.

    Signals:
        tags_changed: The user added or removed a word.
    """

    tags_changed = Signal()

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "field")
        self.setAccessibleName(name)
        self._name = name
        self._tags: list[str] = []
        self._chips: list[QToolButton] = []
        self._flow = FlowLayout(self, gap=4)
        self._flow.setContentsMargins(5, 4, 5, 4)
        self._line = _TagLine(self)
        self._line.setPlaceholderText(placeholder)
        self._line.setAccessibleName(f"Add to {name}")
        self._line.returnPressed.connect(self.commit)
        self._line.textEdited.connect(self._on_text_edited)
        self._flow.addWidget(self._line)
        self.setFocusProxy(self._line)
        flows(self)

    def tags(self) -> tuple[str, ...]:
        """The words, in order."""
        return tuple(self._tags)

    def set_tags(self, tags: Iterable[str]) -> None:
        """Show other words; says nothing to listeners."""
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips.clear()
        self._tags.clear()
        for tag in tags:
            self._append(tag)

    def commit(self) -> None:
        """Take what has been typed as a word."""
        words = [word.strip() for word in self._line.text().split(",")]
        self._line.clear()
        known = {tag.casefold() for tag in self._tags}
        fresh = [word for word in words if word and word.casefold() not in known]
        for word in fresh:
            self._append(word)
        if fresh:
            self.tags_changed.emit()

    def remove_last(self) -> None:
        """Take the last word away."""
        if self._tags:
            self._remove(self._tags[-1])

    def set_focused(self, is_focused: bool) -> None:
        """Show the outline of a focused field."""
        self.setProperty("focused", is_focused)
        self.style().unpolish(self)
        self.style().polish(self)

    def _append(self, tag: str) -> None:
        chip = QToolButton()
        set_kind(chip, "chip")
        chip.setText(literal(tag))
        chip.setIcon(icon("close", "muted"))
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setAccessibleName(f"Remove {tag}")
        chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        chip.clicked.connect(lambda _checked=False, word=tag: self._remove(word))
        self._flow.insert_widget(len(self._chips), chip)
        self._chips.append(chip)
        self._tags.append(tag)
        self.updateGeometry()

    def _remove(self, tag: str) -> None:
        position = self._tags.index(tag)
        chip = self._chips.pop(position)
        self._tags.pop(position)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self.updateGeometry()
        self._line.setFocus()
        self.tags_changed.emit()

    def _on_text_edited(self, text: str) -> None:
        if "," in text:
            self.commit()


class _TagLine(QLineEdit):
    """The line in which the next word is typed."""

    def __init__(self, owner: TagInput) -> None:
        super().__init__(owner)
        self._owner = owner
        set_kind(self, "bare")
        self.setMinimumWidth(90)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self._owner.remove_last()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._owner.set_focused(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._owner.commit()
        self._owner.set_focused(False)
