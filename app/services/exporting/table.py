# SPDX-License-Identifier: MIT
"""A table that is about to be written: columns of texts or numbers under their names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np
import numpy.typing as npt

Progress = Callable[[float, str], None]
"""Called with the share done, 0 to 1, and a sentence for the user."""

Cancelled = Callable[[], bool]
"""Asked now and then by long work; True stops it with `TaskCancelled`."""


class NumberStyle(Enum):
    """How a spreadsheet shows the numbers of a column; the value is Excel's number format."""

    PLAIN = "General"
    WHOLE = "#,##0"
    MONEY = "#,##0.00"
    PERCENT = "0.0%"
    SIGNED_PERCENT = "+0.0%;-0.0%;0.0%"
    DEGREES = "0.000000"


@dataclass(frozen=True)
class ExportColumn:
    """One column.

    Attributes:
        header: Its name in the first row.
        cells: Texts, which stay texts whatever they look like, or numbers; nan is an empty cell.
        style: For numbers only.
    """

    header: str
    cells: Sequence[str] | npt.NDArray[np.float64]
    style: NumberStyle = NumberStyle.PLAIN

    @cached_property
    def is_number(self) -> bool:
        """Whether the cells are numbers."""
        return isinstance(self.cells, np.ndarray) and self.cells.dtype.kind == "f"


@dataclass(frozen=True, slots=True)
class ExportTable:
    """Columns of equal length.

    Attributes:
        title: Name of the sheet.
    """

    title: str
    columns: tuple[ExportColumn, ...]

    def __len__(self) -> int:
        """Number of rows below the header."""
        return len(self.columns[0].cells) if self.columns else 0


def number_text(value: float, decimal_sign: str = ".") -> str:
    """A number as it stands in a .csv file: no thousands separators, no needless digits."""
    if value != value:  # noqa: PLR0124 nan differs from itself
        return ""
    text = str(int(value)) if value.is_integer() and abs(value) < _EXACT_LIMIT else repr(value)
    return text.replace(".", decimal_sign) if decimal_sign != "." else text


_EXACT_LIMIT = 1e15
