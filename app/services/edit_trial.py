# SPDX-License-Identifier: MIT
"""A plan on which edits of areas are tried without being written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.models.edit_effect import Move
from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import GeoUnitId, TerritoryId
from app.models.reports import BalanceReport
from app.services.alignment import NOBODY, UnitClaims, held_within
from app.services.contiguity.borders import Borders
from app.services.contiguity.plan_graph import PlanGraph
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


@dataclass(slots=True)
class Taken:
    """What moves touch.

    Attributes:
        unit_count: Units that change hands.
        refused, refused_by: Units that are locked, or that locked territories keep or do not get;
            and these territories.
        locked_inside: Locked units inside those that change hands; they stay.
        affected: Positions of the territories that gain or lose a unit.
    """

    unit_count: int = 0
    refused: list[GeoUnitId] = field(default_factory=list[GeoUnitId])
    refused_by: set[TerritoryId] = field(default_factory=set[TerritoryId])
    locked_inside: set[GeoUnitId] = field(default_factory=set[GeoUnitId])
    affected: set[int] = field(default_factory=set[int])


class EditTrial:
    """The claims and the served accounts of a plan, on which moves are made.

    Args:
        workspace: The open plan.
        start: Where the moves begin.

    Attributes:
        taken: What the moves so far touch.
        claims: Every geounit resolved, after them.
    """

    def __init__(self, workspace: Workspace, start: PlanMoment) -> None:
        self._workspace = workspace
        self._start = start
        self._state = workspace.state
        self._borders: Borders = workspace.connections.borders
        self._locked = {t.id for t in workspace.territories if t.is_locked}
        self.taken = Taken()
        self.claims = start.claims
        self._served: IntArray | None = start.served

    def make(self, move: Move) -> None:
        """Carry out a move on the trial's claims and accounts."""
        code = self._code(move.territory_id)
        numbers = self._borders.numbers_of(move.units)
        for level in LEVELS_COARSE_TO_FINE:
            own = self._borders.slice_of(level)
            chosen = numbers[(numbers >= own.start) & (numbers < own.stop)]
            if len(chosen):
                self._give(level, self._allowed(move, level, chosen), code)

    def _code(self, territory: TerritoryId | None) -> int:
        return NOBODY if territory is None else self._state.position_by_territory[territory]

    @property
    def served(self) -> IntArray:
        """Per account a territory position, after the moves."""
        if self._served is None:
            accounts = self._workspace.accounts
            self._served = self._state.served_after(accounts, self.claims).territory
        return self._served

    def moved_rows(self) -> npt.NDArray[np.int64]:
        """Rows of the accounts that change hands."""
        return np.flatnonzero(self._start.served != self.served)

    def _allowed(self, move: Move, level: GeoLevel, numbers: IntArray) -> IntArray:
        """Positions of the units that are free to move."""
        fixed = self._fixed
        if fixed is not None:
            # A locked unit that the target has already is not moved.
            code = self._code(move.territory_id)
            index = numbers - self._borders.first[level]
            stays = fixed[numbers] & (self.claims.resolved[level][index] != code)
            self.taken.refused += self._borders.geounits(numbers[stays].tolist())
            numbers = numbers[~fixed[numbers]]
        return self._not_of_locked(move, level, numbers)

    def _not_of_locked(self, move: Move, level: GeoLevel, numbers: IntArray) -> IntArray:
        """Positions of the units that no locked territory holds or would get."""
        if not self._locked:
            return numbers - self._borders.first[level]
        target = move.territory_id
        if target is not None and target in self._locked:
            refused = np.ones(len(numbers), dtype=np.bool_)
            self.taken.refused_by.add(target)
        else:
            refused = self._is_locked[numbers]
        units = self._borders.geounits(numbers[refused].tolist())
        self.taken.refused += units
        if target not in self._locked:
            for unit in units:
                holders = self._workspace.holdings.territories_holding(unit)
                self.taken.refused_by.update(self._locked.intersection(holders))
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
            if self._kept is not None:
                touched[own] &= ~self._kept[level]
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
        taken = self.taken
        taken.unit_count += len(fresh)
        inside = self._inside(level, fresh)
        if self._fixed is not None:
            self._note_locked(inside)
            inside &= ~self._fixed
        taken.affected.update(self._holders(inside))
        if code >= 0:
            taken.affected.add(code)
        self.claims = self.claims.after(geography, level, fresh, code, self._kept)
        self._served = None

    @cached_property
    def _fixed(self) -> BoolArray | None:
        """Per unit number whether it is locked or lies in a locked unit; None without locks."""
        locks, borders = self._state.geounit_locks, self._borders
        if not locks:
            return None
        fixed = np.zeros(borders.count, dtype=np.bool_)
        fixed[self._lock_numbers] = True
        for level in LEVELS_COARSE_TO_FINE:
            own = borders.slice_of(level)
            for coarser in LEVELS_COARSE_TO_FINE[: level.depth]:
                above = borders.above[level, coarser]
                fixed[own] |= (above >= 0) & fixed[above]
        return fixed

    @cached_property
    def _lock_numbers(self) -> IntArray:
        """Numbers of the locked units that are on the map."""
        numbers = self._borders.numbers_of(tuple(self._state.geounit_locks))
        return numbers[numbers >= 0]

    @cached_property
    def _kept(self) -> dict[GeoLevel, BoolArray] | None:
        """The same by level."""
        fixed = self._fixed
        if fixed is None:
            return None
        return {level: fixed[self._borders.slice_of(level)] for level in LEVELS_COARSE_TO_FINE}

    def _note_locked(self, inside: BoolArray) -> None:
        numbers = self._lock_numbers
        self.taken.locked_inside.update(self._borders.geounits(numbers[inside[numbers]].tolist()))

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


def claims_after(workspace: Workspace, moves: Sequence[Move]) -> UnitClaims:
    """Every geounit resolved as it would be after moves, one after the other."""
    trial = EditTrial(workspace, PlanMoment.of(workspace))
    for move in moves:
        trial.make(move)
    return trial.claims
