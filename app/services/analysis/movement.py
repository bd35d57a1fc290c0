# SPDX-License-Identifier: MIT
"""Which accounts are new, came back, buy less or stopped buying, and what that did to revenue."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

import numpy as np

from app.services.analysis.months import reaches_back, too_short
from app.services.analysis.sales import Period, Sales, trailing_year
from app.services.geography.arrays import BoolArray, FloatArray, LongArray

DECLINE = 0.20
"""An account declines when its revenue falls by more than this, and the fall is material."""

MATERIAL = 0.10
"""A fall is material from this fraction of the mean revenue of an account that bought before."""


class Standing(IntEnum):
    """What became of an account from one year to the next."""

    INACTIVE = 0
    """No revenue in either year."""
    STEADY = 1
    """Bought in both years and is not declining."""
    DECLINING = 2
    LOST = 3
    """Bought in the year before, nothing in the last."""
    NEW = 4
    """First revenue ever in the last year, none in the two years before it."""
    WON_BACK = 5
    """Earlier revenue, but none in the two years before the last."""
    RESUMED = 6
    """Bought in the last year and two years before it, but not in the year between."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """How revenue got from the year before to the last; the parts add up to the difference.

    Attributes:
        credit_notes: Change of what accounts have below zero, which no other part holds.
    """

    before: float
    churn: float
    contraction: float
    expansion: float
    new: float
    won_back: float
    resumed: float
    credit_notes: float
    now: float


@dataclass(frozen=True, slots=True)
class MovementReport:
    """Every account in exactly one standing.

    Attributes:
        standing: `Standing` per account.
        now, before: Revenue per account in the last twelve months and in the twelve before.
        period, period_before: Those months.
        look_back: The 24 months before the last twelve.
        first_date: Day of the first sale.
        new_reason: Why new accounts can only be called "first seen"; empty where the sales reach
            back two years before the last twelve months.
        decline_reason: Why nobody is called declining; empty where the sales cover both years.
    """

    standing: LongArray
    now: FloatArray
    before: FloatArray
    period: Period
    period_before: Period
    look_back: Period
    first_date: date
    bridge: Bridge
    new_reason: str
    decline_reason: str

    def rows(self, wanted: Standing) -> LongArray:
        """Positions of the accounts of a standing, largest amount at stake first."""
        rows = np.flatnonzero(self.standing == wanted)
        at_stake = np.abs(self.now[rows] - self.before[rows])
        return rows[np.argsort(-at_stake, kind="stable")]


def movement(sales: Sales) -> MovementReport | None:
    """Compare the twelve months up to the last sale with the twelve before; None without sales.

    Revenue of an account in a period counts as such when it is above zero after credit notes.

    Source: the written definitions "customer acquisition" (look-back of 24 months), "revenue
    bridge"; what declines is ours.
    """
    if not len(sales):
        return None
    period, before = trailing_year(sales.as_of), trailing_year(sales.as_of, 1)
    look_back = Period(trailing_year(sales.as_of, 2).first, period.first - timedelta(days=1))
    r1, r0 = _in_cents(sales.by_account(period)), _in_cents(sales.by_account(before))
    looked_back = (_in_cents(sales.by_account(look_back)) > 0) | (r0 > 0)
    earlier = _in_cents(sales.by_account_before(look_back.first)) > 0
    standing = _standings(r0, r1, looked_back, earlier)
    covers_both = reaches_back(sales, before.first)
    if covers_both:
        standing[_is_declining(r0, r1)] = Standing.DECLINING
    return MovementReport(
        standing=standing,
        now=r1,
        before=r0,
        period=period,
        period_before=before,
        look_back=look_back,
        first_date=sales.first_date,
        bridge=bridge(r0, r1, standing),
        new_reason=""
        if reaches_back(sales, look_back.first)
        else too_short(sales, look_back.first),
        decline_reason="" if covers_both else too_short(sales, before.first),
    )


def bridge(before: FloatArray, now: FloatArray, standing: LongArray) -> Bridge:
    """The parts of the change of revenue.

    Args:
        before, now: Revenue per account.
        standing: `Standing` per account.
    """
    r0, r1 = np.maximum(before, 0), np.maximum(now, 0)
    change = r1 - r0
    is_kept = (r0 > 0) & (r1 > 0)
    below_zero = np.minimum(now, 0).sum() - np.minimum(before, 0).sum()

    def came(kind: Standing) -> float:
        return float(r1[(r0 <= 0) & (standing == kind)].sum())

    return Bridge(
        before=float(before.sum()),
        churn=float(r0[(r0 > 0) & (r1 <= 0)].sum()),
        contraction=float(-change[is_kept & (change < 0)].sum()),
        expansion=float(change[is_kept & (change > 0)].sum()),
        new=came(Standing.NEW),
        won_back=came(Standing.WON_BACK),
        resumed=came(Standing.RESUMED),
        credit_notes=float(below_zero),
        now=float(now.sum()),
    )


def _standings(
    r0: FloatArray, r1: FloatArray, looked_back: BoolArray, earlier: BoolArray
) -> LongArray:
    buys, bought = r1 > 0, r0 > 0
    return np.select(
        [
            buys & bought,
            bought,
            buys & looked_back,
            buys & earlier,
            buys,
        ],
        [Standing.STEADY, Standing.LOST, Standing.RESUMED, Standing.WON_BACK, Standing.NEW],
        Standing.INACTIVE,
    ).astype(np.int64)


def _is_declining(r0: FloatArray, r1: FloatArray) -> BoolArray:
    both = (r0 > 0) & (r1 > 0)
    if not both.any():
        return both
    fall = r0 - r1
    material = MATERIAL * float(r0[r0 > 0].mean())
    return both & (fall > DECLINE * r0) & (fall >= material)


def _in_cents(revenue: FloatArray) -> FloatArray:
    """Less than half a cent is nothing: it comes from adding up, not from a sale."""
    return np.where(np.abs(revenue) < 0.005, 0.0, revenue)
