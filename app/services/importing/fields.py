# SPDX-License-Identifier: MIT
"""What a column of an imported table can be."""

from dataclasses import dataclass
from enum import Enum


class TableKind(Enum):
    """What the rows of a table are."""

    ACCOUNTS = "accounts"
    REPS = "reps"


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
    Field("capacity_hours", "Capacity (hours a year)", _ABOUT),
    Field("skills", "Skills", _ABOUT, "Words separated by commas or semicolons.", takes_many=True),
    Field("quota", "Quota", _ABOUT, "Annual target."),
    Field("notes", "Notes", _ABOUT, takes_many=True),
    Field(EXTRA, "Keep in the notes", _OTHER, takes_many=True),
    *_LAST_FIELDS,
)


@dataclass(frozen=True, slots=True)
class DerivedHeaders:
    """Names of exported columns that the program works out; an import leaves them out."""

    territory: str = "Territory"
    rep: str = "Rep"
    placed_by: str = "Placed by"
    units: tuple[str, ...] = ("ZIP area", "County area", "State area", "Country area")

    @property
    def all(self) -> frozenset[str]:
        """All of them."""
        return frozenset((self.territory, self.rep, self.placed_by, *self.units))


DERIVED_HEADERS = DerivedHeaders()

ADDRESS_KEYS = frozenset(("city", "region", "postal_code", "country_name", "lon", "lat"))
"""Fields that decide where an account or home is placed."""

_BY_KIND = {TableKind.ACCOUNTS: ACCOUNT_FIELDS, TableKind.REPS: REP_FIELDS}
_BY_KEY = {kind: {field.key: field for field in fields} for kind, fields in _BY_KIND.items()}


def fields_of(kind: TableKind) -> tuple[Field, ...]:
    """All choices for a column, in the order in which they are listed."""
    return _BY_KIND[kind]


def field_of(kind: TableKind, key: str) -> Field:
    """One choice by its key; "leave out" for a key that this kind of table does not have."""
    return _BY_KEY[kind].get(key, _LAST_FIELDS[0])
