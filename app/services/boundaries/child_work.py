# SPDX-License-Identifier: MIT
"""Reading and preparing boundary files; runs in the child process only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely

from app.models.errors import ImportProblem
from app.services.boundaries import gdal, packing
from app.services.boundaries.file_layer import UNCOUNTED, FileLayer, LayerPlace
from app.services.boundaries.formats import BoundaryFormat
from app.services.boundaries.layer_reading import no_projection, read_layer, rows_of, shapes_of
from app.services.boundaries.preparing import NamedShapes, no_areas, prepare
from app.services.boundaries.projecting import UnknownProjection
from app.services.boundaries.staging import StagedFile, damaged, stage
from app.services.child_process import Send

_SLOW_TO_COUNT = (BoundaryFormat.GEOJSON, BoundaryFormat.TOPOJSON, BoundaryFormat.KML)
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
    _told(send, lambda: send(read_layer(place)))


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
        read = rows_of(place, columns=())
        if len(codes) != len(read.wkb):
            raise damaged(place.label)
        chosen = range(len(codes)) if rows is None else rows
        named = NamedShapes(
            [codes[row] for row in chosen],
            [names[row] for row in chosen],
            shapes_of(read.wkb[np.asarray(chosen, dtype=np.int64)]),
            read.crs,
        )
        try:
            layer = prepare(named, at)
        except UnknownProjection as error:
            raise no_projection(place) from error
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
    layer = read_layer(max(found, key=lambda place: place.rows))
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


def _refuse_entities(path: Path, name: str) -> None:
    """No program that writes KML declares entities; they can only blow the file up."""
    content = path.read_bytes()
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise damaged(name)
