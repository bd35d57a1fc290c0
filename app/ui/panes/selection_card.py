# SPDX-License-Identifier: MIT
"""The inspector's page about the selected areas: what they hold together, and what to do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.ids import GeoUnitId, TerritoryId
from app.services.commands.assignments import count_of_units
from app.ui.area_edits import Holders, accounts_in_areas, give, holders_of, make_territory
from app.ui.formats import count, plural
from app.ui.panes.figures import account_figures
from app.ui.panes.inspector_card import InspectorCard
from app.ui.panes.territory_choice import TerritoryChoice
from app.ui.parts import button, column, framed, label
from app.ui.session import EditSession
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon
from app.ui.widgets.figure_grid import FigureGrid
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.link_list import Link, LinkList
from app.ui.widgets.section import Section

_MOST_HOLDERS = 5


class SelectionCard(InspectorCard):
    """Several areas at once.

    Signals:
        clear_requested(): Nothing should be selected any more.
        territory_made: Id of the territory that was made of the areas.
    """

    clear_requested = Signal()
    territory_made = Signal(int)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, "Selection", parent)
        self._geounits: tuple[GeoUnitId, ...] = ()
        self.holders = LinkList()
        self.others = label("", "muted", wraps=True)
        held = column(label("Held by", "muted"), self.holders, self.others, margin=12, gap=4)
        self.body.addWidget(framed(held, "card"))
        self.give = TerritoryChoice("Give to", session.workspace)
        self.make = button("New territory from these", self._on_make, icon_name="plus")
        self.release = button("Take out", self._on_release)
        self.release.setToolTip("Take these areas out of every territory")
        self.clear = button("Clear selection", self.clear_requested.emit, icon_name="close")
        flow = FlowLayout(gap=8)
        for part in (self.give, self.make, self.release, self.clear):
            flow.addWidget(part)
        self.body.addLayout(flow)
        self.figures = FigureGrid()
        self.body.addWidget(Section("What lies in them", self.figures))
        self.body.addStretch(1)
        self.holders.chosen.connect(self.territory_requested)
        self.give.chosen.connect(lambda t: give(self.session, self._geounits, TerritoryId(t)))

    def set_target(self, territory: TerritoryId | None) -> None:
        """Offer the active territory first."""
        self.give.first = territory

    def show_geounits(self, geounits: tuple[GeoUnitId, ...], title: str = "") -> None:
        """Show what these areas hold together, under their common name if they have one."""
        self._geounits = geounits
        workspace = self.session.workspace
        number = count_of_units(geounits)
        self.title.setText(f"{title}: {number}" if title else f"{number} selected")
        rows = accounts_in_areas(workspace, geounits)
        holders = holders_of(workspace, geounits)
        self._show_holders(holders)
        self.figures.set_figures(account_figures(workspace, rows))
        can_edit = not self.session.is_read_only
        for part in (self.give, self.make):
            part.setEnabled(can_edit)
        self.release.setEnabled(can_edit and holders.nobody < len(geounits))

    def _show_holders(self, holders: Holders) -> None:
        workspace, tokens = self.session.workspace, tokens_of(self.palette())
        links: list[Link] = []
        for territory_id, amount in holders.by_territory[:_MOST_HOLDERS]:
            territory = workspace.territory(territory_id)
            chip = chip_icon(territory.color_index, tokens)
            links.append(Link(int(territory.id), territory.name, chip, count(amount)))
        self.holders.set_links(links)
        self.holders.setVisible(bool(links))
        more = len(holders.by_territory) - len(links)
        parts = [
            (more, f"{plural(more, 'more territory', 'more territories')}"),
            (holders.in_dispute, f"{count(holders.in_dispute)} in dispute"),
            (holders.divided, f"{count(holders.divided)} divided between several"),
            (holders.nobody, f"{count(holders.nobody)} held by nobody"),
        ]
        words = ", ".join(text for amount, text in parts if amount)
        self.others.setText(words)
        self.others.setVisible(bool(words))

    def _on_make(self) -> None:
        made = make_territory(self.session, self._geounits)
        if made is not None:
            self.territory_made.emit(int(made))

    def _on_release(self) -> None:
        give(self.session, self._geounits, None)
