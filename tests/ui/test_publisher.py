# SPDX-License-Identifier: MIT
"""The plan file follows the edits by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.services.commands import CreateTerritory
from app.services.workspace import Workspace
from app.ui import publisher as publisher_module
from app.ui.publisher import Publisher, SaveState
from app.ui.session import EditSession
from tests.helpers.tiny_geography import tiny_geography
from tests.helpers.tiny_plan import tiny_workspace


@pytest.fixture
def session(tmp_path: Path, qtbot: QtBot) -> Iterator[EditSession]:
    made = EditSession(tiny_workspace(tmp_path))
    yield made
    made.workspace.close()
    made.deleteLater()
    qtbot.wait(1)


def test_an_edit_reaches_the_file_when_the_user_pauses(
    session: EditSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(publisher_module, "QUIET_MS", 20)
    publisher = Publisher(session)
    states: list[SaveState] = []
    publisher.state_changed.connect(states.append)
    path = session.workspace.document.path
    before = path.read_bytes()
    session.run(CreateTerritory("North"))
    qtbot.waitUntil(lambda: states[-1:] == [SaveState.SAVED], timeout=10_000)
    publisher.stop()
    assert path.read_bytes() != before
    copy = tmp_path / "copy.evenfield"
    copy.write_bytes(path.read_bytes())
    other = Workspace.open(copy, session.workspace.document._folders, tiny_geography())  # noqa: SLF001 the same places
    assert [territory.name for territory in other.territories] == ["North"]
    other.close()
    publisher.deleteLater()


def test_nothing_is_written_without_an_edit(session: EditSession, qtbot: QtBot) -> None:
    publisher = Publisher(session)
    path = session.workspace.document.path
    before = path.stat().st_mtime_ns
    publisher.publish()
    qtbot.wait(50)
    publisher.stop()
    assert path.stat().st_mtime_ns == before
    assert publisher.state is SaveState.SAVED
    publisher.deleteLater()
