# SPDX-License-Identifier: MIT
"""Keeps locks and pairs that must stay apart: looks at what an edit comes to before it is kept.

Locked accounts and areas must still be where they are locked, whatever decides about them; accounts
of a pair must not come together; and a new edit moves nothing into or out of a locked territory.
What was amiss before the edit does not stand in its way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.geounit import LEVELS_COARSE_TO_FINE, split_geounit_id
from app.models.ids import AccountId, GeoUnitId, SalesForceId, TerritoryId
from app.services.account_table import AccountTable
from app.services.alignment import IN_DISPUTE, NOBODY, held_by_level
from app.services.geography.geography import Geography
from app.services.plan_forces import PlanForces
from app.services.scenario_state import ScenarioState

LongArray = npt.NDArray[np.int64]
Pair = tuple[AccountId, AccountId]
_NOTHING = "Nothing was changed."


@dataclass(frozen=True, eq=False)
class ForceMoment:
    """A sales force before an edit.

    Attributes:
        served: Per account the id of its territory; `NOBODY` or `IN_DISPUTE` as they are.
        locked: The territories that are locked.
        broken: Locks on accounts and areas that do not hold.
    """

    served: LongArray
    locked: frozenset[TerritoryId]
    broken: frozenset[AccountId | GeoUnitId]


@dataclass(frozen=True, eq=False)
class PlanMoment:
    """What the guard compares an edit with.

    Attributes:
        ids: Of all accounts.
        forces: The sales forces.
        together: Pairs that are together although they should be apart.
    """

    ids: LongArray
    forces: Mapping[SalesForceId, ForceMoment]
    together: frozenset[Pair]


class ExceptionGuard:
    """Refuses edits that would break a lock or bring together what must stay apart.

    Args:
        forces: The sales forces of the plan.
        accounts: Gives the account table of now.
        geography: Gives the areas of now.
    """

    def __init__(
        self,
        forces: PlanForces,
        accounts: Callable[[], AccountTable],
        geography: Callable[[], Geography],
    ) -> None:
        self._forces = forces
        self._accounts = accounts
        self._geography = geography

    def moment(self) -> PlanMoment | None:
        """The plan before an edit; None where nothing is locked and nothing must stay apart."""
        states = self._states()
        if not self._forces.apart and not any(_locks_anything(state) for state in states):
            return None
        accounts = self._accounts()
        return PlanMoment(
            ids=accounts.ids,
            forces={
                state.sales_force: ForceMoment(
                    _served_ids(state, accounts), _locked(state), frozenset(self._broken(state))
                )
                for state in states
                if _locks_anything(state)
            },
            together=frozenset(self._together()),
        )

    def check(self, before: PlanMoment | None, changes: Changes, *, is_new: bool) -> None:
        """Look at the plan after an edit.

        Args:
            before: What `moment` gave before it.
            changes: What it touched.
            is_new: It is a new edit; undo and redo lead to a plan that was there before.

        Raises:
            EditRejected: A lock would no longer hold, a locked territory would gain or lose an
                account, or accounts that must stay apart would come together.
        """
        for state in self._states():
            was = before.forces.get(state.sales_force) if before else None
            broken = self._broken(state)
            for what, sentence in broken.items():
                if was is None or what not in was.broken:
                    remedy = "Unlock it, or leave it out of this edit."
                    raise EditRejected(sentence, meaning=_NOTHING, remedy=remedy)
            if is_new and before and was and not changes.boundaries and not changes.all_accounts:
                self._check_locked_territories(before.ids, was, state, changes)
        for pair, sentence in self._together().items():
            if before is None or pair not in before.together:
                raise EditRejected(
                    sentence,
                    meaning=_NOTHING,
                    remedy="Assign one of them by name to another territory first, or end the rule"
                    " that keeps them apart.",
                )

    def broken_locks(self) -> dict[AccountId | GeoUnitId, TerritoryId]:
        """Locked accounts and areas of the sales force shown that are not where they are locked."""
        state = self._forces.state
        return {
            what: state.geounit_locks[GeoUnitId(what)]
            if isinstance(what, str)
            else state.account_locks[AccountId(what)]
            for what in self._broken(state)
        }

    def together(self) -> tuple[Pair, ...]:
        """Pairs that one territory or one rep serves although they must stay apart."""
        return tuple(self._together())

    def _states(self) -> list[ScenarioState]:
        return [self._forces.state_of(force.id) for force in self._forces.all]

    def _broken(self, state: ScenarioState) -> dict[AccountId | GeoUnitId, str]:
        """Locks that do not hold, each with a sentence."""
        return {**self._broken_accounts(state), **self._broken_areas(state)}

    def _broken_accounts(self, state: ScenarioState) -> dict[AccountId | GeoUnitId, str]:
        accounts = self._accounts()
        found: dict[AccountId | GeoUnitId, str] = {}
        if not state.account_locks:
            return found
        served = _served_ids(state, accounts)
        for account, holder in state.account_locks.items():
            row = accounts.row_of(account)
            if row < 0 or served[row] != holder:
                name = accounts.text("name")[row] if row >= 0 else "A locked account"
                holder_name = _name(state, int(holder))
                found[account] = f"{name} is locked for {holder_name} and would leave it."
        return found

    def _broken_areas(self, state: ScenarioState) -> dict[AccountId | GeoUnitId, str]:
        found: dict[AccountId | GeoUnitId, str] = {}
        if not state.geounit_locks:
            return found
        geography = self._geography()
        levels = {split_geounit_id(unit)[0] for unit in state.geounit_locks}
        coarsest = min(levels, key=LEVELS_COARSE_TO_FINE.index)
        held = held_by_level(state.claims, geography, coarsest)
        for unit, holder in state.geounit_locks.items():
            level, code = split_geounit_id(unit)
            index = geography.layer(level).index_of(code)
            # An area that a boundary layer took off the map is nowhere to be moved.
            if index >= 0 and held[level][index] != state.position_by_territory.get(holder):
                name, holder_name = geography.name(unit), _name(state, int(holder))
                found[unit] = f"{name} is locked for {holder_name} and would leave it."
        return found

    def _check_locked_territories(
        self, ids: LongArray, was: ForceMoment, state: ScenarioState, changes: Changes
    ) -> None:
        accounts = self._accounts()
        locked = was.locked & _locked(state)
        if not locked or not np.array_equal(ids, accounts.ids):
            return
        after = _served_ids(state, accounts)
        moved = was.served != after
        moved[accounts.rows_of(sorted(changes.edited_accounts))] = False
        for territory in sorted(locked):
            count = int((moved & ((was.served == territory) | (after == territory))).sum())
            if count:
                accounts_noun = "account" if count == 1 else "accounts"
                raise EditRejected(
                    f"{_name(state, int(territory))} is locked, and {count:,} {accounts_noun}"
                    " would come to it or leave it.",
                    meaning=_NOTHING,
                    remedy="Unlock the territory, or leave these accounts out of this edit.",
                )

    def _together(self) -> dict[Pair, str]:
        """Pairs that one territory or one rep serves although they must be apart."""
        pairs = self._forces.apart
        if not pairs:
            return {}
        accounts, states = self._accounts(), self._states()
        served = {state.sales_force: _served_ids(state, accounts) for state in states}
        found: dict[Pair, str] = {}
        for pair in pairs:
            one, other = accounts.row_of(pair.account), accounts.row_of(pair.other)
            if one < 0 or other < 0:
                continue
            by_one, by_other = _servers(states, served, one), _servers(states, served, other)
            for who in by_one:
                if who in by_other:
                    names = accounts.text("name")
                    found[pair.account, pair.other] = (
                        f"{names[one]} and {names[other]} must stay apart, and"
                        f" {by_one[who]} would serve both."
                    )
                    break
        return found


def _servers(
    states: list[ScenarioState], served: Mapping[SalesForceId, LongArray], row: int
) -> dict[tuple[str, int], str]:
    """The territories and reps that serve an account, with their names."""
    found: dict[tuple[str, int], str] = {}
    for state in states:
        territory = TerritoryId(int(served[state.sales_force][row]))
        if territory < 0:
            continue
        found["territory", territory] = _name(state, territory)
        rep = state.rep_of(territory)
        if rep is not None:
            found["rep", int(rep.id)] = rep.name
    return found


def _locks_anything(state: ScenarioState) -> bool:
    return bool(state.account_locks or state.geounit_locks or _locked(state))


def _locked(state: ScenarioState) -> frozenset[TerritoryId]:
    return frozenset(each.id for each in state.stored_territories if each.is_locked)


def _served_ids(state: ScenarioState, accounts: AccountTable) -> LongArray:
    ids = [int(each.id) for each in state.stored_territories]
    # Codes below 0 count from the end.
    by_code = np.array([*ids, IN_DISPUTE, NOBODY], dtype=np.int64)
    return by_code[state.account_territory(accounts)]


def _name(state: ScenarioState, territory: int) -> str:
    return next((each.name for each in state.stored_territories if each.id == territory), "nobody")
