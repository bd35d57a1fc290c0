# SPDX-License-Identifier: MIT
"""What the rows of an import became, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from app.services.geography.arrays import LongArray, ObjectArray
from app.services.importing.fields import TableKind
from app.services.store.record_repository import RecordRepository
from app.services.workspace import Workspace

NO_LONGER_THERE = "no longer in the plan"

ACCOUNT_KINDS = frozenset({TableKind.ACCOUNTS, TableKind.CONTACTS, TableKind.TERRITORY_ACCOUNTS})
"""Rows of these tables became accounts or belong to them."""

_TABLE_BY_RECORD_KIND: dict[TableKind | None, str] = {
    TableKind.TRANSACTIONS: "account_transaction",
    TableKind.VISITS: "visit",
}
_RECORD_COLUMNS = ("id", "account_id")
_TERRITORY_KINDS = frozenset({TableKind.TERRITORIES, TableKind.TERRITORY_AREAS, TableKind.ROSTER})

NameTargets = Callable[[LongArray], ObjectArray]
"""Gives per row what it became, from the ids in the ledger; empty for nothing."""


@dataclass(frozen=True, slots=True)
class _Names:
    """Names by ids that ascend."""

    ids: LongArray
    names: ObjectArray

    def __call__(self, targets: LongArray) -> ObjectArray:
        """Names of the ids."""
        named = np.full(len(targets), NO_LONGER_THERE, dtype=np.object_)
        if len(self.ids):
            places = np.minimum(np.searchsorted(self.ids, targets), len(self.ids) - 1)
            is_there = self.ids[places] == targets
            named[is_there] = self.names[places[is_there]]
        named[targets == 0] = ""
        return named


def names_of_targets(workspace: Workspace, kind: TableKind | None) -> NameTargets:
    """What names the rows of a table of this kind; a worker can use it.

    Rows of transactions and visits are named by their account, those of goals by whom they are
    for, and those of areas and rosters by their territory.
    """
    if kind in ACCOUNT_KINDS:
        return _account_names(workspace)
    if kind in _TABLE_BY_RECORD_KIND:
        return _RecordNames(
            RecordRepository(workspace.document.store),
            _TABLE_BY_RECORD_KIND[kind],
            _account_names(workspace),
        )
    return _named(_name_by_id(workspace, kind))


def accounts_of_targets(
    workspace: Workspace, kind: TableKind | None, targets: LongArray
) -> LongArray:
    """Ids of the accounts that rows became or belong to; 0 where the plan has none such."""
    found = np.zeros(len(targets), dtype=np.int64)
    if kind in ACCOUNT_KINDS:
        is_there = np.isin(targets, workspace.accounts.ids)
        found[is_there] = targets[is_there]
    return found


def _name_by_id(workspace: Workspace, kind: TableKind | None) -> dict[int, str]:
    """Names of what there is not much of; none where the rows became nothing that has a name."""
    if kind in _TERRITORY_KINDS:
        return {int(territory.id): territory.name for territory in workspace.territories}
    if kind is TableKind.REPS:
        return {int(rep.id): rep.name for rep in workspace.reps}
    if kind is TableKind.PRODUCTS:
        return {product.id: product.name for product in workspace.records.products}
    return _goal_names(workspace) if kind is TableKind.GOALS else {}


@dataclass(frozen=True, slots=True)
class _RecordNames:
    """Names of the accounts of transactions or visits, read from the plan when asked."""

    records: RecordRepository
    table: str
    accounts: NameTargets

    def __call__(self, targets: LongArray) -> ObjectArray:
        """Names of the accounts."""
        ids, accounts = (
            column.astype(np.int64) for column in self.records.numbers(self.table, _RECORD_COLUMNS)
        )
        return _Names(ids, self.accounts(accounts))(targets)


def _account_names(workspace: Workspace) -> NameTargets:
    return _Names(workspace.accounts.ids, workspace.accounts.text("name"))


def _named(name_by_id: Mapping[int, str]) -> NameTargets:
    ids = np.array(sorted(name_by_id), dtype=np.int64)
    names = np.empty(len(ids), dtype=np.object_)
    names[:] = [name_by_id[number] for number in ids.tolist()]
    return _Names(ids, names)


def _goal_names(workspace: Workspace) -> dict[int, str]:
    rep_names = {rep.id: rep.name for rep in workspace.reps}
    territory_names = {territory.id: territory.name for territory in workspace.territories}
    found: dict[int, str] = {}
    for goal in workspace.records.goals:
        if goal.rep_id is not None:
            found[goal.id] = rep_names.get(goal.rep_id, NO_LONGER_THERE)
        elif goal.territory_id is not None:
            found[goal.id] = territory_names.get(goal.territory_id, NO_LONGER_THERE)
        else:
            found[goal.id] = "The company"
    return found
