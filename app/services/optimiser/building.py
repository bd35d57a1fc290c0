# SPDX-License-Identifier: MIT
"""Territories from scratch."""

from dataclasses import dataclass, replace

import numpy as np

from app.models.errors import EditRejected
from app.services.optimiser.annealing import Effort, Found, Prices, anneal, settle
from app.services.optimiser.answers import Answer, answer_of, border_km_of, inertia_of
from app.services.optimiser.assignment_problem import best_assignment
from app.services.optimiser.connecting import connected
from app.services.optimiser.kernel_library import Floats, Ints
from app.services.optimiser.listening import Listener, Silence
from app.services.optimiser.prepared import Prepared, prepare
from app.services.optimiser.problem import Problem
from app.services.optimiser.starting import Diagram, Starter

_POOL = 4
_MANY_UNITS = 10_000
_MOST_RESTARTS = 4
_WARM_ROUNDS = 8
_WARM_PENALTY = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class _Start:
    plan: Ints
    price: Floats


def build(problem: Problem, listener: Listener | None = None) -> Answer:
    """Balanced, compact, connected territories.

    Several balanced power diagrams are made, the best few of them annealed for a short while, and
    the best of those for long.

    Args:
        problem: What is asked. Locked units keep today's territories; other units of today's plan
            only decide which territory gets which number.
        listener: Hears of progress and can stop the search; the answer is then the best so far.

    Raises:
        EditRejected: The problem has no answer.
    """
    prepared = prepare(problem)
    return answer_of(prepared, built(prepared, listener or Silence()))


def built(prepared: Prepared, listener: Listener) -> Found:
    """As `build`, from a prepared problem."""
    aims, usual = prepared.problem.aims, usual_effort(prepared)
    effort = aims.effort or usual
    restarts = max(1, min(_MOST_RESTARTS, effort // (4 * usual)))
    part = effort // restarts if restarts == 1 else effort // (2 * restarts)
    best: Found | None = None
    for restart in range(restarts):
        seed = aims.seed * _MOST_RESTARTS + restart
        found = _built_once(prepared, seed, part, listener)
        if best is None or (found.excess, found.cost) < (best.excess, best.cost):
            best = found
        if found.is_stopped:
            return replace(best, is_stopped=True)
    if best is None:
        raise AssertionError
    return best if restarts == 1 else _warmed(prepared, best, effort // 2, listener)


def _warmed(prepared: Prepared, best: Found, effort: int, listener: Listener) -> Found:
    """Warms the best plan up again and again, less than at first, and keeps what is better."""
    prices = prices_of(prepared, best.plan, np.zeros(prepared.problem.wanted.count))
    prices = replace(prices, penalty=_WARM_PENALTY * prices.penalty)
    for round_ in range(_WARM_ROUNDS):
        warm = replace(prices, heat=prices.heat * (0.5 if round_ % 2 else 0.15))
        seed = prepared.problem.aims.seed * _WARM_ROUNDS + round_
        found = anneal(prepared, best.plan, warm, Effort(seed, effort // _WARM_ROUNDS), listener)
        if (found.excess, found.cost) < (best.excess, best.cost):
            best = found
        if found.is_stopped:
            return replace(best, is_stopped=True)
    return best


def _built_once(prepared: Prepared, seed: int, effort: int, listener: Listener) -> Found:
    starts = _starts(prepared, seed, listener)
    if prepared.problem.wanted.count == 1:
        return Found(starts[0].plan, 0.0, 0.0)
    prices = prices_of(prepared, starts[0].plan, starts[0].price)
    short: list[Found] = []
    for start in starts:
        if listener.is_stopped and short:
            break
        short.append(anneal(prepared, start.plan, prices, Effort(seed, effort // 10), listener))
    best = min(short, key=lambda found: found.cost + prices.penalty * found.excess)
    if listener.is_stopped:
        return replace(best, is_stopped=True)
    found = anneal(prepared, best.plan, prices, Effort(seed + 1, effort), listener)
    if (best.excess, best.cost) < (found.excess, found.cost):
        found = replace(best, is_stopped=found.is_stopped)
    return settle(prepared, found, prices, Effort(seed + 2, effort // 10), listener)


def usual_effort(prepared: Prepared) -> int:
    """Steps that are worth their time: 25,000 per territory and 400 per unit, of many fewer."""
    units = prepared.problem.units.count
    of_units = 400 * min(units, _MANY_UNITS) + 200 * max(0, units - _MANY_UNITS)
    return of_units + 25_000 * prepared.problem.wanted.count


def prices_of(prepared: Prepared, plan: Ints, price: Floats) -> Prices:
    """Prices from the plan that a search begins with, so that they fit any size and unit.

    Args:
        prepared: The question.
        plan: n territories.
        price: k prices of the power diagram, km²; zeros where there is none.
    """
    problem = prepared.problem
    inertia, border = inertia_of(prepared, plan), border_km_of(prepared, plan)
    weight = float(prepared.arrays["mass"].sum())
    # Units that all lie in one place leave no inertia to measure anything by.
    inertia = max(inertia, 1e-6 * weight)
    spread = max(float(price.max() - price.min()), 2.0 * inertia / weight)
    measures = prepared.ideal.shape[1]
    heat = 4.0 * inertia / problem.units.count
    return Prices(
        border=problem.aims.border_weight * inertia / border if border else 0.0,
        penalty=2.0 * spread * weight / problem.wanted.count,
        heat=heat if measures == 1 else 4.0 * heat,
    )


def _starts(prepared: Prepared, seed: int, listener: Listener) -> list[_Start]:
    """Connected first plans, the best diagram first."""
    count = prepared.problem.wanted.count
    regions = int(prepared.arrays["region"].max()) + 1
    starters = [Starter(prepared, region) for region in range(regions)]
    pools = [_pool(starter, seed, listener) for starter in starters]
    starts: list[_Start] = []
    for rank in range(max(len(pool) for pool in pools)):
        plan = np.full(prepared.problem.units.count, -1, dtype=np.int32)
        price = np.zeros(count)
        for starter, pool in zip(starters, pools, strict=True):
            chosen = pool[min(rank, len(pool) - 1)]
            diagram, plan[starter.units] = starter.on_all_units(chosen, listener)
            price[diagram.territories] = diagram.price
        plan, price = _numbered_like_today(prepared, plan, price)
        starts.append(_Start(_connected(prepared, plan, price), price))
        if listener.is_stopped:
            break
    return starts


def _connected(prepared: Prepared, plan: Ints, price: Floats) -> Ints:
    """The plan with connected territories, or today's where locked units stand in its way."""
    try:
        return connected(prepared, plan, price)
    except EditRejected:
        # Ways to locked units may block one another, which they do not in a plan that exists.
        today = prepared.arrays["today"]
        if not (today >= 0).any():
            raise
        return connected(prepared, today)


def _pool(starter: Starter, seed: int, listener: Listener) -> list[Diagram]:
    attempts = 1 if starter.has_homes else starter.attempts
    diagrams: list[Diagram] = []
    for attempt in range(attempts):
        diagrams.append(starter.diagram(seed * 1000 + attempt, listener))
        if listener.is_stopped:
            break
    return sorted(diagrams, key=lambda diagram: diagram.cost)[:_POOL]


def _numbered_like_today(prepared: Prepared, plan: Ints, price: Floats) -> tuple[Ints, Floats]:
    """The same plan with the numbers of today's territories where they overlap most."""
    arrays, count = prepared.arrays, prepared.problem.wanted.count
    held = arrays["today"] >= 0
    if not held.any() or arrays["home_share"].any():
        return plan, price
    overlap = np.zeros((count, count))
    weight = arrays["mass"] * np.where(arrays["is_locked"] > 0, 1000.0, 1.0)
    np.add.at(overlap, (plan[held], arrays["today"][held]), weight[held])
    region_of = arrays["region_of"]
    overlap[region_of[:, None] != region_of] = -1e12 * (1.0 + overlap.max())
    number = best_assignment(-overlap)
    moved = np.zeros(count)
    moved[number] = price
    return number[plan], moved
