# SPDX-License-Identifier: MIT
"""A paint stroke writes as it goes, and Esc takes back exactly what it wrote."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.models.ids import GeoUnitId, StrokeId, TerritoryId
from app.services.commands import CreateTerritory, SetTerritoryLock
from app.ui.map.paint_stroke import PaintStroke
from app.ui.session import EditSession
from tests.helpers.tiny_plan import tiny_workspace

NORTH, SOUTH = TerritoryId(1), TerritoryId(2)
WEST, EAST = GeoUnitId("county:01001"), GeoUnitId("county:01002")


@pytest.fixture
def session(tmp_path: Path, qtbot: QtBot) -> Iterator[EditSession]:
    made = EditSession(tiny_workspace(tmp_path))
    made.run(CreateTerritory("North"))
    made.run(CreateTerritory("South"))
    yield made
    made.workspace.close()
    made.deleteLater()
    qtbot.wait(1)


def undo_label(session: EditSession) -> str | None:
    return session.workspace.history_status().undo_label


def test_a_growing_stroke_is_one_step_with_its_whole_size(session: EditSession) -> None:
    stroke = PaintStroke(session, QObject(session))
    assert stroke.extend(StrokeId("a"), [WEST], NORTH)
    assert stroke.extend(StrokeId("a"), [WEST, EAST], NORTH)
    assert undo_label(session) == "Assign 2 counties to North"
    session.undo()
    assert undo_label(session) == "Create South"


def test_esc_takes_the_stroke_back(session: EditSession) -> None:
    stroke = PaintStroke(session, QObject(session))
    stroke.extend(StrokeId("a"), [WEST], NORTH)
    stroke.take_back(StrokeId("a"))
    assert undo_label(session) == "Create South"


def test_esc_undoes_nothing_where_the_stroke_wrote_nothing(session: EditSession) -> None:
    """The brush only went over North's own area: the edit before must stay."""
    stroke = PaintStroke(session, QObject(session))
    stroke.extend(StrokeId("a"), [WEST], NORTH)
    stroke.end()
    stroke.extend(StrokeId("b"), [WEST], NORTH)
    stroke.take_back(StrokeId("b"))
    assert undo_label(session) == "Assign 1 county to North"


def test_areas_of_locked_territories_are_left_and_counted(session: EditSession) -> None:
    stroke = PaintStroke(session, QObject(session))
    stroke.extend(StrokeId("a"), [WEST], NORTH)
    session.run(SetTerritoryLock(NORTH, True, "North"))
    assert stroke.extend(StrokeId("b"), [WEST, EAST], SOUTH)
    assert stroke.skipped == 1
    assert undo_label(session) == "Assign 1 county to South"


def test_painting_into_a_locked_territory_fails_and_esc_keeps_the_edit_before(
    session: EditSession,
) -> None:
    session.run(SetTerritoryLock(NORTH, True, "North"))
    stroke = PaintStroke(session, QObject(session))
    assert not stroke.extend(StrokeId("a"), [WEST], NORTH)
    stroke.take_back(StrokeId("a"))
    assert undo_label(session) == "Lock North"
