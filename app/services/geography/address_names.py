# SPDX-License-Identifier: MIT
"""Country and region columns, understood."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.models.geounit import GeoLevel
from app.services.geography.arrays import BoolArray, FloatArray, IntArray, LongArray, ObjectArray
from app.services.geography.factorizing import factorize, unique_numbers
from app.services.geography.gazetteer import Gazetteer, RegionName
from app.services.geography.geography import Geography


@dataclass
class UnderstoodNames:
    """What country and region of each account mean.

    Attributes:
        kinds: The different meanings.
        kind: Per account the number of its meaning.
        is_country_unknown: A country is given, but no rule knows it.
        is_country_open: No country is given, and the region does not tell one.
    """

    geography: Geography
    kinds: list[RegionName]
    kind: IntArray
    is_country_unknown: BoolArray
    is_country_open: BoolArray
    country_index: IntArray
    state_index: IntArray

    @property
    def is_us(self) -> BoolArray:
        """Whether the account is in the US by its country or state."""
        return self.country_index == 0

    def set_state(self, rows: BoolArray, states: IntArray) -> None:
        """Put accounts into these US states."""
        self.state_index[rows] = states
        self.country_index[rows] = 0
        self.kind[rows] = self._us_kinds()[states]

    def us_regions(self, states: IntArray) -> "UnderstoodNames":
        """The same meanings, as if the accounts were in these US states."""
        kind = self._us_kinds()[states]
        nothing = np.zeros(len(states), np.bool_)
        country = np.zeros(len(states), np.int32)
        return UnderstoodNames(self.geography, self.kinds, kind, nothing, nothing, country, states)

    def at(self, rows: LongArray) -> "UnderstoodNames":
        """Only these accounts."""
        return UnderstoodNames(
            self.geography,
            self.kinds,
            self.kind[rows],
            self.is_country_unknown[rows],
            self.is_country_open[rows],
            self.country_index[rows],
            self.state_index[rows],
        )

    def region_centers(self, rows: LongArray) -> tuple[FloatArray, FloatArray]:
        """Lon and lat of the largest city of each account's region, nan where none is known."""
        gazetteer = self.geography.gazetteer
        centers = [
            gazetteer.region_center(kind.country, kind.region) or (np.nan, np.nan)
            for kind in self.kinds
        ]
        lonlat = np.asarray(centers, dtype=np.float64).reshape(-1, 2)[self.kind[rows]]
        return lonlat[:, 0], lonlat[:, 1]

    def _us_kinds(self) -> IntArray:
        """Per state the number of its meaning; meanings are added where they are missing."""
        abbreviations = self.geography.gazetteer.state_abbreviations
        first = len(self.kinds)
        codes = self.geography.layer(GeoLevel.STATE).codes.tolist()
        self.kinds.extend(RegionName("US", abbreviations[code]) for code in codes)
        return np.arange(first, first + len(codes), dtype=np.int32)


def understand(
    geography: Geography,
    country_name: Sequence[str] | ObjectArray,
    region: Sequence[str] | ObjectArray,
) -> UnderstoodNames:
    """Read the two columns together: a state tells the country, a country may be a state."""
    country_code, countries = factorize(country_name)
    region_code, regions = factorize(region)
    pair = country_code.astype(np.int64) * len(regions) + region_code
    unique, kind = unique_numbers(pair)
    gazetteer = geography.gazetteer
    read = [
        _meaning(gazetteer, countries[number // len(regions)], regions[number % len(regions)])
        for number in unique
    ]
    layer = geography.layer(GeoLevel.COUNTRY)
    states = geography.layer(GeoLevel.STATE)
    fips = {short: code for code, short in gazetteer.state_abbreviations.items()}
    country_index = [layer.index_of(gazetteer.layer_code(k.country)) for k, _ in read]
    state_index = [
        states.index_of(fips.get(k.region, "")) if k.country == "US" else -1 for k, _ in read
    ]
    is_open = np.asarray([not k.country for k, _ in read], np.bool_)
    is_unknown = np.asarray([unknown for _, unknown in read], np.bool_)
    return UnderstoodNames(
        geography=geography,
        kinds=[k for k, _ in read],
        kind=kind,
        is_country_unknown=is_unknown[kind],
        is_country_open=is_open[kind] & ~is_unknown[kind],
        country_index=np.asarray(country_index, np.int32)[kind],
        state_index=np.asarray(state_index, np.int32)[kind],
    )


def _meaning(gazetteer: Gazetteer, country: str, region: str) -> tuple[RegionName, bool]:
    """What a country and a region mean together, and whether the country is unknown."""
    stated = gazetteer.country(country) if country else None
    is_unknown = bool(country) and stated is None
    if stated is not None and stated.region:
        finer = gazetteer.region(stated.country, region) if region else None
        return finer or stated, False
    home = stated.country if stated else ""
    found = gazetteer.region(home, region) if region else None
    return found or RegionName(home), is_unknown and found is None
