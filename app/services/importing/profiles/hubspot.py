# SPDX-License-Identifier: MIT
"""HubSpot's exports of companies, contacts and deals, with labels or internal names."""

from app.services.importing.fields import EXTRA, TableKind
from app.services.importing.profiles.base import Profile, fields, words

_SYSTEM = "HubSpot"

COMPANIES = Profile(
    _SYSTEM,
    "companies",
    TableKind.ACCOUNTS,
    needs=("company name",),
    any_of=words("""
        record id, record id - company, company owner, company domain name, create date
        lifecycle stage, state/region, country/region, last activity date, number of employees
    """),
    at_least=3,
    targets=fields("""
        external_id = record id - company; record id; company id
        name = company name
        phone = phone number
        website = company domain name; website url
        street = street address; street address 2
        city = city
        region = state/region
        postal_code = postal code
        country_name = country/region; country
        owner = company owner
        segment = type
        industry = industry
        status = lifecycle stage; lead status
        family = parent company
        created_on = create date
        last_activity_on = last activity date; last contacted
    """),
    kept=EXTRA,
)

CONTACTS = Profile(
    _SYSTEM,
    "contacts",
    TableKind.CONTACTS,
    needs=("email",),
    any_of=words("""
        record id, record id - contact, associated company ids, associated company id
        associated company, associated company ids (primary), associated company (primary)
        contact owner, lifecycle stage, primary associated company id
    """),
    at_least=2,
    targets=fields("""
        external_id = record id - contact; record id
        account = associated company ids (primary); primary associated company id
        account = associated company ids; associated company id; record id - company
        account = associated company (primary); associated company; company name
    """),
    note_if=("associated company ids", ";"),
    note="Some contacts belong to several companies; only a single company id can be found.",
)

DEALS = Profile(
    _SYSTEM,
    "deals",
    TableKind.TRANSACTIONS,
    needs=("deal name",),
    any_of=words("deal stage, deal owner, pipeline, close date, create date, record id - deal"),
    at_least=2,
    targets=fields("""
        external_id = record id - deal; record id; deal id
        account = associated company ids (primary); associated company ids
        account = associated company id; record id - company
        account = associated company (primary); associated company; company name
        date = close date
        amount = amount in company currency; amount
        stage = deal stage
        is_won = is closed won
        is_closed = is deal closed?; is closed
        owner = deal owner
    """),
)

COMPANIES_BY_NAME = Profile(
    _SYSTEM,
    "companies, internal names",
    TableKind.ACCOUNTS,
    needs=("name",),
    any_of=words("""
        hs_object_id, hubspot_owner_id, numberofemployees, annualrevenue, lifecyclestage
        hs_lastmodifieddate, createdate, notes_last_updated, domain
    """),
    at_least=3,
    targets=fields("""
        external_id = hs_object_id; id
        name = name
        phone = phone
        website = domain; website
        street = address; address2
        city = city
        region = state
        postal_code = zip
        country_name = country
        owner = hubspot_owner_email; hubspot_owner_id
        segment = type
        industry = industry
        status = lifecyclestage
        created_on = createdate
        last_activity_on = notes_last_updated; notes_last_contacted
        ignore = hs_lastmodifieddate
    """),
    kept=EXTRA,
)

CONTACTS_BY_NAME = Profile(
    _SYSTEM,
    "contacts, internal names",
    TableKind.CONTACTS,
    needs=("email",),
    any_of=words("hs_object_id, hubspot_owner_id, associatedcompanyid, lifecyclestage, createdate"),
    at_least=2,
    targets=fields("""
        external_id = hs_object_id
        account = associatedcompanyid; company
    """),
)

DEALS_BY_NAME = Profile(
    _SYSTEM,
    "deals, internal names",
    TableKind.TRANSACTIONS,
    needs=("dealname",),
    any_of=words("dealstage, closedate, pipeline, hubspot_owner_id, hs_object_id, amount"),
    at_least=2,
    targets=fields("""
        external_id = hs_object_id
        account = associatedcompanyid; associations.company; company
        date = closedate
        amount = amount_in_home_currency; amount
        stage = dealstage
        is_won = hs_is_closed_won
        is_closed = hs_is_closed
        owner = hubspot_owner_email; hubspot_owner_id
    """),
)

ALL = (COMPANIES, CONTACTS, DEALS, COMPANIES_BY_NAME, CONTACTS_BY_NAME, DEALS_BY_NAME)
