# SPDX-License-Identifier: MIT
"""Text with delimiters to a grid of cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, cast

import numpy as np

from app.models.errors import ImportProblem
from app.services.importing.table import TextColumn, Watch, text_column

DELIMITERS = (",", ";", "\t", "|")
MAX_COLUMNS = 1000
MAX_CELL_CHARACTERS = 131_072
_SAMPLE_ROWS = 200
_ROWS_AT_ONCE = 25_000
_MOSTLY_DIFFERENT = 0.5
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
    grid = _parse_fast(text, chosen, watch or Watch()) or _parse_tolerant(name, text, chosen)
    if '="' in text:
        grid = Grid(tuple(_unwrapped(c) for c in grid.columns), grid.delimiter, grid.notes)
    return Grid(grid.columns, chosen, grid.notes, first_row)


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


def _parse_fast(text: str, delimiter: str, watch: Watch) -> Grid | None:
    """The cells of a well-formed file, or None where rows differ in length or quotes are open."""
    width = max((len(row) for row in _sample(text, delimiter)), default=0)
    if not 0 < width <= MAX_COLUMNS or delimiter == "\x00":
        return None
    # Imported here: pandas takes 0.4 s, and only an import or an export needs it.
    import pandas as pd  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]

    columns = _ColumnList(width)
    try:
        # As bytes: a stream of text would take four bytes for each character.
        with pd.read_csv(
            io.BytesIO(text.encode("utf-8", "surrogatepass")),
            encoding="utf-8",
            encoding_errors="surrogatepass",
            sep=delimiter,
            engine="c",
            header=None,
            names=range(width),
            index_col=False,
            dtype=object,
            na_filter=False,
            skip_blank_lines=False,
            chunksize=_ROWS_AT_ONCE,
        ) as parts:
            for part in cast("Iterable[pd.DataFrame]", parts):
                columns.add(part.to_numpy(dtype=object))
                watch.at(0.2 + 0.5 * min(1.0, columns.count * width * 8 / len(text)), "Reading")
    except (ValueError, pd.errors.ParserError, pd.errors.EmptyDataError, OverflowError):
        return None
    return Grid(columns.joined(), delimiter)


class _ColumnList:
    """Collects columns part by part; equal cells of a column become one object.

    States, owners and segments then take no memory worth mentioning. A column of which nearly
    every cell is another is left alone.
    """

    def __init__(self, width: int) -> None:
        self.count = 0
        self._parts: list[list[TextColumn]] = [[] for _ in range(width)]
        self._known: list[dict[str, str] | None] = [{} for _ in range(width)]

    def add(self, cells: TextColumn) -> None:
        """Rows more, as a table of cells."""
        self.count += len(cells)
        for place, parts in enumerate(self._parts):
            column = cells[:, place].tolist()
            known = self._known[place]
            if known is not None:
                column = [known.setdefault(cell, cell) for cell in column]
                if len(known) > self.count * _MOSTLY_DIFFERENT:
                    self._known[place] = None
            parts.append(text_column(column))

    def joined(self) -> tuple[TextColumn, ...]:
        """The columns, each in one piece."""
        empty = text_column([])
        return tuple(np.concatenate(parts) if parts else empty for parts in self._parts)


def _parse_tolerant(name: str, text: str, delimiter: str) -> Grid:
    """The cells of a file whose rows differ in length or whose quotes do not close."""
    notes: list[str] = []
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    rows = _rows(text, delimiter, _WITH_QUOTES)
    if rows and _ends_inside_quotes(text, delimiter):
        if rows[-1][-1].count("\n") > _MAX_LINES_IN_CELL:
            rows = None
        else:
            notes.append("The file ends in the middle of a cell; it may not be complete.")
    if rows is None:
        notes.append("A quotation mark is not closed, so quotation marks were read as text.")
        rows = _rows(text, delimiter, _WITHOUT_QUOTES)
    if rows is None:
        raise ImportProblem(
            f"{name} has a cell of more than {MAX_CELL_CHARACTERS:,} characters.",
            meaning="Nothing was imported.",
            remedy="It may not be a table. Check the delimiter, or export it again.",
        )
    width = max((len(row) for row in rows), default=0)
    if width > MAX_COLUMNS:
        raise ImportProblem(
            f"{name} has more than {MAX_COLUMNS:,} columns.",
            meaning="Nothing was imported.",
            remedy="Check the delimiter, or export fewer columns.",
        )
    return Grid(_columns(rows, width), delimiter, tuple(notes))


def _rows(text: str, delimiter: str, quoting: Literal[0, 3]) -> list[list[str]] | None:
    """All rows, or None where a cell is too long."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    try:
        return list(reader)
    except csv.Error:
        return None


def _ends_inside_quotes(text: str, delimiter: str) -> bool:
    """Whether the last quotation mark opens a cell that nothing closes."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            next(reader)
        except StopIteration:
            return False
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                return True


def _columns(rows: list[list[str]], width: int) -> tuple[TextColumn, ...]:
    padding = [""] * width
    padded = [row if len(row) == width else (row + padding)[:width] for row in rows]
    return tuple(text_column(column) for column in _transposed(padded, width))


def _transposed(rows: list[list[str]], width: int) -> Iterator[list[str]]:
    for index in range(width):
        yield [row[index] for row in rows]


def _unwrapped(column: TextColumn) -> TextColumn:
    """Cells written as ``="02139"``, which keeps leading zeros in Excel, without the wrapping."""
    if not any(cell.startswith('="') for cell in column):
        return column
    wrapped = re.compile(r'\A="([^"]*)"\Z')
    result = np.empty(len(column), dtype=np.object_)
    result[:] = [wrapped.sub(r"\1", cell) for cell in column]
    return result
