# SPDX-License-Identifier: MIT
"""Plans around units: no worse than before, and near the published ones."""

import csv

import numpy as np
import pytest

from app.services.optimiser.bounds import inertia_from_units
from app.services.optimiser.building import build
from app.services.optimiser.exact import proved
from app.services.optimiser.listening import Silence
from app.services.optimiser.prepared import prepare
from app.services.optimiser.problem import Aims, Problem, Wanted
from app.services.optimiser.unit_centers import best_units, drawn_to_units
from tests.helpers.shared import SHARED, needs_shared
from tests.services.optimiser.instances import grid, is_connected, real


def test_the_best_unit_has_the_least_inertia_of_all() -> None:
    units, graph = grid(7, 6)
    prepared = prepare(Problem(units, graph, Wanted(3, (0.2,)), aims=Aims(effort=20_000)))
    plan = build(prepared.problem).territory
    chosen = best_units(prepared, plan)
    total = 0.0
    for territory in range(3):
        own = np.nonzero(plan == territory)[0]
        costs = [
            float(
                (
                    units.loads[own, 0]
                    * (
                        (units.x_km[own] - units.x_km[j]) ** 2
                        + (units.y_km[own] - units.y_km[j]) ** 2
                    )
                ).sum()
            )
            for j in own
        ]
        assert own[int(np.argmin(costs))] == chosen[territory]
        total += min(costs)
    assert inertia_from_units(prepared, plan) == pytest.approx(total)


def test_it_is_never_worse() -> None:
    units, graph = grid(9, 8)
    problem = Problem(units, graph, Wanted(4, (0.1,)), aims=Aims(effort=40_000))
    prepared, plan = prepare(problem), build(problem).territory
    found = drawn_to_units(prepared, plan, 40_000, Silence())
    assert found.cost <= inertia_from_units(prepared, plan)
    assert found.cost == pytest.approx(inertia_from_units(prepared, found.plan))
    assert all(is_connected(graph, found.plan, t) for t in range(4))


def _published(state: str) -> tuple[int, float]:
    """Territories and inertia of the published connected plan of a state's counties."""
    path = SHARED / "instances" / "published" / "districting_counties.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines, skipinitialspace=True):
            if row[0] == state and row[1] == "lcut":
                return int(row[3]), float(row[21]) * 1e6
    raise LookupError(state)


@needs_shared
@pytest.mark.parametrize("state", ["NM", "ID"])
def test_the_published_optimum_is_found_and_proved(state: str) -> None:
    count, published = _published(state)
    units, graph = real(f"hess_county/county_{state}")
    aims = Aims(effort=1_000_000, border_weight=0.0)
    problem = Problem(units, graph, Wanted(count, (0.005,)), aims=aims)
    prepared, answer = prepare(problem), build(problem)
    assert answer.is_within
    plan = drawn_to_units(prepared, answer.territory, 500_000, Silence()).plan
    proof = proved(prepared, plan)
    assert proof.is_proved
    # The published distances were measured in another way, which differs by up to 0.1 %.
    assert proof.value == pytest.approx(published, rel=1e-3)
