# SPDX-License-Identifier: MIT
"""Polygons of an exported map in a compact form: whole grid steps, as differences.

Points are moved to a grid and repeated ones dropped. Neighbours that share a border still share
it, because the same point always goes to the same place on the grid.
"""

import base64
import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.services.geography.arrays import damaged_installation
from app.services.geography.packed import PackedPolygons, read_ply1

GRID = 1 << 20
"""Steps around the world: about 38 m at the equator, a pixel at zoom 12."""
_COARSE_BITS = 6
_LEVEL = 6
"""Of 9: the last three take four times as long and save 2 %."""
_CLOSED_TRIANGLE = 4
_OPEN_LINE = 2
_LAST_CITY_TIER = 3
_LINE_HEAD_BYTES = 12

IntArray = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class CompactShapes:
    """What the exported page unpacks.

    Attributes:
        steps: Rings per feature, points per ring, then the x and the y differences.
    """

    count: int
    rings: int
    points: int
    steps: IntArray

    def facts(self) -> dict[str, int]:
        """The sizes that the page needs beside the steps."""
        return {"count": self.count, "rings": self.rings, "points": self.points, "grid": GRID}


def compact_polygons(
    polygons: PackedPolygons, wanted: npt.NDArray[np.intp], lost_bits: npt.NDArray[np.integer]
) -> CompactShapes:
    """The wanted features, in the order given.

    Args:
        polygons: All features of a view.
        wanted: Features to keep.
        lost_bits: Per wanted feature how many bits of its coordinates may be lost, where it is
            mere surroundings. A point that it shares with a finer feature stays where it is.
    """
    ring_counts = np.diff(polygons.ring_start)[wanted]
    rings = ranges(polygons.ring_start[wanted], ring_counts)
    lengths = np.diff(polygons.coord_start)[rings]
    points = ranges(polygons.coord_start[rings], lengths)
    owner = np.repeat(np.arange(len(wanted)), ring_counts)
    xy = polygons.xy[points]
    placed = _on_grid(xy, _fewest_lost(xy, np.repeat(lost_bits[owner], lengths)))
    return _compact(placed, lengths, owner, len(wanted), _CLOSED_TRIANGLE)


def compact_lines(path: Path) -> CompactShapes:
    """A line layer (``LIN1``) or the rings of a polygon layer (``PLY1``) as one feature."""
    if path.suffix == ".lin":
        starts, xy = read_lin1(path)
        least = _OPEN_LINE
    else:
        polygons = read_ply1(path)
        starts, xy = polygons.coord_start, polygons.xy
        least = _CLOSED_TRIANGLE
    placed = _on_grid(xy, np.full(len(xy), _COARSE_BITS))
    owner = np.zeros(len(starts) - 1, np.intp)
    return _compact(placed, np.diff(starts), owner, 1, least)


def read_lin1(path: Path) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """The lines of a ``LIN1`` file: the first point of each and the count, and the points.

    Raises:
        StoreError: The file is missing or is not LIN1.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise damaged_installation(path) from error
    if content[:4] != b"LIN1" or len(content) < _LINE_HEAD_BYTES:
        raise damaged_installation(path)
    lines, points = (int(n) for n in np.frombuffer(content, "<u4", 2, 4))
    if len(content) != _LINE_HEAD_BYTES + 4 * (lines + 1 + 2 * points):
        raise damaged_installation(path)
    starts = np.frombuffer(content, "<u4", lines + 1, _LINE_HEAD_BYTES).astype(np.int64)
    xy = np.frombuffer(content, "<f4", 2 * points, _LINE_HEAD_BYTES + 4 * len(starts))
    return starts, xy.reshape(-1, 2)


def _fewest_lost(
    xy: npt.NDArray[np.float32], lost_bits: npt.NDArray[np.integer]
) -> npt.NDArray[np.integer]:
    """Per point the fewest bits that any feature with a point there may lose."""
    if not lost_bits.any():
        return lost_bits
    place = np.ascontiguousarray(xy, np.float32).view(np.uint64).reshape(-1)
    _, which = np.unique(place, return_inverse=True)
    fewest = np.full(int(which.max()) + 1, _COARSE_BITS, np.int64)
    np.minimum.at(fewest, which, lost_bits)
    return fewest[which]


def _on_grid(xy: npt.NDArray[np.float32], lost_bits: npt.NDArray[np.integer]) -> IntArray:
    placed = np.rint(xy.astype(np.float64) * GRID).astype(np.int32)
    bits = lost_bits.astype(np.int32)[:, None]
    half = (1 << bits) >> 1
    return (placed + half) >> bits << bits


def _compact(
    placed: IntArray,
    lengths: npt.NDArray[np.integer],
    owner: npt.NDArray[np.intp],
    count: int,
    least: int,
) -> CompactShapes:
    """Drops repeated points and what has fewer than `least` points left, and takes differences."""
    ring = np.repeat(np.arange(len(lengths)), lengths)
    is_new = np.ones(len(placed), np.bool_)
    is_new[1:] = np.any(placed[1:] != placed[:-1], axis=1) | (ring[1:] != ring[:-1])
    kept_lengths = np.bincount(ring[is_new], minlength=len(lengths))
    stays = kept_lengths >= least
    is_new &= stays[ring]
    kept = placed[is_new]
    deltas = np.diff(kept, axis=0, prepend=np.zeros((1, 2), np.int32))
    ring_counts = np.bincount(owner[stays], minlength=count)
    steps = np.concatenate([ring_counts, kept_lengths[stays], deltas[:, 0], deltas[:, 1]])
    return CompactShapes(count, int(stays.sum()), len(kept), steps.astype("<i4"))


def ranges(
    starts: npt.NDArray[np.integer], lengths: npt.NDArray[np.integer]
) -> npt.NDArray[np.intp]:
    """The whole numbers of several ranges after each other."""
    total = int(lengths.sum())
    before = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(lengths) else lengths
    return np.arange(total) + np.repeat(starts - before, lengths)


def packed_text(content: bytes) -> str:
    """Bytes as text for a data block: gzip, then base64."""
    return base64.b64encode(gzip.compress(content, _LEVEL, mtime=0)).decode("ascii")


def cities_within(
    path: Path | None, bounds: tuple[float, float, float, float]
) -> list[tuple[str, float, float, int]]:
    """Name, longitude, latitude and tier of the larger cities inside west, south, east, north."""
    if path is None:
        return []
    west, south, east, north = bounds
    listed: list[tuple[str, float, float, int]] = json.loads(path.read_text(encoding="utf-8"))
    return [
        (name, lon, lat, tier)
        for name, lon, lat, tier in listed
        if tier <= _LAST_CITY_TIER and west <= lon <= east and south <= lat <= north
    ]
