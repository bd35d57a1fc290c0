# SPDX-License-Identifier: MIT
"""What the transactions say about each account: what it buys, how much, and when last."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.models.days import date_of, day_number
from app.models.product import Product
from app.services.record_tables import SALE, TransactionTable
from app.services.rules.columns import Coded, FloatArray, IntArray, plain

LongArray = npt.NDArray[np.int64]
_WORD = 62
"""So many product lines are told apart by the bits of one number."""


class SalesFacts:
    """Transactions summed per account.

    Args:
        transactions: All of the plan.
        products: All of the plan.
        account_count: Number of accounts.
    """

    def __init__(
        self, transactions: TransactionTable, products: Sequence[Product], account_count: int
    ) -> None:
        self._table = transactions
        self._count = account_count
        self.lines = tuple(sorted({line for p in products if (line := " ".join(p.line.split()))}))
        """Product lines as they are written."""
        self.spelling = {plain(line): line for line in reversed(self.lines)}
        """One way to write each line, by its plain form."""
        forms = list(dict.fromkeys(map(plain, self.lines)))
        number = {form: at for at, form in enumerate(forms)}
        self._line_forms = forms
        line_by_product = {p.id: number.get(plain(p.line), -1) for p in products}
        ids = np.array(sorted(line_by_product), dtype=np.int64)
        self._line = _looked_up(transactions.product_id, ids, line_by_product)

    def last_order(self) -> FloatArray:
        """Day of the last sale, nan where there is none."""
        sold = self._table.stage == SALE
        last = np.full(self._count, -np.inf)
        np.maximum.at(last, self._table.account_row[sold], self._table.day[sold])
        last[np.isinf(last)] = np.nan
        return last

    def revenue(self, first: int, last: int) -> FloatArray:
        """Sum of the sales from one day to another, both included; 0 where there are none."""
        counted = self._sales_between(first, last)
        return self._sums(counted, self._table.amount[counted])

    def order_lines(self, first: int, last: int) -> FloatArray:
        """Number of sales from one day to another, both included."""
        counted = self._sales_between(first, last)
        return self._sums(counted, np.ones(int(counted.sum())))

    def years(self) -> tuple[int, ...]:
        """The calendar years with sales, the latest first."""
        days = self._table.day[self._table.is_sale]
        if not len(days):
            return ()
        first, last = date_of(int(days.min())).year, date_of(int(days.max())).year
        return tuple(range(last, first - 1, -1))

    def lines_bought(self) -> Coded[frozenset[str]]:
        """Product lines of which an account has bought something."""
        codes = np.zeros(self._count, dtype=np.int64)
        sets: list[frozenset[str]] = [frozenset()]
        bought = (self._table.stage == SALE) & (self._line >= 0)
        rows, lines = self._table.account_row[bought], self._line[bought]
        for start in range(0, len(self._line_forms), _WORD):
            here = (lines >= start) & (lines < start + _WORD)
            bits = np.zeros(self._count, dtype=np.int64)
            np.bitwise_or.at(bits, rows[here], np.int64(1) << (lines[here] - start))
            kinds, of_account = np.unique(bits, return_inverse=True)
            pairs, codes = np.unique(codes * len(kinds) + of_account, return_inverse=True)
            masks = [int(kinds[pair % len(kinds)]) for pair in pairs.tolist()]
            sets = [
                sets[pair // len(kinds)] | self._forms_of(mask, start)
                for pair, mask in zip(pairs.tolist(), masks, strict=True)
            ]
        return Coded(codes.astype(np.int32), sets)

    def main_line(self) -> Coded[str]:
        """The product line with the most revenue per account, of equals the first by name.

        Empty where an account has bought nothing of any line.
        """
        counted = self._table.is_sale & (self._line >= 0)
        count = max(1, len(self._line_forms))
        keys = self._table.account_row[counted] * count + self._line[counted]
        pairs, of_sale = np.unique(keys, return_inverse=True)
        sums = np.bincount(of_sale, weights=self._table.amount[counted], minlength=len(pairs))
        rows = pairs // count
        order = np.lexsort((pairs, -sums, rows))
        is_first = np.diff(rows[order], prepend=-1) > 0
        best = pairs[order[is_first]]
        codes = np.zeros(self._count, dtype=np.int32)
        codes[best // count] = best % count + 1
        return Coded(codes, ["", *self._line_forms])

    def _sales_between(self, first: int, last: int) -> npt.NDArray[np.bool_]:
        return self._table.is_sale & (self._table.day >= first) & (self._table.day <= last)

    def _sums(self, counted: npt.NDArray[np.bool_], values: FloatArray) -> FloatArray:
        return self._sums_of(self._table.account_row[counted], values)

    def _sums_of(self, rows: LongArray, values: FloatArray) -> FloatArray:
        sums = np.bincount(rows, weights=values, minlength=self._count)
        return sums.astype(np.float64)

    def _forms_of(self, mask: int, start: int) -> frozenset[str]:
        forms = self._line_forms[start : start + _WORD]
        return frozenset(form for at, form in enumerate(forms) if mask >> at & 1)


def year_days(year: int) -> tuple[int, int]:
    """First and last day of a calendar year, counted from 1970-01-01."""
    from_day = day_number(date_of(0).replace(year=year))
    return from_day, day_number(date_of(0).replace(year=year + 1)) - 1


def _looked_up(products: LongArray, known: LongArray, line_by_product: dict[int, int]) -> IntArray:
    """Per transaction the number of its product line, -1 where there is none."""
    if not len(known):
        return np.full(len(products), -1, dtype=np.int32)
    lines = np.array([line_by_product[int(each)] for each in known], dtype=np.int32)
    at = np.minimum(np.searchsorted(known, products), len(known) - 1)
    return np.where(known[at] == products, lines[at], np.int32(-1))
