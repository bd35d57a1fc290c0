# SPDX-License-Identifier: MIT
"""Market data: summed up through the levels, and over what each territory holds."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import GeoUnitId, MeasureId, TerritoryId
from app.models.measure import VISIT_HOURS
from app.models.reports import BalanceLine
from app.services.alignment import Alignment, unit_claims
from app.services.commands import AssignGeoUnits, CreateTerritory, SetMainMeasure
from app.services.geography.geography import Geography
from app.services.market import market_totals, market_values, values_at
from app.services.overlaps.plan_overlaps import overlap_facts
from app.services.workspace import Workspace
from tests.helpers.shared import ROOT, SHARED, needs_shared
from tests.helpers.tiny_geography import tiny_geography
from tests.helpers.tiny_plan import tiny_workspace

NAN = float("nan")
HOUSEHOLDS = MeasureId(2)
BY_ZIP = {"10001": 5.0, "10002": 7.0, "10003": 11.0, "20001": 13.0, "20003": 17.0}
"""ZIP 20002 has no data."""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    bare = tiny_workspace(tmp_path)
    _put_market(bare, "zip", BY_ZIP)
    opened = Workspace(bare.document, bare.geography)
    yield opened
    opened.close()


def _put_market(workspace: Workspace, level: str, values: dict[str, float]) -> None:
    with workspace.document.store.transaction() as tx:
        columns = ("id", "name", "kind", "source", "level")
        tx.put("measure", columns, [(2, "Households", "count", "hh", level)])
        rows = [(2, f"{level}:{code}", value) for code, value in values.items()]
        tx.put("geounit_measure", ("measure_id", "geounit_id", "value"), rows)


def _hold(workspace: Workspace, name: str, *units: str) -> TerritoryId:
    workspace.run(CreateTerritory(name))
    made = workspace.territories[-1].id
    workspace.run(AssignGeoUnits(tuple(GeoUnitId(u) for u in units), made, name))
    return made


def _totals(workspace: Workspace) -> dict[object, float]:
    report = workspace.balance(HOUSEHOLDS)
    return {row.territory_id or row.line: row.total for row in report.rows}


def test_finer_values_are_summed_up_and_coarser_ones_are_not_spread(workspace: Workspace) -> None:
    def values(level: GeoLevel) -> list[float]:
        return workspace.unit_values(level, HOUSEHOLDS).tolist()

    def same(found: list[float], wanted: list[float]) -> None:
        np.testing.assert_array_equal(found, wanted)

    same(values(GeoLevel.ZIP), [5, 7, 11, 13, NAN, 17, NAN])
    same(values(GeoLevel.COUNTY), [12, 11, 13, 17, NAN])
    same(values(GeoLevel.STATE), [23, 30, NAN])
    same(values(GeoLevel.COUNTRY), [NAN, 53])


def test_county_data_say_nothing_about_zips() -> None:
    geography = tiny_geography()
    market = market_values(geography, GeoLevel.COUNTY, ["county:01001"], np.array([9.0]))
    assert np.isnan(values_at(geography, market, GeoLevel.ZIP)).all()
    np.testing.assert_array_equal(values_at(geography, market, GeoLevel.STATE), [9, NAN])


def test_the_finest_assignment_wins_and_holes_are_nobodys(workspace: Workspace) -> None:
    north = _hold(workspace, "North", "state:01")
    south = _hold(workspace, "South", "zip:10002", "county:02002")
    workspace.run(AssignGeoUnits((GeoUnitId("zip:10003"),), None, ""))
    found = _totals(workspace)
    assert found == {north: 5, south: 7 + 17, BalanceLine.UNASSIGNED: 11 + 13}
    assert workspace.balance(HOUSEHOLDS).total == sum(BY_ZIP.values())


def test_areas_in_dispute_have_a_line_of_their_own(workspace: Workspace) -> None:
    _hold(workspace, "North", "zip:20002", "zip:20003")
    workspace.run(CreateTerritory("Other"))
    other = workspace.territories[-1].id
    workspace.run(AssignGeoUnits((GeoUnitId("zip:20003"),), other, "Other", add=True))
    assert _totals(workspace)[BalanceLine.IN_DISPUTE] == 17


def test_a_county_counts_for_who_holds_all_of_it_or_the_county_itself() -> None:
    geography = tiny_geography()
    ids = [f"county:{code}" for code in ("01001", "01002", "02001", "02002")]
    market = market_values(geography, GeoLevel.COUNTY, ids, np.array([1.0, 10.0, 100.0, 1000.0]))
    one, two = TerritoryId(1), TerritoryId(2)
    units = {
        # All ZIPs of 01001 are with one, though the county is with two.
        "zip:10001": one,
        "zip:10002": one,
        "county:01001": two,
        "zip:10003": two,
        # 02002 is with two, but for a ZIP that is with one.
        "county:02002": two,
        "zip:20002": one,
    }
    alignment = Alignment({GeoUnitId(u): frozenset((t,)) for u, t in units.items()})
    claims = unit_claims(alignment, geography, {one: 0, two: 1})
    assert market_totals(claims, geography, market, 2).tolist() == [1, 10 + 1000, 100, 0]


def test_areas_that_the_map_does_not_have_are_nobodys_and_in_the_total() -> None:
    geography = tiny_geography()
    market = market_values(geography, GeoLevel.ZIP, ["zip:10001", "zip:99999"], np.array([1.0, 2]))
    claims = unit_claims(Alignment(), geography, {})
    assert market_totals(claims, geography, market, 0).tolist() == [3, 0]


_codes = st.sampled_from(["10001", "10002", "10003", "20001", "20002", "20003", "77777"])
_units = st.sampled_from(
    ["zip:10001", "zip:10003", "county:01001", "county:02002", "state:01", "state:02", "country:US"]
)


@settings(max_examples=60, deadline=None)
@given(
    values=st.dictionaries(_codes, st.integers(0, 1000)),
    claims=st.dictionaries(_units, st.sets(st.integers(1, 3), min_size=1, max_size=2)),
    holes=st.sets(_units),
)
def test_totals_add_up_to_the_sum_of_the_measure(
    values: dict[str, int], claims: dict[str, set[int]], holes: set[str]
) -> None:
    geography = tiny_geography()
    ids = [f"zip:{code}" for code in values]
    market = market_values(geography, GeoLevel.ZIP, ids, np.array([*values.values()], float))
    alignment = Alignment(
        {GeoUnitId(u): frozenset(map(TerritoryId, t)) for u, t in claims.items() if u not in holes},
        frozenset(map(GeoUnitId, holes)),
    )
    positions = {TerritoryId(number): number - 1 for number in (1, 2, 3)}
    totals = market_totals(
        unit_claims(alignment, geography, positions), geography, market, len(positions)
    )
    assert totals.sum() == sum(values.values())


def test_a_market_measure_as_the_main_one_leaves_lists_of_accounts_with_the_count(
    workspace: Workspace,
) -> None:
    workspace.run(SetMainMeasure(HOUSEHOLDS, "Households"))
    assert workspace.main_measure.id == HOUSEHOLDS
    assert workspace.main_account_measure.id == 0
    facts = overlap_facts(workspace)
    assert facts.gaps.sums(facts.values[0]).sum() == 8
    assert [m.id for m in workspace.account_measures] == [0, 1, VISIT_HOURS]


@needs_shared
def test_households_by_zip_match_to_the_unit_at_every_level() -> None:
    geography = Geography.load(ROOT / "resources" / "geo")
    path = SHARED / "geodata" / "acs2023_households_by_zcta.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [(row["zcta"], float(row["households"] or 0)) for row in csv.DictReader(file)]
    values = np.array([value for _, value in rows])
    market = market_values(geography, GeoLevel.ZIP, [f"zip:{code}" for code, _ in rows], values)
    whole = 128_701_376
    assert values.sum() == whole
    for level in LEVELS_COARSE_TO_FINE:
        assert np.nansum(values_at(geography, market, level)) + market.elsewhere == whole
    texas = unit_claims(
        Alignment({GeoUnitId("state:48"): frozenset((TerritoryId(1),))}),
        geography,
        {TerritoryId(1): 0},
    )
    totals = market_totals(texas, geography, market, 1)
    states = geography.layer(GeoLevel.STATE)
    assert totals[0] == values_at(geography, market, GeoLevel.STATE)[states.index_of("48")]
    assert totals.sum() == whole
