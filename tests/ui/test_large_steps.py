# SPDX-License-Identifier: MIT
"""A large step is taken back in the background, and a small one at once."""

import pytest
from pytestqt.qtbot import QtBot

from app.services.commands import RenameTerritory
from app.ui import session as session_module
from app.ui.session import EditSession
from app.ui.tasks import TaskRunner


@pytest.fixture
def renamed(session: EditSession) -> EditSession:
    territory = session.workspace.territories[0]
    session.run(RenameTerritory(territory.id, "Renamed"))
    return session


def name_of(session: EditSession) -> str:
    return session.workspace.territories[0].name


@pytest.mark.parametrize(("limit", "is_later"), [(0, True), (60_000, False)])
def test_only_large_steps_are_taken_back_in_the_background(
    renamed: EditSession,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    limit: int,
    is_later: bool,
) -> None:
    monkeypatch.setattr(session_module, "_AT_ONCE_BYTES", limit)
    tasks = TaskRunner()
    renamed.tasks = tasks
    with qtbot.waitSignal(renamed.changed):
        renamed.undo()
        assert tasks.is_busy is is_later
    assert name_of(renamed) != "Renamed"
    with qtbot.waitSignal(renamed.history_changed):
        renamed.redo()
    assert name_of(renamed) == "Renamed"
    step = renamed.workspace.history_steps()[-1].id
    assert renamed.workspace.bytes_to_step(step) == 0
    assert renamed.workspace.bytes_to_step(step - 1) == renamed.workspace.bytes_to_undo() > 0
    tasks.stop()
    tasks.deleteLater()
