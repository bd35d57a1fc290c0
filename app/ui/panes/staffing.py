# SPDX-License-Identifier: MIT
"""What a rep holds, and the ways to change it: assign, vacate, swap."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.models.ids import RepId, TerritoryId
from app.models.territory import Territory
from app.services.commands import SetRep, SwapReps
from app.ui.dialogs.roster_flow import edit_roster_of_rep
from app.ui.icons import icon
from app.ui.panes.roster_words import other_roles
from app.ui.panes.territory_choice import TerritoryChoice
from app.ui.parts import button, column, label, literal
from app.ui.session import EditSession
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.link_list import Link, LinkList


class Staffing(QWidget):
    """The territories of one rep.

    Signals:
        territory_requested: Id of the territory whose link was clicked.
    """

    territory_requested = Signal(int)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rep: RepId | None = None
        self.links = LinkList("No territory yet.")
        self.assign = TerritoryChoice("Assign to", session.workspace)
        self.swap = QPushButton("Swap with")
        self.swap.setIcon(icon("swap"))
        self.swap.setIconSize(QSize(19, 16))
        self.swap.setProperty("hasMenu", True)
        self.swap.setAutoDefault(False)
        menu = QMenu(self.swap)
        menu.aboutToShow.connect(self.fill_swap_menu)
        self.swap.setMenu(menu)
        buttons = FlowLayout(gap=8)
        buttons.addWidget(self.assign)
        buttons.addWidget(self.swap)
        self.roster = button("Roster…", self._on_roster, icon_name="clock")
        buttons.addWidget(self.roster)
        self.other_roles = label("", "muted", wraps=True)
        outer = column(label("Territories", "muted"), self.links, self.other_roles)
        outer.addLayout(buttons)
        self.setLayout(outer)
        self.links.chosen.connect(self.territory_requested)
        self.links.removed.connect(self._on_removed)
        self.assign.chosen.connect(self._on_assigned)

    def show_rep(self, rep: RepId) -> None:
        """Show what a rep holds."""
        self._rep = rep
        can_edit = not self._session.is_read_only
        tokens = tokens_of(self.palette())
        held = self._held()
        self.links.set_links(
            [
                Link(
                    int(territory.id),
                    territory.name,
                    chip_icon(territory.color_index, tokens),
                    removal=f"Vacate {territory.name}" if can_edit else "",
                )
                for territory in held
            ]
        )
        self.assign.setEnabled(can_edit)
        others = len(self._session.workspace.territories) > len(held)
        self.swap.setEnabled(can_edit and bool(held) and others)
        self.roster.setEnabled(can_edit)
        self.other_roles.setText(other_roles(self._session.workspace, rep))
        self.other_roles.setVisible(bool(self.other_roles.text()))

    def fill_swap_menu(self) -> None:
        """Offer every other territory, with who holds it."""
        menu = self.swap.menu()
        menu.clear()
        held = self._held()
        for own in held:
            target = menu if len(held) == 1 else menu.addMenu(literal(f"{own.name} with"))
            self._add_swaps(target, own, {t.id for t in held})

    def _add_swaps(self, menu: QMenu, own: Territory, held: set[TerritoryId]) -> None:
        workspace = self._session.workspace
        tokens = tokens_of(self.palette())
        for other in workspace.territories:
            if other.id in held:
                continue
            rep = workspace.rep_of(other.id)
            words = f"{other.name} ({rep.name if rep is not None else 'vacant'})"
            action = menu.addAction(chip_icon(other.color_index, tokens), literal(words))
            day = workspace.roster.today
            command = SwapReps(own.id, other.id, (own.name, other.name), day=day)
            action.setEnabled(not (own.is_locked or other.is_locked))
            action.triggered.connect(
                lambda _checked=False, wanted=command: self._session.run(wanted)
            )

    def _held(self) -> tuple[Territory, ...]:
        return () if self._rep is None else self._session.workspace.territories_of(self._rep)

    def _on_removed(self, territory: int) -> None:
        wanted = TerritoryId(territory)
        workspace = self._session.workspace
        name = workspace.territory(wanted).name
        self._session.run(SetRep(wanted, None, name, day=workspace.roster.today))

    def _on_assigned(self, territory: int) -> None:
        if self._rep is None:
            return
        workspace = self._session.workspace
        wanted = workspace.territory(TerritoryId(territory))
        rep = workspace.rep(self._rep)
        day = workspace.roster.today
        self._session.run(SetRep(wanted.id, rep.id, wanted.name, rep.name, day=day))

    def _on_roster(self) -> None:
        if self._rep is not None:
            edit_roster_of_rep(self._session, self._rep, self.window())
