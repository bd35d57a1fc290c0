# SPDX-License-Identifier: MIT
"""What stands in the place of a map that stopped again and again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.parts import column
from app.ui.theme import set_kind
from app.ui.widgets.empty_state import EmptyState


class MapStopped(QWidget):
    """Says what happened, that nothing is lost, and what to do.

    Args:
        web: The map in whose place it stands.
        parent: What holds both.

    Signals:
        try_again(): The user wants the map back.
    """

    try_again = Signal()

    def __init__(self, web: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._web = web
        set_kind(self, "surface")
        words = EmptyState(
            "warning",
            "The map keeps stopping",
            "Nothing is lost: every edit is saved, and all lists go on working. The cause is "
            "usually the driver of the graphics card. If trying again does not help, close "
            "Evenfield and start it with --safe-graphics, which draws without the card.",
        )
        self.button = words.add_button("again", "Try again", icon_name="refresh", primary=True)
        words.chosen.connect(lambda _key: self._give_back())
        self.setLayout(column(words))
        self.hide()

    def take_over(self) -> None:
        """Stand in the place of the map."""
        self._web.hide()
        self.show()

    def _give_back(self) -> None:
        self.hide()
        self._web.show()
        self.try_again.emit()
