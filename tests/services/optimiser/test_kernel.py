# SPDX-License-Identifier: MIT
"""The kernel's running sums against plain ones, and what keeps its answers the same everywhere."""

import re

import numpy as np
import pytest

from app.services.optimiser.annealing import loads_of
from app.services.optimiser.answers import border_km_of
from app.services.optimiser.connecting import connected
from app.services.optimiser.kernel_search import KernelSearch
from app.services.optimiser.prepared import prepare
from app.services.optimiser.problem import Homes, Kept, Problem, Wanted
from tests.helpers.shared import ROOT
from tests.services.optimiser.instances import grid, is_connected

_SOURCES = ROOT / "app" / "services" / "optimiser" / "kernel"


def test_running_sums_are_those_of_the_plan() -> None:
    """After every slice of a hot walk: inertia, borders, moves, excess, connection."""
    units, graph = grid(9, 9, 2)
    today = np.repeat(np.arange(3, dtype=np.int32), 27)
    homes = Homes(np.array([0.0, 40, 80]), np.array([0.0, 40, 80]), np.array([0.0, 0.5, 1.0]))
    problem = Problem(units, graph, Wanted(3, (0.02,), homes=homes), Kept(today))
    prepared = prepare(problem)
    leave = np.arange(81, dtype=np.float64)
    arrays = dict(prepared.arrays) | {"leave_cost": leave}
    with KernelSearch(arrays, 7.0, 1e5, connected(prepared, today), 1) as search:
        for done in range(0, 20_000, 1000):
            search.run(done, 1000, 20_000, hot=1e5, cold=1e3)
            plan, cost, excess = search.current()
            mass, x, y = arrays["mass"], arrays["x_km"], arrays["y_km"]
            inertia = 0.0
            for t in range(3):
                own = plan == t
                share = homes.share[t]
                cx = (1 - share) * np.average(x[own], weights=mass[own]) + share * arrays["home_x"][
                    t
                ]
                cy = (1 - share) * np.average(y[own], weights=mass[own]) + share * arrays["home_y"][
                    t
                ]
                inertia += float((mass[own] * ((x[own] - cx) ** 2 + (y[own] - cy) ** 2)).sum())
            left = float(leave[plan != today].sum())
            assert cost == pytest.approx(inertia + 7.0 * border_km_of(prepared, plan) + left)
            over = np.abs(loads_of(prepared, plan) / prepared.ideal - 1.0) - 0.02
            z = over[over > 0.0]
            assert excess == pytest.approx(float((0.003 + z + 10 * z * z).sum()), abs=1e-6)
            assert all(is_connected(graph, plan, t) for t in range(3))


def test_another_seed_walks_elsewhere() -> None:
    units, graph = grid(9, 9, 2)
    prepared = prepare(Problem(units, graph, Wanted(3, (0.1,))))
    start = np.repeat(np.arange(3, dtype=np.int32), 27)
    plans: list[bytes] = []
    for seed in (1, 2, 1):
        with KernelSearch(prepared.arrays, 1.0, 1e5, start, seed) as search:
            search.run(0, 2000, 2000, hot=1e5, cold=1e3)
            plans.append(search.current()[0].tobytes())
    assert plans[0] == plans[2]
    assert plans[0] != plans[1]


def test_only_sums_products_and_roots_touch_a_number() -> None:
    """Functions of the C library differ in their last digits from system to system."""
    for path in _SOURCES.iterdir():
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert "math.h" not in text, path.name
        assert not re.search(r"\b(?:exp|log|pow|sin|cos|hypot|fma|rand|qsort|time)\s*\(", text)
        assert "pragma" not in text, path.name


def test_the_compiler_keeps_products_and_sums_apart() -> None:
    text = (ROOT / "installers" / "kernel.py").read_text(encoding="utf-8")
    assert "-ffp-contract=off" in text
    assert "fast-math" not in text
