# SPDX-License-Identifier: MIT
"""Views of a table that the user saved, and the columns as they were left."""

import json
from typing import cast

from PySide6.QtCore import QObject, QSettings, QTimer

from app.services.tables.arranging import Wanted
from app.services.tables.saved_views import ColumnLayout, TableView, view_of, view_text
from app.ui.tables.copyable_table import CopyableTable

_WAIT_MS = 400
"""Dragging the edge of a column tells of every pixel."""


class TableViews(QObject):
    """Keeps named views of one table, and its columns, in the user's settings.

    Args:
        table: Whose views they are.
        settings: Where they are kept.
        key: Tells tables apart in the settings.
    """

    def __init__(self, table: CopyableTable, settings: QSettings, key: str) -> None:
        super().__init__(table)
        self._table = table
        self._settings = settings
        self._path = f"tables/{key}"
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._keep_layout)
        table.layout_changed.connect(self._wait.start)
        left = view_of(str(settings.value(f"{self._path}/columns", "")))
        if left is not None:
            table.set_column_layout(left.layout)

    def names(self) -> list[str]:
        """The names of the saved views, sorted."""
        return sorted(self._saved(), key=str.casefold)

    def save(self, name: str) -> None:
        """Keep the table as it is now under a name; a view of that name is replaced."""
        now = TableView(self._table.column_layout, self._table.array_model.wanted)
        self._write(self._saved() | {name: view_text(now)})

    def show(self, name: str) -> None:
        """Bring a saved view back."""
        found = view_of(self._saved().get(name, ""))
        if found is not None:
            self._show(found)

    def remove(self, name: str) -> None:
        """Forget a saved view."""
        self._write({key: text for key, text in self._saved().items() if key != name})

    def reset(self) -> None:
        """Show the table as it was at the beginning: columns, order, no filters."""
        self._show(TableView())

    def _show(self, view: TableView) -> None:
        self._table.set_column_layout(view.layout)
        self._table.array_model.want(view.wanted)
        self._keep_layout()

    def _keep_layout(self) -> None:
        self._wait.stop()
        layout = self._table.column_layout
        if layout != ColumnLayout():
            text = view_text(TableView(layout, Wanted()))
            self._settings.setValue(f"{self._path}/columns", text)

    def _saved(self) -> dict[str, str]:
        try:
            read: object = json.loads(str(self._settings.value(f"{self._path}/views", "{}")))
        except ValueError:
            return {}
        if not isinstance(read, dict):
            return {}
        return {str(k): str(v) for k, v in cast("dict[object, object]", read).items()}

    def _write(self, saved: dict[str, str]) -> None:
        self._settings.setValue(f"{self._path}/views", json.dumps(saved, ensure_ascii=False))
