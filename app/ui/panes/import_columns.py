# SPDX-License-Identifier: MIT
"""The imports of a plan, and the rows of one of them, as table columns."""

from collections.abc import Sequence

import numpy as np

from app.services.importing.fields import TableKind
from app.services.importing.ledger import LedgerEntry
from app.services.ledger_rows import LedgerRows
from app.ui.formats import moment, number
from app.ui.tables.array_table_model import ArrayColumn, CellKind

_BECAME = {
    TableKind.REPS: "Rep",
    TableKind.PRODUCTS: "Product",
    TableKind.TERRITORIES: "Territory",
    TableKind.TERRITORY_AREAS: "Territory",
    TableKind.ROSTER: "Territory",
    TableKind.GOALS: "For",
}


def ledger_columns(entries: Sequence[LedgerEntry]) -> list[ArrayColumn]:
    """One row per import."""
    return [
        _text("file", "File", [e.file_name for e in entries], 150),
        _number("rows", "Rows", [e.row_count for e in entries], "Rows of the file"),
        _number("skipped", "Left out", [e.skipped for e in entries]),
        _text("at", "When", [moment(e.at_utc) for e in entries], 112),
        _text("kind", "What", [e.title for e in entries], 104),
        _number("added", "Added", [e.added for e in entries]),
        _number("updated", "Updated", [e.updated for e in entries]),
        _number("unchanged", "Unchanged", [e.unchanged for e in entries]),
        _number("gone", "Gone", [e.gone for e in entries], "Accounts that the file lacked"),
        _text("profile", "Recognised as", [e.profile for e in entries], 200),
    ]


def row_columns(kind: TableKind | None, rows: LedgerRows) -> list[ArrayColumn]:
    """One row per row of the file."""
    numbers = rows.outcomes.row_numbers.astype(np.float64)
    return [
        ArrayColumn("row", "Row", numbers, CellKind.NUMBER, formatted=number, width=76),
        ArrayColumn("outcome", "Outcome", rows.words, width=92),
        ArrayColumn("name", became_title(kind), rows.names, width=190),
        ArrayColumn("why", "Why", rows.sentences, width=360),
    ]


def became_title(kind: TableKind | None) -> str:
    """What the rows of a table became, as a header."""
    return _BECAME.get(kind, "Account") if kind else "Account"


def _text(key: str, title: str, values: list[str], width: int) -> ArrayColumn:
    return ArrayColumn(key, title, np.array(values, dtype=object), width=width)


def _number(key: str, title: str, values: list[int], tooltip: str = "") -> ArrayColumn:
    cells = np.array(values, dtype=np.float64)
    return ArrayColumn(
        key, title, cells, CellKind.NUMBER, formatted=number, width=80, tooltip=tooltip
    )
