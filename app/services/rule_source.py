# SPDX-License-Identifier: MIT
"""The facts that rules ask for, of one open plan: made anew only when they may be others."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from app.models.rep import Rep
from app.services.account_table import AccountTable
from app.services.geography.geography import Geography
from app.services.plan_records import PlanRecords
from app.services.roster import Today
from app.services.rules.account_facts import AccountFacts, Sources


class RuleSource:
    """Keeps the facts until accounts, areas, sales, homes of reps or the day are others.

    Args:
        accounts: Gives the account table of now.
        geography: Gives the areas of now.
        records: Transactions and products.
        reps: Gives the reps of now.
        today: What day it is.
    """

    def __init__(
        self,
        accounts: Callable[[], AccountTable],
        geography: Callable[[], Geography],
        records: PlanRecords,
        reps: Callable[[], Sequence[Rep]],
        today: Today,
    ) -> None:
        self._accounts = accounts
        self._geography = geography
        self._records = records
        self._reps = reps
        self._today = today
        self.epoch = 0
        """Another number whenever the answers may be others for accounts that were not edited."""
        self._kept: tuple[AccountTable, Geography, date, object, AccountFacts] | None = None

    def forget(self) -> None:
        """Make the facts anew when they are next asked for: sales or measures are others."""
        self._kept = None
        self.epoch += 1

    def of_rows(self, rows: npt.NDArray[np.int64]) -> AccountFacts:
        """The same facts of some accounts, made without a look at the others.

        Args:
            rows: Ascending.
        """
        accounts = self._accounts()
        sources = Sources(
            transactions=lambda: self._records.transactions.of_accounts(rows, len(accounts)),
            products=lambda: self._records.products,
            reps=self._reps,
        )
        return AccountFacts(accounts.of_rows(rows), self._geography(), sources, self._today())

    @property
    def facts(self) -> AccountFacts:
        """What rules may ask; the same object as long as the answers are the same."""
        accounts, geography, today = self._accounts(), self._geography(), self._today()
        # Rules ask nothing of reps but where they start from.
        bases = {rep.id: rep.base for rep in self._reps()}
        kept = self._kept
        if (
            kept is None
            or kept[0] is not accounts
            or kept[1] is not geography
            or kept[2:4] != (today, bases)
        ):
            sources = Sources(
                transactions=lambda: self._records.transactions,
                products=lambda: self._records.products,
                reps=self._reps,
            )
            made = AccountFacts(accounts, geography, sources, today)
            if kept is None or kept[1] is not geography or kept[2:4] != (today, bases):
                self.epoch += 1
            kept = self._kept = accounts, geography, today, bases, made
        return kept[4]
