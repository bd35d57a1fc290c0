# SPDX-License-Identifier: MIT
"""The polygons of drawn areas: their text in the plan file, their bounds, and what lies in them."""

import json
import math
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from app.models.drawn_area import Corner, Rings
from app.models.errors import EditRejected

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MAX_CORNERS = 20_000
"""Of one drawn area; more would slow every edit down."""
_MAX_CROSSING_CORNERS = 2_000
"""Of an outline that crosses itself or has holes: its crossings grow with the square of that."""
_FEWEST_CORNERS = 3
_DECIMALS = 7
"""A centimetre."""

LongArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]


def closed_rings(rings: Sequence[Sequence[Corner]]) -> Rings:
    """Rings as a plan keeps them: rounded to a centimetre and closed.

    Raises:
        EditRejected: They surround nothing, leave the map, or have too many corners.
    """
    rounded = [[(round(x, _DECIMALS), round(y, _DECIMALS)) for x, y in ring] for ring in rings]
    whole = tuple(
        (*ring, ring[0]) if ring and ring[0] != ring[-1] else tuple(ring) for ring in rounded
    )
    if not whole or any(len(set(ring)) < _FEWEST_CORNERS for ring in whole):
        message = "This area has no inside."
        remedy = "Draw at least three corners that are not on one line."
        raise EditRejected(message, meaning="Nothing was changed.", remedy=remedy)
    if sum(map(len, whole)) > MAX_CORNERS:
        message = f"This area has more than {MAX_CORNERS:,} corners."
        remedy = "Draw it with fewer corners, or as several areas."
        raise EditRejected(message, meaning="Nothing was changed.", remedy=remedy)
    if not all(_is_on_map(corner) for corner in chain.from_iterable(whole)):
        message = "This area reaches beyond the map."
        raise EditRejected(message, meaning="Nothing was changed.", remedy="Draw it smaller.")
    if drawn_shape(whole).area == 0.0:
        message = "This area has no inside, or its outline crosses itself too often."
        remedy = "Draw a plain outline around the area."
        raise EditRejected(message, meaning="Nothing was changed.", remedy=remedy)
    return whole


def rings_text(rings: Rings) -> str:
    """The rings as the plan file keeps them; `rings_of_text` gives them back exactly."""
    return json.dumps(rings, separators=(",", ":"))


def rings_of_text(text: str) -> Rings:
    """The rings of a text; none where it was damaged or made to do harm."""
    try:
        found = cast("object", json.loads(text))
    except (ValueError, RecursionError):
        return ()
    if not isinstance(found, list):
        return ()
    rings = tuple(_ring(ring) for ring in cast("list[object]", found))
    if sum(map(len, rings)) > MAX_CORNERS or not all(
        len(ring) > _FEWEST_CORNERS and ring[0] == ring[-1] for ring in rings
    ):
        return ()
    return rings


def points_inside(rings: Rings, lon: FloatArray, lat: FloatArray) -> LongArray:
    """Positions of the points that lie in or on the border of an area.

    Args:
        rings: Of the area; without any, nothing lies in it.
        lon, lat: WGS 84 degrees; nan lies nowhere.
    """
    if not rings:
        return np.empty(0, np.int64)
    # Costs 0.2 s, and only plans with drawn areas need it.
    import shapely  # noqa: PLC0415

    shape = drawn_shape(rings)
    west, south, east, north = shape.bounds
    near = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    shapely.prepare(shape)
    return near[shapely.intersects_xy(shape, lon[near], lat[near])]


def drawn_shape(rings: Rings) -> "BaseGeometry":
    """What an odd number of rings surrounds, also where they cross or repeat themselves.

    Empty where that takes too long to say.
    """
    import shapely  # noqa: PLC0415 - see points_inside

    if len(rings) == 1 and (simple := shapely.Polygon(rings[0])).is_valid:
        return simple
    if sum(map(len, rings)) > _MAX_CROSSING_CORNERS:
        return shapely.Polygon()
    faces = shapely.polygonize([shapely.union_all([shapely.LineString(ring) for ring in rings])])
    odd = [
        face
        for face in shapely.get_parts(faces)
        if _is_surrounded_oddly(rings, *face.representative_point().coords[0])
    ]
    return shapely.union_all(odd)


def _is_surrounded_oddly(rings: Rings, x: float, y: float) -> bool:
    crossings = 0
    for ring in rings:
        xs, ys = np.array(ring).T
        crosses = (ys[:-1] > y) != (ys[1:] > y)
        x1, y1, x2, y2 = (part[crosses] for part in (xs[:-1], ys[:-1], xs[1:], ys[1:]))
        crossings += int((x < (x2 - x1) * (y - y1) / (y2 - y1) + x1).sum())
    return crossings % 2 == 1


def _ring(ring: object) -> tuple[Corner, ...]:
    if not isinstance(ring, list):
        return ()
    corners: list[Corner] = []
    for corner in cast("list[object]", ring):
        match corner:
            case [int() | float() as lon, int() | float() as lat] if _is_on_map((lon, lat)):
                corners.append((float(lon), float(lat)))
            case _:
                return ()
    return tuple(corners)


def _is_on_map(corner: Corner) -> bool:
    lon, lat = corner
    return math.isfinite(lon) and abs(lon) <= 180.0 and math.isfinite(lat) and abs(lat) <= 90.0
