# SPDX-License-Identifier: MIT
"""Captions and values below one another, for reading and copying."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.ui.parts import label, plain_tooltip

_WIDEST_CAPTION, _NARROWEST_VALUE = 116, 80
_LONG_WORD = 16
"""Letters of a word, such as an id, that may not have room beside its caption."""


class FieldList(QWidget):
    """Two columns; the values can be selected with the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, 92)
        self._grid.setColumnStretch(1, 1)
        self._captions: list[QLabel] = []
        self._values: list[QLabel] = []

    def set_fields(self, fields: Sequence[tuple[str, str]]) -> None:
        """Show captions and values; empty values are left out."""
        shown = [(caption, value) for caption, value in fields if value]
        while len(self._captions) < len(shown):
            self._add_line()
        for at, (caption, value) in enumerate(zip(self._captions, self._values, strict=True)):
            is_used = at < len(shown)
            caption.setVisible(is_used)
            value.setVisible(is_used)
            if is_used:
                caption.setText(shown[at][0])
                value.setText(shown[at][1])
                value.setToolTip(_cut_words(shown[at][1]))
        self.setAccessibleName("; ".join(f"{caption}: {value}" for caption, value in shown))

    def _add_line(self) -> None:
        at = len(self._captions)
        caption, value = label("", "muted", wraps=True), label("", wraps=True)
        # A long word is cut here rather than pushing the figures beside it out of view.
        caption.setMaximumWidth(_WIDEST_CAPTION)
        value.setMinimumWidth(_NARROWEST_VALUE)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(caption, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, at, 1, Qt.AlignmentFlag.AlignTop)
        self._captions.append(caption)
        self._values.append(value)


def _cut_words(text: str) -> str:
    """The text as a tooltip, where a word of it may be cut; else empty."""
    is_cut = any(len(word) > _LONG_WORD for word in text.split())
    return plain_tooltip(text) if is_cut else ""
