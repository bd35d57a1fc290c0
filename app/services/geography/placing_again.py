# SPDX-License-Identifier: MIT
"""Finding the areas of accounts anew after the areas themselves have changed."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.models.account import PlacedBy
from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.services.geography.arrays import BoolArray, FloatArray, IntArray, LongArray, ObjectArray
from app.services.geography.geography import Geography
from app.services.geography.layered import LayeredGeography
from app.services.geography.postal import read_zip
from app.services.geography.postal_abroad import CodeReader

_BY_POINT = frozenset({PlacedBy.COORDINATES.value, PlacedBy.BY_HAND.value})
_BY_CODE = frozenset({PlacedBy.POSTAL_CODE.value, PlacedBy.PO_BOX.value})
_BY_CITY = PlacedBy.CITY.value
_HOME = "US"


@dataclass(frozen=True)
class AccountPlaces:
    """Where accounts are, one entry per account.

    Attributes:
        lon, lat: WGS 84 degrees, nan where not placed.
        placed_by: Value of `PlacedBy`.
        postal_code: As imported.
        codes: Per level the code of the unit that contains the account, empty for none.
    """

    lon: FloatArray
    lat: FloatArray
    placed_by: ObjectArray
    postal_code: ObjectArray
    codes: Mapping[GeoLevel, ObjectArray]


def placed_again(geography: Geography, accounts: AccountPlaces) -> AccountPlaces:
    """The accounts in the areas that there are now.

    An account that was placed by its postal code belongs to the area of that code where there is
    one, also abroad, and else to the area that contains its point; one that was placed by
    coordinates or by hand to the area that contains it. Whoever is known by region or country
    alone stays there, unless an area has the account's postal code.

    Args:
        geography: The areas as they are now.
        accounts: The accounts as they were.
    """
    run = _Run(geography, accounts)
    run.by_code_abroad()
    run.by_code_at_home()
    run.by_point()
    return run.result


class _Run:
    def __init__(self, geography: Geography, accounts: AccountPlaces) -> None:
        self._geography = geography
        self._postal = accounts.postal_code
        self.result = AccountPlaces(
            accounts.lon.copy(),
            accounts.lat.copy(),
            accounts.placed_by.copy(),
            accounts.postal_code,
            {level: codes.copy() for level, codes in accounts.codes.items()},
        )
        rules = accounts.placed_by
        self._country = accounts.codes[GeoLevel.COUNTRY]
        self._is_by_code = _among(rules, _BY_CODE)
        self._is_by_city = rules == _BY_CITY
        self._is_by_point = _among(rules, _BY_POINT)
        self._is_open = self._is_by_code | self._is_by_city | self._is_by_point

    def by_code_abroad(self) -> None:
        """Areas of other countries by postal code, whatever had placed the account."""
        layers = self._geography.joined if isinstance(self._geography, LayeredGeography) else ()
        for layer in layers:
            if layer.info.level is not GeoLevel.ZIP or not layer.info.country:
                continue
            here = (self._country == layer.info.country) & ~self._is_by_point
            rows = np.flatnonzero(here & (self._postal != ""))
            units = self._geography.layer(GeoLevel.ZIP)
            codes = CodeReader(layer).read(self._postal[rows].tolist())
            found = units.indices_of(codes)
            rows, found = rows[found >= 0], found[found >= 0]
            moves = self.result.codes[GeoLevel.ZIP][rows] != units.code_texts[found]
            self.result.lon[rows[moves]] = units.lon[found[moves]]
            self.result.lat[rows[moves]] = units.lat[found[moves]]
            self.result.placed_by[rows] = PlacedBy.POSTAL_CODE.value
            self._put(rows, GeoLevel.ZIP, found)

    def by_code_at_home(self) -> None:
        """US ZIP areas by the code of the address, or by that of the city that was found."""
        units = self._geography.layer(GeoLevel.ZIP)
        at_home = self._is_open & (self._country == _HOME)
        rows = np.flatnonzero(at_home & self._is_by_code)
        read = {text: read_zip(text)[0] for text in set(self._postal[rows].tolist())}
        wanted = [read[text] for text in self._postal[rows].tolist()]
        self._put_known(rows, units.indices_of(wanted))
        rows = np.flatnonzero(at_home & self._is_by_city)
        self._put_known(rows, units.indices_of(self.result.codes[GeoLevel.ZIP][rows].tolist()))

    def by_point(self) -> None:
        """Whatever no code has placed, where it has a point."""
        rows = np.flatnonzero(self._is_open & np.isfinite(self.result.lon))
        located = self._geography.locate(self.result.lon[rows], self.result.lat[rows])
        is_found = located.index[GeoLevel.COUNTRY] >= 0
        for level in LEVELS_COARSE_TO_FINE:
            texts = self._geography.layer(level).code_texts
            self.result.codes[level][rows[is_found]] = texts[located.index[level][is_found]]

    def _put_known(self, rows: LongArray, found: IntArray) -> None:
        self._put(rows[found >= 0], GeoLevel.ZIP, found[found >= 0])

    def _put(self, rows: LongArray, level: GeoLevel, units: IntArray) -> None:
        for above in LEVELS_COARSE_TO_FINE:
            texts = self._geography.layer(above).code_texts
            if above.depth <= level.depth:
                around = self._geography.ancestors(level, above)[units]
                self.result.codes[above][rows] = texts[around]
        self._is_open[rows] = False


def _among(values: ObjectArray, wanted: frozenset[str]) -> BoolArray:
    return np.fromiter(map(wanted.__contains__, values.tolist()), np.bool_, len(values))
