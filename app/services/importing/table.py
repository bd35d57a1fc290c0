# SPDX-License-Identifier: MIT
"""A table as it was read from a file: text columns and how they were found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from app.models.errors import TaskCancelled

if TYPE_CHECKING:
    # pandas takes 0.4 s to import; naming its type must not cost the window's start that time.
    import pandas as pd  # pyright: ignore[reportMissingTypeStubs]

TextColumn = npt.NDArray[np.object_]
"""One str per row, never None; an empty cell is ''."""

Progress = Callable[[float, str], None]
"""Called with the share done, 0 to 1, and a sentence for the user."""

Cancelled = Callable[[], bool]
"""Asked now and then by long work; True stops it with `TaskCancelled`."""


class FileKind(Enum):
    """What a file is, by its content."""

    TEXT = "text"
    GZIP = "gzip"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


class DateOrder(Enum):
    """Which number comes first in dates that could be read in several ways."""

    YMD = "year-month-day"
    MDY = "month/day/year"
    DMY = "day/month/year"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user chose instead of what was detected; None leaves it to detection.

    Attributes:
        sheet: Name of the sheet of a workbook.
        encoding: Python name of the encoding of a text file ("cp1252").
        delimiter: One character.
        decimal_sign: "." or ",".
        header_row: Row of the column names as the user counts it, from 1; 0 where the file has
            none, so that the columns are called "Column 1", "Column 2".
        header_depth: Rows that the column names take, 1 to 3; the lowest is `header_row`, and the
            groups above it ("2026" over "Q1") become part of the names ("2026 Q1").
        date_order: Of dates that could be read in several ways, such as 1/5/2026.
        leaves_out_totals: False keeps the rows that look like subtotals, totals and footers.
    """

    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimal_sign: str | None = None
    header_row: int | None = None
    header_depth: int | None = None
    date_order: DateOrder | None = None
    leaves_out_totals: bool | None = None


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """The rows of a file as text, with the story of how they were read.

    Attributes:
        file_name: Name without its folder, for labels and sentences.
        headers: Column names, unique, in the order of the file.
        columns: One text column per header, all of the same length.
        row_numbers: Per row, the number under which a spreadsheet shows it, from 1.
        kind: What the file is.
        encoding, delimiter: As detected or chosen; empty for workbooks.
        decimal_sign: "." or ","; decides only numbers that could be read both ways.
        header_row: Row of the column names, from 1; 0 where the file has none.
        header_depth: Rows that the column names take; the lowest is `header_row`.
        date_order: Decides only dates that could be read in several ways.
        is_date_order_certain: The dates of the table show it, or the user chose it.
        leaves_out_totals: Rows that look like subtotals, totals and footers were left out.
        footer_rows: Text of the rows that were left out below the table or as subtotals.
        notes: Sentences on everything else that was repaired or left out.
        sheet, sheets: The sheet read and all sheets of the workbook; empty for text.
    """

    file_name: str
    headers: tuple[str, ...]
    columns: Mapping[str, TextColumn]
    row_numbers: npt.NDArray[np.int64]
    kind: FileKind = FileKind.TEXT
    encoding: str = ""
    delimiter: str = ""
    decimal_sign: str = "."
    header_row: int = 1
    header_depth: int = 1
    date_order: DateOrder = DateOrder.YMD
    is_date_order_certain: bool = True
    leaves_out_totals: bool = True
    footer_rows: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.row_numbers)

    @property
    def can_be_read_otherwise(self) -> bool:
        """Whether `ReadOptions` apply; tables of packages and extracts are what they are."""
        return bool(self.encoding or self.delimiter or self.sheet)

    def samples(self, header: str, count: int = 3) -> tuple[str, ...]:
        """The first different non-empty cells of a column, shortened for display."""
        found: dict[str, None] = {}
        for cell in self.columns[header][:2000]:
            text = " ".join(str(cell).split())
            if text:
                found[text if len(text) <= _SAMPLE_LENGTH else text[: _SAMPLE_LENGTH - 1] + "…"] = (
                    None
                )
            if len(found) == count:
                break
        return tuple(found)

    def rows(self, count: int) -> list[tuple[str, ...]]:
        """The first rows, for the preview."""
        return list(zip(*(self.columns[h][:count].tolist() for h in self.headers), strict=True))

    @property
    def frame(self) -> pd.DataFrame:
        """The table as a DataFrame of text."""
        # Imported here: pandas takes 0.4 s, and only an import or an export needs it.
        import pandas as pd  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]

        return pd.DataFrame(dict(self.columns), columns=list(self.headers), dtype=object)

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, file_name: str) -> ImportedTable:
        """A table from a DataFrame of any types, as if it had been read from a file."""
        columns: dict[str, TextColumn] = {}
        is_filled, cells = frame.notna().to_numpy(), frame.to_numpy(dtype=object)
        for place, header in enumerate(frame.columns):
            pairs = zip(cells[:, place], is_filled[:, place], strict=True)
            texts = [cell_text(cell) if filled else "" for cell, filled in pairs]
            columns[str(header)] = text_column(texts)
        return cls(
            file_name=file_name,
            headers=tuple(columns),
            columns=columns,
            row_numbers=np.arange(2, len(frame) + 2, dtype=np.int64),
        )


_SAMPLE_LENGTH = 60
_WHOLE_NUMBER_LIMIT = 1e15


def cell_text(cell: object) -> str:
    """A cell of a workbook or DataFrame as text: whole numbers without ".0", dates as ISO."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < _WHOLE_NUMBER_LIMIT:
            return str(int(cell))
        return repr(cell)
    return str(cell)


def text_column(cells: Sequence[str]) -> TextColumn:
    """A text column of these cells."""
    column: TextColumn = np.empty(len(cells), dtype=np.object_)
    column[:] = cells
    return column


@dataclass(slots=True)
class Watch:
    """Progress and cancel of one piece of work, with defaults that do nothing."""

    progress: Progress | None = None
    cancelled: Cancelled | None = None
    _last: float = field(default=0.0)

    def at(self, share: float, sentence: str) -> None:
        """Report the share done, and stop here if the user asked to.

        Raises:
            TaskCancelled: The user stopped the work.
        """
        if self.cancelled is not None and self.cancelled():
            raise TaskCancelled
        self._last = share
        if self.progress is not None:
            self.progress(share, sentence)
