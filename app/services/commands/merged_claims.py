# SPDX-License-Identifier: MIT
"""Named assignments of accounts that become one."""

import json
from collections.abc import Sequence
from typing import cast

from app.models.errors import EditRejected
from app.models.ids import AccountId, TerritoryId
from app.models.rows import Cell
from app.services.commands.base import Edit, reject_locked
from app.services.store.transaction import LogEntry

_Place = tuple[int, int]
"""Scenario and sales force: in each of them an account is assigned by itself."""


def join_named_assignments(edit: Edit, members: Sequence[AccountId]) -> None:
    """Give the first account the assignments of all, and end those of the others.

    Where they differ, that of the first account stays; where it has none, that of the next one
    that has one.

    Raises:
        EditRejected: A locked territory would lose the customer, or locks contradict each other.
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
    _join_locks(edit, members)
    before: dict[_Place, dict[int, set[int]]] = {}
    for scenario, force, account, territory in found:
        by_account = before.setdefault((scenario, force), {})
        by_account.setdefault(account, set()).add(territory)
    for (scenario, _), by_account in before.items():
        _join(edit, members, scenario, by_account)


def _join_locks(edit: Edit, members: Sequence[AccountId]) -> None:
    """Lock the account that stays for the territory for which one of the others is locked.

    Raises:
        EditRejected: They are locked for different territories, or the one that stays is named for
            another territory than the lock.
    """
    among = "account_id IN (SELECT value FROM json_each(?))"
    locks = edit.tx.rows(
        "SELECT scenario_id, account_id, sales_force_id, territory_id FROM account_lock"  # noqa: S608 fixed words
        f" WHERE {among}",
        (json.dumps(members),),
    )
    holder_by_place: dict[tuple[Cell, Cell], Cell] = {}
    for scenario, _, force, territory in locks:
        if holder_by_place.setdefault((scenario, force), territory) != territory:
            raise EditRejected(
                "These accounts are locked for different territories.",
                meaning="Nothing was merged.",
                remedy="Unlock all but one of them.",
            )
    edit.tx.delete("account_lock", [lock[:3] for lock in locks])
    columns = ("scenario_id", "account_id", "sales_force_id", "territory_id")
    rows = [
        (scenario, members[0], force, territory)
        for (scenario, force), territory in holder_by_place.items()
    ]
    edit.tx.put("account_lock", columns, rows)


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
