# SPDX-License-Identifier: MIT
"""Reading and preparing boundary files; runs in the child process only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
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
from app.services.boundaries.preparing import NamedShapes, no_areas, prepare, too_many
from app.services.boundaries.projecting import UnknownProjection, is_on_earth, to_degrees, to_steps
from app.services.boundaries.repairing import as_multipolygons
from app.services.boundaries.staging import StagedFile, damaged, stage
from app.services.child_process import Send
from app.services.geography.arrays import ObjectArray

MAX_ROWS = packing.MAX_AREAS
MAX_SOURCE_CORNERS = 25_000_000
_MAX_CELLS = 4_000_000
_MAX_COLUMNS = 60
_PREVIEW_FRACTION = 1 / 700
"""Of the extent; what is smaller cannot be seen in the drawing."""
_SLOW_TO_COUNT = (BoundaryFormat.GEOJSON, BoundaryFormat.TOPOJSON, BoundaryFormat.KML)
_KML_INTERNALS = (
    *("id", "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility"),
    *("drawOrder", "icon", "snippet"),
)
"""What the reader makes of every placemark; never a column of the user."""
_QUICK_BYTES = 2_000_000
_MAX_FOLDERS = 200
"""Layers of a file; KML files may have thousands of folders."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is, 0 to 1, and what is being done."""

    share: float
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """An `ImportProblem` on its way to the parent."""

    message: str
    meaning: str
    remedy: str


@dataclass(frozen=True)
class Opened:
    """All layers of a file with areas, and the content of one."""

    places: tuple[LayerPlace, ...]
    layer: FileLayer


@dataclass(frozen=True, slots=True)
class Packed:
    """A prepared layer as bytes."""

    content: bytes


def open_file(send: Send, path: str, folder: str) -> None:
    """Stage a file, list its layers, and read the one with the most rows."""
    _told(send, lambda: send(_opened(send, Path(path), Path(folder))))


def read_place(send: Send, place: LayerPlace) -> None:
    """Read another layer of a staged file."""
    _told(send, lambda: send(_layer(place)))


def prepare_place(
    send: Send,
    place: LayerPlace,
    codes: Sequence[str],
    names: Sequence[str],
    rows: Sequence[int] | None,
) -> None:
    """Prepare a layer with a code and a name per row.

    Args:
        rows: The rows that are wanted; None for all.
    """

    def at(share: float, text: str) -> None:
        send(Step(share, text))

    def work() -> None:
        at(0.0, "Reading outlines")
        read = _read(place, columns=())
        if len(codes) != len(read.wkb):
            raise damaged(place.label)
        chosen = range(len(codes)) if rows is None else rows
        named = NamedShapes(
            [codes[row] for row in chosen],
            [names[row] for row in chosen],
            _shapes(read.wkb[np.asarray(chosen, dtype=np.int64)]),
            read.crs,
        )
        try:
            layer = prepare(named, at)
        except UnknownProjection as error:
            raise _no_projection(place) from error
        at(0.96, "Packing")
        send(Packed(packing.pack_layer(layer)))

    _told(send, work)


def _told(send: Send, work: Callable[[], None]) -> None:
    try:
        work()
    except ImportProblem as error:
        send(Problem(error.message, error.meaning, error.remedy))
    except shapely.errors.GEOSException:
        error = damaged("The file")
        send(Problem(error.message, error.meaning, error.remedy))


def _opened(send: Send, path: Path, folder: Path) -> Opened:
    send(Step(0.0, f"Opening {path.name}"))
    staged = stage(path, folder)
    found: list[LayerPlace] = []
    problem: ImportProblem | None = None
    for each in staged:
        if each.kind is BoundaryFormat.KML:
            _refuse_entities(each.path, each.label)
        try:
            found += _places(each, is_only=len(staged) == 1)
        except gdal.UnreadableLayer:
            problem = damaged(each.label)
    if len(found) > 1:
        found = [place for place in map(_counted, found) if place.rows]
    if not found:
        raise problem or no_areas()
    send(Step(0.3, f"Reading {path.name}"))
    layer = _layer(max(found, key=lambda place: place.rows))
    places = tuple(
        layer.place if (p.path, p.layer) == (layer.place.path, layer.place.layer) else p
        for p in found
    )
    return Opened(places, layer)


def _places(staged: StagedFile, *, is_only: bool) -> list[LayerPlace]:
    """The layers of a staged file that may have areas, not yet counted."""
    path = str(staged.path)
    names = [name for name, may_be_areas in gdal.layers_of(path) if may_be_areas][:_MAX_FOLDERS]
    return [
        LayerPlace(
            path,
            staged.kind,
            name,
            name if is_only and len(names) > 1 else staged.label,
            UNCOUNTED,
        )
        for name in names
    ]


def _counted(place: LayerPlace) -> LayerPlace:
    """The place with its number of rows, unless the format has to be read to its end for it."""
    is_quick = place.kind not in _SLOW_TO_COUNT
    if not is_quick and Path(place.path).stat().st_size > _QUICK_BYTES:
        return place
    return replace(place, rows=gdal.row_count(place.path, place.layer))


def _layer(place: LayerPlace) -> FileLayer:
    if place.rows > MAX_ROWS:
        raise too_many(place.rows, MAX_ROWS)
    read = _read(place, columns=None)
    if len(read.wkb) > MAX_ROWS:
        raise too_many(len(read.wkb), MAX_ROWS)
    place = replace(place, rows=len(read.wkb))
    try:
        areas, is_swapped = to_degrees(as_multipolygons(_shapes(read.wkb)), read.crs)
    except UnknownProjection as error:
        raise _no_projection(place) from error
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


def _read(place: LayerPlace, columns: Sequence[str] | None) -> gdal.GdalLayer:
    try:
        read = gdal.read_layer(place.path, place.layer, columns)
    except gdal.UnreadableLayer as error:
        raise damaged(place.label) from error
    if place.rows not in (UNCOUNTED, len(read.wkb)):
        raise damaged(place.label)
    return read


def _shapes(wkb: npt.NDArray[np.object_]) -> ObjectArray:
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


def _refuse_entities(path: Path, name: str) -> None:
    """No program that writes KML declares entities; they can only blow the file up."""
    content = path.read_bytes()
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise damaged(name)


def _no_projection(place: LayerPlace) -> ImportProblem:
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
