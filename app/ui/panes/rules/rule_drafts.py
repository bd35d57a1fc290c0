# SPDX-License-Identifier: MIT
"""The rules as the user is changing them, before they are applied."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.models.ids import RuleId, SalesForceId
from app.models.rule import Rule
from app.services.commands import RuleDraft
from app.ui.session import EditSession

_NEW = RuleId(0)


class RuleDrafts(QObject):
    """A list that starts as the rules of the plan and is changed without touching the plan.

    Each sales force has a list of its own, so that looking at another one loses nothing.

    Args:
        session: The open plan.
        parent: The page.

    Signals:
        changed(): The list is another one.
    """

    changed = Signal()

    def __init__(self, session: EditSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._drafts: dict[SalesForceId, tuple[RuleDraft, ...]] = {}
        self._of_plan: tuple[RuleDraft, ...] = ()
        self._read_for: tuple[Rule, ...] | None = None
        self.source = ""

    @property
    def rules(self) -> tuple[RuleDraft, ...]:
        """The list as it is now."""
        return self._drafts.get(self._force, self.of_plan)

    @property
    def of_plan(self) -> tuple[RuleDraft, ...]:
        """The rules that the plan has."""
        rules = self._session.workspace.state.rules
        if self._read_for is not rules:
            self._read_for = rules
            self._of_plan = tuple(map(RuleDraft.of, rules))
        return self._of_plan

    @property
    def is_changed(self) -> bool:
        """Whether something waits to be applied."""
        return self.rules != self.of_plan

    def as_rules(self) -> tuple[Rule, ...]:
        """The list as rules, to be tried; new ones have no id yet."""
        return tuple(
            Rule(
                each.id or _NEW,
                each.name,
                each.condition,
                each.territory_id,
                each.is_enabled,
                each.notes,
            )
            for each in self.rules
        )

    def add(self, draft: RuleDraft, row: int | None = None) -> int:
        """Put a rule before a row, or at the end; the row in which it stands then."""
        listed = list(self.rules)
        place = len(listed) if row is None else row
        listed.insert(place, draft)
        self.take(listed)
        return place

    def change(self, row: int, draft: RuleDraft) -> None:
        """Let a rule be another one."""
        listed = list(self.rules)
        listed[row] = draft
        self.take(listed)

    def switch(self, rows: Sequence[int], *, is_enabled: bool) -> None:
        """Switch rules on or off."""
        self.take(
            replace(draft, is_enabled=is_enabled) if row in rows else draft
            for row, draft in enumerate(self.rules)
        )

    def move(self, rows: Sequence[int], before: int) -> list[int]:
        """Put rules before a row; the rows in which they stand then."""
        listed = list(self.rules)
        moved = [listed[row] for row in sorted(rows)]
        rest = [draft for row, draft in enumerate(listed) if row not in rows]
        place = before - sum(row < before for row in rows)
        self.take([*rest[:place], *moved, *rest[place:]])
        return list(range(place, place + len(moved)))

    def remove(self, rows: Sequence[int]) -> None:
        """Take rules out."""
        self.take(draft for row, draft in enumerate(self.rules) if row not in rows)

    def take(self, drafts: Iterable[RuleDraft], source: str = "") -> None:
        """Let the list be another one; that of a read-only plan stays.

        Args:
            drafts: The rules in order.
            source: The file that they come from.
        """
        if self._session.is_read_only:
            return
        self._drafts[self._force] = tuple(drafts)
        self.source = source
        if not self.is_changed:
            self._drafts.pop(self._force)
        self.changed.emit()

    def discard(self) -> None:
        """Go back to the rules of the plan."""
        self._drafts.pop(self._force, None)
        self.source = ""
        self.changed.emit()

    @property
    def _force(self) -> SalesForceId:
        return self._session.workspace.sales_force.id
