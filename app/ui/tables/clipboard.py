# SPDX-License-Identifier: MIT
"""Tables on the clipboard, as spreadsheets paste them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtGui import QGuiApplication

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class PlainTable:
    """Headers and rows; numbers stay numbers, None is an empty cell."""

    headers: tuple[str, ...] = ()
    rows: Sequence[Sequence[Cell]] = field(default_factory=tuple)


def copy_table(table: PlainTable) -> str:
    """Put a table on the clipboard.

    Returns:
        The text: tabs between cells, one line per row, numbers bare.
    """
    lines = ["\t".join(map(_cell_text, line)) for line in (table.headers, *table.rows)]
    text = "\n".join(lines) + "\n"
    QGuiApplication.clipboard().setText(text)
    return text


def in_one_cell(text: str) -> str:
    """Text without what would start another cell or line in a spreadsheet."""
    return text.replace("\t", " ").replace("\r", " ").replace("\n", " ")


def _cell_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return in_one_cell(cell)
    if cell is None or cell != cell:  # noqa: PLR0124 -- only nan is not itself
        return ""
    shown = str(cell)
    # Spreadsheets of some countries do not take exponents.
    return np.format_float_positional(cell, trim="-") if "e" in shown else shown.removesuffix(".0")
