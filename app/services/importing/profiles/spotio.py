# SPDX-License-Identifier: MIT
"""SPOTIO's lists of records and users."""

from app.services.importing.fields import EXTRA, TableKind
from app.services.importing.profiles.base import Profile, fields, words

_SYSTEM = "SPOTIO"

RECORDS = Profile(
    _SYSTEM,
    "records",
    TableKind.ACCOUNTS,
    needs=("stage",),
    any_of=words("""
        external lead id, external pin id, external account id, external customer id, owner email
        house number, last visit result, lng
    """),
    at_least=2,
    # What a record is called, and so the name of its id, follows the customer's own words.
    targets=fields("""
        external_id = external lead id; external account id; external customer id
        external_id = external record id; external pin id; id
        name = company; company name; business name; name
        phone = phone
        website = website; email
        street = street
        house_number = house number
        city = city
        region = state
        postal_code = zip
        country_name = country
        lat = lat
        lon = lng
        owner = owner email; owner
        status = stage
    """),
    aside=words("last visit result, first name, last name"),
    kept=EXTRA,
)

USERS = Profile(
    _SYSTEM,
    "users",
    TableKind.REPS,
    needs=("first name", "last name", "email", "role"),
    any_of=words("teams, territory access, territories, external system id"),
    at_least=2,
    targets=fields("""
        external_id = external system id
        first_name = first name
        last_name = last name
        email = email
        phone = phone
        title = role
        extra = teams; territories
        ignore = territory access
    """),
)

ALL = (RECORDS, USERS)
