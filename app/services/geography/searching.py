# SPDX-License-Identifier: MIT
"""Finding a place by what the user types: ZIPs, cities, counties, states, countries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId
from app.services.geography.folding import city_key, fold
from app.services.geography.gazetteer import Gazetteer, SearchableCities
from app.services.geography.layer import GeoLayer

Bounds = tuple[float, float, float, float]
_MIN_OTHER_NAME = 4
_CITY_DEGREES = 0.12
"""Half the height of what is shown around a city, which has no area of its own."""

_ADDED = re.compile(r"( county| parish| borough)?( [a-z]{2})?")
"""What stands after a name without making it another one: "cook" means Cook County, IL."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that matches.

    Attributes:
        name: As shown, for example "Cook County, IL" or "Lyon, France".
        bounds: What the map should show: west, south, east, north in degrees.
        geounit: Its id; None for cities.
    """

    name: str
    bounds: Bounds
    geounit: GeoUnitId | None = None


class PlaceFinder:
    """Looks a text up in the names of all levels.

    Args:
        layers: The levels by name, coarse ones first.
        gazetteer: For cities.
    """

    def __init__(self, layers: tuple[GeoLayer, ...], gazetteer: Gazetteer) -> None:
        self._layers = {layer.level: layer for layer in layers}
        self._gazetteer = gazetteer

    def search(self, text: str, limit: int) -> list[FoundPlace]:
        """The best matches first: whole names, then beginnings, then words inside names.

        Among equals a country comes before a US state, a city, a county and a state of another
        country; a large city before a small one, a county with many ZIPs before one with few.
        """
        digits = text.strip()
        if digits.isdecimal():
            return self._zips(digits, limit)
        wanted = fold(text.replace(",", " "))
        if not wanted:
            return []
        ranked = sorted(self._ranked(wanted, limit), key=lambda each: each[0])
        by_name: dict[str, FoundPlace] = {}
        for _, place in ranked:
            by_name.setdefault(place.name, place)
        return list(by_name.values())[:limit]

    def _zips(self, digits: str, limit: int) -> list[FoundPlace]:
        layer = self._layers[GeoLevel.ZIP]
        first = int(np.searchsorted(layer.codes, digits))
        last = int(np.searchsorted(layer.codes, digits + ":"))
        return [_unit(layer, index) for index in range(first, min(last, first + limit))]

    def _ranked(self, wanted: str, limit: int) -> Iterator[tuple[int, FoundPlace]]:
        """Candidates with their rank, low first; of each level at most `limit` of a quality."""
        for order, level in enumerate((GeoLevel.COUNTRY, GeoLevel.STATE)):
            layer = self._layers[level]
            for quality, index in _matches(self._folded[level], wanted, limit):
                # A state of another country comes after the cities of its name: Saint-Louis.
                is_abroad = level is GeoLevel.STATE and layer.parent[index] > 0
                yield quality * 10 + (3 if is_abroad else order), _unit(layer, index)
        alias = int(self._gazetteer.cities_of([city_key("", "", wanted)])[0])
        for index in np.flatnonzero(self._cities.place == alias)[:1].tolist():
            yield 2, self._city(index)
        for quality, index in _matches(self._cities.folded, wanted, limit):
            yield quality * 10 + 2, self._city(index)
        state = self._state_by_other_name(wanted)
        if state is not None:
            yield 3, _unit(self._layers[GeoLevel.STATE], state)
        counties = self._layers[GeoLevel.COUNTY]
        names = self._folded[GeoLevel.COUNTY]
        found = [(q, -self._zip_count[i], i) for q, i in _matches(names, wanted, len(names))]
        for quality, _, index in sorted(found)[:limit]:
            yield quality * 10 + 3, _unit(counties, index)

    def _state_by_other_name(self, wanted: str) -> int | None:
        """A state of another country by another name: "Bayern" for Bavaria, "Kent" for its region.

        It comes after cities of that name: who types "Paris" means the city.
        """
        if len(wanted) < _MIN_OTHER_NAME:
            return None
        found = self._gazetteer.region("", wanted)
        index = self._layers[GeoLevel.STATE].index_of(found.region) if found else -1
        return index if index >= 0 else None

    def _city(self, index: int) -> FoundPlace:
        place = int(self._cities.place[index])
        cities = self._gazetteer.cities
        lon, lat = float(cities.lon[place]), float(cities.lat[place])
        wide = _CITY_DEGREES / max(float(np.cos(np.radians(lat))), 0.1)
        name = self._cities.names[index]
        if cities.zip_index[place] < 0:
            name = self._with_country(name)
        return FoundPlace(name, (lon - wide, lat - _CITY_DEGREES, lon + wide, lat + _CITY_DEGREES))

    def _with_country(self, listed: str) -> str:
        """The name with its country written out: "Lyon, France" for "Lyon, FR"."""
        city, _, home = listed.rpartition(", ")
        layer = self._layers[GeoLevel.COUNTRY]
        index = layer.index_of(self._gazetteer.layer_code(home))
        return f"{city}, {layer.names[index]}" if index >= 0 else city

    @cached_property
    def _folded(self) -> dict[GeoLevel, list[str]]:
        levels = (GeoLevel.COUNTRY, GeoLevel.STATE, GeoLevel.COUNTY)
        folded = {level: [fold(name) for name in self._layers[level].names] for level in levels}
        folded[GeoLevel.STATE] = [fold(name) for name in self._layers[GeoLevel.STATE].short_names]
        return folded

    @cached_property
    def _cities(self) -> SearchableCities:
        return self._gazetteer.searchable_cities()

    @cached_property
    def _zip_count(self) -> list[int]:
        """ZIPs per county."""
        count = len(self._layers[GeoLevel.COUNTY])
        parent = self._layers[GeoLevel.ZIP].parent
        counts: list[int] = np.bincount(parent[parent >= 0], minlength=count).tolist()
        return counts


def _matches(names: list[str], wanted: str, limit: int) -> Iterator[tuple[int, int]]:
    """Quality and position: 0 the whole name, 1 its beginning, 2 the beginning of a word in it."""
    found: tuple[list[int], list[int], list[int]] = ([], [], [])
    inner = f" {wanted}"
    length = len(wanted)
    for index, name in enumerate(names):
        if name.startswith(wanted):
            rest = name[length:]
            is_whole = _ADDED.fullmatch(rest) is not None
            found[0 if is_whole else 1].append(index)
        elif inner in name:
            found[2].append(index)
    for quality, indices in enumerate(found):
        yield from ((quality, index) for index in indices[:limit])


def _unit(layer: GeoLayer, index: int) -> FoundPlace:
    west, south, east, north = (float(edge) for edge in layer.bounds[index])
    if east - west > 180.0:
        # Across the 180th meridian the bounds go around the world; the label point is inside.
        lon, half = float(layer.lon[index]), max((north - south) / 2.0, 1.0)
        west, east = max(lon - half, -180.0), min(lon + half, 180.0)
    name = layer.names[index]
    if layer.level is GeoLevel.STATE and layer.parent[index] == 0:
        # A US state may be called like a country or a city; others say their country.
        name += " (state)"
    return FoundPlace(name, (west, south, east, north), layer.geounits[index])
