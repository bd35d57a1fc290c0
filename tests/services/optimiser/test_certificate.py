# SPDX-License-Identifier: MIT
"""Certificates hold for what was asked and for nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from app.services.optimiser.building import build
from app.services.optimiser.certificate import certificate_of, input_hash, verify
from app.services.optimiser.listening import Progress
from app.services.optimiser.problem import Aims, Kept, Problem, Units, Wanted
from tests.services.optimiser.instances import grid


def _problem() -> Problem:
    units, graph = grid(9, 7)
    return Problem(units, graph, Wanted(4, (0.1,)), aims=Aims(effort=30_000, seed=5))


def test_the_same_question_is_confirmed() -> None:
    problem = _problem()
    certificate = certificate_of(problem, build(problem))
    assert verify(certificate, problem, build).is_confirmed
    assert '"seed": 5' in certificate.as_text()
    assert certificate.bound <= certificate.inertia


def test_another_question_is_not() -> None:
    problem = _problem()
    certificate = certificate_of(problem, build(problem))
    loads = problem.units.loads.copy()
    loads[3, 0] += 1e-9
    changed = replace(problem, units=replace(problem.units, loads=loads))
    assert "changed" in verify(certificate, changed, build).reason


def test_a_forged_answer_is_not() -> None:
    problem = _problem()
    certificate = certificate_of(problem, build(problem))
    forged = replace(certificate, inertia=certificate.inertia * 0.99)
    assert "differently" in verify(forged, problem, build).reason
    older = replace(certificate, version="0")
    assert "another version" in verify(older, problem, build).reason


class _Impatient:
    """Stops at the first chance."""

    is_stopped = True

    def heard(self, progress: Progress) -> None:
        """Never called: it has stopped before."""
        raise AssertionError(progress)


def test_a_stopped_search_says_so_and_is_a_plan_all_the_same() -> None:
    problem = _problem()
    answer = build(problem, _Impatient())
    assert answer.is_stopped
    assert set(answer.territory.tolist()) == {0, 1, 2, 3}
    assert "stopped" in verify(certificate_of(problem, answer), problem, build).reason


@pytest.mark.parametrize(
    "change",
    [
        {"wanted": Wanted(4, (0.11,))},
        {"wanted": Wanted(4, (0.1,), capacity=np.ones(4))},
        {"aims": Aims(effort=30_000, seed=6)},
        {"kept": Kept(is_locked=np.zeros(63, dtype=np.bool_))},
    ],
)
def test_every_part_of_the_question_counts(change: dict[str, object]) -> None:
    assert input_hash(replace(_problem(), **change)) != input_hash(_problem())


def test_the_kind_of_the_numbers_does_not_count() -> None:
    problem = _problem()
    units = problem.units
    same = Units(units.x_km.astype(np.float64), units.y_km - 0.0, units.loads.copy(order="F"))
    assert input_hash(replace(problem, units=same)) == input_hash(problem)
