# SPDX-License-Identifier: MIT
"""A heading that folds what is below it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.ui.icons import icon
from app.ui.parts import Item, literal
from app.ui.theme import set_kind


class Section(QWidget):
    """A collapsible part of a pane.

    Signals:
        toggled: Whether it is open now.
    """

    toggled = Signal(bool)

    def __init__(self, title: str, *items: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.header = QToolButton()
        set_kind(self.header, "section")
        self.header.setText(literal(title))
        self.header.setCheckable(True)
        self.header.setChecked(True)
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setIconSize(QSize(14, 14))
        self.header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.header.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.header.toggled.connect(self._on_toggled)
        self.body = QWidget()
        self.layout_of_body = QVBoxLayout(self.body)
        self.layout_of_body.setContentsMargins(0, 0, 0, 8)
        self.layout_of_body.setSpacing(8)
        for item in items:
            self.add(item)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(self.header)
        outer.addWidget(self.body)
        self._on_toggled(is_open=True)

    def add(self, item: Item) -> None:
        """Add a widget, a layout or a distance at the end."""
        if isinstance(item, QWidget):
            self.layout_of_body.addWidget(item)
        elif isinstance(item, int):
            self.layout_of_body.addSpacing(item)
        elif item is not None:
            self.layout_of_body.addLayout(item)

    def set_open(self, is_open: bool) -> None:
        """Fold or unfold."""
        self.header.setChecked(is_open)

    def _on_toggled(self, is_open: bool) -> None:
        self.body.setVisible(is_open)
        self.header.setIcon(icon("chevron_down" if is_open else "chevron_right", "muted"))
        state = "open" if is_open else "folded"
        self.header.setAccessibleName(f"{self._title}, {state}")
        self.toggled.emit(is_open)
