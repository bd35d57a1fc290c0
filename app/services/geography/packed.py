# SPDX-License-Identifier: MIT
"""Reads packed polygons (PLY1) and turns them into shapely polygons.

Layout, little endian: ``PLY1``, u32 features, u32 rings, u32 coordinates, u32
ring_start[features+1], u32 coord_start[rings+1], f32 xy[coordinates][2] in normalised Web Mercator
(0 to 1, x east, y south). Rings are closed; an outer ring has a positive shoelace sum, and its
holes, with a negative one, follow it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.services.geography.arrays import (
    Float32Array,
    FloatArray,
    LongArray,
    ObjectArray,
    damaged_installation,
)

_MAGIC = b"PLY1"
_HEAD_BYTES = 16
MAX_LATITUDE = 85.0
"""Web Mercator is cut here; nothing of ours lies beyond."""


@dataclass(frozen=True)
class PackedPolygons:
    """The content of one PLY1 file.

    Attributes:
        ring_start: Per feature its first ring, and the ring count at the end.
        coord_start: Per ring its first coordinate, and the coordinate count at the end.
        xy: Normalised Web Mercator, one row per coordinate.
    """

    ring_start: LongArray
    coord_start: LongArray
    xy: Float32Array

    @property
    def feature_count(self) -> int:
        """Number of features."""
        return len(self.ring_start) - 1

    def subset(self, first: int, last: int) -> "PackedPolygons":
        """The features from `first` up to, not including, `last`."""
        rings = self.ring_start[first : last + 1]
        coords = self.coord_start[rings[0] : rings[-1] + 1]
        return PackedPolygons(rings - rings[0], coords - coords[0], self.xy[coords[0] : coords[-1]])

    def take(self, features: LongArray) -> "PackedPolygons":
        """These features in this order."""
        rings, ring_start = _ranges(self.ring_start, features)
        coords, coord_start = _ranges(self.coord_start, rings)
        return PackedPolygons(ring_start, coord_start, self.xy[coords])

    @classmethod
    def joined(cls, parts: "Sequence[PackedPolygons]") -> "PackedPolygons":
        """The features of all parts, one after the other."""
        ring_counts = np.concatenate([np.diff(part.ring_start) for part in parts])
        coord_counts = np.concatenate([np.diff(part.coord_start) for part in parts])
        return cls(
            np.concatenate([[0], np.cumsum(ring_counts)]),
            np.concatenate([[0], np.cumsum(coord_counts)]),
            np.concatenate([part.xy for part in parts]),
        )

    def to_bytes(self) -> bytes:
        """The content of a PLY1 file."""
        counts = [self.feature_count, len(self.coord_start) - 1, len(self.xy)]
        parts = (
            np.array(counts, "<u4"),
            self.ring_start.astype("<u4"),
            self.coord_start.astype("<u4"),
            self.xy.astype("<f4"),
        )
        return _MAGIC + b"".join(part.tobytes() for part in parts)

    def is_outer(self) -> npt.NDArray[np.bool_]:
        """Per ring whether it is an outer one (its shoelace sum is positive)."""
        x = self.xy[:, 0].astype(np.float64)
        y = self.xy[:, 1].astype(np.float64)
        cross = np.zeros(len(x))
        cross[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
        # The step from the last point of a ring to the first of the next one belongs to none.
        cross[self.coord_start[1:] - 1] = 0.0
        return np.add.reduceat(cross, self.coord_start[:-1]) > 0.0


def _ranges(start: LongArray, which: LongArray) -> tuple[LongArray, LongArray]:
    """The numbers in some of the ranges that `start` divides, and where each range begins then."""
    first, counts = start[which], start[which + 1] - start[which]
    begins = np.concatenate([[0], np.cumsum(counts)])
    numbers: LongArray = np.arange(int(begins[-1])) + np.repeat(first - begins[:-1], counts)
    return numbers, begins


def read_ply1(path: Path) -> PackedPolygons:
    """Read a PLY1 file.

    Raises:
        StoreError: The file is missing or is not PLY1.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise damaged_installation(path) from error
    if content[:4] != _MAGIC or len(content) < _HEAD_BYTES:
        raise damaged_installation(path)
    features, rings, coords = (int(n) for n in np.frombuffer(content, "<u4", 3, 4))
    if len(content) != _HEAD_BYTES + 4 * (features + 1 + rings + 1 + 2 * coords):
        raise damaged_installation(path)
    starts = np.frombuffer(content, "<u4", features + rings + 2, _HEAD_BYTES).astype(np.int64)
    xy = np.frombuffer(content, "<f4", 2 * coords, _HEAD_BYTES + 4 * len(starts))
    return PackedPolygons(starts[: features + 1], starts[features + 1 :], xy.reshape(-1, 2))


def to_polygons(packed: PackedPolygons) -> tuple[ObjectArray, LongArray]:
    """Shapely polygons of all features, and per polygon the feature that it is part of."""
    # Costs 0.2 s, and only point-in-area questions need it.
    import shapely  # noqa: PLC0415

    outer = packed.is_outer()
    first_ring = np.flatnonzero(outer)
    polygon_start = np.append(first_ring, len(outer))
    polygons = shapely.from_ragged_array(
        shapely.GeometryType.POLYGON,
        packed.xy.astype(np.float64),
        (packed.coord_start, polygon_start),
    )
    feature = np.searchsorted(packed.ring_start, first_ring, side="right") - 1
    return polygons, feature.astype(np.int64)


def mercator(lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Normalised Web Mercator x and y of points in degrees; latitudes are cut at 85."""
    x = (lon + 180.0) / 360.0
    phi = np.radians(np.clip(lat, -MAX_LATITUDE, MAX_LATITUDE))
    return x, 0.5 - np.arcsinh(np.tan(phi)) / (2.0 * np.pi)
