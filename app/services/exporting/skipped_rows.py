# SPDX-License-Identifier: MIT
"""The rows that an import left out, with the reason, to be repaired and imported again."""

from app.services.exporting.table import ExportColumn, ExportTable
from app.services.importing.draft import ImportDraft
from app.services.importing.table import ImportedTable

REASON_HEADER = "Why it was left out"


def skipped_rows_table(table: ImportedTable, draft: ImportDraft) -> ExportTable:
    """The skipped rows in the order of the file, with their row numbers and reasons."""
    rows = sorted(draft.skipped_rows)
    numbers = [str(int(table.row_numbers[row])) for row in rows]
    columns = [ExportColumn("Row", numbers)]
    columns.extend(
        ExportColumn(header, [str(table.columns[header][row]) for row in rows])
        for header in table.headers
    )
    columns.append(ExportColumn(REASON_HEADER, [draft.skipped_rows[row] for row in rows]))
    return ExportTable("Left out", tuple(columns))
