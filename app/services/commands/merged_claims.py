# SPDX-License-Identifier: MIT
"""Named assignments of accounts that become one."""

import json
from collections.abc import Sequence
from typing import cast

from app.models.ids import AccountId, TerritoryId
from app.services.commands.base import Edit, reject_locked
from app.services.store.transaction import LogEntry

_Place = tuple[int, int]
"""Scenario and sales force: in each of them an account is assigned by itself."""


def join_named_assignments(edit: Edit, members: Sequence[AccountId]) -> None:
    """Give the first account the assignments of all, and end those of the others.

    Where they differ, that of the first account stays; where it has none, that of the next one
    that has one.

    Raises:
        EditRejected: A locked territory would lose the customer.
    """
    found = cast(
        "list[tuple[int, int, int, int]]",
        edit.tx.rows(
            "SELECT named.scenario_id, territory.sales_force_id, named.account_id, "
            "named.territory_id FROM account_assignment AS named "
            "JOIN territory ON territory.id = named.territory_id "
            "WHERE named.account_id IN (SELECT value FROM json_each(?)) ORDER BY 1, 2, 3, 4",
            (json.dumps(members),),
        ),
    )
    before: dict[_Place, dict[int, set[int]]] = {}
    for scenario, force, account, territory in found:
        by_account = before.setdefault((scenario, force), {})
        by_account.setdefault(account, set()).add(territory)
    for (scenario, _), by_account in before.items():
        _join(edit, members, scenario, by_account)


def _join(
    edit: Edit, members: Sequence[AccountId], scenario: int, by_account: dict[int, set[int]]
) -> None:
    first = members[0]
    after = next(by_account[account] for account in members if account in by_account)
    losing = set[int]().union(*by_account.values()) - after
    reject_locked(edit, {TerritoryId(territory) for territory in losing})
    rows = [(scenario, account, t) for account, claim in by_account.items() for t in claim]
    kept = [(scenario, first, territory) for territory in sorted(after)]
    edit.tx.delete("account_assignment", sorted(set(rows) - set(kept)))
    edit.tx.put("account_assignment", ("scenario_id", "account_id", "territory_id"), kept)
    gone = sorted(set(rows) - set(kept))
    new = sorted(set(kept) - set(rows))
    edit.tx.log(
        [LogEntry(scenario, account_id=a, from_territory=t) for _, a, t in gone]
        + [LogEntry(scenario, account_id=a, to_territory=t) for _, a, t in new]
    )
