# SPDX-License-Identifier: MIT
"""Writing a table to a file, by the file's extension."""

from pathlib import Path

from app.services.exporting.csv_file import CsvStyle, write_csv
from app.services.exporting.safe_file import replaced_file
from app.services.exporting.table import Cancelled, ExportTable, Progress


def write_table(
    target: Path,
    table: ExportTable,
    csv_style: CsvStyle | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> None:
    """Write a table as .csv, or as .xlsx where the name ends otherwise.

    Args:
        csv_style: Used for .csv alone.

    Raises:
        ExportProblem: It could not be written; an older file of this name is as it was.
        TaskCancelled: The user stopped it; likewise.
    """
    with replaced_file(target) as file:
        if target.suffix.lower() == ".csv":
            write_csv(file, table, csv_style or CsvStyle(), progress, cancelled)
            return
        # Imported here: the writer takes 0.1 s to import, and only an export needs it.
        from app.services.exporting.xlsx_file import write_xlsx  # noqa: PLC0415

        write_xlsx(file, table, target.parent, progress, cancelled)
