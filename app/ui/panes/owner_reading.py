# SPDX-License-Identifier: MIT
"""Reading the owner values of a plan without a pause, and mapping them to reps."""

from collections import Counter
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer

from app.services.importing.owners import RepFinder
from app.services.owner_map import OwnerMap, OwnerRows, owner_map
from app.services.store.owner_counts import ROWS_AT_ONCE, transaction_owner_counts
from app.ui.panes.frozen_work import LARGE
from app.ui.session import EditSession
from app.ui.tasks import Task, TaskRunner

Told = Callable[[OwnerMap], None]


class OwnerReading(QObject):
    """Counts the owners of transactions part by part, then works out the map.

    A small plan is done at once; of a large one only the result of the last start is told.

    Args:
        session: The open plan.
        parent: The pane.
    """

    def __init__(self, session: EditSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = TaskRunner(self)
        self._number = 0
        self._counts: Counter[str] | None = None

    def start(self, told: Told) -> None:
        """Work the map out anew; what was started before is forgotten."""
        self._number += 1
        if self._counts is not None:
            self._compute(self._number, told)
            return
        parts = transaction_owner_counts(self._session.workspace.document.store)
        self._count(self._number, parts, Counter(), told)

    def forget_counts(self) -> None:
        """Count the transactions again when it starts next."""
        self._counts = None

    def stop(self) -> None:
        """Forget what was started, and wait until nothing runs."""
        self._number += 1
        self._tasks.stop()

    def _count(
        self, number: int, parts: Iterator[Counter[str]], counts: Counter[str], told: Told
    ) -> None:
        if number != self._number:
            return
        part = next(parts, Counter[str]())
        counts.update(part)
        if part.total() == ROWS_AT_ONCE:
            QTimer.singleShot(0, self, lambda: self._count(number, parts, counts, told))
            return
        self._counts = counts
        if len(self._session.workspace.accounts) < LARGE:
            self._compute(number, told)
        else:
            QTimer.singleShot(0, self, lambda: self._compute(number, told))

    def _compute(self, number: int, told: Told) -> None:
        if number != self._number:
            return
        workspace = self._session.workspace
        accounts = workspace.accounts
        measure = workspace.main_account_measure
        rows = OwnerRows(accounts.text("owner"), accounts.measure(measure.id), self._counts or {})
        chosen = workspace.records.owner_aliases
        finder = RepFinder(workspace.reps, chosen)
        if len(accounts) < LARGE:
            told(owner_map(rows, finder, chosen))
            return

        def done(found: OwnerMap) -> None:
            if number == self._number:
                told(found)

        self._tasks.run(
            Task("Looking at the owners", lambda _context: owner_map(rows, finder, chosen), done)
        )
