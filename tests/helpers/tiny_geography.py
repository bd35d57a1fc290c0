# SPDX-License-Identifier: MIT
"""A geography small enough to check by hand.

    US                          FR
    state 01      state 02
    county 01001  county 02001
      zip 10001     zip 20001
      zip 10002   county 02002
    county 01002    zip 20002
      zip 10003     zip 20003

Counties 01001-01002, 01002-02001 and 02001-02002 are neighbours, in a row from west to east.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

import numpy as np

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel, geounit_id, split_geounit_id
from app.models.ids import GeoUnitId
from app.services.geography.geography import Geography

_CODES = {
    GeoLevel.COUNTRY: ["FR", "US"],
    GeoLevel.STATE: ["01", "02"],
    GeoLevel.COUNTY: ["01001", "01002", "02001", "02002"],
    GeoLevel.ZIP: ["10001", "10002", "10003", "20001", "20002", "20003"],
}
_PARENT = {
    GeoLevel.COUNTRY: [-1, -1],
    GeoLevel.STATE: [1, 1],
    GeoLevel.COUNTY: [0, 0, 1, 1],
    GeoLevel.ZIP: [0, 0, 1, 2, 3, 3],
}
_LON = {
    GeoLevel.COUNTRY: [2.0, -97.0],
    GeoLevel.STATE: [-98.5, -96.5],
    GeoLevel.COUNTY: [-99.0, -98.0, -97.0, -96.0],
    GeoLevel.ZIP: [-99.1, -98.9, -98.0, -97.0, -96.1, -95.9],
}


@dataclass
class TinyLayer:
    """The part of a layer that calculators and builders use."""

    level: GeoLevel
    codes: np.ndarray
    parent: np.ndarray
    lon: np.ndarray
    lat: np.ndarray
    neighbors_start: np.ndarray
    neighbors: np.ndarray

    @property
    def names(self) -> list[str]:
        """As `TinyGeography.name` calls them."""
        return [f"<{code}>" for code in self.codes.tolist()]

    def index_of(self, code: str) -> int:
        found = np.nonzero(self.codes == code)[0]
        return int(found[0]) if len(found) else -1

    def indices_of(self, codes: Iterable[str]) -> np.ndarray:
        return np.array([self.index_of(str(code)) for code in codes], dtype=np.int32)


def tiny_geography() -> Geography:
    """The drawing above, for whoever asks for a `Geography`."""
    return cast("Geography", TinyGeography())


class TinyGeography:
    """Answers like `Geography`, from the drawing above."""

    def __init__(self) -> None:
        self._layers = {level: _layer(level) for level in LEVELS_COARSE_TO_FINE}

    def layer(self, level: GeoLevel) -> TinyLayer:
        return self._layers[level]

    def view(self, level: GeoLevel) -> SimpleNamespace:
        units = [geounit_id(level, code) for code in _CODES[level]]
        if level is not GeoLevel.COUNTRY:
            units.append(geounit_id(GeoLevel.COUNTRY, "FR"))
        return SimpleNamespace(level=level, geounits=tuple(units))

    def name(self, unit: GeoUnitId) -> str:
        return f"<{split_geounit_id(unit)[1]}>"

    def parent(self, unit: GeoUnitId) -> GeoUnitId | None:
        level, code = split_geounit_id(unit)
        above = int(self.layer(level).parent[self.layer(level).index_of(code)])
        if above < 0:
            return None
        coarser = LEVELS_COARSE_TO_FINE[level.depth - 1]
        return geounit_id(coarser, str(self.layer(coarser).codes[above]))

    def descendants_of(self, unit: GeoUnitId) -> tuple[GeoUnitId, ...]:
        return tuple(
            inner
            for level in LEVELS_COARSE_TO_FINE
            for code in _CODES[level]
            if unit in self._above(inner := geounit_id(level, code))
        )

    def search(self, _text: str, _limit: int) -> list[object]:
        return []

    def locate(self, lon: np.ndarray, _lat: np.ndarray) -> SimpleNamespace:
        lon = np.asarray(lon)
        country = np.where(lon > -30, 0, 1).astype(np.int32)
        return SimpleNamespace(index={GeoLevel.COUNTRY: country})

    def _above(self, unit: GeoUnitId) -> list[GeoUnitId]:
        chain = []
        above = self.parent(unit)
        while above is not None:
            chain.append(above)
            above = self.parent(above)
        return chain


def _layer(level: GeoLevel) -> TinyLayer:
    count = len(_CODES[level])
    pairs = [(i, i + 1) for i in range(count - 1)] if level is GeoLevel.COUNTY else []
    near = [[b for a, b in pairs if a == i] + [a for a, b in pairs if b == i] for i in range(count)]
    return TinyLayer(
        level=level,
        codes=np.array(_CODES[level], dtype=np.str_),
        parent=np.array(_PARENT[level], dtype=np.int32),
        lon=np.array(_LON[level]),
        lat=np.full(count, 40.0),
        neighbors_start=np.cumsum([0, *map(len, near)]).astype(np.int32),
        neighbors=np.array([i for row in near for i in row], dtype=np.int32),
    )
