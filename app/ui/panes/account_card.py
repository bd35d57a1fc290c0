# SPDX-License-Identifier: MIT
"""The inspector's page about an account: who serves it, why, and its fields."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from app.models.account import Account
from app.models.ids import AccountId, TerritoryId
from app.models.measure import ACCOUNT_COUNT
from app.models.reports import Ownership
from app.services.commands import AssignAccounts
from app.services.geography.exactness import exactness_km
from app.services.workspace import Workspace
from app.ui.dialogs.account_dialog import said_words
from app.ui.formats import measure_value
from app.ui.panes.account_editor import AccountEditor
from app.ui.panes.inspector_card import InspectorCard
from app.ui.panes.placed_words import placed_sentence
from app.ui.panes.territory_choice import TerritoryChoice
from app.ui.parts import button, column, framed, label
from app.ui.session import EditSession
from app.ui.theme import set_kind
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon
from app.ui.widgets.field_list import FieldList
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.link_list import Link, LinkList
from app.ui.widgets.section import Section


class AccountCard(InspectorCard):
    """One account."""

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, "Account", parent)
        self._account: AccountId | None = None
        self.state = label("", semibold=True)
        self.owners = LinkList()
        self.reason = label("", "muted", wraps=True)
        self.reason.setMinimumWidth(80)
        why = column(
            label("Why is this account here?", "muted"),
            self.state,
            self.owners,
            self.reason,
            margin=12,
            gap=4,
        )
        self.body.addWidget(framed(why, "card"))
        self.assign = TerritoryChoice("Assign by name to", session.workspace)
        self.let_area_decide = button("Let the area decide", self._on_area)
        self.zoom = button("Show on map", self._on_zoom, icon_name="pin")
        self.edit = button("Edit…", self._on_edit, icon_name="edit")
        self.place = button("Place on the map…", self._on_place, icon_name="target")
        self._editor = AccountEditor(session, self)
        flow = FlowLayout(gap=8)
        for part in (self.assign, self.let_area_decide, self.edit, self.place, self.zoom):
            flow.addWidget(part)
        self.body.addLayout(flow)
        self.figures = FieldList()
        self.fields = FieldList()
        self.more = FieldList()
        self._figures_section = Section("Figures", self.figures)
        self._more_section = Section("Further columns", self.more)
        for part in (self._figures_section, Section("Fields", self.fields), self._more_section):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.owners.chosen.connect(self.territory_requested)
        self.assign.chosen.connect(lambda t: self._assign(TerritoryId(t)))

    def show_account(self, account: AccountId) -> bool:
        """Show an account; False where the plan no longer has it."""
        workspace = self.session.workspace
        found = workspace.account(account)
        at = workspace.accounts.row_of(account)
        if found is None or at < 0:
            return False
        self._account = account
        self.title.setText(found.name or found.external_id)
        self._show_owners(workspace.ownership(account))
        self.figures.set_fields(
            [
                (m.name, measure_value(float(workspace.accounts.measure(m.id)[at]), m.kind))
                for m in workspace.account_measures
                if m.id != ACCOUNT_COUNT
            ]
        )
        self._figures_section.setVisible(len(workspace.account_measures) > 1)
        said = workspace.corrections_of(account)
        self.fields.set_fields(_fields(found, said, _within_km(workspace, found, at)))
        self.more.set_fields(list(found.extra))
        self._more_section.setVisible(bool(found.extra))
        can_edit = not self.session.is_read_only
        self.assign.setEnabled(can_edit)
        self.let_area_decide.setEnabled(can_edit)
        self.edit.setEnabled(can_edit)
        self.place.setEnabled(can_edit)
        self.zoom.setEnabled(found.lon is not None)
        return True

    def _show_owners(self, ownership: Ownership) -> None:
        workspace = self.session.workspace
        tokens = tokens_of(self.palette())
        amount = len(ownership.territory_ids)
        words, kind = ("", "") if amount == 1 else ("Nobody serves it", "warning")
        if amount > 1:
            words, kind = "In dispute between", "warning"
        self.state.setText(words)
        set_kind(self.state, kind)
        self.state.setVisible(bool(words))
        links: list[Link] = []
        for territory in map(workspace.territory, ownership.territory_ids):
            rep = workspace.rep_of(territory.id)
            detail = rep.name if rep is not None else "Vacant"
            chip = chip_icon(territory.color_index, tokens)
            links.append(Link(int(territory.id), territory.name, chip, detail))
        self.owners.set_links(links)
        self.owners.setVisible(bool(links))
        self.reason.setText(ownership.reason)
        self.let_area_decide.setVisible(ownership.is_by_name)

    def _assign(self, territory: TerritoryId | None) -> None:
        if self._account is not None:
            name = ""
            if territory is not None:
                name = self.session.workspace.territory(territory).name
            self.session.run(AssignAccounts((self._account,), territory, name))

    def _on_area(self) -> None:
        self._assign(None)

    def _on_edit(self) -> None:
        if self._account is not None:
            self._editor.edit_fields(self._account)

    def _on_place(self) -> None:
        if self._account is not None:
            self._editor.place(self._account)

    def _on_zoom(self) -> None:
        if self._account is not None:
            self.go_to.emit(self._account, True)


def _within_km(workspace: Workspace, account: Account, row: int) -> float:
    """How far the account may be from where it is shown; nan where it is not placed."""
    units = {level: index[row : row + 1] for level, index in workspace.accounts.unit_index.items()}
    return float(exactness_km([account.placed_by.value], units, workspace.geography)[0])


def _fields(account: Account, said: Mapping[str, str], km: float) -> list[tuple[str, str]]:
    """Captions and values; what the user corrected says so."""

    def marked(value: str, *keys: str) -> str:
        corrected = [said[key] for key in keys if key in said]
        if not corrected:
            return value
        return f"{value or 'Nothing'}\n{said_words(', '.join(filter(None, corrected)))}"

    place = ", ".join(part for part in (account.city, account.region) if part)
    place = f"{place} {account.postal_code}".strip()
    return [
        ("ID", account.external_id),
        ("Street", marked(account.street, "street")),
        ("City", marked(place, "city", "region", "postal_code")),
        ("Country", marked(account.country_name, "country_name")),
        ("Placed by", placed_sentence(account.placed_by, km)),
        ("Owner today", marked(account.owner, "owner")),
        ("Segment", marked(account.segment, "segment")),
        ("Industry", marked(account.industry, "industry")),
        ("Status", marked(account.status, "status")),
        ("Family", marked(account.family, "family")),
        ("Phone", marked(account.phone, "phone")),
        ("Website", marked(account.website, "website")),
        ("Created", account.created_on),
        ("Last activity", account.last_activity_on),
        ("Gone since", account.gone_since),
    ]
