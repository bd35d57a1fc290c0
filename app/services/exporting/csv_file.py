# SPDX-License-Identifier: MIT
"""Writing a table as .csv."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from app.models.errors import TaskCancelled
from app.services.exporting.table import (
    Cancelled,
    ExportColumn,
    ExportTable,
    Progress,
    number_text,
)
from app.services.importing.cleaning import number

_BATCH_ROWS = 5000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """The dialect of a .csv file.

    Attributes:
        has_byte_order_mark: Excel reads UTF-8 rightly only with it.
        guards_formulas: Puts ' before texts that a spreadsheet would take for a formula. Files
            for the import of another system stay as they are.
    """

    delimiter: str = ","
    decimal_sign: str = "."
    has_byte_order_mark: bool = False
    guards_formulas: bool = True

    @classmethod
    def for_excel(cls, decimal_sign: str = ".") -> "CsvStyle":
        """What Excel opens by double click in a region with this decimal sign."""
        return cls(";" if decimal_sign == "," else ",", decimal_sign, has_byte_order_mark=True)


def write_csv(
    file: BinaryIO,
    table: ExportTable,
    style: CsvStyle,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> None:
    """Write a table.

    Raises:
        OSError: The disk refused it.
        TaskCancelled: The user stopped it.
    """
    if style.has_byte_order_mark:
        file.write(b"\xef\xbb\xbf")
    text = io.TextIOWrapper(
        file, encoding="utf-8", errors="replace", newline="", write_through=True
    )
    try:
        writer = csv.writer(text, delimiter=style.delimiter, lineterminator="\r\n")
        guard = guarded if style.guards_formulas else _unchanged
        writer.writerow([guard(column.header) for column in table.columns])
        for start in range(0, len(table), _BATCH_ROWS):
            if cancelled is not None and cancelled():
                raise TaskCancelled
            stop = start + _BATCH_ROWS
            columns = [_cells(column, start, stop, style, guard) for column in table.columns]
            writer.writerows(zip(*columns, strict=True))
            if progress is not None:
                progress(min(stop, len(table)) / len(table), "Writing the file")
        text.flush()
    finally:
        text.detach()


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that could be is led by ``'``."""
    if text.startswith(_FORMULA_STARTS) and not _is_number(text):
        return f"'{text}"
    return text


def _is_number(text: str) -> bool:
    value = number(text)
    return value is not None and value == value  # noqa: PLR0124 nan differs from itself


def _unchanged(text: str) -> str:
    return text


def _cells(
    column: ExportColumn, start: int, stop: int, style: CsvStyle, guard: Callable[[str], str]
) -> list[str]:
    part = column.cells[start:stop]
    if column.is_number:
        return [number_text(float(value), style.decimal_sign) for value in part]
    return [guard(str(text)) for text in part]
