# SPDX-License-Identifier: MIT
"""Cells that were copied in a spreadsheet program, as a table."""

from dataclasses import replace

from app.models.errors import ImportProblem
from app.services.importing.assembling import Origin, table_of
from app.services.importing.delimited import parse
from app.services.importing.sniffing import MAX_FILE_BYTES, too_large
from app.services.importing.table import (
    Cancelled,
    ImportedTable,
    Progress,
    ReadOptions,
    Watch,
)
from app.services.pausing import collector_paused

PASTED = "Pasted cells"


def table_from_text(
    text: str,
    options: ReadOptions | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportedTable:
    """The table in copied text: cells between tabs, or between what files have between them.

    Where the first row is data, as part of a table was copied, the columns have no names.

    Raises:
        ImportProblem: No table can be made of it.
        TaskCancelled: The user stopped it.
    """
    chosen, watch = options or ReadOptions(), Watch(progress, cancelled)
    watch.at(0.0, "Reading the pasted cells")
    plain = text.replace("\x00", "").removeprefix("\ufeff")
    if not plain.strip():
        raise ImportProblem(
            "There is no text to paste.",
            meaning="Nothing was imported.",
            remedy="Copy the cells in your spreadsheet program, with their column names, and "
            "paste them again.",
        )
    if len(plain) > MAX_FILE_BYTES:
        raise too_large(PASTED, len(plain), is_unpacked=False)
    with collector_paused():
        delimiter = chosen.delimiter or ("\t" if "\t" in plain else None)
        grid = parse(PASTED, plain, delimiter, watch)
        try:
            return table_of(Origin(PASTED), grid, chosen, watch)
        except ImportProblem:
            if chosen.header_row is not None:
                raise
            table = table_of(Origin(PASTED), grid, replace(chosen, header_row=0), watch)
            note = "The first row is data, so the columns are called Column 1, Column 2 and so on."
            return replace(table, notes=(note, *table.notes))
