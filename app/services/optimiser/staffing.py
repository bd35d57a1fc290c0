# SPDX-License-Identifier: MIT
"""Somebody leaves, somebody joins: the plan for one territory less or one more."""

from dataclasses import replace

import numpy as np

from app.models.errors import EditRejected
from app.services.optimiser.annealing import around, loads_of
from app.services.optimiser.answers import Answer, answer_of
from app.services.optimiser.building import usual_effort
from app.services.optimiser.connecting import centers_of, connected
from app.services.optimiser.kernel_library import Ints
from app.services.optimiser.listening import Listener, Silence
from app.services.optimiser.prepared import Prepared, prepare
from app.services.optimiser.problem import Homes, Kept, Problem, Wanted
from app.services.optimiser.rebalancing import searched, todays_plan, with_move_price

_MOVE_WEIGHT = 1.0


def cover(
    problem: Problem, vacant: int, *, hops: int = 2, listener: Listener | None = None
) -> Answer:
    """A vacancy shared out among the territories around it.

    Args:
        problem: What is asked, with the vacant territory still in it. What is locked in the
            vacant territory is free.
        vacant: Its number; territories after it move up by one in the answer.
        hops: How many borders away territories may change.
        listener: Hears of progress and can stop the search.

    Raises:
        EditRejected: There is no such territory, or the problem has no answer.
    """
    if problem.kept.territory is None or not 0 <= vacant < problem.wanted.count:
        raise EditRejected("There is no such territory today.", meaning="Nothing was changed.")
    if problem.wanted.count == 1:
        raise EditRejected(
            "The only territory cannot be shared out among others.", meaning="Nothing was changed."
        )
    freed = problem.kept.territory == vacant
    prepared = prepare(_without(problem, vacant))
    start = connected(prepared, todays_plan(prepared))
    takers = np.unique(start[freed]).astype(np.int32)
    active = around(prepared, start, takers, hops)
    return _moved(prepared, start, active, listener or Silence())


def carve(problem: Problem, *, listener: Listener | None = None) -> Answer:
    """One territory more, taken out of the ones with too much.

    Args:
        problem: What is asked for k + 1 territories; today's plan has the first k of them.
        listener: Hears of progress and can stop the search.

    Raises:
        EditRejected: There is no plan today, or the problem has no answer.
    """
    prepared = prepare(problem)
    fresh = problem.wanted.count - 1
    today = todays_plan(prepared)
    if (today == fresh).any():
        raise EditRejected("The new territory has areas already.", meaning="Nothing was changed.")
    start = connected(prepared, _with_new(prepared, today, fresh))
    return _moved(prepared, start, None, listener or Silence())


def _moved(prepared: Prepared, start: Ints, active: Ints | None, listener: Listener) -> Answer:
    aims = prepared.problem.aims
    priced = with_move_price(prepared, start, aims.move_weight or _MOVE_WEIGHT)
    count = prepared.problem.wanted.count
    part = 1.0 if active is None else len(active) / count
    effort = aims.effort or max(60_000, int(part * usual_effort(prepared)))
    return answer_of(prepared, searched(priced, start, effort, listener, active))


def _without(problem: Problem, vacant: int) -> Problem:
    """The question for the other territories; the vacant one's units belong to nobody."""
    wanted, kept = problem.wanted, problem.kept
    rest = np.arange(wanted.count) != vacant
    homes = wanted.homes
    if homes is not None:
        homes = Homes(homes.x_km[rest], homes.y_km[rest], homes.share[rest])
    fewer = Wanted(
        wanted.count - 1,
        wanted.tolerances,
        None if wanted.capacity is None else wanted.capacity[rest],
        homes,
        None if wanted.is_loose is None else wanted.is_loose[rest],
    )
    today = kept.territory if kept.territory is not None else np.zeros(0, dtype=np.int32)
    number = np.where(today > vacant, today - 1, today).astype(np.int32)
    number[today == vacant] = -1
    locked = None if kept.is_locked is None else kept.is_locked & (today != vacant)
    others = Kept(number, kept.moved_weight, locked, kept.region, kept.apart)
    return replace(problem, wanted=fewer, kept=others)


def _with_new(prepared: Prepared, today: Ints, fresh: int) -> Ints:
    """Today's plan with the units around the middle of the surplus given to the new territory."""
    arrays, plan = prepared.arrays, today.copy()
    held = np.where(plan >= 0, plan, fresh)
    ideal = prepared.ideal[:, 0]
    surplus = np.maximum(loads_of(prepared, held)[:, 0] - ideal, 0.0)
    surplus[fresh] = 0.0
    free = (arrays["is_locked"] == 0) & (arrays["region"] == arrays["region_of"][fresh])
    if not free.any():
        raise EditRejected(
            "All areas are locked, so there is nothing to make a territory of.",
            meaning="Nothing was changed.",
            remedy="Unlock some areas.",
        )
    x, y = centers_of(prepared, today)
    weight = surplus if surplus.any() else ideal
    if arrays["home_share"][fresh] > 0.0:
        middle = (arrays["home_x"][fresh], arrays["home_y"][fresh])
    else:
        most = int(weight.argmax())
        middle = (x[most], y[most])
    square = (arrays["x_km"] - middle[0]) ** 2 + (arrays["y_km"] - middle[1]) ** 2
    near = np.nonzero(free)[0][np.argsort(square[free], kind="stable")]
    load = np.cumsum(prepared.problem.units.loads[near, 0])
    taken = near[: max(1, int(np.searchsorted(load, float(ideal[fresh]))))]
    plan[taken] = fresh
    return plan
