# SPDX-License-Identifier: MIT
"""What every sample file is, and what its columns mean, as a person would say."""

from dataclasses import dataclass, field

import pytest

from app.services.importing.fields import TableKind
from app.services.importing.readers import read_table
from tests.helpers.shared import SHARED, needs_shared
from tests.services.importing.tables import chosen, understood

pytestmark = needs_shared

SAMPLES = SHARED / "samples"
UNSURE = 0.6
SALESFORCE_ROWS = {
    "external_id": "Account ID",
    "name": "Account Name",
    "street": "Billing Street",
    "city": "Billing City",
    "region": "Billing State/Province",
    "postal_code": "Billing Zip/Postal Code",
    "measure": "Annual Revenue",
    "owner": "Account Owner",
    "last_activity_on": "Last Activity",
}
REPORT = "Salesforce: accounts, report"


@dataclass(frozen=True)
class Expected:
    """What a file is; `fields` are all fields that a column has, but for those kept as they are."""

    kind: TableKind
    fields: dict[str, str] = field(default_factory=dict[str, str])
    profile: str = ""
    is_sure: bool = True
    is_enough: bool = True


def _accounts(profile: str = "", **fields: str) -> Expected:
    return Expected(TableKind.ACCOUNTS, fields, profile)


def _doubtful(**fields: str) -> Expected:
    """Read as accounts for want of anything better."""
    return Expected(TableKind.ACCOUNTS, fields, is_sure=False)


MESSY = {
    **dict.fromkeys(
        (
            *("cp1252_semicolon_de.csv", "excel_unicode_text_utf16le_tab.txt", "mac_cr_only.csv"),
            *("sf_report_details_footer.csv", "utf8_bom_crlf.csv"),
        ),
        _accounts(REPORT, **SALESFORCE_ROWS),
    ),
    "excel_lost_leading_zeros.csv": _accounts(REPORT, **SALESFORCE_ROWS | {"external_id": "Id"}),
    "sf_formatted_report.xlsx": _accounts(
        REPORT,
        owner="Account Owner",
        name="Account Name",
        city="Billing City",
        postal_code="Billing Zip/Postal Code",
        measure="Annual Revenue",
    ),
    "dup_and_blank_headers.csv": _accounts(name="Name", postal_code="Zip"),
    "ragged_rows.csv": _accounts(name="Name", city="City", postal_code="Zip"),
    "sep_line_excel.csv": _accounts(name="Name", postal_code="Zip"),
    "hubspot_companies_export.csv": _accounts(
        "HubSpot: companies",
        external_id="Record ID",
        name="Company name",
        owner="Company owner",
        created_on="Create Date",
        phone="Phone Number",
        city="City",
        region="State/Region",
        postal_code="Postal Code",
        country_name="Country/Region",
        industry="Industry",
        measure="Annual Revenue",
        website="Company Domain Name",
    ),
    "spotio_records_import.csv": _accounts(
        "SPOTIO: records",
        external_id="External Lead Id",
        owner="Owner Email",
        status="Stage",
        name="Company",
        house_number="House Number",
        street="Street",
        city="City",
        region="State",
        postal_code="Zip",
        country_name="Country",
        lat="Lat",
        lon="Lng",
    ),
    "spotio_users_import.csv": Expected(
        TableKind.REPS,
        {
            "first_name": "First Name",
            "last_name": "Last Name",
            "email": "Email",
            "phone": "Phone",
            "title": "Role",
            "external_id": "External System ID",
        },
        "SPOTIO: users",
    ),
    "zoho_Accounts_001.csv": _accounts(
        "Zoho CRM: accounts",
        external_id="Record Id",
        owner="Account Owner",
        name="Account Name",
        phone="Phone",
        segment="Account Type",
        street="Billing Street",
        city="Billing City",
        region="Billing State",
        postal_code="Billing Code",
        country_name="Billing Country",
        measure="Annual Revenue",
        created_on="Created Time",
    ),
}

_ADDRESSED = {
    "street": "Address",
    "city": "City",
    "region": "Region",
    "postal_code": "PostalCode",
    "country_name": "Country",
}
NORTHWIND = {
    "Categories.csv": Expected(
        TableKind.PRODUCT_LINES, {"external_id": "CategoryID", "name": "CategoryName"}
    ),
    "Customers.csv": _accounts(
        external_id="CustomerID", name="CompanyName", phone="Phone", **_ADDRESSED
    ),
    "EmployeeTerritories.csv": Expected(
        TableKind.ROSTER, {"rep": "EmployeeID", "territory": "TerritoryID"}
    ),
    "Employees.csv": Expected(
        TableKind.REPS,
        {
            "external_id": "EmployeeID",
            "first_name": "FirstName",
            "last_name": "LastName",
            "title": "Title",
            "phone": "HomePhone",
            "notes": "Notes",
            "start_on": "HireDate",
            "manager": "ReportsTo",
            **_ADDRESSED,
        },
    ),
    "OrderDetails.csv": Expected(
        TableKind.TRANSACTIONS,
        {
            "external_id": "OrderID",
            "product": "ProductID",
            "unit_price": "UnitPrice",
            "quantity": "Quantity",
            "discount": "Discount",
        },
    ),
    "Orders.csv": Expected(
        TableKind.TRANSACTIONS,
        {
            "external_id": "OrderID",
            "account": "CustomerID",
            "owner": "EmployeeID",
            "date": "OrderDate",
        },
    ),
    "Products.csv": Expected(
        TableKind.PRODUCTS,
        {
            "external_id": "ProductID",
            "name": "ProductName",
            "line": "CategoryID",
            "unit_price": "UnitPrice",
        },
    ),
    "Region.csv": Expected(
        TableKind.TERRITORIES, {"external_id": "RegionID", "name": "RegionDescription"}
    ),
    "Shippers.csv": _doubtful(external_id="ShipperID", name="CompanyName", phone="Phone"),
    "Suppliers.csv": _doubtful(
        external_id="SupplierID",
        name="CompanyName",
        phone="Phone",
        website="HomePage",
        **_ADDRESSED,
    ),
    "Territories.csv": Expected(
        TableKind.TERRITORIES,
        {"external_id": "TerritoryID", "name": "TerritoryDescription", "parent": "RegionID"},
    ),
}

_LOADED = {
    "external_id": "Id",
    "name": "Name",
    "city": "BillingCity",
    "region": "BillingState",
    "postal_code": "BillingPostalCode",
    "industry": "Industry",
}
DEVORG = {
    "Account.csv": _accounts(
        "Salesforce: accounts, Data Loader",
        **_LOADED,
        segment="Type",
        family="ParentId",
        lat="BillingLatitude",
        lon="BillingLongitude",
        measure="AnnualRevenue",
        last_activity_on="LastActivityDate",
    ),
    "Contact.csv": Expected(
        TableKind.CONTACTS,
        {"external_id": "Id", "account": "AccountId"},
        "Salesforce: contacts, Data Loader",
    ),
    "Lead.csv": _accounts(
        "Salesforce: leads, Data Loader",
        external_id="Id",
        name="Company",
        phone="Phone",
        website="Email",
        industry="Industry",
        measure="AnnualRevenue",
        owner="OwnerId",
        last_activity_on="LastActivityDate",
    ),
    "Opportunity.csv": Expected(
        TableKind.TRANSACTIONS,
        {
            "external_id": "Id",
            "account": "AccountId",
            "stage": "StageName",
            "amount": "Amount",
            "date": "CloseDate",
            "is_closed": "IsClosed",
            "is_won": "IsWon",
        },
        "Salesforce: opportunities, Data Loader",
    ),
    "OpportunityHistory.csv": Expected(
        TableKind.TRANSACTIONS, {}, "Salesforce: history of opportunities", is_enough=False
    ),
}

WORKS = {
    "Person_CountryRegion.csv": _doubtful(name="Name", country_name="CountryRegionCode"),
    "Person_StateProvince.csv": Expected(
        TableKind.TERRITORY_AREAS,
        {
            "territory": "TerritoryID",
            "region": "StateProvinceCode",
            "country_name": "CountryRegionCode",
        },
    ),
    "Sales_SalesPerson.csv": Expected(
        TableKind.REPS, {"external_id": "BusinessEntityID", "quota": "SalesQuota"}
    ),
    "Sales_SalesPersonQuotaHistory.csv": Expected(
        TableKind.GOALS,
        {"rep": "BusinessEntityID", "period": "QuotaDate", "amount": "SalesQuota"},
    ),
    "Sales_SalesTerritory.csv": Expected(
        TableKind.TERRITORIES, {"external_id": "TerritoryID", "name": "Name", "parent": "Group"}
    ),
    "Sales_SalesTerritoryHistory.csv": Expected(
        TableKind.ROSTER,
        {
            "rep": "BusinessEntityID",
            "territory": "TerritoryID",
            "first_day": "StartDate",
            "last_day": "EndDate",
        },
    ),
    "Sales_vStoreWithContacts.csv": Expected(TableKind.CONTACTS, {"account": "BusinessEntityID"}),
}

_OLDER = "interop/salesforce/tm2-retrieve/test/test-data/tm1-export/exported-data"
_RULES = Expected(
    TableKind.TERRITORY_AREAS, {}, "Salesforce: rules of territories, older export", is_enough=False
)
OLDER = {
    "Territory.csv": Expected(
        TableKind.TERRITORIES,
        {
            "external_id": "Id",
            "name": "Name",
            "parent": "ParentTerritoryId",
            "notes": "Description",
        },
        "Salesforce: territories, older export",
    ),
    "UserTerritory.csv": Expected(
        TableKind.ROSTER,
        {"rep": "UserId", "territory": "TerritoryId", "is_active": "IsActive"},
        "Salesforce: users of territories, older export",
    ),
    "AccountShare.csv": Expected(
        TableKind.TERRITORY_ACCOUNTS,
        {},
        "Salesforce: shares of accounts, older export",
        is_enough=False,
    ),
    "AccountTerritoryAssignmentRule.csv": _RULES,
    "AccountTerritoryAssignmentRuleItem.csv": _RULES,
    "RuleId-TerritoryDeveloperName.csv": _RULES,
}

_LOADER = "interop/salesforce/dataloader/src"
LOADER = {
    "main/resources/samples/data/accountData.csv": _accounts(
        "Salesforce: accounts, Data Loader",
        **{target: header.upper() for target, header in _LOADED.items()},
        street="BILLINGSTREET",
        country_name="BILLINGCOUNTRY",
        segment="TYPE",
        family="PARENTID",
        phone="PHONE",
        website="WEBSITE",
        measure="ANNUALREVENUE",
        owner="OWNERID",
        created_on="CREATEDDATE",
        last_activity_on="LASTACTIVITYDATE",
    ),
    "main/resources/samples/data/opportunityData.csv": Expected(
        TableKind.TRANSACTIONS,
        {
            "external_id": "ID",
            "account": "ACCOUNTID",
            "stage": "STAGENAME",
            "amount": "AMOUNT",
            "quantity": "TOTALOPPORTUNITYQUANTITY",
            "date": "CLOSEDATE",
            "is_closed": "ISCLOSED",
            "is_won": "ISWON",
            "owner": "OWNERID",
        },
        "Salesforce: opportunities, Data Loader",
    ),
    "test/resources/testfiles/data/accountsForInsert.csv": _accounts(
        name="Name", measure="NumEmp", industry="Industry"
    ),
    "test/resources/testfiles/data/dateWithTimeZone.csv": _accounts(
        external_id="ACCOUNTNUMBER__C",
        name="NAME",
        segment="TYPE",
        phone="PHONE",
        website="WEBSITE",
    ),
}

ALL = {
    f"{folder}/{name}": expected
    for folder, files in (
        ("messy", MESSY),
        ("northwind", NORTHWIND),
        ("salesforce-devorg", DEVORG),
        ("adventureworks-oltp", WORKS),
        (_OLDER, OLDER),
        (_LOADER, LOADER),
    )
    for name, expected in files.items()
}


@pytest.mark.parametrize("name", ALL, ids=lambda name: "/".join(name.split("/")[-2:]))
def test_a_sample_is_what_a_person_would_say(name: str) -> None:
    expected = ALL[name]
    mapping = understood(read_table(SAMPLES / name))
    assert mapping.kind is expected.kind
    assert mapping.profile == expected.profile
    fields = chosen(mapping)
    fields.pop("extra", None)
    assert fields == expected.fields
    assert (mapping.kind_confidence >= UNSURE) == expected.is_sure
    assert mapping.has_identity == expected.is_enough
    assert bool(mapping.missing) != expected.is_enough


@pytest.mark.parametrize(
    ("folder", "files"), [("messy", MESSY), ("northwind", NORTHWIND), ("salesforce-devorg", DEVORG)]
)
def test_no_sample_is_left_out(folder: str, files: dict[str, Expected]) -> None:
    there = {p.name for p in (SAMPLES / folder).iterdir() if p.suffix in (".csv", ".txt", ".xlsx")}
    assert there == set(files)


def test_leads_of_the_sample_are_prospects_of_whom_some_were_converted() -> None:
    mapping = understood(read_table(SAMPLES / "salesforce-devorg" / "Lead.csv"))
    assert mapping.implied == {"status": "prospect"}
    assert "converted" in mapping.note
