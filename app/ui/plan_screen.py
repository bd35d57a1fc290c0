# SPDX-License-Identifier: MIT
"""One open plan on the screen: territories at the left, map and drawer, inspector at the right."""

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.models.changes import Changes
from app.models.ids import AccountId, GeoUnitId, RepId, TerritoryId
from app.ui.area_links import AreaLinks
from app.ui.balance_strip import BalanceStrip
from app.ui.check_links import CheckLinks
from app.ui.data_links import DATA, DataLinks
from app.ui.drawer import Drawer
from app.ui.force_links import ForceLinks
from app.ui.map.layers_link import LayersLink
from app.ui.map.map_controller import MapController
from app.ui.map.map_toolbar import MapToolbar
from app.ui.map.map_view import MapView
from app.ui.map_deck import MapDeck
from app.ui.overlap_links import OverlapLinks
from app.ui.panes.account_pane import AccountPane
from app.ui.panes.area_pane import AreaPane
from app.ui.panes.balance_pane import BalancePane
from app.ui.panes.history_pane import HistoryPane
from app.ui.panes.inspector import Inspector
from app.ui.panes.overlap_pane import OverlapPane
from app.ui.panes.rep_pane import RepPane
from app.ui.panes.territory_pane import TerritoryPane
from app.ui.parts import hairline
from app.ui.place_search import Hit, PlaceSearch
from app.ui.rep_watch import RepWatch
from app.ui.rule_links import RuleLinks
from app.ui.selection import Focus, Selection
from app.ui.session import EditSession
from app.ui.table_links import ListPanes, TableLinks
from app.ui.work_links import WorkLinks

_LEFT_WIDTH, _RIGHT_WIDTH = 276, 284


class PlanScreen(QWidget):
    """All panes of one plan, wired to one selection.

    Args:
        session: The open plan.
        map_view: The map; it belongs to the window and outlives the screen.
        settings: Where sizes and the open pane are remembered.
        parent: The window.
        is_dark: Whether the theme is dark.

    Signals:
        build_requested(str): "owners", "homes" or empty for the user to choose.
        import_requested(): A list is empty and the user wants to fill it.
        forces_requested(), divide_requested(): Sales forces are to be managed, or built.
    """

    build_requested = Signal(str)
    import_requested = Signal()
    forces_requested = Signal()
    divide_requested = Signal()

    def __init__(
        self,
        session: EditSession,
        map_view: MapView,
        settings: QSettings,
        parent: QWidget | None = None,
        *,
        is_dark: bool = False,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.selection = Selection(self)
        self._settings = settings
        self._is_sized = False
        self._make_panes(session)
        self.search = PlaceSearch(session.workspace)
        self.toolbar = MapToolbar()
        self.map = MapController(session, map_view, self.selection, self)
        self.map.is_dark = is_dark
        self.layers = LayersLink(session, self.map, self.toolbar, self)
        self.deck = MapDeck(session, map_view, self.map, self)
        self.check = CheckLinks(session, self.map, self.selection, self.overlaps, self)
        self.overlap_links = OverlapLinks(
            self.overlaps, self.map, self.selection, self.accounts, self
        )
        lists = ListPanes(self.accounts, self.areas, self.reps)
        self.tables = TableLinks(session, lists, self.map, self.selection, settings)
        self._lay_out(map_view)
        self._connect_lists()
        self._connect_panes()
        self._connect_map()
        session.changed.connect(self._on_changed)
        self._rep_watch = RepWatch(session, self)
        self._rep_watch.message.connect(self.map.message)
        self.selection.focus_changed.connect(self._on_focus)
        self._on_changed(Changes(settings=True, territories=frozenset((TerritoryId(0),))))

    def go_to(self, item: object, *, is_account: bool = False) -> None:
        """Show a geounit or an account on the map and in the inspector."""
        if is_account:
            account = AccountId(int(str(item)))
            self.selection.show(Focus(account=account))
            self.map.show_account(account)
        else:
            geounit = GeoUnitId(str(item))
            self.selection.select_geounits((geounit,))
            self.selection.show(Focus(geounit=geounit))
            self.map.show_geounit(geounit)

    def show_territory(self, territory: TerritoryId) -> None:
        """Select a territory in the list and show it in the inspector."""
        self.territories.select_territory(territory)
        self.selection.show(Focus(territory=territory))

    def show_rep(self, rep: RepId) -> None:
        """Show a rep in the inspector."""
        self.selection.show(Focus(rep=rep))

    def release_map(self) -> None:
        """Let go of the map before the screen is deleted."""
        self.data.stop()
        self.overlap_links.stop()
        self.work.stop()
        self.rules.stop()
        self.check.stop()
        self.deck.stop()
        self.map.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_sized:
            self._is_sized = True
            middle = self.width() - _LEFT_WIDTH - _RIGHT_WIDTH
            self._splitter.setSizes([_LEFT_WIDTH, middle, _RIGHT_WIDTH])

    # Composition

    def _make_panes(self, session: EditSession) -> None:
        self.territories = TerritoryPane(session)
        self.inspector = Inspector(session)
        self.balance = BalancePane(session)
        self.overlaps = OverlapPane(session)
        self.accounts = AccountPane(session)
        self.areas = AreaPane(session)
        self.reps = RepPane(session)
        self.history = HistoryPane(session)
        self.data = DataLinks(session, self.accounts, self)
        self.work = WorkLinks(session, self.accounts, self)
        self.rules = RuleLinks(session, self.selection, self.accounts, self)
        self.forces = ForceLinks(session, self)
        self.strip = BalanceStrip(session)

    def _lay_out(self, map_view: MapView) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(hairline())
        column.addWidget(self.deck.strip)
        column.addWidget(hairline())
        column.addWidget(self.deck.banner)
        column.addWidget(map_view, 1)
        map_view.show()
        self.drawer = Drawer(centre, self._settings)
        self.overlap_links.use(self.drawer)
        for key, title, icon_name, pane in (
            ("balance", "Balance", "balance", self.balance),
            ("overlaps", "Overlaps and gaps", "overlap", self.overlaps),
            ("areas", "Areas", "area", self.areas),
            ("accounts", "Accounts", "building", self.accounts),
            ("reps", "Reps", "users", self.reps),
        ):
            self.drawer.add_pane(key, title, icon_name, pane)
            if key == "balance":
                self.work.add_to(self.drawer)
            if key == "overlaps":
                self.check.add_to(self.drawer)
            if key == "areas":
                self.tables.add_to(self.drawer)
        self.rules.add_to(self.drawer)
        self.tables.add_exceptions_to(self.drawer)
        self.data.add_to(self.drawer)
        self.forces.add_to(self.drawer)
        self.drawer.add_pane("history", "History", "history", self.history)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for part in (self.territories, self.drawer, self.inspector):
            self._splitter.addWidget(part)
        self._splitter.setStretchFactor(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._splitter, 1)
        outer.addWidget(hairline())
        outer.addWidget(self.strip)

    def _connect_lists(self) -> None:
        pane = self.territories
        pane.territory_activated.connect(self._on_activated)
        pane.territories_selected.connect(self._on_territories_selected)
        pane.zoom_requested.connect(lambda t: self.map.show_territory(TerritoryId(t)))
        pane.build_requested.connect(self.build_requested)
        pane.forces_requested.connect(self.forces_requested)
        pane.divide_requested.connect(self.divide_requested)
        pane.paint_requested.connect(self._on_paint_requested)
        for source in (pane, self.strip):
            source.show_gaps.connect(lambda: self._show_unserved(gaps=True))
            source.show_overlaps.connect(lambda: self._show_unserved(gaps=False))
        self.strip.show_balance.connect(lambda: self.drawer.open("balance"))
        self.selection.geounits_changed.connect(self._on_geounits)

    def _connect_panes(self) -> None:
        inspector = self.inspector
        for source in (inspector, self.overlaps):
            source.go_to.connect(lambda item, is_account: self.go_to(item, is_account=is_account))
        for source in (inspector, self.reps):
            source.territory_requested.connect(lambda t: self.show_territory(TerritoryId(t)))
        inspector.rep_requested.connect(lambda rep: self.show_rep(RepId(rep)))
        inspector.rep_edit_requested.connect(self._on_rep_edit)
        inspector.accounts_requested.connect(self._on_accounts_requested)
        inspector.zoom_requested.connect(lambda t: self.map.show_territory(TerritoryId(t)))
        self.selection.target_changed.connect(
            lambda: inspector.selection.set_target(self.selection.target)
        )
        inspector.selection.clear_requested.connect(lambda: self.selection.select_geounits(()))
        inspector.selection.territory_made.connect(lambda t: self._on_made(TerritoryId(t)))
        for shown in (self.balance, self.work):
            shown.territory_activated.connect(lambda t: self.show_territory(TerritoryId(t)))
        inspector.workload_requested.connect(self.work.show_territory)
        self.accounts.account_activated.connect(lambda a: self.go_to(a, is_account=True))
        self.accounts.accounts_selected.connect(self._on_accounts_selected)
        self.reps.rep_selected.connect(lambda rep: self.show_rep(RepId(rep)))
        for source in (self.accounts, self.reps, self.data, self.work):
            source.import_requested.connect(self.import_requested)
        self.data.account_activated.connect(lambda a: self.go_to(a, is_account=True))
        self.tables.territory_requested.connect(lambda t: self.show_territory(TerritoryId(t)))
        self.tables.build_requested.connect(self.build_requested)
        self.tables.go_to.connect(lambda item, is_account: self.go_to(item, is_account=is_account))
        self.tables.accounts_requested.connect(self.data.show_accounts)

    def _connect_map(self) -> None:
        bar = self.toolbar
        self.search.found.connect(self._on_found)
        bar.level_chosen.connect(self.map.set_level)
        bar.color_chosen.connect(self.map.set_coloring)
        bar.measure_chosen.connect(self.map.set_measure)
        bar.accounts_toggled.connect(self.map.set_shows_accounts)
        bar.fit_requested.connect(self.map.show_everything)
        self.forces.forces_requested.connect(self.forces_requested)
        for source in (self.data, self.forces):
            source.accounts_focused.connect(self.map.show_accounts)
        for source in (self.data, self.rules):
            source.message.connect(self.map.message)
        self.drawer.opened.connect(self._on_drawer)
        self.map.state_changed.connect(self._on_map_state)
        self.deck.territory_made.connect(lambda t: self._on_made(TerritoryId(t)))
        self.deck.territory_requested.connect(lambda t: self.show_territory(TerritoryId(t)))
        self.map.restore(self._settings)
        AreaLinks(self.areas, self.map, self.selection, self)

    # Reacting

    def _on_changed(self, changes: Changes, _initiator: object = None) -> None:
        workspace = self.session.workspace
        if changes.settings or changes.all_accounts or changes.records:
            self.toolbar.set_measures(workspace.measures, workspace.settings.main_measure)
        gaps, overlaps = workspace.unserved_counts()
        has_territories = bool(workspace.territories)
        self.drawer.tabs.set_count("overlaps", gaps + overlaps if has_territories else 0)
        target = self.selection.target
        if target is not None and not workspace.has_territory(target):
            self.selection.activate(None)
        present = {territory.id for territory in workspace.territories}
        if changes.geounits and len(changes.territories) > 1 and present <= changes.territories:
            self.selection.select_geounits(())  # all territories are others: nothing is meant now
        self._on_map_state()

    def _on_activated(self, territory: int) -> None:
        self.selection.activate(TerritoryId(territory))
        self._on_map_state()

    def _on_territories_selected(self, territories: tuple[TerritoryId, ...]) -> None:
        if territories:
            self.selection.show(Focus(territory=territories[0]))

    def _on_paint_requested(self, territory: int) -> None:
        self.selection.activate(TerritoryId(territory))
        self.map.set_tool("paint")

    def _on_map_state(self) -> None:
        titles = self.session.workspace.geography.view_titles
        self.toolbar.set_levels(titles, self.map.view_key)
        self.toolbar.set_color(self.map.coloring)
        self.toolbar.set_shows_accounts(self.map.shows_accounts)

    def _on_found(self, hit: Hit) -> None:
        if hit.territory is not None:
            self.show_territory(hit.territory)
            self.map.show_territory(hit.territory)
        elif hit.account is not None:
            self.go_to(hit.account, is_account=True)
        elif hit.geounit is not None:
            self.go_to(hit.geounit)
        elif hit.bounds is not None:
            self.map.show_bounds(hit.bounds)

    def _on_geounits(self) -> None:
        """Let the inspector follow what is selected on the map."""
        units = self.selection.geounits
        self.territories.set_selected_geounits(units)
        self.inspector.show_geounits(units, self.selection.title)
        if len(units) == 1:
            self.selection.show(Focus(geounit=units[0]))
        elif units or self.selection.focus.geounit is not None:
            self.selection.show(Focus())

    def _on_made(self, territory: TerritoryId) -> None:
        """Show a territory that was made of the selected areas, and let the user name it."""
        self.show_territory(territory)
        self.territories.view.edit_name(territory)

    def _on_focus(self) -> None:
        self.inspector.show_focus(self.selection.focus)
        self.work.follow(self.selection.focus.territory)

    def _on_drawer(self, key: str) -> None:
        if key != DATA:
            self.map.mark_focus()  # the duplicates that were compared are no longer in view

    def _on_accounts_selected(self, accounts: tuple[AccountId, ...]) -> None:
        if len(accounts) == 1:
            self.selection.show(Focus(account=accounts[0]))

    def _on_rep_edit(self, rep: int) -> None:
        self.drawer.open("reps")
        self.reps.select_rep(RepId(rep))

    def _on_accounts_requested(self, territory: int) -> None:
        self.drawer.open("accounts")
        self.accounts.show_territory(TerritoryId(territory))

    def _show_unserved(self, *, gaps: bool) -> None:
        self.drawer.open("overlaps")
        self.overlaps.show_list("gaps" if gaps else "overlaps")
