# SPDX-License-Identifier: MIT
"""Overlaps and gaps as rows: an area or an account each, with the accounts that hang on it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.services.alignment import NOBODY
from app.services.contiguity.borders import Borders
from app.services.contiguity.graph import UnitGraph
from app.services.overlaps.claim_sets import NOBODY_SET, Disputes, SetNumbers, UnitSets

IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

LISTED_LEVEL = GeoLevel.COUNTY
"""Gaps are listed at least this fine, so that they can be acted on one by one."""


@dataclass(frozen=True, eq=False)
class ClaimItems:
    """Areas and accounts that several territories claim, or none.

    Attributes:
        unit: Per item the number of its area; -1 where the item is an account.
        account_row: Per item the row of its account; -1 where it is an area.
        sets: Per item the number of its claimants' set; `NOBODY_SET` in a gap.
        start, rows: The accounts that item i decides about are ``rows[start[i] : start[i + 1]]``.
    """

    unit: IntArray
    account_row: LongArray
    sets: IntArray
    start: LongArray
    rows: LongArray

    def __len__(self) -> int:
        return len(self.unit)

    @property
    def counts(self) -> LongArray:
        """Accounts per item."""
        return np.diff(self.start)

    def rows_of(self, item: int) -> LongArray:
        """Rows of the accounts that an item decides about."""
        return self.rows[self.start[item] : self.start[item + 1]]

    def sums(self, values: FloatArray) -> FloatArray:
        """The sum of a measure per item.

        Args:
            values: Per account.
        """
        item = np.repeat(np.arange(len(self)), self.counts)
        summed = np.bincount(item, weights=values[self.rows], minlength=len(self))
        return summed.astype(np.float64)

    def any_of(self, chosen: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Per item whether it decides about any of the chosen accounts."""
        return self.sums(chosen.astype(np.float64)) > 0

    def take(self, order: LongArray) -> "ClaimItems":
        """These items in this order."""
        counts = self.counts[order]
        start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        places = np.arange(int(start[-1])) + np.repeat(self.start[order] - start[:-1], counts)
        rows = self.rows[places]
        return ClaimItems(self.unit[order], self.account_row[order], self.sets[order], start, rows)

    def largest_first(self, values: FloatArray) -> "ClaimItems":
        """Those of the largest sum of a measure first, then those of most accounts."""
        return self.take(np.lexsort((-self.counts, -self.sums(values))))

    @classmethod
    def joined(cls, *parts: "ClaimItems") -> "ClaimItems":
        """All items, one list after the other."""
        counts = np.concatenate([part.counts for part in parts])
        return cls(
            np.concatenate([part.unit for part in parts]),
            np.concatenate([part.account_row for part in parts]),
            np.concatenate([part.sets for part in parts]),
            np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            np.concatenate([part.rows for part in parts]),
        )


def overlap_items(
    disputes: Disputes, units: UnitSets, borders: Borders, numbers: SetNumbers
) -> ClaimItems:
    """Every area that several territories claim, and every account that they claim directly."""
    several = np.array([len(each) > 1 for each in numbers.sets])
    own = np.arange(borders.count) == units.said_at
    claimed = np.flatnonzero(own & several[units.of_unit])
    by_unit = np.flatnonzero(disputes.unit >= 0)
    order = by_unit[np.argsort(disputes.unit[by_unit], kind="stable")]
    bounds = np.searchsorted(disputes.unit[order], np.append(claimed, borders.count))
    areas = ClaimItems(
        claimed.astype(np.int32),
        np.full(len(claimed), -1, np.int64),
        units.of_unit[claimed],
        bounds.astype(np.int64),
        disputes.rows[order],
    )
    direct = np.flatnonzero(disputes.unit < 0)
    return ClaimItems.joined(areas, _accounts(disputes.rows[direct], disputes.sets[direct]))


def unserved_units(
    graph: UnitGraph,
    unit_index: Mapping[GeoLevel, IntArray],
    rows: LongArray,
    listed_level: GeoLevel | None = None,
) -> IntArray:
    """Where accounts are that nobody serves: the number of the unit, -1 without a place.

    This is the one answer for the list of gaps and for the check of the plan: the unit that the
    plan tells apart, or the finest one known where the account's place is known less well.

    Args:
        graph: The units that the plan tells apart.
        unit_index: Per level the position of the unit that contains each account, -1 unknown.
        rows: Of the accounts.
        listed_level: Units are at least this fine where the place is known so well; None for the
            plan's own units.
    """
    borders = graph.borders
    here = {level: index[rows] for level, index in unit_index.items()}
    node = graph.nodes_at(here)
    inside = node >= 0
    # Finer units have larger numbers.
    number = np.arange(borders.count, dtype=np.int32)
    unit = borders.largest_at(number, here)
    unit[inside] = graph.unit[node[inside]]
    if listed_level is not None:
        number[borders.slice_of(listed_level).stop :] = -1
        np.maximum(unit, borders.largest_at(number, here), out=unit)
    return unit


def gap_items(
    graph: UnitGraph,
    owner: IntArray,
    unit_index: Mapping[GeoLevel, IntArray],
    unserved_rows: LongArray,
) -> ClaimItems:
    """Everything that nobody serves.

    First come areas with accounts, then areas without any in countries where the plan holds
    something, then accounts without a place.

    Args:
        graph: The units that the plan tells apart.
        owner: Per node a territory position, `NOBODY` or `IN_DISPUTE`.
        unit_index: Per level the position of the unit that contains each account.
        unserved_rows: Of the accounts that nobody serves.
    """
    unit = unserved_units(graph, unit_index, unserved_rows, LISTED_LEVEL)
    placed = np.flatnonzero(unit >= 0)
    order = placed[np.argsort(unit[placed], kind="stable")]
    used = np.unique(unit[placed])
    bounds = np.searchsorted(unit[order], np.append(used, graph.borders.count))
    areas = ClaimItems(
        used.astype(np.int32),
        np.full(len(used), -1, np.int64),
        np.full(len(used), NOBODY_SET, np.int32),
        bounds.astype(np.int64),
        unserved_rows[order],
    )
    empty = np.setdiff1d(_open_units(graph, owner), used)
    bare = ClaimItems(
        empty.astype(np.int32),
        np.full(len(empty), -1, np.int64),
        np.full(len(empty), NOBODY_SET, np.int32),
        np.zeros(len(empty) + 1, np.int64),
        np.empty(0, np.int64),
    )
    lost = unserved_rows[unit < 0]
    return ClaimItems.joined(areas, bare, _accounts(lost, np.full(len(lost), NOBODY_SET, np.int32)))


def _open_units(graph: UnitGraph, owner: IntArray) -> LongArray:
    """Units that nobody holds in countries that are served, at least as fine as they are listed."""
    borders = graph.borders
    countries = borders.slice_of(GeoLevel.COUNTRY)
    country = np.arange(borders.count)
    for level in LEVELS_COARSE_TO_FINE[1:]:
        country[borders.slice_of(level)] = borders.above[level, GeoLevel.COUNTRY]
    is_served = np.zeros(countries.stop + 1, dtype=np.bool_)
    is_served[country[graph.unit[owner != NOBODY]]] = True
    is_served[-1] = False
    open_ = graph.unit[(owner == NOBODY) & is_served[country[graph.unit]]]
    found = [open_]
    is_open = np.zeros(borders.count + 1, dtype=np.bool_)
    is_open[open_] = True
    for level in LEVELS_COARSE_TO_FINE[1 : LISTED_LEVEL.depth + 1]:
        own = borders.slice_of(level)
        for coarser in LEVELS_COARSE_TO_FINE[: level.depth]:
            above = borders.above[level, coarser]
            inside = (above >= 0) & is_open[above]
            is_open[own] |= inside
        found.append(np.flatnonzero(is_open[own]).astype(np.int32) + np.int32(own.start))
    listed = np.unique(np.concatenate(found))
    has_parts = np.zeros(borders.count + 1, dtype=np.bool_)
    for level in LEVELS_COARSE_TO_FINE[1 : LISTED_LEVEL.depth + 1]:
        mine = is_open[borders.slice_of(level)]
        for coarser in LEVELS_COARSE_TO_FINE[: level.depth]:
            has_parts[borders.above[level, coarser][mine]] = True
    has_parts[-1] = False
    return listed[~has_parts[listed]].astype(np.int64)


def _accounts(rows: LongArray, sets: IntArray) -> ClaimItems:
    """One item per account."""
    count = len(rows)
    unit = np.full(count, -1, np.int32)
    return ClaimItems(unit, rows, sets, np.arange(count + 1, dtype=np.int64), rows)
