# SPDX-License-Identifier: MIT
"""Text with delimiters to a grid of cells."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from app.models.errors import ImportProblem
from app.services.importing.cell_rows import MAX_CELL_CHARACTERS, TextRows
from app.services.importing.table import TextColumn, Watch, text_column

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 200
_WITH_QUOTES: Literal[0] = csv.QUOTE_MINIMAL
_WITHOUT_QUOTES: Literal[3] = csv.QUOTE_NONE
_MAX_LINES_IN_CELL = 20
"""A longer last cell is the rest of the file, swallowed by a stray quotation mark."""
_SAMPLE_CHARACTERS = 200_000
_SEP_LINE = re.compile(r'\A"?sep=(.)"?\r?\n?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grid:
    """All cells of a sheet or text file, header and footer included, as columns."""

    columns: tuple[TextColumn, ...]
    delimiter: str = ""
    notes: tuple[str, ...] = ()
    first_row: int = 1

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.columns[0]) if self.columns else 0

    def row(self, index: int) -> list[str]:
        """The cells of one row."""
        return [column[index] for column in self.columns]


def parse(name: str, text: str, delimiter: str | None = None, watch: Watch | None = None) -> Grid:
    """The cells of a text file.

    Args:
        delimiter: What the user chose; None finds it.
        watch: Told how far the reading is, between 0.2 and 0.7.

    Raises:
        ImportProblem: No table can be made of it.
        TaskCancelled: The user stopped it.
    """
    first_row = 1
    sep_line = _SEP_LINE.match(text)
    if sep_line:
        text, first_row = text[sep_line.end() :], 2
        delimiter = delimiter or sep_line.group(1)
    text = _with_plain_row_ends(text)
    chosen = delimiter or _delimiter(text)
    columns, notes = _columns(name, text, chosen, watch or Watch())
    return Grid(columns, chosen, notes, first_row)


def _with_plain_row_ends(text: str) -> str:
    """The same rows; line feeds inside cells of a file with CR row ends become spaces."""
    head = text[:_SAMPLE_CHARACTERS]
    if "\r" in head and "\r\n" not in head and head.count("\r") > head.count("\n") / 2:
        first_end = min((head.find(end) for end in "\r\n" if end in head), default=-1)
        if head[first_end] == "\r":
            return text.replace("\n", " ").replace("\r", "\n")
    return text


def _delimiter(text: str) -> str:
    """The delimiter that splits the first rows into the most even number of cells.

    Each candidate scores the number of cells of its most frequent row length, times the share of
    rows of that length; titles and footers then weigh little.
    """
    best, best_score = ",", 0.0
    for candidate in DELIMITERS:
        rows = [len(row) for row in _sample(text, candidate) if any(row)]
        if not rows:
            continue
        length, count = max(Counter(rows).items(), key=lambda item: (item[0] > 1, item[1]))
        score = (length - 1) * count / len(rows) if length > 1 else 0.0
        # A header alone shows the delimiter where the rows are ragged.
        score += 0.5 * (rows[0] - 1) / max(rows)
        if score > best_score:
            best, best_score = candidate, score
    return best


def _sample(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text[:_SAMPLE_CHARACTERS], newline=""), delimiter=delimiter)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) == _SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    return rows


def _columns(
    name: str, text: str, delimiter: str, watch: Watch
) -> tuple[tuple[TextColumn, ...], tuple[str, ...]]:
    """The cells, and notes on quotation marks that do not close."""
    rows, notes = TextRows(name, text, watch), ()
    found = rows.columns(delimiter, _WITH_QUOTES)
    if found is not None and found[1]:
        if found[0].last_cell().count("\n") > _MAX_LINES_IN_CELL:
            found = None
        else:
            notes = ("The file ends in the middle of a cell; it may not be complete.",)
    if found is None:
        notes = ("A quotation mark is not closed, so quotation marks were read as text.",)
        found = rows.columns(delimiter, _WITHOUT_QUOTES)
    if found is None:
        raise ImportProblem(
            f"{name} has a cell of more than {MAX_CELL_CHARACTERS:,} characters.",
            meaning="Nothing was imported.",
            remedy="It may not be a table. Check the delimiter, or export it again.",
        )
    columns = found[0].joined()
    if rows.has_wrapped:
        columns = tuple(_unwrapped(column) for column in columns)
    return columns, notes


def _unwrapped(column: TextColumn) -> TextColumn:
    """Cells written as ``="02139"``, which keeps leading zeros in Excel, without the wrapping."""
    if not any(cell.startswith('="') for cell in column):
        return column
    wrapped = re.compile(r'\A="([^"]*)"\Z')
    return text_column([wrapped.sub(r"\1", cell) for cell in column])
