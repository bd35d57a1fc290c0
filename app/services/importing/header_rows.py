# SPDX-License-Identifier: MIT
"""Which rows of a grid hold the column names, and the names that they make together."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.errors import ImportProblem
from app.services.importing.delimited import Grid
from app.services.importing.synonyms import is_known_header
from app.services.importing.table import ReadOptions

SEARCHED_ROWS = 40
MAX_DEPTH = 3
_ROWS_UNDER_NAMES = 30
_DATA_LIKE = re.compile(
    r"\A([-+(]?[$€£]?\s?[\d.,]*\d[\d.,]*\)?%?|[^@\s]+@[^@\s]+\.\w+|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*)\Z"
)
_YEAR = re.compile(r"\A(19|20)\d\d\Z")


@dataclass(frozen=True, slots=True)
class MergedCells:
    """Cells of one row that a workbook shows as one, as positions in the grid."""

    row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class HeaderRows:
    """Where the column names are.

    Attributes:
        row: Position in the grid of the lowest row of names, -1 where there are none.
        depth: Number of rows that the names take.
    """

    row: int
    depth: int = 1

    @property
    def first(self) -> int:
        """Position of the highest row of names."""
        return self.row - self.depth + 1


def find_header(
    name: str,
    grid: Grid,
    filled: npt.NDArray[np.int64],
    options: ReadOptions,
    merged: Sequence[MergedCells] = (),
) -> HeaderRows:
    """The rows of the column names, as chosen or found.

    Raises:
        ImportProblem: There is no row of column names.
    """
    depth = 1
    if options.header_row is None:
        row = _header_position(name, grid, filled)
        while depth < MAX_DEPTH and _is_over_names(grid, row, merged):
            row, depth = row + 1, depth + 1
        row = max(row, min(options.header_depth or 1, MAX_DEPTH, len(grid)) - 1)
    else:
        row = min(max(options.header_row - grid.first_row, -1), len(grid) - 1)
    if row < 1:
        return HeaderRows(row)
    if options.header_depth is not None:
        return HeaderRows(row, min(max(options.header_depth, 1), MAX_DEPTH, row + 1))
    while depth > 1 and _is_title(grid, row - depth + 1):
        depth -= 1
    while depth < min(MAX_DEPTH, row + 1) and _groups_names(grid, row, depth, merged):
        depth += 1
    return HeaderRows(row, depth)


def _is_title(grid: Grid, row: int) -> bool:
    """Whether a row says something about the table, as in "Report:" and its name."""
    return any(cell.endswith(":") for cell in _cells(grid, row))


def joined_names(grid: Grid, header: HeaderRows, merged: Sequence[MergedCells] = ()) -> list[str]:
    """The name of each column: its groups and its own name, as in "2026 Q1"."""
    rows = [_cells(grid, row) for row in range(header.first, header.row)]
    spread = [_spread(cells, header.first + n, merged) for n, cells in enumerate(rows)]
    names: list[str] = []
    for place, lowest in enumerate(_cells(grid, header.row)):
        source = spread if lowest else rows
        parts = [cells[place] for cells in source if cells[place]]
        if lowest:
            parts.append(lowest)
        names.append(" ".join(dict.fromkeys(parts)))
    return names


def _cells(grid: Grid, row: int) -> list[str]:
    return [cell.strip() for cell in grid.row(row)]


def _spread(cells: Sequence[str], row: int, merged: Sequence[MergedCells]) -> list[str]:
    """The cells, each over the empty ones to its right; over its merged ones where that is told."""
    result = list(cells)
    told = [m for m in merged if m.row == row]
    for group in told:
        for place in range(group.first_column, min(group.last_column + 1, len(result))):
            result[place] = cells[group.first_column]
    if not told:
        for place in range(1, len(result)):
            result[place] = result[place] or result[place - 1]
    return result


def _header_position(name: str, grid: Grid, filled: npt.NDArray[np.int64]) -> int:
    searched = filled[: SEARCHED_ROWS + 1]
    full = searched[searched > 0]
    if not len(full):
        raise ImportProblem(
            f"{name} has no filled cells.",
            meaning="Nothing was imported.",
            remedy="Choose another sheet, or export it again.",
        )
    counts: list[int] = full.tolist()
    usual = Counter(counts).most_common(1)[0][0]
    # One cell alone is a title where rows have more.
    enough = max(min(2, usual), usual * 0.5)
    candidates = [int(row) for row in np.flatnonzero(searched >= enough)]
    for row in np.flatnonzero(searched >= min(2, usual))[:SEARCHED_ROWS]:
        cells = [cell.strip() for cell in grid.row(int(row)) if cell.strip()]
        known = sum(is_known_header(cell) for cell in cells)
        if known * 2 >= len(cells) and (known > 1 or int(row) in candidates):
            return int(row)
    first = candidates[0]
    if _looks_like_data(grid.row(first)):
        raise ImportProblem(
            f"{name} has no column names: its first row is data.",
            meaning="Nothing was imported.",
            remedy="Add a first row with the names of the columns, then try again.",
        )
    return first


def _looks_like_data(cells: list[str]) -> bool:
    texts = [cell.strip() for cell in cells if cell.strip()]
    data = sum(bool(_DATA_LIKE.match(text)) for text in texts)
    known = sum(is_known_header(text) for text in texts)
    return data > 0 and known == 0


def _is_over_names(grid: Grid, row: int, merged: Sequence[MergedCells]) -> bool:
    """Whether a row that was taken for the names only groups those of the next row.

    The next row is data then, unless it has words where all rows below have numbers or dates.
    """
    if row + 2 >= len(grid):
        return False
    upper, lower = _cells(grid, row), _cells(grid, row + 1)
    has_gap = any(name and not group for group, name in zip(upper, lower, strict=True))
    if not has_gap or any(_DATA_LIKE.match(n) and not _YEAR.match(n) for n in lower if n):
        return False
    words = sum(
        bool(name) and _holds_data(grid, place, row + 2) for place, name in enumerate(lower)
    )
    return words > 1 or (words == 1 and _groups_names(grid, row + 1, 1, merged))


def _holds_data(grid: Grid, place: int, first: int) -> bool:
    """Whether nearly all cells of a column are numbers, dates or addresses of mail."""
    cells = [cell.strip() for cell in grid.columns[place][first : first + _ROWS_UNDER_NAMES]]
    cells = [cell for cell in cells if cell]
    return sum(bool(_DATA_LIKE.match(cell)) for cell in cells) > len(cells) * 0.8


def _groups_names(grid: Grid, row: int, depth: int, merged: Sequence[MergedCells]) -> bool:
    """Whether the row above the names so far groups them.

    Merged cells over some of the names show it; without them, only that equal names become
    different by it does, as titles stand above a table too.
    """
    above = row - depth
    names = _cells(grid, row)
    named = [place for place, name in enumerate(names) if name]
    if len(named) < 2:
        return False
    told = [m for m in merged if m.row == above]
    for group in told:
        under = [n for n in named if group.first_column <= n <= group.last_column]
        if 1 < len(under) < len(named):
            return True
    if told:
        return False
    before = joined_names(grid, HeaderRows(row, depth), merged)
    after = joined_names(grid, HeaderRows(row, depth + 1), merged)
    return len({before[n] for n in named}) < len(named) == len({after[n] for n in named})
