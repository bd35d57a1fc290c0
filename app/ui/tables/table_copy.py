# SPDX-License-Identifier: MIT
"""Rows of a table on the clipboard and as a sheet."""

from collections.abc import Callable, Sequence
from html import escape

import numpy as np
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from app.services.exporting.table import ExportColumn, ExportTable, NumberStyle
from app.services.tables.column_facts import Coded
from app.ui.formats import count, plural
from app.ui.tables.arranger import Arranger
from app.ui.tables.clipboard import in_one_cell
from app.ui.tables.columns import ArrayColumn, CellKind, bare_number

_AT_ONCE = 5_000
"""So many rows are on the clipboard within 100 ms."""
MOST_COPIED = 200_000
"""More rows would fill the memory of whatever they are pasted into."""

_TEXT_CELL = "<td style=\"mso-number-format:'\\@'\">"
"""Keeps Excel from taking a ZIP code for a number."""


def copy_rows(
    columns: Sequence[ArrayColumn],
    rows: np.ndarray,
    arranger: Arranger,
    say: Callable[[str], None],
) -> str:
    """Put rows on the clipboard with headers, as text and as a table for spreadsheets.

    Args:
        columns: From left to right.
        rows: Row numbers of the values.
        arranger: Makes many rows ready in the background.
        say: Told what came of many rows.

    Returns:
        The text; empty where it comes later or there are too many rows.
    """
    if len(rows) > MOST_COPIED:
        say(
            f"These are {count(len(rows))} rows; at most {count(MOST_COPIED)} can be copied. "
            "Save the table as a sheet instead."
        )
        return ""
    if len(rows) <= _AT_ONCE:
        text, html = copied_texts(columns, rows)
        _put(text, html)
        return text

    def put(found: tuple[str, str]) -> None:
        _put(*found)
        say(f"Copied {plural(len(rows), 'row', 'rows')}.")

    arranger.run("Copying rows", lambda _context: copied_texts(columns, rows), put)
    return ""


def copied_texts(columns: Sequence[ArrayColumn], rows: np.ndarray) -> tuple[str, str]:
    """Rows with headers: tabs between cells and one line per row, and the same as HTML."""
    titles = [in_one_cell(column.title) for column in columns]
    cells = [_texts(column, rows) for column in columns]
    tags = ["<td>" if column.kind.is_number else _TEXT_CELL for column in columns]
    text = ["\t".join(titles)]
    html = ["<tr>" + "".join(f"<th>{escape(title)}</th>" for title in titles) + "</tr>"]
    for line in zip(*cells, strict=True):
        plain = [in_one_cell(cell) for cell in line]
        text.append("\t".join(plain))
        filled = zip(tags, plain, strict=True)
        html.append("<tr>" + "".join(f"{tag}{escape(cell)}</td>" for tag, cell in filled) + "</tr>")
    head = '<html><head><meta charset="utf-8"></head><body><table>'
    return "\n".join(text) + "\n", head + "\n".join(html) + "</table></body></html>"


def sheet_maker(
    title: str, columns: Sequence[ArrayColumn], rows: np.ndarray
) -> Callable[[], ExportTable]:
    """What makes a sheet of rows; it may be called in a worker.

    Args:
        title: Of the sheet.
        columns: From left to right.
        rows: Row numbers of the values.
    """

    def make() -> ExportTable:
        return ExportTable(title, tuple(_export_column(column, rows) for column in columns))

    return make


def _export_column(column: ArrayColumn, rows: np.ndarray) -> ExportColumn:
    cells = _read(column)
    if not column.kind.is_number:
        return ExportColumn(column.title, [str(cell) for cell in _at(cells, rows).tolist()])
    values = np.asarray(cells, dtype=np.float64)[rows]
    if column.style is not None:
        return ExportColumn(column.title, values, column.style)
    filled = values[~np.isnan(values)]
    is_whole = bool((filled == np.floor(filled)).all())
    style = NumberStyle.MONEY if column.kind is CellKind.MONEY else NumberStyle.PLAIN
    return ExportColumn(column.title, values, NumberStyle.WHOLE if is_whole else style)


def _texts(column: ArrayColumn, rows: np.ndarray) -> list[str]:
    cells = _at(_read(column), rows).tolist()
    return [bare_number(c) for c in cells] if column.kind.is_number else [str(c) for c in cells]


def _read(column: ArrayColumn) -> np.ndarray | Coded:
    cells = column.cells
    return cells if isinstance(cells, np.ndarray | Coded) else cells.read()


def _at(cells: np.ndarray | Coded, rows: np.ndarray) -> np.ndarray:
    return cells.texts_of(rows) if isinstance(cells, Coded) else cells[rows]


def _put(text: str, html: str) -> None:
    data = QMimeData()
    data.setText(text)
    data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)
