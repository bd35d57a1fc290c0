# SPDX-License-Identifier: MIT
"""From the cells of a file to its table: column names, footers, decimal sign, date order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.services.importing.dates import date_evidence
from app.services.importing.delimited import Grid
from app.services.importing.header_rows import MergedCells
from app.services.importing.headers import find_body
from app.services.importing.table import (
    DateOrder,
    FileKind,
    ImportedTable,
    ReadOptions,
    TextColumn,
    Watch,
)

_DECIMAL_COMMA = re.compile(r"\A[^\d,.]*\d{1,3}(\.\d{3})*,\d+[^\d,.]*\Z")
_DECIMAL_POINT = re.compile(r"\A[^\d,.]*\d{1,3}(,\d{3})*\.\d+[^\d,.]*\Z|\A-?\d+\.\d+\Z")
_PLAIN_COMMA = re.compile(r"\A-?\d+,\d+\Z")
_VOTING_ROWS = 2000
_MAX_SIGNS_CHARACTERS = 24


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the cells of a table came from.

    Attributes:
        notes: What was found before the cells were taken apart.
        merged: Merged cells within one row.
    """

    name: str
    kind: FileKind = FileKind.TEXT
    encoding: str = ""
    notes: tuple[str, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    merged: tuple[MergedCells, ...] = ()


def table_of(
    origin: Origin, grid: Grid, options: ReadOptions, watch: Watch | None = None
) -> ImportedTable:
    """The table in a grid of cells.

    Raises:
        ImportProblem: There is no row of column names, or no data row under it.
        TaskCancelled: The user stopped it.
    """
    watched = watch or Watch()
    body = find_body(origin.name, grid, options, origin.merged, watched)
    watched.at(0.9, "Finding the order of dates")
    sign = options.decimal_sign or decimal_sign(body.columns, grid.delimiter)
    order, is_certain, notes = _date_order(body.columns, options, sign)
    return ImportedTable(
        file_name=origin.name,
        headers=body.headers,
        columns=dict(zip(body.headers, body.columns, strict=True)),
        row_numbers=body.kept + grid.first_row,
        kind=origin.kind,
        encoding=origin.encoding,
        delimiter=grid.delimiter,
        decimal_sign=sign,
        header_row=body.header.row + grid.first_row if body.header.row >= 0 else 0,
        header_depth=body.header.depth,
        date_order=order,
        is_date_order_certain=is_certain,
        leaves_out_totals=options.leaves_out_totals is not False,
        footer_rows=body.footer_rows,
        notes=(*origin.notes, *grid.notes, *body.notes, *notes),
        sheet=origin.sheet,
        sheets=origin.sheets,
    )


def _date_order(
    columns: Iterable[TextColumn], options: ReadOptions, sign: str
) -> tuple[DateOrder, bool, tuple[str, ...]]:
    """The order, whether it is certain, and what to say where it is not."""
    if options.date_order is not None:
        return options.date_order, True, ()
    # Where numbers are written with a comma, dates are written with the day first.
    found = date_evidence(columns, prefers_day_first=sign == ",")
    if found.is_certain:
        return found.order, True, ()
    note = (
        f"Dates such as {found.example} can be read two ways; they are read as {found.order.value}."
    )
    return found.order, False, (note,)


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
