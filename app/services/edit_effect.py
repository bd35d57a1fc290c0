# SPDX-License-Identifier: MIT
"""What a stroke or any other edit of areas would do, computed without doing it."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.models.edit_effect import EditEffect, Move, TerritoryEffect
from app.models.ids import GeoUnitId, TerritoryId
from app.models.measure import Measure
from app.models.reports import BalanceReport, BalanceRow
from app.models.territory import Territory
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.contiguity.cutting import CutOff, cut_off_between
from app.services.contiguity.plan_graph import PlanGraph
from app.services.edit_trial import EditTrial, PlanMoment
from app.services.hierarchy import leaf_territories
from app.services.plan_figures import Serving
from app.services.workspace import Workspace


def edit_effect(
    workspace: Workspace,
    units: Sequence[GeoUnitId],
    target: TerritoryId | None,
    start: PlanMoment | None = None,
) -> EditEffect:
    """What giving the units to the target (None: to nobody) would do; see `effect_of_moves`."""
    return effect_of_moves(workspace, (Move(tuple(units), target),), start)


def effect_of_moves(
    workspace: Workspace, moves: Sequence[Move], start: PlanMoment | None = None
) -> EditEffect:
    """What moves, one after the other, would do.

    Units of locked territories stay as they are, as under the brush. Everything is computed anew
    from the claims as they would be, with the same functions as after the edit.

    Args:
        workspace: The open plan.
        moves: Units of any levels; unknown ones are left out.
        start: What the effect is compared with; None for the plan as it is.
    """
    begin = start or PlanMoment.of(workspace)
    trial = EditTrial(workspace, begin)
    for move in moves:
        trial.make(move)
    return _Teller(workspace, begin, trial).effect(moves)


class _Teller:
    """Says what a trial comes to."""

    def __init__(self, workspace: Workspace, start: PlanMoment, trial: EditTrial) -> None:
        self._workspace = workspace
        self._start = start
        self._trial = trial

    def effect(self, moves: Sequence[Move]) -> EditEffect:
        """What all moves so far come to."""
        workspace, taken, before = self._workspace, self._trial.taken, self._start.served
        rows = self._trial.moved_rows()
        for served in (before[rows], self._trial.served[rows]):
            taken.affected.update(np.unique(served[served >= 0]).tolist())
        targets = {move.territory_id for move in moves}
        target = next(iter(targets)) if len(targets) == 1 else None
        return EditEffect(
            target=target,
            unit_count=taken.unit_count,
            account_count=len(rows),
            moved=tuple((m.id, self._moved(m, rows)) for m in workspace.measures),
            refused=tuple(taken.refused),
            refused_by=tuple(sorted(taken.refused_by)),
            territories=self._territory_effects(target, rows),
            unassigned_change=int((self._trial.served[rows] == NOBODY).sum())
            - int((before[rows] == NOBODY).sum()),
            locked_inside=tuple(sorted(taken.locked_inside)),
        )

    def _moved(self, measure: Measure, rows: npt.NDArray[np.int64]) -> float:
        if measure.level is None:
            return float(self._workspace.accounts.measure(measure.id)[rows].sum())
        figures = self._workspace.figures
        after = figures.market_totals(measure, self._trial.claims)
        gained = after - figures.market_totals(measure, self._start.claims)
        return float(gained[gained > 0].sum())

    def _territory_effects(
        self, target: TerritoryId | None, rows: npt.NDArray[np.int64]
    ) -> tuple[TerritoryEffect, ...]:
        workspace, affected = self._workspace, self._trial.taken.affected
        before = _rows_of(self._start.balance)
        after = _rows_of(self._balance_after())
        change = np.zeros(len(workspace.territories), dtype=np.int64)
        for served, sign in ((self._trial.served[rows], 1), (self._start.served[rows], -1)):
            np.add.at(change, served[served >= 0], sign)
        after_graph = workspace.connections.graph_with(self._trial.claims)
        cut = cut_off_between(self._start.graph, after_graph, self._worth, affected)
        effects = [
            _territory_effect(
                workspace.territories[at],
                (before, after),
                int(change[at]),
                cut[at],
            )
            for at in sorted(affected)
        ]
        effects.sort(key=lambda effect: effect.territory_id != target)
        return tuple(effects)

    def _worth(self, plan: PlanGraph) -> npt.NDArray[np.float64]:
        workspace = self._workspace
        values = workspace.accounts.measure(workspace.main_account_measure.id)
        return plan.worth(workspace.accounts.unit_index, values)

    def _balance_after(self) -> BalanceReport:
        workspace = self._workspace
        return workspace.figures.balance_where(
            workspace.accounts,
            workspace.main_measure,
            workspace.settings,
            Serving(self._trial.served, self._trial.claims, self._leaves_after()),
        )

    def _leaves_after(self) -> tuple[Territory, ...]:
        """The territories that would be compared: a region becomes one when it gets an area."""
        territories = self._workspace.territories
        if all(territory.parent_id is None for territory in territories):
            return territories
        state, borders = self._workspace.state, self._workspace.connections.borders
        own = borders.in_one(self._trial.claims.own)
        held: list[int] = np.unique(own[own >= 0]).tolist()
        holders = {territories[at].id for at in held} | state.serving.holders()
        several = {unit: claim for unit, claim in state.alignment.units.items() if len(claim) > 1}
        numbers = borders.numbers_of(several).tolist()
        for number, claim in zip(numbers, several.values(), strict=True):
            if number >= 0 and own[number] == IN_DISPUTE:
                holders |= claim
        holders.update(*state.alignment.accounts.values())
        return leaf_territories(territories, holders)


def _rows_of(report: BalanceReport) -> dict[TerritoryId, BalanceRow]:
    return {row.territory_id: row for row in report.rows if row.territory_id is not None}


def _territory_effect(
    territory: Territory,
    rows: tuple[dict[TerritoryId, BalanceRow], dict[TerritoryId, BalanceRow]],
    account_change: int,
    cut: CutOff,
) -> TerritoryEffect:
    before, after = (found.get(territory.id) for found in rows)
    return TerritoryEffect(
        territory_id=territory.id,
        total_before=before.total if before else 0.0,
        total_after=after.total if after else 0.0,
        deviation_before=before.deviation_fraction if before else None,
        deviation_after=after.deviation_fraction if after else None,
        is_within_before=before.is_within_tolerance if before else None,
        is_within_after=after.is_within_tolerance if after else None,
        account_change=account_change,
        parts_before=cut.parts_before,
        parts_after=cut.parts_after,
        # What need not hang together is not split by what lies apart.
        cut_off=cut.cut_off if territory.must_connect else (),
        islands=cut.islands,
    )
