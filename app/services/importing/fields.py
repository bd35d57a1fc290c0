# SPDX-License-Identifier: MIT
"""What the rows of an imported table can be, and what its columns can be."""

from dataclasses import dataclass
from enum import Enum


class TableKind(Enum):
    """What the rows of a table are, in the order in which tables of one import are written."""

    PRODUCTS = "products"
    PRODUCT_LINES = "product_lines"
    REPS = "reps"
    ACCOUNTS = "accounts"
    CONTACTS = "contacts"
    TERRITORIES = "territories"
    TERRITORY_AREAS = "territory_areas"
    TERRITORY_ACCOUNTS = "territory_accounts"
    ROSTER = "roster"
    TRANSACTIONS = "transactions"
    VISITS = "visits"
    GOALS = "goals"
    MARKET = "market"


@dataclass(frozen=True, slots=True)
class KindWords:
    """How a kind of table is called.

    Attributes:
        one, many: In sentences: "1 account", "3 accounts".
        title: In the list of choices.
        hint: One sentence on what such a table is.
    """

    one: str
    many: str
    title: str
    hint: str


WORDS_BY_KIND: dict[TableKind, KindWords] = {
    TableKind.ACCOUNTS: KindWords(
        "account", "accounts", "Accounts", "Customers and prospects, one per row."
    ),
    TableKind.TRANSACTIONS: KindWords(
        "transaction",
        "transactions",
        "Sales or deals",
        "Orders, order lines, invoices or opportunities with a date and an account.",
    ),
    TableKind.REPS: KindWords("rep", "reps", "Reps", "Salespeople, one per row."),
    TableKind.TERRITORIES: KindWords(
        "territory", "territories", "Territories", "Territories and the regions above them."
    ),
    TableKind.TERRITORY_AREAS: KindWords(
        "area", "areas", "Areas of territories", "ZIP codes, counties or states per territory."
    ),
    TableKind.TERRITORY_ACCOUNTS: KindWords(
        "named account",
        "named accounts",
        "Accounts of territories",
        "Accounts that are given to a territory by name.",
    ),
    TableKind.ROSTER: KindWords(
        "roster entry", "roster entries", "Roster", "Which rep holds which territory."
    ),
    TableKind.PRODUCTS: KindWords(
        "product", "products", "Products", "What is sold, with its product line."
    ),
    TableKind.PRODUCT_LINES: KindWords(
        "product line", "product lines", "Product lines", "Names of the lines that products name."
    ),
    TableKind.GOALS: KindWords(
        "goal", "goals", "Goals and quotas", "Targets of reps or territories by period."
    ),
    TableKind.VISITS: KindWords(
        "visit", "visits", "Visits", "Visits and calls that took place, with date and account."
    ),
    TableKind.CONTACTS: KindWords(
        "contact", "contacts", "Contacts", "People at accounts; they are counted per account."
    ),
    TableKind.MARKET: KindWords(
        "market figure",
        "market figures",
        "Market data",
        "Numbers by ZIP code, county or state, such as households.",
    ),
}
"""In the order of the list of choices."""


@dataclass(frozen=True, slots=True)
class Field:
    """A choice for a column.

    Attributes:
        key: Stable name, kept in remembered mappings.
        label: As shown.
        group: Heading under which the list of choices shows it.
        hint: One sentence for the tooltip.
        takes_many: Several columns may be given to it; they are joined in the order of the file.
    """

    key: str
    label: str
    group: str
    hint: str = ""
    takes_many: bool = False


MEASURE = "measure"
EXTRA = "extra"
IGNORE = "ignore"
PERIOD_AMOUNT = "period_amount"

_IDENTITY = "Identity"
_ADDRESS = "Address"
_ABOUT = "About"
_OTHER = "Other"

_ADDRESS_FIELDS = (
    Field(
        "street",
        "Street",
        _ADDRESS,
        "Street and number; several lines are joined.",
        takes_many=True,
    ),
    Field("house_number", "House number", _ADDRESS, "Goes before the street."),
    Field("city", "City", _ADDRESS),
    Field("county_name", "County", _ADDRESS, "Name or FIPS code; used where the rest is missing."),
    Field("region", "State or province", _ADDRESS, "Name or abbreviation."),
    Field("postal_code", "ZIP or postal code", _ADDRESS, "Always text, so leading zeros stay."),
    Field("country_name", "Country", _ADDRESS, "Empty counts as United States."),
    Field("lon", "Longitude", _ADDRESS, "Degrees, negative in the west."),
    Field("lat", "Latitude", _ADDRESS, "Degrees, negative in the south."),
)
_LAST_FIELDS = (Field(IGNORE, "Leave out", _OTHER, "The column is not imported."),)

ACCOUNT_FIELDS: tuple[Field, ...] = (
    Field("external_id", "Account id", _IDENTITY, "The id in your own system; rows meet by it."),
    Field("name", "Account name", _IDENTITY),
    Field("phone", "Phone", _IDENTITY, "Helps to find duplicates."),
    Field(
        "website",
        "Website or e-mail",
        _IDENTITY,
        "Its domain helps to find duplicates.",
    ),
    *_ADDRESS_FIELDS,
    Field(
        "address_kind",
        "Kind of address",
        _ADDRESS,
        "Where an account has several addresses, the main office is kept.",
    ),
    Field(
        "owner", "Owner (rep)", _ABOUT, "Today's salesperson: an id, a name or an e-mail address."
    ),
    Field("segment", "Segment", _ABOUT),
    Field("industry", "Industry", _ABOUT),
    Field("status", "Status", _ABOUT, "Customer, prospect, lost."),
    Field("family", "Family", _ABOUT, "Accounts of one family stay together."),
    Field("visit_class", "Visit class", _ABOUT, "How often and how long it is visited."),
    Field("created_on", "Created on", _ABOUT, "The day on which it became an account."),
    Field("last_activity_on", "Last activity", _ABOUT, "The day of the last contact."),
    Field(
        MEASURE, "Measure", _OTHER, "A number that territories are balanced by.", takes_many=True
    ),
    Field(
        EXTRA, "Keep as it is", _OTHER, "Kept with the account and exported again.", takes_many=True
    ),
    *_LAST_FIELDS,
)

REP_FIELDS: tuple[Field, ...] = (
    Field("external_id", "Rep id", _IDENTITY, "The id in your own system; owners meet reps by it."),
    Field("name", "Full name", _IDENTITY),
    Field("first_name", "First name", _IDENTITY),
    Field("middle_name", "Middle name", _IDENTITY),
    Field("last_name", "Last name", _IDENTITY),
    Field("email", "E-mail", _IDENTITY),
    Field("phone", "Phone", _IDENTITY),
    Field("title", "Job title", _IDENTITY),
    *_ADDRESS_FIELDS,
    Field("home_text", "Home address in one line", _ADDRESS),
    Field("office_text", "Office address in one line", _ADDRESS),
    Field("capacity_hours", "Capacity (hours a year)", _ABOUT, "Of full-time work."),
    Field("part_time_fraction", "Part-time", _ABOUT, "Of full time: 50 %, 50 or 0.5."),
    Field("days_off", "Days off a year", _ABOUT, "Beyond what the capacity leaves out already."),
    Field("start_on", "First working day", _ABOUT),
    Field("end_on", "Last working day", _ABOUT),
    *(
        Field(key, label, _ABOUT, "Words separated by commas or semicolons.", takes_many=True)
        for key, label in (
            ("skills", "Skills"),
            ("languages", "Languages"),
            ("product_lines", "Product lines"),
            ("segments", "Segments"),
        )
    ),
    Field("experience_years", "Experience (years)", _ABOUT),
    Field("manager", "Manager", _ABOUT, "An id, a name or an e-mail address of a rep."),
    Field("cost", "Cost a year", _ABOUT),
    Field("quota", "Quota", _ABOUT, "Annual target."),
    Field("notes", "Notes", _ABOUT, takes_many=True),
    Field(EXTRA, "Keep in the notes", _OTHER, takes_many=True),
    *_LAST_FIELDS,
)

_ACCOUNT = Field("account", "Account", _IDENTITY, "Id or name of an account of the plan.")
_TERRITORY = Field("territory", "Territory", _IDENTITY, "Id or name of a territory.")
_REP = Field("rep", "Rep", _IDENTITY, "An id, a name or an e-mail address.")

TRANSACTION_FIELDS: tuple[Field, ...] = (
    Field("external_id", "Order or deal id", _IDENTITY, "Order lines meet their order by it."),
    Field("line", "Line number", _IDENTITY, "Tells the lines of one order apart."),
    _ACCOUNT,
    Field("date", "Date", _ABOUT, "Of the order, invoice or closing."),
    Field("product", "Product", _ABOUT, "Id or name of a product."),
    Field("amount", "Amount", _ABOUT, "Net; credit notes are negative."),
    Field("quantity", "Quantity", _ABOUT),
    Field("unit_price", "Unit price", _ABOUT, "Times the quantity where there is no amount."),
    Field("discount", "Discount", _ABOUT, "As a share, 0.1 or 10 %."),
    Field("stage", "Stage", _ABOUT, "Won, open or lost."),
    Field("is_won", "Is won", _ABOUT, "Yes or no."),
    Field("is_closed", "Is closed", _ABOUT, "Yes or no; closed and not won is lost."),
    Field("owner", "Owner (rep)", _ABOUT, "Who sold it."),
    *_LAST_FIELDS,
)

PRODUCT_FIELDS: tuple[Field, ...] = (
    Field("external_id", "Product id", _IDENTITY),
    Field("name", "Product name", _IDENTITY),
    Field("line", "Product line", _ABOUT, "Line or category, a name or an id."),
    Field("unit_price", "Unit price", _ABOUT),
    *_LAST_FIELDS,
)

PRODUCT_LINE_FIELDS: tuple[Field, ...] = (
    Field("external_id", "Line id", _IDENTITY, "What the products name."),
    Field("name", "Name of the line", _IDENTITY),
    *_LAST_FIELDS,
)

TERRITORY_FIELDS: tuple[Field, ...] = (
    Field("external_id", "Territory id", _IDENTITY),
    Field("name", "Territory name", _IDENTITY),
    Field("parent", "Region above it", _ABOUT, "Id or name of the territory above."),
    Field("notes", "Notes", _ABOUT, takes_many=True),
    *_LAST_FIELDS,
)

_AREAS = (
    Field("postal_code", "ZIP code", _ADDRESS, "Also lists, ranges and the first three digits."),
    Field("county_name", "County", _ADDRESS, "Name or FIPS code."),
    Field("region", "State", _ADDRESS, "Name or abbreviation."),
    Field("country_name", "Country", _ADDRESS),
)

TERRITORY_AREA_FIELDS: tuple[Field, ...] = (_TERRITORY, *_AREAS, *_LAST_FIELDS)

TERRITORY_ACCOUNT_FIELDS: tuple[Field, ...] = (_TERRITORY, _ACCOUNT, *_LAST_FIELDS)

ROSTER_FIELDS: tuple[Field, ...] = (
    _TERRITORY,
    _REP,
    Field("role", "Role", _ABOUT, "Primary, additional, overlay or backup."),
    Field("share", "Share", _ABOUT, "Of the credit within the role, 50 % or 0.5."),
    Field("first_day", "From", _ABOUT),
    Field("last_day", "To", _ABOUT, "Entries that have ended are kept as history."),
    Field("is_active", "Is active", _ABOUT, "Yes or no."),
    *_LAST_FIELDS,
)

GOAL_FIELDS: tuple[Field, ...] = (
    _REP,
    _TERRITORY,
    Field("name", "What is counted", _ABOUT, "For example revenue; empty is Quota."),
    Field("period", "Period", _ABOUT, "2026, FY26, Q1 2026, Jan 2026 or a date in it."),
    Field("first_day", "From", _ABOUT),
    Field("last_day", "To", _ABOUT),
    Field("amount", "Amount", _ABOUT),
    Field(
        PERIOD_AMOUNT,
        "Amount of the period it is called",
        _ABOUT,
        "A column called Q1 2026 or Jan 2026.",
        takes_many=True,
    ),
    *_LAST_FIELDS,
)

VISIT_FIELDS: tuple[Field, ...] = (
    Field("external_id", "Visit id", _IDENTITY),
    _ACCOUNT,
    Field("date", "Date", _ABOUT),
    Field("hours", "Hours", _ABOUT, "How long it took."),
    Field("minutes", "Minutes", _ABOUT, "How long it took."),
    Field("owner", "Owner (rep)", _ABOUT, "Who was there."),
    Field("outcome", "Outcome", _ABOUT, "What it was about or what came of it."),
    *_LAST_FIELDS,
)

CONTACT_FIELDS: tuple[Field, ...] = (
    Field("external_id", "Contact id", _IDENTITY),
    _ACCOUNT,
    *_LAST_FIELDS,
)

MARKET_FIELDS: tuple[Field, ...] = (
    *_AREAS,
    Field(MEASURE, "Measure", _OTHER, "A number of the market.", takes_many=True),
    *_LAST_FIELDS,
)


@dataclass(frozen=True, slots=True)
class DerivedHeaders:
    """Names of exported columns that the program works out; an import leaves them out."""

    territory: str = "Territory"
    rep: str = "Rep"
    placed_by: str = "Placed by"
    gone_since: str = "Gone since"
    units: tuple[str, ...] = ("ZIP area", "County area", "State area", "Country area")

    @property
    def all(self) -> frozenset[str]:
        """All of them."""
        own = (self.territory, self.rep, self.placed_by, self.gone_since)
        return frozenset((*own, *self.units))


DERIVED_HEADERS = DerivedHeaders()

_BY_KIND: dict[TableKind, tuple[Field, ...]] = {
    TableKind.ACCOUNTS: ACCOUNT_FIELDS,
    TableKind.REPS: REP_FIELDS,
    TableKind.TRANSACTIONS: TRANSACTION_FIELDS,
    TableKind.PRODUCTS: PRODUCT_FIELDS,
    TableKind.PRODUCT_LINES: PRODUCT_LINE_FIELDS,
    TableKind.TERRITORIES: TERRITORY_FIELDS,
    TableKind.TERRITORY_AREAS: TERRITORY_AREA_FIELDS,
    TableKind.TERRITORY_ACCOUNTS: TERRITORY_ACCOUNT_FIELDS,
    TableKind.ROSTER: ROSTER_FIELDS,
    TableKind.GOALS: GOAL_FIELDS,
    TableKind.VISITS: VISIT_FIELDS,
    TableKind.CONTACTS: CONTACT_FIELDS,
    TableKind.MARKET: MARKET_FIELDS,
}
_BY_KEY = {kind: {field.key: field for field in fields} for kind, fields in _BY_KIND.items()}


def fields_of(kind: TableKind) -> tuple[Field, ...]:
    """All choices for a column, in the order in which they are listed."""
    return _BY_KIND[kind]


def field_of(kind: TableKind, key: str) -> Field:
    """One choice by its key; "leave out" for a key that this kind of table does not have."""
    return _BY_KEY[kind].get(key, _LAST_FIELDS[0])
