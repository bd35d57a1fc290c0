# SPDX-License-Identifier: MIT
"""Rows of delimited text, read a few thousand at a time and kept as columns.

No step takes more than a few hundredths of a second, so that other threads run and the user can
stop the reading at any moment.
"""

import csv
import io
from collections.abc import Iterator
from itertools import chain, islice
from typing import Literal

import numpy as np

from app.models.errors import ImportProblem
from app.services.importing.table import TextColumn, Watch, text_column

MAX_COLUMNS = 1000
MAX_CELL_CHARACTERS = 131_072
_MAX_CELLS = 150_000_000
"""Beyond it the cells alone would take gigabytes."""
_ROWS_AT_ONCE = 5000
_BLOCK_CHARACTERS = 1024 * 1024
_MOSTLY_DIFFERENT = 0.5
_JUDGED_ROWS = 25_000
_END = "\x02\x03"
"""Follows the last row; it arrives inside a cell where a quotation mark was left open."""

Quoting = Literal[0, 3]


class TextRows:
    """The rows of a text.

    Args:
        watch: Told how far the reading is, between 0.2 and 0.7.

    Attributes:
        has_wrapped: Cells written as ``="02139"`` were seen.
    """

    def __init__(self, name: str, text: str, watch: Watch) -> None:
        self._name = name
        self._text = text
        self._watch = watch
        self._position = 0
        self.has_wrapped = False

    def columns(self, delimiter: str, quoting: Quoting) -> tuple["ColumnList", bool] | None:
        """The cells, and whether the text ends inside an open quotation.

        Returns:
            None where a cell is longer than any true cell: its quotation mark is a stray one.

        Raises:
            ImportProblem: There are too many columns or cells.
            TaskCancelled: The user stopped it.
        """
        csv.field_size_limit(MAX_CELL_CHARACTERS)
        self._position = 0
        lines = chain(chain.from_iterable(self._blocks()), (_END,))
        reader = csv.reader(lines, delimiter=delimiter, quoting=quoting)
        columns = ColumnList(self._name)
        held_back: list[list[str]] = []
        try:
            while rows := list(islice(reader, _ROWS_AT_ONCE)):
                columns.add(held_back + rows[:-1])
                held_back = rows[-1:]
                share = self._position / len(self._text)
                self._watch.at(0.2 + 0.5 * share, f"Reading {self._name}")
        except csv.Error:
            return None
        (last,) = held_back
        if last == [_END]:
            return columns, False
        columns.add([[*last[:-1], last[-1].removesuffix(_END)]])
        return columns, True

    def _blocks(self) -> Iterator[io.StringIO]:
        """The text in parts that end with a row; one stream would take four times its size."""
        size = len(self._text)
        while self._position < size:
            start = self._position
            end = self._text.find("\n", start + _BLOCK_CHARACTERS) + 1
            self._position = end or size
            block = self._text[start : self._position]
            self.has_wrapped = self.has_wrapped or '="' in block
            yield io.StringIO(block, newline="")


class ColumnList:
    """Collects columns part by part; equal cells of a column become one object.

    States, owners and segments then take no memory worth mentioning. A column of which nearly
    every cell is another is left alone.
    """

    def __init__(self, name: str) -> None:
        self.count = 0
        self._name = name
        self._parts: list[list[TextColumn]] = []
        self._known: list[dict[str, str] | None] = []

    def add(self, rows: list[list[str]]) -> None:
        """Rows more; they may differ in length.

        Raises:
            ImportProblem: There are too many columns or cells.
        """
        width = max(map(len, rows), default=0)
        if width > len(self._parts):
            self._widen(width)
        width = len(self._parts)
        self.count += len(rows)
        if self.count * width > _MAX_CELLS:
            raise _too_much(self._name, f"{_MAX_CELLS:,} cells", "Export fewer columns or rows.")
        if any(len(row) != width for row in rows):
            padding = [""] * width
            rows = [row if len(row) == width else (row + padding)[:width] for row in rows]
        for place, column in enumerate(zip(*rows, strict=True)):
            self._parts[place].append(text_column(self._shared(place, column)))

    def joined(self) -> tuple[TextColumn, ...]:
        """The columns, each in one piece; the list is empty afterwards."""
        columns: list[TextColumn] = []
        for parts in self._parts:
            columns.append(np.concatenate(parts))
            parts.clear()
        return tuple(columns)

    def last_cell(self) -> str:
        """The last filled cell of the last row."""
        last = (str(parts[-1][-1]) for parts in reversed(self._parts))
        return next(filter(None, last), "")

    def _widen(self, width: int) -> None:
        if width > MAX_COLUMNS:
            remedy = "Check the delimiter, or export fewer columns."
            raise _too_much(self._name, f"{MAX_COLUMNS:,} columns", remedy)
        for _ in range(width - len(self._parts)):
            empty: TextColumn = np.full(self.count, "", dtype=np.object_)
            self._parts.append([empty])
            self._known.append({})

    def _shared(self, place: int, column: tuple[str, ...]) -> list[str] | tuple[str, ...]:
        known = self._known[place]
        if known is None:
            return column
        shared = list(map(known.setdefault, column, column))
        if self.count > _JUDGED_ROWS and len(known) > self.count * _MOSTLY_DIFFERENT:
            self._known[place] = None
        return shared


def _too_much(name: str, what: str, remedy: str) -> ImportProblem:
    return ImportProblem(
        f"{name} has more than {what}.", meaning="Nothing was imported.", remedy=remedy
    )
