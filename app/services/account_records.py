# SPDX-License-Identifier: MIT
"""What the plan knows about one account beside its fields: its last import, sales and visits."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.ids import AccountId
from app.services.importing.outcomes import RowOutcomes
from app.services.workspace import Workspace

_KINDS = ("accounts", "contacts")
"""Imports whose rows become accounts, as the ledger names them."""

_NOT_FOUND, _NOT_LOOKED_UP = -1, -2


@dataclass(frozen=True, slots=True)
class AccountOrigin:
    """The newest import that had the account.

    Attributes:
        file_name: Without its folder.
        at_utc: When it was imported, ISO 8601.
    """

    file_name: str
    at_utc: str


@dataclass(frozen=True, slots=True)
class AccountActivity:
    """What happened at an account.

    Attributes:
        transactions, visits: How many.
        last_transaction, last_visit: Days since 1970-01-01, None where there is none.
    """

    transactions: int = 0
    last_transaction: int | None = None
    visits: int = 0
    last_visit: int | None = None


class AccountRecords:
    """Answers about one account at a time, read when first asked for.

    Which import had which account is unpacked from the newest import backwards, and only as far
    as a question needs. Everything is forgotten when accounts or records change.

    Args:
        workspace: The open plan.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._revision = -1
        self._imports: list[tuple[int, AccountOrigin]] = []
        self._looked_at = 0
        self._origin_by_row: npt.NDArray[np.int32] = np.empty(0, dtype=np.int32)
        self._activity: dict[AccountId, AccountActivity] = {}

    def origin(self, account: AccountId) -> AccountOrigin | None:
        """The newest import that had the account; None where none had, or it was not kept."""
        self._forget_if_changed()
        row = self._workspace.accounts.row_of(account)
        if row < 0:
            return None
        while self._origin_by_row[row] == _NOT_LOOKED_UP and self._looked_at < len(self._imports):
            self._look_at_next()
        found = int(self._origin_by_row[row])
        return self._imports[found][1] if found >= 0 else None

    def activity(self, account: AccountId) -> AccountActivity:
        """How often something was sold to the account, and how often it was visited."""
        self._forget_if_changed()
        if account not in self._activity:
            sold, last_sold = self._count("account_transaction", account)
            seen, last_seen = self._count("visit", account)
            self._activity[account] = AccountActivity(sold, last_sold, seen, last_seen)
        return self._activity[account]

    def _forget_if_changed(self) -> None:
        workspace = self._workspace
        if self._revision == workspace.records_revision:
            return
        self._revision = workspace.records_revision
        rows = workspace.document.store.rows(
            "SELECT id, file_name, at_utc FROM import_ledger"
            " WHERE kind IN (?, ?) AND outcomes <> '' ORDER BY id DESC",
            _KINDS,
        )
        self._imports = [(int(i or 0), AccountOrigin(str(n), str(at))) for i, n, at in rows]
        self._looked_at = 0
        self._origin_by_row = np.full(len(workspace.accounts), _NOT_LOOKED_UP, dtype=np.int32)
        self._activity = {}

    def _look_at_next(self) -> None:
        """Note for every account that is still open whether the next older import had it."""
        at, self._looked_at = self._looked_at, self._looked_at + 1
        rows = self._workspace.document.store.rows(
            "SELECT outcomes FROM import_ledger WHERE id = ?", (self._imports[at][0],)
        )
        outcomes = RowOutcomes.unpack(str(rows[0][0])) if rows else None
        if outcomes is not None:
            ids = self._workspace.accounts.ids
            had = np.zeros(len(ids), dtype=np.bool_)
            places = np.searchsorted(ids, outcomes.targets)
            places[places == len(ids)] = 0
            had[places[ids[places] == outcomes.targets]] = True
            self._origin_by_row[had & (self._origin_by_row == _NOT_LOOKED_UP)] = at
        if self._looked_at == len(self._imports):
            self._origin_by_row[self._origin_by_row == _NOT_LOOKED_UP] = _NOT_FOUND

    def _count(self, table: str, account: AccountId) -> tuple[int, int | None]:
        rows = self._workspace.document.store.rows(
            f"SELECT count(*), max(day) FROM {table} WHERE account_id = ?",  # noqa: S608 our names
            (account,),
        )
        amount, last = rows[0]
        return int(amount or 0), None if last is None else int(last)
