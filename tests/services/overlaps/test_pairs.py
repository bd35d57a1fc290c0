# SPDX-License-Identifier: MIT
"""Pairs of territories in dispute: accounts, values and land, by hand and against an oracle."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.models.drawn_area import Rings
from app.models.geounit import GeoLevel
from app.models.ids import AccountId, GeoUnitId
from app.models.overlaps import PairReport
from app.services.commands import AddDrawnArea, AssignAccounts, AssignGeoUnits
from app.services.overlaps.plan_overlaps import overlap_facts
from app.services.workspace import Workspace
from tests.helpers.block_geography import NORTH, SIDE, WEST, county_at, zip_at
from tests.helpers.block_plan import block_workspace, draw, territory_id


def box(west: float, south: float, east: float, north: float) -> Rings:
    """A rectangle in sides of ZIP areas, right and down from the north-west corner."""
    x1, x2 = WEST + SIDE * west, WEST + SIDE * east
    y1, y2 = NORTH - SIDE * south, NORTH - SIDE * north
    return (((x1, y1), (x2, y1), (x2, y2), (x1, y2), (x1, y1)),)


def report_of(plan: Workspace) -> PairReport:
    """All pairs with their land."""
    facts = overlap_facts(plan)
    return facts.pairs(facts.land())


@pytest.fixture
def plan(tmp_path: Path) -> Workspace:
    """Territories A (west) and B (east) of the top two rows, and C without anything."""
    made = block_workspace(tmp_path)
    draw(made, "AAAABBBB AAAABBBB")
    return made


def test_a_plan_without_overlaps_has_no_pair(plan: Workspace) -> None:
    report = report_of(plan)
    assert report.pairs == ()
    assert report.totals.area_fraction == 0.0
    assert report.totals.account_fraction == 0.0


def test_territories_that_only_touch_do_not_overlap(plan: Workspace) -> None:
    # A and B share a border of two ZIP areas; a drawn area along it covers nothing of B.
    plan.run(AddDrawnArea(territory_id(plan, "A"), box(2, 2, 4, 0)))
    report = report_of(plan)
    assert [pair for pair in report.pairs if pair.km2] == []
    assert report.totals.area_fraction == pytest.approx(0.0, abs=1e-6)


def test_a_shared_area_counts_with_its_accounts_and_its_land(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((zip_at(0, 0), zip_at(0, 1)), territory_id(plan, "B"), "B", add=True))
    (pair,) = report_of(plan).pairs
    assert pair.account_count == 2
    assert pair.values == (10.0 + 20.0,)
    assert (pair.km2, pair.drawn_over_km2) == (2.0, 0.0)
    # A claims 8 areas of 1 km², B 10.
    assert pair.smaller_fraction == pytest.approx(2 / 8)
    totals = report_of(plan).totals
    assert totals.account_fraction == pytest.approx(2 / 16)
    assert totals.area_fraction == pytest.approx(2 / 16)


def test_an_area_of_three_is_in_three_pairs_and_once_in_the_totals(plan: Workspace) -> None:
    for name in ("B", "C"):
        plan.run(AssignGeoUnits((zip_at(0, 0),), territory_id(plan, name), name, add=True))
    report = report_of(plan)
    assert [pair.account_count for pair in report.pairs] == [1, 1, 1]
    assert report.totals.account_count == 1
    assert report.totals.sum_km2 == pytest.approx(8 + 9 + 1)
    assert report.totals.union_km2 == pytest.approx(16)


def test_an_account_named_twice_is_a_pair_without_land(plan: Workspace) -> None:
    a, b = territory_id(plan, "A"), territory_id(plan, "B")
    plan.run(AssignAccounts((AccountId(1),), a, "A"))
    with plan.document.store.transaction() as tx:
        columns = ("scenario_id", "account_id", "territory_id")
        tx.put("account_assignment", columns, [(1, 1, b)])
    plan.state.reload()
    (pair,) = report_of(plan).pairs
    assert (pair.account_count, pair.values, pair.km2) == (1, (10.0,), 0.0)


def test_a_drawn_area_over_half_an_area_of_another_is_drawn_over_it(plan: Workspace) -> None:
    plan.run(AddDrawnArea(territory_id(plan, "C"), box(0, 1, 0.5, 0)))
    (pair,) = report_of(plan).pairs
    # Half a ZIP area by longitude is half of it on the ground; its account stands in the middle.
    assert pair.km2 == pytest.approx(0.5, rel=1e-4)
    assert pair.drawn_over_km2 == pytest.approx(0.5, rel=1e-4)
    assert pair.smaller_fraction == pytest.approx(1.0)
    assert report_of(plan).totals.area_fraction == pytest.approx(0.5 / 16, rel=1e-4)


def test_drawn_areas_that_cross_overlap_where_they_cross(plan: Workspace) -> None:
    plan.run(AddDrawnArea(territory_id(plan, "A"), box(0, 5, 2, 4)))
    plan.run(AddDrawnArea(territory_id(plan, "C"), box(1, 6, 3, 4)))
    (pair,) = report_of(plan).pairs
    # The southern half of a county is a little wider on the ground than the northern one.
    assert pair.km2 == pytest.approx(1.0, rel=4e-3)
    assert pair.drawn_over_km2 == 0.0
    assert pair.account_count == 1


def test_slivers_are_ignored_only_where_they_are_small_in_both_ways(plan: Workspace) -> None:
    plan.run(AddDrawnArea(territory_id(plan, "A"), box(0, 6, 4, 2)))
    plan.run(AddDrawnArea(territory_id(plan, "C"), box(3.9999, 6, 8, 2)))
    # 0.0001 x 4 areas: 0.0004 km² of 16.4 or more.
    assert report_of(plan).pairs == ()
    plan.undo()
    plan.run(AddDrawnArea(territory_id(plan, "C"), box(3.99, 6, 8, 2)))
    (pair,) = report_of(plan).pairs
    assert pair.km2 == pytest.approx(0.04, rel=1e-4)


def test_land_outside_all_areas_is_nobodys(plan: Workspace) -> None:
    # Both reach far into the sea west of the blocks.
    plan.run(AddDrawnArea(territory_id(plan, "A"), box(-4, 1, 1, 0)))
    plan.run(AddDrawnArea(territory_id(plan, "C"), box(-4, 1, -1, 0)))
    assert report_of(plan).pairs == ()


def test_land_between_exact_areas_belongs_to_who_has_the_area_around(plan: Workspace) -> None:
    """The county is larger than its ZIP areas together, as where exact areas leave gaps."""
    geography = plan.geography
    counties = geography.layer(GeoLevel.COUNTY)
    larger = replace(counties, area_km2=counties.area_km2 + np.float32(2.0))
    geography._layers[GeoLevel.COUNTY] = larger  # noqa: SLF001 another layer for the test
    c = territory_id(plan, "C")
    plan.run(AssignGeoUnits((county_at(4, 0),), c, "C"))
    plan.run(AssignGeoUnits((county_at(4, 0),), territory_id(plan, "A"), "A", add=True))
    plan.run(AssignGeoUnits((zip_at(4, 0), zip_at(4, 1)), territory_id(plan, "B"), "B"))
    (pair,) = report_of(plan).pairs
    # Two ZIP areas of 1 km² and 2 km² of land between the areas are in dispute.
    assert pair.km2 == pytest.approx(4.0)


CELLS = [(row, column) for row in range(3) for column in range(4)]


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    claims=st.dictionaries(
        st.sampled_from(CELLS), st.sets(st.sampled_from("ABC"), min_size=1), max_size=8
    ),
    counties=st.dictionaries(
        st.sampled_from([(0, 0), (0, 2), (2, 0)]), st.sets(st.sampled_from("ABC"), min_size=1)
    ),
    boxes=st.lists(
        st.tuples(st.sampled_from("ABC"), *(st.integers(0, 8) for _ in range(4))), max_size=3
    ),
)
@example(claims={}, counties={}, boxes=[("A", 0, 0, 1, 1), ("B", 0, 0, 1, 1)])
def test_pairs_agree_with_a_grid_of_quarters(
    tmp_path_factory: pytest.TempPathFactory,
    claims: dict[tuple[int, int], set[str]],
    counties: dict[tuple[int, int], set[str]],
    boxes: list[tuple[str, int, int, int, int]],
) -> None:
    """Every quarter of every ZIP area looked at by itself; drawn boxes end on half sides."""
    plan = block_workspace(tmp_path_factory.mktemp("grid"))
    # Something is said in the west, so that it is told apart county by county: the fixture draws
    # whole states as boxes that are larger than their counties.
    plan.run(AssignGeoUnits((county_at(4, 2),), territory_id(plan, "C"), "C"))
    for units, at in ((counties, county_at), (claims, zip_at)):
        for cell, names in units.items():
            _claim(plan, at(*cell), names)
    drawn = [
        (name, min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        for name, x1, y1, x2, y2 in boxes
        if x1 != x2 and y1 != y2
    ]
    for name, x1, y1, x2, y2 in drawn:
        rings = box(x1 / 2, y2 / 2, x2 / 2, y1 / 2)
        plan.run(AddDrawnArea(territory_id(plan, name), rings))
    expected: dict[tuple[str, str], float] = {}
    for row in range(6):
        for column in range(8):
            county = counties.get((row // 2 * 2, column // 2 * 2), set())
            by_area = claims.get((row, column), county)
            for down in (0, 1):
                for right in (0, 1):
                    x, y = 2 * column + right + 0.5, 2 * row + down + 0.5
                    over = {n for n, x1, y1, x2, y2 in drawn if x1 < x < x2 and y1 < y < y2}
                    for pair in combinations(sorted(by_area | over), 2):
                        # A ZIP area has 1 km²; halves of a county differ by less than 1 %.
                        expected[pair] = expected.get(pair, 0.0) + _quarter(row, down)
    names = {territory.id: territory.name for territory in plan.territories}
    found = {
        (names[pair.first], names[pair.second]): pair.km2
        for pair in report_of(plan).pairs
        if pair.km2
    }
    assert found == pytest.approx({pair: km2 for pair, km2 in expected.items() if km2}, rel=8e-3)
    plan.close()


def _claim(plan: Workspace, unit: GeoUnitId, names: set[str]) -> None:
    for name in sorted(names):
        first = name == min(names)
        plan.run(AssignGeoUnits((unit,), territory_id(plan, name), name, add=not first))


def _quarter(row: int, down: int) -> float:
    """Share of a ZIP area that its upper or lower quarter has: the lower one is a little larger."""
    north = NORTH - SIDE * row
    top, middle, bottom = np.sin(np.radians([north, north - SIDE / 2, north - SIDE]))
    part = (top - middle) if down == 0 else (middle - bottom)
    return float(part / (top - bottom)) / 2
