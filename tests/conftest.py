# SPDX-License-Identifier: MIT
"""Rules for every test: no network, no screen, no unexpected log record, nothing left behind."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.store.document import AppFolders
from tests.helpers import environment
from tests.helpers.canary import Canary, listening
from tests.helpers.leaks import Leftovers
from tests.helpers.log_watch import LogWatch

environment.prepare()


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Arguments of the one QApplication; what must happen before it exists happens here."""
    from PySide6.QtCore import QCoreApplication, Qt  # noqa: PLC0415 -- tests without Qt stay without

    from app.ui.map.scheme import register_scheme  # noqa: PLC0415 -- likewise

    register_scheme()
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    return ["evenfield"]


@pytest.fixture(scope="session", autouse=True)
def canary() -> Iterator[Canary]:
    """Listens on this computer during all tests, and fails the run if anything spoke to it."""
    with listening() as found:
        yield found
    if found.heard:
        pytest.fail(f"the network was spoken to: {', '.join(found.heard[:20])}", pytrace=False)


@pytest.fixture(scope="session", autouse=True)
def empty_clipboard() -> Iterator[None]:
    """Empties the clipboard after the last test.

    Without a screen Qt keeps it past the end of Python, and crashes where it holds what Python
    made.
    """
    yield
    if "PySide6.QtGui" not in sys.modules:
        return
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 -- tests without Qt stay without

    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[LogWatch]:
    """Fails the test for a log record from WARNING up, unless `log_watch.expect` allows it."""
    watch = LogWatch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    if watch.unexpected:
        pytest.fail(f"unexpected log records:\n{watch.report}", pytrace=False)


@pytest.fixture(autouse=True)
def no_leftovers() -> Iterator[None]:
    """Fails the test for a thread, background job or window that it leaves behind."""
    leftovers = Leftovers()
    yield
    left = leftovers.describe()
    if left:
        pytest.fail(f"left behind:\n{left}", pytrace=False)


@pytest.fixture
def app_folders(tmp_path: Path) -> AppFolders:
    """Folders for working copies, backups and logs that belong to this test."""
    folders = AppFolders(
        work=tmp_path / "work", backups=tmp_path / "backups", logs=tmp_path / "logs"
    )
    for folder in (folders.work, folders.backups, folders.logs):
        folder.mkdir()
    return folders
