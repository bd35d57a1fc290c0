# SPDX-License-Identifier: MIT
"""What the user chose about the look of the map, drawn and remembered."""

from PySide6.QtCore import QObject, Signal

from app.models.changes import Changes
from app.models.map_look import MapLook
from app.services.map_look_text import look_from_text, look_text
from app.ui.map.map_memory import MapMemory
from app.ui.map.map_painter import MapPainter
from app.ui.map.map_view import MapView
from app.ui.map.overlay_painter import OverlayPainter
from app.ui.session import EditSession

_KEY = "look"


class MapLooks(QObject):
    """Holds the look of one plan's map and draws what a change of it asks for.

    Args:
        session: The open plan.
        view: The page.
        painter: Draws areas, names and accounts.
        parent: Owner.

    Signals:
        changed(): The look is another one.
    """

    changed = Signal()

    def __init__(
        self, session: EditSession, view: MapView, painter: MapPainter, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._painter = painter
        self._overlays = OverlayPainter(session.workspace, view.overlays)
        self._memory: MapMemory | None = None
        self._shows_accounts = True

    @property
    def look(self) -> MapLook:
        """What the user chose."""
        return self._painter.look

    def restore(self, memory: MapMemory, *, shows_accounts: bool) -> None:
        """Take the look that is remembered, and remember from now on; draws nothing yet."""
        self._memory = memory
        self._shows_accounts = shows_accounts
        self._painter.look = look_from_text(memory.get(_KEY, ""))

    def set(self, look: MapLook) -> None:
        """Show another look; draws only what it changes."""
        before, self._painter.look = self.look, look
        if look == before:
            return
        if self._memory is not None:
            self._memory.set(_KEY, look_text(look))
        painter, overlays = self._painter, self._sync()
        if (look.order, look.looks) != (before.order, before.looks):
            overlays.draw_layers()
        if _colors(look) != _colors(before):
            painter.draw_areas()
        elif look.figures != before.figures:
            painter.draw_labels()
        if _accounts(look) != _accounts(before):
            painter.draw_points()
        if _charts(look) != _charts(before):
            overlays.draw_charts(painter.view.key)
        if look.rings != before.rings:
            overlays.draw_rings()
        self._draw_legend()
        self.changed.emit()

    def set_shows_accounts(self, shown: bool) -> None:
        """Accounts are shown or hidden, which their part of the legend follows."""
        self._shows_accounts = shown
        self._draw_legend()
        self.changed.emit()

    def draw_all(self) -> None:
        """Everything beside what the painter of the areas has drawn."""
        self._sync().draw_all(self._painter.view.key)
        self._draw_legend()

    def draw_view(self) -> None:
        """What depends on which areas are shown."""
        self._sync().draw_charts(self._painter.view.key)
        self._draw_legend()

    def refresh(self, changes: Changes) -> None:
        """Draw again what an edit may have changed."""
        overlays = self._sync()
        if changes.touches_alignment or changes.settings or changes.reps or changes.records:
            overlays.draw_charts(self._painter.view.key)
        if changes.reps or changes.territories or changes.all_accounts:
            overlays.draw_rings()
        self._draw_legend()

    def clear(self) -> None:
        """Let another plan take the map."""
        self._overlays.clear()

    def _sync(self) -> OverlayPainter:
        self._overlays.look = self._painter.look
        self._overlays.is_dark = self._painter.is_dark
        return self._overlays

    def _draw_legend(self) -> None:
        section = self._painter.account_section if self._shows_accounts else None
        self._overlays.account_section = section
        self._overlays.draw_legend()


def _colors(look: MapLook) -> object:
    return look.classes, look.color_measure, look.is_shaded


def _accounts(look: MapLook) -> object:
    return look.accounts, look.symbol_column, look.weight


def _charts(look: MapLook) -> object:
    return look.charts, look.pie_column, look.weight
