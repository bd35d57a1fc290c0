# SPDX-License-Identifier: MIT
"""The head of the page of rules, and the bar that says what waits to be applied."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.services.rules.dry_run import DryRun
from app.services.workspace import Workspace
from app.ui.formats import count, plural
from app.ui.panes.rules.rule_wording import blocked_sentence, change_sentence
from app.ui.parts import button, icon_button, label, row
from app.ui.theme import set_kind
from app.ui.widgets.banner import Banner


class RuleHead(QWidget):
    """A sentence on what the rules decide, and ways to bring rules in and out.

    Signals:
        new_requested(), areas_requested(): A new rule; one for the areas selected on the map.
        filter_requested(), accounts_requested(): One for what the list of accounts is filtered by;
            one for the accounts that are selected there.
        collisions_requested(): Which accounts several rules match.
        sheet_requested(), export_requested(): Rules from a sheet, and into one.
    """

    new_requested = Signal()
    areas_requested = Signal()
    filter_requested = Signal()
    accounts_requested = Signal()
    collisions_requested = Signal()
    sheet_requested = Signal()
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = label("", wraps=True)
        self.new_button = button(
            "New rule", self.new_requested.emit, kind="primary", icon_name="plus"
        )
        self.more = icon_button("more", "More about rules")
        menu = QMenu(self.more)
        self._edits = (
            menu.addAction("New rule for the selected areas…", self.areas_requested.emit),
            menu.addAction("New rule from the accounts’ filter…", self.filter_requested.emit),
            menu.addAction("New rule for the selected accounts…", self.accounts_requested.emit),
            menu.addAction("Rules from a sheet…", self.sheet_requested.emit),
        )
        menu.addAction("Save as a sheet…", self.export_requested.emit)
        menu.addSeparator()
        menu.addAction("Check for collisions", self.collisions_requested.emit)
        self.more.setMenu(menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        line = row(self.summary, self.new_button, self.more, margin=(16, 8, 12, 8))
        line.setStretch(0, 1)
        self.setLayout(line)

    def set_can_edit(self, *, can_edit: bool) -> None:
        """Enable what changes rules."""
        self.new_button.setEnabled(can_edit)
        for action in self._edits:
            action.setEnabled(can_edit)

    def set_run(self, run: DryRun, workspace: Workspace) -> None:
        """Say what the rules decide."""
        decided = sum(effect.decided.accounts for effect in run.effects)
        rules = plural(len(run.effects), "rule decides", "rules decide")
        of = plural(len(workspace.accounts), "account", "accounts")
        self.summary.setText(f"{rules} for {count(decided)} of {of}." if run.effects else "")


class PendingBar(Banner):
    """What waits to be applied, and what it would change.

    Signals:
        look_requested(), discard_requested(), apply_requested(): The button of that name was
            pressed.
    """

    look_requested = Signal()
    discard_requested = Signal()
    apply_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "info", parent=parent)
        self.look_button = self.add_action("See what changes", self.look_requested.emit)
        self.add_action("Discard", self.discard_requested.emit)
        self.apply_button = self.add_action("Apply", self.apply_requested.emit)
        set_kind(self.apply_button, "primary")

    def set_waiting(self, *, is_changed: bool) -> None:
        """The list is another one; what it does is not known yet."""
        self.setVisible(is_changed)
        self.set_text("Not applied yet. Working out what changes…")
        self.apply_button.setEnabled(False)

    @property
    def can_apply(self) -> bool:
        """Whether what the list does is known and allowed."""
        return self.apply_button.isEnabled()

    def set_run(self, run: DryRun, workspace: Workspace, *, can_edit: bool) -> None:
        """Say what the list would change, or why it cannot be applied."""
        blocked = blocked_sentence(run, workspace)
        self.set_text(blocked or f"Not applied yet. {change_sentence(run, workspace)}")
        self.apply_button.setEnabled(not blocked and can_edit)

    def set_looking(self, *, is_looking: bool) -> None:
        """Whether what changes is in view."""
        self.look_button.setText("Hide what changes" if is_looking else "See what changes")
