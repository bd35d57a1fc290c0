# SPDX-License-Identifier: MIT
"""Reading a layer of a staged file: cells, shapes, a drawing; in the child process only."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from app.models.errors import ImportProblem
from app.services.boundaries import gdal, packing, shapes
from app.services.boundaries.file_layer import UNCOUNTED, FileLayer, LayerPlace, Preview
from app.services.boundaries.formats import BoundaryFormat
from app.services.boundaries.outlines import outlines_of
from app.services.boundaries.prepared import GRID
from app.services.boundaries.preparing import no_areas, too_many
from app.services.boundaries.projecting import UnknownProjection, is_on_earth, to_degrees, to_steps
from app.services.boundaries.repairing import as_multipolygons
from app.services.boundaries.staging import damaged
from app.services.geography.arrays import ObjectArray

MAX_ROWS = packing.MAX_AREAS
MAX_SOURCE_CORNERS = 25_000_000
_MAX_CELLS = 4_000_000
_MAX_COLUMNS = 60
_PREVIEW_FRACTION = 1 / 700
"""Of the extent; what is smaller cannot be seen in the drawing."""
_KML_INTERNALS = (
    *("id", "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility"),
    *("drawOrder", "icon", "snippet"),
)
"""What the reader makes of every placemark; never a column of the user."""


def read_layer(place: LayerPlace) -> FileLayer:
    """A layer as the window shows it.

    Raises:
        ImportProblem: It is damaged, too large, or holds no areas.
    """
    if place.rows > MAX_ROWS:
        raise too_many(place.rows, MAX_ROWS)
    read = rows_of(place, columns=None)
    if len(read.wkb) > MAX_ROWS:
        raise too_many(len(read.wkb), MAX_ROWS)
    place = replace(place, rows=len(read.wkb))
    try:
        areas, is_swapped = to_degrees(as_multipolygons(shapes_of(read.wkb)), read.crs)
    except UnknownProjection as error:
        raise no_projection(place) from error
    areas[~is_on_earth(areas)] = shapely.MultiPolygon()
    if shapely.is_empty(areas).all():
        raise no_areas()
    west, south, east, north = shapes.bounds(areas).T
    return FileLayer(
        place=place,
        columns=_text_columns(read.columns, place.kind),
        crs=read.crs,
        is_swapped=is_swapped,
        lon=(west + east) / 2.0,
        lat=(south + north) / 2.0,
        preview=_preview(areas),
    )


def rows_of(place: LayerPlace, columns: Sequence[str] | None) -> gdal.GdalLayer:
    """The rows of a layer.

    Args:
        columns: Only these; None reads all.

    Raises:
        ImportProblem: It is damaged, or has another number of rows than before.
    """
    try:
        read = gdal.read_layer(place.path, place.layer, columns)
    except gdal.UnreadableLayer as error:
        raise damaged(place.label) from error
    if place.rows not in (UNCOUNTED, len(read.wkb)):
        raise damaged(place.label)
    return read


def shapes_of(wkb: npt.NDArray[np.object_]) -> ObjectArray:
    """The shapes of rows.

    Raises:
        ImportProblem: They have too many corners.
    """
    read = np.asarray(shapely.from_wkb(wkb, on_invalid="fix"), dtype=np.object_)
    if int(shapes.corner_counts(read).sum()) > MAX_SOURCE_CORNERS:
        raise ImportProblem(
            f"The borders in this file have more than {MAX_SOURCE_CORNERS // 1_000_000} million "
            "corners.",
            meaning="Nothing was added. That is finer than any map of territories can show.",
            remedy="Choose a file with coarser borders; the Census offers them as cartographic "
            "boundary files (cb_…_500k.zip).",
        )
    return read


def _text_columns(
    columns: dict[str, npt.NDArray[Any]], kind: BoundaryFormat
) -> dict[str, tuple[str, ...]]:
    texts: dict[str, tuple[str, ...]] = {}
    if kind is BoundaryFormat.KML:
        columns = {name: cells for name, cells in columns.items() if name not in _KML_INTERNALS}
    cells = 0
    for name, values in list(columns.items())[:_MAX_COLUMNS]:
        text = _texts(values)
        cells += len(values)
        if text is not None and cells <= _MAX_CELLS:
            texts[name] = text
    return texts


def _texts(values: npt.NDArray[Any]) -> tuple[str, ...] | None:
    """The values of a column as text; None where they are measured numbers."""
    if values.dtype.kind == "f":
        filled = values[np.isfinite(values)]
        if (filled != np.rint(filled)).any():
            return None
        return tuple("" if not np.isfinite(value) else str(int(value)) for value in values)
    listed: list[object] = values.tolist()
    known: dict[str, str] = {}
    found = ("" if value is None else _shown(value) for value in listed)
    return tuple(known.setdefault(text, text) for text in found)


def _shown(value: object) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return text[: packing.MAX_NAME_LENGTH].strip()


def _preview(areas: ObjectArray) -> Preview:
    steps = to_steps(areas)
    low = np.nanmin(shapes.bounds(steps)[:, :2], axis=0)
    high = np.nanmax(shapes.bounds(steps)[:, 2:], axis=0)
    tolerance = float((high - low).max()) * _PREVIEW_FRACTION
    coarse = outlines_of(as_multipolygons(shapes.simple(steps, tolerance)))
    # What is too small for an outline of its own is drawn as a box.
    rows = np.flatnonzero((np.diff(coarse.area_start) == 0) & ~shapely.is_empty(steps))
    west, north, east, south = shapes.bounds(steps[rows]).T
    boxes = np.stack([west, north, east, north, east, south, west, south], axis=1).reshape(-1, 2)
    starts = len(coarse.corners) + 4 * np.arange(1, len(rows) + 1)
    return Preview(
        np.concatenate([coarse.corners, boxes]) / GRID,
        np.concatenate([coarse.ring_start, starts]),
        np.concatenate([coarse.area_of_ring, rows]),
    )


def no_projection(place: LayerPlace) -> ImportProblem:
    """The problem of a file whose coordinates nobody can place."""
    if place.kind is BoundaryFormat.SHAPEFILE:
        return ImportProblem(
            f"{place.label} does not say how its coordinates are projected.",
            meaning="Nothing was added, as the areas could lie anywhere.",
            remedy="Put the .prj file that belongs to it next to the .shp file, or export it in "
            "WGS 84 (longitude and latitude).",
        )
    return ImportProblem(
        f"{place.label} has coordinates that are no longitudes and latitudes.",
        meaning="Nothing was added, as the areas could lie anywhere.",
        remedy="Export the file again in WGS 84 (longitude and latitude).",
    )
