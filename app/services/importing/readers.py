# SPDX-License-Identifier: MIT
"""Reading a file as tables: the one entry for every kind of file."""

from pathlib import Path

from app.models.errors import ImportProblem
from app.services.importing.assembling import Origin, table_of
from app.services.importing.containers import refuse_crowded
from app.services.importing.decoding import DecodedText, decode, unpack_gzip
from app.services.importing.delimited import Grid, parse
from app.services.importing.hyper_file import is_hyper, read_hyper
from app.services.importing.packages import is_package, read_package
from app.services.importing.sniffing import file_kind
from app.services.importing.table import (
    Cancelled,
    FileKind,
    ImportedTable,
    Progress,
    ReadOptions,
    Watch,
)
from app.services.importing.workbook_tables import table_of_sheet, tables_of_sheets
from app.services.importing.workbooks import list_sheets, read_all_sheets, read_workbook
from app.services.pausing import collector_paused

_WORKBOOKS = (FileKind.XLSX, FileKind.XLS, FileKind.ODS)


def read_table(
    path: Path,
    options: ReadOptions | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportedTable:
    """The table in a file.

    What the file is, its encoding, its delimiter and the row of its column names are found from
    its content, unless `options` say otherwise.

    Raises:
        ImportProblem: The file cannot be read as a table.
        TaskCancelled: The user stopped it.
    """
    chosen, watch = options or ReadOptions(), Watch(progress, cancelled)
    watch.at(0.0, f"Opening {path.name}")
    kind = file_kind(path, watch)
    with collector_paused():
        if kind in _WORKBOOKS:
            cells = read_workbook(path, chosen.sheet, watch)
            watch.at(0.7, "Finding the column names")
            return table_of_sheet(path.name, kind, cells, chosen)
        return _read_text(path, kind, chosen, watch)


def read_tables(
    path: Path, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> list[ImportedTable]:
    """All tables of a file: of a workbook's sheets, of a package of Salesforce, of an extract.

    A folder is read as a package of Salesforce.

    Raises:
        ImportProblem: It cannot be read, or holds no table.
        TaskCancelled: The user stopped it.
    """
    watch = Watch(progress, cancelled)
    watch.at(0.0, f"Opening {path.name}")
    refuse_crowded(path)
    if is_package(path):
        return read_package(path)
    if is_hyper(path):
        return read_hyper(path, watch)
    kind = file_kind(path, watch)
    with collector_paused():
        if kind not in _WORKBOOKS:
            return [_read_text(path, kind, ReadOptions(), watch)]
        found, passed_over = read_all_sheets(path, watch)
        watch.at(0.7, "Finding the column names")
        return tables_of_sheets(path.name, kind, found, passed_over)


def sheets_of(path: Path) -> tuple[str, ...]:
    """The sheets that the user can choose from; empty where the file is no workbook.

    Raises:
        ImportProblem: The file cannot be opened.
    """
    return list_sheets(path) if file_kind(path) in _WORKBOOKS else ()


def _read_text(path: Path, kind: FileKind, options: ReadOptions, watch: Watch) -> ImportedTable:
    origin, grid = _text_cells(path, kind, options, watch)
    return table_of(origin, grid, options, watch)


def _text_cells(
    path: Path, kind: FileKind, options: ReadOptions, watch: Watch
) -> tuple[Origin, Grid]:
    """The cells of a text file; its bytes and its text are let go of on the way."""
    decoded = _decoded(path, kind, options, watch)
    watch.at(0.2, f"Reading {path.name}")
    grid = parse(path.name, decoded.text, options.delimiter, watch)
    return Origin(path.name, kind, decoded.encoding, decoded.notes), grid


def _decoded(path: Path, kind: FileKind, options: ReadOptions, watch: Watch) -> DecodedText:
    content = _content(path, kind)
    watch.at(0.1, f"Reading {path.name}")
    return decode(path.name, content, options.encoding)


def _content(path: Path, kind: FileKind) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ImportProblem(
            f"{path.name} could not be read ({error.strerror or 'the system gave no reason'}).",
            meaning="Nothing was imported.",
            remedy="Close it in other programs, or copy it to your own folder and try again.",
        ) from error
    return unpack_gzip(path.name, content) if kind is FileKind.GZIP else content
