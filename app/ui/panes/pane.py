# SPDX-License-Identifier: MIT
"""What every pane shares: it refreshes when an edit concerns it, and only while it is seen."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.models.changes import Changes
from app.ui.session import EditSession
from app.ui.theme import set_kind


class Pane(QWidget):
    """A part of the window that shows the plan.

    A hidden pane only notes that it is out of date, so an edit costs what is on the screen.
    """

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._is_stale = True
        set_kind(self, "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        session.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Show the plan as it is now."""
        raise NotImplementedError

    def concerns(self, changes: Changes) -> bool:
        """Whether an edit may have changed what is shown here."""
        return changes != Changes()

    def invalidate(self) -> None:
        """Refresh now if it is seen, else when it is seen next."""
        if self.isVisible():
            self._is_stale = False
            self.refresh()
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:
        if self._is_stale:
            self._is_stale = False
            self.refresh()
        super().showEvent(event)

    def _on_changed(self, changes: Changes, _initiator: QObject | None) -> None:
        if self.concerns(changes):
            self.invalidate()
