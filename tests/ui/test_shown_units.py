# SPDX-License-Identifier: MIT
"""Which larger areas strokes can be kept in, for each kind of areas on the map."""

import pytest
from pytestqt.qtbot import QtBot

from app.services.workspace import Workspace
from app.ui.map.map_painter import MapPainter
from app.ui.map.shown_units import ShownUnits
from tests.helpers.fake_map_view import FakeMapView


@pytest.fixture
def painter(workspace: Workspace, qtbot: QtBot) -> MapPainter:
    view = FakeMapView()
    qtbot.addWidget(view)
    return MapPainter(workspace, view.as_view())


def test_only_larger_areas_are_offered(workspace: Workspace, painter: MapPainter) -> None:
    shown = ShownUnits(workspace, painter)
    offered = {}
    for key in ("country", "state", "county", "zip", "zip3", "metro"):
        painter.view_key = key
        offered[key] = [name for name, _ in shown.coarser()]
    assert offered == {
        "country": [],
        "state": ["country"],
        "county": ["metro", "state", "country"],
        "zip": ["zip3", "county", "metro", "state", "country"],
        "zip3": ["state", "country"],
        "metro": ["state", "country"],
    }


@pytest.mark.parametrize("around", ["state", "county", "zip3", "metro"])
def test_a_zip_area_knows_the_larger_area_around_it(
    workspace: Workspace, painter: MapPainter, around: str
) -> None:
    painter.view_key = "zip"
    shown, geography = ShownUnits(workspace, painter), workspace.geography
    parents = shown.parents(around)
    assert parents is not None
    larger = geography.view(around)
    checked = 0
    for number in range(0, len(parents), 1711):
        if parents[number] < 0:
            continue
        unit = shown.view.geounits[number]
        members = set(larger.members(int(parents[number])))
        chain = {unit}
        while (above := geography.parent(unit)) is not None:
            chain.add(above)
            unit = above
        assert members & chain
        checked += 1
    assert checked > 5


def test_groups_stay_in_the_state_of_their_members(
    workspace: Workspace, painter: MapPainter
) -> None:
    painter.view_key = "zip3"
    shown = ShownUnits(workspace, painter)
    parents = shown.parents("state")
    assert parents is not None
    number = shown.view.geounits.index(next(u for u in shown.view.geounits if u == "zip3:606"))
    code = workspace.geography.view("state").geounits[parents[number]]
    assert code == "state:17"
