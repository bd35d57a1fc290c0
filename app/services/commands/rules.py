# SPDX-License-Identifier: MIT
"""Rules: adding, changing, ordering, switching, removing, and replacing all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import RuleId, StrokeId, TerritoryId
from app.models.rows import Cell
from app.models.rule import Condition, Rule
from app.services.commands.base import Edit, reject_locked
from app.services.rules.condition_text import MAX_CHARACTERS, condition_text
from app.services.store.transaction import utc_now

MAX_RULES = 2_000
"""Of one sales force; more would slow down every edit, and nobody could check them."""
MAX_NAME_LENGTH = 200
MAX_NOTES_LENGTH = 10_000
_NOTHING = "Nothing was changed."
_COLUMNS = (
    *("id", "scenario_id", "sales_force_id", "position", "name", "condition", "territory_id"),
    *("is_enabled", "notes", "author", "changed_at_utc"),
)


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule as it shall be.

    Attributes:
        id: The rule that becomes so; None for a new one.
    """

    condition: Condition
    territory_id: TerritoryId
    name: str = ""
    is_enabled: bool = True
    notes: str = ""
    id: RuleId | None = None

    @classmethod
    def of(cls, rule: Rule) -> "RuleDraft":
        """A rule as it is."""
        return cls(
            rule.condition, rule.territory_id, rule.name, rule.is_enabled, rule.notes, rule.id
        )


@dataclass(frozen=True, slots=True)
class AddRule:
    """Add a rule at the end, or before another one."""

    draft: RuleDraft
    before: RuleId | None = None
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Add rule {self.draft.name}".strip()

    def apply(self, edit: Edit) -> Changes:
        """Write the rule and move those behind it.

        Raises:
            EditRejected: The rule cannot be used, or the one that it shall precede is gone.
        """
        rows = _Rows(edit)
        rows.check_count(len(rows.order) + 1)
        new_id = RuleId(edit.tx.next_id("rule"))
        rows.put_at(new_id, self.before)
        rows.write(new_id, self.draft)
        return rows.done()


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """Give a rule another condition, territory, name or note; its place stays."""

    draft: RuleDraft
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Change rule {self.draft.name}".strip()

    def apply(self, edit: Edit) -> Changes:
        """Write the rule.

        Raises:
            EditRejected: It is gone, or cannot become so.
        """
        rows = _Rows(edit)
        rows.write(rows.known(self.draft.id), self.draft)
        return rows.done()


@dataclass(frozen=True, slots=True)
class MoveRules:
    """Put rules before another one, or at the end; their own order stays."""

    rules: tuple[RuleId, ...]
    before: RuleId | None = None
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return "Move rule" if len(self.rules) == 1 else f"Move {len(self.rules)} rules"

    def apply(self, edit: Edit) -> Changes:
        """Write the new order.

        Raises:
            EditRejected: One of the rules is gone.
        """
        rows = _Rows(edit)
        before = self.before
        if before is not None:
            behind = rows.order[rows.order.index(rows.known(before)) :]
            before = next((rule for rule in behind if rule not in self.rules), None)
        for rule in self.rules:
            rows.put_at(rows.known(rule), before)
        return rows.done()


@dataclass(frozen=True, slots=True)
class SetRulesEnabled:
    """Switch rules on or off."""

    rules: tuple[RuleId, ...]
    is_enabled: bool
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        what = "rule" if len(self.rules) == 1 else f"{len(self.rules)} rules"
        return f"Switch {what} {'on' if self.is_enabled else 'off'}"

    def apply(self, edit: Edit) -> Changes:
        """Write the switches.

        Raises:
            EditRejected: One of the rules is gone, or its territory is locked.
        """
        rows = _Rows(edit)
        for rule in self.rules:
            rows.switch(rows.known(rule), is_enabled=self.is_enabled)
        return rows.done()


@dataclass(frozen=True, slots=True)
class DeleteRules:
    """Remove rules."""

    rules: tuple[RuleId, ...]
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return "Delete rule" if len(self.rules) == 1 else f"Delete {len(self.rules)} rules"

    def apply(self, edit: Edit) -> Changes:
        """Remove the rows; rules that are gone already are passed over.

        Raises:
            EditRejected: The territory of one of them is locked.
        """
        rows = _Rows(edit)
        rows.remove([rule for rule in self.rules if rule in rows.order])
        return rows.done()


@dataclass(frozen=True, slots=True)
class ReplaceRules:
    """Make exactly these the rules of the sales force, in this order."""

    drafts: tuple[RuleDraft, ...]
    source: str = ""
    """Where they come from, for the label: "rules.xlsx"; empty where the user made them."""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Take rules from {self.source}" if self.source else "Apply rules"

    def apply(self, edit: Edit) -> Changes:
        """Remove, add, change and order; rules that stay as they are keep author and time.

        Raises:
            EditRejected: One of the rules cannot be used.
        """
        rows = _Rows(edit)
        rows.check_count(len(self.drafts))
        kept = {draft.id for draft in self.drafts if draft.id is not None}
        next_id = edit.tx.next_id("rule")
        rows.remove([rule for rule in rows.order if rule not in kept])
        order: list[RuleId] = []
        for draft in self.drafts:
            rule = draft.id if draft.id in rows.order else None
            if rule is None or rule in order:
                rule, next_id = RuleId(next_id), next_id + 1
            order.append(rule)
        rows.order = order
        for rule, draft in zip(order, self.drafts, strict=True):
            rows.write(rule, draft)
        return rows.done()


class _Rows:
    """The rules of the sales force that is edited.

    Attributes:
        order: Their ids in order; what `done` writes.
    """

    def __init__(self, edit: Edit) -> None:
        self._edit = edit
        found = edit.tx.rows(
            "SELECT id, position, name, condition, territory_id, is_enabled, notes FROM rule"
            " WHERE scenario_id = ? AND sales_force_id = ? ORDER BY position, id",
            (edit.scenario_id, edit.sales_force_id),
        )
        self._before = {RuleId(int(row[0] or 0)): row for row in found}
        self._new: dict[RuleId, tuple[Cell, ...]] = {}
        self.order: list[RuleId] = list(self._before)

    def check_count(self, count: int) -> None:
        """Refuse more rules than a sales force may have."""
        if count > MAX_RULES:
            raise EditRejected(
                f"A sales force can have {MAX_RULES:,} rules, and these would be {count:,}.",
                meaning=_NOTHING,
                remedy="Unite rules that lead to the same territory: a rule can list many values.",
            )

    def known(self, rule: RuleId | None) -> RuleId:
        """The rule, if the sales force has it."""
        if rule is None or rule not in self.order:
            raise EditRejected("This rule is no longer in the plan.", meaning=_NOTHING)
        return rule

    def put_at(self, rule: RuleId, before: RuleId | None) -> None:
        """Give a rule its place in the order."""
        if before is not None:
            self.known(before)
        if rule in self.order:
            self.order.remove(rule)
        place = len(self.order) if before is None else self.order.index(before)
        self.order.insert(place, rule)

    def write(self, rule: RuleId, draft: RuleDraft) -> None:
        """Let a rule be as a draft says."""
        name = " ".join(draft.name.split())
        _check_length(name, MAX_NAME_LENGTH, "name")
        _check_length(draft.notes, MAX_NOTES_LENGTH, "note")
        text = condition_text(draft.condition)
        _check_length(text, MAX_CHARACTERS, "condition")
        self._check_territory(draft.territory_id)
        values = (name, text, draft.territory_id, int(draft.is_enabled), draft.notes)
        old = self._before.get(rule)
        if old is not None and tuple(old[2:]) == values:
            return
        if old is not None:
            self._reject_locked(rule)
        reject_locked(self._edit, {draft.territory_id})
        self._new[rule] = values

    def switch(self, rule: RuleId, *, is_enabled: bool) -> None:
        """Switch a rule on or off."""
        _, _, name, text, territory, enabled, notes = self._before[rule]
        if bool(enabled) != is_enabled:
            self._reject_locked(rule)
            self._new[rule] = (name, text, territory, int(is_enabled), notes)

    def remove(self, rules: Sequence[RuleId]) -> None:
        """Take rules out."""
        for rule in rules:
            self._reject_locked(rule)
            self.order.remove(rule)
        self._edit.tx.delete("rule", [(rule,) for rule in rules])

    def done(self) -> Changes:
        """Write what is new, and the places of the rest."""
        edit, now = self._edit, utc_now()
        moved: list[tuple[Cell, ...]] = []
        written: list[tuple[Cell, ...]] = []
        for position, rule in enumerate(self.order):
            old, new = self._before.get(rule), self._new.get(rule)
            if new is not None:
                key = (rule, edit.scenario_id, edit.sales_force_id, position)
                written.append((*key, *new, edit.tx.author, now))
            elif old is not None and old[1] != position:
                moved.append((rule, position))
        edit.tx.put("rule", _COLUMNS, written)
        edit.tx.put("rule", ("id", "position"), moved)
        return Changes(rules=edit.tx.has_written)

    def _reject_locked(self, rule: RuleId) -> None:
        territory = TerritoryId(int(self._before[rule][4] or 0))
        reject_locked(self._edit, {territory})

    def _check_territory(self, territory: TerritoryId) -> None:
        edit = self._edit
        rows = edit.tx.rows(
            "SELECT 1 FROM territory WHERE id = ? AND scenario_id = ? AND sales_force_id = ?",
            (territory, edit.scenario_id, edit.sales_force_id),
        )
        if not rows:
            raise EditRejected(
                "The territory of this rule is no longer in this sales force.",
                meaning=_NOTHING,
                remedy="Choose another territory for the rule.",
            )


def _check_length(text: str, most: int, what: str) -> None:
    if len(text) > most:
        raise EditRejected(
            f"The {what} of a rule can have {most:,} characters, and this one has {len(text):,}.",
            meaning=_NOTHING,
            remedy="Shorten it, or make several rules of it.",
        )
