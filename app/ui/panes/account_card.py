# SPDX-License-Identifier: MIT
"""The inspector's page about an account: who serves it, why, and its fields."""

from PySide6.QtWidgets import QWidget

from app.models.ids import AccountId, TerritoryId
from app.models.reports import Ownership
from app.services.account_records import AccountRecords
from app.services.account_trace import reason_here
from app.services.commands import AssignAccounts
from app.ui.dialogs.why_dialog import WhyDialog, toggle_lock
from app.ui.panes.account_editor import AccountEditor
from app.ui.panes.account_fields import account_fields, account_figures, gone_sentence
from app.ui.panes.also_served import AlsoServed
from app.ui.panes.inspector_card import InspectorCard
from app.ui.panes.territory_choice import TerritoryChoice
from app.ui.parts import button, column, framed, label, row
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
        self._records = AccountRecords(session.workspace)
        self.gone = label("", "warning", wraps=True)
        self.gone.setMinimumWidth(80)
        self.state = label("", semibold=True)
        self.owners = LinkList()
        self.reason = label("", "muted", wraps=True)
        self.reason.setMinimumWidth(80)
        self.every_step = button("Show every step…", self._on_why, kind="link", icon_name="help")
        self.also = AlsoServed(session)
        self.assign = TerritoryChoice("Assign by name to", session.workspace)
        self.let_area_decide = button("Let rules and areas decide", self._on_area)
        self.lock = button("Lock account", self._on_lock, icon_name="lock")
        self.zoom = button("Show on map", self._on_zoom, icon_name="pin")
        self.edit = button("Edit…", self._on_edit, icon_name="edit")
        self.place = button("Place on the map…", self._on_place, icon_name="target")
        self._editor = AccountEditor(session, self)
        self.figures = FieldList()
        self.fields = FieldList()
        self.more = FieldList()
        self._figures_section = Section("Figures", self.figures)
        self._more_section = Section("Further columns", self.more)
        self._compose()
        self.also.territory_requested.connect(self.territory_requested)
        self.owners.chosen.connect(self.territory_requested)
        self.assign.chosen.connect(lambda t: self._assign(TerritoryId(t)))

    def _compose(self) -> None:
        self.body.addWidget(self.gone)
        why = column(
            label("Why is this account here?", "muted"),
            self.state,
            self.owners,
            self.reason,
            row(self.every_step, None),
            margin=12,
            gap=4,
        )
        self.body.addWidget(framed(why, "card"))
        self.body.addWidget(self.also)
        flow = FlowLayout(gap=8)
        parts = (self.assign, self.let_area_decide, self.lock, self.edit, self.place, self.zoom)
        for part in parts:
            flow.addWidget(part)
        self.body.addLayout(flow)
        for part in (self._figures_section, Section("Fields", self.fields), self._more_section):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def show_account(self, account: AccountId) -> bool:
        """Show an account; False where the plan no longer has it."""
        workspace = self.session.workspace
        found = workspace.records.account(account)
        at = workspace.accounts.row_of(account)
        if found is None or at < 0:
            return False
        self._account = account
        self.title.setText(found.name or found.external_id)
        self._show_owners(workspace.holdings.ownership(account))
        self.reason.setText(reason_here(workspace, account))
        self.also.show_row(at)
        self.gone.setText(gone_sentence(found))
        self.gone.setVisible(bool(found.gone_since))
        figures = account_figures(workspace, at, self._records.activity(account))
        self.figures.set_fields(figures)
        self._figures_section.setVisible(bool(figures))
        self.fields.set_fields(account_fields(workspace, found, at, self._records.origin(account)))
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
        is_locked = self._account in workspace.state.account_locks
        self.let_area_decide.setVisible(ownership.is_by_name and not is_locked)
        self.lock.setText("Unlock account" if is_locked else "Lock account")
        can_lock = is_locked or amount == 1
        self.lock.setEnabled(can_lock and not self.session.is_read_only)

    def _assign(self, territory: TerritoryId | None) -> None:
        if self._account is not None:
            name = ""
            if territory is not None:
                name = self.session.workspace.territory(territory).name
            self.session.run(AssignAccounts((self._account,), territory, name))

    def _on_area(self) -> None:
        self._assign(None)

    def _on_lock(self) -> None:
        if self._account is not None:
            toggle_lock(self.session, self._account)

    def _on_why(self) -> None:
        if self._account is not None:
            dialog = WhyDialog(self.session, self._account, self.window())
            dialog.go_to.connect(lambda account: self.go_to.emit(account, True))
            dialog.open()

    def _on_edit(self) -> None:
        if self._account is not None:
            self._editor.edit_fields(self._account)

    def _on_place(self) -> None:
        if self._account is not None:
            self._editor.place(self._account)

    def _on_zoom(self) -> None:
        if self._account is not None:
            self.go_to.emit(self._account, True)
