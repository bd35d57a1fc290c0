# SPDX-License-Identifier: MIT
"""Reading the rules of a sales force."""

from app.models.ids import RuleId, SalesForceId, ScenarioId, TerritoryId
from app.models.rule import Rule
from app.services.rules.condition_text import read_condition
from app.services.store.cells import whole
from app.services.store.store import Store


class RuleRepository:
    """The rules, in the order in which they are tried."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rules(self, scenario: ScenarioId, force: SalesForceId) -> tuple[Rule, ...]:
        """All rules of a sales force, those that are off as well."""
        rows = self._store.rows(
            "SELECT id, name, condition, territory_id, is_enabled, notes, author, changed_at_utc"
            " FROM rule WHERE scenario_id = ? AND sales_force_id = ? ORDER BY position, id",
            (scenario, force),
        )
        return tuple(
            Rule(
                id=RuleId(whole(number)),
                name=str(name),
                condition=read_condition(str(condition)),
                territory_id=TerritoryId(whole(territory)),
                is_enabled=bool(is_enabled),
                notes=str(notes),
                author=str(author),
                changed_at_utc=str(changed),
            )
            for number, name, condition, territory, is_enabled, notes, author, changed in rows
        )
