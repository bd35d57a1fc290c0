# SPDX-License-Identifier: MIT
"""Reach and frequency by hand."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from app.models.days import day_number
from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId, TerritoryId
from app.services.alignment import NOBODY
from app.services.commands import AssignGeoUnits, CreateTerritory
from app.services.workload.visits_made import MadeLine, made_lines, visits_made
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import tiny_workspace

TODAY = date(2026, 6, 30)


def test_visits_above_plan_do_not_make_up_for_others() -> None:
    served = np.array([0, 0, 0, NOBODY], np.int32)
    planned = np.array([4.0, 2.0, 0.0, 6.0])
    made = np.array([10.0, 0.0, 3.0, 6.0])
    (line,) = made_lines(served, planned, made, 1)
    # Of 6 planned visits 4 were made; the third account asks for none.
    assert line == MadeLine(targets=2, reached=1, planned=6.0, credited=4.0)
    assert line.reach_fraction == 0.5
    assert line.frequency_fraction == pytest.approx(4 / 6)


def test_without_targets_there_is_no_reach() -> None:
    (line,) = made_lines(np.array([0], np.int32), np.zeros(1), np.ones(1), 1)
    assert (line.reach_fraction, line.frequency_fraction) == (None, None)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    """One territory with accounts a, b and c, which the usual class visits twice a year."""
    workspace = tiny_workspace(tmp_path)
    workspace.run(CreateTerritory("One"))
    workspace.run(AssignGeoUnits((GeoUnitId(f"{GeoLevel.COUNTY.value}:01001"),), TerritoryId(1)))
    yield workspace
    workspace.close()


def test_a_plan_without_visits_says_nothing(plan: Workspace) -> None:
    assert visits_made(plan, TODAY) is None


def test_twelve_months_up_to_the_last_visit_count(plan: Workspace) -> None:
    days = [date(2026, 5, 1), date(2025, 5, 2), date(2025, 4, 30), date(2027, 1, 1)]
    rows = [(at + 1, 1 + at % 2, day_number(day)) for at, day in enumerate(days)]
    with plan.document.store.transaction() as tx:
        tx.put("visit", ("id", "account_id", "day"), rows)
    plan.records.forget()
    found = visits_made(plan, TODAY)
    assert found is not None
    assert (found.period.first, found.period.last) == (date(2025, 5, 2), date(2026, 5, 1))
    # a once in May 2026, b once on the first day; April 2025 is too old, 2027 yet to come.
    assert found.lines[TerritoryId(1)] == MadeLine(3, 2, 6.0, 2.0)
