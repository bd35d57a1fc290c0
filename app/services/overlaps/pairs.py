# SPDX-License-Identifier: MIT
"""Pairs of territories that claim the same accounts or the same land."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import numpy.typing as npt

from app.models.ids import TerritoryId
from app.models.overlaps import OverlapPair, OverlapTotals, PairReport
from app.services.overlaps.claim_sets import NOBODY_SET, Disputes
from app.services.overlaps.ground import ClaimedLand

FloatArray = npt.NDArray[np.float64]

SLIVER_FRACTION, SLIVER_KM2 = 0.001, 0.01
"""Land that two territories share counts as a sliver, and as nothing, below both: this fraction of
the smaller one, and this size. Source: the written definition "overlap"."""


@dataclass(slots=True)
class _Pair:
    account_count: int = 0
    values: list[float] = field(default_factory=list[float])
    km2: float = 0.0


@dataclass(frozen=True, eq=False)
class DisputedValues:
    """What the accounts of a plan are worth, by several measures.

    Attributes:
        disputes: The accounts in dispute.
        is_assigned: Per account whether one or more territories claim it.
        values: Per measure its value of every account.
    """

    disputes: Disputes
    is_assigned: npt.NDArray[np.bool_]
    values: Sequence[FloatArray]


def pair_report(
    territories: Sequence[TerritoryId],
    sets: Sequence[frozenset[int]],
    accounts: DisputedValues,
    land: ClaimedLand | None = None,
) -> PairReport:
    """Every pair of territories that overlap.

    An account or a piece of land that three territories claim is in each of their three pairs, and
    in the totals once.

    Args:
        territories: Ids in position order.
        sets: Positions of the claimants by set number.
        accounts: The accounts in dispute and their worth.
        land: Claimed land; None where it was not measured.
    """
    found: dict[tuple[int, int], _Pair] = {}
    disputes, measures = accounts.disputes, accounts.values
    counts = np.bincount(disputes.sets, minlength=len(sets))
    sums = [
        np.bincount(disputes.sets, weights=values[disputes.rows], minlength=len(sets))
        for values in measures
    ]
    for number in np.flatnonzero(counts).tolist():
        for pair in combinations(sorted(sets[number]), 2):
            each = found.setdefault(pair, _Pair(values=[0.0] * len(measures)))
            each.account_count += int(counts[number])
            each.values = [
                before + float(of_set[number])
                for before, of_set in zip(each.values, sums, strict=True)
            ]
    pieces = land.pieces if land else dict[frozenset[int], float]()
    for claimants, km2 in pieces.items():
        for pair in combinations(sorted(claimants), 2):
            found.setdefault(pair, _Pair(values=[0.0] * len(measures))).km2 += km2
    pairs = [_told(territories, at, pair, land) for at, pair in found.items()]
    shown = [pair for pair in pairs if pair.account_count or pair.km2]
    shown.sort(key=lambda p: (-p.account_count, -(p.km2 or 0.0), p.first, p.second))
    return PairReport(tuple(shown), _totals(accounts, land))


def _told(
    territories: Sequence[TerritoryId],
    at: tuple[int, int],
    pair: _Pair,
    land: ClaimedLand | None,
) -> OverlapPair:
    first, second = (territories[each] for each in at)
    if land is None:
        return OverlapPair(first, second, pair.account_count, tuple(pair.values))
    smaller = min(land.km2_of(each) for each in at)
    is_sliver = pair.km2 < SLIVER_KM2 and pair.km2 < SLIVER_FRACTION * smaller
    km2 = 0.0 if is_sliver else pair.km2
    return OverlapPair(
        first=first,
        second=second,
        account_count=pair.account_count,
        values=tuple(pair.values),
        km2=km2,
        drawn_over_km2=0.0 if is_sliver else land.drawn_over.get(at, 0.0),
        smaller_fraction=km2 / smaller if smaller > 0 else None,
    )


def _totals(accounts: DisputedValues, land: ClaimedLand | None) -> OverlapTotals:
    rows, assigned = accounts.disputes.rows, accounts.is_assigned
    is_claimed = accounts.disputes.sets != NOBODY_SET
    return OverlapTotals(
        account_count=int(is_claimed.sum()),
        assigned_count=int(assigned.sum()),
        values=tuple(float(values[rows].sum()) for values in accounts.values),
        assigned_values=tuple(float(values[assigned].sum()) for values in accounts.values),
        sum_km2=land.sum_km2 if land else None,
        union_km2=land.union_km2 if land else None,
    )
