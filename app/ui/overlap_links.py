# SPDX-License-Identifier: MIT
"""Keeps the page of overlaps, gaps and coverage in step with the map and the account list."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject

from app.ui.drawer import Drawer
from app.ui.map.map_controller import MapController
from app.ui.panes.account_pane import AccountPane
from app.ui.panes.overlap_pane import OverlapPane
from app.ui.selection import Selection


class OverlapLinks(QObject):
    """The wires between the page, the map, what is selected, and the account list.

    Args:
        pane: The page.
        controller: The map.
        selection: What is selected.
        accounts: The account list, in which the accounts behind a figure are shown.
        parent: The screen.
    """

    def __init__(
        self,
        pane: OverlapPane,
        controller: MapController,
        selection: Selection,
        accounts: AccountPane,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._pane = pane
        self._accounts = accounts
        self._map = controller
        self._drawer: Drawer | None = None
        pane.geounits_selected.connect(selection.select_geounits)
        pane.rows_requested.connect(self._on_rows)
        pane.map_requested.connect(self._color_map)
        pane.message.connect(controller.message)
        selection.geounits_changed.connect(lambda: pane.select_units(selection.geounits))

    def use(self, drawer: Drawer) -> None:
        """Open other panes of this drawer."""
        self._drawer = drawer

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self._pane.stop()

    def _color_map(self, measure: int) -> None:
        self._map.looks.set(replace(self._map.looks.look, color_measure=measure))
        self._map.set_coloring("measure")

    def _on_rows(self, title: str, ids: np.ndarray) -> None:
        if self._drawer is not None:
            self._drawer.open("accounts")
        self._accounts.show_rows(title, ids)
