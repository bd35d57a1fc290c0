# SPDX-License-Identifier: MIT
"""The files of a Salesforce metadata package, from a folder or a ZIP file, with limits.

Names of files are data here: nothing is unpacked to the disk, and no name is opened as a path.
"""

import itertools
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from app.models.errors import ImportProblem
from app.services.importing.containers import refuse_crowded

TERRITORY, MODEL, RULE, TYPE = "territory2", "territory2Model", "territory2Rule", "territory2Type"
_SUFFIX_BY_PART = {f".{part}": part for part in (TERRITORY, MODEL, RULE, TYPE)}
_META = "-meta.xml"
_MAX_LOOKED_AT = 20_000
_MAX_FILES = 10_000
_MAX_FILE_BYTES = 1024 * 1024
_MAX_ALL_BYTES = 64 * 1024 * 1024
_NAMESPACE = "{http://soap.sforce.com/2006/04/metadata}"


@dataclass(frozen=True, slots=True)
class PackagePart:
    """One file of a package.

    Attributes:
        part: `TERRITORY`, `MODEL`, `RULE` or `TYPE`.
        folder: Of the model that it belongs to, or of the file where there is none.
        name: The developer name, which is the name of the file.
        content: As it is in the file.
    """

    part: str
    folder: str
    name: str
    content: bytes


def has_parts(path: Path) -> bool:
    """Whether a folder or ZIP file holds territories of Salesforce; other paths are not opened."""
    try:
        return any(_part_of(name) == TERRITORY for name in _names(path))
    except (OSError, zipfile.BadZipFile):
        return False
    except ImportProblem:  # a crowded archive; whoever reads it as a table says so
        return False


def read_parts(path: Path) -> list[PackagePart]:
    """All parts of a package, in the order of their names.

    Raises:
        ImportProblem: It is too large, locked or damaged.
    """
    try:
        names = sorted(name for name in _names(path) if _part_of(name))
        if len(names) > _MAX_FILES:
            raise too_large(path.name)
        return _parts(path, names)
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError) as error:
        raise ImportProblem(
            f"{path.name} could not be read as a package.",
            meaning="Nothing was imported.",
            remedy="Retrieve the package again, without a password, and choose it anew.",
        ) from error


def element_of(part: PackagePart) -> Element | None:
    """The root of a part, or None where it is no plain XML; entities are never followed."""
    try:
        return ElementTree.fromstring(part.content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None


def text_of(element: Element, name: str) -> str:
    """The text of a child, "" where there is none."""
    child = element.find(f"{_NAMESPACE}{name}")
    if child is None:
        child = element.find(name)
    return "" if child is None or child.text is None else " ".join(child.text.split())


def children_of(element: Element, name: str) -> list[Element]:
    """All children of a name."""
    return element.findall(f"{_NAMESPACE}{name}") or element.findall(name)


def _names(path: Path) -> Iterator[str]:
    """Names of the files in a folder or ZIP file, with "/" between their parts."""
    if path.is_dir():
        yield from itertools.islice(_files_below(path), _MAX_LOOKED_AT)
    elif path.is_file() and zipfile.is_zipfile(path):
        refuse_crowded(path)
        with zipfile.ZipFile(path) as archive:
            yield from archive.namelist()[:_MAX_LOOKED_AT]


def _files_below(path: Path) -> Iterator[str]:
    """Files in a folder, without those that tools keep for themselves."""
    for folder, below, files in os.walk(path):
        below[:] = sorted(n for n in below if not n.startswith(".") and n != "node_modules")
        start = Path(folder).relative_to(path)
        yield from ((start / name).as_posix() for name in files)


def _part_of(name: str) -> str:
    return _SUFFIX_BY_PART.get(PurePosixPath(name.removesuffix(_META)).suffix, "")


def _parts(path: Path, names: list[str]) -> list[PackagePart]:
    if path.is_dir():
        return _within_limits(path, ((name, _of_file(path / name)) for name in names))
    with zipfile.ZipFile(path) as archive:
        return _within_limits(path, ((name, _of_entry(archive, name)) for name in names))


def _of_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MAX_FILE_BYTES + 1)


def _of_entry(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        return file.read(_MAX_FILE_BYTES + 1)


def _within_limits(path: Path, contents: Iterator[tuple[str, bytes]]) -> list[PackagePart]:
    parts: list[PackagePart] = []
    total = 0
    for name, content in contents:
        total += len(content)
        if len(content) > _MAX_FILE_BYTES or total > _MAX_ALL_BYTES:
            raise too_large(path.name)
        place = PurePosixPath(name.removesuffix(_META))
        folder = place.parent
        if folder.name in ("territories", "rules"):
            folder = folder.parent
        parts.append(PackagePart(_part_of(name), str(folder), place.stem, content))
    return parts


def too_large(name: str) -> ImportProblem:
    """The problem of a package above the limits."""
    return ImportProblem(
        f"{name} is too large for a package of territories.",
        meaning="Nothing was imported.",
        remedy="Retrieve only the territory models, their types and rules.",
    )
