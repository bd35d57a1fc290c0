# SPDX-License-Identifier: MIT
"""Overlaps one by one, as the check of a plan lists them."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from app.models.geounit import split_geounit_id
from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.models.reports import (
    ClaimKind,
    OverlapItem,
    OverlapReport,
)
from app.services.account_table import AccountTable
from app.services.alignment import IN_DISPUTE, Alignment
from app.services.geography.geography import Geography

IntArray = npt.NDArray[np.int32]


def overlap_report(
    alignment: Alignment,
    accounts: AccountTable,
    account_territory: IntArray,
    values: npt.NDArray[np.float64],
    geography: Geography,
    direct: Mapping[int, frozenset[TerritoryId]] | None = None,
) -> OverlapReport:
    """Every area and account that several territories claim, largest value first.

    An account in dispute counts for what decides about it: the claims on itself, else the finest
    claimed area that contains it. So the items' counts add up to the report's.

    Args:
        alignment: The scenario's assignments.
        accounts: All accounts.
        account_territory: Per account a territory position, `NOBODY` or `IN_DISPUTE`.
        values: The measure to value the dispute by, per account.
        geography: Supplies names.
        direct: Row of an account in dispute -> the territories that claim the account itself, see
            `ScenarioState.direct_claims`.
    """
    items: list[OverlapItem] = []
    left = account_territory == IN_DISPUTE
    claims = direct or {}
    names = accounts.text("name") if claims else np.empty(0, dtype=np.object_)
    for row, territories in claims.items():
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


def _within(unit: GeoUnitId, accounts: AccountTable, geography: Geography) -> npt.NDArray[np.bool_]:
    level, code = split_geounit_id(unit)
    index = geography.layer(level).index_of(code)
    inside: npt.NDArray[np.bool_] = accounts.unit_index[level] == index
    return inside


def _depth(unit: GeoUnitId) -> tuple[int, str]:
    return split_geounit_id(unit)[0].depth, unit
