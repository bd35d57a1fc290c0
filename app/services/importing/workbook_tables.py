# SPDX-License-Identifier: MIT
"""From the cells of a workbook's sheets to tables."""

from collections.abc import Sequence
from dataclasses import replace

from app.models.errors import ImportProblem
from app.services.importing.assembling import Origin, table_of
from app.services.importing.delimited import Grid
from app.services.importing.header_rows import MergedCells
from app.services.importing.table import FileKind, ImportedTable, ReadOptions, text_column
from app.services.importing.workbook_cells import PassedOver, SheetCells

_NAMED = 10


def table_of_sheet(
    name: str, kind: FileKind, cells: SheetCells, options: ReadOptions
) -> ImportedTable:
    """The table of the one sheet that was read.

    Raises:
        ImportProblem: There is no row of column names, or no data row under it.
    """
    table = _table(name, kind, cells, options)
    others = len(cells.sheets) - 1
    if others < 1:
        return table
    note = f'Sheet "{cells.sheet}" was read; the workbook has {others} more.'
    return replace(table, notes=(*table.notes, note))


def tables_of_sheets(
    name: str, kind: FileKind, found: Sequence[SheetCells], passed_over: Sequence[PassedOver]
) -> list[ImportedTable]:
    """The tables of all sheets that hold one; the first says which sheets hold none.

    Raises:
        ImportProblem: No sheet holds a table.
    """
    tables: list[ImportedTable] = []
    without = [sheet.sheet for sheet in passed_over if not sheet.is_hidden]
    hidden = [sheet.sheet for sheet in passed_over if sheet.is_hidden]
    problems: list[ImportProblem] = []
    for cells in found:
        try:
            table = _table(name, kind, cells, ReadOptions())
        except ImportProblem as error:
            problems.append(error)
            without.append(cells.sheet)
            continue
        if len(table.headers) > 1 or len(found) == 1:
            tables.append(table)
        else:
            # A single column next to other sheets is a text about them, or a list of choices.
            without.append(cells.sheet)
    if not tables:
        if problems:
            raise problems[0]
        return [_table(name, kind, found[0], ReadOptions())]
    notes = (
        *_named("Sheets without a table were passed over", without),
        *_named("Hidden sheets were passed over", hidden),
    )
    tables[0] = replace(tables[0], notes=(*tables[0].notes, *notes))
    return tables


def _named(sentence: str, names: Sequence[str]) -> tuple[str, ...]:
    if not names:
        return ()
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return (f"{sentence}: {', '.join(names[:_NAMED])}{more}.",)


def _table(name: str, kind: FileKind, cells: SheetCells, options: ReadOptions) -> ImportedTable:
    notes = (
        ("Merged cells were filled with the value of their group.",) if cells.is_filled_down else ()
    )
    columns = tuple(text_column(column) for column in cells.columns)
    grid = Grid(columns, notes=notes, first_row=cells.first_row)
    merged = tuple(MergedCells(*place) for place in cells.merged)
    origin = Origin(name, kind, sheet=cells.sheet, sheets=cells.sheets, merged=merged)
    return table_of(origin, grid, options)
