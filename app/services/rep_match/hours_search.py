# SPDX-License-Identifier: MIT
"""A good way for reps to hold several territories within their hours, found by exchanges."""

import numpy as np
import numpy.typing as npt

from app.services.optimiser.assignment_problem import best_assignment
from app.services.rep_match.facts import NOBODY, FloatArray, IntArray, LongArray
from app.services.rep_match.hours_problem import VACANCY_COST, HoursProblem

_LEAST_GAIN = 1e-9
_MOST_ROUNDS = 4_000
_TOLERANCE_HOURS = 1e-7


def first_answer(problem: HoursProblem, guide: FloatArray) -> IntArray:
    """Row of a rep per territory, or `NOBODY`; every free rep holds at least one.

    Free reps get one each, as good as can be; the other territories go where the guide says first,
    the largest first; then moves and exchanges follow while they gain.

    Args:
        problem: More territories than free reps.
        guide: R x T, what each pair is worth with the hours that it takes already paid.
    """
    search = _Search(problem)
    free = np.flatnonzero(problem.is_free)
    if len(free):
        cost = np.ascontiguousarray(-guide[free])
        for rep, territory in zip(free.tolist(), best_assignment(cost).tolist(), strict=True):
            search.give(territory, rep)
    for territory in np.argsort(-problem.needed, kind="stable").tolist():
        if search.rep[territory] == NOBODY:
            search.give_best(territory, guide)
    for _ in range(_MOST_ROUNDS):
        if not (search.move() or search.exchange() or search.make_room()):
            break
    return search.rep


class _Search:
    """An answer that is improved step by step; it keeps to the hours all the time."""

    def __init__(self, problem: HoursProblem) -> None:
        self._problem = problem
        reps, territories = problem.value.shape
        self.rep: IntArray = np.full(territories, NOBODY, dtype=np.int32)
        self._left: FloatArray = problem.limit.astype(np.float64).copy()
        self._held: LongArray = np.zeros(reps, dtype=np.int64)

    def give(self, territory: int, rep: int) -> None:
        """Let a rep hold a territory, whoever held it before."""
        before = int(self.rep[territory])
        if before != NOBODY:
            self._left[before] += self._problem.hours[before, territory]
            self._held[before] -= 1
        self.rep[territory] = rep
        if rep != NOBODY:
            self._left[rep] -= self._problem.hours[rep, territory]
            self._held[rep] += 1

    def give_best(self, territory: int, guide: FloatArray) -> None:
        """Let the rep with hours hold it for whom the guide says most; nobody where none has."""
        fits = self._fits(territory)
        if fits.any():
            self.give(territory, int(np.argmax(np.where(fits, guide[:, territory], -np.inf))))

    def move(self) -> bool:
        """Let one territory go to another rep, the one where that gains most."""
        problem = self._problem
        gain = problem.value - self._worth()[None, :]
        gain[:, self._is_last()] = -np.inf
        gain[problem.hours > self._left[:, None] + _TOLERANCE_HOURS] = -np.inf
        held = np.flatnonzero(self.rep != NOBODY)
        gain[self.rep[held], held] = -np.inf
        for rep, territory in _largest(gain):
            if gain[rep, territory] <= _LEAST_GAIN:
                return False
            if self._is_allowed(territory, rep):
                self.give(territory, rep)
                return True
        return False

    def exchange(self) -> bool:
        """Let two territories exchange their reps, the two where that gains most."""
        problem, held = self._problem, np.flatnonzero(self.rep != NOBODY)
        rep = self.rep[held]
        swapped = problem.value[np.ix_(rep, held)]
        own = problem.value[rep, held]
        gain = swapped + swapped.T - own[:, None] - own[None, :]
        hours = problem.hours[np.ix_(rep, held)]
        room = self._left[rep] + problem.hours[rep, held] + _TOLERANCE_HOURS
        is_too_much = hours > room[:, None]
        gain[is_too_much | is_too_much.T] = -np.inf
        gain[rep[:, None] == rep[None, :]] = -np.inf
        for one, other in _largest(gain):
            if gain[one, other] <= _LEAST_GAIN:
                return False
            if self._try_exchange(int(held[one]), int(held[other])):
                return True
        return False

    def make_room(self) -> bool:
        """Staff a vacant territory by letting one of a rep's others go to somebody with hours."""
        problem = self._problem
        for vacant in np.flatnonzero(self.rep == NOBODY).tolist():
            for territory in np.argsort(-problem.needed, kind="stable").tolist():
                rep = int(self.rep[territory])
                if rep == NOBODY:
                    continue
                room = self._left[rep] + problem.hours[rep, territory] + _TOLERANCE_HOURS
                if problem.hours[rep, vacant] > room:
                    continue
                fits = self._fits(territory)
                fits[rep] = False
                if not fits.any():
                    continue
                taker = int(np.argmax(np.where(fits, problem.value[:, territory], -np.inf)))
                self.give(territory, taker)
                if self._is_allowed(vacant, rep):
                    self.give(vacant, rep)
                    return True
                self.give(territory, rep)
        return False

    def _worth(self) -> FloatArray:
        worth = np.full(len(self.rep), -VACANCY_COST)
        held = np.flatnonzero(self.rep != NOBODY)
        worth[held] = self._problem.value[self.rep[held], held]
        return worth

    def _is_last(self) -> npt.NDArray[np.bool_]:
        """Per territory, whether it is the only one of a rep who must have one."""
        rep = np.maximum(self.rep, 0)
        needs = self._problem.is_free[rep] & (self._held[rep] == 1)
        return needs & (self.rep != NOBODY)

    def _fits(self, territory: int) -> npt.NDArray[np.bool_]:
        """Which reps have hours for a territory and hold nothing that it must be apart from."""
        fits = self._problem.hours[:, territory] <= self._left + _TOLERANCE_HOURS
        for partner in self._problem.partners(territory):
            if self.rep[partner] != NOBODY:
                fits[self.rep[partner]] = False
        return fits

    def _is_allowed(self, territory: int, rep: int) -> bool:
        return all(self.rep[partner] != rep for partner in self._problem.partners(territory))

    def _try_exchange(self, one: int, other: int) -> bool:
        first, second = int(self.rep[one]), int(self.rep[other])
        self.give(one, NOBODY)
        self.give(other, NOBODY)
        if self._is_allowed(one, second) and self._is_allowed(other, first):
            self.give(one, second)
            self.give(other, first)
            return True
        self.give(one, first)
        self.give(other, second)
        return False


def _largest(gain: FloatArray, most: int = 20) -> list[tuple[int, int]]:
    """Places of the largest entries of a table, the largest first; equal ones by place."""
    if not gain.size:
        return []
    count = min(most, gain.size)
    flat = gain.ravel()
    top = np.argpartition(-flat, count - 1)[:count] if count < gain.size else np.arange(gain.size)
    top = top[np.lexsort((top, -flat[top]))]
    rows, columns = np.unravel_index(top, gain.shape)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))
