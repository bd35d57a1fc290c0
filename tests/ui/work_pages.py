# SPDX-License-Identifier: MIT
"""What the tests of the pages about workload share."""

from PySide6.QtWidgets import QApplication

from app.models.ids import MeasureId, TerritoryId
from app.ui.session import EditSession
from app.ui.tables.copyable_table import CopyableTable

SALES = MeasureId(1)


def id_of(session: EditSession, name: str) -> TerritoryId:
    return next(t.id for t in session.workspace.territories if t.name == name)


def cells(table: CopyableTable, title: str) -> list[str]:
    model = table.array_model
    at = [column.title for column in model.columns()].index(title)
    return [model.cell_text(at, row) for row in range(len(model.columns()[at].cells))]


def shown_dialog(kind: type) -> object:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind))
