# SPDX-License-Identifier: MIT
"""What a test must not leave behind: threads, background jobs, windows."""

import gc
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Importing Qt here would make every test pay for it.
    from PySide6.QtWidgets import QApplication, QWidget

_GRACE_SECONDS = 3.0


class Leftovers:
    """Remembers the threads and windows of now, and tells which came to stay."""

    def __init__(self) -> None:
        self._threads = set(threading.enumerate())
        # The widgets themselves, not their addresses: a new one may get the address of a dead one.
        self._windows = _top_level_widgets()

    def describe(self) -> str:
        """The threads and windows left over after a grace period; empty where there are none."""
        deadline = time.monotonic() + _GRACE_SECONDS
        while True:
            left = self._new_threads() + self._new_windows() + _busy_pool()
            if not left or time.monotonic() > deadline:
                return "\n".join(left)
            gc.collect()
            _delete_later_now()
            time.sleep(0.02)

    def _new_threads(self) -> list[str]:
        return [
            f"thread {thread.name}"
            for thread in threading.enumerate()
            # Threads of Qt that ran Python once stay listed as dummies.
            if thread not in self._threads and not isinstance(thread, threading._DummyThread)  # noqa: SLF001 -- the only test for it
        ]

    def _new_windows(self) -> list[str]:
        return [
            f"window {type(widget).__name__} {widget.windowTitle()!r}"
            for widget in _top_level_widgets()
            if widget not in self._windows
        ]


def _application() -> "QApplication | None":
    if "PySide6.QtWidgets" not in sys.modules:
        return None
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 -- tests without Qt stay without

    application = QApplication.instance()
    return application if isinstance(application, QApplication) else None


def _top_level_widgets() -> "list[QWidget]":
    application = _application()
    return application.topLevelWidgets() if application else []


def _busy_pool() -> list[str]:
    if _application() is None:
        return []
    from PySide6.QtCore import QThreadPool  # noqa: PLC0415 -- see above

    count = QThreadPool.globalInstance().activeThreadCount()
    return [f"{count} jobs in the thread pool"] if count else []


def _delete_later_now() -> None:
    application = _application()
    if application is None:
        return
    from PySide6.QtCore import QCoreApplication, QEvent  # noqa: PLC0415 -- see above

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    application.processEvents()
