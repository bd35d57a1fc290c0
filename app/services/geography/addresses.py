# SPDX-License-Identifier: MIT
"""Addresses as columns: what placement takes and what it gives."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from app.models.account import PlacedBy
from app.services.geography.arrays import FloatArray, ObjectArray


class PlacementNote(Enum):
    """What the user should know about how one address was placed."""

    NONE = ""
    COORDINATES_INVALID = "The coordinates are not on Earth or are 0, 0; they were not used."
    COORDINATES_SWAPPED = "Latitude and longitude were swapped."
    COORDINATES_NOWHERE = "The coordinates lie in no area (far out at sea)."
    ZIP_ZEROS_ADDED = "The ZIP code had lost its leading zeros."
    ZIP_UNKNOWN = "The ZIP code is not known."
    ZIP_MILITARY = "The ZIP code is a military or diplomatic post office, which is in no area."
    ZIP_NOT_IN_STATE = "The ZIP code lies in another state than the one given; it was not used."
    COUNTRY_UNKNOWN = "The country is not known."


@dataclass(frozen=True)
class AddressColumns:
    """Addresses to place, one entry per account in every column.

    Attributes:
        city, region, postal_code, country_name: Texts as imported, empty where unknown. A region
            is a state or province by name, abbreviation or FIPS code.
        lon, lat: WGS 84 degrees, nan where unknown; empty for no coordinates at all.
    """

    city: Sequence[str] | ObjectArray
    region: Sequence[str] | ObjectArray
    postal_code: Sequence[str] | ObjectArray
    country_name: Sequence[str] | ObjectArray
    lon: FloatArray = field(default_factory=lambda: np.empty(0))
    lat: FloatArray = field(default_factory=lambda: np.empty(0))

    def __len__(self) -> int:
        return len(self.city)


@dataclass(frozen=True)
class PlacedColumns:
    """Where the accounts are, in the order of the addresses.

    Attributes:
        lon, lat: WGS 84 degrees, nan where an account could not be placed.
        placed_by: The rule that placed it, see `PlacedBy`.
        country, state, county, zip_code: Codes of the areas that contain it, empty where unknown.
            They are set as far as they are known also where `placed_by` is the region alone.
        note: What the user should know, `PlacementNote.NONE` where there is nothing.
    """

    lon: FloatArray
    lat: FloatArray
    placed_by: list[PlacedBy]
    country: list[str]
    state: list[str]
    county: list[str]
    zip_code: list[str]
    note: list[PlacementNote]

    def count(self, rule: PlacedBy) -> int:
        """How many accounts this rule placed."""
        return sum(1 for each in self.placed_by if each is rule)
