# SPDX-License-Identifier: MIT
"""What a plan file holds about its accounts beyond their columns, read when it is asked for."""

from collections.abc import Callable

from app.models.account import Account
from app.models.ids import AccountId, RepId
from app.models.product import Goal, Product
from app.services.account_table import AccountTable
from app.services.record_tables import (
    TransactionTable,
    VisitTable,
    load_transactions,
    load_visits,
)
from app.services.store.record_repository import RecordRepository
from app.services.store.repositories import AccountRepository
from app.services.store.store import Store


class PlanRecords:
    """Single accounts, transactions, visits, products, goals, and what owner values mean.

    Args:
        store: The plan file.
        accounts: Gives the account table of now, by whose rows tables of records are ordered.
    """

    def __init__(self, store: Store, accounts: Callable[[], AccountTable]) -> None:
        self._accounts = accounts
        self._account_repository = AccountRepository(store)
        self._records = RecordRepository(store)
        self._transactions: TransactionTable | None = None
        self._visits: VisitTable | None = None

    def forget(self) -> None:
        """Read tables of records again when they are next asked for."""
        self._transactions = self._visits = None

    def account(self, account: AccountId) -> Account | None:
        """One account with all its fields, or None."""
        return self._account_repository.account(account)

    def corrections_of(self, account: AccountId) -> dict[str, str]:
        """Field -> what the file had said, for the fields that the user corrected."""
        return self._account_repository.corrections(account)

    @property
    def transactions(self) -> TransactionTable:
        """All transactions; kept until they change."""
        if self._transactions is None:
            self._transactions = load_transactions(self._records, self._accounts())
        return self._transactions

    @property
    def transaction_count(self) -> int:
        """Number of transactions, without reading them."""
        return self._records.count("account_transaction")

    @property
    def visit_count(self) -> int:
        """Number of visits, without reading them."""
        return self._records.count("visit")

    @property
    def visits(self) -> VisitTable:
        """All visits; kept until they change."""
        if self._visits is None:
            self._visits = load_visits(self._records, self._accounts())
        return self._visits

    @property
    def products(self) -> tuple[Product, ...]:
        """All products."""
        return self._records.products()

    @property
    def goals(self) -> tuple[Goal, ...]:
        """All goals and quotas."""
        return self._records.goals()

    @property
    def owner_aliases(self) -> dict[str, RepId]:
        """The rep whom the user says an owner value means, by the value in its plain form."""
        return self._records.owner_aliases()
