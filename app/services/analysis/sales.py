# SPDX-License-Identifier: MIT
"""Revenue as columns, and the periods that it is compared over."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from app.models.days import date_of, day_number
from app.services.geography.arrays import FloatArray, LongArray
from app.services.record_tables import TransactionTable


def years_earlier(day: date, years: int = 1) -> date:
    """The same day some years before; the end of a month stays the end of a month."""
    last = calendar.monthrange(day.year, day.month)[1]
    last_then = calendar.monthrange(day.year - years, day.month)[1]
    wanted = last_then if day.day == last else min(day.day, last_then)
    return date(day.year - years, day.month, wanted)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included."""

    first: date
    last: date


def trailing_year(as_of: date, years_back: int = 0) -> Period:
    """The twelve months that end on a day, or on the same day some years before."""
    last = years_earlier(as_of, years_back) if years_back else as_of
    return Period(years_earlier(as_of, years_back + 1) + timedelta(days=1), last)


def summed(places: LongArray, amounts: FloatArray, size: int) -> FloatArray:
    """The sum of the amounts at each place."""
    return np.bincount(places, weights=amounts, minlength=size).astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True)
class Sales:
    """All revenue of a plan, one entry per sale, credit notes negative.

    Attributes:
        row: Position of the account.
        day: Days since 1970-01-01.
        amount: Net, in the plan's currency.
        account_count: Accounts in the plan, with sales or without.
        later_count: Sales dated after today, which are left out.
    """

    row: LongArray
    day: LongArray
    amount: FloatArray
    account_count: int
    later_count: int = 0

    def __len__(self) -> int:
        """Number of sales."""
        return len(self.row)

    @property
    def first_date(self) -> date:
        """Day of the first sale; there must be one."""
        return date_of(int(self.day.min()))

    @property
    def as_of(self) -> date:
        """Day of the last sale, up to which all figures go; there must be one."""
        return date_of(int(self.day.max()))

    def by_account(self, period: Period) -> FloatArray:
        """Revenue of every account within a period."""
        first, last = day_number(period.first), day_number(period.last)
        inside = (self.day >= first) & (self.day <= last)
        return self._summed(inside)

    def by_account_before(self, day: date) -> FloatArray:
        """Revenue of every account before a day."""
        return self._summed(self.day < day_number(day))

    def _summed(self, inside: np.ndarray) -> FloatArray:
        rows, amounts = self.row[inside], self.amount[inside]
        return summed(rows, amounts, self.account_count)


def sales_of(transactions: TransactionTable, account_count: int, today: date) -> Sales:
    """The sales among the transactions; open and lost deals are no revenue.

    Args:
        transactions: All transactions.
        account_count: Accounts in the plan.
        today: Later sales are left out, as one wrong year would move every period.
    """
    is_sale = transactions.is_sale & (transactions.account_row < account_count)
    is_later = is_sale & (transactions.day > day_number(today))
    taken = np.flatnonzero(is_sale & ~is_later)
    return Sales(
        transactions.account_row[taken].astype(np.int64, copy=False),
        transactions.day[taken].astype(np.int64),
        transactions.amount[taken],
        account_count,
        int(is_later.sum()),
    )


def sales_of_a_year(sales: Sales) -> FloatArray:
    """Per account the sales of the twelve months up to the last one."""
    if not len(sales):
        return np.zeros(sales.account_count)
    return sales.by_account(trailing_year(sales.as_of))
