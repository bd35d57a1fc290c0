# SPDX-License-Identifier: MIT
"""What stands around the map: tools, hint, card, menu, and the strip about marked changes."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.models.changes import Changes
from app.ui.map.effect_card import EffectCard
from app.ui.map.map_controller import MapController
from app.ui.map.map_drawings import MapDrawings
from app.ui.map.map_hint import MapHint
from app.ui.map.map_summary import MapSummary
from app.ui.map.map_view import MapView
from app.ui.map.tool_strip import ToolStrip
from app.ui.map_menu import MapMenu
from app.ui.session import EditSession
from app.ui.widgets.banner import Banner


class MapDeck(QObject):
    """Builds these parts and keeps them in step with the map.

    Args:
        session: The open plan.
        map_view: The map.
        controller: What the map shows, and with which tool.
        parent: The screen.

    Signals:
        territory_made: Id of the territory that was made of areas.
        territory_requested: Id of a territory to show.
    """

    territory_made = Signal(int)
    territory_requested = Signal(int)

    def __init__(
        self, session: EditSession, map_view: MapView, controller: MapController, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._controller = controller
        selection = controller.context.selection
        self.strip = ToolStrip(controller.options)
        self.banner = Banner("", tone="info")
        self.banner.add_action("Accept", controller.marks.accept)
        self._take_back = self.banner.add_action("Take back", controller.marks.take_back)
        self.banner.hide()
        self.hint = MapHint(map_view)
        self.card = EffectCard(map_view)
        self.summary = MapSummary(session, controller, selection, self.card, self)
        self.menu = MapMenu(session, map_view, controller, selection, parent)
        self.drawings = MapDrawings(controller.context, self)
        self._connect()
        self._on_changed(Changes(settings=True))
        self._on_state()

    def stop(self) -> None:
        """Let go of the map; another plan may take it."""
        self.menu.stop()
        self.drawings.stop()
        self.summary.stop()
        self.hint.hide()
        self.hint.deleteLater()

    def toggle_marks(self) -> None:
        """Mark what changes from now on, or stop that and keep the plan as it is."""
        marks = self._controller.marks
        if marks.is_on:
            marks.accept()
        else:
            marks.begin()

    def _connect(self) -> None:
        controller = self._controller
        self.strip.tool_chosen.connect(controller.set_tool)
        self.strip.marking_toggled.connect(lambda _on: self.toggle_marks())
        controller.state_changed.connect(self._on_state)
        controller.marks.changed.connect(self._on_marks)
        controller.marks.changed.connect(controller.state_changed)
        self.menu.territory_made.connect(self.territory_made)
        self.menu.territory_requested.connect(self.territory_requested)
        self.drawings.territory_made.connect(self.territory_made)
        self.drawings.message.connect(controller.message)
        self._session.changed.connect(self._on_changed)
        self.strip.set_editable(not self._session.is_read_only)

    def _on_state(self) -> None:
        controller = self._controller
        self.strip.set_coarser(controller.context.areas.coarser())
        self.strip.set_tool(controller.tool_key)
        self.drawings.draw()
        self.hint.set_text("" if controller.tool_key == "pick" else controller.hint())

    def _on_marks(self) -> None:
        marks = self._controller.marks
        self.strip.set_marking(marks.is_on)
        self.banner.set_text(marks.words())
        self._take_back.setVisible(bool(marks.count) and not self._session.is_read_only)
        self.banner.setVisible(marks.is_on)

    def _on_changed(self, changes: Changes, _initiator: object = None) -> None:
        if changes.territories or changes.settings:
            self.strip.set_territories(self._session.workspace.territories)
