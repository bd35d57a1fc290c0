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
    lines = [table.headers, *([_plain(cell) for cell in row] for row in table.rows)]
    text = "".join("\t".join(_one_cell(cell) for cell in line) + "\n" for line in lines)
    QGuiApplication.clipboard().setText(text)
    return text


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    number = float(cell)
    return "" if np.isnan(number) else np.format_float_positional(number, trim="-")


def _one_cell(text: str) -> str:
    """Text without what would start another cell or line in a spreadsheet."""
    return text.replace("\t", " ").replace("\r", " ").replace("\n", " ")
