# SPDX-License-Identifier: MIT
"""Opens the panel of the layers and keeps it in step with the map."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.ui.map.layers_panel import LayersPanel
from app.ui.map.map_controller import MapController
from app.ui.map.map_toolbar import MapToolbar
from app.ui.session import EditSession


class LayersLink(QObject):
    """The panel of one plan, made when it is first asked for.

    Args:
        session: The open plan.
        controller: Of its map.
        toolbar: Has the button that opens the panel.
        parent: The screen, which owns the panel.
    """

    def __init__(
        self, session: EditSession, controller: MapController, toolbar: MapToolbar, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._controller = controller
        self._toolbar = toolbar
        self._parent = parent
        self._panel: LayersPanel | None = None
        toolbar.layers_requested.connect(self.open)
        controller.looks.changed.connect(self._follow)

    def open(self) -> None:
        """Show the panel below its button."""
        panel = self.panel
        self._show_look(panel)
        panel.open_below(self._toolbar.layers)

    @property
    def panel(self) -> LayersPanel:
        """The panel."""
        if self._panel is None:
            self._panel = LayersPanel(self._parent)
            self._panel.look_chosen.connect(self._controller.looks.set)
            self._panel.accounts_toggled.connect(self._controller.set_shows_accounts)
        return self._panel

    def _follow(self) -> None:
        if self._panel is not None and self._panel.isVisible():
            self._show_look(self._panel)

    def _show_look(self, panel: LayersPanel) -> None:
        controller = self._controller
        measures = self._session.workspace.measures
        panel.set_look(controller.looks.look, measures, shows_accounts=controller.shows_accounts)
