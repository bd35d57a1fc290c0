# SPDX-License-Identifier: MIT
"""What nobody caught becomes one calm dialog; the program stays open."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.models.errors import EditRejected
from app.ui.crash import CrashCatcher
from app.ui.dialogs.problem_dialog import ProblemDialog
from tests.helpers.log_watch import LogWatch

CANARY = "Zephyrine Hardware"


@pytest.fixture
def catcher(qtbot: QtBot, tmp_path: Path) -> Iterator[CrashCatcher]:
    made = CrashCatcher(tmp_path)
    made.install()
    yield made
    made.uninstall()
    for dialog in _dialogs():
        dialog.close()


def _dialogs() -> list[ProblemDialog]:
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, ProblemDialog) and widget.isVisible()
    ]


def _press(dialog: ProblemDialog, text: str) -> None:
    next(found for found in dialog.findChildren(QPushButton) if found.text() == text).click()


def _raise(error: Exception) -> None:
    """Lets an exception reach the hook."""
    sys.excepthook(type(error), error, None)


def _raise_in_slot(qtbot: QtBot, error: Exception, times: int = 1) -> None:
    """The same while the event loop runs, as it does for an exception in a slot."""
    for _ in range(times):
        QTimer.singleShot(0, lambda: _raise(error))
    qtbot.wait(50)


def _details(dialog: ProblemDialog) -> QPlainTextEdit:
    found = dialog.findChild(QPlainTextEdit)
    assert isinstance(found, QPlainTextEdit)
    return found


def test_an_error_in_a_slot_opens_one_dialog_and_quits_nothing(
    qtbot: QtBot, catcher: CrashCatcher, log_watch: LogWatch
) -> None:
    with log_watch.expect("nobody caught"), qtbot.assertNotEmitted(catcher.quit_chosen):
        _raise_in_slot(qtbot, ValueError(CANARY), times=20)
        qtbot.waitUntil(lambda: len(_dialogs()) == 1)
    details = _details(_dialogs()[0]).toPlainText()
    assert "builtins.ValueError" in details
    assert CANARY not in details
    _press(_dialogs()[0], "Continue")
    assert _dialogs() == []


def test_the_same_error_is_not_shown_again_at_once_but_another_is(
    qtbot: QtBot, catcher: CrashCatcher, log_watch: LogWatch
) -> None:
    with log_watch.expect("nobody caught"):
        for error, shown in ((KeyError("a"), 1), (KeyError("b"), 0), (TypeError("c"), 1)):
            _raise_in_slot(qtbot, error)
            assert len(_dialogs()) == shown
            for dialog in _dialogs():
                dialog.accept()


def test_an_error_in_a_thread_is_shown_in_the_main_thread(
    qtbot: QtBot, catcher: CrashCatcher, log_watch: LogWatch
) -> None:
    with log_watch.expect("nobody caught"):
        thread = threading.Thread(target=int, args=(CANARY,))
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: len(_dialogs()) == 1)


def test_a_problem_of_the_user_is_said_in_its_own_words(
    qtbot: QtBot, catcher: CrashCatcher, log_watch: LogWatch
) -> None:
    with log_watch.expect("nobody caught"):
        _raise_in_slot(qtbot, EditRejected("North is locked.", remedy="Unlock it first."))
        qtbot.waitUntil(lambda: len(_dialogs()) == 1)
    assert not _details(_dialogs()[0]).isVisible()


def test_quit_and_copy(qtbot: QtBot, catcher: CrashCatcher, log_watch: LogWatch) -> None:
    with log_watch.expect("nobody caught"):
        _raise_in_slot(qtbot, ZeroDivisionError())
        qtbot.waitUntil(lambda: len(_dialogs()) == 1)
    _press(_dialogs()[0], "Copy details")
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    with qtbot.waitSignal(catcher.quit_chosen):
        _press(_dialogs()[0], "Quit Evenfield")


def test_a_failure_before_the_window_runs_is_shown(
    catcher: CrashCatcher, log_watch: LogWatch
) -> None:
    seen: list[int] = []

    def close() -> None:
        seen.append(len(_dialogs()))
        for dialog in _dialogs():
            dialog.accept()

    QTimer.singleShot(50, close)
    with log_watch.expect("nobody caught"):
        _raise(OSError(CANARY))
    assert seen == [1]


def test_a_native_crash_is_told_at_the_next_start(
    qtbot: QtBot, catcher: CrashCatcher, log_watch: LogWatch
) -> None:
    with log_watch.expect("native crash"):
        catcher.tell_of_native_crash("Fatal Python error: Segmentation fault")
    assert len(_dialogs()) == 1
    _press(_dialogs()[0], "Continue")
