# SPDX-License-Identifier: MIT
"""The rows that an import leaves out, as a file to mend and bring in again."""

import csv
from collections.abc import Mapping
from pathlib import Path

from app.models.errors import ExportProblem
from app.services.importing.table import ImportedTable

REASON_HEADER = "Why it was left out"
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_left_out(path: Path, table: ImportedTable, skipped_rows: Mapping[int, str]) -> None:
    """Write the rows with a column that says why, in a form that every spreadsheet opens.

    Args:
        path: File to write; one that exists is replaced.
        table: The file that was imported.
        skipped_rows: Position in the table to the reason.

    Raises:
        ExportProblem: The file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*table.headers, REASON_HEADER])
            for at in sorted(skipped_rows):
                cells = [_as_text(str(table.columns[header][at])) for header in table.headers]
                writer.writerow([*cells, skipped_rows[at]])
    except OSError as error:
        raise ExportProblem(
            f"{path.name} could not be written.",
            meaning="The plan and the import are as they were.",
            remedy="Close the file where it is open, or choose another folder.",
        ) from error


def _as_text(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula; numbers stay numbers."""
    if not cell.startswith(_STARTS_FORMULA):
        return cell
    try:
        float(cell.replace(",", ""))
    except ValueError:
        return f"'{cell}"
    return cell
