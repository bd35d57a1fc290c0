# SPDX-License-Identifier: MIT
"""More territories than reps: who may hold several, within the hours of everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.rep_match.facts import FloatArray, LongArray

VACANCY_COST = 10.0
"""In perfect fits: more than a chain of moves for which one is left vacant could gain."""


@dataclass(frozen=True, slots=True)
class HoursProblem:
    """R reps and T territories that are still open.

    Attributes:
        value: R x T, what each pair is worth.
        hours: R x T, what a pair takes of the rep's hours; inf where it cannot be. A territory that
            is larger than all the hours of a free rep takes all of them: alone it may be held.
        limit: Length R, hours of each rep.
        is_free: Length R, whether the rep must get at least one.
        needed: Length T, hours of each territory.
        apart: Pairs of territories that one rep may not hold together.
    """

    value: FloatArray
    hours: FloatArray
    limit: FloatArray
    is_free: npt.NDArray[np.bool_]
    needed: FloatArray
    apart: Sequence[tuple[int, int]] = ()

    def partners(self, territory: int) -> list[int]:
        """What a territory must be apart from."""
        if not self.apart:
            return []
        found = [b for a, b in self.apart if a == territory]
        return found + [a for a, b in self.apart if b == territory]


@dataclass(frozen=True, slots=True)
class OpenReps:
    """Rows of the reps that can still get something: free ones, then those with pairs that stay."""

    free: LongArray
    keepers: Sequence[int]

    @property
    def rows(self) -> LongArray:
        """All of them."""
        return np.array([*self.free.tolist(), *self.keepers], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class StaffingRules:
    """What the answer must keep to.

    Attributes:
        needed_hours: Length T.
        available_hours: Length R.
        kept: Rep by territory, for pairs that stay.
        apart: Pairs of territories that one rep may not hold together.
    """

    needed_hours: FloatArray
    available_hours: FloatArray
    kept: Mapping[int, int]
    apart: Sequence[tuple[int, int]]


def hours_problem(
    value: FloatArray,
    rules: StaffingRules,
    free: LongArray,
    may_hold: npt.NDArray[np.bool_],
    open_territories: LongArray,
) -> tuple[HoursProblem, LongArray]:
    """The problem of what is open once the pairs that stay have taken their hours.

    Args:
        value: R x T, all pairs of the plan.
        rules: See there.
        free: Reps without a pair that stays.
        may_hold: Length R, whether the rep is offered at all.
        open_territories: Territories without one.

    Returns:
        The problem, and the rep of each of its rows.
    """
    left = rules.available_hours.astype(np.float64).copy()
    for territory, keeper in rules.kept.items():
        left[keeper] -= rules.needed_hours[territory]
    keepers = [r for r in sorted(set(rules.kept.values())) if may_hold[r] and left[r] > 0]
    rows = OpenReps(free, keepers).rows
    is_free = np.arange(len(rows)) < len(free)
    limit = np.maximum(left[rows], 0.0)
    needed = rules.needed_hours[open_territories].astype(np.float64)
    hours = np.repeat(needed[None, :], len(rows), axis=0)
    alone = np.minimum(hours, limit[:, None])
    hours = np.where(is_free[:, None], alone, np.where(hours > limit[:, None], np.inf, hours))
    position = {int(each): at for at, each in enumerate(open_territories.tolist())}
    for one, other in (*rules.apart, *((b, a) for a, b in rules.apart)):
        keeper = rules.kept.get(one)
        if keeper in keepers and other in position:
            hours[len(free) + keepers.index(keeper), position[other]] = np.inf
    apart = [(position[a], position[b]) for a, b in rules.apart if a in position and b in position]
    wanted = value[np.ix_(rows, open_territories)]
    return HoursProblem(wanted, hours, limit, is_free, needed, apart), rows
