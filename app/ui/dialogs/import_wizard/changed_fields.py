# SPDX-License-Identifier: MIT
"""The fields that an import changes, each with its rows as they were and as they will be."""

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QPushButton, QWidget

from app.services.importing.field_changes import FieldChange
from app.ui.formats import count, plural
from app.ui.icons import icon
from app.ui.parts import button, column, label
from app.ui.tables.array_table_model import ArrayColumn
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tokens import ROW_HEIGHT

_MOST_LINES = 8


class ChangedFields(QWidget):
    """One line per field; a click unfolds its rows.

    Args:
        counts: Label of a field to the number of rows in which it changes.
        parent: The widget that holds it.

    Signals:
        wanted(str): The user unfolds a field whose rows are not known yet; answer with
            `show_changes`.
    """

    wanted = Signal(str)

    def __init__(self, counts: Mapping[str, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = counts
        self.lines: dict[str, QPushButton] = {}
        self.tables: dict[str, CopyableTable] = {}
        self._layout = column(label("What changes", semibold=True), gap=4)
        for name, rows in counts.items():
            line = button(
                f"{name}: {plural(rows, 'row', 'rows')}",
                lambda name=name: self._on_clicked(name),
                kind="link",
            )
            self.lines[name] = line
            self._mark(name, is_open=False)
            self._layout.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(self._layout)

    def show_changes(self, name: str, changes: Sequence[FieldChange]) -> None:
        """Unfold a field with its rows."""
        if name not in self.lines or name in self.tables:
            return
        table = _table(name, changes)
        self.tables[name] = table
        at = self._layout.indexOf(self.lines[name])
        self._layout.insertWidget(at + 1, table)
        if len(changes) < self._counts[name]:
            words = (
                f"The first {count(len(changes))} of {plural(self._counts[name], 'row', 'rows')}."
            )
            table.setToolTip(words)
            table.setAccessibleDescription(words)
        self._mark(name, is_open=True)

    def _on_clicked(self, name: str) -> None:
        table = self.tables.get(name)
        if table is None:
            self.wanted.emit(name)
            return
        table.setVisible(table.isHidden())
        self._mark(name, is_open=not table.isHidden())

    def _mark(self, name: str, *, is_open: bool) -> None:
        line = self.lines[name]
        line.setIcon(icon("chevron_down" if is_open else "chevron_right", "accent_text"))
        line.setAccessibleName(f"{line.text()}, {'open' if is_open else 'folded'}")


def _table(name: str, changes: Sequence[FieldChange]) -> CopyableTable:
    table = CopyableTable(f"Rows in which {name} changes")
    columns = (
        ("name", "Name", [change.name for change in changes]),
        ("before", "In the plan", [change.before for change in changes]),
        ("after", "In the file", [change.after for change in changes]),
    )
    table.array_model.set_columns(
        [
            ArrayColumn(key, title, np.array([*cells, ""], dtype=object)[:-1], width=220)
            for key, title, cells in columns
        ]
    )
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    lines = min(max(len(changes), 1), _MOST_LINES) + 1
    table.setFixedHeight(lines * ROW_HEIGHT + 8)
    return table
