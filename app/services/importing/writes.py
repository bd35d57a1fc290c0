# SPDX-License-Identifier: MIT
"""The steps in which an import is written, prepared as columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from app.models.changes import Changes
from app.models.rows import Cell
from app.services.commands.base import Command, Edit
from app.services.importing.table import Watch

_ROWS_AT_ONCE = 20_000
"""Between two parts the user can stop the import; one part takes a tenth of a second or two."""


class WriteProgress:
    """How far the writing is; the user can stop it between two parts.

    Args:
        watch: Receives the progress.
        total: About how many rows will be written.
    """

    def __init__(self, watch: Watch, total: int) -> None:
        self._watch = watch
        self._total = max(total, 1)
        self._done = 0

    def step(self, rows: int) -> None:
        """So many rows more are written.

        Raises:
            TaskCancelled: The user stopped it; the edit is rolled back as a whole.
        """
        self._done += rows
        share = min(self._done / self._total, 1.0)
        self._watch.at(share, f"Writing {self._done:,} of {self._total:,} rows")


class Write(Protocol):
    """One step."""

    def apply(self, edit: Edit, progress: WriteProgress) -> Changes:
        """Write it.

        Raises:
            TaskCancelled: The user stopped it; the edit is rolled back as a whole.
        """
        ...

    def __len__(self) -> int:
        """About how many rows it writes."""
        ...


CellColumn = Sequence[Cell] | npt.NDArray[Any]
"""Cells of one column. A million are better in an array: Python's collector walks lists."""


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Rows ready for `Transaction.put`, kept as columns.

    Attributes:
        names: Columns of the plan file, the primary key among them.
        cells: One column per name, all of the same length.
    """

    names: tuple[str, ...] = ()
    cells: tuple[CellColumn, ...] = ()

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.cells[0]) if self.cells else 0

    def parts(self, size: int = _ROWS_AT_ONCE) -> Iterator[list[tuple[Cell, ...]]]:
        """The rows as tuples, so many at a time."""
        for start in range(0, len(self), size):
            parts = (_cells(column[start : start + size]) for column in self.cells)
            yield list(zip(*parts, strict=True))

    def column(self, name: str) -> Sequence[Cell]:
        """The cells of one column."""
        return _cells(self.cells[self.names.index(name)])


def _cells(column: CellColumn) -> Sequence[Cell]:
    return column.tolist() if isinstance(column, np.ndarray) else column


@dataclass(frozen=True, slots=True)
class PutRows:
    """Add or change rows of one table.

    Attributes:
        is_new: None of the keys exists.
        changes: What the rows touch.
    """

    table: str
    block: RowBlock
    is_new: bool = False
    changes: Changes = field(default_factory=Changes)

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.block)

    def apply(self, edit: Edit, progress: WriteProgress) -> Changes:
        """Write the rows part by part.

        Raises:
            TaskCancelled: The user stopped it.
        """
        for rows in self.block.parts():
            edit.tx.put(self.table, self.block.names, rows, all_new=self.is_new)
            progress.step(len(rows))
        return self.changes


@dataclass(frozen=True, slots=True)
class DeleteRows:
    """Remove rows of one table by their primary keys."""

    table: str
    keys: tuple[tuple[Cell, ...], ...]
    changes: Changes = field(default_factory=Changes)

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.keys)

    def apply(self, edit: Edit, progress: WriteProgress) -> Changes:
        """Remove the rows part by part.

        Raises:
            TaskCancelled: The user stopped it.
        """
        for start in range(0, len(self.keys), _ROWS_AT_ONCE):
            part = self.keys[start : start + _ROWS_AT_ONCE]
            edit.tx.delete(self.table, part)
            progress.step(len(part))
        return self.changes


@dataclass(frozen=True, slots=True)
class RunCommand:
    """Carry out an edit that the window knows too, with all that follows from it."""

    command: Command
    size: int = 1

    def __len__(self) -> int:
        """About how many rows it writes."""
        return self.size

    def apply(self, edit: Edit, progress: WriteProgress) -> Changes:
        """Carry it out.

        Raises:
            EditRejected: The plan cannot take it.
            TaskCancelled: The user stopped it.
        """
        changes = self.command.apply(edit)
        progress.step(self.size)
        return changes
