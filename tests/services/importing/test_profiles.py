# SPDX-License-Identifier: MIT
"""Exports of systems that are recognised by their columns, on made-up rows."""

from dataclasses import dataclass

import pytest

from app.services.importing.fields import TableKind, field_of
from app.services.importing.profiles.base import Profile, fields, headers_by_name, words
from app.services.importing.profiles.recognising import PROFILES, recognise
from tests.services.importing.tables import chosen, made, understood


@dataclass(frozen=True)
class Case:
    """An export, what it is recognised as, and the columns that must have these fields."""

    label: str
    kind: TableKind
    headers: str
    fields: dict[str, str]


CASES = [
    Case(
        "HubSpot: deals",
        TableKind.TRANSACTIONS,
        "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Deal owner,Close Date,Create Date,"
        "Associated Company IDs,Associated Company",
        {
            "external_id": "Record ID",
            "account": "Associated Company IDs",
            "date": "Close Date",
            "amount": "Amount",
            "stage": "Deal Stage",
            "owner": "Deal owner",
        },
    ),
    Case(
        "HubSpot: contacts",
        TableKind.CONTACTS,
        "Record ID,First Name,Last Name,Email,Phone Number,Job Title,Associated Company IDs,"
        "Contact owner,Lifecycle Stage",
        {"external_id": "Record ID", "account": "Associated Company IDs"},
    ),
    Case(
        "HubSpot: companies, internal names",
        TableKind.ACCOUNTS,
        "hs_object_id,name,domain,address,city,state,zip,country,phone,industry,annualrevenue,"
        "numberofemployees,hubspot_owner_id",
        {
            "external_id": "hs_object_id",
            "name": "name",
            "website": "domain",
            "postal_code": "zip",
            "owner": "hubspot_owner_id",
        },
    ),
    Case(
        "HubSpot: deals, internal names",
        TableKind.TRANSACTIONS,
        "hs_object_id,dealname,dealstage,amount,closedate,hubspot_owner_id,associatedcompanyid",
        {"account": "associatedcompanyid", "date": "closedate", "amount": "amount"},
    ),
    Case(
        "Zoho CRM: accounts, field names",
        TableKind.ACCOUNTS,
        "id,Account_Name,Phone,Website,Owner,Parent_Account,Billing_Street,Billing_City,"
        "Billing_State,Billing_Code,Billing_Country,Annual_Revenue,Employees,Territories",
        {
            "external_id": "id",
            "name": "Account_Name",
            "postal_code": "Billing_Code",
            "family": "Parent_Account",
            "owner": "Owner",
        },
    ),
    Case(
        "Zoho CRM: accounts",
        TableKind.ACCOUNTS,
        "Record Id,Account Name,Account Owner.id,Account Owner,Billing Address - City,"
        "Billing Address - State / Province,Billing Address - Country / Region",
        {
            "external_id": "Record Id",
            "city": "Billing Address - City",
            "region": "Billing Address - State / Province",
            "country_name": "Billing Address - Country / Region",
            "owner": "Account Owner",
        },
    ),
    Case(
        "Zoho CRM: deals",
        TableKind.TRANSACTIONS,
        "Record Id,Deal Name,Account Name.id,Account Name,Deal Owner.id,Deal Owner,Stage,Amount,"
        "Closing Date",
        {
            "account": "Account Name.id",
            "date": "Closing Date",
            "owner": "Deal Owner",
            "stage": "Stage",
        },
    ),
    Case(
        "Zoho CRM: deals, field names",
        TableKind.TRANSACTIONS,
        "id,Deal_Name,Account_Name.id,Closing_Date,Stage,Amount,Owner",
        {"account": "Account_Name.id", "date": "Closing_Date"},
    ),
    Case(
        "Dynamics 365: accounts",
        TableKind.ACCOUNTS,
        "(Do Not Modify) Account,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,"
        "Account Name,Main Phone,Address 1: Street 1,Address 1: City,Address 1: State/Province,"
        "Address 1: ZIP/Postal Code,Primary Contact,Territory,Annual Revenue,Owner",
        {
            "external_id": "(Do Not Modify) Account",
            "name": "Account Name",
            "city": "Address 1: City",
            "region": "Address 1: State/Province",
            "postal_code": "Address 1: ZIP/Postal Code",
            "phone": "Main Phone",
            "owner": "Owner",
        },
    ),
    Case(
        "Dynamics 365: territories",
        TableKind.TERRITORIES,
        "(Do Not Modify) Territory,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,"
        "Territory Name,Manager,Parent",
        {"name": "Territory Name", "parent": "Parent"},
    ),
    Case(
        "Dynamics 365: opportunities",
        TableKind.TRANSACTIONS,
        "(Do Not Modify) Opportunity,Topic,Potential Customer,Est. Close Date,Est. Revenue,"
        "Status,Owner",
        {
            "external_id": "(Do Not Modify) Opportunity",
            "account": "Potential Customer",
            "date": "Est. Close Date",
            "amount": "Est. Revenue",
            "stage": "Status",
        },
    ),
    Case(
        "Pipedrive: organizations",
        TableKind.ACCOUNTS,
        "Organization - ID,Organization - Name,Organization - Owner,Organization - Address,"
        "Organization - ZIP/Postal code of Address,"
        "Organization - City/town/village/locality of Address",
        {
            "external_id": "Organization - ID",
            "name": "Organization - Name",
            "owner": "Organization - Owner",
            "street": "Organization - Address",
            "postal_code": "Organization - ZIP/Postal code of Address",
            "city": "Organization - City/town/village/locality of Address",
        },
    ),
    Case(
        "Pipedrive: deals",
        TableKind.TRANSACTIONS,
        "Deal - ID,Deal - Title,Deal - Organization,Deal - Value,Deal - Status,Deal - Owner,"
        "Deal - Expected close date",
        {
            "account": "Deal - Organization",
            "amount": "Deal - Value",
            "stage": "Deal - Status",
            "date": "Deal - Expected close date",
        },
    ),
    Case(
        "Pipedrive: people",
        TableKind.CONTACTS,
        "Person - ID,Person - Name,Person - Organization,Person - Email",
        {"account": "Person - Organization"},
    ),
    Case(
        "Salesforce: opportunities, report",
        TableKind.TRANSACTIONS,
        "Opportunity Name,Account Name,Close Date,Stage,Amount,Product Name,Quantity,Sales Price,"
        "Total Price,Opportunity Owner",
        {
            "account": "Account Name",
            "date": "Close Date",
            "product": "Product Name",
            "amount": "Total Price",
            "unit_price": "Sales Price",
        },
    ),
    Case(
        "Salesforce: accounts, report",
        TableKind.ACCOUNTS,
        "Account Name: Account ID,Account Name: Account Name,"
        "Account Name: Billing Zip/Postal Code,Account Name: Account Owner",
        {
            "external_id": "Account Name: Account ID",
            "name": "Account Name: Account Name",
            "postal_code": "Account Name: Billing Zip/Postal Code",
        },
    ),
    Case(
        "Salesforce: leads, report",
        TableKind.ACCOUNTS,
        "Lead ID,Lead Owner,First Name,Last Name,Company / Account,Email,Lead Status,"
        "State/Province,Zip/Postal Code",
        {
            "name": "Company / Account",
            "owner": "Lead Owner",
            "postal_code": "Zip/Postal Code",
            "website": "Email",
        },
    ),
    Case(
        "Salesforce: activities, report",
        TableKind.VISITS,
        "Assigned,Subject,Date,Company / Account,Task,Event",
        {"account": "Company / Account", "date": "Date", "owner": "Assigned", "outcome": "Subject"},
    ),
    Case(
        "Salesforce: users, Data Loader",
        TableKind.REPS,
        "Id,Username,FirstName,LastName,Email,Title,IsActive,ProfileId,UserRoleId,ManagerId",
        {"external_id": "Id", "first_name": "FirstName", "email": "Email", "title": "Title"},
    ),
    Case(
        "Salesforce: products, Data Loader",
        TableKind.PRODUCTS,
        "Id,Name,ProductCode,Description,Family,IsActive,SystemModstamp",
        {"external_id": "Id", "name": "Name", "line": "Family"},
    ),
    Case(
        "Salesforce: products of opportunities, Data Loader",
        TableKind.TRANSACTIONS,
        "Id,OpportunityId,Product2Id,Quantity,UnitPrice,TotalPrice,ServiceDate",
        {"external_id": "OpportunityId", "line": "Id", "product": "Product2Id"},
    ),
    Case(
        "Salesforce: tasks, Data Loader",
        TableKind.VISITS,
        "Id,WhoId,WhatId,Subject,ActivityDate,Status,OwnerId,AccountId,TaskSubtype",
        {"account": "AccountId", "date": "ActivityDate", "outcome": "Subject"},
    ),
    Case(
        "Salesforce: events, Data Loader",
        TableKind.VISITS,
        "Id,WhatId,Subject,ActivityDateTime,DurationInMinutes,OwnerId,AccountId",
        {"account": "AccountId", "date": "ActivityDateTime", "minutes": "DurationInMinutes"},
    ),
    Case(
        "Salesforce: territories",
        TableKind.TERRITORIES,
        "Id,DeveloperName,Name,Description,Territory2ModelId,Territory2TypeId,ParentTerritory2Id",
        {"external_id": "Id", "name": "Name", "parent": "ParentTerritory2Id"},
    ),
    Case(
        "Salesforce: users of territories",
        TableKind.ROSTER,
        "Id,UserId,Territory2Id,RoleInTerritory2,IsActive",
        {"territory": "Territory2Id", "rep": "UserId", "role": "RoleInTerritory2"},
    ),
    Case(
        "Salesforce: accounts of territories",
        TableKind.TERRITORY_ACCOUNTS,
        "Id,ObjectId,Territory2Id,AssociationCause,SobjectType",
        {"territory": "Territory2Id", "account": "ObjectId"},
    ),
    Case(
        "Salesforce: accounts of territories, older export",
        TableKind.TERRITORY_ACCOUNTS,
        "Id,AccountId,UserOrGroupId,RowCause,TerritoryId,AccountAccessLevel",
        {"territory": "TerritoryId", "account": "AccountId"},
    ),
    Case(
        "SPOTIO: records",
        TableKind.ACCOUNTS,
        "External Lead Id,Owner Email,Stage,Company,House Number,Street,City,State,Zip,Lat,Lng",
        {"external_id": "External Lead Id", "status": "Stage", "lon": "Lng"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
@pytest.mark.parametrize("change", [str, str.upper, str.lower], ids=["", "upper", "lower"])
def test_an_export_is_recognised_in_any_case(case: Case, change: type[str]) -> None:
    mapping = understood(made(change(case.headers)))
    assert mapping.profile == case.label
    assert mapping.kind is case.kind
    expected = {target: change(header) for target, header in case.fields.items()}
    assert chosen(mapping).items() >= expected.items()
    assert mapping.has_identity
    assert all(c.confidence >= 0.6 for c in mapping.columns)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda p: f"{p.system} {p.object_label}")
def test_profiles_name_only_fields_that_their_kind_has(profile: Profile) -> None:
    for target in profile.targets.values():
        assert field_of(profile.kind, target).key == target
    assert profile.needs or profile.at_least
    assert bool(profile.targets) != profile.is_of_no_use
    names = (*profile.targets, *profile.needs, *profile.any_of, *profile.aside)
    assert all(name == name.casefold().strip() for name in names)


@pytest.mark.parametrize(
    "headers",
    [
        *("Name,City,Zip", "id,name,type", "Company,Email,Phone", "Subject,Date", "Stage,Amount"),
        *("CustomerID,CompanyName,City", "OrderID,CustomerID,OrderDate", "Territory,ZIP"),
        "Account ID,Account Name,Territory,Rep,Owner,Placed by",
    ],
)
def test_plain_tables_are_of_no_system(headers: str) -> None:
    assert recognise(made(headers)) is None


def test_ids_of_another_record_are_not_recognised() -> None:
    headers = "Id,Name,OwnerId,CreatedDate,SystemModstamp"
    other = ("a0X2i000000Frp5AAC", "Boat", "0052i000000Frp5AAC", "2026-01-05", "x")
    account = ("0012i000000Frp5AAC", *other[1:])
    assert recognise(made(headers, other)) is None
    found = recognise(made(headers, account))
    assert found is not None
    assert found.label == "Salesforce: accounts, Data Loader"


def test_leads_are_prospects_with_the_company_as_name() -> None:
    headers = "Id,LastName,FirstName,Name,Company,Status,LeadSource,IsConverted,OwnerId"
    row = ("00Q2i000000Frp5AAC", "Bo", "Al", "Al Bo", "Acme", "Open", "Web", "false", "005A")
    mapping = understood(made(headers, row))
    assert mapping.implied == {"status": "prospect"}
    assert chosen(mapping)["name"] == "Company"
    assert mapping.column("Status").target == "extra"
    assert mapping.note == ""
    converted = understood(made(headers, (*row[:7], "TRUE", row[8])))
    assert converted.note.startswith("Some of these leads were converted")


def test_steps_of_deals_are_of_no_use_and_say_why() -> None:
    headers = "Id,OpportunityId,StageName,Amount,ForecastCategory,CreatedDate"
    mapping = understood(made(headers))
    assert mapping.is_of_no_use
    assert not mapping.has_identity
    assert mapping.missing == mapping.note
    assert "Import the export of the opportunities" in mapping.note


def test_shares_without_groups_say_what_is_missing() -> None:
    mapping = understood(made("Id,AccountId,UserOrGroupId,RowCause,AccountAccessLevel"))
    assert mapping.kind is TableKind.TERRITORY_ACCOUNTS
    assert mapping.is_of_no_use
    assert "TerritoryId" in mapping.missing


def test_of_two_owner_columns_the_e_mail_address_is_taken_where_it_is_filled() -> None:
    headers = "Id,Name,BillingCity,OwnerId,Owner.Name,Owner.Email"
    row = ("0012i000000Frp5AAC", "Acme", "Lynn", "0052i000000Frp5AAC", "Ann Rep")
    assert chosen(understood(made(headers, (*row, "ann@x.com"))))["owner"] == "Owner.Email"
    mapping = understood(made(headers, (*row, "")))
    assert chosen(mapping)["owner"] == "Owner.Name"
    assert mapping.column("OwnerId").target == "extra"


def test_an_empty_billing_address_gives_way_to_a_shipping_address() -> None:
    headers = "Id,Name,OwnerId,BillingCity,ShippingCity"
    row = ("0012i000000Frp5AAC", "Acme", "005A", "", "Lynn")
    assert chosen(understood(made(headers, row)))["city"] == "ShippingCity"


def test_the_users_word_on_the_kind_stands_above_a_profile() -> None:
    mapping = understood(made("Deal Name,Deal Stage,Pipeline,Amount"), TableKind.PRODUCTS)
    assert mapping.kind is TableKind.PRODUCTS
    assert mapping.profile == ""


def test_records_around_a_label_are_passed_over() -> None:
    names = headers_by_name(["Account Name: Billing City", "City (Account Owner)", "Name (2)"])
    assert names["billing city"] == "Account Name: Billing City"
    assert names["city"] == "City (Account Owner)"
    assert "name" not in names


def test_a_bare_name_belongs_to_the_column_that_is_called_so() -> None:
    names = headers_by_name(["Account: City", "City"])
    assert names["city"] == "City"


def test_fields_and_words_are_read_from_lines() -> None:
    assert fields("\n name = a; b c\n date = d\n") == {"a": "name", "b c": "name", "d": "date"}
    assert words("a, b c\n d") == {"a", "b c", "d"}
