# SPDX-License-Identifier: MIT
"""Gaps: what is listed at which level, and that the list and the check of the plan agree."""

from pathlib import Path

import numpy as np
import pytest

from app.models.faults import FaultKind
from app.models.ids import GeoUnitId
from app.services.alignment import NOBODY
from app.services.commands import AssignGeoUnits
from app.services.faults.checking import find_faults
from app.services.faults.facts import check_facts
from app.services.overlaps.claim_items import ClaimItems
from app.services.overlaps.plan_overlaps import OverlapFacts, overlap_facts
from app.services.workspace import Workspace
from tests.helpers.block_geography import county_at, zip_at
from tests.helpers.block_plan import block_workspace, draw, territory_id

WEST, EAST = GeoUnitId("state:01"), GeoUnitId("state:02")


@pytest.fixture
def plan(tmp_path: Path) -> Workspace:
    """Accounts in every ZIP area; account 60 is known by its state, 61 not at all."""
    made = block_workspace(tmp_path)
    with made.document.store.transaction() as tx:
        columns = ("id", "external_id", "name", "placed_by", "country", "state")
        rows = [
            (60, "K60", "Example 60", "region", "US", "02"),
            (61, "K61", "Lost", "not_placed", "", ""),
        ]
        tx.put("account", columns, rows)
        tx.put("account_measure", ("measure_id", "account_id", "value"), [(1, 60, 1.0), (1, 61, 2)])
    return Workspace(made.document, made.geography)


def areas_of(facts: OverlapFacts, items: ClaimItems) -> dict[str, int]:
    """Accounts by area."""
    found = facts.borders.geounits(items.unit[items.unit >= 0].tolist())
    return dict(zip(map(str, found), items.counts[items.unit >= 0].tolist(), strict=True))


def test_gaps_are_listed_by_county_even_where_a_whole_state_is_open(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((WEST,), territory_id(plan, "A"), "A"))
    facts = overlap_facts(plan)
    gaps = facts.gaps
    areas = areas_of(facts, gaps)
    counties = {str(county_at(row, column)): 4 for row in (0, 2, 4) for column in (4, 6)}
    assert areas == counties | {"county:02990": 1, str(EAST): 1}
    lost = gaps.account_row[gaps.unit < 0].tolist()
    assert [int(facts.accounts.account(row)) for row in lost] == [61]
    assert gaps.counts.sum() == plan.unserved_counts()[0]


def test_a_divided_county_is_listed_by_its_parts(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((WEST,), territory_id(plan, "A"), "A"))
    plan.run(AssignGeoUnits((zip_at(0, 4),), territory_id(plan, "B"), "B"))
    areas = areas_of(facts := overlap_facts(plan), facts.gaps)
    assert str(county_at(0, 4)) not in areas
    assert {areas[str(zip_at(*cell))] for cell in ((0, 5), (1, 4), (1, 5))} == {1}


def test_areas_without_customers_are_listed_in_countries_that_are_served(plan: Workspace) -> None:
    facts = overlap_facts(plan)
    assert not (facts.gaps.counts == 0).any()  # nothing is served yet
    plan.run(AssignGeoUnits((WEST,), territory_id(plan, "A"), "A"))
    with plan.document.store.transaction() as tx:
        tx.delete("account_measure", [(1, 49)])
        tx.delete("account", [(49,)])
    again = Workspace(plan.document, plan.geography)
    bare = areas_of(facts := overlap_facts(again), facts.gaps)
    assert [unit for unit, count in bare.items() if not count] == ["county:02990"]


def test_the_largest_come_first(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((WEST,), territory_id(plan, "A"), "A"))
    facts = overlap_facts(plan)
    sums = facts.gaps.sums(facts.values[0])
    assert sums.tolist() == sorted(sums.tolist(), reverse=True)
    assert sums.sum() == pytest.approx(facts.values[0][plan.account_territory == NOBODY].sum())


def test_taking_items_keeps_their_accounts(plan: Workspace) -> None:
    draw(plan, "AABB....")
    gaps = overlap_facts(plan).gaps
    order = np.argsort(-np.arange(len(gaps)))
    taken = gaps.take(order)
    for at, item in enumerate(order.tolist()):
        assert taken.rows_of(at).tolist() == gaps.rows_of(item).tolist()
        assert (taken.unit[at], taken.account_row[at]) == (gaps.unit[item], gaps.account_row[item])


def test_the_check_of_the_plan_counts_the_same(plan: Workspace) -> None:
    draw(plan, "AABB.... AABB....")
    facts = overlap_facts(plan)
    found = [f for f in find_faults(check_facts(plan)).faults if f.kind is FaultKind.UNASSIGNED]
    assert sum(fault.account_count for fault in found) == facts.gaps.counts.sum()
    told = sum(fault.value for fault in found)
    assert told == pytest.approx(facts.gaps.sums(facts.values[0]).sum())
