# SPDX-License-Identifier: MIT
"""The best way to staff all territories at once: a proven optimum, not a good guess."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.services.optimiser.assignment_problem import best_assignment
from app.services.rep_match.facts import NOBODY, FloatArray, IntArray, LongArray
from app.services.rep_match.hours_problem import VACANCY_COST, StaffingRules, hours_problem

STAYS_BONUS = 1e-6
"""Of two ways that are as good, the one that changes less counts as better by this much a pair."""


@dataclass(frozen=True, slots=True)
class StaffingProblem:
    """R reps for T territories.

    Attributes:
        fit: R x T, 0 to 1.
        needed_hours: Length T.
        available_hours: Length R.
        holder: Length T, today's rep or `NOBODY`; decides only between equals.
        kept: Rep by territory, for pairs that stay whatever comes.
        may_hold: Length R, whether the rep is offered beyond the pairs that stay.
        apart: Pairs of territories that one rep may not hold together.
    """

    fit: FloatArray
    needed_hours: FloatArray
    available_hours: FloatArray
    holder: IntArray
    may_hold: npt.NDArray[np.bool_]
    kept: Mapping[int, int] = field(default_factory=dict[int, int])
    apart: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who is to hold what.

    Attributes:
        rep: Length T, row of the rep, or `NOBODY` where nobody has hours left.
        total_fit: Sum of the fit of all pairs.
        bound: What no way can exceed, by proof; the same as `total_fit` where it is the optimum,
            up to `STAYS_BONUS` a pair.
        is_proved: Whether it is the optimum.
    """

    rep: IntArray
    total_fit: float
    bound: float
    is_proved: bool


Cancelled = Callable[[], bool]


def best_for_all(problem: StaffingProblem, cancelled: Cancelled = lambda: False) -> Staffing:
    """Staff all territories so that the sum of the fits is as large as it can be.

    Where there are no more territories than reps, each rep holds at most one, whatever its size;
    how far the hours go is part of the fit. Where there are more, every rep who is offered gets at
    least one, and further ones only as far as the hours go; a territory for which no rep has
    hours stays vacant, which costs as much as `VACANCY_COST` perfect fits. Pairs that stay take
    their hours first.

    Source: the first is the assignment problem (Jonker, Volgenant 1987), the second a generalised
    assignment problem: exchanges find an answer, the relaxed program bounds it, and branch and
    bound with HiGHS closes what is between where the plan is small enough.

    Args:
        problem: See there.
        cancelled: Asked now and then.

    Raises:
        TaskCancelled: The user stopped it.
    """
    reps, territories = problem.fit.shape
    open_territories = np.array([t for t in range(territories) if t not in problem.kept], np.int64)
    busy = set(problem.kept.values())
    free = np.array([r for r in range(reps) if problem.may_hold[r] and r not in busy], np.int64)
    rep = np.full(territories, NOBODY, dtype=np.int32)
    for territory, keeper in problem.kept.items():
        rep[territory] = keeper
    value = problem.fit + STAYS_BONUS * _stays(problem)
    if len(open_territories) <= len(free):
        cost = -value[np.ix_(free, open_territories)].T
        rep[open_territories] = free[best_assignment(np.ascontiguousarray(cost))]
        total = _total(problem, rep)
        return Staffing(rep, total, total, is_proved=True)
    return _with_several(problem, value, free, rep, cancelled)


def _with_several(
    problem: StaffingProblem,
    value: FloatArray,
    free: LongArray,
    rep: IntArray,
    cancelled: Cancelled,
) -> Staffing:
    """The staffing where some reps hold several territories.

    Args:
        problem: See there.
        value: R x T, the fit with what decides between equals.
        free: Reps without a pair that stays.
        rep: Length T, the pairs that stay, `NOBODY` elsewhere; filled here.
        cancelled: Asked now and then.
    """
    open_territories = np.array([t for t in range(len(rep)) if t not in problem.kept], np.int64)
    rules = StaffingRules(
        problem.needed_hours, problem.available_hours, problem.kept, problem.apart
    )
    hours, rows = hours_problem(value, rules, free, problem.may_hold, open_territories)
    if not len(rows):
        total = _total(problem, rep)
        return Staffing(rep, total, total, is_proved=True)
    # HiGHS takes a tenth of a second to load, which most plans never need.
    from app.services.rep_match.hours_program import solve  # noqa: PLC0415

    found, bound, is_proved = solve(hours, cancelled)
    staffed = found != NOBODY
    rep[open_territories[staffed]] = rows[found[staffed]]
    total = _total(problem, rep)
    # The bound counts vacancies as their cost; with as many as here, it is a bound on the fits.
    most = bound + VACANCY_COST * float((~staffed).sum()) + _kept_fit(problem)
    return Staffing(rep, total, total if is_proved else max(total, most), is_proved)


def _stays(problem: StaffingProblem) -> FloatArray:
    same = np.zeros(problem.fit.shape)
    held = np.flatnonzero(problem.holder != NOBODY)
    same[problem.holder[held], held] = 1.0
    return same


def _total(problem: StaffingProblem, rep: IntArray) -> float:
    held = np.flatnonzero(rep != NOBODY)
    return float(problem.fit[rep[held], held].sum())


def _kept_fit(problem: StaffingProblem) -> float:
    return float(sum(problem.fit[keeper, territory] for territory, keeper in problem.kept.items()))
