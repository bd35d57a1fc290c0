# SPDX-License-Identifier: MIT
"""What kind of boundary file a file is, by its content; and by its name, for dropped files."""

from enum import Enum
from pathlib import Path

from app.models.errors import ImportProblem

_HEAD_BYTES = 4096
_SURE_ENDINGS = (".shp", ".geojson", ".topojson", ".gpkg", ".kml", ".kmz", ".fgb")
_COMPANIONS = (".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx")


class BoundaryFormat(Enum):
    """A kind of file with areas; the value is its name for the user."""

    SHAPEFILE = "Shapefile"
    GEOJSON = "GeoJSON"
    TOPOJSON = "TopoJSON"
    GEOPACKAGE = "GeoPackage"
    KML = "KML"
    FLATGEOBUF = "FlatGeobuf"


class Container(Enum):
    """What must be unpacked first."""

    ZIP = "zip"
    GZIP = "gzip"


_MAGIC: tuple[tuple[bytes, BoundaryFormat | Container], ...] = (
    (b"PK\x03\x04", Container.ZIP),
    (b"\x1f\x8b", Container.GZIP),
    (b"SQLite format 3\x00", BoundaryFormat.GEOPACKAGE),
    (b"fgb\x03", BoundaryFormat.FLATGEOBUF),
    (b"\x00\x00\x27\x0a", BoundaryFormat.SHAPEFILE),
)


def kind_of(path: Path, name: str) -> BoundaryFormat | Container:
    """What a file is.

    Args:
        name: What the file is called for the user.

    Raises:
        ImportProblem: It cannot be opened, is empty, or is nothing with areas.
    """
    head = _head(path, name)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{"):
        return BoundaryFormat.TOPOJSON if _is_topology(path) else BoundaryFormat.GEOJSON
    if text.startswith(b"<") and b"<kml" in text:
        return BoundaryFormat.KML
    raise not_boundaries(name)


def may_hold_boundaries(path: Path) -> bool:
    """Whether a dropped file is more likely one of boundaries than a table or a plan."""
    ending = path.suffix.lower()
    if ending in _SURE_ENDINGS:
        return True
    if ending == ".gz":
        return path.stem.lower().endswith(_SURE_ENDINGS) or path.stem.lower().endswith(".json")
    if ending == ".json":
        return _looks_like_areas(path)
    return ending == ".zip" and _zip_holds_areas(path)


def shapefile_of(path: Path) -> Path:
    """The .shp beside one of its companions; any other file as it is."""
    if path.suffix.lower() not in _COMPANIONS:
        return path
    for ending in (".shp", ".SHP"):
        if (beside := path.with_suffix(ending)).is_file():
            return beside
    return path


def not_boundaries(name: str) -> ImportProblem:
    """The problem of a file that is something else."""
    return ImportProblem(
        f"{name} is no file of boundaries.",
        meaning="Nothing was added.",
        remedy="Choose a shapefile (.shp, or the .zip it came in), GeoJSON, TopoJSON, GeoPackage, "
        "KML or FlatGeobuf file.",
    )


def unreadable(name: str, error: OSError) -> ImportProblem:
    """The problem of a file that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return ImportProblem(
            f"{name} was not found.",
            meaning="Nothing was added.",
            remedy="It may have been moved or renamed; choose it again.",
        )
    return ImportProblem(
        f"{name} could not be read ({error.strerror or 'the system gave no reason'}).",
        meaning="Nothing was added.",
        remedy="Close it in other programs, or copy it to your own folder and try again.",
    )


def _head(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except IsADirectoryError as error:
        raise not_boundaries(name) from error
    except OSError as error:
        raise unreadable(name, error) from error
    if not head:
        raise ImportProblem(
            f"{name} is empty.",
            meaning="Nothing was added.",
            remedy="Download or export it again; it may not have finished.",
        )
    return head


def _is_topology(path: Path) -> bool:
    """The word stands at the start or, in files of some programs, at the very end."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        file.seek(max(0, path.stat().st_size - _HEAD_BYTES))
        squeezed = b"".join((head + b" " + file.read()).split())
    return b'"type":"Topology"' in squeezed


def _looks_like_areas(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            squeezed = b"".join(file.read(_HEAD_BYTES).split())
    except OSError:
        return False
    return b'"FeatureCollection"' in squeezed or b'"Topology"' in squeezed


def _zip_holds_areas(path: Path) -> bool:
    """Whether names of areas' files stand in the list at the end of an archive."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 65536))
            tail = file.read().lower()
    except OSError:
        return False
    return any(ending.encode() in tail for ending in _SURE_ENDINGS)
