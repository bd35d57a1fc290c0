# SPDX-License-Identifier: MIT
"""Dynamics 365 Sales: accounts, territories and opportunities as its lists are exported."""

from app.services.importing.fields import EXTRA, TableKind
from app.services.importing.profiles.base import Profile, fields, words

_SYSTEM = "Dynamics 365"
_HIDDEN = ("(do not modify)",)
"""Columns that it hides in the workbook; the record's own id is one of them."""

ACCOUNTS = Profile(
    _SYSTEM,
    "accounts",
    TableKind.ACCOUNTS,
    needs=("account name",),
    any_of=words("""
        (do not modify) account, (do not modify) row checksum, main phone, primary contact
        address 1: city, address 1: state/province, address 1: zip/postal code
    """),
    at_least=2,
    targets=fields("""
        external_id = account number; (do not modify) account
        name = account name
        phone = main phone
        website = website; email
        street = address 1: street 1; address 1: street 2; address 1: street 3
        city = address 1: city
        region = address 1: state/province
        postal_code = address 1: zip/postal code
        country_name = address 1: country/region
        lat = address 1: latitude
        lon = address 1: longitude
        owner = owner email; owner
        segment = relationship type; category
        industry = industry
        status = status
        family = parent account
        created_on = created on
        last_activity_on = last activity date
    """),
    kept=EXTRA,
    ignored=_HIDDEN,
)

TERRITORIES = Profile(
    _SYSTEM,
    "territories",
    TableKind.TERRITORIES,
    needs=("territory name",),
    any_of=words("""
        (do not modify) territory, (do not modify) row checksum, (do not modify) modified on
        manager, parent
    """),
    at_least=2,
    targets=fields("""
        name = territory name
        parent = parent; parent territory
        notes = description
        ignore = manager
    """),
    ignored=_HIDDEN,
)

OPPORTUNITIES = Profile(
    _SYSTEM,
    "opportunities",
    TableKind.TRANSACTIONS,
    needs=("topic",),
    any_of=words("""
        (do not modify) opportunity, (do not modify) row checksum, potential customer
        est. close date, est. revenue, actual close date, actual revenue
    """),
    at_least=2,
    targets=fields("""
        external_id = (do not modify) opportunity
        account = account; potential customer
        date = actual close date; est. close date
        amount = actual revenue; est. revenue
        stage = status; pipeline phase; status reason
        owner = owner email; owner
    """),
    ignored=_HIDDEN,
)

ALL = (ACCOUNTS, TERRITORIES, OPPORTUNITIES)
