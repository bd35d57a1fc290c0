# SPDX-License-Identifier: MIT
"""The dressed application, and an open demo plan for panes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.models.ids import TerritoryId
from app.models.rule import AllOf, NumberOperator, NumberTest
from app.services.commands import ReplaceRules, RuleDraft
from app.services.geography.geography import Geography
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from app.ui.panes.rules.rules_pane import RulesPane
from app.ui.panes.work.work_pane import WorkPane
from app.ui.resources import RESOURCES
from app.ui.selection import Selection
from app.ui.session import EditSession
from app.ui.theme import apply_theme
from tests.helpers.demo_plan import demo_workspace
from tests.ui.rule_pages import LARGE, TEXAS, territory


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


@pytest.fixture
def work_pane(session: EditSession, qtbot: QtBot) -> Iterator[WorkPane]:
    """The page about workload."""
    made = WorkPane(session)
    qtbot.addWidget(made)
    made.resize(1100, 420)
    made.show()
    yield made
    made.stop()


@pytest.fixture
def selection(app: QApplication) -> Selection:
    """What is selected on the map and in lists."""
    return Selection()


@pytest.fixture
def rules_pane(session: EditSession, selection: Selection, qtbot: QtBot) -> Iterator[RulesPane]:
    """The page of rules, not yet shown."""
    made = RulesPane(session, selection)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    yield made
    made.stop()


@pytest.fixture
def three_rules(session: EditSession) -> tuple[TerritoryId, TerritoryId]:
    """Three rules in the plan: large accounts, those in Texas, and a shadow of the first."""
    workspace = session.workspace
    north, pacific = territory(workspace, "Northwest"), territory(workspace, "Pacific")
    larger = NumberTest("measure:1", NumberOperator.AT_LEAST, (7001.0,))
    workspace.run(
        ReplaceRules(
            (
                RuleDraft(LARGE, north, "Large"),
                RuleDraft(TEXAS, pacific),
                RuleDraft(AllOf((LARGE, TEXAS)), pacific, notes="from last year"),
                RuleDraft(larger, pacific, is_enabled=False),
            )
        )
    )
    return north, pacific
