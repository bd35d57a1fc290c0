# SPDX-License-Identifier: MIT
"""Reports of Salesforce, whose columns have the labels of the fields."""

from app.services.importing.fields import EXTRA, TableKind
from app.services.importing.profiles.base import Profile, fields, words

_SYSTEM = "Salesforce"
_ADDRESS = """
    street = billing street; billing address line 1; billing address line 2; billing address line 3
    city = billing city
    region = billing state/province; billing state/province (text only); billing state
    postal_code = billing zip/postal code
    country_name = billing country; billing country (text only)
    lat = billing latitude
    lon = billing longitude
"""
_ACCOUNT_FIELDS = fields(f"""
    external_id = account id; id
    name = account name
    phone = phone
    website = website; email
    {_ADDRESS}
    owner = account owner email; account owner: email; account owner; account owner alias
    segment = type; account type
    industry = industry
    family = parent account; parent account id
    created_on = created date; account created date
    last_activity_on = last activity; last activity date
""")

ACCOUNTS = Profile(
    _SYSTEM,
    "accounts, report",
    TableKind.ACCOUNTS,
    needs=("account name",),
    any_of=words("""
        billing zip/postal code, billing state/province, shipping zip/postal code
        shipping state/province, billing state/province (text only)
    """),
    at_least=1,
    targets=_ACCOUNT_FIELDS,
    kept=EXTRA,
    id_header="account id",
    id_prefix=("001",),
)

ACCOUNTS_WITHOUT_ADDRESS = Profile(
    _SYSTEM,
    "accounts, report",
    TableKind.ACCOUNTS,
    needs=("account id", "account name", "account owner"),
    targets=_ACCOUNT_FIELDS,
    kept=EXTRA,
    id_header="account id",
    id_prefix=("001",),
)

LEADS = Profile(
    _SYSTEM,
    "leads, report",
    TableKind.ACCOUNTS,
    needs=("lead owner",),
    any_of=words(
        "company / account, company, lead status, lead source, lead id, rating, converted"
    ),
    at_least=2,
    targets=fields("""
        external_id = lead id
        name = company / account; company
        phone = phone; mobile
        website = website; email
        street = street; address line 1; address line 2; address line 3
        city = city
        region = state/province; state
        postal_code = zip/postal code
        country_name = country
        owner = lead owner email; lead owner; lead owner alias
        industry = industry
        created_on = create date; created date
        last_activity_on = last activity; last activity date
    """),
    aside=words("lead status, first name, last name, title, lead source, rating, salutation"),
    kept=EXTRA,
    id_header="lead id",
    id_prefix=("00Q",),
    implied={"status": "prospect"},
)

CONTACTS = Profile(
    _SYSTEM,
    "contacts, report",
    TableKind.CONTACTS,
    needs=("last name", "account name"),
    any_of=words("""
        contact id, contact owner, mailing city, mailing zip/postal code, mailing state/province
        account owner, account id
    """),
    at_least=1,
    targets=fields("""
        external_id = contact id
        account = account id; account name
    """),
    id_header="contact id",
    id_prefix=("003",),
)

OPPORTUNITIES = Profile(
    _SYSTEM,
    "opportunities, report",
    TableKind.TRANSACTIONS,
    needs=("opportunity name",),
    any_of=words("close date, stage, amount, opportunity owner, account name, opportunity id, age"),
    at_least=2,
    # With products, each row repeats the amount of the whole opportunity next to its own total.
    targets=fields("""
        external_id = opportunity id
        account = account id; account name
        date = close date
        product = product id; product name; product code
        amount = total price; amount; amount (converted)
        quantity = quantity
        unit_price = sales price
        stage = stage
        is_won = won
        is_closed = closed
        owner = opportunity owner email; opportunity owner; owner
    """),
    id_header="opportunity id",
    id_prefix=("006",),
)

ACTIVITIES = Profile(
    _SYSTEM,
    "activities, report",
    TableKind.VISITS,
    needs=("subject", "date"),
    any_of=words(
        "company / account, assigned, account name, activity id, task, event, activity type"
    ),
    at_least=2,
    targets=fields("""
        external_id = activity id
        account = account id; account name; company / account
        date = date
        minutes = duration; duration (minutes)
        owner = assigned; assigned to
        outcome = subject; call result
    """),
    note="Every activity counts as a visit, e-mails and open tasks too. Filter the report to what "
    "took place.",
)

USERS = Profile(
    _SYSTEM,
    "users, report",
    TableKind.REPS,
    needs=("username",),
    any_of=words("user id, active, profile, role, alias, last login, full name, manager"),
    at_least=2,
    targets=fields("""
        external_id = user id
        name = full name; name
        first_name = first name
        last_name = last name
        email = email; username
        phone = phone; mobile
        title = title
        extra = active; manager; role; department; division
        ignore = alias; profile; last login
    """),
    id_header="user id",
    id_prefix=("005",),
    note_if=("active", "false"),
    note="Some of these users are not active any more; they come in as reps all the same.",
)

ALL = (
    ACCOUNTS,
    ACCOUNTS_WITHOUT_ADDRESS,
    LEADS,
    CONTACTS,
    OPPORTUNITIES,
    ACTIVITIES,
    USERS,
)
