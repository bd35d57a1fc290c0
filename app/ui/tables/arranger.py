# SPDX-License-Identifier: MIT
"""Works out which rows of a table are listed: at once for small tables, else in a worker."""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.services.tables.arranging import Arranged, Wanted, arrange
from app.services.tables.column_facts import (
    Coded,
    CodedFacts,
    ColumnFacts,
    DateFacts,
    NumberFacts,
    text_facts,
)
from app.ui.tables.columns import ArrayColumn, CellKind, Cells
from app.ui.tasks import Task, TaskContext, TaskRunner

LARGE = 50_000
"""From so many rows on, the window would halt for a moment."""

ValueCounts = list[tuple[str, int]] | None


class Arranger(QObject):
    """Keeps what is known of the columns, and arranges rows by it.

    Attributes:
        shown: Keys of the columns that are shown. Of a large table a search looks in these alone:
            reading a column of a million texts takes a second and 70 MB.

    Signals:
        arranged(Arranged): The rows of the latest start; before `start` returns where the table is
            small.
        busy_changed(bool): Whether something is being worked out in the background.
    """

    arranged = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: TaskRunner | None = None
        self._number = 0
        self._facts: dict[str, tuple[object, ColumnFacts]] = {}
        self.shown: frozenset[str] = frozenset()

    @property
    def is_busy(self) -> bool:
        """Whether something is being worked out in the background."""
        return self._tasks is not None and self._tasks.is_busy

    def start(
        self,
        columns: Sequence[ArrayColumn],
        row_count: int,
        wanted: Wanted,
        kept: np.ndarray | None,
    ) -> None:
        """Arrange the rows; what was started before and is not done is forgotten.

        Args:
            columns: All of the table.
            row_count: Rows in all.
            wanted: What the user wants to see.
            kept: bool per row; None keeps all.
        """
        self._number += 1
        number = self._number
        looked_at = None if row_count < LARGE else self.shown
        needed = [
            column
            for column in columns
            if column.key in wanted.columns or _is_searched(column, wanted, looked_at)
        ]
        summed = {
            column.key: cells
            for column in columns
            if wanted.group_by and column.has_sum and isinstance(cells := column.cells, np.ndarray)
        }

        def work(context: TaskContext | None = None) -> Arranged | None:
            facts: dict[str, ColumnFacts] = {}
            _read_together(needed)
            for column in needed:
                if context is not None and (context.cancelled() or number != self._number):
                    return None
                facts[column.key] = self._facts_of(column)
            return arrange(row_count, facts, wanted, kept, summed)

        def tell(found: Arranged | None) -> None:
            if found is not None and number == self._number:
                self.arranged.emit(found)

        if row_count < LARGE:
            tell(work())
        else:
            self.run("Arranging the table", work, tell)

    def count_values(self, column: ArrayColumn, done: Callable[[ValueCounts], None]) -> None:
        """The different texts of a column with their numbers of rows; None for too many."""
        if len(column.cells) < LARGE:
            done(self._facts_of(column).value_counts())
        else:
            self.run("Reading values", lambda _c: self._facts_of(column).value_counts(), done)

    def run(
        self, title: str, work: Callable[[TaskContext], object], done: Callable[..., None]
    ) -> None:
        """Do something else in the worker of the table, after what it does now."""
        if self._tasks is None:
            self._tasks = TaskRunner(self)
            self._tasks.started.connect(lambda _title: self.busy_changed.emit(True))
            self._tasks.finished.connect(lambda: self.busy_changed.emit(False))
        self._tasks.run(Task(title, work, done))

    def forget(self) -> None:
        """Let nobody hear of what was started."""
        self._number += 1

    def stop(self) -> None:
        """Forget what was started, and wait until nothing runs."""
        self.forget()
        if self._tasks is not None:
            self._tasks.stop()

    def _facts_of(self, column: ArrayColumn) -> ColumnFacts:
        """Kept for as long as the values are the same object."""
        cells = _read(column.cells)
        known = self._facts.get(column.key)
        if known is None or known[0] is not cells:
            known = (cells, _facts(column, cells))
            self._facts[column.key] = known
        return known[1]


def _is_searched(column: ArrayColumn, wanted: Wanted, looked_at: frozenset[str] | None) -> bool:
    if not wanted.needle or column.kind.is_number:
        return False
    return looked_at is None or column.key in looked_at


def _read_together(columns: Sequence[ArrayColumn]) -> None:
    cells = [column.cells for column in columns]
    unread = [each for each in cells if not isinstance(each, np.ndarray | Coded)]
    waiting = [each for each in unread if not each.is_read]
    if len(waiting) > 1:
        waiting[0].read_together(waiting)


def _read(cells: Cells) -> np.ndarray | Coded:
    return cells if isinstance(cells, np.ndarray | Coded) else cells.read()


def _facts(column: ArrayColumn, cells: np.ndarray | Coded) -> ColumnFacts:
    if isinstance(cells, Coded):
        return CodedFacts(cells)
    if column.kind.is_number:
        return NumberFacts(cells)
    if column.kind is CellKind.DATE:
        return DateFacts(cells)
    return text_facts(cells, column.ranks)


def is_order_kept(
    wanted: Wanted, before: Sequence[ArrayColumn], now: Sequence[ArrayColumn]
) -> bool:
    """Whether other values leave the same rows in the same order; a search may find others."""
    asked = wanted.columns
    return (
        not wanted.needle
        and not wanted.group_by
        and all(
            old.key not in asked or old.cells is new.cells
            for old, new in zip(before, now, strict=True)
        )
    )
