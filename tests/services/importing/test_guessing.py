# SPDX-License-Identifier: MIT
"""What columns are, by their names and values."""

from pathlib import Path

import numpy as np
import pytest

from app.models.ids import RepId
from app.models.measure import MeasureKind
from app.models.rep import Rep
from app.services.importing.current import CurrentPlan
from app.services.importing.fields import TableKind
from app.services.importing.guessing import guess_kind, guess_mapping
from app.services.importing.mapping import (
    Mapping,
    RememberedMapping,
    header_signature,
    measure_label,
)
from app.services.importing.table import text_column
from tests.services.importing.files import csv_table

SALESFORCE = (
    "Id,IsDeleted,Name,Type,ParentId,BillingStreet,BillingCity,BillingState,BillingPostalCode,"
    "BillingCountry,BillingLatitude,BillingLongitude,ShippingCity,Industry,AnnualRevenue,"
    "NumberOfEmployees,OwnerId,SystemModstamp\n"
    "001A,FALSE,Acme,Partner,,1 Main,Boston,MA,02139,USA,42.3,-71.0,Lynn,Tech,5000,10,005A,x\n"
    "001B,FALSE,Beta,Partner,001A,2 Main,Salem,MA,01970,USA,42.5,-70.9,Lynn,Tech,700,20,005B,x\n"
)


def targets(mapping: Mapping) -> dict[str, str]:
    """The field of each column."""
    return {column.header: column.target for column in mapping.columns}


def guess(folder: Path, text: str, current: CurrentPlan | None = None) -> Mapping:
    return guess_mapping(
        csv_table(folder, text), CurrentPlan.empty() if current is None else current
    )


def plan_with(
    external_ids: list[str], owners: list[str], reps: tuple[Rep, ...] = ()
) -> CurrentPlan:
    """A plan that has accounts with these ids and owners."""
    empty = CurrentPlan.empty()
    text = {name: text_column([""] * len(external_ids)) for name in empty.text}
    text |= {"external_id": text_column(external_ids), "owner": text_column(owners)}
    ids = np.arange(1, len(external_ids) + 1)
    return CurrentPlan(ids, text, empty.lon, empty.lat, empty.placed_by, reps=reps)


def test_salesforce_api_names_in_any_case(tmp_path: Path) -> None:
    expected = {
        "Id": "external_id",
        "IsDeleted": "ignore",
        "Name": "name",
        "Type": "segment",
        "ParentId": "family",
        "BillingStreet": "street",
        "BillingCity": "city",
        "BillingState": "region",
        "BillingPostalCode": "postal_code",
        "BillingCountry": "country_name",
        "BillingLatitude": "lat",
        "BillingLongitude": "lon",
        "ShippingCity": "extra",
        "Industry": "industry",
        "AnnualRevenue": "measure",
        "NumberOfEmployees": "measure",
        "OwnerId": "owner",
        "SystemModstamp": "ignore",
    }
    assert targets(guess(tmp_path, SALESFORCE)) == expected


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("BILLINGPOSTALCODE", "postal_code"),
        ("Billing Zip/Postal Code", "postal_code"),
        ("Account Name: Billing Zip/Postal Code", "postal_code"),
        ("Billing Code", "postal_code"),
        ("ZIP", "postal_code"),
        ("zip_code", "postal_code"),
        ("Address 1: ZIP/Postal Code", "postal_code"),
        ("PLZ", "postal_code"),
        ("Address 1: Street 1", "street"),
        ("Address 1: City", "city"),
        ("Address 1: State/Province", "region"),
        ("Address 1: Country/Region", "country_name"),
        ("Straße", "street"),
        ("StateProvinceName", "region"),
        ("State/Region", "region"),
        ("Country/Region", "country_name"),
        ("Company owner", "owner"),
        ("Owner Email", "owner"),
        ("hubspot_owner_id", "owner"),
        ("Account Owner.id", "owner"),
        ("SalesPersonID", "owner"),
        ("Record ID - Company", "external_id"),
        ("Record Id", "external_id"),
        ("External Lead Id", "external_id"),
        ("ORACLE_ID__c", "extra"),
        ("Company name", "name"),
        ("Parent Account", "family"),
        ("Lifecycle Stage", "status"),
        ("Lat", "lat"),
        ("Lng", "lon"),
    ],
)
def test_header_names_of_many_systems(tmp_path: Path, header: str, field: str) -> None:
    value = "12.5" if field in ("lat", "lon") else "x"
    mapping = guess(tmp_path, f'Unrelated,"{header}"\nq,{value}\nr,{value}\n')
    assert mapping.column(header).target == field


def test_samples_and_confidence_are_shown(tmp_path: Path) -> None:
    mapping = guess(tmp_path, SALESFORCE)
    column = mapping.column("BillingCity")
    assert column.samples == ("Boston", "Salem")
    assert 0.9 < column.confidence <= 1
    assert column.reason


def test_numbers_are_measures_with_a_kind(tmp_path: Path) -> None:
    text = "id,name,Annual Sales,Employees,Visit hours,Square feet,YearOpened,CategoryCode,Flag\n"
    text += "".join(
        f"{n},a{n},{n}000.5,{n},1.5,{n}00,19{n},{n},{n % 2}\n" for n in range(10, 90, 7)
    )
    mapping = guess(tmp_path, text)
    kinds = {c.measure_name: c.measure_kind for c in mapping.columns if c.target == "measure"}
    assert kinds == {
        "Annual sales": MeasureKind.MONEY,
        "Employees": MeasureKind.COUNT,
        "Visit hours": MeasureKind.HOURS,
        "Square feet": MeasureKind.NUMBER,
    }


def test_values_speak_against_a_header(tmp_path: Path) -> None:
    mapping = guess(tmp_path, "id,name,lat,lon\n1,a,north,west\n2,b,south,east\n")
    assert mapping.header_for("lat") is None


def test_swapped_coordinates_are_not_hidden_by_the_guess(tmp_path: Path) -> None:
    mapping = guess(tmp_path, "id,name,lat,lon\n1,a,-71.0,42.3\n2,b,-70.9,42.5\n")
    assert mapping.header_for("lat") == "lat"


def test_ids_of_the_plan_make_a_column_the_id(tmp_path: Path) -> None:
    plan = plan_with(["a1", "a2", "a3"], ["", "", ""])
    mapping = guess(tmp_path, "Kürzel,Umsatz\na1,5\na2,6\na3,7\n", plan)
    assert mapping.header_for("external_id") == "Kürzel"
    assert mapping.match_count == 3


def test_an_account_id_beats_the_id_of_something_else(tmp_path: Path) -> None:
    plan = plan_with(["a1", "a2"], ["", ""])
    mapping = guess(tmp_path, "Id,AccountId,Amount\nx1,a1,5\nx2,a2,6\n", plan)
    assert mapping.header_for("external_id") == "AccountId"


def test_reps_are_told_from_accounts(tmp_path: Path) -> None:
    people = "Employee ID,First Name,Last Name,Email,Job Title,Quota\n7,Ann,Rep,a@x.com,Rep,100\n"
    assert guess(tmp_path, people).kind is TableKind.REPS
    assert guess(tmp_path, SALESFORCE).kind is TableKind.ACCOUNTS


def test_ids_that_accounts_name_as_owner_are_reps(tmp_path: Path) -> None:
    plan = plan_with(["a1", "a2"], ["279", "280"])
    table = csv_table(tmp_path, "ID,Name\n279,Ann\n280,Bob\n")
    kind, confidence = guess_kind(table, plan)
    assert kind is TableKind.REPS
    assert confidence > 0.5


def test_the_owner_column_that_meets_the_reps_wins(tmp_path: Path) -> None:
    reps = (Rep(RepId(1), "Ann Rep", "r1"), Rep(RepId(2), "Bob Rep", "r2"))
    text = "id,name,Owner,OwnerId\n1,a,Somebody,r1\n2,b,Nobody,r2\n"
    assert guess(tmp_path, text, plan_with([], [], reps)).header_for("owner") == "OwnerId"


def test_a_remembered_mapping_comes_first(tmp_path: Path) -> None:
    text = "id,name,Umsatz\n1,a,5\n2,b,6\n"
    changed = guess(tmp_path, text).with_target("Umsatz", "extra").with_target("name", "segment")
    remembered = RememberedMapping.from_json(changed.to_json())
    assert remembered is not None
    empty = CurrentPlan.empty()
    plan = CurrentPlan(
        empty.account_ids,
        empty.text,
        empty.lon,
        empty.lat,
        empty.placed_by,
        remembered={header_signature(("Umsatz", "ID", " Name ")): remembered},
    )
    again = guess(tmp_path, "NAME,id,umsatz\na,1,5\n", plan)
    assert targets(again) == {"NAME": "segment", "id": "external_id", "umsatz": "extra"}


@pytest.mark.parametrize(
    "text", ["", "null", "[]", '{"kind": "x", "columns": {}}', '{"columns": 1}']
)
def test_a_broken_remembered_mapping_is_passed_over(text: str) -> None:
    assert RememberedMapping.from_json(text) is None


def test_a_chosen_field_is_taken_from_the_column_that_had_it(tmp_path: Path) -> None:
    mapping = guess(tmp_path, "id,name,City,Town\n1,a,Boston,Lynn\n2,b,Salem,Lynn\n")
    changed = mapping.with_target("Town", "city")
    assert changed.headers_for("city") == ("Town",)
    assert changed.column("City").target == "ignore"
    assert changed.column("Town").confidence == 1


def test_two_street_lines_stay_together(tmp_path: Path) -> None:
    text = "id,name,AddressLine1,AddressLine2\n1,a,1 Main,Suite 5\n2,b,2 Main,Suite 6\n"
    mapping = guess(tmp_path, text)
    assert mapping.headers_for("street") == ("AddressLine1", "AddressLine2")


def test_results_in_our_own_export_are_left_out(tmp_path: Path) -> None:
    text = "Account ID,Account Name,Territory,Rep,Owner,Placed by,County area\n1,a,N,Ann,9,city,C\n"
    mapping = guess(tmp_path, text)
    assert targets(mapping)["Owner"] == "owner"
    assert {h for h, t in targets(mapping).items() if t == "ignore"} == {
        *("Territory", "Rep", "Placed by", "County area")
    }


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("AnnualSales", "Annual sales"),
        ("SALES YTD", "SALES YTD"),
        ("SalesYTD", "Sales YTD"),
        ("number_of_employees", "Number of employees"),
        ("Opp Amount__c", "Opp amount"),
        ("%", "%"),
    ],
)
def test_measure_names_read_well(header: str, label: str) -> None:
    assert measure_label(header) == label


def test_money_with_a_few_cells_to_repair_is_still_a_measure(tmp_path: Path) -> None:
    cells = ["1000", "2000", "unknown", "3500", "900"]
    rows = "".join(f"{n},a{n},{cell}\n" for n, cell in enumerate(cells))
    mapping = guess(tmp_path, f"id,name,Annual Revenue\n{rows}")
    assert targets(mapping)["Annual Revenue"] == "measure"
