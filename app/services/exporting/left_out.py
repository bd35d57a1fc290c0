# SPDX-License-Identifier: MIT
"""The rows that an import leaves out, as a file to mend and bring in again."""

from collections.abc import Mapping
from pathlib import Path

from app.services.exporting.csv_file import CsvStyle
from app.services.exporting.table import ExportColumn, ExportTable
from app.services.exporting.writing import write_table
from app.services.importing.table import ImportedTable

REASON_HEADER = "Why it was left out"


def left_out_table(table: ImportedTable, skipped_rows: Mapping[int, str]) -> ExportTable:
    """The rows in the order of the file, with their reasons.

    Args:
        skipped_rows: Position in the table to the reason.
    """
    rows = sorted(skipped_rows)
    columns = [
        ExportColumn(header, [str(table.columns[header][row]) for row in rows])
        for header in table.headers
    ]
    columns.append(ExportColumn(REASON_HEADER, [skipped_rows[row] for row in rows]))
    return ExportTable("Left out", tuple(columns))


def write_left_out(path: Path, table: ImportedTable, skipped_rows: Mapping[int, str]) -> None:
    """Write these rows as .csv or .xlsx, by the name of the file.

    Raises:
        ExportProblem: The file cannot be written; one that exists is as it was.
    """
    style = CsvStyle(table.delimiter or ",", has_byte_order_mark=True)
    write_table(path, left_out_table(table, skipped_rows), style)
