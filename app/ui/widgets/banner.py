# SPDX-License-Identifier: MIT
"""A strip above the content that tells of a lasting state, such as a read-only plan."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.ui.parts import button, icon_button, label
from app.ui.theme import set_kind
from app.ui.widgets.icon_label import IconLabel

_ICONS = {"warning": "warning", "info": "info", "danger": "error"}
_TINTS = {"warning": "warning", "info": "accent_text", "danger": "danger"}


class Banner(QFrame):
    """An icon, a sentence and what can be done about it.

    Args:
        text: The sentence.
        tone: ``warning``, ``info`` or ``danger``.
        can_close: Give it a button that hides it.
        parent: The widget that holds it.
    """

    def __init__(
        self,
        text: str,
        tone: str = "warning",
        *,
        can_close: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("tone", tone)
        set_kind(self, "banner")
        self._text = label(text, wraps=True)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(16, 8, 12, 8)
        self._layout.setSpacing(8)
        self._layout.addWidget(
            IconLabel(_ICONS[tone], _TINTS[tone]), 0, Qt.AlignmentFlag.AlignVCenter
        )
        self._layout.addWidget(self._text, 1)
        if can_close:
            self._layout.addWidget(icon_button("close", "Hide this message", self.hide, side=14))
        self._fixed_tail = 1 if can_close else 0
        self.setAccessibleName(text)

    def set_text(self, text: str) -> None:
        """Change the sentence."""
        self._text.setText(text)
        self.setAccessibleName(text)

    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    def add_action(self, text: str, on_click: Callable[[], object]) -> QPushButton:
        """Add a button behind the sentence."""
        made = button(text, on_click)
        self._layout.insertWidget(self._layout.count() - self._fixed_tail, made)
        return made
