# SPDX-License-Identifier: MIT
"""Ties the tables to the map, the selection and the user's settings; adds those of their own."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QWidget

from app.models.ids import AccountId, TerritoryId
from app.ui.drawer import Drawer
from app.ui.map.map_controller import MapController
from app.ui.panes.account_pane import AccountPane
from app.ui.panes.area_pane import AreaPane
from app.ui.panes.lazy_pane import LazyPane
from app.ui.panes.rep_pane import RepPane
from app.ui.selection import Focus, Selection
from app.ui.session import EditSession
from app.ui.tables.table_tools import TableTools

TERRITORIES, EXCEPTIONS = "territories", "exceptions"


@dataclass(frozen=True, slots=True)
class ListPanes:
    """The panes that are tables of the plan."""

    accounts: AccountPane
    areas: AreaPane
    reps: RepPane


class TableLinks(QObject):
    """The wires of the tables, and the table of all territories.

    Args:
        session: The open plan.
        panes: The tables that the screen has made.
        controller: The map.
        selection: What is selected.
        settings: Where columns and saved views are kept.

    Signals:
        sheet_requested(str, object): Title of a sheet, and what makes its table in a worker.
        territory_requested(int): Id of a territory to select and show.
        build_requested(str): The user wants to build territories; empty for how.
        go_to(object, bool): Id of a geounit or account to show, and whether it is an account.
        accounts_requested(str, object): Title and ids of accounts to list.
    """

    sheet_requested = Signal(str, object)
    territory_requested = Signal(int)
    build_requested = Signal(str)
    go_to = Signal(object, bool)
    accounts_requested = Signal(str, object)

    def __init__(
        self,
        session: EditSession,
        panes: ListPanes,
        controller: MapController,
        selection: Selection,
        settings: QSettings,
    ) -> None:
        super().__init__(controller)
        self._session = session
        self._panes = panes
        self._map = controller
        self._selection = selection
        self._settings = settings
        self.territories = LazyPane(self._make_territories)
        self.exceptions = LazyPane(self._make_exceptions)
        for key, pane in (
            ("accounts", panes.accounts),
            ("areas", panes.areas),
            ("reps", panes.reps),
        ):
            self._take(pane.tools, key)
        panes.accounts.message.connect(controller.message)
        panes.reps.table.message.connect(controller.message)
        panes.accounts.accounts_selected.connect(self._on_accounts)
        selection.focus_changed.connect(self._on_focus)
        selection.geounits_changed.connect(lambda: panes.accounts.show_areas(selection.geounits))

    def add_to(self, drawer: Drawer) -> None:
        """Put the table of territories into the drawer."""
        drawer.add_pane(TERRITORIES, "Territories", "table", self.territories)

    def add_exceptions_to(self, drawer: Drawer) -> None:
        """Put the exceptions that hold into the drawer."""
        drawer.add_pane(EXCEPTIONS, "Exceptions", "lock", self.exceptions)

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self._panes.accounts.stop()
        self._panes.areas.table.array_model.stop()
        self._panes.reps.table.array_model.stop()
        self.territories.stop()
        self.exceptions.stop()

    def _make_territories(self) -> QWidget:
        # The columns of all figures take 30 ms to import, which the start need not wait for.
        from app.ui.panes.territory_table_pane import TerritoryTablePane  # noqa: PLC0415 see above

        made = TerritoryTablePane(self._session)
        self._take(made.tools, TERRITORIES)
        made.territory_activated.connect(self._go_to_territory)
        made.territories_selected.connect(self._on_territories)
        made.build_requested.connect(self.build_requested)
        made.message.connect(self._map.message)
        return made

    def _make_exceptions(self) -> QWidget:
        # Likewise.
        from app.ui.panes.exceptions.exceptions_pane import ExceptionsPane  # noqa: PLC0415 likewise

        made = ExceptionsPane(self._session)
        self._take(made.tools, EXCEPTIONS)
        made.go_to.connect(self.go_to)
        made.territory_requested.connect(self._go_to_territory)
        made.accounts_requested.connect(self.accounts_requested)
        made.accounts_focused.connect(self._map.show_accounts)
        made.message.connect(self._map.message)
        made.set_selected_areas(self._selection.geounits)
        self._selection.geounits_changed.connect(
            lambda: made.set_selected_areas(self._selection.geounits)
        )
        return made

    def _take(self, tools: TableTools, key: str) -> None:
        tools.remember(self._settings, key)
        tools.sheet_requested.connect(self.sheet_requested)

    # Map and tables

    def _on_accounts(self, accounts: tuple[AccountId, ...]) -> None:
        """Mark the accounts of the selected rows among those on the map."""
        if len(accounts) != 1:  # a single one is in the focus, which the map marks itself
            self._map.camera.mark(accounts)

    def _on_focus(self) -> None:
        """Select the row of the account that was clicked on the map."""
        account = self._selection.focus.account
        pane = self._panes.accounts
        if account is not None and pane.isVisible() and account not in pane.selected_accounts():
            pane.select_accounts((account,))

    def _on_territories(self, territories: tuple[TerritoryId, ...]) -> None:
        if territories:
            self._selection.show(Focus(territory=territories[0]))

    def _go_to_territory(self, territory: int) -> None:
        self.territory_requested.emit(territory)
        self._map.show_territory(TerritoryId(territory))
