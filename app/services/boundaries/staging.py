# SPDX-License-Identifier: MIT
"""A boundary file copied or unpacked into a folder of its own before it is read.

Only what we copied is opened, under names that we chose, so that neither a name nor a neighbour of
the file can make the reader open anything else.
"""

import gzip
import shutil
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.models.errors import ImportProblem
from app.services.boundaries.formats import (
    BoundaryFormat,
    Container,
    kind_of,
    not_boundaries,
    shapefile_of,
    unreadable,
)
from app.services.importing.containers import HostileContainer, refuse_crowded, refuse_overlaps

MAX_BYTES = 1500 * 1024 * 1024
"""Of a file, unpacked."""
_CHUNK = 1024 * 1024
_COMPANIONS = (".dbf", ".shx", ".prj", ".cpg")
_IN_ARCHIVES = (".shp", ".gpkg", ".fgb", ".geojson", ".topojson", ".json", ".kml")
_FILE_NAME = {
    BoundaryFormat.SHAPEFILE: "areas.shp",
    BoundaryFormat.GEOJSON: "areas.geojson",
    BoundaryFormat.TOPOJSON: "areas.topojson",
    BoundaryFormat.GEOPACKAGE: "areas.gpkg",
    BoundaryFormat.KML: "areas.kml",
    BoundaryFormat.FLATGEOBUF: "areas.fgb",
}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError)


class _Source(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file that is ready to be read.

    Attributes:
        label: What it is called for the user: the file's name, in archives that of the part.
    """

    path: Path
    kind: BoundaryFormat
    label: str


def stage(path: Path, folder: Path) -> list[StagedFile]:
    """Copy or unpack a file.

    Args:
        folder: An empty one.

    Returns:
        What can be read, more than one for an archive with several files.

    Raises:
        ImportProblem: It is damaged, too large, protected, or nothing with areas.
    """
    path = shapefile_of(path)
    kind = kind_of(path, path.name)
    try:
        if kind is Container.GZIP:
            return _from_gzip(path, folder)
        if kind is Container.ZIP:
            return _from_zip(path, folder)
        _refuse_large(path.name, path.stat().st_size)
        return [_copied(path, kind, folder, path.name)]
    except HostileContainer as error:
        raise damaged(path.name) from error
    except _BROKEN as error:
        raise damaged(path.name) from error
    except OSError as error:
        raise unreadable(path.name, error) from error


def damaged(name: str) -> ImportProblem:
    """The problem of a file that cannot be read to its end."""
    return ImportProblem(
        f"{name} is damaged or was not written to its end.",
        meaning="Nothing was added.",
        remedy="Download or export it again.",
    )


def _copied(path: Path, kind: BoundaryFormat, folder: Path, label: str) -> StagedFile:
    place = folder / _FILE_NAME[kind]
    shutil.copyfile(path, place)
    if kind is BoundaryFormat.SHAPEFILE:
        beside = {each.name.lower(): each for each in path.parent.iterdir()}
        for ending in _COMPANIONS:
            companion = beside.get((path.stem + ending).lower())
            if companion is not None:
                _refuse_large(companion.name, companion.stat().st_size)
                shutil.copyfile(companion, place.with_suffix(ending))
        _require_table(place, path.name)
    return StagedFile(place, kind, label)


def _from_gzip(path: Path, folder: Path) -> list[StagedFile]:
    place = folder / "unpacked"
    with gzip.open(path) as source:
        _pour(source, place, path.name, MAX_BYTES)
    name = path.name.removesuffix(".gz")
    kind = kind_of(place, name)
    if not isinstance(kind, BoundaryFormat):
        raise not_boundaries(path.name)
    return [_moved(place, kind, folder, name)]


def _from_zip(path: Path, folder: Path) -> list[StagedFile]:
    refuse_crowded(path)
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        refuse_overlaps(entries)
        wanted = [e for e in entries if _is_wanted(e.filename)]
        if not wanted:
            raise not_boundaries(path.name)
        if any(entry.flag_bits & 1 for entry in wanted):
            raise ImportProblem(
                f"{path.name} is protected with a password.",
                meaning="Nothing was added.",
                remedy="Unpack it first, then choose the file that was inside.",
            )
        stems = {_stem(entry) for entry in wanted}
        _refuse_large(path.name, sum(e.file_size for e in entries if _stem(e) in stems))
        left, staged = MAX_BYTES, list[StagedFile]()
        for number, entry in enumerate(wanted):
            inside = folder / str(number)
            inside.mkdir()
            found, size = _unpacked(archive, entry, inside, path.name, left)
            left -= size
            staged += found
        if not staged:
            raise not_boundaries(path.name)
        return staged


def _unpacked(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, name: str, left: int
) -> tuple[list[StagedFile], int]:
    """One part of an archive with its companions, and the bytes that they took."""
    place = folder / "unpacked"
    with archive.open(entry) as source:
        size = _pour(source, place, name, left)
    try:
        kind = kind_of(place, entry.filename)
    except ImportProblem:
        # An archive may hold a .json about itself besides its areas.
        return [], size
    if not isinstance(kind, BoundaryFormat):
        return [], size
    staged = _moved(place, kind, folder, Path(entry.filename).name)
    if kind is BoundaryFormat.SHAPEFILE:
        names = {each.filename.lower(): each for each in archive.infolist()}
        base = entry.filename[: -len(".shp")].lower()
        for ending in _COMPANIONS:
            companion = names.get(base + ending)
            if companion is not None:
                with archive.open(companion) as source:
                    size += _pour(source, staged.path.with_suffix(ending), name, left - size)
        _require_table(staged.path, staged.label)
    return [staged], size


def _moved(place: Path, kind: BoundaryFormat, folder: Path, label: str) -> StagedFile:
    target = folder / _FILE_NAME[kind]
    place.rename(target)
    return StagedFile(target, kind, label)


def _is_wanted(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return (
        last.lower().endswith(_IN_ARCHIVES)
        and not last.startswith(".")
        and not name.startswith("__MACOSX/")
    )


def _stem(entry: zipfile.ZipInfo) -> str:
    """What the parts of one shapefile have in common."""
    return entry.filename.rsplit(".", 1)[0].lower()


def _pour(source: _Source, place: Path, name: str, limit: int) -> int:
    """Unpack into a file; a hostile archive may declare small sizes, so that bytes are counted."""
    size = 0
    with place.open("xb") as target:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise _too_large(name)
            target.write(chunk)
    return size


def _require_table(shape: Path, name: str) -> None:
    if not shape.with_suffix(".dbf").is_file():
        raise ImportProblem(
            f"{name} came without its .dbf file, which holds the codes and names of the areas.",
            meaning="Nothing was added. A shapefile is several files of the same name.",
            remedy="Put the .dbf, .shx and .prj files next to the .shp file, or choose the .zip "
            "that they came in.",
        )


def _refuse_large(name: str, size: int) -> None:
    if size > MAX_BYTES:
        raise _too_large(name)


def _too_large(name: str) -> ImportProblem:
    return ImportProblem(
        f"{name} would take more than {MAX_BYTES // (1024 * 1024):,} MB once unpacked.",
        meaning="Nothing was added.",
        remedy="Choose a file with coarser borders; the Census offers them as cartographic "
        "boundary files (cb_…_500k.zip).",
    )
