# SPDX-License-Identifier: MIT
"""Accounts: customers and prospects with a location."""

from dataclasses import dataclass
from enum import Enum

from app.models.ids import AccountId


class PlacedBy(Enum):
    """How an account's position was found, from exact to not at all."""

    BY_HAND = "by_hand"
    """The user put it there."""
    COORDINATES = "coordinates"
    POSTAL_CODE = "postal_code"
    PO_BOX = "po_box"
    """A ZIP code of post-office boxes or of one organisation, which has no area of its own."""
    CITY = "city"
    COUNTY = "county"
    """Only the county is known; the point is its centre."""
    REGION = "region"
    """Only the state or province is known; the point is its centre."""
    COUNTRY = "country"
    """Only the country is known; the point is its centre."""
    NOT_PLACED = "not_placed"


@dataclass(frozen=True, slots=True)
class Account:
    """One row of the customer list, as imported and placed.

    Attributes:
        external_id: The id in the user's own system; unique in the plan.
        owner: The salesperson as imported (an id, a name or an e-mail address), may be empty.
        lon, lat: WGS 84 degrees, or None where the account is not placed.
        country, state, county, zip_code: Codes of the geounits that contain the account
            (``US``, ``06``, ``06037``, ``90210``); empty where unknown.
        extra: Columns that the import kept without a meaning of their own, by header.
        website: Web address, domain or e-mail address.
        created_on, last_activity_on, gone_since: ISO dates, empty where unknown; the last is the
            day of the first import that no longer had the account.
    """

    id: AccountId
    external_id: str
    name: str
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country_name: str = ""
    segment: str = ""
    industry: str = ""
    status: str = "customer"
    family: str = ""
    owner: str = ""
    lon: float | None = None
    lat: float | None = None
    placed_by: PlacedBy = PlacedBy.NOT_PLACED
    country: str = ""
    state: str = ""
    county: str = ""
    zip_code: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    phone: str = ""
    website: str = ""
    created_on: str = ""
    last_activity_on: str = ""
    gone_since: str = ""
    visit_class: str = ""
