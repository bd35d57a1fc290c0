# SPDX-License-Identifier: MIT
"""Writers of the packed files in `resources/geo`; the same input gives the same bytes."""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

MAX_LATITUDE = 85.0
"""Web Mercator ends near 85.05 degrees; everything is cut a little before."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def mercator(lonlat: np.ndarray) -> np.ndarray:
    """Normalised Web Mercator (0 to 1, x east, y south) of an array of lon, lat."""
    x = (lonlat[:, 0] + 180.0) / 360.0
    y = 0.5 - np.arcsinh(np.tan(np.radians(lonlat[:, 1]))) / (2.0 * np.pi)
    return np.column_stack([x, y]).astype("<f4")


def write_ply1(path: Path, areas: Sequence[MultiPolygon]) -> None:
    """Write polygons as PLY1.

    Little endian: ``PLY1``, u32 features, u32 rings, u32 coordinates, u32 ring_start[features+1],
    u32 coord_start[rings+1], f32 xy[coordinates][2]. Rings are closed (last point = first); an
    outer ring has a positive shoelace sum, and its holes (negative) follow it.
    """
    features: list[list[np.ndarray]] = []
    for area in areas:
        rings = _rings(shapely.orient_polygons(area))
        if not rings:
            message = f"{path.name}: feature {len(features)} has no ring"
            raise ValueError(message)
        features.append(rings)
    rings = [ring for feature in features for ring in feature]
    ring_start = np.concatenate([[0], np.cumsum([len(f) for f in features])])
    coord_start = np.concatenate([[0], np.cumsum([len(r) for r in rings])])
    head = struct.pack("<4sIII", b"PLY1", len(features), len(rings), int(coord_start[-1]))
    _write(path, head, ring_start, coord_start, np.concatenate(rings))


def write_lin1(path: Path, lines: Sequence[np.ndarray]) -> None:
    """Write lines of lon, lat as LIN1.

    Little endian: ``LIN1``, u32 lines, u32 coordinates, u32 coord_start[lines+1],
    f32 xy[coordinates][2] in the same plane as PLY1.
    """
    packed = [mercator(_clip_latitude(line)) for line in lines if len(line) > 1]
    coord_start = np.concatenate([[0], np.cumsum([len(line) for line in packed])])
    head = struct.pack("<4sII", b"LIN1", len(packed), int(coord_start[-1]))
    _write(path, head, coord_start, np.concatenate(packed))


def write_npz(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write arrays as npz with fixed entry times, so that equal arrays give equal bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(array), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, buffer.getvalue(), compresslevel=9)


def text_array(texts: Iterable[str]) -> np.ndarray:
    """Texts as one array of UTF-8 bytes, separated by line feeds."""
    return np.frombuffer("\n".join(texts).encode("utf-8"), dtype=np.uint8)


def csr(pairs: Iterable[tuple[int, int]], count: int) -> dict[str, np.ndarray]:
    """Neighbour pairs as the two arrays `neighbors_start` and `neighbors`, both directions."""
    both = np.asarray(sorted({(a, b) for a, b in pairs} | {(b, a) for a, b in pairs}))
    both = both.reshape(-1, 2)
    degree = np.bincount(both[:, 0], minlength=count)
    start = np.concatenate([[0], np.cumsum(degree)])
    return {
        "neighbors_start": start.astype(np.int32),
        "neighbors": both[:, 1].astype(np.int32),
    }


def _rings(area: MultiPolygon) -> list[np.ndarray]:
    rings: list[np.ndarray] = []
    for polygon in area.geoms:
        outer = _ring(np.asarray(polygon.exterior.coords))
        if outer is None:
            continue
        rings.append(outer)
        holes = (_ring(np.asarray(hole.coords)) for hole in polygon.interiors)
        rings.extend(hole for hole in holes if hole is not None)
    return rings


def _ring(lonlat: np.ndarray) -> np.ndarray | None:
    """The ring in float32 without repeated points and turned as it was; None where it collapses.

    In the Mercator plane y points south, so the turn is mirrored: the order is reversed to keep
    the shoelace sum of outer rings positive.
    """
    xy = mercator(_clip_latitude(lonlat))[::-1]
    keep = np.concatenate([[True], np.any(xy[1:] != xy[:-1], axis=1)])
    xy = xy[keep]
    if len(xy) < 4:
        return None
    if not np.array_equal(xy[0], xy[-1]):
        xy = np.concatenate([xy, xy[:1]])
    return xy


def _clip_latitude(lonlat: np.ndarray) -> np.ndarray:
    return np.column_stack([lonlat[:, 0], np.clip(lonlat[:, 1], -MAX_LATITUDE, MAX_LATITUDE)])


def _write(path: Path, head: bytes, *arrays: np.ndarray) -> None:
    with path.open("wb") as file:
        file.write(head)
        for array in arrays:
            is_coordinates = array.dtype.kind == "f"
            file.write(array.astype("<f4" if is_coordinates else "<u4").tobytes())
