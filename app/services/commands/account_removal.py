# SPDX-License-Identifier: MIT
"""Taking accounts out of the plan with everything that refers to them."""

import json
from collections.abc import Sequence
from typing import cast

from app.models.errors import EditRejected
from app.models.ids import TerritoryId
from app.models.rows import Cell
from app.services.commands.base import Edit, reject_locked
from app.services.store.transaction import LogEntry, Transaction

_AMONG = "IN (SELECT value FROM json_each(?))"
"""One parameter however many ids: tables without an index on the account are read only once."""


def remove_accounts(edit: Edit, ids: Sequence[int]) -> None:
    """Delete accounts with their measures, transactions, visits, named assignments and decisions.

    Ids that the plan does not have are passed over. The caller's `Changes` says `all_accounts`.

    Raises:
        EditRejected: One of them is locked, or a locked territory, in any scenario, would lose an
            account by name.
    """
    wanted = json.dumps(sorted({int(id_) for id_ in ids}))
    _reject_locked(edit.tx, wanted)
    _end_named_assignments(edit, wanted)
    tx = edit.tx
    for table in ("account_transaction", "visit"):
        rows = f"SELECT id FROM {table} WHERE account_id {_AMONG}"  # noqa: S608 names from the line above
        tx.delete(table, _rows(tx, rows, wanted))
    tx.delete("account_measure", _rows(tx, _MEASURES, wanted))
    tx.delete("account_alias", _rows(tx, _ALIASES, wanted))
    tx.delete("account_correction", _rows(tx, _CORRECTIONS, wanted))
    tx.delete("separate_accounts", _rows(tx, _SEPARATE, wanted, wanted))
    tx.delete("apart_accounts", _rows(tx, _APART, wanted, wanted))
    tx.delete("account", [(id_,) for id_ in cast("list[int]", json.loads(wanted))])


# The key of account_measure begins with the measure, so each measure is searched by itself; the
# cross joins keep the planner from reading the whole table instead.
_MEASURES = (
    "SELECT measure.id, account_measure.account_id FROM measure CROSS JOIN json_each(?) AS wanted "
    "CROSS JOIN account_measure ON account_measure.measure_id = measure.id "
    "AND account_measure.account_id = wanted.value"
)
_ALIASES = f"SELECT external_id FROM account_alias WHERE account_id {_AMONG}"  # noqa: S608 fixed words
_CORRECTIONS = f"SELECT account_id, field FROM account_correction WHERE account_id {_AMONG}"  # noqa: S608 fixed words
_SEPARATE = (
    f"SELECT account_id, other_id FROM separate_accounts "  # noqa: S608 fixed words
    f"WHERE account_id {_AMONG} OR other_id {_AMONG}"
)
_APART = (
    f"SELECT account_id, other_id FROM apart_accounts "  # noqa: S608 fixed words
    f"WHERE account_id {_AMONG} OR other_id {_AMONG}"
)
_LOCKED = (
    "SELECT account.name FROM account_lock JOIN account ON account.id = account_lock.account_id "  # noqa: S608 fixed words
    f"WHERE account_lock.account_id {_AMONG} ORDER BY account.id"
)
_NAMED = (
    "SELECT scenario_id, account_id, territory_id FROM account_assignment "  # noqa: S608 fixed words
    f"WHERE account_id {_AMONG} ORDER BY scenario_id, account_id, territory_id"
)


def _reject_locked(tx: Transaction, wanted: str) -> None:
    locked = _rows(tx, _LOCKED, wanted)
    if not locked:
        return
    others = f" and {len(locked) - 1:,} more are" if len(locked) > 1 else " is"
    raise EditRejected(
        f"{locked[0][0]}{others} locked.",
        meaning="Nothing was changed.",
        remedy="Unlock the accounts before they are removed.",
    )


def _end_named_assignments(edit: Edit, wanted: str) -> None:
    named = cast("list[tuple[int, int, int]]", _rows(edit.tx, _NAMED, wanted))
    reject_locked(edit, {TerritoryId(territory) for _, _, territory in named})
    edit.tx.delete("account_assignment", named)
    edit.tx.log(
        [
            LogEntry(scenario_id=scenario, account_id=account, from_territory=territory)
            for scenario, account, territory in named
        ]
    )


def _rows(tx: Transaction, sql: str, *parameters: str) -> list[tuple[Cell, ...]]:
    return tx.rows(sql, parameters)
