# SPDX-License-Identifier: MIT
"""Country and region columns, understood."""

from dataclasses import dataclass

import numpy as np

from app.models.geounit import GeoLevel
from app.services.geography.addresses import TextColumn
from app.services.geography.arrays import BoolArray, FloatArray, IntArray, LongArray
from app.services.geography.factorizing import factorize, unique_numbers
from app.services.geography.gazetteer import Gazetteer, RegionName
from app.services.geography.geography import Geography

_ALL_REGIONS_KNOWN = frozenset(("", "US", "CA", "AU", "DE"))
"""Countries whose states are all in the gazetteer, so that another name is a mistake.

Elsewhere people write counties, departments and the like, which it does not list. Without a
country the states of all countries were tried.
"""

_MILITARY_STATES = frozenset(("AA", "AE", "AP"))
"""What the post office writes for the state of military and diplomatic mail."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What one pair of a country and a region means."""

    name: RegionName
    is_country_unknown: bool = False
    is_region_unknown: bool = False


@dataclass
class UnderstoodNames:
    """What country and region of each account mean.

    Attributes:
        reader: Knows the meanings by number.
        kind: Per account the number of its meaning.
        is_country_unknown: A country is given, but no rule knows it.
        is_region_unknown: A region is given that its country, whose regions are known, lacks.
        is_country_open: No country is given, and the region does not tell one.
        country_index, state_index: Positions in the layers, -1 for none.
    """

    reader: "NameReader"
    kind: IntArray
    is_country_unknown: BoolArray
    is_region_unknown: BoolArray
    is_country_open: BoolArray
    country_index: IntArray
    state_index: IntArray

    @property
    def is_us(self) -> BoolArray:
        """Whether the account is in the US by its country or state."""
        return self.country_index == 0

    def name_of(self, kind: int) -> RegionName:
        """The meaning with this number."""
        return self.reader.names[kind]

    def set_state(self, rows: BoolArray, states: IntArray) -> None:
        """Put accounts into these US states."""
        self.state_index[rows] = states
        self.country_index[rows] = 0
        self.kind[rows] = self.reader.us_kinds()[states]

    def us_regions(self, states: IntArray) -> "UnderstoodNames":
        """The same meanings, as if the accounts were in these US states."""
        kind = self.reader.us_kinds()[states]
        no = np.zeros(len(states), np.bool_)
        country = np.zeros(len(states), np.int32)
        return UnderstoodNames(self.reader, kind, no, no, no, country, states)

    def at(self, rows: LongArray) -> "UnderstoodNames":
        """Only these accounts."""
        return UnderstoodNames(
            self.reader,
            self.kind[rows],
            self.is_country_unknown[rows],
            self.is_region_unknown[rows],
            self.is_country_open[rows],
            self.country_index[rows],
            self.state_index[rows],
        )

    def region_centers(self, rows: LongArray) -> tuple[FloatArray, FloatArray]:
        """Lon and lat of the largest city of each account's region, nan where none is known."""
        gazetteer = self.reader.geography.gazetteer
        unique, back = unique_numbers(self.kind[rows].astype(np.int64))
        names = [self.reader.names[kind] for kind in unique]
        centers = [gazetteer.region_center(n.country, n.region) or (np.nan, np.nan) for n in names]
        lonlat = np.asarray(centers, dtype=np.float64).reshape(-1, 2)[back]
        return lonlat[:, 0], lonlat[:, 1]


class NameReader:
    """Reads country and region together, remembering each pair that it has read.

    Attributes:
        geography: Where to look.
        names: The different meanings by number.
    """

    def __init__(self, geography: Geography) -> None:
        self.geography = geography
        self.names: list[RegionName] = []
        self._meanings: list[_Meaning] = []
        self._kind_by_pair: dict[tuple[str, str], int] = {}
        self._us_kinds: IntArray | None = None
        fips = {short: code for code, short in geography.gazetteer.state_abbreviations.items()}
        self._fips_by_state = fips

    def read(self, country_name: TextColumn, region: TextColumn) -> UnderstoodNames:
        """What the two columns mean: a state tells the country, a country may be a state."""
        country_code, countries = factorize(country_name)
        region_code, regions = factorize(region)
        pair = country_code.astype(np.int64) * len(regions) + region_code
        unique, back = unique_numbers(pair)
        kinds = [
            self._kind(countries[number // len(regions)], regions[number % len(regions)])
            for number in unique
        ]
        read = [self._meanings[kind] for kind in kinds]
        is_unknown = np.asarray([m.is_country_unknown for m in read], np.bool_)
        is_open = np.asarray([not m.name.country for m in read], np.bool_)
        is_region_unknown = np.asarray([m.is_region_unknown for m in read], np.bool_)
        country_index = np.asarray([self._country_index(m.name) for m in read], np.int32)
        state_index = np.asarray([self._state_index(m.name) for m in read], np.int32)
        return UnderstoodNames(
            reader=self,
            kind=np.asarray(kinds, np.int32)[back],
            is_country_unknown=is_unknown[back],
            is_region_unknown=is_region_unknown[back],
            is_country_open=(is_open & ~is_unknown)[back],
            country_index=country_index[back],
            state_index=state_index[back],
        )

    def us_kinds(self) -> IntArray:
        """Per US state the number of its meaning."""
        if self._us_kinds is None:
            codes = self.geography.layer(GeoLevel.STATE).codes.tolist()
            abbreviations = self.geography.gazetteer.state_abbreviations
            # The US states are the first ones of the layer.
            kinds = [
                self._add(_Meaning(RegionName("US", abbreviations[code])))
                for code in codes[: len(abbreviations)]
            ]
            self._us_kinds = np.asarray(kinds, np.int32)
        return self._us_kinds

    def _kind(self, country: str, region: str) -> int:
        pair = (country, region)
        if pair not in self._kind_by_pair:
            self._kind_by_pair[pair] = self._add(
                _meaning(self.geography.gazetteer, country, region)
            )
        return self._kind_by_pair[pair]

    def _add(self, meaning: _Meaning) -> int:
        self._meanings.append(meaning)
        self.names.append(meaning.name)
        return len(self.names) - 1

    def _country_index(self, name: RegionName) -> int:
        code = self.geography.gazetteer.layer_code(name.country)
        return self.geography.layer(GeoLevel.COUNTRY).index_of(code)

    def _state_index(self, name: RegionName) -> int:
        code = self._fips_by_state.get(name.region, "") if name.country == "US" else name.region
        return self.geography.layer(GeoLevel.STATE).index_of(code)


def _meaning(gazetteer: Gazetteer, country: str, region: str) -> _Meaning:
    """What a country and a region mean together."""
    stated = gazetteer.country(country) if country else None
    if stated is not None and stated.region:
        finer = gazetteer.region(stated.country, region) if region else None
        return _Meaning(finer or stated)
    home = stated.country if stated else ""
    found = gazetteer.region(home, region) if region else None
    if found is not None:
        return _Meaning(found)
    is_unknown = bool(country) and stated is None
    is_complete = home in _ALL_REGIONS_KNOWN and not is_unknown
    is_name = bool(region) and region.upper() not in _MILITARY_STATES
    return _Meaning(RegionName(home), is_unknown, is_name and is_complete)
