# SPDX-License-Identifier: MIT
"""Cities by name within their region and country."""

import re

import numpy as np

from app.services.geography.address_names import UnderstoodNames
from app.services.geography.arrays import IntArray, ObjectArray
from app.services.geography.factorizing import factorize, unique_numbers
from app.services.geography.folding import city_key, fold
from app.services.geography.gazetteer import RegionName
from app.services.geography.geography import Geography

_TAIL = re.compile(r"[,(/;].*| - .*|\s+\d+\w*$")
_PREFIX = re.compile(r"^((city|town|village|township) of|greater|downtown)\s+", re.IGNORECASE)
_SUFFIX = re.compile(r"\s+(city|town|township|twp|village|cedex.*)$", re.IGNORECASE)
_COMPASS = {"n": "north", "s": "south", "e": "east", "w": "west"}


class CityFinder:
    """Finds cities, remembering each name that it has looked up.

    Args:
        geography: Where to look.
    """

    def __init__(self, geography: Geography) -> None:
        self._gazetteer = geography.gazetteer
        self._place_by_name: dict[tuple[RegionName, str], int] = {}

    def find(self, texts: ObjectArray, names: UnderstoodNames) -> IntArray:
        """Positions in the gazetteer's cities, -1 where the city is not found.

        Args:
            texts: The city of each account as written.
            names: Country and region of the same accounts.
        """
        code, cities = factorize(texts)
        pair = names.kind.astype(np.int64) * len(cities) + code
        unique, back = unique_numbers(pair)
        asked = [(names.name_of(n // len(cities)), cities[n % len(cities)]) for n in unique]
        known = self._place_by_name
        new = list(dict.fromkeys(name for name in asked if name not in known))
        known.update(zip(new, self._look_up(new).tolist(), strict=True))
        return np.asarray([known[name] for name in asked], np.int32)[back]

    def _look_up(self, names: list[tuple[RegionName, str]]) -> IntArray:
        found = np.full(len(names), -1, np.int32)
        tried: set[tuple[str, str]] = set()
        for spell in (_as_written, _bare, _without_suffix, _before_dash, _compass):
            rows = np.flatnonzero(found < 0).tolist()
            cities = {names[row][1] for row in rows}
            spelled = {(city, fold(spell(city))) for city in cities} - tried
            # Most names have one spelling only, which need not be asked for again.
            tried |= spelled
            folded = dict(spelled)
            for key in (_key_in_region, _key_in_country):
                wanted = [
                    (row, text)
                    for row in np.flatnonzero(found < 0).tolist()
                    if names[row][1] in folded
                    and (text := key(names[row][0], folded[names[row][1]]))
                ]
                hits = self._gazetteer.cities_of(text for _, text in wanted)
                found[[row for row, _ in wanted]] = hits
        return found


def _as_written(city: str) -> str:
    return city


def _bare(city: str) -> str:
    """Without what follows a comma, bracket or dash, a district number, and "City of"."""
    return _PREFIX.sub("", _TAIL.sub("", city).strip())


def _without_suffix(city: str) -> str:
    return _SUFFIX.sub("", _bare(city))


def _before_dash(city: str) -> str:
    return city.partition("-")[0]


def _compass(city: str) -> str:
    first, _, rest = _bare(city).partition(" ")
    return f"{_COMPASS.get(first.lower().rstrip('.'), first)} {rest}"


def _key_in_region(kind: RegionName, name: str) -> str:
    return city_key(kind.country, kind.region, name) if kind.region and name else ""


def _key_in_country(kind: RegionName, name: str) -> str:
    # A US state that is given must have the city: "Portland, TX" is not in Oregon.
    is_bound = kind.country == "US" and kind.region
    return city_key(kind.country, "", name) if name and not is_bound else ""
