# SPDX-License-Identifier: MIT
"""Work in the background, with progress and cancel; results arrive on the main thread."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from app.models.errors import AppError, TaskCancelled

_log = logging.getLogger(__name__)
T = TypeVar("T")


class TaskContext:
    """What work in the background may call: progress, and whether to stop.

    Args:
        report: Receives the fraction done (0 to 1, or -1 where unknown) and a short text.
    """

    def __init__(self, report: Callable[[float, str], None]) -> None:
        self._report = report
        self._is_cancelled = False

    def progress(self, fraction: float, text: str = "") -> None:
        """Tell how far the work is.

        Raises:
            TaskCancelled: The user wants it to stop.
        """
        if self._is_cancelled:
            raise TaskCancelled
        self._report(fraction, text)

    def cancelled(self) -> bool:
        """Whether the user wants the work to stop."""
        return self._is_cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next look."""
        self._is_cancelled = True


@dataclass(frozen=True, slots=True)
class Task(Generic[T]):
    """One piece of background work.

    Attributes:
        title: Shown while it runs: "Reading customers.csv".
        work: Runs in a worker thread; touches neither widgets nor signals.
        done: Receives the result on the main thread.
        failed: Receives the problem on the main thread; None leaves it to the runner's signal.
    """

    title: str
    work: Callable[[TaskContext], T]
    done: Callable[[T], None]
    failed: Callable[[AppError], None] | None = None


class _Job(QObject):
    """Carries a task's messages from its worker to the main thread."""

    progressed = Signal(float, str)
    ended = Signal(object, object)

    def __init__(self, task: Task[Any], parent: QObject) -> None:
        super().__init__(parent)
        self.task = task
        self.context = TaskContext(self.progressed.emit)


class _Runnable(QRunnable):
    def __init__(self, job: _Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        result, problem = None, None
        try:
            result = self._job.task.work(self._job.context)
        except BaseException as error:  # noqa: BLE001 handed to the main thread, which decides
            problem = error
        self._job.ended.emit(result, problem)


class TaskRunner(QObject):
    """Runs tasks one after the other in a worker thread.

    Signals:
        started(str), progressed(float, str), finished(): The task that the window should show.
        failed(AppError): A task without a handler of its own ended with a problem.
        crashed(BaseException): A task ended with a bug of ours.
    """

    started = Signal(str)
    progressed = Signal(float, str)
    finished = Signal()
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._jobs: list[_Job] = []

    @property
    def is_busy(self) -> bool:
        """Whether a task runs or waits."""
        return bool(self._jobs)

    def run(self, task: Task[Any]) -> None:
        """Queue a task."""
        job = _Job(task, self)
        job.progressed.connect(self.progressed, Qt.ConnectionType.QueuedConnection)
        job.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._jobs.append(job)
        self.started.emit(task.title)
        self._pool.start(_Runnable(job))

    def cancel(self) -> None:
        """Ask every task to stop."""
        for job in self._jobs:
            job.context.cancel()

    def stop(self) -> None:
        """Ask every task to stop, and wait until none runs."""
        self.cancel()
        self._pool.waitForDone()

    @Slot(object, object)
    def _on_ended(self, result: object, problem: BaseException | None) -> None:
        job = self.sender()
        if not isinstance(job, _Job) or job not in self._jobs:
            return
        self._jobs.remove(job)
        job.deleteLater()
        if not self._jobs:
            self.finished.emit()
        if problem is None:
            job.task.done(result)
        elif isinstance(problem, AppError):
            self._on_problem(job.task, problem)
        else:
            _log.error("Background task failed", exc_info=problem)
            self.crashed.emit(problem)

    def _on_problem(self, task: Task[Any], problem: AppError) -> None:
        if task.failed is not None:
            task.failed(problem)
        elif not isinstance(problem, TaskCancelled):
            self.failed.emit(problem)
