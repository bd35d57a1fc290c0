# SPDX-License-Identifier: MIT
"""A boundary layer that is ready for the map and for the plan file."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from app.services.geography.arrays import Float32Array, FloatArray, IntArray
from app.services.geography.packed import PackedPolygons

GRID = 1 << 24
"""Steps of a coordinate between 0 and 1 (2.4 m at the equator); all are exact in float32, so that
a border is the same to the bit for both areas that share it."""


class Finding(Enum):
    """What was found about an area while a layer was prepared."""

    REPAIRED = "repaired"
    """Its outline crossed or touched itself and was repaired."""
    EMPTY = "empty"
    """It had no outline, or one without an area, and was left out."""
    MISPLACED = "misplaced"
    """Its coordinates are not on the earth, and it was left out."""
    NO_CODE = "no_code"
    """Its code was empty, and it was left out."""
    MERGED = "merged"
    """Several rows had its code; their outlines became one area."""
    OVERLAP = "overlap"
    """It covers a part of another area."""
    CUT = "cut"
    """A part of it lay beyond the map (above 85 degrees north, below 85 south)."""


@dataclass(frozen=True, slots=True)
class LayerFinding:
    """One finding about one area.

    Attributes:
        code: The area's code; empty where it had none.
        name: Its name as the file has it.
        other: The code of the area that it overlaps; empty else.
        share: Of the smaller of two overlapping areas, 0 to 1; the number of rows that were
            merged; 0 else.
    """

    finding: Finding
    code: str
    name: str
    other: str = ""
    share: float = 0.0


@dataclass(frozen=True)
class PreparedLayer:
    """The areas of a boundary layer as arrays; position i is the same area in each.

    Attributes:
        codes: Unique, in sorted order.
        names: As shown; the code where the file has no name.
        lon, lat: A point inside the area in WGS 84 degrees.
        area_km2: On the sphere, from the outline before it was simplified.
        bounds: West, south, east, north in degrees, one row per area.
        neighbors_start, neighbors: The neighbours of area i are
            ``neighbors[neighbors_start[i] : neighbors_start[i + 1]]`` in rising order; they share
            a border that is longer than a corner.
        polygons: One feature per area in normalised Web Mercator on steps of 1 / `GRID`;
            simplified with shared borders kept exact.
        findings: What was repaired, left out, merged or overlaps.
        gap_km2: Area of the holes between areas, enclosed by them and belonging to none.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    lon: FloatArray
    lat: FloatArray
    area_km2: Float32Array
    bounds: Float32Array
    neighbors_start: IntArray
    neighbors: IntArray
    polygons: PackedPolygons
    findings: tuple[LayerFinding, ...] = field(default=())
    gap_km2: float = 0.0

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def counts(self) -> Mapping[Finding, int]:
        """How many findings there are of each kind."""
        return Counter(finding.finding for finding in self.findings)
