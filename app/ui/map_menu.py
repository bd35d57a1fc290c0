# SPDX-License-Identifier: MIT
"""The menu that a right click on the map opens."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.models.ids import GeoUnitId
from app.services.commands.assignments import count_of_units
from app.ui.area_edits import bounds_of, give, holders_of, make_territory
from app.ui.icons import icon
from app.ui.map.map_controller import MapController
from app.ui.map.map_reports import ContextReport
from app.ui.map.map_view import MapView
from app.ui.panes.territory_choice import add_territories
from app.ui.parts import literal
from app.ui.selection import Selection
from app.ui.session import EditSession


class MapMenu(QObject):
    """Offers what can be done with the selected areas, or with the one under the pointer.

    Args:
        session: The open plan.
        view: The map that tells of right clicks.
        controller: What the map shows.
        selection: The selected areas.
        parent: The widget that owns the menus.

    Signals:
        territory_made: Id of the territory that was made of areas.
    """

    territory_made = Signal(int)

    def __init__(
        self,
        session: EditSession,
        view: MapView,
        controller: MapController,
        selection: Selection,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._controller = controller
        self._selection = selection
        self._parent = parent
        view.context_requested.connect(self._on_requested)

    def stop(self) -> None:
        """Let go of the map; another plan may take it."""
        self._view.context_requested.disconnect(self._on_requested)

    def menu_at(self, feature: int) -> QMenu | None:
        """The menu for a right click on an area; None outside all areas.

        An area that is not selected is selected first, alone.
        """
        geounits = self._session.workspace.geography.view(self._controller.level).geounits
        if not 0 <= feature < len(geounits):
            return None
        unit = geounits[feature]
        if unit not in self._selection.geounits:
            self._selection.select_geounits((unit,))
        return self._menu(self._selection.geounits)

    def _on_requested(self, report: ContextReport) -> None:
        menu = self.menu_at(report.feature)
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self._view.mapToGlobal(QPoint(round(report.x), round(report.y))))

    def _menu(self, units: tuple[GeoUnitId, ...]) -> QMenu:
        session, workspace = self._session, self._session.workspace
        is_one = len(units) == 1
        can_edit = not session.is_read_only
        menu = QMenu(self._parent)
        what = workspace.geography.name(units[0]) if is_one else count_of_units(units)
        menu.addAction(literal(what)).setEnabled(False)
        menu.addSeparator()
        receivers = menu.addMenu(icon("arrow_right"), "Give to")
        receivers.setEnabled(can_edit)
        target = self._selection.target
        add_territories(receivers, workspace, lambda t: give(session, units, t), target)
        words = "New territory from this area" if is_one else "New territory from these"
        _add(menu, words, lambda: self._make(units), "plus", enabled=can_edit)
        is_held = holders_of(workspace, units).nobody < len(units)
        _add(menu, "Take out", lambda: give(session, units, None), enabled=can_edit and is_held)
        menu.addSeparator()
        _add(menu, "Zoom to", lambda: self._zoom(units), "fit")
        return menu

    def _make(self, units: tuple[GeoUnitId, ...]) -> None:
        made = make_territory(self._session, units)
        if made is not None:
            self.territory_made.emit(int(made))

    def _zoom(self, units: tuple[GeoUnitId, ...]) -> None:
        bounds = bounds_of(self._session.workspace, units)
        if bounds is not None:
            self._controller.show_bounds(bounds)


def _add(
    menu: QMenu,
    text: str,
    on_click: Callable[[], object],
    icon_name: str = "",
    *,
    enabled: bool = True,
) -> None:
    action = menu.addAction(icon(icon_name), text) if icon_name else menu.addAction(text)
    action.setEnabled(enabled)
    action.triggered.connect(lambda _checked=False: on_click())
