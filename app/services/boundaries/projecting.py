# SPDX-License-Identifier: MIT
"""From the coordinates of a file to degrees, and from degrees to the grid of the map."""

import numpy as np
import shapely

from app.services.boundaries import shapes
from app.services.boundaries.prepared import GRID
from app.services.boundaries.repairing import as_multipolygons
from app.services.geography.arrays import BoolArray, FloatArray, LongArray, ObjectArray
from app.services.geography.packed import MAX_LATITUDE, mercator

_SAME_WITHIN_METRES = ("WGS 84", "NAD83", "ETRS89", "WGS84", "North_American_1983", "CRS84")
"""Their degrees differ by less than a step of the grid, so nothing is computed."""
_EDGE = 179.99
_TURNS = (-2, -1, 0, 1, 2)
_WORLD = shapely.box(-180.0, -90.0, 180.0, 90.0)


class UnknownProjection(Exception):
    """The file does not say what its coordinates mean, and they are no degrees."""


def to_degrees(areas: ObjectArray, crs: str | None) -> tuple[ObjectArray, bool]:
    """The areas in WGS 84 degrees, and whether x and y had been swapped in the file.

    Args:
        areas: Shapely geometries.
        crs: What the file says of its coordinates: "EPSG:5070" or WKT; None where it is silent,
            so that coordinates that can be degrees are taken for such.

    Raises:
        UnknownProjection: The coordinates are no degrees, and nothing says what they are.
    """
    if crs is None:
        return _assumed(areas)
    # Costs 0.2 s, and only files with other coordinates need it.
    import pyproj  # noqa: PLC0415
    from pyproj.exceptions import CRSError, ProjError  # noqa: PLC0415

    try:
        source = pyproj.CRS.from_user_input(crs)  # pyright: ignore[reportUnknownMemberType]
        if source.is_geographic and any(name in source.name for name in _SAME_WITHIN_METRES):
            return _assumed(areas)
        transformer = pyproj.Transformer.from_crs(source, "OGC:CRS84", always_xy=True)
    except (CRSError, ProjError) as error:
        raise UnknownProjection from error

    def transform(xy: FloatArray) -> FloatArray:
        return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))

    return shapely.transform(areas, transform), False


def _assumed(areas: ObjectArray) -> tuple[ObjectArray, bool]:
    xy = shapely.get_coordinates(areas)
    usable = xy[np.isfinite(xy).all(axis=1)]
    if not len(usable):
        return areas, False
    # A few wild corners are dealt with area by area.
    x, y = (np.abs(usable[:, axis]) for axis in (0, 1))
    beyond = float(np.mean((y > 90.0) & (y <= 180.0)))
    if beyond > 0.05 and np.mean(x <= 90.0) > 0.99:
        return shapely.transform(areas, _turned), True
    if np.median(x) > 360.0 or np.median(y) > 90.0:
        raise UnknownProjection
    return areas, False


def _turned(xy: FloatArray) -> FloatArray:
    return xy[:, ::-1]


def is_on_earth(areas: ObjectArray) -> BoolArray:
    """Per area whether all its corners are finite and within the earth's degrees."""
    xy, area = shapely.get_coordinates(areas, return_index=True)
    ok = np.isfinite(xy).all(axis=1) & (np.abs(xy[:, 0]) <= 360.0) & (np.abs(xy[:, 1]) <= 90.001)
    return np.bincount(area[~ok], minlength=len(areas)) == 0


def within_the_map(areas: ObjectArray) -> tuple[ObjectArray, BoolArray]:
    """Areas across the date line cut in two there, and per area whether it goes beyond the map."""
    is_wide = _crosses_date_line(areas)
    if is_wide.any():
        areas = areas.copy()
        areas[is_wide] = [_cut_at_date_line(area) for area in areas[is_wide]]
    south, north = shapes.bounds(areas)[:, [1, 3]].T
    return areas, np.maximum(-south, north) > MAX_LATITUDE + 0.1


def to_steps(areas: ObjectArray) -> ObjectArray:
    """Areas in degrees as areas in steps of the Mercator grid, not yet rounded."""

    def transform(lonlat: FloatArray) -> FloatArray:
        return np.column_stack(mercator(lonlat[:, 0], lonlat[:, 1])) * GRID

    return shapely.transform(areas, transform)


def to_lonlat(steps: LongArray | FloatArray) -> FloatArray:
    """Degrees of points in steps."""
    lon = steps[:, 0] / GRID * 360.0 - 180.0
    lat = np.degrees(np.arctan(np.sinh((0.5 - steps[:, 1] / GRID) * 2.0 * np.pi)))
    return np.column_stack([lon, lat])


def _crosses_date_line(areas: ObjectArray) -> BoolArray:
    xy, area = shapely.get_coordinates(areas, return_index=True)
    lon = xy[:, 0]
    step = np.abs(np.diff(lon))
    # An outline that follows the edge of the world map is meant so.
    follows = (np.abs(lon[1:]) >= _EDGE) & (np.abs(lon[:-1]) >= _EDGE)
    jumps = (step > 180.0) & (area[1:] == area[:-1]) & ~follows
    crossing = np.zeros(len(areas), np.bool_)
    crossing[area[1:][jumps]] = True
    crossing[area[np.abs(lon) > 180.0 + 1e-9]] = True
    return crossing


def _cut_at_date_line(area: shapely.Geometry) -> shapely.Geometry:
    """The area unrolled over the date line and cut there; parts lie within -180 and 180."""
    pieces: list[shapely.Geometry] = []
    for polygon in shapely.get_parts(area):
        rings = [_unrolled(ring) for ring in shapely.get_rings(polygon)]
        whole = shapely.make_valid(shapes.polygon_of_rings(rings))
        pieces += [
            shapely.intersection(shapes.moved(whole, 360.0 * turn), _WORLD) for turn in _TURNS
        ]
    return shapes.union(as_multipolygons(np.array(pieces, dtype=np.object_)))


def _unrolled(ring: shapely.Geometry) -> FloatArray:
    xy = shapely.get_coordinates(ring)
    turns = np.cumsum(np.rint(np.diff(xy[:, 0], prepend=xy[0, 0]) / 360.0))
    # A ring around a pole does not close; it follows the edge of the world map.
    if turns[-1] == 0.0:
        xy[:, 0] -= 360.0 * turns
    return xy
