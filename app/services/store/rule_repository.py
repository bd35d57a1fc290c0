# SPDX-License-Identifier: MIT
"""Reading the rules of a sales force."""

from app.models.ids import RuleId, SalesForceId, ScenarioId, TerritoryId
from app.models.rows import Cell
from app.models.rule import Rule
from app.services.rules.condition_text import read_condition
from app.services.store.store import Store

COLUMNS = (
    *("id", "name", "condition", "territory_id", "is_enabled", "notes", "author"),
    "changed_at_utc",
)


class RuleRepository:
    """The rules of a plan."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rules(self, scenario: ScenarioId, sales_force: SalesForceId) -> tuple[Rule, ...]:
        """All rules of a sales force in their order; one that cannot be read says so itself."""
        rows = self._store.rows(
            f"SELECT {', '.join(COLUMNS)} FROM rule"  # noqa: S608  our own names
            " WHERE scenario_id = ? AND sales_force_id = ? ORDER BY position, id",
            (scenario, sales_force),
        )
        return tuple(map(_rule, rows))


def _rule(row: tuple[Cell, ...]) -> Rule:
    id_, name, condition, territory, enabled, notes, author, changed = row
    return Rule(
        id=RuleId(int(id_ or 0)),
        name=str(name),
        condition=read_condition(str(condition)),
        territory_id=TerritoryId(int(territory or 0)),
        is_enabled=bool(enabled),
        notes=str(notes),
        author=str(author),
        changed_at_utc=str(changed),
    )
