# SPDX-License-Identifier: MIT
"""Coverage across sales forces, by hand and against a loop over accounts."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.changes import Changes
from app.models.ids import GeoUnitId, RepId, SalesForceId, TerritoryId
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.commands import AddSalesForce, AssignGeoUnits, CreateTerritory, SetRep
from app.services.force_coverage import (
    combinations_of,
    force_concerned,
    pairings_of,
    served_by_force,
    serving_of,
)
from app.services.plan_export import coverage_for_export
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import SALES, tiny_workspace

FIELD = SalesForceId(1)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    """Field sales holds both states; specialists hold county 01001 (a, b, c), with Bob."""
    opened = tiny_workspace(tmp_path)
    for name, unit in (("West", "state:01"), ("East", "state:02")):
        opened.run(CreateTerritory(name))
        territory = opened.territories[-1].id
        opened.run(AssignGeoUnits((GeoUnitId(unit),), territory, name))
    opened.run(AddSalesForce("Specialists"))
    opened.choose_sales_force(opened.sales_forces[-1].id)
    opened.run(CreateTerritory("Bikes"))
    bikes = opened.territories[0].id
    opened.run(AssignGeoUnits((GeoUnitId("county:01001"),), bikes, "Bikes"))
    opened.run(SetRep(bikes, RepId(2), "Bikes", "Bob"))
    opened.choose_sales_force(FIELD)
    yield opened
    opened.close()


def test_accounts_are_counted_by_who_serves_them(plan: Workspace) -> None:
    """a, b, c by both (220); d, e, f by field sales alone (320); g, h by nobody (40)."""
    specialists = plan.sales_forces[1].id
    found = combinations_of(served_by_force(plan), plan.accounts.measure(SALES))
    assert [(each.forces, each.rows.tolist(), each.value) for each in found] == [
        ((FIELD, specialists), [0, 1, 2], 220.0),
        ((FIELD,), [3, 4, 5], 320.0),
        ((), [6, 7], 40.0),
    ]


def test_a_specialist_works_with_the_generalists_of_the_accounts(plan: Workspace) -> None:
    field, other = (plan.state_of(force.id) for force in plan.sales_forces)
    accounts = plan.accounts
    (pairing,) = pairings_of(
        ([t.id for t in field.territories], field.account_territory(accounts)),
        ([t.id for t in other.territories], other.account_territory(accounts)),
        accounts.measure(SALES),
    )
    assert (pairing.first, pairing.second) == (field.territories[0].id, other.territories[0].id)
    assert (pairing.account_count, pairing.value) == (3, 220.0)


def test_an_account_tells_who_serves_it_in_every_sales_force(plan: Workspace) -> None:
    field, other = serving_of(plan, 0)
    assert field.territory is not None
    assert (field.force.name, field.territory.name, field.rep) == ("Field sales", "West", None)
    assert other.territory is not None
    assert other.rep is not None
    assert (other.territory.name, other.rep.name) == ("Bikes", "Bob")
    assert [each.territory for each in serving_of(plan, 7)] == [None, None]


_CODES = st.lists(
    st.tuples(
        *(st.sampled_from([NOBODY, IN_DISPUTE, 0, 1, 2]) for _ in range(3)), st.integers(0, 9)
    ),
    max_size=30,
)


@given(_CODES)
def test_combinations_and_pairings_match_a_loop(rows: list[tuple[int, int, int, int]]) -> None:
    table = np.array(rows, dtype=np.int32).reshape(len(rows), 4)
    values = table[:, 3].astype(np.float64)
    forces = [SalesForceId(each) for each in (1, 2, 3)]
    served = {force: table[:, at] for at, force in enumerate(forces)}
    expected: Counter[tuple[int, ...]] = Counter()
    pairs: Counter[tuple[int, int]] = Counter()
    for row in rows:
        expected[tuple(int(f) for f, code in zip(forces, row, strict=False) if code != NOBODY)] += 1
        if row[0] >= 0 and row[1] >= 0:
            pairs[row[0], row[1]] += 1
    found = combinations_of(served, values)
    assert {tuple(map(int, each.forces)): len(each.rows) for each in found} == dict(expected)
    assert sum(each.value for each in found) == values.sum()
    assert sum(each.in_dispute for each in found) == (table[:, :3] == IN_DISPUTE).any(axis=1).sum()
    ids = [TerritoryId(each) for each in range(3)]
    together = pairings_of((ids, table[:, 0]), (ids, table[:, 1]), values)
    assert {(int(p.first), int(p.second)): p.account_count for p in together} == dict(pairs)


def test_a_sheet_names_territory_and_rep_of_every_sales_force(plan: Workspace) -> None:
    table = coverage_for_export(plan)
    assert [column.header for column in table.columns] == [
        "Account ID",
        "Account Name",
        "Sales forces",
        "Field sales",
        "Field sales: rep",
        "Specialists",
        "Specialists: rep",
    ]
    rows = list(zip(*(list(column.cells) for column in table.columns), strict=True))
    assert rows[0] == ("a", "Example a", 2.0, "West", "vacant", "Bikes", "Bob")
    assert rows[4] == ("e", "Example e", 1.0, "East", "vacant", "", "")
    assert rows[7] == ("h", "Example h", 0.0, "", "", "", "")


def test_an_edit_concerns_the_sales_force_of_its_territories(plan: Workspace) -> None:
    specialists = plan.sales_forces[1].id
    bikes = plan.state_of(specialists).territories[0].id
    west = plan.territories[0].id
    assert force_concerned(plan, Changes(territories=frozenset((bikes,)))) == specialists
    assert force_concerned(plan, Changes(territories=frozenset((bikes, west)))) == FIELD
    assert force_concerned(plan, Changes(settings=True)) == FIELD
