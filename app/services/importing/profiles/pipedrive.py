# SPDX-License-Identifier: MIT
"""Pipedrive's exports, whose columns are called "Organization - Name"."""

from app.services.importing.fields import EXTRA, TableKind
from app.services.importing.profiles.base import Profile, fields, words

_SYSTEM = "Pipedrive"

ORGANIZATIONS = Profile(
    _SYSTEM,
    "organizations",
    TableKind.ACCOUNTS,
    needs=("organization - name",),
    any_of=words("""
        organization - id, organization - owner, organization - address, organization - label
        organization - labels, organization - people, organization - open deals
        organization - full/combined address of address, organization - organization created
    """),
    at_least=1,
    targets=fields("""
        external_id = organization - id
        name = organization - name
        phone = organization - phone
        website = organization - website; organization - web
        house_number = organization - house number of address
        street = organization - street/road name of address; organization - address
        city = organization - city/town/village/locality of address
        region = organization - state/county of address
        postal_code = organization - zip/postal code of address
        country_name = organization - country of address
        lat = organization - latitude of address
        lon = organization - longitude of address
        owner = organization - owner email; organization - owner
        segment = organization - label; organization - labels
        industry = organization - industry
        created_on = organization - organization created
        last_activity_on = organization - last activity date
        ignore = organization - update time; organization - visible to
        ignore = organization - next activity date
    """),
    kept=EXTRA,
)

DEALS = Profile(
    _SYSTEM,
    "deals",
    TableKind.TRANSACTIONS,
    needs=("deal - title",),
    any_of=words("deal - value, deal - organization, deal - stage, deal - status, deal - owner"),
    at_least=2,
    targets=fields("""
        external_id = deal - id
        account = deal - organization id; organization - id; deal - organization
        account = organization - name
        date = deal - deal closed on; deal - won time; deal - expected close date
        date = deal - deal created
        product = deal - product name
        amount = deal - value
        quantity = deal - product quantity
        stage = deal - status; deal - stage
        owner = deal - owner email; deal - owner
    """),
)

PERSONS = Profile(
    _SYSTEM,
    "people",
    TableKind.CONTACTS,
    needs=("person - name",),
    any_of=words("person - organization, person - id, person - email, organization - name"),
    at_least=1,
    targets=fields("""
        external_id = person - id
        account = organization - id; person - organization; organization - name
    """),
)

ACTIVITIES = Profile(
    _SYSTEM,
    "activities",
    TableKind.VISITS,
    needs=("activity - subject",),
    any_of=words("activity - due date, activity - organization, activity - type, activity - done"),
    at_least=2,
    targets=fields("""
        external_id = activity - id
        account = organization - id; activity - organization; organization - name
        date = activity - marked as done time; activity - due date
        owner = activity - assigned to user; activity - owner
        outcome = activity - subject; activity - type
    """),
)

ALL = (ORGANIZATIONS, DEALS, PERSONS, ACTIVITIES)
