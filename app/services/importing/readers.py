# SPDX-License-Identifier: MIT
"""Reading a file as a table: the one entry for every kind of file."""

import re
from pathlib import Path

from app.models.errors import ImportProblem
from app.services.importing.decoding import DecodedText, decode, unpack_gzip
from app.services.importing.delimited import Grid, parse
from app.services.importing.headers import Body, find_body
from app.services.importing.sniffing import file_kind
from app.services.importing.table import (
    Cancelled,
    FileKind,
    ImportedTable,
    Progress,
    ReadOptions,
    TextColumn,
    Watch,
    text_column,
)
from app.services.importing.workbooks import list_sheets, read_workbook
from app.services.pausing import collector_paused

_WORKBOOKS = (FileKind.XLSX, FileKind.XLS, FileKind.ODS)
_DECIMAL_COMMA = re.compile(r"\A[^\d,.]*\d{1,3}(\.\d{3})*,\d+[^\d,.]*\Z")
_DECIMAL_POINT = re.compile(r"\A[^\d,.]*\d{1,3}(,\d{3})*\.\d+[^\d,.]*\Z|\A-?\d+\.\d+\Z")
_PLAIN_COMMA = re.compile(r"\A-?\d+,\d+\Z")
_VOTING_ROWS = 2000
_MAX_SIGNS_CHARACTERS = 24


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
    kind = file_kind(path)
    with collector_paused():
        if kind in _WORKBOOKS:
            return _read_workbook(path, kind, chosen, watch)
        return _read_text(path, kind, chosen, watch)


def sheets_of(path: Path) -> tuple[str, ...]:
    """The sheets that the user can choose from; empty where the file is no workbook.

    Raises:
        ImportProblem: The file cannot be opened.
    """
    return list_sheets(path) if file_kind(path) in _WORKBOOKS else ()


def _read_text(path: Path, kind: FileKind, options: ReadOptions, watch: Watch) -> ImportedTable:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ImportProblem(
            f"{path.name} could not be read ({error.strerror or 'the system gave no reason'}).",
            meaning="Nothing was imported.",
            remedy="Close it in other programs, or copy it to your own folder and try again.",
        ) from error
    if kind is FileKind.GZIP:
        content = unpack_gzip(path.name, content)
    decoded = decode(path.name, content, options.encoding)
    watch.at(0.2, f"Reading {path.name}")
    grid = parse(path.name, decoded.text, options.delimiter)
    watch.at(0.7, "Finding the column names")
    body = find_body(path.name, grid, options.header_row)
    return _table(path, kind, options, grid, body, decoded)


def _read_workbook(path: Path, kind: FileKind, options: ReadOptions, watch: Watch) -> ImportedTable:
    cells = read_workbook(path, options.sheet, watch)
    watch.at(0.7, "Finding the column names")
    notes = (
        ("Merged cells were filled with the value of their group.",) if cells.is_filled_down else ()
    )
    columns = tuple(text_column(column) for column in cells.columns)
    grid = Grid(columns, notes=notes, first_row=cells.first_row)
    body = find_body(path.name, grid, options.header_row)
    if len(cells.sheets) > 1:
        others = len(cells.sheets) - 1
        note = f'Sheet "{cells.sheet}" was read; the workbook has {others} more.'
        notes = (*notes, note)
    return _table(
        path,
        kind,
        options,
        Grid(columns, notes=notes, first_row=cells.first_row),
        body,
        DecodedText("", ""),
        (cells.sheet, cells.sheets),
    )


def _table(  # noqa: PLR0913, PLR0917 the parts of one reading, named at both calls
    path: Path,
    kind: FileKind,
    options: ReadOptions,
    grid: Grid,
    body: Body,
    decoded: DecodedText,
    sheet: tuple[str, tuple[str, ...]] = ("", ()),
) -> ImportedTable:
    return ImportedTable(
        file_name=path.name,
        headers=body.headers,
        columns=dict(zip(body.headers, body.columns, strict=True)),
        row_numbers=body.kept + grid.first_row,
        kind=kind,
        encoding=decoded.encoding,
        delimiter=grid.delimiter,
        decimal_sign=options.decimal_sign or decimal_sign(body.columns, grid.delimiter),
        header_row=body.header_row + grid.first_row if body.header_row >= 0 else 0,
        footer_rows=body.footer_rows,
        notes=(*decoded.notes, *grid.notes, *body.notes),
        sheet=sheet[0],
        sheets=sheet[1],
    )


def decimal_sign(columns: tuple[TextColumn, ...], delimiter: str) -> str:
    """The decimal sign that the numbers of a table show, "." where they show none.

    Only cells that can be read one way vote: "1.234,50" and "3,7" for the comma, "1,234.50" and
    "3.75" for the point. "1,234" could be either and does not vote.
    """
    commas = points = 0
    for column in columns:
        for cell in column[:_VOTING_ROWS]:
            if not cell or len(cell) > _MAX_SIGNS_CHARACTERS:
                continue
            if "," in cell and (_DECIMAL_COMMA.match(cell) or _PLAIN_COMMA.match(cell)):
                tail = cell.rpartition(",")[2]
                commas += "." in cell or sum(c.isdigit() for c in tail) != 3
            elif "." in cell and _DECIMAL_POINT.match(cell):
                tail = cell.rpartition(".")[2]
                points += "," in cell or sum(c.isdigit() for c in tail) != 3
    if commas == points:
        return "," if delimiter == ";" and commas else "."
    return "," if commas > points else "."
