# SPDX-License-Identifier: MIT
"""Opening the condition builder for a new rule or for one of the list."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.models.rule import AllOf, Condition, PlaceOperator, PlaceTest
from app.services.commands import RuleDraft
from app.ui.dialogs.rule.rule_dialog import RuleDialog, RuleSetting
from app.ui.panes.rules.rule_drafts import RuleDrafts
from app.ui.panes.rules.rule_watch import RuleWatch
from app.ui.selection import Selection
from app.ui.session import EditSession


class RuleEditing(QObject):
    """One builder at a time; what it makes goes into the list, not into the plan.

    Args:
        session: The open plan.
        selection: Whose areas and territory a new rule can begin with.
        drafts: The list.
        watch: Knows the names of the plan's fields.
        page: Over which the builder opens.

    Attributes:
        dialog: The builder that is open, or None.

    Signals:
        about_to_place(int): A rule is about to come into this row.
        message(str): Something that the user should know.
    """

    about_to_place = Signal(int)
    message = Signal(str)

    def __init__(
        self,
        session: EditSession,
        selection: Selection,
        drafts: RuleDrafts,
        watch: RuleWatch,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._session, self._selection = session, selection
        self._drafts, self._watch, self._page = drafts, watch, page
        self.dialog: RuleDialog | None = None

    def new_rule(self, place: int, condition: Condition | None = None) -> None:
        """Make a rule that goes into a row of the list."""
        territories = self._session.workspace.leaf_territories
        if not territories:
            self.message.emit("A rule leads to a territory. Create one first.")
            return
        target = self._selection.target or territories[0].id
        self._open(RuleDraft(AllOf() if condition is None else condition, target), None, place)

    def new_rule_from_areas(self, place: int) -> None:
        """The same for accounts in the areas that are selected on the map."""
        areas = self._selection.geounits
        if areas:
            self.new_rule(place, PlaceTest(PlaceOperator.IN, areas))
        else:
            self.message.emit("Select areas on the map first.")

    def change(self, at: int) -> None:
        """Change a rule of the list."""
        self._open(self._drafts.rules[at], at, at)

    def _open(self, draft: RuleDraft, at: int | None, place: int) -> None:
        names = self._watch.names
        if self._session.is_read_only:
            self.message.emit("This plan can only be looked at. Save a copy to change its rules.")
            return
        if names is None:
            self.message.emit("The fields of the plan are still being read. Try again in a moment.")
            return
        rules = self._drafts.as_rules()
        others = (rules[:place], rules[place + (at is not None) :])
        setting = RuleSetting(
            self._session, self._selection, names, others, has_rule=at is not None
        )
        dialog = RuleDialog(setting, draft, self._page.window())
        self.dialog = dialog
        dialog.accepted.connect(lambda: self._on_accepted(dialog, at, place))
        dialog.finished.connect(lambda _result: self._on_closed())
        dialog.open()

    def _on_accepted(self, dialog: RuleDialog, at: int | None, place: int) -> None:
        draft = dialog.draft()
        if draft is None:
            return
        self.about_to_place.emit(place)
        if at is None:
            self._drafts.add(draft, place)
        else:
            self._drafts.change(at, draft)

    def _on_closed(self) -> None:
        self.dialog = None
