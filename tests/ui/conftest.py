# SPDX-License-Identifier: MIT
"""The dressed application, and an open demo plan for panes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.models.errors import AppError
from app.services.geography.geography import Geography
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from app.ui.resources import RESOURCES
from app.ui.session import EditSession
from app.ui.theme import apply_theme
from tests.helpers.demo_plan import demo_workspace


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application in light colours."""
    apply_theme(qapp, dark=False)
    yield qapp
    apply_theme(qapp, dark=False)


@pytest.fixture(scope="session")
def geography() -> Geography:
    """The shipped areas, read once."""
    return Geography.load(RESOURCES / "geo")


@pytest.fixture
def workspace(tmp_path: Path, app_folders: AppFolders, geography: Geography) -> Iterator[Workspace]:
    """The demo plan with its four territories."""
    opened = demo_workspace(tmp_path, app_folders, geography)
    yield opened
    opened.close()


@pytest.fixture
def bare_workspace(
    tmp_path: Path, app_folders: AppFolders, geography: Geography
) -> Iterator[Workspace]:
    """The demo plan before it has territories."""
    opened = demo_workspace(tmp_path, app_folders, geography, territories=False)
    yield opened
    opened.close()


@pytest.fixture
def session(app: QApplication, workspace: Workspace) -> EditSession:
    """The demo plan as panes get it."""
    return EditSession(workspace)


@pytest.fixture
def refusals(session: EditSession) -> list[AppError]:
    """Edits that were refused."""
    found: list[AppError] = []
    session.edit_failed.connect(found.append)
    return found
