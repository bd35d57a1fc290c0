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

from pathlib import Path

import numpy as np

from app.models.geounit import GeoLevel
from app.services.geography.geography import Geography
from app.services.geography.layer import GeoLayer, LayerText
from app.services.geography.locating import LocatedUnits
from app.services.geography.searching import FoundPlace

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


def tiny_geography() -> Geography:
    """The drawing above."""
    return TinyGeography()


class TinyGeography(Geography):
    """The real thing over the drawing above; it has neither polygons nor names of places."""

    def __init__(self) -> None:
        super().__init__(Path("no such folder"), {})

    def _make_layer(self, level: GeoLevel) -> GeoLayer:
        return _layer(level)

    def search(self, text: str, limit: int = 10) -> list[FoundPlace]:
        return []

    def locate(self, lon: np.ndarray, lat: np.ndarray) -> LocatedUnits:
        located = LocatedUnits.nowhere(len(np.asarray(lon)))
        located.index[GeoLevel.COUNTRY][:] = np.where(np.asarray(lon) > -30, 0, 1)
        return located


def _layer(level: GeoLevel) -> GeoLayer:
    count = len(_CODES[level])
    pairs = [(i, i + 1) for i in range(count - 1)] if level is GeoLevel.COUNTY else []
    near = [[b for a, b in pairs if a == i] + [a for a, b in pairs if b == i] for i in range(count)]
    lon, lat = np.array(_LON[level]), np.full(count, 40.0)
    return GeoLayer(
        level=level,
        codes=np.array(_CODES[level], dtype=np.str_),
        names=[f"<{code}>" for code in _CODES[level]],
        parent=np.array(_PARENT[level], dtype=np.int32),
        lon=lon,
        lat=lat,
        area_km2=np.ones(count, np.float32),
        bounds=np.column_stack([lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1]).astype(np.float32),
        neighbors_start=np.cumsum([0, *map(len, near)]).astype(np.int32),
        neighbors=np.array([i for row in near for i in row], dtype=np.int32),
        text=LayerText("Tiny areas", "", ""),
    )
