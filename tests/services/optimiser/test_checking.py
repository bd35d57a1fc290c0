# SPDX-License-Identifier: MIT
"""What has no answer is refused in a sentence that names the fault."""

from dataclasses import replace

import numpy as np
import pytest

from app.models.errors import EditRejected
from app.services.optimiser.building import build
from app.services.optimiser.graphs import graph_of, joined, merged, pairs_of, parts_of
from app.services.optimiser.prepared import prepare
from app.services.optimiser.problem import Aims, Homes, Kept, Problem, Units, Wanted
from tests.services.optimiser.instances import grid, is_connected


def _problem(**changes: object) -> Problem:
    units, graph = grid(4, 3)
    named = replace(units, names=tuple(f"Area {i}" for i in range(12)), measures=("workload",))
    return replace(Problem(named, graph, Wanted(2, (0.2,)), aims=Aims(effort=9_000)), **changes)


def _with_load(unit: int, value: float) -> Problem:
    problem = _problem()
    loads = problem.units.loads.copy()
    loads[unit, 0] = value
    return replace(problem, units=replace(problem.units, loads=loads))


_TODAY = np.repeat(np.arange(2, dtype=np.int32), 6)
_LOCKED = np.ones(12, dtype=np.bool_)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (_problem(wanted=Wanted(13, (0.2,))), "13 territories cannot be made of 12 areas"),
        (_problem(wanted=Wanted(0, (0.2,))), "At least one territory"),
        (_problem(wanted=Wanted(2, ())), "needs a tolerance"),
        (_problem(wanted=Wanted(2, (0.0,))), "tolerance of workload"),
        (_problem(wanted=Wanted(2, (0.2,), capacity=np.array([1.0, 0.0]))), "capacity above zero"),
        (
            _problem(wanted=Wanted(2, (0.2,), homes=Homes(np.zeros(1), np.zeros(1), np.ones(1)))),
            "needs a home",
        ),
        (_with_load(4, -1.0), "Area 4 has a negative value of workload"),
        (_with_load(4, np.nan), "Area 4 has no value of workload"),
        (_problem(kept=Kept(is_locked=_LOCKED)), "belongs to no territory"),
        (
            _problem(kept=Kept(_TODAY, is_locked=_LOCKED, apart=np.array([[0, 1]], np.int32))),
            "Area 0 and Area 1 are locked into one territory",
        ),
        (_problem(kept=Kept(region=np.arange(12, dtype=np.int32) // 4)), "3 regions"),
        (_problem(kept=Kept(_TODAY, moved_weight=np.full(12, -1.0))), "zero or more"),
        (_problem(kept=Kept(_TODAY + 5)), "more territories than asked for"),
    ],
)
def test_it_is_refused(problem: Problem, words: str) -> None:
    with pytest.raises(EditRejected, match=words):
        build(problem)


def test_zero_everywhere_is_refused() -> None:
    problem = _problem()
    nothing = replace(problem.units, loads=np.zeros((12, 1)))
    with pytest.raises(EditRejected, match="workload is zero everywhere"):
        build(replace(problem, units=nothing))


def test_locks_that_cut_each_other_off_are_refused() -> None:
    """Row 1 is locked into territory 1, between two areas locked into territory 0."""
    today = np.array([0] * 4 + [1] * 4 + [0] * 4, dtype=np.int32)
    locked = np.zeros(12, dtype=np.bool_)
    locked[[0, 4, 5, 6, 7, 8]] = True
    with pytest.raises(EditRejected, match="Area 0 and Area 8 are locked into one territory"):
        build(_problem(kept=Kept(today, is_locked=locked)))
    loose = np.array([True, False])
    wanted = Wanted(2, (0.5,), is_loose=loose)
    found = build(_problem(kept=Kept(today, is_locked=locked), wanted=wanted))
    assert found.territory[[0, 8, 4, 7]].tolist() == [0, 0, 1, 1]


def test_a_zero_load_is_no_fault_and_belongs_to_somebody() -> None:
    found = build(_with_load(4, 0.0))
    assert found.territory[4] in (0, 1)


def test_islands_are_linked_by_the_shortest_gap_and_flagged() -> None:
    """Two rows of three squares with 30 km of water in between, and one far island."""
    x = np.array([0.0, 10, 20, 0, 10, 20, 300])
    y = np.array([0.0, 0, 0, 30, 30, 30, 0])
    units = Units(x, y, np.ones((7, 1)))
    pairs = np.array([[0, 1], [1, 2], [3, 4], [4, 5]], dtype=np.int32)
    graph = joined(units, graph_of(7, pairs, np.full(4, 10.0)), np.zeros(7, dtype=np.int32))
    found, km, links = pairs_of(graph)
    assert {tuple(pair) for pair in found[links].tolist()} == {(0, 3), (2, 6)}
    assert km[links].tolist() == [0.0, 0.0]
    assert set(parts_of(graph, np.zeros(7, dtype=np.int32)).tolist()) == {0}
    plan = build(Problem(units, graph, Wanted(2, (0.2,)), aims=Aims(effort=9_000))).territory
    assert all(is_connected(graph, plan, t) for t in range(2))


def test_what_stays_together_becomes_one_unit() -> None:
    units, graph = grid(3, 2)
    group = np.array([0, 0, 1, 2, 2, 3], dtype=np.int32)
    together, lifted = merged(units, graph, group)
    assert together.loads[:, 0].tolist() == [
        units.loads[[0, 1], 0].sum(),
        units.loads[2, 0],
        units.loads[[3, 4], 0].sum(),
        units.loads[5, 0],
    ]
    pairs, km, links = pairs_of(lifted)
    assert pairs.tolist() == [[0, 1], [0, 2], [1, 3], [2, 3]]
    assert km.tolist() == [10.0, 20.0, 10.0, 10.0]
    assert not links.any()


def test_the_lump_says_what_can_be_reached() -> None:
    """12 areas of 1 but one of 11: total 22, ideal 11 for two, 5.5 for four."""
    problem = _with_load(0, 11.0)
    loads = np.ones((12, 1))
    loads[0] = 11.0
    units = replace(problem.units, loads=loads)
    assert prepare(replace(problem, units=units)).lumps == ()
    prepared = prepare(replace(problem, units=units, wanted=Wanted(4, (0.2,))))
    assert [(lump.unit, lump.share) for lump in prepared.lumps] == [(0, 2.0)]
    assert prepared.reachable_deviation == 1.0
