# SPDX-License-Identifier: MIT
"""One level of the geography as arrays, and the map's view of a level."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from pathlib import Path

import numpy as np

from app.models.geounit import GeoLevel, geounit_id
from app.models.ids import GeoUnitId
from app.services.geography.arrays import (
    Float32Array,
    FloatArray,
    IntArray,
    LongArray,
    ObjectArray,
    TextArray,
    read_lines,
    read_tables,
)


@dataclass(frozen=True)
class LayerText:
    """What the window says about a layer."""

    label: str
    vintage: str
    attribution: str


@dataclass(frozen=True)
class GeoLayer:
    """All units of one level, in order of their code (the United States first among countries).

    Attributes:
        names: As shown, for example "Cook County, IL".
        parent: Position of the parent in the layer above, -1 for none.
        lon, lat: A point inside the area in WGS 84 degrees, for labels and centres.
        bounds: West, south, east, north in degrees, one row per unit.
        neighbors_start, neighbors: The neighbours of unit i are
            ``neighbors[neighbors_start[i] : neighbors_start[i + 1]]``; they share a border.
        label: Name of the level in the plural, for example "ZIP areas (approximate)".
    """

    level: GeoLevel
    codes: TextArray
    names: Sequence[str]
    parent: IntArray
    lon: FloatArray
    lat: FloatArray
    area_km2: Float32Array
    bounds: Float32Array
    neighbors_start: IntArray
    neighbors: IntArray
    text: LayerText

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def label(self) -> str:
        """Name of the level in the plural."""
        return self.text.label

    @property
    def vintage(self) -> str:
        """When the areas were as they are drawn."""
        return self.text.vintage

    @property
    def attribution(self) -> str:
        """Who made the areas, in one line."""
        return self.text.attribution

    @cached_property
    def geounits(self) -> tuple[GeoUnitId, ...]:
        """The ids of all units, in layer order."""
        return tuple(geounit_id(self.level, code) for code in self.codes.tolist())

    @cached_property
    def id_texts(self) -> ObjectArray:
        """The ids of all units as an array, in layer order."""
        return np.array(self.geounits, dtype=np.object_)

    @cached_property
    def name_texts(self) -> ObjectArray:
        """The names of all units as an array, in layer order."""
        return np.array(self.names, dtype=np.object_)

    @cached_property
    def code_texts(self) -> ObjectArray:
        """The codes as texts in layer order, and an empty one at the end, where -1 leads."""
        return np.array([*self.codes.tolist(), ""], dtype=np.object_)

    @cached_property
    def index_by_code(self) -> Mapping[str, int]:
        """Position by code."""
        return {code: index for index, code in enumerate(self.codes.tolist())}

    def index_of(self, code: str) -> int:
        """Position of the unit with this code, -1 where there is none."""
        return self.index_by_code.get(code, -1)

    def indices_of(self, codes: Iterable[str] | TextArray) -> IntArray:
        """Positions of the units with these codes, -1 where there is none."""
        listed: Iterable[str] = codes.tolist() if isinstance(codes, np.ndarray) else codes
        # Mapped without a Python loop: 0.4 s for a million codes.
        return np.fromiter(map(self.index_by_code.get, listed, repeat(-1)), dtype=np.int32)

    def neighbors_of(self, index: int) -> IntArray:
        """Positions of the units that share a border with the unit at this position."""
        return self.neighbors[self.neighbors_start[index] : self.neighbors_start[index + 1]]


@dataclass(frozen=True)
class GeoView:
    """What the map shows for a level.

    The US units of the level, then the states of other countries, then the countries without
    states; in the view of countries just these.

    Attributes:
        geounits: By feature number on the map.
        names: As shown, in the same order.
        bounds: West, south, east, north in degrees, in the same order.
        us_count: How many of them, at the front, are US units of the level.
        polygon_path: Their areas as PLY1, in the same order.
    """

    level: GeoLevel
    geounits: tuple[GeoUnitId, ...]
    names: tuple[str, ...]
    bounds: Float32Array
    us_count: int
    polygon_path: Path

    @classmethod
    def of(
        cls, level: GeoLevel, listed: Sequence[tuple[GeoLayer, LongArray | None]], path: Path
    ) -> "GeoView":
        """A view of these units, those of the level first.

        Args:
            level: Whose view it is.
            listed: Layers with the positions of their units in the view, None for all.
            path: The file of the areas.
        """
        parts = [(layer, slice(None) if rows is None else rows) for layer, rows in listed]
        first, rows = listed[0]
        own = len(first) if rows is None else len(rows)
        return cls(
            level=level,
            geounits=tuple(chain.from_iterable(layer.id_texts[rows] for layer, rows in parts)),
            names=tuple(chain.from_iterable(layer.name_texts[rows] for layer, rows in parts)),
            bounds=np.concatenate([layer.bounds[rows] for layer, rows in parts]),
            us_count=1 if level is GeoLevel.COUNTRY else own,
            polygon_path=path,
        )

    @property
    def key(self) -> str:
        """Which view it is."""
        return self.level.value

    @property
    def polygons(self) -> Path:
        """The file of the areas, as PLY1."""
        return self.polygon_path

    @property
    def unit_of_feature(self) -> IntArray | None:
        """None: every area is a unit."""
        return None

    @cached_property
    def position_by_geounit(self) -> Mapping[GeoUnitId, int]:
        """Feature number by id."""
        return {geounit: position for position, geounit in enumerate(self.geounits)}


def read_layer(path: Path, level: GeoLevel, text: LayerText) -> GeoLayer:
    """Read the table of one level.

    Raises:
        StoreError: The file is missing or damaged.
    """
    tables = read_tables(path)
    return GeoLayer(
        level=level,
        codes=tables["codes"].astype(np.str_),
        names=tuple(read_lines(tables["names"])),
        parent=tables["parent"].astype(np.int32, copy=False),
        lon=tables["lon"].astype(np.float64, copy=False),
        lat=tables["lat"].astype(np.float64, copy=False),
        area_km2=tables["area_km2"].astype(np.float32, copy=False),
        bounds=tables["bounds"].astype(np.float32, copy=False),
        neighbors_start=tables["neighbors_start"].astype(np.int32, copy=False),
        neighbors=tables["neighbors"].astype(np.int32, copy=False),
        text=text,
    )
