# SPDX-License-Identifier: MIT
"""Overlaps and gaps: what more than one territory claims, and what nobody serves."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel, geounit_id, split_geounit_id
from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.models.reports import (
    ClaimKind,
    GapItem,
    GapReason,
    GapReport,
    OverlapItem,
    OverlapReport,
)
from app.services.account_table import AccountTable
from app.services.alignment import IN_DISPUTE, NOBODY, Alignment
from app.services.geography.geography import Geography

IntArray = npt.NDArray[np.int32]


def overlap_report(
    alignment: Alignment,
    accounts: AccountTable,
    account_territory: IntArray,
    values: npt.NDArray[np.float64],
    geography: Geography,
    drawn: Mapping[TerritoryId, npt.NDArray[np.int64]] | None = None,
) -> OverlapReport:
    """Every area and account that several territories claim, largest value first.

    An account in dispute counts for the claim that decides about it: its named assignment, else
    the drawn areas, else the finest claimed area that contains it. So the items' counts add up to
    the report's.

    Args:
        alignment: The scenario's assignments.
        accounts: All accounts.
        account_territory: From `alignment.account_territories`.
        values: The measure to value the dispute by, per account.
        geography: Supplies names.
        drawn: Per territory the rows of the accounts in its drawn areas.
    """
    items: list[OverlapItem] = []
    left = account_territory == IN_DISPUTE
    claims = {accounts.row_of(account): t for account, t in alignment.accounts.items()}
    names = accounts.text("name") if claims or drawn else np.empty(0, dtype=np.object_)
    by_drawing = _claims_by_drawing(drawn or {}, left)
    for row, territories in (by_drawing | claims).items():
        if len(territories) < 2 or row < 0:
            continue
        left[row] = False
        items.append(
            OverlapItem(
                kind=ClaimKind.ACCOUNT,
                geounit_id=None,
                account_id=AccountId(int(accounts.ids[row])),
                name=str(names[row]),
                territory_ids=tuple(sorted(territories)),
                account_count=1,
                value=float(values[row]),
            )
        )
    disputed = {unit: t for unit, t in alignment.units.items() if len(t) > 1}
    for unit in sorted(disputed, key=_depth, reverse=True):
        inside = left & _within(unit, accounts, geography)
        left &= ~inside
        items.append(
            OverlapItem(
                kind=ClaimKind.AREA,
                geounit_id=unit,
                account_id=None,
                name=geography.name(unit),
                territory_ids=tuple(sorted(disputed[unit])),
                account_count=int(inside.sum()),
                value=float(values[inside].sum()),
            )
        )
    items.sort(key=lambda item: (-item.value, -item.account_count, item.name))
    in_dispute = account_territory == IN_DISPUTE
    return OverlapReport(tuple(items), int(in_dispute.sum()), float(values[in_dispute].sum()))


def _claims_by_drawing(
    drawn: Mapping[TerritoryId, npt.NDArray[np.int64]], in_dispute: npt.NDArray[np.bool_]
) -> dict[int, frozenset[TerritoryId]]:
    """Row of an account in dispute -> the territories in whose drawn areas it lies."""
    found: dict[int, frozenset[TerritoryId]] = {}
    for territory, rows in drawn.items():
        for row in rows[in_dispute[rows]].tolist():
            found[row] = found.get(row, frozenset()) | {territory}
    return found


def gap_report(
    accounts: AccountTable,
    account_territory: IntArray,
    values: npt.NDArray[np.float64],
    geography: Geography,
) -> GapReport:
    """Every area whose accounts nobody serves, and every account without a place, by value.

    Areas are listed at the county level in the United States and by country elsewhere: fine
    enough to act on, coarse enough to read.
    """
    nobody = account_territory == NOBODY
    items = [
        *_area_gaps(GeoLevel.COUNTY, accounts, nobody, values, geography),
        *_area_gaps(GeoLevel.STATE, accounts, nobody, values, geography, below=GeoLevel.COUNTY),
        *_area_gaps(GeoLevel.COUNTRY, accounts, nobody, values, geography, below=GeoLevel.STATE),
    ]
    names = accounts.text("name") if len(accounts) else np.empty(0, dtype=np.object_)
    items.extend(
        GapItem(
            reason=GapReason.NOT_PLACED,
            geounit_id=None,
            account_id=AccountId(int(accounts.ids[row])),
            name=str(names[row]),
            account_count=1,
            value=float(values[row]),
        )
        for row in np.nonzero(nobody & ~accounts.is_placed)[0]
    )
    items.sort(key=lambda item: (-item.value, -item.account_count, item.name))
    return GapReport(tuple(items), int(nobody.sum()), float(values[nobody].sum()))


def _area_gaps(
    level: GeoLevel,
    accounts: AccountTable,
    nobody: npt.NDArray[np.bool_],
    values: npt.NDArray[np.float64],
    geography: Geography,
    below: GeoLevel | None = None,
) -> list[GapItem]:
    """Gaps at one level, of accounts that are not located at the finer level `below`."""
    index = accounts.unit_index[level]
    chosen = nobody & (index >= 0)
    if below is not None:
        chosen &= accounts.unit_index[below] < 0
    rows = np.nonzero(chosen)[0]
    units, slots = np.unique(index[rows], return_inverse=True)
    counts = np.bincount(slots, minlength=len(units))
    sums = np.bincount(slots, weights=values[rows], minlength=len(units))
    codes = geography.layer(level).codes
    result: list[GapItem] = []
    for unit, count, value in zip(units, counts, sums, strict=True):
        geounit = geounit_id(level, str(codes[unit]))
        result.append(
            GapItem(
                reason=GapReason.AREA_UNASSIGNED,
                geounit_id=geounit,
                account_id=None,
                name=geography.name(geounit),
                account_count=int(count),
                value=float(value),
            )
        )
    return result


def _within(unit: GeoUnitId, accounts: AccountTable, geography: Geography) -> npt.NDArray[np.bool_]:
    level, code = split_geounit_id(unit)
    index = geography.layer(level).index_of(code)
    inside: npt.NDArray[np.bool_] = accounts.unit_index[level] == index
    return inside


def _depth(unit: GeoUnitId) -> tuple[int, str]:
    return split_geounit_id(unit)[0].depth, unit


def deciding_level(
    account_units: Mapping[GeoLevel, GeoUnitId], alignment: Alignment
) -> GeoUnitId | None:
    """The finest geounit of an account's chain about which the scenario says something."""
    for level in reversed(LEVELS_COARSE_TO_FINE):
        unit = account_units.get(level)
        if unit is not None and (unit in alignment.units or unit in alignment.holes):
            return unit
    return None
