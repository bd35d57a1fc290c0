# SPDX-License-Identifier: MIT
"""Places by name: countries, regions and cities, as `resources/build` packed them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import numpy as np

from app.services.geography.arrays import (
    FloatArray,
    IntArray,
    LongArray,
    damaged_installation,
    read_lines,
    read_tables,
)
from app.services.geography.folding import fold, key_hash


class _NameTables(TypedDict):
    countries: dict[str, str]
    country_regions: dict[str, tuple[str, str]]
    layer_codes: dict[str, str]
    states: dict[str, str]
    regions: dict[str, dict[str, str]]
    regions_alone: dict[str, tuple[str, str]]
    region_centers: dict[str, dict[str, tuple[float, float]]]
    military_zips: list[str]


@dataclass(frozen=True)
class RegionName:
    """A region as written, understood: an ISO country code and a region code, "" for unknown.

    The code of a region is its abbreviation in the US, and that of the state layer elsewhere.
    """

    country: str = ""
    region: str = ""


@dataclass(frozen=True)
class Cities:
    """The places that keys lead to.

    Attributes:
        lon, lat: WGS 84 degrees, to about 100 m.
        country: Position in the country layer, -1 where it has no area.
        state: Position in the state layer outside the US, -1 in the US and where there is none.
        zip_index: Position in the ZIP layer, -1 outside the US.
    """

    lon: FloatArray
    lat: FloatArray
    country: IntArray
    state: IntArray
    zip_index: IntArray


@dataclass(frozen=True)
class SearchableCities:
    """Cities by name, largest first.

    Attributes:
        names: With their state (US) or the ISO code of their country: "Lyon, FR".
        folded: The same, folded.
        place: Positions in `Cities`.
    """

    names: list[str]
    folded: list[str]
    place: IntArray


class Gazetteer:
    """Understands country and region names, and finds cities by key.

    Args:
        folder: `resources/geo`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = _read_names(folder / "names.json")
        tables = read_tables(folder / "places.npz")
        self._hashes: LongArray = np.cumsum(tables["key_step"], dtype=np.int64)
        self._places = tables["key_place"].astype(np.int32, copy=False)
        self.cities = Cities(
            lon=tables["lon_e3"].astype(np.float64) / 1e3,
            lat=tables["lat_e3"].astype(np.float64) / 1e3,
            country=tables["country"].astype(np.int32),
            state=tables["state"].astype(np.int32),
            zip_index=tables["zip"].astype(np.int32, copy=False),
        )
        self.state_abbreviations: Mapping[str, str] = self._names["states"]
        """Postal abbreviation by two-digit FIPS code."""
        self.military_zips = frozenset(self._names["military_zips"])
        self.box_zips: IntArray = tables["box_zip"].astype(np.int32, copy=False)
        """Positions in the ZIP layer of the codes of post-office boxes or of one organisation."""

    def country(self, text: str) -> RegionName | None:
        """The country meant by a name or code, with the region where a part is named for it.

        Returns:
            None where the name is not known. Puerto Rico and the other islands that are states of
            the US layers come as a region of the US.
        """
        name = fold(text)
        code = self._names["countries"].get(name)
        if name in self._names["country_regions"]:
            country, region = self._names["country_regions"][name]
            return RegionName(country, region)
        if code is None:
            return None
        if code in self._names["states"].values() and self.layer_code(code) == "US":
            return RegionName("US", code)
        return RegionName(code)

    def region(self, country: str, text: str) -> RegionName | None:
        """The region meant by a name, abbreviation or, in the US, FIPS code.

        Args:
            country: ISO code, or "" to try the US first, then names that tell their country too,
                then the names of countries themselves.
            text: As written.
        """
        name = fold(text)
        if country in {"", "US"}:
            states = self._names["regions"]["US"]
            # "MT" is Montana, although `fold` reads it as "mount".
            state = states.get(text.strip().lower()) or states.get(name)
            if name.isdecimal():
                state = self._names["states"].get(name.zfill(2))
            if state or country == "US":
                return RegionName("US", state) if state else None
        if country:
            region = self._names["regions"].get(country, {}).get(name)
            return RegionName(country, region) if region else None
        alone = self._names["regions_alone"].get(name)
        if alone is not None:
            return RegionName(*alone)
        return self.country(text) if len(name) > 2 else None

    def layer_code(self, country: str) -> str:
        """The code under which the country layer draws a country ("GF" is drawn with "FR")."""
        return self._names["layer_codes"].get(country, country)

    def region_center(self, country: str, region: str) -> tuple[float, float] | None:
        """The largest city of a region outside the US, where regions are known."""
        return self._names["region_centers"].get(country, {}).get(region)

    def cities_of(self, keys: Iterable[str]) -> IntArray:
        """Positions in `cities` for keys made by `folding.city_key`, -1 where there is none."""
        wanted = np.fromiter((key_hash(key) for key in keys), dtype=np.int64)
        at = np.minimum(np.searchsorted(self._hashes, wanted), len(self._hashes) - 1)
        return np.where(self._hashes[at] == wanted, self._places[at], -1).astype(np.int32)

    def searchable_cities(self) -> SearchableCities:
        """The cities that the search offers, largest first."""
        tables = read_tables(self._folder / "place_names.npz")
        return SearchableCities(
            names=read_lines(tables["names"]),
            folded=read_lines(tables["folded"]),
            place=tables["place"].astype(np.int32, copy=False),
        )


def _read_names(path: Path) -> _NameTables:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise damaged_installation(path) from error
