# SPDX-License-Identifier: MIT
"""Transactions and visits of a plan as columns, for calculations over all of them at once."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.services.account_table import AccountTable
from app.services.store.record_repository import RecordRepository

FloatArray = npt.NDArray[np.float64]
LongArray = npt.NDArray[np.int64]

STAGES = ("sale", "open", "lost")
"""Stages of a transaction; columns hold positions in this tuple."""

SALE, OPEN, LOST = range(3)


@dataclass(slots=True)
class TransactionTable:
    """All transactions, one entry each, in the order of their ids.

    Attributes:
        account_row: Position of the account in `AccountTable`.
        day: Days since 1970-01-01.
        product_id: 0 where no product is named.
        amount: Net, in the plan's currency; nan where only the order's lines have one.
        quantity: nan where none is given.
        stage: Position in `STAGES`.
    """

    ids: LongArray
    account_row: LongArray
    day: npt.NDArray[np.int32]
    product_id: LongArray
    amount: FloatArray
    quantity: FloatArray
    stage: npt.NDArray[np.int8]
    repository: RecordRepository | None = None
    _owners: npt.NDArray[np.object_] | None = field(default=None, repr=False)

    def __len__(self) -> int:
        """Number of transactions."""
        return len(self.ids)

    def of_accounts(self, rows: LongArray, count: int) -> "TransactionTable":
        """The transactions of some accounts, whose rows are counted anew from 0.

        Args:
            rows: Of the accounts, ascending.
            count: How many accounts there are.
        """
        place = np.full(count, -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        account_row = place[self.account_row]
        kept = account_row >= 0
        return TransactionTable(
            ids=self.ids[kept],
            account_row=account_row[kept],
            day=self.day[kept],
            product_id=self.product_id[kept],
            amount=self.amount[kept],
            quantity=self.quantity[kept],
            stage=self.stage[kept],
            _owners=self.owners()[kept],
        )

    @property
    def is_sale(self) -> npt.NDArray[np.bool_]:
        """Per transaction, whether it is revenue: a sale with an amount."""
        return (self.stage == SALE) & ~np.isnan(self.amount)

    def owners(self) -> npt.NDArray[np.object_]:
        """Who sold each, as imported; read when first asked for."""
        if self._owners is None:
            self._owners = (
                np.full(len(self.ids), "", dtype=np.object_)
                if self.repository is None
                else self.repository.texts("account_transaction", "owner")
            )
        return self._owners


@dataclass(slots=True)
class VisitTable:
    """All visits, one entry each, in the order of their ids.

    Attributes:
        account_row: Position of the account in `AccountTable`.
        day: Days since 1970-01-01.
        hours: nan where it is not known how long it took.
    """

    ids: LongArray
    account_row: LongArray
    day: npt.NDArray[np.int32]
    hours: FloatArray

    def __len__(self) -> int:
        """Number of visits."""
        return len(self.ids)


def load_transactions(repository: RecordRepository, accounts: AccountTable) -> TransactionTable:
    """Read the transactions of a plan."""
    ids, account, day, product, amount, quantity, stage = repository.numbers(
        "account_transaction",
        (
            *("id", "account_id", "day", "product_id", "amount", "quantity"),
            "CASE stage WHEN 'sale' THEN 0 WHEN 'open' THEN 1 ELSE 2 END",
        ),
    )
    return TransactionTable(
        ids=ids.astype(np.int64),
        account_row=np.searchsorted(accounts.ids, account.astype(np.int64)),
        day=day.astype(np.int32),
        product_id=np.nan_to_num(product).astype(np.int64),
        amount=amount,
        quantity=quantity,
        stage=stage.astype(np.int8),
        repository=repository,
    )


def load_visits(repository: RecordRepository, accounts: AccountTable) -> VisitTable:
    """Read the visits of a plan."""
    ids, account, day, hours = repository.numbers("visit", ("id", "account_id", "day", "hours"))
    return VisitTable(
        ids=ids.astype(np.int64),
        account_row=np.searchsorted(accounts.ids, account.astype(np.int64)),
        day=day.astype(np.int32),
        hours=hours,
    )
