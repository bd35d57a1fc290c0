# SPDX-License-Identifier: MIT
"""A prepared layer as bytes for the plan file, and back.

A plan may come from a stranger, so nothing of the bytes is trusted: sizes are checked before
anything is unpacked, and every index, coordinate and text before it is used.

Layout, little endian: ``EVL1``, u32 areas, u32 rings, u32 corners (without the closing one of each
ring), u32 neighbours, f64 area of the gaps, then nine deflated sections, each with the u32 sizes
unpacked and packed in front: codes, names and findings as text; label points, areas, bounds;
neighbours per area, neighbours; rings per area, corners per ring and the corners as differences.
"""

import json
import struct
import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from app.models.errors import StoreError
from app.services.boundaries.prepared import GRID, Finding, LayerFinding, PreparedLayer
from app.services.geography.arrays import Float32Array, FloatArray, LongArray
from app.services.geography.packed import PackedPolygons

MAX_PACKED_BYTES = 64 * 1024 * 1024
MAX_AREAS = 250_000
MAX_RINGS = 1_000_000
MAX_CORNERS = 12_000_000
MAX_NEIGHBORS = 4_000_000
MAX_FINDINGS = 20_000
MAX_CODE_LENGTH = 60
MAX_NAME_LENGTH = 200

_HEAD = struct.Struct("<4sIIIId")
_SIZES = struct.Struct("<II")
_MAGIC = b"EVL1"
_TEXT_BYTES_PER_AREA = 4 * (MAX_NAME_LENGTH + 1)
_MAX_LON, _MAX_LAT = 180.01, 90.01
"""Bounds are float32, so that a little more than the whole earth must pass."""
_MAX_FINDING_BYTES = 64 * 1024 * 1024


ByteArray: TypeAlias = npt.NDArray[np.uint8]


class _Broken(Exception):
    """The bytes are not a layer; the text is for the log alone."""


def pack_layer(layer: PreparedLayer) -> bytes:
    """The layer as bytes; equal layers give equal bytes."""
    polygons = layer.polygons
    is_closing = np.zeros(len(polygons.xy), np.bool_)
    is_closing[polygons.coord_start[1:] - 1] = True
    corners = np.rint(polygons.xy[~is_closing].astype(np.float64) * GRID).astype(np.int64)
    sections = [
        "\n".join(layer.codes).encode(),
        "\n".join(layer.names).encode(),
        _finding_bytes(layer.findings),
        np.column_stack([layer.lon, layer.lat]).astype("<f8").tobytes(),
        np.column_stack([layer.area_km2, layer.bounds]).astype("<f4").tobytes(),
        np.diff(layer.neighbors_start).astype("<u4").tobytes(),
        layer.neighbors.astype("<u4").tobytes(),
        np.diff(polygons.ring_start).astype("<u4").tobytes()
        + (np.diff(polygons.coord_start) - 1).astype("<u4").tobytes(),
        _differences(corners[:, 0]) + _differences(corners[:, 1]),
    ]
    rings = len(polygons.coord_start) - 1
    head = _HEAD.pack(_MAGIC, len(layer), rings, len(corners), len(layer.neighbors), layer.gap_km2)
    return head + b"".join(_deflated(section) for section in sections)


def unpack_layer(content: bytes) -> PreparedLayer:
    """The layer of the bytes that `pack_layer` made.

    Raises:
        StoreError: They are damaged, or were made to do harm.
    """
    try:
        return _unpacked(content)
    except (_Broken, zlib.error, struct.error, ValueError, RecursionError) as error:
        raise StoreError(
            "A boundary layer of this plan is damaged.",
            meaning="The areas of the layer cannot be shown; the rest of the plan is not affected.",
            remedy="Remove the layer and add its file again.",
        ) from error


def _unpacked(content: bytes) -> PreparedLayer:
    _claim(_HEAD.size < len(content) <= MAX_PACKED_BYTES, "size")
    magic, areas, rings, corners, neighbors, gap_km2 = _HEAD.unpack_from(content)
    _claim(magic == _MAGIC, "magic")
    _claim(0 < areas <= MAX_AREAS and areas <= rings <= MAX_RINGS, "areas")
    _claim(3 * rings <= corners <= MAX_CORNERS and neighbors <= MAX_NEIGHBORS, "corners")
    _claim(bool(np.isfinite(gap_km2)) and gap_km2 >= 0.0, "gap")
    sections = _Sections(content)
    codes = _lines(sections.text(areas * _TEXT_BYTES_PER_AREA), areas, MAX_CODE_LENGTH)
    _claim(all(codes) and all(a < b for a, b in pairwise(codes)), "codes")
    names = _lines(sections.text(areas * _TEXT_BYTES_PER_AREA), areas, MAX_NAME_LENGTH)
    findings = _findings(sections.text(_MAX_FINDING_BYTES))
    points = sections.doubles(2 * areas).reshape(-1, 2)
    sizes = sections.floats(5 * areas).reshape(-1, 5)
    _check_places(points, sizes)
    neighbors_start = _starts(sections.counts(areas), neighbors, at_least=0)
    neighbor = sections.counts(neighbors)
    _check_neighbors(neighbors_start, neighbor)
    counts = sections.counts(areas + rings)
    xy = sections.planes(8 * corners)
    sections.end()
    return PreparedLayer(
        codes=codes,
        names=names,
        lon=points[:, 0].copy(),
        lat=points[:, 1].copy(),
        area_km2=sizes[:, 0].copy(),
        bounds=sizes[:, 1:].copy(),
        neighbors_start=neighbors_start.astype(np.int32),
        neighbors=neighbor.astype(np.int32),
        polygons=_polygons(counts[:areas], counts[areas:], xy, corners),
        findings=findings,
        gap_km2=gap_km2,
    )


class _Sections:
    """Takes the deflated sections one after the other."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._place = _HEAD.size

    def doubles(self, count: int) -> FloatArray:
        """A section of exactly so many numbers of eight bytes."""
        return np.frombuffer(self._exactly(8 * count), "<f8").astype(np.float64)

    def floats(self, count: int) -> Float32Array:
        """The same of four bytes."""
        return np.frombuffer(self._exactly(4 * count), "<f4").astype(np.float32)

    def counts(self, count: int) -> LongArray:
        """The same of whole numbers."""
        return np.frombuffer(self._exactly(4 * count), "<u4").astype(np.int64)

    def planes(self, count: int) -> ByteArray:
        """The same of single bytes."""
        return np.frombuffer(self._exactly(count), np.uint8)

    def text(self, limit: int) -> str:
        """A section of text with at most so many bytes."""
        return self._take(limit).decode("utf-8")

    def end(self) -> None:
        """Nothing may follow."""
        _claim(self._place == len(self._content), "end")

    def _exactly(self, size: int) -> bytes:
        section = self._take(size)
        _claim(len(section) == size, "length")
        return section

    def _take(self, limit: int) -> bytes:
        size, packed = _SIZES.unpack_from(self._content, self._place)
        start = self._place + _SIZES.size
        self._place = start + packed
        _claim(size <= limit and self._place <= len(self._content), "section")
        # One byte more than declared is asked for, as a stream that goes on is damaged.
        unpacker = zlib.decompressobj()
        section = unpacker.decompress(self._content[start : self._place], size + 1)
        _claim(len(section) == size and unpacker.eof and not unpacker.unused_data, "stream")
        return section


def _claim(is_so: bool, what: str) -> None:
    if not is_so:
        raise _Broken(what)


def _deflated(section: bytes) -> bytes:
    packed = zlib.compress(section, 6)
    return _SIZES.pack(len(section), len(packed)) + packed


def _differences(steps: LongArray) -> bytes:
    """Differences with the sign in the lowest bit, all first bytes, then all second, and so on.

    Small steps leave three of four such planes nearly empty, which deflates well.
    """
    difference = np.diff(steps, prepend=0)
    folded = ((difference << 1) ^ (difference >> 63)).astype("<u4")
    return folded.view(np.uint8).reshape(-1, 4).T.tobytes()


def _steps(planes: ByteArray) -> LongArray:
    folded = np.ascontiguousarray(planes.reshape(4, -1).T).view("<u4")[:, 0].astype(np.int64)
    return np.cumsum((folded >> 1) ^ -(folded & 1))


def _polygons(
    rings: LongArray, sides: LongArray, planes: ByteArray, corners: int
) -> PackedPolygons:
    ring_start = _starts(rings, len(sides), at_least=1)
    open_start = _starts(sides, corners, at_least=3)
    steps = np.column_stack([_steps(planes[: 4 * corners]), _steps(planes[4 * corners :])])
    _claim(bool(((steps >= 0) & (steps <= GRID)).all()), "coordinates")
    xy = np.insert(steps / GRID, open_start[1:], (steps / GRID)[open_start[:-1]], axis=0)
    coord_start = open_start + np.arange(len(open_start))
    polygons = PackedPolygons(ring_start, coord_start, xy.astype(np.float32))
    _claim(bool(polygons.is_outer()[ring_start[:-1]].all()), "outer rings")
    return polygons


def _starts(counts: LongArray, total: int, *, at_least: int) -> LongArray:
    _claim(bool((counts >= at_least).all()) and int(counts.sum()) == total, "counts")
    return np.concatenate([[0], np.cumsum(counts)])


def _check_places(points: FloatArray, sizes: Float32Array) -> None:
    lon, lat = points.T
    area, west, south, east, north = sizes.astype(np.float64).T
    # Comparisons with nan are false, so nan never passes.
    is_point = (np.abs(lon) <= 180.0) & (np.abs(lat) <= 90.0) & (area >= 0.0) & (area < np.inf)
    is_wide = (west >= -_MAX_LON) & (west <= east) & (east <= _MAX_LON)
    is_high = (south >= -_MAX_LAT) & (south <= north) & (north <= _MAX_LAT)
    _claim(bool((is_point & is_wide & is_high).all()), "places")


def _check_neighbors(start: LongArray, neighbor: LongArray) -> None:
    count = len(start) - 1
    own = np.repeat(np.arange(count), np.diff(start))
    _claim(bool((neighbor < count).all()) and bool((neighbor != own).all()), "neighbours")
    pairs = own * count + neighbor
    _claim(bool((np.diff(pairs) > 0).all()), "order of neighbours")
    _claim(np.array_equal(np.sort(neighbor * count + own), pairs), "one-sided neighbours")


def _lines(text: str, count: int, max_length: int) -> tuple[str, ...]:
    lines = tuple(text.split("\n"))
    _claim(len(lines) == count, "lines")
    _claim(all(len(line) <= max_length and line.isprintable() for line in lines), "text")
    return lines


def _finding_bytes(findings: Sequence[LayerFinding]) -> bytes:
    rows = [[f.finding.value, f.code, f.name, f.other, f.share] for f in findings[:MAX_FINDINGS]]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def _findings(text: str) -> tuple[LayerFinding, ...]:
    match json.loads(text):
        case [*rows] if len(rows) <= MAX_FINDINGS:
            return tuple(_finding(row) for row in rows)
        case _:
            raise _Broken("findings")


def _finding(row: object) -> LayerFinding:
    match row:
        case [str(kind), str(code), str(name), str(other), float(share) | int(share)]:
            _claim(max(len(code), len(name), len(other)) <= MAX_NAME_LENGTH, "finding")
            _claim((code + name + other).isprintable() and 0.0 <= share <= 1e9, "finding")
            return LayerFinding(Finding(kind), code, name, other, float(share))
        case _:
            raise _Broken("finding")
