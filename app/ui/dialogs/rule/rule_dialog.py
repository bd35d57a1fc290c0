# SPDX-License-Identifier: MIT
"""One rule: its condition, its territory, a name and a note; it tells at once what it matches."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from app.models.ids import RuleId, TerritoryId
from app.models.rule import AllOf, Condition, Rule, Unreadable
from app.services.commands import RuleDraft
from app.services.commands.rules import MAX_NAME_LENGTH
from app.services.rules.condition_words import condition_words
from app.services.rules.fields import RuleField
from app.services.rules.names import RuleNames
from app.ui.dialogs.rule.builder_help import BuilderHelp
from app.ui.dialogs.rule.group_editor import GroupEditor
from app.ui.fonts import HEADING
from app.ui.panes.rules.rule_watch import RuleWatch
from app.ui.panes.rules.rule_wording import amount_words, window_wording
from app.ui.parts import button, column, hairline, label, row
from app.ui.selection import Selection
from app.ui.session import EditSession
from app.ui.widgets.banner import Banner

_WAIT_MS = 250
_WIDTH, _HEIGHT = 860, 580
_FIRST_FIELD = "segment"


@dataclass(frozen=True)
class RuleSetting:
    """The list in which a rule stands.

    Attributes:
        session: The open plan.
        selection: Whose areas can be taken over; None where there is no map.
        names: Names of the plan's fields.
        others: The other rules: those before it, and those behind it.
        has_rule: Whether the rule is in the list already.
    """

    session: EditSession
    selection: Selection | None
    names: RuleNames
    others: tuple[Sequence[Rule], Sequence[Rule]] = ((), ())
    has_rule: bool = False


class RuleDialog(QDialog):
    """Edits a draft; nothing of the plan is changed here.

    Args:
        setting: The list in which it stands.
        draft: The rule to begin with.
        parent: The window.
    """

    def __init__(
        self, setting: RuleSetting, draft: RuleDraft, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Change rule" if setting.has_rule else "New rule")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._setting, self._draft = setting, draft
        self._watch = RuleWatch(setting.session, self)
        self.name = QLineEdit(draft.name)
        self.name.setAccessibleName("Name of the rule")
        self.name.setMaxLength(MAX_NAME_LENGTH)
        self.name.setPlaceholderText("The condition in words")
        self.notes = QLineEdit(" ".join(draft.notes.split()))
        self.notes.setAccessibleName("Note on the rule")
        self.notes.setPlaceholderText("Why this rule is there")
        self.territory = QComboBox()
        self.territory.setAccessibleName("Territory that serves these accounts")
        self._territories: list[TerritoryId] = []
        self._fill_territories()
        help_ = BuilderHelp(setting.session, setting.names, setting.selection, self)
        self.builder = GroupEditor(help_, _first_field(setting.names))
        self.problem = Banner("", "danger")
        self.words = label("", "muted", wraps=True)
        self.live = label("", semibold=True, wraps=True)
        self.use = button("Use this rule", self.accept, kind="primary")
        self.use.setDefault(True)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._compose()
        self._connect()
        self._show_condition()

    def draft(self) -> RuleDraft | None:
        """The rule as it stands; None while something is missing."""
        condition, territory = self._condition(), self._chosen_territory()
        if condition is None or territory is None:
            return None
        name = " ".join(self.name.text().split())
        is_same_note = self.notes.text() == " ".join(self._draft.notes.split())
        notes = self._draft.notes if is_same_note else self.notes.text().strip()
        return RuleDraft(condition, territory, name, self._draft.is_enabled, notes, self._draft.id)

    def done(self, result: int) -> None:
        """Close; nothing is worked out any more."""
        self._wait.stop()
        self._watch.stop()
        super().done(result)

    # Composition

    def _fill_territories(self) -> None:
        workspace = self._setting.session.workspace
        leaves = {territory.id for territory in workspace.leaf_territories}
        for territory in sorted(workspace.territories, key=lambda each: each.name.casefold()):
            if territory.id in leaves or territory.id == self._draft.territory_id:
                self._territories.append(territory.id)
                self.territory.addItem(territory.name)
        if self._draft.territory_id in self._territories:
            self.territory.setCurrentIndex(self._territories.index(self._draft.territory_id))
        else:
            self.territory.setCurrentIndex(-1)

    def _compose(self) -> None:
        inner = QWidget()
        inner.setLayout(column(self.builder, None, margin=(2, 2, 10, 2)))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName("Conditions of the rule")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(inner)
        head = QGridLayout()
        head.setHorizontalSpacing(12)
        head.setVerticalSpacing(8)
        for at, (words, field) in enumerate(
            (("Name", self.name), ("Goes to", self.territory), ("Note", self.notes))
        ):
            caption = label(words, "muted")
            caption.setBuddy(field)
            head.addWidget(caption, at, 0)
            head.addWidget(field, at, 1)
        foot = row(self.live, button("Cancel", self.reject), self.use)
        foot.setStretch(0, 1)
        self.setLayout(
            column(
                head,
                hairline(),
                label("Accounts for which", size=HEADING, semibold=True),
                self.problem,
                self._scroll,
                hairline(),
                self.words,
                foot,
                margin=18,
                gap=10,
            )
        )
        self.problem.hide()
        self.resize(_WIDTH, _HEIGHT)

    def _connect(self) -> None:
        self.builder.changed.connect(self._on_changed)
        self.territory.currentIndexChanged.connect(lambda _at: self._on_changed())
        self._wait.timeout.connect(self._try)
        self._watch.tried.connect(self._show_live)

    # Showing

    def _show_condition(self) -> None:
        condition = self._draft.condition
        if isinstance(condition, Unreadable):
            self.problem.set_text(f"{condition.reason} Making it anew replaces what is there.")
            self.problem.show()
            condition = AllOf()
        self.builder.show_condition(condition)
        if not self.builder.parts and not self._setting.has_rule:
            self.builder.add_row()
        self._on_changed()

    def _condition(self) -> Condition | None:
        return self.builder.condition()

    def _chosen_territory(self) -> TerritoryId | None:
        at = self.territory.currentIndex()
        return self._territories[at] if at >= 0 else None

    def _on_changed(self) -> None:
        condition = self._condition()
        missing = self.builder.missing()
        if condition is None:
            self.words.setText(f"Say what {missing} is compared with, or remove that line.")
        else:
            words = condition_words(condition, self._setting.names, window_wording())
            self.words.setText(f"{words[:1].upper()}{words[1:]}.")
        is_ready = self.draft() is not None
        self.use.setEnabled(is_ready)
        if condition is not None and not is_ready:
            self.live.setText("Choose the territory that serves these accounts.")
        elif condition is None:
            self.live.setText("")
        if is_ready:
            self._wait.start()

    def _try(self) -> None:
        draft = self.draft()
        if draft is None:
            return
        before, behind = self._setting.others
        rule = Rule(RuleId(0), draft.name, draft.condition, draft.territory_id, draft.is_enabled)
        self.live.setText("Counting…")
        self._watch.try_rules((*before, rule, *behind))

    def _show_live(self) -> None:
        run = self._watch.run
        if run is None:
            return
        effect = run.effects[len(self._setting.others[0])]
        measure = self._setting.session.workspace.main_account_measure
        if effect.problem:
            self.live.setText(effect.problem)
        elif effect.never_matches:
            self.live.setText("No account meets this condition now.")
        else:
            matched = amount_words(effect.matched, measure)
            decided = amount_words(effect.decided, measure)
            whom = "all of them" if effect.decided == effect.matched else decided
            self.live.setText(f"Matches {matched}; decides for {whom}.")


def _first_field(names: RuleNames) -> RuleField:
    return names.field(_FIRST_FIELD) or names.fields[0]
