# SPDX-License-Identifier: MIT
"""What the analysis reads from a plan."""

from datetime import date
from pathlib import Path

import pytest

from app.models.days import day_number
from app.models.geounit import GeoLevel
from app.models.ids import MeasureId
from app.models.measure import VISIT_HOURS
from app.services.analysis.groups import GroupReport
from app.services.analysis.plan_columns import (
    SALES_MEASURE,
    GroupBy,
    GroupChoice,
    PlanColumns,
    grouped,
    plan_columns,
)
from tests.helpers.tiny_plan import SALES, tiny_workspace

TODAY = date(2026, 6, 30)


@pytest.fixture
def columns(tmp_path: Path) -> PlanColumns:
    """The tiny plan: eight accounts a to h with one measure, and no transactions."""
    workspace = tiny_workspace(tmp_path)
    made = plan_columns(workspace, TODAY)
    workspace.close()
    return made


def _table(report: GroupReport) -> list[tuple[str, int, float]]:
    return [(group.label, len(group.rows), group.value) for group in report.groups]


def test_without_sales_the_measures_are_what_can_be_summed(columns: PlanColumns) -> None:
    assert [measure.id for measure in columns.measures] == [SALES, VISIT_HOURS]
    assert columns.measure(None) == columns.measures[0]
    assert columns.measure(MeasureId(99)) == columns.measures[0]
    assert columns.values(None).tolist() == [0.0] * 8


def test_accounts_by_region(columns: PlanColumns) -> None:
    values = columns.values(columns.measure(SALES))
    by_state = grouped(columns, GroupChoice(GroupBy.REGION), values, str)
    # State 01 has a to d: 100 + 50 + 70 + 200; state 02 e and f; g is in France, h nowhere.
    assert _table(by_state) == [
        ("<01>", 4, 420.0),
        ("<02>", 2, 120.0),
        ("No such area known", 2, 40.0),
    ]
    by_country = grouped(columns, GroupChoice(GroupBy.REGION, GeoLevel.COUNTRY), values, str)
    assert _table(by_country)[0] == ("<US>", 6, 540.0)


def test_accounts_by_size_and_status(columns: PlanColumns) -> None:
    values = columns.values(columns.measure(SALES))
    by_size = grouped(columns, GroupChoice(GroupBy.SIZE, edges=(50.0,)), values, "{:g}".format)
    assert _table(by_size) == [("Above 50", 4, 450.0), ("Up to 50", 4, 130.0)]
    quarters = grouped(columns, GroupChoice(GroupBy.SIZE), values, "{:g}".format)
    assert [count for _, count, _ in _table(quarters)] == [2, 2, 2, 2]
    by_status = grouped(columns, GroupChoice(GroupBy.STATUS), values, str)
    assert _table(by_status) == [("customer", 8, 580.0)]


def test_sales_are_offered_first_where_there_are_some(tmp_path: Path) -> None:
    workspace = tiny_workspace(tmp_path)
    days = [
        day_number(date(2024, 1, 1)),
        day_number(date(2026, 5, 1)),
        day_number(date(2026, 6, 1)),
    ]
    with workspace.document.store.transaction() as tx:
        tx.put(
            "account_transaction",
            ("id", "account_id", "day", "amount"),
            [(1, 1, days[0], 5.0), (2, 2, days[1], 7.0), (3, 2, days[2], 11.0)],
        )
    made = plan_columns(workspace, TODAY)
    workspace.close()
    assert [measure.id for measure in made.measures] == [SALES_MEASURE.id, SALES, VISIT_HOURS]
    # The last twelve months up to 1 June 2026 leave the sale of 2024 out.
    assert made.values(SALES_MEASURE).tolist() == [0.0, 18.0] + [0.0] * 6
