# SPDX-License-Identifier: MIT
"""Plans whose centres are units, as in Hess's model, which exact proofs and published plans use."""

from dataclasses import replace

import numpy as np

from app.services.optimiser.annealing import Effort, Found, anneal
from app.services.optimiser.bounds import inertia_from_units
from app.services.optimiser.building import prices_of
from app.services.optimiser.kernel_library import Ints
from app.services.optimiser.listening import Listener
from app.services.optimiser.prepared import Prepared
from app.services.optimiser.sums import summed

_ROUNDS = 12


def drawn_to_units(prepared: Prepared, plan: Ints, steps: int, listener: Listener) -> Found:
    """A plan with less inertia around the best unit of each territory.

    Annealed again and again with these units as the centres, which then are chosen anew. In
    between, one centre moves to the second best unit, as the best one of a good plan may be wrong.

    Args:
        prepared: A question without homes.
        plan: A connected plan within its tolerance.
        steps: How many are proposed in all.
        listener: Can stop it.

    Returns:
        Its cost is that inertia.
    """
    best = Found(plan, inertia_from_units(prepared, plan), 0.0)
    prices = replace(prices_of(prepared, plan, np.zeros(len(prepared.ideal))), border=0.0)
    seed = prepared.problem.aims.seed
    for round_ in range(_ROUNDS):
        centers = best_units(prepared, best.plan, rank=round_ if round_ % 3 == 2 else None)
        fixed = replace(prepared, arrays=dict(prepared.arrays) | _as_homes(prepared, centers))
        heat = prices.heat * (0.25 if round_ % 2 else 0.06)
        warm = replace(prices, heat=heat, penalty=4.0 * prices.penalty)
        effort = Effort(seed * _ROUNDS + round_, steps // _ROUNDS)
        found = anneal(fixed, best.plan, warm, effort, listener)
        value = inertia_from_units(prepared, found.plan)
        if found.excess <= 0.0 and value < best.cost:
            best = Found(found.plan, value, 0.0)
        if found.is_stopped:
            return replace(best, is_stopped=True)
    return best


def _as_homes(prepared: Prepared, centers: Ints) -> dict[str, np.ndarray]:
    return {
        "home_x": prepared.arrays["x_km"][centers],
        "home_y": prepared.arrays["y_km"][centers],
        "home_share": np.ones(len(centers)),
    }


def best_units(prepared: Prepared, plan: Ints, rank: int | None = None) -> Ints:
    """The unit of each territory that is nearest to its centroid.

    Args:
        prepared: The question.
        plan: n territories.
        rank: The territory of this number, counted round, gets its second nearest.
    """
    arrays, count = prepared.arrays, len(prepared.ideal)
    load = prepared.problem.units.loads[:, 0]
    mass = summed(plan, load, count)
    x = summed(plan, load * arrays["x_km"], count) / mass
    y = summed(plan, load * arrays["y_km"], count) / mass
    square = (arrays["x_km"] - x[plan]) ** 2 + (arrays["y_km"] - y[plan]) ** 2
    order = np.lexsort((square, plan))
    first = np.searchsorted(plan[order], np.arange(count))
    chosen = order[first].astype(np.int32)
    if rank is not None:
        territory = rank % count
        if int((plan == territory).sum()) > 1:
            chosen[territory] = order[first[territory] + 1]
    return chosen
