# SPDX-License-Identifier: MIT
"""What the search for duplicates and a merge need to know of an open plan."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app.models.ids import AccountId
from app.models.measure import ACCOUNT_COUNT
from app.services.duplicates.columns import AccountColumns
from app.services.duplicates.merging import MergeFacts
from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MovingRecords:
    """What would move to the account that stays.

    Attributes:
        transactions, visits: How many each account has, in the order asked for.
        territories: Per account the territories to which it is assigned by name.
    """

    transactions: tuple[int, ...]
    visits: tuple[int, ...]
    territories: tuple[tuple[str, ...], ...]


def duplicate_columns(workspace: Workspace) -> AccountColumns:
    """A frozen copy of all accounts for the search; its text columns are read where they lack."""
    accounts = workspace.accounts
    return AccountColumns.of(
        accounts.ids, accounts.text, accounts.lon, accounts.lat, separate_pairs(workspace)
    )


def separate_pairs(workspace: Workspace) -> frozenset[tuple[int, int]]:
    """Pairs of accounts that the user said are different, the smaller id first."""
    rows = workspace.document.store.rows("SELECT account_id, other_id FROM separate_accounts")
    return frozenset((int(first or 0), int(second or 0)) for first, second in rows)


def moving_records(workspace: Workspace, members: Sequence[AccountId]) -> MovingRecords:
    """What belongs to each of some accounts."""
    owned = [workspace.holdings.ownership(account) for account in members]
    return MovingRecords(
        _counts(workspace, "account_transaction", members),
        _counts(workspace, "visit", members),
        tuple(
            tuple(workspace.territory(t).name for t in found.territory_ids)
            if found.is_by_name
            else ()
            for found in owned
        ),
    )


def merge_facts(
    workspace: Workspace, members: Sequence[AccountId], moving: MovingRecords
) -> MergeFacts | None:
    """The accounts side by side, or None where the plan no longer has one of them."""
    accounts = tuple(found for m in members if (found := workspace.records.account(m)) is not None)
    if len(accounts) < max(2, len(members)):
        return None
    rows = workspace.accounts.rows_of(members)
    measures = tuple(
        m
        for m in workspace.measures
        if m.id != ACCOUNT_COUNT and m.level is None and not m.is_computed
    )
    by_id = {m.id: workspace.accounts.measure(m.id)[rows].tolist() for m in measures}
    activity = tuple(map(sum, zip(moving.transactions, moving.visits, strict=True)))
    return MergeFacts(accounts, activity, measures, by_id)


def _counts(workspace: Workspace, table: str, members: Sequence[AccountId]) -> tuple[int, ...]:
    rows = workspace.document.store.rows(
        f"SELECT account_id, count(*) FROM {table} "  # noqa: S608 names of this module
        "WHERE account_id IN (SELECT value FROM json_each(?)) GROUP BY account_id",
        (json.dumps(members),),
    )
    count_by_id = {int(account or 0): int(count or 0) for account, count in rows}
    return tuple(count_by_id.get(account, 0) for account in members)
