# SPDX-License-Identifier: MIT
"""From today's plan to a balanced one with few moves; repairs of a plan and of a hand edit."""

from dataclasses import replace

import numpy as np

from app.models.errors import EditRejected
from app.services.optimiser.annealing import Effort, Found, anneal, around, settle
from app.services.optimiser.answers import (
    Answer,
    answer_of,
    inertia_of,
    moved_share_of,
    moved_weight,
)
from app.services.optimiser.building import prices_of, usual_effort
from app.services.optimiser.connecting import connected
from app.services.optimiser.kernel_library import Ints
from app.services.optimiser.listening import Listener, Silence
from app.services.optimiser.prepared import Prepared, prepare
from app.services.optimiser.problem import Problem

_USUAL_MOVE_WEIGHT = 1.7
_PENALTY_PER_MOVE = 4.0
_LOCAL_STEPS = 40_000


def rebalance(
    problem: Problem, *, most_moved: float = 1.0, listener: Listener | None = None
) -> Answer:
    """Balanced territories that differ from today's as little as possible.

    Args:
        problem: What is asked; `kept.territory` is today's plan and `aims.move_weight` the price
            of moves (0 for the usual one).
        most_moved: Share of the moved weight that may leave today's territory. Where the
            corridor needs more, the answer says so by `is_within` or `moved_share`.
        listener: Hears of progress and can stop the search.

    Raises:
        EditRejected: There is no plan today, or the problem has no answer.
    """
    prepared = prepare(problem)
    return answer_of(prepared, rebalanced(prepared, most_moved, listener or Silence()))


def rebalanced(prepared: Prepared, most_moved: float, listener: Listener) -> Found:
    """As `rebalance`, from a prepared problem."""
    start = connected(prepared, todays_plan(prepared))
    weight = prepared.problem.aims.move_weight or _USUAL_MOVE_WEIGHT
    effort = prepared.problem.aims.effort or usual_effort(prepared)
    best: Found | None = None
    for attempt in range(4):
        priced = with_move_price(prepared, start, weight * 4.0**attempt)
        found = searched(priced, start, effort, listener)
        key = _missed(prepared, found, most_moved)
        if best is None or key < _missed(prepared, best, most_moved):
            best = found
        if found.is_stopped or moved_share_of(prepared, found.plan) <= most_moved:
            break
    if best is None:
        raise AssertionError
    return best


def _missed(prepared: Prepared, found: Found, most_moved: float) -> tuple[float, float]:
    return max(0.0, moved_share_of(prepared, found.plan) - most_moved), found.excess


def todays_plan(prepared: Prepared) -> Ints:
    """Today's territories.

    Raises:
        EditRejected: No unit has one.
    """
    today = prepared.arrays["today"]
    if not (today >= 0).any():
        raise EditRejected(
            "There is no plan yet that could be balanced.",
            meaning="Nothing was changed.",
            remedy="Build territories first.",
        )
    return today


def with_move_price(prepared: Prepared, plan: Ints, weight: float) -> Prepared:
    """The same question with a price on leaving today's territory.

    Args:
        prepared: The question.
        plan: The plan whose inertia is the measure of the price.
        weight: What moving everything counts beside that inertia.
    """
    moved = moved_weight(prepared)
    total = float(moved[prepared.arrays["today"] >= 0].sum())
    price = weight * inertia_of(prepared, plan) / total if total else 0.0
    # Units without weight should not wander either.
    least = 1e-3 * total / max(len(moved), 1)
    arrays = dict(prepared.arrays) | {"leave_cost": price * (moved + least)}
    return replace(prepared, arrays=arrays)


def searched(
    prepared: Prepared, start: Ints, effort: int, listener: Listener, active: Ints | None = None
) -> Found:
    """Anneals from a plan that is near the answer, less hot than from scratch."""
    prices = prices_of(prepared, start, np.zeros(prepared.problem.wanted.count))
    # Being outside must cost more than the moves that bring a load inside.
    moves = float(prepared.arrays["leave_cost"].sum()) / prepared.problem.wanted.count
    penalty = 3.0 * prices.penalty + _PENALTY_PER_MOVE * moves
    prices = replace(prices, heat=0.5 * prices.heat, penalty=penalty)
    seed = prepared.problem.aims.seed
    found = anneal(prepared, start, prices, Effort(seed, effort, active), listener)
    if active is not None:
        return found
    return settle(prepared, found, prices, Effort(seed + 1, effort // 10), listener)


def repair(problem: Problem) -> Answer:
    """Today's plan with gaps filled and torn territories connected, and nothing else changed.

    Raises:
        EditRejected: There is no plan today, or a territory cannot be connected.
    """
    prepared = prepare(problem)
    plan = connected(prepared, todays_plan(prepared))
    return answer_of(prepared, Found(plan, 0.0, 0.0))


def local_repair(problem: Problem, edited: Ints, *, hops: int = 1) -> Answer:
    """Balances around a hand edit; the edited units stay where the user put them.

    Args:
        problem: What is asked; `kept.territory` is the plan after the edit.
        edited: The units that were edited.
        hops: How many borders away territories may change.

    Raises:
        EditRejected: There is no plan, or the edit cannot be connected.
    """
    locked = np.zeros(problem.units.count, dtype=np.bool_)
    if problem.kept.is_locked is not None:
        locked |= problem.kept.is_locked
    locked[edited] = True
    prepared = prepare(replace(problem, kept=replace(problem.kept, is_locked=locked)))
    start = connected(prepared, todays_plan(prepared))
    near = np.unique(start[edited]).astype(np.int32)
    active = around(prepared, start, near, hops)
    priced = with_move_price(prepared, start, problem.aims.move_weight or _USUAL_MOVE_WEIGHT)
    steps = problem.aims.effort or _LOCAL_STEPS
    return answer_of(prepared, searched(priced, start, steps, Silence(), active))
