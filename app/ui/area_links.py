# SPDX-License-Identifier: MIT
"""Keeps the list of areas and the map in step: same view, same selection, same target."""

from PySide6.QtCore import QObject

from app.ui.map.map_controller import MapController
from app.ui.panes.area_pane import AreaPane
from app.ui.selection import Selection


class AreaLinks(QObject):
    """The wires between the list of areas, the map and what is selected.

    Args:
        pane: The list.
        controller: The map.
        selection: What is selected, and which territory is active.
        parent: The screen.
    """

    def __init__(
        self, pane: AreaPane, controller: MapController, selection: Selection, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._pane = pane
        self._map = controller
        self._selection = selection
        pane.geounits_selected.connect(selection.select_geounits)
        pane.area_activated.connect(controller.camera.show_geounits)
        pane.message.connect(controller.message)
        controller.state_changed.connect(self._on_view)
        selection.geounits_changed.connect(lambda: pane.show_selection(selection.geounits))
        selection.target_changed.connect(lambda: pane.set_target(selection.target))
        pane.set_target(selection.target)
        self._on_view()

    def _on_view(self) -> None:
        self._pane.show_view(self._map.view_key)
