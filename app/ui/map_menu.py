# SPDX-License-Identifier: MIT
"""The menu that a right click on the map opens."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.models.geounit import GeoLevel
from app.models.ids import AccountId, GeoUnitId
from app.services.commands import AddLink, MergeTerritories
from app.services.commands.assignments import count_of_units
from app.ui.area_edits import bounds_of, give, holders_of, make_territory, units_inside
from app.ui.area_locks import lock_offers
from app.ui.dialogs.radius_dialog import RadiusDialog
from app.ui.dialogs.why_dialog import WhyDialog, toggle_lock
from app.ui.icons import icon
from app.ui.map.map_controller import MapController
from app.ui.map.map_reports import ContextReport
from app.ui.map.map_view import MapView
from app.ui.panes.territory_choice import add_territories
from app.ui.parts import literal
from app.ui.selection import Selection
from app.ui.session import EditSession

_INSIDE = {
    GeoLevel.COUNTRY: "countries",
    GeoLevel.STATE: "states",
    GeoLevel.COUNTY: "counties",
    GeoLevel.ZIP: "ZIP areas",
}


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
        territory_requested: Id of a territory to show.
    """

    territory_made = Signal(int)
    territory_requested = Signal(int)

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
        units = self._controller.context.areas.units_at((feature,))
        if not units:
            return None
        if units[0] not in self._selection.geounits:
            self._selection.select_geounits(units)
        return self._menu(self._selection.geounits)

    def add_account(self, menu: QMenu, row: int) -> None:
        """Entries about the account under the pointer."""
        workspace = self._session.workspace
        if not 0 <= row < len(workspace.accounts):
            return
        account = AccountId(int(workspace.accounts.ids[row]))
        name = str(workspace.accounts.text("name")[row])
        is_locked = account in workspace.state.account_locks
        menu.addSeparator()
        _add(menu, literal(f"Why is {name} here?"), lambda: self._show_why(account), "help")
        words = f"{'Unlock' if is_locked else 'Lock'} {name}"
        _add(
            menu,
            literal(words),
            lambda: toggle_lock(self._session, account),
            "unlock" if is_locked else "lock",
            enabled=not self._session.is_read_only,
        )

    def _on_requested(self, report: ContextReport) -> None:
        menu = self.menu_at(report.feature)
        if menu is not None:
            self.add_account(menu, report.row)
            self._add_radius(menu, report)
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
        if len(units) == 2:
            words = "Link the two areas (bridge or ferry)"
            _add(menu, words, lambda: self._link(units[0], units[1]), "link", enabled=can_edit)
        menu.addSeparator()
        for offer in lock_offers(self._session, units):
            _add(menu, offer.words, offer.run, offer.icon_name, enabled=offer.is_possible)
        self._add_holder_entries(menu, units)
        self._add_inside(menu, units)
        _add(menu, "Zoom to", lambda: self._zoom(units), "fit")
        return menu

    def _add_inside(self, menu: QMenu, units: tuple[GeoUnitId, ...]) -> None:
        """Entries that break the areas into the finer ones inside them."""
        geography = self._session.workspace.geography
        is_group = self._controller.context.painter.view.is_grouped
        for level, inside in units_inside(geography, units, is_group=is_group):
            words = f"Show the {_INSIDE[level]} inside"
            _add(menu, words, partial(self._controller.show_inside, level.value, inside))

    def _add_holder_entries(self, menu: QMenu, units: tuple[GeoUnitId, ...]) -> None:
        """Entries about who holds the areas: show the territory, or unite several."""
        workspace = self._session.workspace
        holders = [workspace.territory(t) for t, _ in holders_of(workspace, units).by_territory]
        if len(holders) == 1:
            only = holders[0]
            words = literal(f"Show {only.name}")
            _add(menu, words, lambda: self.territory_requested.emit(int(only.id)), "target")
        elif holders:
            merge = menu.addMenu(icon("merge"), "Merge their territories into")
            merge.setEnabled(not self._session.is_read_only)
            for into in holders:
                others = tuple(each.id for each in holders if each.id != into.id)
                command = MergeTerritories(into.id, others, into.name)
                _add(merge, literal(into.name), partial(self._session.run, command))

    def _show_why(self, account: AccountId) -> None:
        dialog = WhyDialog(self._session, account, self._parent)
        dialog.go_to.connect(lambda each: self._controller.show_account(AccountId(each)))
        dialog.open()

    def _add_radius(self, menu: QMenu, report: ContextReport) -> None:
        """An entry that selects around what was clicked."""
        place = self._place_name(report)
        menu.addSeparator()
        words = literal(f"Select within a distance of {place}…")
        _add(menu, words, lambda: self._ask_radius(place, report), "radius")

    def _place_name(self, report: ContextReport) -> str:
        workspace = self._session.workspace
        placed = [rep for rep in workspace.reps if rep.lon is not None]
        if 0 <= report.home < len(placed):
            return f"{placed[report.home].name}'s home"
        if 0 <= report.row < len(workspace.accounts):
            account = workspace.records.account(AccountId(int(workspace.accounts.ids[report.row])))
            return account.name if account else "this account"
        return "this place"

    def _ask_radius(self, place: str, report: ContextReport) -> None:
        dialog = RadiusDialog(place, self._parent)
        dialog.accepted.connect(lambda: self._select_within(report, dialog.radius_km()))
        dialog.open()

    def _select_within(self, report: ContextReport, radius_km: float) -> None:
        lon, lat = self._middle(report)
        self._controller.camera.show_around(lon, lat, radius_km)
        self._controller.gestures.select_within(lon, lat, radius_km)

    def _middle(self, report: ContextReport) -> tuple[float, float]:
        """The account or home that was clicked, exactly, or the place itself."""
        workspace = self._session.workspace
        placed = [rep for rep in workspace.reps if rep.lon is not None]
        if 0 <= report.home < len(placed):
            home = placed[report.home]
            if home.lon is not None and home.lat is not None:
                return home.lon, home.lat
        if 0 <= report.row < len(workspace.accounts):
            accounts = workspace.accounts
            return float(accounts.lon[report.row]), float(accounts.lat[report.row])
        return report.lon, report.lat

    def _link(self, unit: GeoUnitId, other: GeoUnitId) -> None:
        geography = self._session.workspace.geography
        names = (geography.name(unit), geography.name(other))
        self._session.run(AddLink(unit, other, names=names))

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
