# SPDX-License-Identifier: MIT
"""Names that lead somewhere, each with an icon and, if wanted, a button that takes it away."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.parts import clear_layout, icon_button, label, row
from app.ui.theme import set_kind
from app.ui.widgets.elided_button import ElidedButton
from app.ui.widgets.elided_label import ElidedLabel

_WIDEST_DETAIL = 110


@dataclass(frozen=True, slots=True)
class Link:
    """One name.

    Attributes:
        key: What the signals tell.
        detail: Words at the right end, may be empty.
        removal: Name of the button that takes it away; empty for none.
    """

    key: int
    text: str
    icon: QIcon | None = None
    detail: str = ""
    removal: str = ""


class LinkList(QWidget):
    """Links below one another.

    Signals:
        chosen: Key of the link that was clicked.
        removed: Key of the link whose button was clicked.
    """

    chosen = Signal(int)
    removed = Signal(int)

    def __init__(self, nothing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nothing = nothing
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)

    def set_links(self, links: Sequence[Link]) -> None:
        """Show other links; where there are none, the words for nothing."""
        clear_layout(self._layout)
        for link in links:
            self._layout.addLayout(self._line(link))
        if not links and self._nothing:
            self._layout.addWidget(label(self._nothing, "muted", wraps=True))

    def _line(self, link: Link) -> QHBoxLayout:
        made = ElidedButton(link.text)
        set_kind(made, "link")
        made.clicked.connect(lambda _checked=False: self.chosen.emit(link.key))
        if link.icon is not None:
            made.setIcon(link.icon)
            made.setIconSize(QSize(19, 16))
        line = row(made, gap=4)
        line.setStretch(0, 1)
        if link.detail:
            detail = ElidedLabel(link.detail)
            set_kind(detail, "muted")
            wanted = detail.fontMetrics().horizontalAdvance(link.detail) + 4
            detail.setFixedWidth(min(wanted, _WIDEST_DETAIL))
            line.addWidget(detail)
        if link.removal:
            line.addWidget(
                icon_button("close", link.removal, lambda: self.removed.emit(link.key), side=14)
            )
        return line
