# SPDX-License-Identifier: MIT
"""What a settlement would do, computed by the functions that also tell it afterwards."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import MeasureId, TerritoryId
from app.models.reports import BalanceReport, BalanceRow
from app.models.settling import SettledTerritory, Settlement, SettlingEffect
from app.services.alignment import IN_DISPUTE, NOBODY, UnitClaims
from app.services.hierarchy import leaf_territories
from app.services.plan_figures import Serving
from app.services.workspace import Workspace

IntArray = npt.NDArray[np.int32]


def settling_effect(
    workspace: Workspace, settlement: Settlement, measure: MeasureId | None = None
) -> SettlingEffect:
    """What a settlement would do to the plan; some milliseconds, so the window may ask at once.

    Args:
        workspace: The open plan.
        settlement: Who would get what.
        measure: Whose balance is told; None for the main measure.
    """
    state, accounts = workspace.state, workspace.accounts
    told = workspace.main_measure if measure is None else workspace.measure(measure)
    before = workspace.account_territory
    claims = _claims_after(workspace, settlement)
    after = state.served_after(accounts, claims).territory.copy()
    _name(workspace, settlement, after)
    winners = {territory for _, territory in (*settlement.units, *settlement.accounts)}
    leaves = leaf_territories(workspace.territories, state.holders() | winners)
    serving = Serving(after, claims, leaves)
    reports = (
        workspace.balance(told.id),
        workspace.figures.balance_where(accounts, told, workspace.settings, serving),
    )
    change = np.zeros(len(workspace.territories), dtype=np.int64)
    moved = before != after
    for served, sign in ((after[moved], 1), (before[moved], -1)):
        np.add.at(change, served[served >= 0], sign)
    return SettlingEffect(
        territories=_territories(workspace, reports, change),
        disputed_before=int((before == IN_DISPUTE).sum()),
        disputed_after=int((after == IN_DISPUTE).sum()),
        unserved_before=int((before == NOBODY).sum()),
        unserved_after=int((after == NOBODY).sum()),
        within_before=reports[0].within_count,
        within_after=reports[1].within_count,
        compared_count=reports[1].territory_count,
        worst_before=reports[0].max_abs_deviation,
        worst_after=reports[1].max_abs_deviation,
    )


def _claims_after(workspace: Workspace, settlement: Settlement) -> UnitClaims:
    state, borders = workspace.state, workspace.connections.borders
    if not settlement.units:
        return state.claims
    numbers = borders.numbers_of([unit for unit, _ in settlement.units])
    codes = np.array(
        [state.position_by_territory[territory] for _, territory in settlement.units], np.int32
    )
    said: dict[GeoLevel, tuple[IntArray, IntArray]] = {}
    for level in LEVELS_COARSE_TO_FINE:
        own = borders.slice_of(level)
        here = (numbers >= own.start) & (numbers < own.stop)
        if here.any():
            said[level] = (numbers[here] - np.int32(own.start)).astype(np.int32), codes[here]
    return state.claims.said(workspace.geography, said)


def _name(workspace: Workspace, settlement: Settlement, served: IntArray) -> None:
    """Give accounts by name, and with them those that follow them as heads of their families."""
    state, accounts = workspace.state, workspace.accounts
    if not settlement.accounts:
        return
    code = np.full(len(served), NOBODY, dtype=np.int32)
    for account, territory in settlement.accounts:
        row = accounts.row_of(account)
        if row >= 0:
            code[row] = state.position_by_territory[territory]
    said = state.serving.said(accounts, state.alignment.accounts)
    led = code[said.leader] != NOBODY
    served[said.follower[led]] = code[said.leader[led]]
    named = code != NOBODY
    served[named] = code[named]


def _territories(
    workspace: Workspace,
    reports: tuple[BalanceReport, BalanceReport],
    change: npt.NDArray[np.int64],
) -> tuple[SettledTerritory, ...]:
    before, after = (_rows_of(report) for report in reports)
    found: list[SettledTerritory] = []
    for territory, gained in zip(workspace.territories, change.tolist(), strict=True):
        old, new = before.get(territory.id), after.get(territory.id)
        totals = old.total if old else 0.0, new.total if new else 0.0
        if not gained and totals[0] == totals[1]:
            continue
        found.append(
            SettledTerritory(
                territory_id=territory.id,
                total_before=totals[0],
                total_after=totals[1],
                deviation_before=old.deviation_fraction if old else None,
                deviation_after=new.deviation_fraction if new else None,
                is_within_before=old.is_within_tolerance if old else None,
                is_within_after=new.is_within_tolerance if new else None,
                account_change=gained,
            )
        )
    found.sort(key=lambda each: (each.total_before - each.total_after, -each.account_change))
    return tuple(found)


def _rows_of(report: BalanceReport) -> Mapping[TerritoryId, BalanceRow]:
    return {row.territory_id: row for row in report.rows if row.territory_id is not None}
