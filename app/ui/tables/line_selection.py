# SPDX-License-Identifier: MIT
"""Which lines of a table are selected, and keeping them by row while lines move."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSignalBlocker

from app.ui.tables.array_table_model import ArrayTableModel

_MOST_RUNS = 20_000
"""Of more separate runs of selected rows, Qt would look through all for every cell it paints."""
_Flag = QItemSelectionModel.SelectionFlag


def selected_lines(selection: QItemSelectionModel, model: ArrayTableModel) -> np.ndarray:
    """The lines that are selected, ascending."""
    chosen = selection.selection()
    is_chosen = np.zeros(model.rowCount(), dtype=bool)
    for place in range(chosen.count()):
        span = chosen.at(place)
        is_chosen[span.top() : span.bottom() + 1] = True
    return np.flatnonzero(is_chosen)


def select_lines(selection: QItemSelectionModel, model: ArrayTableModel, lines: np.ndarray) -> None:
    """Select lines instead of the present ones.

    Args:
        selection: Of the view.
        model: What it shows.
        lines: Ascending.
    """
    wanted = QItemSelection()
    last_column = model.columnCount() - 1
    runs = _runs(lines)
    for first, last in runs if len(runs) <= _MOST_RUNS else ():
        wanted.select(model.index(first, 0), model.index(last, last_column))
    selection.select(wanted, _Flag.ClearAndSelect)


@dataclass(frozen=True, slots=True)
class KeptPlaces:
    """What was selected and where the cursor stood, by row of the values.

    Attributes:
        rows: Selected rows.
        current: The row under the cursor, -1 for none.
        column: The column under the cursor.
    """

    rows: np.ndarray
    current: int
    column: int

    @classmethod
    def keep(
        cls, selection: QItemSelectionModel, model: ArrayTableModel, index: QModelIndex
    ) -> "KeptPlaces":
        """Remember, and clear the selection: Qt would follow every selected cell."""
        rows = model.lines.rows_in(selected_lines(selection, model))
        current = model.source_row(index) if index.isValid() else -1
        with QSignalBlocker(selection):
            selection.clearSelection()
        return cls(rows, current, index.column())

    def find(self, selection: QItemSelectionModel, model: ArrayTableModel) -> bool:
        """Select the same rows where they are now; whether all of them were found."""
        with QSignalBlocker(selection):
            lines = model.shown_rows_of(self.rows)
            select_lines(selection, model, lines)
            if self.current >= 0:
                line = model.shown_rows_of(np.array([self.current]))
                if len(line):
                    at = model.index(int(line[0]), max(self.column, 0))
                    selection.setCurrentIndex(at, _Flag.NoUpdate)
        return len(selected_lines(selection, model)) == len(self.rows)


def _runs(rows: np.ndarray) -> list[tuple[int, int]]:
    """First and last of every unbroken run in ascending row numbers."""
    if not len(rows):
        return []
    breaks = np.flatnonzero(np.diff(rows) > 1)
    firsts = np.concatenate(([rows[0]], rows[breaks + 1]))
    lasts = np.concatenate((rows[breaks], [rows[-1]]))
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
