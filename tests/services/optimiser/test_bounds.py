# SPDX-License-Identifier: MIT
"""Bounds are never above what the best plan of a tiny map has, and exact search finds that plan."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.optimiser.annealing import loads_of
from app.services.optimiser.answers import moved_share_of
from app.services.optimiser.bounds import (
    bound_at_centers,
    bounds_over_all_centers,
    inertia_from_units,
)
from app.services.optimiser.building import build
from app.services.optimiser.exact import can_prove, proved
from app.services.optimiser.kernel_library import Ints
from app.services.optimiser.move_bounds import least_moved, least_moved_to_neighbors
from app.services.optimiser.prepared import Prepared, prepare
from app.services.optimiser.problem import Aims, Homes, Kept, Problem, Wanted
from app.services.optimiser.rebalancing import rebalance
from tests.helpers.shared import needs_shared
from tests.services.optimiser.instances import grid, is_connected, real

_TOLERANCE = 0.25


def _tiny(seed: int, count: int, **wanted: object) -> Problem:
    units, graph = grid(4, 3, seed)
    return Problem(
        units,
        graph,
        Wanted(count, (_TOLERANCE,), **wanted),  # type: ignore[arg-type]
        aims=Aims(effort=30_000, border_weight=0.0, seed=seed),
    )


def _all_plans(prepared: Prepared) -> list[Ints]:
    """Every connected plan within its tolerance, the first unit in territory 0."""
    count, units = prepared.problem.wanted.count, prepared.problem.units.count
    plans: list[Ints] = []
    for labels in product(range(count), repeat=units - 1):
        plan = np.array((0, *labels), dtype=np.int32)
        loads = np.bincount(plan, prepared.problem.units.loads[:, 0], count)
        if (np.abs(loads / prepared.ideal[:, 0] - 1.0) > _TOLERANCE).any():
            continue
        if all(is_connected(prepared.graph, plan, t) for t in range(count)):
            plans.append(plan)
    return plans


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 99))
def test_no_plan_is_below_a_bound(seed: int) -> None:
    prepared = prepare(_tiny(seed, 2))
    plans = _all_plans(prepared)
    if not plans:
        return
    least = min(inertia_from_units(prepared, plan) for plan in plans)
    for bound in bounds_over_all_centers(prepared, plans[0], rounds=60):
        assert bound.value <= least
    best = min(plans, key=lambda plan: inertia_from_units(prepared, plan))
    at_centers = bound_at_centers(prepared, best)
    assert 0.0 < at_centers.value <= at_centers.reached


@pytest.mark.parametrize("seed", [1, 7])
def test_the_proved_plan_is_the_best_of_all(seed: int) -> None:
    prepared = prepare(_tiny(seed, 3))
    plans = _all_plans(prepared)
    if not plans:
        return
    least = min(inertia_from_units(prepared, plan) for plan in plans)
    assert can_prove(prepared)
    proof = proved(prepared, plans[0])
    assert proof.is_proved
    assert proof.value == pytest.approx(least)
    assert proof.bound <= least * (1 + 1e-9)
    assert all(is_connected(prepared.graph, proof.plan, t) for t in range(3))


def test_with_homes_the_bound_holds_for_all_plans() -> None:
    homes = Homes(np.array([0.0, 30.0]), np.array([0.0, 20.0]), np.ones(2))
    problem = _tiny(1, 2, homes=homes)
    prepared = prepare(problem)
    found = build(problem)
    bound = bound_at_centers(prepared, found.territory)
    x, y, load = problem.units.x_km, problem.units.y_km, problem.units.loads[:, 0]
    for labels in product(range(2), repeat=12):
        plan = np.array(labels)
        loads = np.bincount(plan, load, 2)
        if (np.abs(loads / prepared.ideal[:, 0] - 1.0) > _TOLERANCE).any():
            continue
        square = (x - homes.x_km[plan]) ** 2 + (y - homes.y_km[plan]) ** 2
        assert bound.value <= float((load * square).sum())
    assert bound.reached == pytest.approx(found.inertia)


def test_what_must_move_is_never_more_than_what_moves() -> None:
    units, graph = grid(8, 12, 4)
    today = np.repeat(np.arange(4, dtype=np.int32), (12, 24, 24, 36))
    aims = Aims(effort=200_000, move_weight=5.0)
    problem = Problem(units, graph, Wanted(4, (0.05,)), Kept(today), aims)
    prepared = prepare(problem)
    loads = loads_of(prepared, today)
    found = rebalance(problem)
    assert found.is_within
    least = least_moved(prepared, loads)
    high = prepared.arrays["high"][:, 0]
    assert least == pytest.approx(np.maximum(loads[:, 0] - high, 0).sum() / loads.sum(), rel=0.5)
    assert least <= moved_share_of(prepared, found.territory)
    assert least <= least_moved_to_neighbors(prepared, loads) + 1e-9


@needs_shared
def test_the_bound_of_counties_is_close() -> None:
    units, graph = real("us_counties", by_root=True)
    aims = Aims(seed=1, effort=300_000, border_weight=0.0)
    problem = Problem(units, graph, Wanted(50, (0.05,)), aims=aims)
    bound = bound_at_centers(prepare(problem), build(problem).territory)
    assert 0.0 < bound.gap < 0.03
