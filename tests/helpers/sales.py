# SPDX-License-Identifier: MIT
"""Sales written by hand as (account, day, amount)."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from app.models.days import day_number
from app.services.analysis.sales import Sales
from app.services.record_tables import TransactionTable

Sale = tuple[int, str, float]


def sales(rows: Sequence[Sale], account_count: int = 0) -> Sales:
    """These sales, of as many accounts as they name or more."""
    return Sales(
        np.array([row for row, _, _ in rows], dtype=np.int64),
        np.array([day_number(date.fromisoformat(day)) for _, day, _ in rows], dtype=np.int64),
        np.array([amount for _, _, amount in rows], dtype=np.float64),
        max([account_count, *(row + 1 for row, _, _ in rows)]),
    )


def transactions(rows: Sequence[Sale], stages: Sequence[int] | None = None) -> TransactionTable:
    """The same as transactions; all are sales where no stages are given."""
    made = sales(rows)
    count = len(rows)
    return TransactionTable(
        ids=np.arange(1, count + 1, dtype=np.int64),
        account_row=made.row,
        day=made.day.astype(np.int32),
        product_id=np.zeros(count, dtype=np.int64),
        amount=made.amount,
        quantity=np.full(count, np.nan),
        stage=np.array(stages if stages is not None else [0] * count, dtype=np.int8),
    )


def monthly(totals: Sequence[float], first: str = "2022-01") -> Sales:
    """Sales of account 0: half of each month on its first and half on its last day.

    So every month is complete.
    """
    start = np.datetime64(first, "M")
    rows: list[Sale] = []
    for place, total in enumerate(totals):
        month = start + place
        last = (month + 1).astype("datetime64[D]") - 1
        rows += [(0, f"{month}-01", total / 2), (0, str(last), total / 2)]
    return sales(rows)
