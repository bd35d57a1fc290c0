# SPDX-License-Identifier: MIT
"""Improves a connected plan in slices that take a few hundredths of a second each."""

from dataclasses import dataclass

import numpy as np

from app.services.optimiser.kernel_library import Floats, Ints
from app.services.optimiser.kernel_search import KernelSearch
from app.services.optimiser.listening import Listener, Progress
from app.services.optimiser.prepared import Prepared
from app.services.optimiser.sums import summed

_COLD = 1e-2
"""Temperature at the end over that at the start."""

SLICE = 65_536
"""Steps between two looks at the listener; a part of the result, as sums are renewed then."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What costs what, in units of inertia (load times km²).

    Attributes:
        border: A km of border between two territories.
        penalty: A load that is one ideal outside its corridor.
        heat: Temperature at the start.
    """

    border: float
    penalty: float
    heat: float


@dataclass(frozen=True, slots=True, eq=False)
class Effort:
    """How a search is carried out.

    Attributes:
        seed: Of the random numbers.
        steps: How many are proposed.
        active: The territories that may change; None for all.
    """

    seed: int
    steps: int
    active: Ints | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a search ended with.

    Attributes:
        plan: n territories, connected.
        cost: Inertia, borders and moves, priced.
        excess: 0 where every load is in its corridor.
        is_stopped: Whether it ended early.
    """

    plan: Ints
    cost: float
    excess: float
    is_stopped: bool = False


def anneal(
    prepared: Prepared,
    plan: Ints,
    prices: Prices,
    effort: Effort,
    listener: Listener,
) -> Found:
    """Anneals once from hot to cold.

    Args:
        prepared: The question.
        plan: Where to begin, connected.
        prices: What costs what.
        effort: How long, and from which random numbers.
        listener: Hears of progress and can stop it.
    """
    with KernelSearch(prepared.arrays, prices.border, prices.penalty, plan, effort.seed) as search:
        if effort.active is not None:
            search.set_active(effort.active)
        if _cool(search, (prices.heat, _COLD * prices.heat), effort.steps, listener):
            return Found(*search.best(), is_stopped=True)
        best = Found(*search.best())
        # What it ends at may be slightly outside, and the best one a hot, ragged plan of before.
        for attempt in range(5):
            if attempt and search.current()[2] <= 0.0:
                break
            search.set_prices(prices.border, prices.penalty * 3.0**attempt)
            heat = _COLD * prices.heat * 2.0**attempt
            stopped = _cool(search, (heat, _COLD * heat), effort.steps // 16, listener)
            now = Found(*search.best(), stopped)
            best = min(best, now, key=lambda found: (found.excess, found.cost))
            if stopped:
                break
        return best


def settle(
    prepared: Prepared,
    found: Found,
    prices: Prices,
    effort: Effort,
    listener: Listener,
) -> Found:
    """Heats up again around territories that are outside their corridors, until none is.

    Args:
        prepared: The question.
        found: What to go on from.
        prices: What costs what; being outside costs ever more.
        effort: Its steps are those of each attempt, of which there are at most twelve.
        listener: Hears of progress and can stop it.
    """
    if found.excess <= 0.0 or found.is_stopped:
        return found
    with KernelSearch(
        prepared.arrays, prices.border, prices.penalty, found.plan, effort.seed
    ) as search:
        best = found
        for attempt in range(12):
            off = outside(prepared, best.plan)
            active = around(prepared, best.plan, off, 1 + attempt // 2)
            if not len(active):
                break
            search.set_prices(prices.border, prices.penalty * 2.0 ** (1 + attempt // 3))
            search.set_plan(best.plan)
            search.set_active(active)
            heat = prices.heat * (1.0 + attempt)
            stopped = _cool(search, (heat, _COLD * heat), effort.steps, listener)
            now = Found(*search.best(), stopped)
            if (now.excess, now.cost) < (best.excess, best.cost) or stopped:
                best = now
            if best.excess <= 0.0 or stopped:
                break
        return best


def _cool(search: KernelSearch, heat: tuple[float, float], steps: int, listener: Listener) -> bool:
    """Runs one fall of the temperature; whether it was stopped before its end."""
    hot, cold = heat
    for done in range(0, steps, SLICE):
        search.run(done, min(SLICE, steps - done), steps, hot=hot, cold=cold)
        if listener.is_stopped:
            return True
        listener.heard(Progress(min(1.0, (done + SLICE) / steps), search.best()[0]))
    return False


def loads_of(prepared: Prepared, plan: Ints) -> Floats:
    """Loads of a plan, k x m."""
    count, loads = prepared.problem.wanted.count, prepared.problem.units.loads
    return np.stack([summed(plan, column, count) for column in loads.T], axis=1)


def outside(prepared: Prepared, plan: Ints) -> Ints:
    """Territories with a load outside its corridor or with a pair that must be apart."""
    loads = loads_of(prepared, plan)
    low, high = prepared.arrays["low"], prepared.arrays["high"]
    off = np.zeros(len(loads), dtype=np.bool_)
    off |= ((loads < low) | (loads > high)).any(axis=1)
    pairs = prepared.problem.kept.apart
    if pairs is not None and len(pairs):
        off[plan[pairs[:, 0]][plan[pairs[:, 0]] == plan[pairs[:, 1]]]] = True
    return np.nonzero(off)[0].astype(np.int32)


def around(prepared: Prepared, plan: Ints, territories: Ints, hops: int) -> Ints:
    """These territories and those that are so many borders away."""
    graph = prepared.graph
    source = np.repeat(plan, np.diff(graph.first))
    target = plan[graph.neighbor]
    near = np.zeros(prepared.problem.wanted.count, dtype=np.bool_)
    near[territories] = True
    for _ in range(hops):
        near[target[near[source]]] = True
    return np.nonzero(near)[0].astype(np.int32)
