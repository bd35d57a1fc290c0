# SPDX-License-Identifier: MIT
"""Writing a table as .xlsx."""

import io
import tempfile
import traceback
from pathlib import Path
from typing import BinaryIO

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]
from xlsxwriter.exceptions import XlsxWriterException  # pyright: ignore[reportMissingTypeStubs]
from xlsxwriter.format import Format  # pyright: ignore[reportMissingTypeStubs]
from xlsxwriter.worksheet import Worksheet  # pyright: ignore[reportMissingTypeStubs]

from app.models.errors import ExportProblem, TaskCancelled
from app.services.exporting.table import Cancelled, ExportColumn, ExportTable, Progress

MAX_ROWS = 1_048_575
"""Rows that a sheet takes below the header."""

_MAX_CELL_CHARACTERS = 32_767
_MAX_TITLE_CHARACTERS = 31
_REPORT_EVERY = 2000
_WIDTH_ROWS = 500
_MIN_WIDTH, _MAX_WIDTH = 9.0, 46.0


def write_xlsx(
    file: BinaryIO,
    table: ExportTable,
    folder: Path,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> None:
    """Write a table as the only sheet of a workbook.

    Texts are written as texts whatever they look like, so nothing becomes a formula or a link.

    Args:
        folder: For the rows that are waiting to be packed.

    Raises:
        ExportProblem: It has more rows than a sheet takes.
        OSError: The disk refused it.
        TaskCancelled: The user stopped it.
    """
    if len(table) > MAX_ROWS:
        raise ExportProblem(
            f"A sheet takes {MAX_ROWS:,} rows; these are {len(table):,}.",
            meaning="The plan is unchanged.",
            remedy="Save it as .csv.",
        )
    packed = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix=".evenfield-", dir=folder) as waiting:
        _pack(packed, table, waiting, progress, cancelled)
    file.write(packed.getbuffer())


def _pack(
    packed: io.BytesIO,
    table: ExportTable,
    waiting: str,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> None:
    """Make the workbook in memory.

    Args:
        waiting: A folder for the rows until they are packed.
    """
    workbook = xlsxwriter.Workbook(
        packed,
        {
            "constant_memory": True,
            "tmpdir": waiting,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    try:
        sheet = workbook.add_worksheet(_sheet_title(table.title))  # pyright: ignore[reportUnknownMemberType]
        header = workbook.add_format(  # pyright: ignore[reportUnknownMemberType]
            {"bold": True, "bottom": 1, "valign": "top", "text_wrap": True, "bg_color": "#EEF1F4"}
        )
        styles = {
            style: workbook.add_format({"num_format": style.value})  # pyright: ignore[reportUnknownMemberType]
            for style in {column.style for column in table.columns}
        }
        formats = [styles[column.style] if column.is_number else None for column in table.columns]
        _write_header(sheet, table, header)
        _write_rows(sheet, table, formats, progress, cancelled)
    finally:
        _close(workbook)


def _close(workbook: xlsxwriter.Workbook) -> None:
    """Pack the workbook.

    Raises:
        OSError: The rows that wait on the disk could not be written or read.
    """
    try:
        workbook.close()
    except (OSError, XlsxWriterException) as error:
        workbook.fileclosed = True
        cause = error.args[0] if error.args else None
        # The library leaves its archive open. Letting go of its frames closes it now, while what
        # it writes to is still there, and not whenever the collector comes by.
        for failure in (error, error.__context__):
            if failure is not None:
                traceback.clear_frames(failure.__traceback__)
        if isinstance(error, OSError):
            raise
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


def _write_header(sheet: Worksheet, table: ExportTable, style: Format) -> None:
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(column))
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.header[:_MAX_CELL_CHARACTERS], style)
    if len(table):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)


def _write_rows(
    sheet: Worksheet,
    table: ExportTable,
    formats: list[Format | None],
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> None:
    columns = [
        (place, list(column.cells), column.is_number, formats[place])
        for place, column in enumerate(table.columns)
    ]
    for row in range(len(table)):
        if row % _REPORT_EVERY == 0:
            if cancelled is not None and cancelled():
                raise TaskCancelled
            if progress is not None:
                progress(row / len(table), "Writing the workbook")
        for place, cells, is_number, style in columns:
            cell = cells[row]
            if is_number:
                if cell == cell:  # noqa: PLR0124 nan differs from itself
                    sheet.write_number(row + 1, place, float(cell), style)
            elif cell:
                sheet.write_string(row + 1, place, str(cell)[:_MAX_CELL_CHARACTERS])


def _width(column: ExportColumn) -> float:
    longest = max((len(str(cell)) for cell in column.cells[:_WIDTH_ROWS]), default=0)
    if column.is_number:
        longest = min(longest, 14)
    return min(max(_MIN_WIDTH, longest * 1.05 + 2, len(column.header) * 0.9 + 3), _MAX_WIDTH)


def _sheet_title(title: str) -> str:
    """The title without the signs that Excel refuses in the name of a sheet."""
    plain = "".join("-" if sign in "[]:*?/\\" else sign for sign in title).strip("' ")
    return plain[:_MAX_TITLE_CHARACTERS] or "Sheet1"
