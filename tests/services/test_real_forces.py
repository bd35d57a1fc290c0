# SPDX-License-Identifier: MIT
"""Real territory tables: Northwind's ZIP territories, AdventureWorks' stores with specialists."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.models.measure import ACCOUNT_COUNT
from app.models.rule import TextOperator, TextTest
from app.models.sales_force import FIRST_SALES_FORCE, ForceModel
from app.services.alignment import NOBODY
from app.services.builders.by_kind import by_kind
from app.services.builders.kinds import Kind
from app.services.commands import BuildForces, ForceBuild, ForceTarget, SetForceModel
from app.services.force_coverage import combinations_of, pairings_of, served_by_force
from app.services.geography.geography import Geography
from app.services.importing.commands import import_command
from app.services.importing.fields import TableKind
from app.services.importing.guessing import guess_mapping
from app.services.importing.job import prepare_all, take_in_hand, with_rosters
from app.services.importing.readers import read_table
from app.services.importing.reading_plan import read_current_plan
from app.services.level_words import TerritoryLevels
from app.services.plan_export import balance_for_export
from app.services.roll_up import report_at_level
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from tests.helpers.overlaps import overlaps_of
from tests.helpers.shared import ROOT, SHARED, needs_shared

pytestmark = needs_shared

NORTHWIND = SHARED / "samples" / "northwind"
WORKS = SHARED / "samples" / "adventureworks-oltp"


@pytest.fixture(scope="module")
def geography() -> Geography:
    return Geography.load(ROOT / "resources" / "geo")


def opened(folder: Path, geography: Geography) -> Workspace:
    folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
    return Workspace.create(folder / "real.evenfield", folders, geography, "Real")


def bring_in(plan: Workspace, *paths: Path, kind: TableKind | None = None) -> None:
    """Import files together as they are guessed, or as what the user says they are."""
    current = read_current_plan(plan.document.store)
    hands = [take_in_hand(at, p, read_table(p), current) for at, p in enumerate(paths)]
    if kind is not None:
        hands = [replace(h, mapping=guess_mapping(h.table, current, kind)) for h in hands]
    drafts = prepare_all(with_rosters(hands, current), current, plan.geography)
    plan.run(import_command(*drafts.values()))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def northwind(
    tmp_path_factory: pytest.TempPathFactory, geography: Geography
) -> Iterator[Workspace]:
    """Regions, territories, employees, their territories, and customers, in one import."""
    plan = opened(tmp_path_factory.mktemp("northwind"), geography)
    names = ("Region", "Territories", "Employees", "EmployeeTerritories", "Customers")
    bring_in(plan, *(NORTHWIND / f"{name}.csv" for name in names))
    yield plan
    plan.close()


def test_zip_territories_come_in_below_their_regions(northwind: Workspace) -> None:
    levels = TerritoryLevels(northwind.territories)
    assert levels.words == ("Region", "Territory")
    assert len(northwind.leaf_territories) == 53
    region_by_id = {
        r["RegionID"]: r["RegionDescription"].strip() for r in rows_of(NORTHWIND / "Region.csv")
    }
    rows = rows_of(NORTHWIND / "Territories.csv")
    expected = {row["TerritoryID"]: region_by_id[row["RegionID"]] for row in rows}
    found = {
        each.external_id: northwind.territory(levels.above(each.id)[0]).name
        for each in northwind.leaf_territories
    }
    assert found == expected


def test_each_territory_has_its_employee_or_is_vacant(northwind: Workspace) -> None:
    """49 entries of the roster for 53 territories: the other four are vacant."""
    rows = rows_of(NORTHWIND / "EmployeeTerritories.csv")
    assert len(rows) == 49
    employee = {row["TerritoryID"]: row["EmployeeID"] for row in rows}
    reps = {each.external_id: northwind.rep_of(each.id) for each in northwind.leaf_territories}
    found = {territory: rep.external_id for territory, rep in reps.items() if rep is not None}
    assert found == employee
    assert sum(rep is None for rep in reps.values()) == 4


def test_their_overlaps_are_those_of_the_file(northwind: Workspace) -> None:
    """Two territories of one ZIP code would be in dispute; the file has no code twice."""
    codes = Counter(row["TerritoryID"] for row in rows_of(NORTHWIND / "Territories.csv"))
    expected = {f"zip:{code}" for code, amount in codes.items() if amount > 1}
    found = {item.geounit_id for item in overlaps_of(northwind).items}
    assert found == expected
    held = [northwind.holdings.geounits_of_territory(t.id) for t in northwind.leaf_territories]
    assert sorted(unit for units in held for unit in units) == sorted(f"zip:{c}" for c in codes)
    # All customers but those in these ZIP areas are gaps; no customer of the file is there.
    own = {
        row["PostalCode"] for row in rows_of(NORTHWIND / "Customers.csv") if row["Country"] == "USA"
    }
    assert northwind.unserved_counts() == (91 - len(own & codes.keys()), 0)


def test_a_second_claim_is_found_as_an_overlap(northwind: Workspace) -> None:
    """Bedford claims, by one more row, the ZIP area of Westboro."""
    ids = {each.external_id or each.name: each.id for each in northwind.territories}
    with northwind.document.store.transaction() as tx:
        columns = ("scenario_id", "geounit_id", "territory_id")
        tx.put(
            "geounit_assignment",
            columns,
            [(1, "zip:01581", ids["01730"])],
        )
    again = Workspace(northwind.document, northwind.geography)
    (item,) = overlaps_of(again).items
    assert item.geounit_id == "zip:01581"
    assert {again.territory(each).external_id for each in item.territory_ids} == {"01581", "01730"}
    with northwind.document.store.transaction() as tx:
        tx.delete("geounit_assignment", [(1, "zip:01581", ids["01730"])])


def test_regions_add_up_to_the_plan(northwind: Workspace) -> None:
    report = northwind.balance(ACCOUNT_COUNT)
    top = report_at_level(report, northwind.territories, 0)
    assert top.total == report.total == 91
    names = [northwind.territory(row.territory_id).name for row in top.rows if row.territory_id]
    assert sorted(names) == ["Eastern", "Northern", "Southern", "Western"]
    table = balance_for_export(northwind, report)
    assert [column.header for column in table.columns[:2]] == ["Region", "Territory"]


def _store_territories() -> dict[str, str]:
    """Store -> territory, by the table of customers."""
    with gzip.open(WORKS / "Sales_Customer.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["StoreID"]: row["TerritoryID"] for row in rows if row["StoreID"]}


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory, geography: Geography) -> Iterator[Workspace]:
    """Stores, reps and territories; every store named for the territory that the tables say."""
    folder = tmp_path_factory.mktemp("works")
    plan = opened(folder, geography)
    bring_in(plan, WORKS / "Sales_vStoreWithAddresses.csv")
    bring_in(plan, WORKS / "Sales_vStoreWithDemographics.csv", WORKS / "Sales_vSalesPerson.csv")
    bring_in(plan, WORKS / "Sales_SalesTerritory.csv")
    named = folder / "TerritoryAccounts.csv"
    lines = [f"{store},{territory}" for store, territory in sorted(_store_territories().items())]
    named.write_text("\n".join(["AccountId,TerritoryId", *lines, ""]), encoding="utf-8")
    bring_in(plan, named, kind=TableKind.TERRITORY_ACCOUNTS)
    yield plan
    plan.close()


def _territory_by_store(plan: Workspace) -> dict[str, str]:
    ids = plan.accounts.text("external_id")
    return {
        str(ids[row]): plan.territories[at].external_id
        for row, at in enumerate(plan.account_territory.tolist())
        if at >= 0
    }


def test_stores_are_served_by_their_own_territory_table(works: Workspace) -> None:
    stores = set(map(str, works.accounts.text("external_id")))
    expected = {s: t for s, t in _store_territories().items() if s in stores}
    assert len(expected) > 600
    assert _territory_by_store(works) == expected
    groups = {r["TerritoryID"]: r["Group"] for r in rows_of(WORKS / "Sales_SalesTerritory.csv")}
    levels = TerritoryLevels(works.territories)
    regions = {
        each.external_id: works.territory(levels.above(each.id)[0]).name
        for each in works.leaf_territories
    }
    assert regions == groups


def test_specialists_work_over_the_territories(works: Workspace) -> None:
    """A sales force by the stores' speciality; across both, two territories are coverage."""
    speciality = {
        row["BusinessEntityID"]: row["Specialty"]
        for row in rows_of(WORKS / "Sales_vStoreWithDemographics.csv")
    }
    kinds = [
        Kind(
            word, TextTest("extra:Specialty", TextOperator.IS, (word,)), np.empty(0, np.int64), 0.0
        )
        for word in sorted(set(speciality.values()))
    ]
    target = ForceTarget(ForceModel.PRODUCT, name="Specialists")
    before = _territory_by_store(works)
    draft = by_kind(kinds, works.reps, lambda rep: rep.product_lines)
    works.run(SetForceModel(FIRST_SALES_FORCE, ForceModel.HYBRID, "Field sales"))
    works.run(BuildForces((ForceBuild(target, draft),), "specialities"))
    assert _territory_by_store(works) == before
    specialists = works.sales_forces[1]
    state = works.state_of(specialists.id)
    served = state.account_territory(works.accounts)
    ids = [str(each) for each in works.accounts.text("external_id")]
    names = [state.territories[at].name if at >= 0 else "" for at in served.tolist()]
    assert dict(zip(ids, names, strict=True)) == {each: speciality.get(each, "") for each in ids}
    assert len(overlaps_of(works).items) == 0
    found = combinations_of(served_by_force(works), np.ones(len(ids)))
    both = sum(each in before and each in speciality for each in ids)
    assert {len(each.forces): len(each.rows) for each in found}[2] == both
    pairs = pairings_of(
        ([t.id for t in works.territories], works.account_territory),
        ([t.id for t in state.territories], served),
        np.ones(len(ids)),
    )
    expected = Counter((before[each], speciality[each]) for each in ids if each in before)
    assert {
        (
            works.territory(p.first).external_id,
            state.territories[state.position_by_territory[p.second]].name,
        ): p.account_count
        for p in pairs
    } == dict(expected)
    assert (served != NOBODY).sum() == sum(each in speciality for each in ids)
    works.undo()
    works.undo()
    assert len(works.sales_forces) == 1
