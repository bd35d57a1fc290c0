# SPDX-License-Identifier: MIT
"""Balance: how each territory's share of a measure compares with its ideal."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.models.ids import MeasureId, TerritoryId
from app.models.reports import BalanceLine, BalanceReport, BalanceRow
from app.services.alignment import IN_DISPUTE, NOBODY


def totals_by_position(
    account_territory: npt.NDArray[np.int32], values: npt.NDArray[np.float64], count: int
) -> npt.NDArray[np.float64]:
    """Sum of a measure per territory, then for nobody, then in dispute.

    Args:
        account_territory: Territory position of each account, `NOBODY` or `IN_DISPUTE`.
        values: The measure per account.
        count: Number of territories.

    Returns:
        `count` + 2 sums; they add up to the sum of `values`.
    """
    slots = account_territory.copy()
    slots[account_territory == NOBODY] = count
    slots[account_territory == IN_DISPUTE] = count + 1
    return np.bincount(slots, weights=values, minlength=count + 2).astype(np.float64)


def ideals(total: float, weights: Sequence[float]) -> list[float]:
    """The ideal of each territory: the assigned total shared out by weight.

    Args:
        total: Sum of the measure over all territories (what nobody serves is not shared out).
        weights: Equal numbers for equal ideals, or the capacity hours of the reps.

    Source: facts of the field, "target t_T = w_T * sum x" with w_T = h_T / sum h.
    """
    whole = sum(weights)
    if whole <= 0:
        return [0.0 for _ in weights]
    return [total * weight / whole for weight in weights]


def deviation(value: float, ideal: float) -> float | None:
    """Signed fraction (value - ideal) / ideal; None where the ideal is 0 or negative."""
    return (value - ideal) / ideal if ideal > 0 else None


def is_within(deviation_fraction: float | None, tolerance_fraction: float) -> bool | None:
    """Whether a deviation is inside the tolerance, boundary included; None where undefined."""
    if deviation_fraction is None:
        return None
    return abs(deviation_fraction) <= tolerance_fraction


def balance_report(
    measure: MeasureId,
    territories: Sequence[TerritoryId],
    totals: npt.NDArray[np.float64],
    counts: npt.NDArray[np.float64],
    weights: Sequence[float],
    tolerance_fraction: float,
) -> BalanceReport:
    """The balance of one measure over all territories.

    Args:
        measure: Whose totals these are.
        territories: Ids in position order.
        totals: From `totals_by_position` for the measure.
        counts: From `totals_by_position` for the account count.
        weights: Per territory, see `ideals`.
        tolerance_fraction: Largest allowed absolute deviation.
    """
    count = len(territories)
    whole = float(totals.sum())
    targets = ideals(float(totals[:count].sum()), weights)
    rows = [
        _territory_row(
            territory, float(totals[i]), int(counts[i]), whole, targets[i], tolerance_fraction
        )
        for i, territory in enumerate(territories)
    ]
    rows.append(_other_row(BalanceLine.UNASSIGNED, totals[count], counts[count], whole))
    if counts[count + 1] or totals[count + 1]:
        rows.append(_other_row(BalanceLine.IN_DISPUTE, totals[count + 1], counts[count + 1], whole))
    deviations = [abs(d) for row in rows if (d := row.deviation_fraction) is not None]
    return BalanceReport(
        measure_id=measure,
        rows=tuple(rows),
        total=whole,
        tolerance_fraction=tolerance_fraction,
        max_abs_deviation=max(deviations, default=None),
        within_count=sum(1 for row in rows if row.is_within_tolerance),
        territory_count=len(deviations),
    )


def _territory_row(
    territory: TerritoryId,
    total: float,
    accounts: int,
    whole: float,
    ideal: float,
    tolerance: float,
) -> BalanceRow:
    off = deviation(total, ideal)
    return BalanceRow(
        line=BalanceLine.TERRITORY,
        territory_id=territory,
        account_count=accounts,
        total=total,
        share_fraction=total / whole if whole else None,
        ideal=ideal,
        deviation_fraction=off,
        is_within_tolerance=is_within(off, tolerance),
    )


def _other_row(line: BalanceLine, total: float, accounts: float, whole: float) -> BalanceRow:
    return BalanceRow(
        line=line,
        territory_id=None,
        account_count=int(accounts),
        total=float(total),
        share_fraction=float(total) / whole if whole else None,
        ideal=None,
        deviation_fraction=None,
        is_within_tolerance=None,
    )
