# SPDX-License-Identifier: MIT
"""Ties the check of the plan to the map, the selection and the other panes."""

from PySide6.QtCore import QObject

from app.models.changes import Changes
from app.models.faults import Fault
from app.models.geounit import split_geounit_id
from app.models.ids import GeoUnitId
from app.ui.drawer import Drawer
from app.ui.map.link_messages import LinkLine
from app.ui.map.map_controller import MapController
from app.ui.panes.check_pane import CheckPane
from app.ui.panes.overlap_pane import OverlapPane
from app.ui.selection import Focus, Selection
from app.ui.session import EditSession

CHECK = "check"


class CheckLinks(QObject):
    """The check pane, its number on the tab, and the ways from a finding to its place.

    Args:
        session: The open plan.
        controller: The map.
        selection: What is selected.
        overlaps: Where overlaps and gaps are settled.
        parent: The screen.
    """

    def __init__(
        self,
        session: EditSession,
        controller: MapController,
        selection: Selection,
        overlaps: OverlapPane,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._map = controller
        self._selection = selection
        self._overlaps = overlaps
        self._drawer: Drawer | None = None
        self.pane = CheckPane(session)
        session.changed.connect(self._on_changed)
        self._draw_links()
        self.pane.place_requested.connect(self.go_to)
        self.pane.pane_requested.connect(self._open_pane)
        self.pane.message.connect(controller.message)

    def add_to(self, drawer: Drawer) -> None:
        """Put the pane into the drawer, and begin to watch the plan."""
        self._drawer = drawer
        drawer.add_pane(CHECK, "Check", "check_circle", self.pane)
        self.pane.counted.connect(lambda number: drawer.tabs.set_count(CHECK, number))
        self.pane.watch.check_soon()

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self.pane.stop()
        self._map.context.view.overlays.set_links(())

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) finding."""
        if self._drawer is not None and self._drawer.open_key != CHECK:
            self._drawer.open(CHECK)
        self.pane.step(by)

    def go_to(self, fault: Fault) -> None:
        """Fly to a finding and select its areas, in a view that has them."""
        if fault.account_id is not None:
            self._selection.show(Focus(account=fault.account_id))
            self._map.show_account(fault.account_id)
            return
        if fault.geounits:
            self._show_view_of(fault.geounits)
            self._selection.select_geounits(fault.geounits)
            self._map.camera.show_geounits(fault.geounits)
        if fault.territory_ids and self._session.workspace.has_territory(fault.territory_ids[0]):
            if not fault.geounits:
                self._map.show_territory(fault.territory_ids[0])
            if len(fault.geounits) != 1:
                self._selection.show(Focus(territory=fault.territory_ids[0]))

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.links or changes.boundaries:
            self._draw_links()

    def _draw_links(self) -> None:
        connections = self._session.workspace.connections
        lines = [
            LinkLine(*one, *other)
            for link in connections.links
            if (one := connections.borders.label_point(link.geounit_a)) is not None
            and (other := connections.borders.label_point(link.geounit_b)) is not None
        ]
        self._map.context.view.overlays.set_links(lines)

    def _show_view_of(self, units: tuple[GeoUnitId, ...]) -> None:
        """Change to the level of the units where the map shows none of them."""
        if not self._map.context.areas.numbers_of(units):
            self._map.set_level(split_geounit_id(units[0])[0].value)

    def _open_pane(self, key: str) -> None:
        if self._drawer is None:
            return
        if key in {"overlaps", "gaps"}:
            self._drawer.open("overlaps")
            self._overlaps.show_list(key)
        else:
            self._drawer.open(key)
