# SPDX-License-Identifier: MIT
"""The inspector's page about a territory."""

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.models.ids import TerritoryId
from app.models.territory import Territory
from app.services.commands import RecolorTerritory, SetRep, SetTerritoryLock
from app.services.workspace import Workspace
from app.ui.dialogs.roster_flow import edit_roster_of_territory, open_match
from app.ui.formats import count, hours, plural
from app.ui.icons import icon
from app.ui.panes.figures import territory_figures
from app.ui.panes.inspector_card import InspectorCard
from app.ui.panes.roster_words import roster_sentence
from app.ui.panes.territory_regions import levels_of
from app.ui.panes.work.work_section import WorkSection
from app.ui.parts import button, column, framed, icon_button, label, literal
from app.ui.session import EditSession
from app.ui.theme import set_kind
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon
from app.ui.widgets.color_picker import ColorPicker
from app.ui.widgets.elided_button import ElidedButton
from app.ui.widgets.figure_grid import FigureGrid
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.section import Section


class TerritoryCard(InspectorCard):
    """Name, colour, rep, and the figures of all measures."""

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, "Territory", parent)
        self._territory: TerritoryId | None = None
        self.color = icon_button("palette", "Change colour", self._on_color)
        self.color.setIconSize(QSize(20, 16))
        self.head.insertWidget(0, self.color)
        self._picker = ColorPicker(self)
        self._picker.picked.connect(self._on_color_picked)
        self.rep_link = ElidedButton("")
        set_kind(self.rep_link, "link")
        self.rep_link.setIconSize(QSize(19, 16))
        self.rep_link.clicked.connect(self._on_rep)
        self._rep_detail = label("", "muted", wraps=True)
        self.staff = QPushButton("Change rep")
        self.staff.setAutoDefault(False)
        self.staff.setProperty("hasMenu", True)
        menu = QMenu(self.staff)
        menu.aboutToShow.connect(self.fill_rep_menu)
        self.staff.setMenu(menu)
        self._roster_detail = label("", "muted", wraps=True)
        self.match = button("Match…", self._on_match, icon_name="target")
        self.roster = button("Roster…", self._on_roster, icon_name="clock")
        staff = FlowLayout(gap=8)
        for made in (self.staff, self.match, self.roster):
            staff.addWidget(made)
        details = (self._rep_detail, self._roster_detail)
        rep_part = column(self.rep_link, *details, staff, margin=12, gap=4)
        self.body.addWidget(framed(rep_part, "card"))
        self.figures = FigureGrid()
        self.body.addWidget(Section("Figures", self.figures))
        self.work = WorkSection()
        self.body.addWidget(Section("Workload", self.work))
        self._holds = label("", "muted", wraps=True)
        self.body.addWidget(self._holds)
        self._add_buttons()
        self.body.addStretch(1)

    def show_territory(self, territory: TerritoryId) -> None:
        """Show a territory of the plan."""
        self._territory = territory
        workspace = self.session.workspace
        found = workspace.territory(territory)
        self.title.setText(found.name)
        self.kind.setText(levels_of(workspace).word(territory))
        self.color.setIcon(chip_icon(found.color_index, tokens_of(self.palette())))
        self._show_rep(workspace, found)
        self.figures.set_figures(territory_figures(workspace, territory))
        self.work.show_territory(workspace, territory)
        areas = plural(len(workspace.holdings.geounits_of_territory(territory)), "area", "areas")
        accounts = len(workspace.holdings.accounts_of_territory(territory))
        holds = f"Holds {areas} directly; serves {plural(accounts, 'account', 'accounts')}."
        parts = [part for part in workspace.leaves_of(territory) if part != territory]
        if parts:
            united = plural(len(parts), "territory", "territories")
            holds = f"Unites {united}." + (f" {holds}" if accounts else "")
        self._holds.setText(holds)
        listed = len(workspace.holdings.accounts_of_territories(workspace.leaves_of(territory)))
        self.accounts_button.setText(f"List {plural(listed, 'account', 'accounts')}")
        self.lock.setText("Unlock" if found.is_locked else "Lock")
        self.lock.setIcon(icon("unlock" if found.is_locked else "lock"))
        can_edit = not self.session.is_read_only
        for part in (self.color, self.staff, self.roster, self.lock):
            part.setEnabled(can_edit)

    def fill_rep_menu(self) -> None:
        """Offer every rep, and that there is none."""
        if self._territory is None:
            return
        workspace = self.session.workspace
        territory = workspace.territory(self._territory)
        menu = self.staff.menu()
        menu.clear()
        for rep in sorted(workspace.reps, key=lambda r: r.name.casefold()):
            day = workspace.roster.today
            command = SetRep(territory.id, rep.id, territory.name, rep.name, day=day)
            action = menu.addAction(literal(rep.name))
            action.triggered.connect(
                lambda _checked=False, wanted=command: self.session.run(wanted)
            )
        menu.addSeparator()
        vacate = menu.addAction("Vacate")
        vacate.setEnabled(workspace.rep_of(territory.id) is not None)
        empty = SetRep(territory.id, None, territory.name, day=workspace.roster.today)
        vacate.triggered.connect(lambda _checked=False: self.session.run(empty))

    def _add_buttons(self) -> None:
        self.accounts_button = button("", self._on_accounts, icon_name="building")
        self.zoom = button("Zoom to", self._on_zoom, icon_name="fit")
        self.lock = button("Lock", self._on_lock, icon_name="lock")
        flow = FlowLayout(gap=8)
        for made in (self.accounts_button, self.zoom, self.lock):
            flow.addWidget(made)
        self.body.addLayout(flow)

    def _show_rep(self, workspace: Workspace, territory: Territory) -> None:
        rep = workspace.rep_of(territory.id)
        self._roster_detail.setText(roster_sentence(workspace, territory.id))
        self._roster_detail.setVisible(bool(self._roster_detail.text()))
        self.rep_link.setEnabled(rep is not None)
        self.staff.setText("Assign a rep" if rep is None else "Change rep")
        if rep is None:
            self.rep_link.set_full_text("Vacant")
            self.rep_link.setIcon(icon("user", "warning"))
            word = levels_of(workspace).word(territory.id)
            self._rep_detail.setText(f"Nobody holds this {word.lower()}.")
            return
        self.rep_link.set_full_text(rep.name)
        self.rep_link.setIcon(icon("user", "accent_text"))
        held = len(workspace.territories_of(rep.id))
        also = f"holds {count(held)} territories" if held > 1 else ""
        parts = (rep.title, hours(rep.available_hours), also)
        self._rep_detail.setText(" · ".join(part for part in parts if part))
        set_kind(self._rep_detail, "muted")

    def _on_rep(self) -> None:
        rep = self.session.workspace.rep_of(self._territory) if self._territory else None
        if rep is not None:
            self.rep_requested.emit(int(rep.id))

    def _on_match(self) -> None:
        if self._territory is not None:
            open_match(self.session, self._territory, self.window())

    def _on_roster(self) -> None:
        if self._territory is not None:
            edit_roster_of_territory(self.session, self._territory, self.window())

    def _on_color(self) -> None:
        if self._territory is not None:
            index = self.session.workspace.territory(self._territory).color_index
            corner = self.color.mapToGlobal(QPoint(0, self.color.height() + 4))
            self._picker.open_at(corner, index)

    def _on_color_picked(self, color_index: int) -> None:
        if self._territory is not None:
            name = self.session.workspace.territory(self._territory).name
            self.session.run(RecolorTerritory(self._territory, color_index, name))

    def _on_lock(self) -> None:
        if self._territory is not None:
            found = self.session.workspace.territory(self._territory)
            self.session.run(SetTerritoryLock(found.id, not found.is_locked, found.name))

    def _on_accounts(self) -> None:
        if self._territory is not None:
            self.accounts_requested.emit(int(self._territory))

    def _on_zoom(self) -> None:
        if self._territory is not None:
            self.zoom_requested.emit(int(self._territory))
