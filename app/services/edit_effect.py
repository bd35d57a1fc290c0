# SPDX-License-Identifier: MIT
"""What a stroke or any other edit of areas would do, computed without doing it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.models.edit_effect import EditEffect, Move, TerritoryEffect
from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import GeoUnitId, TerritoryId
from app.models.measure import Measure
from app.models.reports import BalanceReport, BalanceRow
from app.models.territory import Territory
from app.services.alignment import NOBODY, UnitClaims, held_within
from app.services.contiguity.borders import Borders
from app.services.contiguity.cutting import CutOff, cut_off_between
from app.services.contiguity.plan_graph import PlanGraph
from app.services.hierarchy import leaf_territories
from app.services.plan_figures import Serving
from app.services.workspace import Workspace

IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PlanMoment:
    """The plan as it was when something began, for effects that are told while it is written.

    Accounts, territories and settings must still be those of that moment.
    """

    claims: UnitClaims
    served: IntArray
    graph: PlanGraph
    balance: BalanceReport

    @classmethod
    def of(cls, workspace: Workspace) -> "PlanMoment":
        """The plan as it is now."""
        return cls(
            workspace.state.claims,
            workspace.account_territory,
            workspace.connections.graph,
            workspace.balance(workspace.main_measure.id),
        )


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
    trial = _Trial(workspace, start or PlanMoment.of(workspace))
    for move in moves:
        trial.make(move)
    return trial.effect(moves)


def claims_after(workspace: Workspace, moves: Sequence[Move]) -> UnitClaims:
    """Every geounit resolved as it would be after moves, one after the other."""
    trial = _Trial(workspace, PlanMoment.of(workspace))
    for move in moves:
        trial.make(move)
    return trial.claims


@dataclass(slots=True)
class _Taken:
    """What the moves touch."""

    unit_count: int = 0
    refused: list[GeoUnitId] = field(default_factory=list[GeoUnitId])
    refused_by: set[TerritoryId] = field(default_factory=set[TerritoryId])
    affected: set[int] = field(default_factory=set[int])


class _Trial:
    """A plan on which moves are tried."""

    def __init__(self, workspace: Workspace, start: PlanMoment) -> None:
        self._workspace = workspace
        self._start = start
        self._state = workspace.state
        self._borders: Borders = workspace.connections.borders
        self._locked = {t.id for t in workspace.territories if t.is_locked}
        self._taken = _Taken()
        self.claims = start.claims
        self.served: IntArray = start.served
        self._before = self.served
        self._rows = np.zeros(len(self.served), dtype=np.bool_)
        self._is_by_area = np.ones(len(self.served), dtype=np.bool_)
        named = list(self._state.alignment.accounts)
        self._is_by_area[workspace.accounts.rows_of(named)] = False
        for rows in self._state.drawn.claims(workspace.accounts).values():
            self._is_by_area[rows] = False

    def make(self, move: Move) -> None:
        """Carry out a move on the trial's claims and accounts."""
        code = NOBODY
        if move.territory_id is not None:
            code = self._state.position_by_territory[move.territory_id]
        numbers = self._borders.numbers_of(move.units)
        for level in LEVELS_COARSE_TO_FINE:
            own = self._borders.slice_of(level)
            chosen = numbers[(numbers >= own.start) & (numbers < own.stop)]
            if len(chosen):
                self._give(level, self._allowed(move, level, chosen), code)

    def effect(self, moves: Sequence[Move]) -> EditEffect:
        """What all moves so far come to."""
        workspace, taken = self._workspace, self._taken
        rows = np.flatnonzero(self._rows)
        rows = rows[self._before[rows] != self.served[rows]]
        for served in (self._before[rows], self.served[rows]):
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
            unassigned_change=int((self.served[rows] == NOBODY).sum())
            - int((self._before[rows] == NOBODY).sum()),
        )

    # Moving

    def _allowed(self, move: Move, level: GeoLevel, numbers: IntArray) -> IntArray:
        """Positions of the units that no locked territory holds or would get."""
        if not self._locked:
            return numbers - self._borders.first[level]
        target = move.territory_id
        if target is not None and target in self._locked:
            refused = np.ones(len(numbers), dtype=np.bool_)
            self._taken.refused_by.add(target)
        else:
            refused = self._is_locked[numbers]
        units = self._borders.geounits(numbers[refused].tolist())
        self._taken.refused += units
        if target not in self._locked:
            for unit in units:
                holders = self._workspace.territories_holding(unit)
                self._taken.refused_by.update(self._locked.intersection(holders))
        return numbers[~refused] - self._borders.first[level]

    @cached_property
    def _is_locked(self) -> BoolArray:
        """Per unit number whether a locked territory holds or claims it or something inside it.

        No move changes it, as every move leaves what is locked as it is.
        """
        state, borders = self._workspace.state, self._borders
        positions = [state.position_by_territory[each] for each in self._locked]
        plan = self._start.graph
        held = np.append(np.logical_or.reduce([plan.holds(at) for at in positions]), False)
        touched = held[plan.graph.node]
        for unit, claim in state.alignment.units.items():
            if len(claim) > 1 and claim & self._locked:
                touched[borders.number_of(unit)] = True
        for level in reversed(LEVELS_COARSE_TO_FINE):
            own = borders.slice_of(level)
            touched[own] |= np.isin(self._start.claims.resolved[level], positions)
            for coarser in LEVELS_COARSE_TO_FINE[: level.depth]:
                above = borders.above[level, coarser][touched[own]]
                touched[above[above >= 0]] = True
        return touched

    def _give(self, level: GeoLevel, index: IntArray, code: int) -> None:
        geography = self._workspace.geography
        within = held_within(self.claims, geography, level)[index]
        fresh = index[(within != code) | (self.claims.resolved[level][index] != code)]
        if not len(fresh):
            return
        taken = self._taken
        taken.unit_count += len(fresh)
        inside = self._inside(level, fresh)
        taken.affected.update(self._holders(inside))
        if code >= 0:
            taken.affected.add(code)
        self.claims = self.claims.after(geography, level, fresh, code)
        accounts = self._workspace.accounts
        # The entry at the end answers for accounts whose unit is not known.
        hit = np.append(inside[self._borders.slice_of(level)], False)
        rows = np.flatnonzero(hit[accounts.unit_index[level]] & self._is_by_area)
        if self.served is self._before:
            self.served = self._before.copy()
        self.served[rows] = code
        self._rows[rows] = True

    def _inside(self, level: GeoLevel, index: IntArray) -> BoolArray:
        """Per unit number whether it is one of the units or lies inside one."""
        inside = np.zeros(self._borders.count + 1, dtype=np.bool_)
        inside[index + self._borders.first[level]] = True
        for finer in LEVELS_COARSE_TO_FINE[level.depth + 1 :]:
            own = self._borders.slice_of(finer)
            inside[own] = inside[self._borders.above[finer, level]]
        return inside[:-1]

    def _holders(self, inside: BoolArray) -> set[int]:
        """Positions of the territories that hold or claim any of the units."""
        found: set[int] = set()
        for level in LEVELS_COARSE_TO_FINE:
            held = self.claims.resolved[level][inside[self._borders.slice_of(level)]]
            found.update(np.unique(held[held >= 0]).tolist())
        graph = self._start.graph
        for node, claimants in graph.disputed.items():
            if inside[graph.graph.unit[node]]:
                found |= claimants
        return found

    # Telling

    def _moved(self, measure: Measure, rows: npt.NDArray[np.int64]) -> float:
        if measure.level is None:
            return float(self._workspace.accounts.measure(measure.id)[rows].sum())
        figures = self._workspace.figures
        after = figures.market_totals(measure, self.claims)
        gained = after - figures.market_totals(measure, self._start.claims)
        return float(gained[gained > 0].sum())

    def _territory_effects(
        self, target: TerritoryId | None, rows: npt.NDArray[np.int64]
    ) -> tuple[TerritoryEffect, ...]:
        workspace, affected = self._workspace, self._taken.affected
        before = _rows_of(self._start.balance)
        after = _rows_of(self._balance_after())
        change = np.zeros(len(workspace.territories), dtype=np.int64)
        for served, sign in ((self.served[rows], 1), (self._before[rows], -1)):
            np.add.at(change, served[served >= 0], sign)
        after_graph = workspace.connections.graph_with(self.claims)
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
            Serving(self.served, self.claims, self._leaves_after()),
        )

    def _leaves_after(self) -> tuple[Territory, ...]:
        """The territories that would be compared: a region becomes one when it gets an area."""
        territories = self._workspace.territories
        if all(territory.parent_id is None for territory in territories):
            return territories
        holders: set[TerritoryId] = set()
        for level in LEVELS_COARSE_TO_FINE:
            own = self.claims.own[level]
            found: list[int] = np.unique(own[own >= 0]).tolist()
            holders |= {territories[at].id for at in found}
        alignment = self._state.alignment
        claims = [
            *alignment.accounts.values(),
            *(c for c in alignment.units.values() if len(c) > 1),
        ]
        holders.update(*claims)
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
        cut_off=cut.cut_off,
        islands=cut.islands,
    )
