# SPDX-License-Identifier: MIT
"""What the cards of the inspector share: a heading, and signals that lead elsewhere."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.fonts import CAPTION, TITLE
from app.ui.parts import label
from app.ui.session import EditSession


class InspectorCard(QWidget):
    """One page of the inspector.

    Signals:
        territory_requested: Id of a territory to show.
        rep_requested: Id of a rep to show.
        accounts_requested: Id of the territory whose accounts should be listed.
        zoom_requested: Id of a territory to show on the map.
        go_to: Id of a geounit or account to show on the map, and whether it is an account.
    """

    territory_requested = Signal(int)
    rep_requested = Signal(int)
    accounts_requested = Signal(int)
    zoom_requested = Signal(int)
    go_to = Signal(object, bool)

    def __init__(self, session: EditSession, kind_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.kind = label(kind_text, "muted", size=CAPTION)
        self.title = label("", size=TITLE, semibold=True, wraps=True)
        self.title.setMinimumWidth(80)  # a long word is cut rather than widening the card
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        self.head.addWidget(self.title, 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 16)
        self.body.setSpacing(8)
        self.body.addWidget(self.kind)
        self.body.addLayout(self.head)
