# SPDX-License-Identifier: MIT
"""Finding a place by what the user types: ZIPs, cities, counties, states, countries."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId
from app.services.geography.arrays import IntArray
from app.services.geography.folding import fold
from app.services.geography.gazetteer import Gazetteer
from app.services.geography.layer import GeoLayer

Bounds = tuple[float, float, float, float]
_CITY_DEGREES = 0.12
"""Half the height of what is shown around a city, which has no area of its own."""


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

        Among equals a country comes before a state, a city, and a county, and a large city before
        a small one.
        """
        digits = text.strip()
        if digits.isdecimal():
            return self._zips(digits, limit)
        wanted = fold(text.replace(",", " "))
        if not wanted:
            return []
        ranked = sorted(self._ranked(wanted, limit), key=lambda each: each[0])
        return [place for _, place in ranked[:limit]]

    def _zips(self, digits: str, limit: int) -> list[FoundPlace]:
        layer = self._layers[GeoLevel.ZIP]
        first = int(np.searchsorted(layer.codes, digits))
        last = int(np.searchsorted(layer.codes, digits + ":"))
        return [_unit(layer, index) for index in range(first, min(last, first + limit))]

    def _ranked(self, wanted: str, limit: int) -> Iterator[tuple[int, FoundPlace]]:
        """Candidates with their rank, low first; of each level at most `limit`."""
        sources: tuple[tuple[int, list[str]], ...] = (
            (0, self._folded[GeoLevel.COUNTRY]),
            (1, self._folded[GeoLevel.STATE]),
            (2, self._cities[2]),
            (3, self._folded[GeoLevel.COUNTY]),
        )
        kinds = (GeoLevel.COUNTRY, GeoLevel.STATE, None, GeoLevel.COUNTY)
        for (order, names), level in zip(sources, kinds, strict=True):
            for quality, index in _matches(names, wanted, limit):
                place = self._city(index) if level is None else _unit(self._layers[level], index)
                yield quality * 10 + order, place

    def _city(self, index: int) -> FoundPlace:
        names, places, _ = self._cities
        cities = self._gazetteer.cities
        lon, lat = float(cities.lon[places[index]]), float(cities.lat[places[index]])
        wide = _CITY_DEGREES / max(float(np.cos(np.radians(lat))), 0.1)
        return FoundPlace(
            self._city_name(names[index]),
            (lon - wide, lat - _CITY_DEGREES, lon + wide, lat + _CITY_DEGREES),
        )

    def _city_name(self, listed: str) -> str:
        """The name with its country written out: "Lyon, France"; US cities keep their state."""
        city, _, home = listed.rpartition(", ")
        if home in self._gazetteer.state_abbreviations.values() and listed in self._us_names:
            return listed
        layer = self._layers[GeoLevel.COUNTRY]
        index = layer.index_of(self._gazetteer.layer_code(home))
        return f"{city}, {layer.names[index]}" if index >= 0 else city

    @cached_property
    def _folded(self) -> dict[GeoLevel, list[str]]:
        levels = (GeoLevel.COUNTRY, GeoLevel.STATE, GeoLevel.COUNTY)
        return {level: [fold(name) for name in self._layers[level].names] for level in levels}

    @cached_property
    def _cities(self) -> tuple[list[str], IntArray, list[str]]:
        names, places = self._gazetteer.searchable_cities()
        return names, places, [fold(name) for name in names]

    @cached_property
    def _us_names(self) -> frozenset[str]:
        names, places, _ = self._cities
        in_us = self._gazetteer.cities.zip_index[places] >= 0
        return frozenset(name for name, own in zip(names, in_us.tolist(), strict=True) if own)


def _matches(names: list[str], wanted: str, limit: int) -> Iterator[tuple[int, int]]:
    """Quality (0 the whole name or its first part, 1 its beginning, 2 a word in it), position."""
    found: tuple[list[int], list[int], list[int]] = ([], [], [])
    inner = f" {wanted}"
    for index, name in enumerate(names):
        if name.startswith(wanted):
            is_whole = len(name) == len(wanted) or (
                name[len(wanted)] == " " and len(name) - len(wanted) <= 3
            )
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
        west, east = lon - half, lon + half
    return FoundPlace(layer.names[index], (west, south, east, north), layer.geounits[index])
