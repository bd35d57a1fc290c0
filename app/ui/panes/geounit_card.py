# SPDX-License-Identifier: MIT
"""The inspector's page about an area: who holds it, and what lies in it."""

from PySide6.QtWidgets import QWidget

from app.models.geounit import GeoLevel, split_geounit_id
from app.models.ids import GeoUnitId, TerritoryId
from app.services.commands import AssignGeoUnits
from app.ui.area_locks import lock_offers
from app.ui.formats import plural
from app.ui.icons import icon
from app.ui.panes.figures import area_figures
from app.ui.panes.inspector_card import InspectorCard
from app.ui.panes.territory_choice import TerritoryChoice
from app.ui.parts import button, column, framed, label, plain_tooltip
from app.ui.session import EditSession
from app.ui.theme import set_kind
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon
from app.ui.widgets.figure_grid import FigureGrid
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.link_list import Link, LinkList
from app.ui.widgets.section import Section

_KINDS = {
    GeoLevel.COUNTRY: "Country",
    GeoLevel.STATE: "State",
    GeoLevel.COUNTY: "County",
    GeoLevel.ZIP: "ZIP area (approximate)",
}


class GeounitCard(InspectorCard):
    """One area."""

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, "Area", parent)
        self._geounit: GeoUnitId | None = None
        self.state = label("", semibold=True)
        self.owners = LinkList()
        held = column(label("Held by", "muted"), self.state, self.owners, margin=12, gap=4)
        self.body.addWidget(framed(held, "card"))
        self.assign = TerritoryChoice("Give to", session.workspace)
        self.release = button("Take out", self._on_release)
        self.release.setToolTip("Take this area out of every territory")
        self.lock = button("Lock area", self._on_lock, icon_name="lock")
        self.zoom = button("Zoom to", self._on_zoom, icon_name="fit")
        flow = FlowLayout(gap=8)
        for part in (self.assign, self.release, self.lock, self.zoom):
            flow.addWidget(part)
        self.body.addLayout(flow)
        self.figures = FigureGrid()
        self.body.addWidget(Section("What lies in it", self.figures))
        self.body.addStretch(1)
        self.owners.chosen.connect(self.territory_requested)
        self.assign.chosen.connect(lambda t: self._give(TerritoryId(t)))

    def show_geounit(self, geounit: GeoUnitId) -> None:
        """Show an area."""
        self._geounit = geounit
        workspace = self.session.workspace
        level, code = split_geounit_id(geounit)
        self.kind.setText(f"{_KINDS[level]} {code}")
        self.title.setText(workspace.geography.name(geounit))
        claimants = workspace.holdings.territories_claiming(geounit)
        holders = claimants or workspace.holdings.territories_holding(geounit)
        tokens = tokens_of(self.palette())
        links: list[Link] = []
        for territory in map(workspace.territory, holders):
            rep = workspace.rep_of(territory.id)
            detail = rep.name if rep is not None else "Vacant"
            chip = chip_icon(territory.color_index, tokens)
            links.append(Link(int(territory.id), territory.name, chip, detail))
        self.owners.set_links(links)
        self.owners.setVisible(bool(links))
        words = _state_words(len(claimants), len(holders))
        self.state.setText(words)
        self.state.setVisible(bool(words))
        set_kind(self.state, "warning")
        self.figures.set_figures(area_figures(workspace, geounit))
        can_edit = not self.session.is_read_only
        self.assign.setEnabled(can_edit)
        self.release.setEnabled(can_edit and bool(links))
        self._show_lock(geounit)

    def _show_lock(self, geounit: GeoUnitId) -> None:
        workspace = self.session.workspace
        offer = next(iter(lock_offers(self.session, (geounit,))), None)
        self.lock.setText(offer.words if offer else "Lock area")
        self.lock.setIcon(icon(offer.icon_name if offer else "lock"))
        self.lock.setEnabled(offer is not None and offer.is_possible)
        over = workspace.holdings.lock_over(geounit)
        words = ""
        if over is not None and over != geounit:
            words = f"{workspace.geography.name(over)} is locked, with all that lies in it"
        self.lock.setToolTip(plain_tooltip(words))

    def _on_lock(self) -> None:
        units = () if self._geounit is None else (self._geounit,)
        for offer in lock_offers(self.session, units):
            offer.run()

    def _give(self, territory: TerritoryId | None) -> None:
        if self._geounit is not None:
            name = ""
            if territory is not None:
                name = self.session.workspace.territory(territory).name
            self.session.run(AssignGeoUnits((self._geounit,), territory, name))

    def _on_release(self) -> None:
        self._give(None)

    def _on_zoom(self) -> None:
        if self._geounit is not None:
            self.go_to.emit(self._geounit, False)


def _state_words(claimants: int, holders: int) -> str:
    """Who holds an area, as far as the names below do not say it.

    Args:
        claimants: Territories that claim the area as a whole.
        holders: Territories that hold it or, where none claims it, a part of it.
    """
    if claimants > 1:
        return f"In dispute between {plural(claimants, 'territory', 'territories')}"
    if claimants == 1:
        return ""
    if not holders:
        return "Nobody"
    return "Divided: " + ("a part of it belongs to" if holders == 1 else "parts of it belong to")
