# SPDX-License-Identifier: MIT
"""Real exports: the four AdventureWorks files without a click, and every messy file."""

import functools
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.models.account import PlacedBy
from app.models.errors import ImportProblem
from app.services.geography.geography import Geography
from app.services.geography.placement import place
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import ImportDraft, ProblemKind, Tally
from app.services.importing.drafting import prepare
from app.services.importing.fields import TableKind
from app.services.importing.given import Given
from app.services.importing.guessing import guess_mapping
from app.services.importing.mapping import Mapping
from app.services.importing.readers import read_table
from app.services.importing.reading_plan import read_current_plan
from app.services.store.store import Store
from tests.helpers.shared import ROOT, SHARED, needs_shared
from tests.services.importing.files import problem, run, written

pytestmark = needs_shared

SAMPLES = SHARED / "samples"
WORKS = SAMPLES / "adventureworks-oltp"
FILES = ("Sales_vStoreWithAddresses", "Sales_vStoreWithDemographics", "Sales_Store")


@dataclass
class Step:
    """One import of the four, as guessed."""

    mapping: Mapping
    draft: ImportDraft

    @property
    def targets(self) -> dict[str, str]:
        return {column.header: column.target for column in self.mapping.columns}


@pytest.fixture(scope="module")
def steps() -> tuple[dict[str, Step], Store]:
    """The four files imported one after the other as guessed, and the plan after them."""
    geography = Geography.load(ROOT / "resources" / "geo")
    store = Store.in_memory()
    done: dict[str, Step] = {}
    for name in (*FILES, "Sales_vSalesPerson"):
        table = read_table(WORKS / f"{name}.csv")
        current = read_current_plan(store)
        mapping = guess_mapping(table, current)
        draft = prepare(
            table, mapping, Given(current, functools.partial(place, geography), geography)
        )
        done[name] = Step(mapping, draft)
        run(store, draft)
    return done, store


def test_store_addresses_are_accounts(steps: tuple[dict[str, Step], Store]) -> None:
    step = steps[0]["Sales_vStoreWithAddresses"]
    assert step.targets == {
        "BusinessEntityID": "external_id",
        "Name": "name",
        "AddressType": "address_kind",
        "AddressLine1": "street",
        "AddressLine2": "street",
        "City": "city",
        "StateProvinceName": "region",
        "PostalCode": "postal_code",
        "CountryRegionName": "country_name",
    }
    assert step.draft.tally == Tally(712, 701, 0, 0, 11)
    assert problem(step.draft, ProblemKind.SECOND_ADDRESS).count == 11
    assert sum(step.draft.placed.values()) == 701
    assert PlacedBy.NOT_PLACED not in step.draft.placed
    assert step.draft.placed[PlacedBy.POSTAL_CODE] >= 420


def test_demographics_are_measures_of_the_same_accounts(
    steps: tuple[dict[str, Step], Store],
) -> None:
    step = steps[0]["Sales_vStoreWithDemographics"]
    assert step.mapping.match_count == 701
    assert step.targets == {
        "BusinessEntityID": "external_id",
        "Name": "name",
        "AnnualSales": "measure",
        "AnnualRevenue": "measure",
        "BankName": "extra",
        "BusinessType": "segment",
        "YearOpened": "extra",
        "Specialty": "extra",
        "SquareFeet": "measure",
        "Brands": "extra",
        "Internet": "extra",
        "NumberEmployees": "measure",
    }
    assert step.draft.tally == Tally(701, 0, 701, 0, 0)
    assert step.draft.problems == ()


def test_salespeople_of_stores_are_owners(steps: tuple[dict[str, Step], Store]) -> None:
    step = steps[0]["Sales_Store"]
    assert step.targets == {
        "BusinessEntityID": "external_id",
        "Name": "name",
        "SalesPersonID": "owner",
        "Demographics": "ignore",
        "rowguid": "ignore",
        "ModifiedDate": "ignore",
    }
    assert step.draft.tally == Tally(701, 0, 701, 0, 0)
    assert step.draft.changed_fields == {"Owner (rep)": 701}


def test_salespeople_are_reps_whom_all_owners_meet(steps: tuple[dict[str, Step], Store]) -> None:
    step = steps[0]["Sales_vSalesPerson"]
    assert step.mapping.kind is TableKind.REPS
    assert step.targets["SalesQuota"] == "quota"
    assert step.targets["SalesYTD"] == "extra"
    assert step.draft.tally == Tally(17, 17, 0, 0, 0)
    assert step.draft.owners.unmet == {}
    assert step.draft.owners.met_accounts == 701
    assert len(step.draft.owners.met) == 13


def test_the_plan_holds_what_the_files_say(steps: tuple[dict[str, Step], Store]) -> None:
    store = steps[1]
    assert store.rows("SELECT count(*), count(lon) FROM account") == [(701, 701)]
    assert store.rows("SELECT name, kind FROM measure ORDER BY id") == [
        ("Annual sales", "money"),
        ("Annual revenue", "money"),
        ("Square feet", "number"),
        ("Number employees", "count"),
    ]
    assert store.rows("SELECT count(*) FROM account_measure") == [(4 * 701,)]
    assert store.rows("SELECT name, quota, lon IS NOT NULL FROM rep WHERE external_id = '275'") == [
        ("Michael G Blythe", 300000.0, 1)
    ]
    oxnard = store.rows(
        "SELECT city, state, owner, segment FROM account WHERE external_id = '1490'"
    )
    assert oxnard == [("Oxnard", "06", "281", "BS")]


def test_each_file_again_changes_nothing(steps: tuple[dict[str, Step], Store]) -> None:
    store = steps[1]
    current = read_current_plan(store)
    for name in (*FILES, "Sales_vSalesPerson"):
        table = read_table(WORKS / f"{name}.csv")
        tally = prepare(table, guess_mapping(table, current), Given(current)).tally
        assert (tally.added, tally.updated) == (0, 0), name


MESSY = {
    "cp1252_semicolon_de.csv": ("cp1252", ";", 4),
    "dup_and_blank_headers.csv": ("utf-8", ",", 1),
    "excel_lost_leading_zeros.csv": ("utf-8", ",", 2),
    "excel_unicode_text_utf16le_tab.txt": ("utf-16", "\t", 4),
    "hubspot_companies_export.csv": ("utf-8", ",", 2),
    "mac_cr_only.csv": ("mac_roman", ",", 4),
    "ragged_rows.csv": ("utf-8", ",", 2),
    "sep_line_excel.csv": ("utf-8", ";", 1),
    "sf_formatted_report.xlsx": ("", "", 2),
    "sf_report_details_footer.csv": ("utf-8", ",", 4),
    "spotio_records_import.csv": ("utf-8", ",", 1),
    "spotio_users_import.csv": ("utf-8", ",", 1),
    "utf8_bom_crlf.csv": ("utf-8", ",", 4),
    "zoho_Accounts_001.csv": ("utf-8", ",", 1),
}


@pytest.mark.parametrize("name", MESSY)
def test_messy_files_are_read_and_drafted(name: str) -> None:
    table = read_table(SAMPLES / "messy" / name)
    assert (table.encoding, table.delimiter, len(table)) == MESSY[name]
    current = CurrentPlan.empty()
    tally = prepare(table, guess_mapping(table, current), Given(current)).tally
    assert tally.added == len(table)


@pytest.mark.parametrize(
    "name",
    [
        *("cp1252_semicolon_de.csv", "excel_unicode_text_utf16le_tab.txt", "mac_cr_only.csv"),
        *("sf_report_details_footer.csv", "utf8_bom_crlf.csv"),
    ],
)
def test_five_encodings_of_one_table_make_the_same_accounts(name: str) -> None:
    table = read_table(SAMPLES / "messy" / name)
    current = CurrentPlan.empty()
    draft = prepare(table, guess_mapping(table, current), Given(current))
    assert list(written(draft, "account", "name")) == [
        *("Acme Inc", "ACME, Inc.", "Müller Bäckerei", '=HYPERLINK("http://x")Evil'),
    ]
    assert list(written(draft, "account", "postal_code"))[:3] == ["02139", "02139-4307", "8001"]
    assert list(written(draft, "account_measure", "value")) == [1234.0, 1234.0, 1234.5, -99.5]
    assert list(written(draft, "account", "owner"))[2] == "Björn Å"


def test_a_formatted_report_has_its_groups_filled_down() -> None:
    table = read_table(SAMPLES / "messy" / "sf_formatted_report.xlsx")
    assert table.columns["Account Owner"].tolist() == ["Ann Rep", "Ann Rep"]
    assert table.header_row == 9
    assert len(table.footer_rows) == 2


@pytest.mark.parametrize(
    "path",
    sorted(
        path
        for folder in ("adventureworks-oltp", "northwind", "salesforce-devorg", "interop/excel")
        for path in (SAMPLES / folder).glob("*.csv*")
    )
    if SAMPLES.is_dir()
    else [],
    ids=lambda path: path.name,
)
def test_every_other_real_table_is_read_and_its_counts_add_up(path: Path) -> None:
    table = read_table(path)
    assert len(table) > 0
    current = CurrentPlan.empty()
    mapping = guess_mapping(table, current)
    if not mapping.has_identity:
        with pytest.raises(ImportProblem):
            prepare(table, mapping, Given(current))
        return
    tally = prepare(table, mapping, Given(current)).tally
    assert tally.added + tally.updated + tally.unchanged + tally.skipped == len(table)


def test_northwind_people_are_reps_and_customers_accounts() -> None:
    current = CurrentPlan.empty()
    people = guess_mapping(read_table(SAMPLES / "northwind" / "Employees.csv"), current)
    customers = guess_mapping(read_table(SAMPLES / "northwind" / "Customers.csv"), current)
    assert (people.kind, customers.kind) == (TableKind.REPS, TableKind.ACCOUNTS)
    assert customers.header_for("external_id") == "CustomerID"
    assert people.header_for("last_name") == "LastName"
