# SPDX-License-Identifier: MIT
"""Coverage of a plan: which records make an account reached, and what counts as revenue and calls.

Accounts a to h of the tiny plan; today is 30 June 2026, the last visit was on 31 May 2026.
"""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from app.models.coverage import Potential
from app.models.days import day_number
from app.models.ids import GeoUnitId, MeasureId, TerritoryId
from app.models.measure import WHITESPACE
from app.services.commands import AssignGeoUnits, CreateTerritory, PutSetting
from app.services.coverage.plan_coverage import CoverageChoice, coverage_facts, coverage_inputs
from app.services.store.plan_settings import REVENUE_MEASURE
from app.services.workspace import Workspace
from tests.helpers.tiny_geography import tiny_geography
from tests.helpers.tiny_plan import tiny_workspace

TODAY = date(2026, 6, 30)
VISITS = (
    (1, "2026-05-31"),
    (1, "2026-05-01"),
    (2, "2025-07-01"),
    (3, "2025-05-31"),
    (4, "2027-01-01"),
)
SALES = (
    (5, "2026-04-01", 40.0, "sale"),
    (6, "2026-04-02", 9.0, "lost"),
    (7, "2024-01-01", 5.0, "sale"),
)


@pytest.fixture
def plan(tmp_path: Path) -> Workspace:
    """Every account has a potential of 100; state 01 belongs to North, which has no rep."""
    made = tiny_workspace(tmp_path)
    with made.document.store.transaction() as tx:
        tx.put("measure", ("id", "name", "kind", "source"), [(2, "Potential", "money", "P")])
        values = [(2, number, 100.0) for number in range(1, 9)]
        tx.put("account_measure", ("measure_id", "account_id", "value"), values)
        visits = [
            (at, account, day_number(date.fromisoformat(day)))
            for at, (account, day) in enumerate(VISITS, start=1)
        ]
        tx.put("visit", ("id", "account_id", "day"), visits)
        rows = [
            (at, account, day_number(date.fromisoformat(day)), amount, stage)
            for at, (account, day, amount, stage) in enumerate(SALES, start=1)
        ]
        tx.put("account_transaction", ("id", "account_id", "day", "amount", "stage"), rows)
    opened = Workspace(made.document, tiny_geography(), lambda: TODAY)
    opened.run(CreateTerritory("North"))
    opened.run(AssignGeoUnits((GeoUnitId("state:01"),), TerritoryId(1), "North"))
    return opened


def test_an_account_is_reached_by_a_visit_or_an_order_in_the_months_chosen(
    plan: Workspace,
) -> None:
    facts, sources = coverage_facts(coverage_inputs(plan), CoverageChoice())
    assert sources.period is not None
    # The twelve months end with the last visit; what lies after today does not count.
    assert (sources.period.first, sources.period.last) == (date(2025, 6, 1), date(2026, 5, 31))
    assert facts.reached is not None
    # a by visits, b by one in July, e by an order; c too long ago, f lost its deal.
    assert np.flatnonzero(facts.reached).tolist() == [0, 1, 4]
    assert facts.calls.tolist() == [2, 1, 0, 0, 0, 0, 0, 0]
    assert not sources.calls_are_planned
    short, _ = coverage_facts(coverage_inputs(plan), CoverageChoice(months=3))
    assert short.reached is not None
    assert np.flatnonzero(short.reached).tolist() == [0, 4]


def test_planned_visits_can_stand_for_calls(plan: Workspace) -> None:
    facts, sources = coverage_facts(coverage_inputs(plan), CoverageChoice(plans_calls=True))
    assert sources.calls_are_planned
    assert facts.calls.tolist() == plan.work.visits.visits.tolist()


def test_a_territory_without_a_rep_is_vacant_and_the_rest_unassigned(plan: Workspace) -> None:
    facts, _ = coverage_facts(coverage_inputs(plan), CoverageChoice())
    assert facts.kind.tolist() == [Potential.VACANT] * 4 + [Potential.UNASSIGNED] * 4


def test_revenue_is_found_by_name_and_chosen_by_the_user(plan: Workspace) -> None:
    facts, sources = coverage_facts(coverage_inputs(plan), CoverageChoice())
    assert sources.revenue is not None
    assert sources.revenue.name == "Sales"
    assert facts.revenue[0] == 100
    plan.run(PutSetting(REVENUE_MEASURE, 2, "Choose the measure of revenue"))
    facts, _ = coverage_facts(coverage_inputs(plan), CoverageChoice())
    assert facts.revenue.tolist() == [100.0] * 8
    assert WHITESPACE not in {measure.id for measure in plan.measures}  # one and the same
    plan.undo()
    sold = np.minimum(100.0, plan.accounts.measure(MeasureId(1)))
    assert plan.accounts.measure(WHITESPACE).tolist() == (100.0 - sold).tolist()


def test_without_a_measure_the_sales_of_a_year_are_the_revenue(plan: Workspace) -> None:
    with plan.document.store.transaction() as tx:
        tx.put("measure", ("id", "name"), [(1, "Employees")])
    again = Workspace(plan.document, tiny_geography(), lambda: TODAY)
    facts, sources = coverage_facts(coverage_inputs(again), CoverageChoice())
    assert sources.revenue is None
    assert sources.has_sales
    assert facts.revenue.tolist() == [0, 0, 0, 0, 40, 0, 0, 0]
