# SPDX-License-Identifier: MIT
"""US counties by name within their state, or by FIPS code."""

import re

import numpy as np

from app.models.geounit import GeoLevel
from app.services.geography.addresses import TextColumn
from app.services.geography.arrays import IntArray
from app.services.geography.factorizing import factorize, unique_numbers
from app.services.geography.folding import fold
from app.services.geography.geography import Geography

_FIPS_DIGITS = 5
_KINDS = re.compile(
    r" (county|co|cnty|parish|city borough|borough|census area|municipality|municipio|city)$"
)
"""What may be left out after the name; `fold` has taken "and" away."""


class CountyFinder:
    """Finds counties by name.

    Args:
        geography: Where to look.
    """

    def __init__(self, geography: Geography) -> None:
        self._geography = geography
        self._county_by_name: dict[tuple[int, str], int] | None = None

    def find(self, texts: TextColumn, states: IntArray) -> IntArray:
        """Positions in the county layer, -1 where the county is not found.

        Args:
            texts: The county of each account as written: "Cook County", "Cook", "Cook County, IL"
                or "17031".
            states: Position of the state of each account, -1 for unknown.
        """
        code, names = factorize(texts)
        pair = (states.astype(np.int64) + 1) * len(names) + code
        unique, back = unique_numbers(pair)
        found = [self._county(names[n % len(names)], n // len(names) - 1) for n in unique]
        return np.asarray(found, np.int32)[back]

    def _county(self, text: str, state: int) -> int:
        layer = self._geography.layer(GeoLevel.COUNTY)
        if text.isdecimal():
            found = layer.index_of(text.zfill(_FIPS_DIGITS))
            # A code that belongs to another state than the one given is a mistake.
            return found if found >= 0 and state in {-1, int(layer.parent[found])} else -1
        name, _, tail = text.partition(",")
        if state < 0 and tail:
            state = self._state(tail)
        if state < 0:
            return -1
        folded = fold(name)
        whole = self._by_name.get((state, _squeezed(folded)), -1)
        return whole if whole >= 0 else self._by_name.get((state, _bare(folded)), -1)

    def _state(self, text: str) -> int:
        gazetteer = self._geography.gazetteer
        region = gazetteer.region("US", text)
        if region is None:
            return -1
        fips = {short: code for code, short in gazetteer.state_abbreviations.items()}
        return self._geography.layer(GeoLevel.STATE).index_of(fips.get(region.region, ""))

    @property
    def _by_name(self) -> dict[tuple[int, str], int]:
        """Whole names first; "Baltimore" alone is the county rather than the city of that name."""
        if self._county_by_name is None:
            layer = self._geography.layer(GeoLevel.COUNTY)
            folded = [fold(name.rpartition(",")[0]) for name in layer.names]
            states: list[int] = layer.parent.tolist()
            table: dict[tuple[int, str], int] = {}
            for county, (state, name) in enumerate(zip(states, folded, strict=True)):
                table.setdefault((state, _squeezed(name)), county)
            cities_last = sorted(range(len(folded)), key=lambda c: folded[c].endswith(" city"))
            for county in cities_last:
                table.setdefault((states[county], _bare(folded[county])), county)
            self._county_by_name = table
        return self._county_by_name


def _squeezed(folded: str) -> str:
    """Without spaces, as "De Kalb" and "DeKalb" are the same name."""
    return folded.replace(" ", "")


def _bare(folded: str) -> str:
    return _squeezed(_KINDS.sub("", folded))
