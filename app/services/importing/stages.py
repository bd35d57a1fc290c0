# SPDX-License-Identifier: MIT
"""What became of a deal: won, still open, or lost."""

import re

import numpy as np

from app.services.importing.cleaning import texts
from app.services.importing.mapping import Mapping
from app.services.importing.table import ImportedTable, TextColumn

_WON = re.compile(
    r"\b(closed[ -]?won|won|sold|paid|invoiced|shipped|delivered|complete[d]?|gewonnen|gagn)",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"\b(closed[ -]?lost|lost|dead|abandoned|cancel+ed|rejected|disqualified|verloren|perdu)",
    re.IGNORECASE,
)
_YES = frozenset(("true", "yes", "y", "1", "x", "wahr", "ja", "vrai", "oui"))


def stage_column(table: ImportedTable, mapping: Mapping) -> TextColumn:
    """Per row ``sale``, ``open`` or ``lost``; a table without stages holds sales.

    "Is won" and "is closed" say it outright. Otherwise the name of the stage does: one that is
    neither won nor lost is open.
    """
    won, closed = (_flags(table, mapping, field) for field in ("is_won", "is_closed"))
    if won is not None:
        is_lost = np.zeros(len(table), dtype=bool) if closed is None else closed & ~won
        return _named(np.where(won, 0, np.where(is_lost, 2, 1)))
    header = mapping.header_for("stage")
    if header is None:
        return _named(np.zeros(len(table), dtype=np.int64))
    column = texts(table.columns[header]).tolist()
    known = {name: _stage(name) for name in set(column)}
    return _named(np.fromiter((known[name] for name in column), np.int64, len(column)))


def flag(text: str) -> bool:
    """Whether a cell says yes."""
    return text.strip().casefold() in _YES


def _stage(name: str) -> int:
    if _LOST.search(name):
        return 2
    return 0 if not name or _WON.search(name) else 1


def _flags(
    table: ImportedTable, mapping: Mapping, field: str
) -> np.ndarray[tuple[int], np.dtype[np.bool_]] | None:
    header = mapping.header_for(field)
    if header is None:
        return None
    column = table.columns[header].tolist()
    known = {cell: flag(cell) for cell in set(column)}
    return np.fromiter((known[cell] for cell in column), bool, len(column))


def _named(numbers: np.ndarray[tuple[int], np.dtype[np.int64]]) -> TextColumn:
    names: TextColumn = np.array(("sale", "open", "lost"), dtype=np.object_)
    return names[numbers]
