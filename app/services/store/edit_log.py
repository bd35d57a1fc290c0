# SPDX-License-Identifier: MIT
"""Reading the audit trail of assignments."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app.models.ids import AccountId, ScenarioId
from app.services.store.store import Store


@dataclass(frozen=True, slots=True)
class LogLine:
    """The last time that something changed hands.

    Attributes:
        label: Of the edit: "Assign 12 accounts to North by name".
        author: Account name on the computer that made it.
    """

    at_utc: str
    author: str
    label: str


class EditLog:
    """What the audit trail knows.

    Args:
        store: The plan.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def last_of_accounts(
        self, scenario: ScenarioId, accounts: Sequence[AccountId]
    ) -> dict[AccountId, LogLine]:
        """By account the last edit that named it; in one pass however many there are."""
        # Beside max(), SQLite takes the other columns from the row that has the maximum.
        rows = self._store.rows(
            "SELECT account_id, max(id), at_utc, author, label FROM edit_log"
            " WHERE scenario_id = ? AND account_id IN (SELECT value FROM json_each(?))"
            " GROUP BY account_id",
            (scenario, json.dumps([int(each) for each in accounts])),
        )
        return {
            AccountId(int(account or 0)): LogLine(str(at_utc), str(author), str(label))
            for account, _, at_utc, author, label in rows
        }
