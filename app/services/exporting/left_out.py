# SPDX-License-Identifier: MIT
"""The rows of an import that need a repair, as a sheet to mend and bring back."""

from collections.abc import Mapping
from pathlib import Path

from app.services.exporting.csv_file import CsvStyle
from app.services.exporting.table import ExportColumn, ExportTable
from app.services.exporting.writing import write_table
from app.services.importing.repairs import repair_sheet
from app.services.importing.table import ImportedTable


def repair_table(table: ImportedTable, problem_by_row: Mapping[int, str]) -> ExportTable:
    """The rows in the order of the file, each with its number and what is wrong with it.

    Args:
        problem_by_row: By position in the table.
    """
    headers, lines = repair_sheet(table, problem_by_row)
    columns = list(zip(*lines, strict=True)) if lines else [()] * len(headers)
    return ExportTable(
        "To repair",
        tuple(
            ExportColumn(header, list(column))
            for header, column in zip(headers, columns, strict=True)
        ),
    )


def write_repair_sheet(path: Path, table: ImportedTable, problem_by_row: Mapping[int, str]) -> None:
    """Write these rows as .csv or .xlsx, by the name of the file.

    Raises:
        ExportProblem: The file cannot be written; one that exists is as it was.
    """
    style = CsvStyle(table.delimiter or ",", has_byte_order_mark=True)
    write_table(path, repair_table(table, problem_by_row), style)
