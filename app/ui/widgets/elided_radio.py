# SPDX-License-Identifier: MIT
"""A choice whose words are shortened with an ellipsis instead of widening the page."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from app.ui.parts import literal, plain_tooltip

_INDICATOR = 30
"""Pixels of the round mark, its distance and the margins."""


class ElidedRadio(QRadioButton):
    """One of several choices; the whole words are its tooltip while they are shortened."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(literal(text))
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(_INDICATOR, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        elide = Qt.TextElideMode.ElideRight
        room = max(0, event.size().width() - _INDICATOR)
        shown = self.fontMetrics().elidedText(self._full, elide, room)
        self.setText(literal(shown))
        self.setToolTip(plain_tooltip(self._full) if shown != self._full else "")
