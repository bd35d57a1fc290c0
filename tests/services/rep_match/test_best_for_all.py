# SPDX-License-Identifier: MIT
"""The best staffing of all territories, against every staffing that there is."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.errors import TaskCancelled
from app.services.rep_match.best_for_all import StaffingProblem, best_for_all
from app.services.rep_match.facts import NOBODY
from app.services.rep_match.hours_problem import VACANCY_COST


def problem_of(seed: int, reps: int, territories: int, **more: object) -> StaffingProblem:
    rng = np.random.default_rng(seed)
    return StaffingProblem(
        fit=rng.random((reps, territories)),
        needed_hours=(rng.integers(1, 6, territories) * 100).astype(np.float64),
        available_hours=(rng.integers(4, 12, reps) * 100).astype(np.float64),
        holder=rng.integers(-1, reps, territories).astype(np.int32),
        may_hold=np.ones(reps, dtype=bool),
        **more,  # type: ignore[arg-type]
    )


def is_allowed(problem: StaffingProblem, chosen: tuple[int, ...]) -> bool:
    """The rules in plain loops."""
    reps, territories = problem.fit.shape
    open_count = territories - len(problem.kept)
    busy = set(problem.kept.values())
    free = [r for r in range(reps) if problem.may_hold[r] and r not in busy]
    is_one_to_one = open_count <= len(free)
    if any(chosen[t] != rep for t, rep in problem.kept.items()):
        return False
    if any(chosen[a] == chosen[b] != NOBODY for a, b in problem.apart) and not is_one_to_one:
        return False
    return all(
        _is_rep_fine(problem, chosen, rep, is_one_to_one=is_one_to_one) for rep in range(reps)
    )


def _is_rep_fine(
    problem: StaffingProblem, chosen: tuple[int, ...], rep: int, *, is_one_to_one: bool
) -> bool:
    new = [t for t, r in enumerate(chosen) if r == rep and t not in problem.kept]
    old = [t for t, keeper in problem.kept.items() if keeper == rep]
    hours, needed = problem.available_hours[rep] + 1e-6, problem.needed_hours
    if new and not problem.may_hold[rep]:
        return False
    if is_one_to_one:
        return len(new) <= (0 if old else 1)
    if old:
        return not new or bool(needed[[*old, *new]].sum() <= hours)
    has_room = bool(np.minimum(needed[new], hours - 1e-6).sum() <= hours)
    return has_room and (bool(new) or not problem.may_hold[rep])


def value_of(problem: StaffingProblem, chosen: tuple[int, ...]) -> float:
    return sum(-VACANCY_COST if r == NOBODY else problem.fit[r, t] for t, r in enumerate(chosen))


def best_by_trying(problem: StaffingProblem) -> float | None:
    reps, territories = problem.fit.shape
    every = product(range(-1, reps), repeat=territories)
    values = [value_of(problem, each) for each in every if is_allowed(problem, each)]
    return max(values, default=None)


@pytest.mark.parametrize("size", [(5, 5), (5, 3), (3, 5), (2, 6), (4, 5), (1, 4)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_other_staffing_is_better(seed: int, size: tuple[int, int]) -> None:
    problem = problem_of(seed, *size)
    found = best_for_all(problem)
    chosen = tuple(found.rep.tolist())
    assert is_allowed(problem, chosen)
    assert value_of(problem, chosen) == pytest.approx(best_by_trying(problem), abs=1e-4)
    assert found.is_proved
    assert found.bound == pytest.approx(found.total_fit)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 2), st.booleans(), st.booleans())
def test_pairs_that_stay_rivals_and_reps_who_are_not_offered_are_kept(
    seed: int, keeper: int, is_apart: bool, one_is_out: bool
) -> None:
    may_hold = np.ones(3, dtype=bool)
    may_hold[(keeper + 1) % 3] = not one_is_out
    whole = problem_of(seed, 3, 5)
    problem = StaffingProblem(
        *(whole.fit, whole.needed_hours, whole.available_hours, whole.holder, may_hold),
        kept={0: keeper},
        apart=((1, 2), (0, 3)) if is_apart else (),
    )
    best = best_by_trying(problem)
    found = best_for_all(problem)
    chosen = tuple(found.rep.tolist())
    assert chosen[0] == keeper
    assert best is not None
    assert is_allowed(problem, chosen)
    assert value_of(problem, chosen) == pytest.approx(best, abs=1e-4)


def test_of_equal_reps_the_one_who_is_there_stays() -> None:
    even = np.full((3, 3), 0.5)
    holder = np.array([2, 0, 1], dtype=np.int32)
    hours = np.full(3, 100.0)
    problem = StaffingProblem(even, hours, hours, holder, np.ones(3, dtype=bool))
    assert best_for_all(problem).rep.tolist() == [2, 0, 1]


def test_a_territory_without_hours_stays_vacant_and_a_large_one_has_a_rep_to_itself() -> None:
    """One rep of 100 h: the territory of 300 h fills the day; the small one stays vacant."""
    fit = np.array([[0.9, 0.1]])
    problem = StaffingProblem(
        *(fit, np.array([300.0, 50.0]), np.array([100.0])),
        *(np.full(2, NOBODY, np.int32), np.ones(1, dtype=bool)),
    )
    assert best_for_all(problem).rep.tolist() == [0, NOBODY]


def test_without_reps_everything_stays_vacant() -> None:
    problem = StaffingProblem(
        *(np.zeros((0, 2)), np.ones(2), np.zeros(0)),
        *(np.full(2, NOBODY, np.int32), np.ones(0, dtype=bool)),
    )
    assert best_for_all(problem).rep.tolist() == [NOBODY, NOBODY]


def test_a_large_plan_is_answered_with_a_bound_close_by() -> None:
    rng = np.random.default_rng(5)
    hours = rng.uniform(800, 1700, 60)
    needed = rng.uniform(0.3, 1.7, 200)
    needed *= hours.sum() * 0.85 / needed.sum()
    problem = StaffingProblem(
        *(rng.random((60, 200)), needed, hours, np.full(200, NOBODY, np.int32)),
        np.ones(60, dtype=bool),
    )
    found = best_for_all(problem)
    work = np.bincount(found.rep, weights=needed, minlength=60)
    assert (found.rep >= 0).all()
    assert (work <= hours + 1e-6).all()
    assert found.total_fit <= found.bound <= found.total_fit * 1.02


def test_the_user_can_stop_it() -> None:
    with pytest.raises(TaskCancelled):
        best_for_all(problem_of(1, 2, 6), cancelled=lambda: True)
