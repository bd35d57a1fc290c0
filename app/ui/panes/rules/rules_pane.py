# SPDX-License-Identifier: MIT
"""The page of rules: changed without haste, tried on the way, applied as one step."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QSplitter,
    QStackedWidget,
    QWidget,
)

from app.models.changes import Changes
from app.models.rule import Condition
from app.services.commands import ReplaceRules
from app.ui.panes.pane import Pane
from app.ui.panes.rules.effect_page import EffectPage
from app.ui.panes.rules.rule_drafts import RuleDrafts
from app.ui.panes.rules.rule_editing import RuleEditing
from app.ui.panes.rules.rule_foot import RuleFoot
from app.ui.panes.rules.rule_head import PendingBar, RuleHead
from app.ui.panes.rules.rule_model import RuleModel
from app.ui.panes.rules.rule_sheets import RuleSheets
from app.ui.panes.rules.rule_view import RuleView
from app.ui.panes.rules.rule_watch import RuleWatch
from app.ui.parts import column
from app.ui.selection import Selection
from app.ui.session import EditSession
from app.ui.widgets.empty_state import EmptyState


class RulesPane(Pane):
    """Rules in their order, with what each does; changes wait until they are applied.

    Args:
        session: The open plan.
        selection: Whose areas and territory a new rule can begin with.
        parent: The widget that holds it.

    Signals:
        rows_requested(str, object): Title and ids of accounts to list.
        table_requested(ExportTable): The sheet of rules to save.
        message(str): Something that the user should know.
    """

    rows_requested = Signal(str, object)
    table_requested = Signal(object)
    message = Signal(str)

    def __init__(
        self, session: EditSession, selection: Selection, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, parent)
        self.drafts = RuleDrafts(session, self)
        self.watch = RuleWatch(session, self)
        self.sheets = RuleSheets(session, self.drafts, self.watch, self)
        self.model = RuleModel(session.workspace, self)
        self.view = RuleView(self.model)
        self.effects = EffectPage(session.workspace)
        self.editing = RuleEditing(session, selection, self.drafts, self.watch, self)
        self.head, self.pending, self.foot = RuleHead(), PendingBar(), RuleFoot()
        self._is_applying = False
        self._names_are_stale = True
        self._kept_rows: list[int] | None = None
        self._compose()
        self._connect()

    # What the user can do

    def new_rule(self, condition: Condition | None = None) -> None:
        """Open the builder for a new rule, which goes before the selected one or to the end."""
        self.editing.new_rule(self._place(), condition)

    def new_rule_from_areas(self) -> None:
        """The same for accounts in the areas that are selected on the map."""
        self.editing.new_rule_from_areas(self._place())

    def remove_selected(self) -> None:
        """Take the selected rules out."""
        if rows := self.view.selected_rows():
            self._kept_rows = [rows[0]]
            self.drafts.remove(rows)

    def switch_selected(self) -> None:
        """Switch the selected rules off where all are on, else on."""
        rows, rules = self.view.selected_rows(), self.drafts.rules
        self.drafts.switch(rows, is_enabled=not all(rules[at].is_enabled for at in rows))

    def step_selected(self, by: int) -> None:
        """Put the selected rules one place up (-1) or down (1)."""
        rows = self.view.selected_rows()
        if rows:
            before = rows[0] - 1 if by < 0 else rows[-1] + 2
            if 0 <= before <= len(self.drafts.rules):
                self._move(rows, before)

    def apply(self) -> None:
        """Make the list the rules of the sales force, in one step."""
        if not self.pending.can_apply:
            self.message.emit(self.pending.text())
            return
        self._is_applying = True
        self.session.run_long(ReplaceRules(self.drafts.rules, self.drafts.source), self)

    def discard(self) -> None:
        """Go back to the rules of the plan."""
        self._hide_effects()
        self.drafts.discard()

    def show_effects(self, key: str) -> None:
        """Show beside the list what the rules would do: ``moves``, ``collisions``, ``starving``."""
        if self.effects.isHidden():
            self._toggle_effects()
        self.effects.show_list(key)

    def list_accounts(self) -> None:
        """Ask for the accounts that the selected rule matches."""
        run, rows = self.watch.run, self.view.selected_rows()
        if run is not None and len(rows) == 1 and len(run.effects) == len(self.drafts.rules):
            ids = self.session.workspace.accounts.ids[run.matched_rows(rows[0])]
            self.rows_requested.emit(f"Matched by rule {rows[0] + 1}", ids)

    # As a pane

    def concerns(self, changes: Changes) -> bool:
        return bool(
            changes.touches_alignment or changes.settings or changes.records or changes.reps
        )

    def refresh(self) -> None:
        """Show the rules of now and what they do."""
        if self._names_are_stale:
            self._names_are_stale = False
            self.watch.read_names()
        self._show_list()

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self.watch.stop()
        self.sheets.stop()
        self.effects.stop()

    # Composition

    def _compose(self) -> None:
        self.empty = EmptyState(
            "list",
            "No rules yet",
            "Rules give accounts to territories by what they are: segment, size, product, place."
            " The first rule that fits decides; areas serve the rest.",
        )
        self.empty.add_button("new", "New rule", icon_name="plus", primary=True)
        self.empty.add_button("sheet", "Rules from a sheet…", icon_name="spreadsheet")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        self.effects.hide()
        self._split = split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self._pages)
        split.addWidget(self.effects)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        outer = column(self.head, self.pending, gap=0)
        outer.addWidget(split, 1)
        outer.addWidget(self.foot)
        self.setLayout(outer)

    def _connect(self) -> None:
        self.drafts.changed.connect(self._show_list)
        self.watch.named.connect(lambda: self.model.set_names(self.watch.names))
        self.watch.tried.connect(self._on_tried)
        self.model.switched.connect(lambda at, on: self.drafts.switch([at], is_enabled=on))
        # A row must not go while Qt still drags it.
        self.model.moved.connect(self._move, Qt.ConnectionType.QueuedConnection)
        self.view.opened.connect(self.editing.change)
        self.editing.about_to_place.connect(self._on_about_to_place)
        self.editing.message.connect(self.message)
        self.view.rows_selected.connect(self._refresh_buttons)
        self.head.new_requested.connect(self.new_rule)
        self.head.areas_requested.connect(self.new_rule_from_areas)
        self.head.collisions_requested.connect(lambda: self.show_effects("collisions"))
        self.head.sheet_requested.connect(self.sheets.ask)
        self.head.export_requested.connect(self.sheets.export)
        self.pending.look_requested.connect(self._toggle_effects)
        self.pending.discard_requested.connect(self.discard)
        self.pending.apply_requested.connect(self.apply)
        self.foot.change_requested.connect(lambda: self.editing.change(self._place()))
        self.foot.list_requested.connect(self.list_accounts)
        for hands in (self.view, self.foot):
            hands.step_requested.connect(self.step_selected)
            hands.removal_requested.connect(self.remove_selected)
            hands.switch_requested.connect(self.switch_selected)
        self.effects.rows_requested.connect(self.rows_requested)
        self.empty.chosen.connect(
            lambda key: self.new_rule() if key == "new" else self.sheets.ask()
        )
        self.sheets.table_requested.connect(self.table_requested)
        self.sheets.taken.connect(lambda _count: self.show_effects("moves"))
        self.session.edit_failed.connect(lambda _error: self._on_failed())

    # Showing

    def _show_list(self) -> None:
        kept = self._kept_rows if self._kept_rows is not None else self.view.selected_rows()
        self._kept_rows = None
        rules, is_read_only = self.drafts.rules, self.session.is_read_only
        self.model.is_read_only = is_read_only
        self.model.set_rules(rules)
        self.view.fit_value(self.session.workspace.main_account_measure.name)
        self.view.select_rows(kept)
        self._pages.setCurrentIndex(0 if rules else 1)
        self.head.set_can_edit(can_edit=not is_read_only)
        self.empty.setEnabled(not is_read_only)
        self.pending.set_waiting(is_changed=self.drafts.is_changed)
        self._refresh_buttons()
        self.watch.try_soon(self.drafts.as_rules())

    def _on_tried(self) -> None:
        run, workspace = self.watch.run, self.session.workspace
        if run is None or len(run.effects) != len(self.drafts.rules):
            return
        self.model.set_run(run)
        self.view.fit_remarks()
        self.effects.set_run(run)
        self.head.set_run(run, workspace)
        self.pending.set_run(run, workspace, can_edit=not self.session.is_read_only)

    def _refresh_buttons(self) -> None:
        self.foot.set_selected(
            self.view.selected_rows(),
            can_edit=not self.session.is_read_only,
            is_known=self.watch.run is not None,
        )

    def _toggle_effects(self) -> None:
        self.effects.setVisible(self.effects.isHidden())
        is_open = not self.effects.isHidden()
        self.view.set_narrow(is_narrow=is_open)
        if is_open:
            room, wanted = self._split.width(), self.effects.sizeHint().width()
            self._split.setSizes([room - wanted, wanted])
        self.view.fit_remarks()
        self.pending.set_looking(is_looking=is_open)

    def _hide_effects(self) -> None:
        if not self.effects.isHidden():
            self._toggle_effects()

    # Reacting

    def _place(self) -> int:
        """The row of the first selected rule, or the end of the list."""
        rows = self.view.selected_rows()
        return rows[0] if rows else len(self.drafts.rules)

    def _on_about_to_place(self, at: int) -> None:
        self._kept_rows = [at]

    def _move(self, rows: Sequence[int], before: int) -> None:
        place = before - sum(at < before for at in rows)
        self._kept_rows = list(range(place, place + len(rows)))
        self.drafts.move(rows, before)

    def _on_failed(self) -> None:
        self._is_applying = False

    def _on_changed(self, changes: Changes, initiator: QObject | None) -> None:
        if self._is_applying and initiator is self:
            self._is_applying = False
            self.discard()
        fields = changes.touches_account_rows or changes.records or changes.reps
        if fields or changes.settings or changes.boundaries:
            self._names_are_stale = True
        super()._on_changed(changes, initiator)
