# SPDX-License-Identifier: MIT
"""Reading much of a plan without a pause, and computing on it away from the main thread."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from app.ui.session import EditSession
from app.ui.tasks import Task, TaskRunner

T = TypeVar("T")

LARGE = 50_000
"""From so many accounts or transactions on, the window would halt for a moment."""


class FrozenWork(QObject, Generic[T]):
    """Reads columns one at a time between events, then computes on them.

    A small plan is done at once. For a large one the work runs in the background, and only the
    result of the last start is told.

    Args:
        session: The open plan.
        parent: The pane.
        large: From so many accounts or transactions on, it runs in the background; None for
            `LARGE`.
    """

    def __init__(self, session: EditSession, parent: QObject, large: int | None = None) -> None:
        super().__init__(parent)
        self._large = large
        self._session = session
        self._tasks = TaskRunner(self)
        self._start_number = 0

    @property
    def is_busy(self) -> bool:
        """Whether something is still computed."""
        return self._tasks.is_busy

    def start(
        self,
        texts: Sequence[str],
        freeze: Callable[[], Callable[[], T]],
        done: Callable[[T], None],
    ) -> bool:
        """Compute anew; what was started before is forgotten.

        Args:
            texts: Text columns of the accounts that will be needed.
            freeze: Called on the main thread once they are read; returns the computation, which
                touches neither widgets nor the store.
            done: Receives the result on the main thread.

        Returns:
            Whether it is done already.
        """
        self._start_number += 1
        workspace = self._session.workspace
        large = LARGE if self._large is None else self._large
        if max(len(workspace.accounts), workspace.records.transaction_count) < large:
            done(freeze()())
            return True
        number = self._start_number
        # A million transactions take seconds to read, so they are read in the background too.
        self._tasks.run(
            Task(
                "Reading transactions",
                lambda _context: (
                    len(workspace.records.transactions) + len(workspace.records.visits)
                ),
                lambda _count: self._go_on(number, tuple(texts), freeze, done),
            )
        )
        return False

    def stop(self) -> None:
        """Forget what was started, and wait until nothing runs."""
        self._start_number += 1
        self._tasks.stop()

    def _go_on(
        self,
        number: int,
        texts: tuple[str, ...],
        freeze: Callable[[], Callable[[], T]],
        done: Callable[[T], None],
    ) -> None:
        if number != self._start_number:
            return
        if texts:
            self._session.workspace.accounts.text(texts[0])
            QTimer.singleShot(0, self, lambda: self._go_on(number, texts[1:], freeze, done))
            return
        compute = freeze()

        def tell(result: T) -> None:
            if number == self._start_number:
                done(result)

        self._tasks.run(Task("Looking at the data", lambda _context: compute(), tell))
