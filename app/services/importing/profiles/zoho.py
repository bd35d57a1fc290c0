# SPDX-License-Identifier: MIT
"""Zoho CRM's exports and backups of accounts, contacts and deals, with labels or field names."""

from app.services.importing.fields import EXTRA, TableKind
from app.services.importing.profiles.base import Profile, fields, words

_SYSTEM = "Zoho CRM"

ACCOUNTS = Profile(
    _SYSTEM,
    "accounts",
    TableKind.ACCOUNTS,
    needs=("account name",),
    any_of=words("""
        account owner.id, record id, billing code, parent account.id, created by.id
        modified by.id, billing address - city, billing address - state / province
    """),
    at_least=1,
    targets=fields("""
        external_id = record id; account id
        name = account name
        phone = phone
        website = website
        street = billing street; billing address - street; billing address - address line 1
        street = billing address - street address; billing address - address line 2
        city = billing city; billing address - city
        region = billing state; billing address - state / province
        postal_code = billing code; billing address - zip / postal code
        postal_code = billing address - postal code
        country_name = billing country; billing address - country / region
        lat = billing address - latitude
        lon = billing address - longitude
        owner = account owner email; account owner; account owner.id
        segment = account type
        industry = industry
        family = parent account; parent account.id
        created_on = created time
        last_activity_on = last activity time
        ignore = created by.id; created by; modified by.id; modified by; modified time
        ignore = tag; layout.id
    """),
    kept=EXTRA,
)

CONTACTS = Profile(
    _SYSTEM,
    "contacts",
    TableKind.CONTACTS,
    needs=("last name", "account name"),
    any_of=words("contact owner.id, account name.id, record id, created by.id"),
    at_least=1,
    targets=fields("""
        external_id = record id
        account = account name.id; account name
    """),
)

DEALS = Profile(
    _SYSTEM,
    "deals",
    TableKind.TRANSACTIONS,
    needs=("deal name",),
    any_of=words(
        "account name.id, deal owner.id, closing date, contact name.id, campaign source.id"
    ),
    at_least=1,
    targets=fields("""
        external_id = record id
        account = account name.id; account name
        date = closing date
        amount = amount
        stage = stage
        owner = deal owner email; deal owner; deal owner.id
    """),
)

ACCOUNTS_BY_NAME = Profile(
    _SYSTEM,
    "accounts, field names",
    TableKind.ACCOUNTS,
    needs=("account_name",),
    any_of=words("""
        billing_code, billing_street, billing_city, billing_state, billing_country
        annual_revenue, parent_account, account_type, territories, last_activity_time
    """),
    at_least=2,
    targets=fields("""
        external_id = id
        name = account_name
        phone = phone
        website = website
        street = billing_street
        city = billing_city
        region = billing_state
        postal_code = billing_code
        country_name = billing_country
        owner = owner.email; owner; owner.name; owner.id
        segment = account_type
        industry = industry
        family = parent_account; parent_account.name; parent_account.id
        created_on = created_time
        last_activity_on = last_activity_time
        ignore = created_by; modified_by; modified_time; tag; layout
    """),
    kept=EXTRA,
)

CONTACTS_BY_NAME = Profile(
    _SYSTEM,
    "contacts, field names",
    TableKind.CONTACTS,
    needs=("last_name",),
    any_of=words("account_name, account_name.id, account_name.name"),
    at_least=1,
    targets=fields("""
        external_id = id
        account = account_name.id; account_name; account_name.name
    """),
)

DEALS_BY_NAME = Profile(
    _SYSTEM,
    "deals, field names",
    TableKind.TRANSACTIONS,
    needs=("deal_name",),
    any_of=words("closing_date, stage, account_name, account_name.id, amount"),
    at_least=2,
    targets=fields("""
        external_id = id
        account = account_name.id; account_name; account_name.name
        date = closing_date
        amount = amount
        stage = stage
        owner = owner.email; owner; owner.name; owner.id
    """),
)

ALL = (ACCOUNTS, CONTACTS, DEALS, ACCOUNTS_BY_NAME, CONTACTS_BY_NAME, DEALS_BY_NAME)
