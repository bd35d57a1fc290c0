# SPDX-License-Identifier: MIT
"""The workload of whole plans: the golden example of the definitions, and sums by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.ids import TerritoryId
from app.models.reports import BalanceLine
from app.models.territory import Territory
from app.models.work import WorkSettings
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.workload.ground import AccountGround
from app.services.workload.report import TerritoryFacts, workload_report
from app.services.workload.travel import TravelFacts
from app.services.workload.visits import VisitPlan

FULL = 1600.0


def facts(served: list[int], visits: list[float], work: WorkSettings) -> TravelFacts:
    count = len(served)
    ground = AccountGround(
        np.zeros((3, count)),
        np.zeros(count, np.bool_),
        np.full(count, -1, np.int32),
        np.empty(0),
        np.arange(count),
        np.zeros(len(served), np.int8),
    )
    return TravelFacts(ground, np.array(visits), np.array(served, np.int32), work, {})


def held(capacity: list[float], **fields: object) -> TerritoryFacts:
    names = [(TerritoryId(at + 1), f"T{at}") for at in range(len(capacity))]
    made = [Territory(*name, **fields) for name in names]  # type: ignore[arg-type]
    hours = {each.id: hours for each, hours in zip(made, capacity, strict=True)}
    return TerritoryFacts(made, made, {}, hours, frozenset())


def test_the_golden_example() -> None:
    # Workload 900/1,200/600 h with 1/1/0.6 full-time reps.
    plan = VisitPlan(np.ones(3), np.array([900.0, 1200.0, 600.0]))
    work = WorkSettings(admin_hours=0.0)
    report = workload_report(
        plan, held([FULL, FULL, 0.6 * FULL]), facts([0, 1, 2], [1.0] * 3, work)
    )
    lines = report.lines[:3]
    assert [line.workload_hours for line in lines] == [900.0, 1200.0, 600.0]
    indices = [line.index for line in lines]
    # Deviations -13.33 %, +15.56 %, -3.70 %
    assert indices == pytest.approx([86.6667, 115.5556, 96.2963], abs=1e-4)
    assert [line.utilisation_fraction for line in lines] == pytest.approx([0.5625, 0.75, 0.625])
    assert report.utilisation_fraction == pytest.approx(2700 / (2.6 * FULL))
    assert report.reps_needed == pytest.approx(2700 / FULL)


def test_visits_travel_and_administration_make_the_workload() -> None:
    plan = VisitPlan(np.array([4.0]), np.array([6.0]))
    report = workload_report(
        plan, held([FULL], travel_hours=30.0), facts([0], [4.0], WorkSettings(admin_hours=100.0))
    )
    line = report.lines[0]
    assert (line.visits, line.visit_hours, line.travel_hours, line.admin_hours) == (4, 6, 30, 100)
    assert line.workload_hours == 136.0
    assert line.reps_needed == pytest.approx(136 / FULL)


def test_a_territory_can_have_administration_of_its_own() -> None:
    plan = VisitPlan(np.array([1.0]), np.array([1.0]))
    report = workload_report(plan, held([FULL], admin_hours=7.0), facts([0], [1.0], WorkSettings()))
    assert report.lines[0].admin_hours == 7.0


def test_what_nobody_serves_and_what_is_in_dispute_have_lines_of_their_own() -> None:
    plan = VisitPlan(np.array([1.0, 2.0, 4.0]), np.array([10.0, 20.0, 40.0]))
    work = WorkSettings(admin_hours=0.0)
    report = workload_report(
        plan, held([FULL]), facts([0, NOBODY, IN_DISPUTE], [1.0, 2.0, 4.0], work)
    )
    assert [line.line for line in report.lines] == [
        BalanceLine.TERRITORY,
        BalanceLine.UNASSIGNED,
        BalanceLine.IN_DISPUTE,
    ]
    assert [line.visit_hours for line in report.lines] == [10.0, 20.0, 40.0]
    assert report.workload_hours == 10.0
    assert report.reps_needed_for_all == pytest.approx(70 / FULL)


def test_capacity_covers_work_up_to_all_of_it() -> None:
    plan = VisitPlan(np.ones(2), np.array([2000.0, 400.0]))
    work = WorkSettings(admin_hours=0.0)
    report = workload_report(plan, held([FULL, FULL]), facts([0, 1], [1.0, 1.0], work))
    assert [line.capacity_coverage_fraction for line in report.lines] == [0.8, 1.0, None]


def test_without_capacity_there_is_no_utilisation() -> None:
    plan = VisitPlan(np.array([1.0]), np.array([10.0]))
    report = workload_report(plan, held([0.0]), facts([0], [1.0], WorkSettings()))
    assert report.lines[0].utilisation_fraction is None
    assert report.lines[0].index is None
    assert report.utilisation_fraction is None


@settings(max_examples=100, deadline=None)
@given(
    served=st.lists(st.sampled_from([0, 1, 2, NOBODY, IN_DISPUTE]), min_size=1, max_size=20),
    capacity=st.lists(st.sampled_from([0.0, 800.0, FULL]), min_size=3, max_size=3),
    seed=st.integers(0, 1000),
)
def test_lines_add_up_and_the_order_of_territories_changes_nothing(
    served: list[int], capacity: list[float], seed: int
) -> None:
    chance = np.random.default_rng(seed)
    visits = chance.integers(0, 13, len(served)).astype(np.float64)
    plan = VisitPlan(visits, visits * chance.uniform(0.5, 2.0, len(served)))
    work = WorkSettings()
    report = workload_report(plan, held(capacity), facts(served, visits.tolist(), work))
    assert sum(line.visits for line in report.lines) == pytest.approx(visits.sum())
    assert sum(line.visit_hours for line in report.lines) == pytest.approx(plan.hours.sum())
    for line in report.lines:
        assert line.index is None or np.isfinite(line.index)
        assert line.utilisation_fraction is None or line.utilisation_fraction >= 0
    turned = [2 - at if at >= 0 else at for at in served]
    again = workload_report(plan, held(capacity[::-1]), facts(turned, visits.tolist(), work))
    one = sorted((x.workload_hours, x.index or -1.0) for x in report.lines)
    other = sorted((x.workload_hours, x.index or -1.0) for x in again.lines)
    assert np.allclose(one, other)
