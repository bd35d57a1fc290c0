# SPDX-License-Identifier: MIT
"""The tables among files and folders that were chosen or dropped together."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from app.models.errors import ImportProblem
from app.services.importing.containers import refuse_crowded
from app.services.importing.decoding import decode
from app.services.importing.delimited import parse
from app.services.importing.hyper_file import is_hyper
from app.services.importing.packages import is_package
from app.services.importing.sniffing import TABLE_REMEDY, file_kind
from app.services.importing.table import Cancelled, FileKind, Watch

MAX_FILES = 200
_MAX_LOOKED_AT = 5_000
_NAMED = 5
_SAMPLE_BYTES = 32 * 1024
_TABLE_ENDINGS = (".csv", ".tsv", ".tab")
_MIN_EVEN_ROWS_FRACTION = 0.6


@dataclass(slots=True)
class FoundFiles:
    """What can be read of that which was chosen.

    Attributes:
        paths: Files, and folders that hold a package of Salesforce, in the order of their names.
        passed_over: Names of files in folders that are no tables, or too many.
    """

    paths: list[Path] = field(default_factory=list[Path])
    passed_over: list[str] = field(default_factory=list[str])

    @property
    def note(self) -> str:
        """What was passed over, as a sentence; "" where nothing was."""
        if not self.passed_over:
            return ""
        names = ", ".join(self.passed_over[:_NAMED])
        others = len(self.passed_over) - _NAMED
        more = f" and {others:,} more" if others > 0 else ""
        return f"Passed over, as they are no tables or too many: {names}{more}."


def files_in(paths: Sequence[Path], cancelled: Cancelled | None = None) -> list[Path]:
    """The files to read of files and folders.

    Raises:
        ImportProblem: There is none.
        TaskCancelled: The user stopped it.
    """
    found = found_files(paths, cancelled)
    if not found.paths:
        raise ImportProblem(
            "No table was found in what you chose.",
            meaning=f"{found.note} Nothing was imported.".strip(),
            remedy=TABLE_REMEDY,
        )
    return found.paths


def found_files(paths: Sequence[Path], cancelled: Cancelled | None = None) -> FoundFiles:
    """The tables among files and folders, and what was passed over.

    A file that was chosen itself always counts, so that reading it says what is wrong with it. In
    folders the content decides; hidden files are not looked at.

    Raises:
        TaskCancelled: The user stopped it.
    """
    watch, found = Watch(None, cancelled), FoundFiles()
    for path in paths:
        watch.at(0.0, "")
        if not path.is_dir():
            _take(found, path)
            continue
        if is_package(path):
            _take(found, path)
        for count, file in enumerate(_files_below(path)):
            watch.at(0.0, "")
            if count >= _MAX_LOOKED_AT or not _is_table(file):
                found.passed_over.append(file.name)
            else:
                _take(found, file)
    return found


def _take(found: FoundFiles, path: Path) -> None:
    if path in found.paths:
        return
    if len(found.paths) < MAX_FILES:
        found.paths.append(path)
    else:
        found.passed_over.append(path.name)


def _files_below(folder: Path) -> Iterator[Path]:
    """Files of a folder and the folders in it, without the parts of packages."""
    for place, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not _is_hidden(name))
        for name in sorted(names):
            if not _is_hidden(name) and not _is_package_part(name):
                yield Path(place) / name


def _is_hidden(name: str) -> bool:
    # Spreadsheet programs keep "~$name" next to a file that is open.
    return name.startswith((".", "~$")) or name in ("__MACOSX", "node_modules", "desktop.ini")


def _is_package_part(name: str) -> bool:
    return name.removesuffix("-meta.xml").endswith(
        (".territory2", ".territory2Model", ".territory2Rule", ".territory2Type")
    )


def _is_table(path: Path) -> bool:
    try:
        refuse_crowded(path)
        if is_package(path) or is_hyper(path):
            return True
        if file_kind(path) is not FileKind.TEXT or path.suffix.lower() in _TABLE_ENDINGS:
            return True
        with path.open("rb") as file:
            return _has_even_rows(path.name, file.read(_SAMPLE_BYTES))
    except (ImportProblem, OSError):
        return False


def _has_even_rows(name: str, head: bytes) -> bool:
    """Whether most rows have the same number of filled cells, and more than one; prose has not."""
    grid = parse(name, decode(name, head).text)
    filled = np.zeros(len(grid), dtype=np.int64)
    for column in grid.columns:
        filled += column.astype(bool)
    filled = filled[filled > 0]
    if len(filled) < 2:
        return False
    widths, counts = np.unique(filled, return_counts=True)
    usual = int(counts.argmax())
    return bool(widths[usual] > 1 and counts[usual] >= len(filled) * _MIN_EVEN_ROWS_FRACTION)
