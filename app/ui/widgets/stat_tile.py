# SPDX-License-Identifier: MIT
"""One figure with its caption."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.fonts import CAPTION, TITLE, set_text_style, tabular_font
from app.ui.formats import NOTHING
from app.ui.parts import label
from app.ui.theme import set_kind


class StatTile(QWidget):
    """A caption, a large figure and a line of detail below it."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = label(caption, "muted", size=CAPTION)
        self._value = label(NOTHING)
        set_text_style(self._value, TITLE, semibold=True)
        self._value.setFont(tabular_font(self._value.font()))
        self._detail = label("", "muted", size=CAPTION)
        self._detail.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for part in (self._caption, self._value, self._detail):
            layout.addWidget(part)
        self._describe()

    def set_value(self, value: str, detail: str = "", tone: str = "muted") -> None:
        """Show a figure.

        Args:
            value: The figure in words.
            detail: A line below it, or nothing.
            tone: How the detail is coloured: ``muted``, ``good``, ``warning``, ``danger``.
        """
        self._value.setText(value)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        set_kind(self._detail, tone)
        self._describe()

    def _describe(self) -> None:
        words = (self._caption.text(), self._value.text(), self._detail.text())
        self.setAccessibleName(", ".join(word for word in words if word))
