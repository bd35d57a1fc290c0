# SPDX-License-Identifier: MIT
"""The page of rules: changed without haste, tried on the way, applied as one step."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from app.models.changes import Changes
from app.models.rule import AllOf, Condition, PlaceOperator, PlaceTest, Rule
from app.services.commands import ReplaceRules, RuleDraft
from app.ui.dialogs.rule.rule_dialog import RuleDialog, RuleSetting
from app.ui.formats import count, plural
from app.ui.panes.pane import Pane
from app.ui.panes.rules.effect_page import EffectPage
from app.ui.panes.rules.rule_drafts import RuleDrafts
from app.ui.panes.rules.rule_model import RuleModel
from app.ui.panes.rules.rule_sheets import RuleSheets
from app.ui.panes.rules.rule_view import RuleView
from app.ui.panes.rules.rule_watch import RuleWatch
from app.ui.panes.rules.rule_wording import blocked_sentence, change_sentence
from app.ui.parts import button, column, icon_button, label, row
from app.ui.selection import Selection
from app.ui.session import EditSession
from app.ui.theme import set_kind
from app.ui.widgets.banner import Banner
from app.ui.widgets.empty_state import EmptyState

_WAIT_MS = 120


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
        self._selection = selection
        self.drafts = RuleDrafts(session, self)
        self.watch = RuleWatch(session, self)
        self.sheets = RuleSheets(session, self.drafts, self)
        self.model = RuleModel(session.workspace, self)
        self.view = RuleView(self.model)
        self.effects = EffectPage(session.workspace)
        self.dialog: RuleDialog | None = None
        self._is_applying = False
        self._names_are_stale = True
        self._kept_rows: list[int] | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._compose()
        self._connect()

    # What the user can do

    def new_rule(self, condition: Condition | None = None) -> None:
        """Open the builder for a new rule, which goes before the selected one or to the end."""
        territories = self.session.workspace.leaf_territories
        if not territories:
            self.message.emit("A rule leads to a territory. Create one first.")
            return
        target = self._selection.target
        draft = RuleDraft(AllOf() if condition is None else condition, target or territories[0].id)
        rows = self.view.selected_rows()
        self._open(draft, None, rows[0] if rows else len(self.drafts.rules))

    def new_rule_from_areas(self) -> None:
        """The same for accounts in the areas that are selected on the map."""
        areas = self._selection.geounits
        if not areas:
            self.message.emit("Select areas on the map first.")
            return
        self.new_rule(PlaceTest(PlaceOperator.IN, areas))

    def edit(self, at: int) -> None:
        """Open the builder for a rule."""
        self._open(self.drafts.rules[at], at, at)

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
        run = self.watch.run
        blocked = blocked_sentence(run, self.session.workspace) if run is not None else ""
        if blocked:
            self.message.emit(blocked)
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

    def import_sheet(self) -> None:
        """Let the user choose a sheet of rules."""
        if self.watch.names is not None:
            self.sheets.ask(self.watch.names)

    def export(self) -> None:
        """Ask for the sheet of the list to be saved."""
        if self.watch.names is not None:
            self.sheets.export(self.watch.names)

    @property
    def is_settled(self) -> bool:
        """Whether what the list does is known."""
        is_waiting = self._wait.isActive() or self.watch.is_busy
        return self.watch.names is not None and not is_waiting

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
        self._wait.stop()
        self.watch.stop()
        self.sheets.stop()
        self.effects.stop()

    # Composition

    def _compose(self) -> None:
        self.summary = label("", wraps=True)
        self.new_button = button("New rule", self.new_rule, kind="primary", icon_name="plus")
        self.more = self._more_button()
        head = row(self.summary, self.new_button, self.more, margin=(16, 8, 12, 8))
        head.setStretch(0, 1)
        self.pending = Banner("", "info")
        self.look_button = self.pending.add_action("See what changes", self._toggle_effects)
        self.pending.add_action("Discard", self.discard)
        self.apply_button = self.pending.add_action("Apply", self.apply)
        set_kind(self.apply_button, "primary")
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
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self._pages)
        split.addWidget(self.effects)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        outer = column(head, self.pending, gap=0)
        outer.addWidget(split, 1)
        outer.addLayout(self._foot())
        self.setLayout(outer)

    def _foot(self) -> QLayout:
        self._row_buttons: list[QPushButton | QToolButton] = [
            button("Change…", lambda: self.edit(self.view.selected_rows()[0]), icon_name="edit"),
            button("On or off", self.switch_selected),
            icon_button("arrow_up", "Up (Alt+Up)", lambda: self.step_selected(-1)),
            icon_button("arrow_down", "Down (Alt+Down)", lambda: self.step_selected(1)),
            button("List accounts", self.list_accounts, icon_name="building"),
            icon_button("trash", "Delete rules", self.remove_selected),
        ]
        return row(*self._row_buttons, None, margin=(16, 6, 12, 6))

    def _more_button(self) -> QToolButton:
        made = icon_button("more", "More about rules")
        menu = QMenu(made)
        self.from_areas = menu.addAction("New rule for the selected areas…")
        self.from_areas.triggered.connect(self.new_rule_from_areas)
        menu.addAction("Check for collisions", lambda: self.show_effects("collisions"))
        menu.addSeparator()
        self.from_sheet = menu.addAction("Rules from a sheet…", self.import_sheet)
        menu.addAction("Save as a sheet…", self.export)
        made.setMenu(menu)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made

    def _connect(self) -> None:
        self.drafts.changed.connect(self._show_list)
        self._wait.timeout.connect(lambda: self.watch.try_rules(self.drafts.as_rules()))
        self.watch.named.connect(lambda: self.model.set_names(self.watch.names))
        self.watch.tried.connect(self._on_tried)
        self.model.switched.connect(lambda at, on: self.drafts.switch([at], is_enabled=on))
        # A row must not go while Qt still drags it.
        self.model.moved.connect(self._move, Qt.ConnectionType.QueuedConnection)
        self.view.opened.connect(self.edit)
        self.view.rows_selected.connect(self._refresh_buttons)
        self.view.step_requested.connect(self.step_selected)
        self.view.removal_requested.connect(self.remove_selected)
        self.view.switch_requested.connect(self.switch_selected)
        self.effects.rows_requested.connect(self.rows_requested)
        self.empty.chosen.connect(
            lambda key: self.new_rule() if key == "new" else self.import_sheet()
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
        self.new_button.setEnabled(not is_read_only)
        self.from_sheet.setEnabled(not is_read_only)
        self.empty.setEnabled(not is_read_only)
        self.pending.setVisible(self.drafts.is_changed)
        self.pending.set_text("Not applied yet. Working out what changes…")
        self._refresh_buttons()
        self._wait.start()

    def _on_tried(self) -> None:
        run, workspace = self.watch.run, self.session.workspace
        if run is None or len(run.effects) != len(self.drafts.rules):
            return
        self.model.set_run(run)
        self.effects.set_run(run)
        decided = sum(effect.decided.accounts for effect in run.effects)
        rules = plural(len(run.effects), "rule decides", "rules decide")
        of = plural(len(workspace.accounts), "account", "accounts")
        self.summary.setText(f"{rules} about {count(decided)} of {of}." if run.effects else "")
        blocked = blocked_sentence(run, workspace)
        words = change_sentence(run, workspace)
        self.pending.set_text(blocked or f"Not applied yet. {words}")
        self.apply_button.setEnabled(not blocked and not self.session.is_read_only)

    def _refresh_buttons(self) -> None:
        rows, can_edit = self.view.selected_rows(), not self.session.is_read_only
        change, switch, up, down, accounts, delete = self._row_buttons
        change.setEnabled(len(rows) == 1 and can_edit)
        accounts.setEnabled(len(rows) == 1 and self.watch.run is not None)
        for made in (switch, up, down, delete):
            made.setEnabled(bool(rows) and can_edit)

    def _toggle_effects(self) -> None:
        self.effects.setVisible(self.effects.isHidden())
        is_open = not self.effects.isHidden()
        self.view.set_narrow(is_narrow=is_open)
        self.look_button.setText("Hide what changes" if is_open else "See what changes")

    def _hide_effects(self) -> None:
        if not self.effects.isHidden():
            self._toggle_effects()

    # Reacting

    def _open(self, draft: RuleDraft, at: int | None, place: int) -> None:
        if self.watch.names is None:
            self.message.emit("The fields of the plan are still being read. Try again in a moment.")
            return
        rules = self.drafts.as_rules()
        behind: Sequence[Rule] = rules[place + (at is not None) :]
        setting = RuleSetting(
            self.session,
            self._selection,
            self.watch.names,
            (rules[:place], behind),
            has_rule=at is not None,
        )
        dialog = RuleDialog(setting, draft, self.window())
        self.dialog = dialog
        dialog.accepted.connect(lambda: self._on_accepted(dialog, at, place))
        dialog.finished.connect(lambda _result: self._on_closed())
        dialog.open()

    def _on_accepted(self, dialog: RuleDialog, at: int | None, place: int) -> None:
        draft = dialog.draft()
        if draft is None:
            return
        self._kept_rows = [place]
        if at is None:
            self.drafts.add(draft, place)
        else:
            self.drafts.change(at, draft)

    def _on_closed(self) -> None:
        self.dialog = None

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
