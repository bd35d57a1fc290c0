# SPDX-License-Identifier: MIT
"""The last step: what was added, and a way to take it back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.boundaries.choices import LayerOutcome
from app.ui.fonts import TITLE
from app.ui.formats import plural
from app.ui.parts import button, column, label, row
from app.ui.widgets.icon_label import IconLabel

_WHAT = {
    "replace": "They take the place of the approximate shapes; assignments stay with their codes.",
    "join": "They can be painted on the map like all other areas.",
    "group": "Choose them among the kinds of areas above the map to paint by region.",
}


class DonePage(QWidget):
    """Says that a layer was added.

    Signals:
        undo_requested(), more_requested(): The buttons.
    """

    undo_requested = Signal()
    more_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", size=TITLE, semibold=True, wraps=True)
        self._detail = label("", "muted", wraps=True)
        self.undo = button("Undo", self.undo_requested.emit, icon_name="undo")
        self.more = button("Add another file…", self.more_requested.emit, icon_name="polygon")
        head = row(IconLabel("check_circle", "good", 32), column(self._title, self._detail, gap=2))
        head.setStretch(1, 1)
        self.setLayout(column(head, row(self.more, None, self.undo), None, gap=16))

    def show_done(self, outcome: LayerOutcome) -> None:
        """Show what was added."""
        words = plural(len(outcome.prepared), "area", "areas")
        self._title.setText(f"Added {words}")
        role = outcome.choices.purpose.role
        self._detail.setText(f"{outcome.choices.name}. {_WHAT[role]} The plan is saved.")
        self.undo.setEnabled(True)

    def show_undone(self) -> None:
        """Show that the layer was taken back."""
        self._title.setText("The areas were taken back")
        self._detail.setText("The plan is as it was before.")
        self.undo.setEnabled(False)
