# SPDX-License-Identifier: MIT
"""Addresses as columns: what placement takes and what it gives."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from typing import TypeVar

import numpy as np

from app.models.account import PlacedBy
from app.services.geography.arrays import FloatArray, ObjectArray

_Item = TypeVar("_Item")
TextColumn = Sequence[str] | ObjectArray


class PlacementNote(Enum):
    """What the user should know about how one address was placed."""

    NONE = ""
    COORDINATES_INVALID = "The coordinates are not on Earth or are 0, 0; they were not used."
    COORDINATES_SWAPPED = "Latitude and longitude were swapped."
    COORDINATES_NOWHERE = "The coordinates lie in no area (far out at sea)."
    COORDINATES_OTHER_COUNTRY = (
        "The coordinates lie in another country than the one given; the address was used, "
        "where it tells more than the country."
    )
    ZIP_ZEROS_ADDED = "The ZIP code had lost its leading zeros."
    ZIP_UNKNOWN = "The ZIP code is not known."
    ZIP_MILITARY = "The ZIP code is a military or diplomatic post office, which is in no area."
    ZIP_NOT_IN_STATE = "The ZIP code lies in another state than the one given; it was not used."
    STATE_UNKNOWN = "The state is not known."
    COUNTRY_UNKNOWN = "The country is not known."


@dataclass(frozen=True)
class AddressColumns:
    """Addresses to place, one entry per account in every column.

    Attributes:
        city, region, postal_code, country_name: Texts as imported, empty where unknown. A region
            is a state or province by name, abbreviation or FIPS code.
        lon, lat: WGS 84 degrees, nan where unknown; empty for no coordinates at all.
        county_name: US counties by name or five-digit FIPS code; empty for none at all.
    """

    city: TextColumn
    region: TextColumn
    postal_code: TextColumn
    country_name: TextColumn
    lon: FloatArray = field(default_factory=lambda: np.empty(0))
    lat: FloatArray = field(default_factory=lambda: np.empty(0))
    county_name: TextColumn = ()

    def __len__(self) -> int:
        return len(self.city)

    def part(self, first: int, last: int) -> "AddressColumns":
        """The addresses from `first` up to, not including, `last`."""
        return AddressColumns(
            self.city[first:last],
            self.region[first:last],
            self.postal_code[first:last],
            self.country_name[first:last],
            self.lon[first:last],
            self.lat[first:last],
            self.county_name[first:last],
        )


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
        return self.placed_by.count(rule)

    @classmethod
    def joined(cls, parts: Sequence["PlacedColumns"]) -> "PlacedColumns":
        """The columns of several parts, one below the other."""
        return cls(
            lon=np.concatenate([np.empty(0), *(part.lon for part in parts)]),
            lat=np.concatenate([np.empty(0), *(part.lat for part in parts)]),
            placed_by=_one_list([part.placed_by for part in parts]),
            country=_one_list([part.country for part in parts]),
            state=_one_list([part.state for part in parts]),
            county=_one_list([part.county for part in parts]),
            zip_code=_one_list([part.zip_code for part in parts]),
            note=_one_list([part.note for part in parts]),
        )


def _one_list(parts: Sequence[list[_Item]]) -> list[_Item]:
    return list(chain.from_iterable(parts))
