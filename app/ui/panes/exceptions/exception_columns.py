# SPDX-License-Identifier: MIT
"""The exceptions of a plan as table columns."""

from collections.abc import Sequence

import numpy as np

from app.services.workspace import Workspace
from app.ui.formats import moment
from app.ui.panes.exceptions.exception_rows import ExceptionKind, ExceptionRow
from app.ui.tables.columns import ArrayColumn, CellKind
from app.ui.tokens import Tokens
from app.ui.widgets.chip import chip_icon

_NAME_TITLES = {
    ExceptionKind.NAMED: "Account",
    ExceptionKind.FAMILIES: "Family",
    ExceptionKind.APART: "Accounts",
    ExceptionKind.ACCOUNT_LOCKS: "Account",
    ExceptionKind.AREA_LOCKS: "Area",
    ExceptionKind.TERRITORY_LOCKS: "Territory",
}
_WITH_LOG = frozenset((ExceptionKind.NAMED, ExceptionKind.ACCOUNT_LOCKS))
_WITH_WHY = frozenset((*_WITH_LOG, ExceptionKind.FAMILIES, ExceptionKind.APART))
_WITH_COUNT = frozenset(
    (ExceptionKind.FAMILIES, ExceptionKind.AREA_LOCKS, ExceptionKind.TERRITORY_LOCKS)
)
_FIXED = "Release the exception and add it anew to change it."


def exception_columns(
    workspace: Workspace, kind: ExceptionKind, rows: Sequence[ExceptionRow], tokens: Tokens
) -> list[ArrayColumn]:
    """What it is, where it is, why, since when and by whom."""
    colors = {territory.id: territory.color_index for territory in workspace.territories}
    icons = {
        territory: chip_icon(colors[territory], tokens)
        for territory in {row.territory for row in rows if row.territory is not None}
        if territory in colors
    }

    def chip(at: int) -> object:
        territory = rows[at].territory
        return None if territory is None else icons.get(territory)

    def texts(key: str, title: str, values: Sequence[str], width: int) -> ArrayColumn:
        cells = np.empty(len(values), dtype=object)
        cells[:] = values
        return ArrayColumn(key, title, cells, width=width, fixed_why=_FIXED)

    columns = [texts("name", _NAME_TITLES[kind], [row.name for row in rows], 230)]
    if kind is not ExceptionKind.TERRITORY_LOCKS:
        cells = np.empty(len(rows), dtype=object)
        cells[:] = [row.served for row in rows]
        columns.append(
            ArrayColumn("served", "Served by", cells, width=180, decoration=chip, fixed_why=_FIXED)
        )
    if kind in _WITH_COUNT:
        counts = np.array([float(row.count) for row in rows])
        columns.append(
            ArrayColumn("count", "Accounts", counts, CellKind.NUMBER, width=92, fixed_why=_FIXED)
        )
    if kind in _WITH_WHY:
        columns.append(texts("why", "Why", [row.why for row in rows], 260))
    if kind in _WITH_LOG:
        since = [row.log.at_utc if row.log else "" for row in rows]
        authors = [row.log.author if row.log else "" for row in rows]
        columns.append(texts("since", "Since", [moment(at) if at else "" for at in since], 130))
        columns.append(texts("author", "By", authors, 120))
    return columns
