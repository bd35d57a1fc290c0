# SPDX-License-Identifier: MIT
"""Row images: the one form in which the history keeps how to take an edit back."""

from dataclasses import dataclass

Cell = str | int | float | None
"""What a column of the plan file holds."""


@dataclass(frozen=True, slots=True)
class TablePatch:
    """Rows of one table to put back and keys to delete.

    Attributes:
        table: Name of the table.
        columns: Column names of `put_rows`, in order.
        put_rows: Whole rows as they were before the edit.
        delete_keys: Primary keys of the rows that the edit added.
    """

    table: str
    columns: tuple[str, ...]
    put_rows: tuple[tuple[Cell, ...], ...] = ()
    delete_keys: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class RowsPatch:
    """All that one edit must put back, over all tables; applying it yields the patch back."""

    tables: tuple[TablePatch, ...] = ()
