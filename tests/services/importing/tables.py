# SPDX-License-Identifier: MIT
"""Small tables made in a test, and how they are understood."""

from collections.abc import Sequence

import numpy as np

from app.services.importing.current import CurrentPlan
from app.services.importing.fields import IGNORE, TableKind
from app.services.importing.guessing import guess_mapping
from app.services.importing.mapping import Mapping
from app.services.importing.table import ImportedTable, text_column


def made(headers: str, *rows: Sequence[str]) -> ImportedTable:
    """A table with these headers, separated by commas; without rows, one of empty cells."""
    names = [name.strip() for name in headers.split(",")]
    cells = rows or ([""] * len(names),)
    columns = zip(*cells, strict=True)
    return ImportedTable(
        "made.csv",
        tuple(names),
        {name: text_column(column) for name, column in zip(names, columns, strict=True)},
        np.arange(2, len(cells) + 2, dtype=np.int64),
    )


def understood(table: ImportedTable, kind: TableKind | None = None) -> Mapping:
    """The mapping of a table for an empty plan."""
    return guess_mapping(table, CurrentPlan.empty(), kind)


def chosen(mapping: Mapping) -> dict[str, str]:
    """Header by field, without columns that are left out; the first of several."""
    found: dict[str, str] = {}
    for column in mapping.columns:
        if column.target != IGNORE:
            found.setdefault(column.target, column.header)
    return found
