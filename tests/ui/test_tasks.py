# SPDX-License-Identifier: MIT
"""Background work: order, progress, cancel, and who hears of a problem."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from app.models.errors import StoreError, TaskCancelled
from app.ui.tasks import Task, TaskContext, TaskRunner
from tests.helpers.log_watch import LogWatch


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.stop()
    made.deleteLater()
    qtbot.wait(1)


def test_work_runs_elsewhere_and_its_result_comes_home(runner: TaskRunner, qtbot: QtBot) -> None:
    seen: list[object] = []
    home = threading.get_ident()
    runner.run(Task("Adding", lambda _c: threading.get_ident(), seen.append))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0] != home
    assert not runner.is_busy


def test_tasks_run_one_after_the_other(runner: TaskRunner, qtbot: QtBot) -> None:
    order: list[int] = []
    for number in range(5):
        runner.run(Task("Step", lambda _c, n=number: n, order.append))
    qtbot.waitUntil(lambda: len(order) == 5)
    assert order == [0, 1, 2, 3, 4]


def test_cancel_stops_work_at_its_next_look_and_says_nothing(
    runner: TaskRunner, qtbot: QtBot
) -> None:
    begun = threading.Event()
    done: list[object] = []
    problems: list[object] = []
    runner.failed.connect(problems.append)

    def work(context: TaskContext) -> None:
        begun.set()
        while True:
            context.progress(0.5, "half")
            QThread.msleep(5)

    runner.run(Task("Endless", work, done.append))
    qtbot.waitUntil(begun.is_set)
    runner.cancel()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert (done, problems) == ([], [])


def test_a_problem_goes_to_the_tasks_own_handler_first(runner: TaskRunner, qtbot: QtBot) -> None:
    own: list[object] = []
    shared: list[object] = []
    runner.failed.connect(shared.append)
    runner.run(Task("Own", _fails, print, own.append))
    runner.run(Task("Shared", _fails, print))
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert [type(problem) for problem in own + shared] == [StoreError, StoreError]
    assert len(own) == 1


def test_a_cancelled_task_tells_its_own_handler(runner: TaskRunner, qtbot: QtBot) -> None:
    own: list[object] = []

    def work(_context: TaskContext) -> None:
        raise TaskCancelled

    runner.run(Task("Stopped", work, print, own.append))
    qtbot.waitUntil(lambda: bool(own))
    assert isinstance(own[0], TaskCancelled)


def test_a_bug_is_logged_and_handed_to_the_crash_dialog(
    runner: TaskRunner, qtbot: QtBot, log_watch: LogWatch
) -> None:
    crashed: list[object] = []
    runner.crashed.connect(crashed.append)
    with log_watch.expect("Background task failed"):
        runner.run(Task("Buggy", lambda _c: 1 // 0, print))
        qtbot.waitUntil(lambda: bool(crashed))
    assert isinstance(crashed[0], ZeroDivisionError)


def _fails(_context: TaskContext) -> None:
    raise StoreError("The disk is full.")
