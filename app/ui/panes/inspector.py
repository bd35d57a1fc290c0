# SPDX-License-Identifier: MIT
"""The right pane: whatever is selected, one click from what belongs to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from app.models.ids import GeoUnitId
from app.ui.panes.account_card import AccountCard
from app.ui.panes.geounit_card import GeounitCard
from app.ui.panes.inspector_card import InspectorCard
from app.ui.panes.pane import Pane
from app.ui.panes.rep_card import RepCard
from app.ui.panes.selection_card import SelectionCard
from app.ui.panes.territory_card import TerritoryCard
from app.ui.parts import column
from app.ui.selection import Focus
from app.ui.session import EditSession
from app.ui.theme import set_kind
from app.ui.widgets.empty_state import EmptyState


class Inspector(Pane):
    """Shows a territory, a rep, an account, an area or the selected areas.

    Signals:
        territory_requested, rep_requested: Id of what a link leads to.
        rep_edit_requested: Id of the rep whose fields should be edited.
        accounts_requested: Id of the territory whose accounts should be listed.
        workload_requested: Id of the territory whose work should be explained.
        zoom_requested: Id of a territory to show on the map.
        go_to: Id of a geounit or account to show on the map, and whether it is an account.
    """

    territory_requested = Signal(int)
    rep_requested = Signal(int)
    rep_edit_requested = Signal(int)
    accounts_requested = Signal(int)
    workload_requested = Signal(int)
    zoom_requested = Signal(int)
    go_to = Signal(object, bool)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.focus = Focus()
        self.territory = TerritoryCard(session)
        self.rep = RepCard(session)
        self.account = AccountCard(session)
        self.geounit = GeounitCard(session)
        self.selection = SelectionCard(session)
        self._geounits: tuple[GeoUnitId, ...] = ()
        self._title = ""
        self._nothing = EmptyState(
            "pointer",
            "Nothing selected",
            "Click an area, a territory, a rep or an account to see what belongs to it.",
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        for card in (self.territory, self.rep, self.account, self.geounit, self.selection):
            self._stack.addWidget(_scrolled(card))
            card.territory_requested.connect(self.territory_requested)
            card.accounts_requested.connect(self.accounts_requested)
            card.zoom_requested.connect(self.zoom_requested)
            card.go_to.connect(self.go_to)
        self.territory.rep_requested.connect(self.rep_requested)
        self.territory.work.requested.connect(self.workload_requested)
        self.rep.rep_requested.connect(self.rep_edit_requested)
        self.setLayout(column(self._stack))
        self.setMinimumWidth(280)

    def show_focus(self, focus: Focus) -> None:
        """Show something else."""
        self.focus = focus
        self.invalidate()

    def show_geounits(self, geounits: tuple[GeoUnitId, ...], title: str = "") -> None:
        """Tell which areas are selected; several have a page of their own."""
        self._geounits, self._title = geounits, title
        self.invalidate()

    def refresh(self) -> None:
        self._stack.setCurrentIndex(self._shown_page())

    def _shown_page(self) -> int:
        """Fill the page of what is looked at, and tell its position; 0 where it is gone."""
        workspace, focus = self.session.workspace, self.focus
        if focus.territory is not None and workspace.has_territory(focus.territory):
            self.territory.show_territory(focus.territory)
            return 1
        if focus.rep is not None and focus.rep in [rep.id for rep in workspace.reps]:
            self.rep.show_rep(focus.rep)
            return 2
        if focus.account is not None and self.account.show_account(focus.account):
            return 3
        if len(self._geounits) > 1:
            self.selection.show_geounits(self._geounits, self._title)
            return 5
        if focus.geounit is not None:
            self.geounit.show_geounit(focus.geounit)
            return 4
        return 0


def _scrolled(card: InspectorCard) -> QScrollArea:
    set_kind(card, "surface")
    scroll = QScrollArea()
    scroll.setWidget(card)
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return scroll
