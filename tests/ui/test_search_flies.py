# SPDX-License-Identifier: MIT
"""Whatever the search finds, the map flies there: place, ZIP area, account, territory."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.area_edits import bounds_of
from app.ui.place_search import Hit, find
from app.ui.plan_screen import PlanScreen
from app.ui.session import EditSession
from tests.helpers.fake_map_view import FakeMapView

Bounds = tuple[float, float, float, float]


@pytest.fixture
def screen(app: QApplication, session: EditSession, qtbot: QtBot) -> Iterator[PlanScreen]:
    view = FakeMapView()
    made = PlanScreen(session, view.as_view(), QSettings())
    # The window puts it into its bar; here nobody does.
    made.search.setParent(made)
    qtbot.addWidget(made)
    made.flown = view.calls.last  # type: ignore[attr-defined]
    yield made
    made.release_map()
    app.processEvents()


def _flown(screen: PlanScreen, hit: Hit) -> Bounds:
    calls = screen.flown  # type: ignore[attr-defined]
    calls.pop("fly_to", None)
    screen.search.found.emit(hit)
    return calls["fly_to"][0][0]


def _holds(bounds: Bounds, lon: float, lat: float) -> bool:
    west, south, east, north = bounds
    return west <= lon <= east and south <= lat <= north and east - west < 40


@pytest.mark.parametrize(
    ("words", "lon", "lat"),
    [("Denver", -104.99, 39.74), ("60601", -87.62, 41.89), ("Toronto", -79.4, 43.7)],
)
def test_places_and_zip_areas(screen: PlanScreen, words: str, lon: float, lat: float) -> None:
    hits = find(screen.session.workspace, words)
    assert hits
    assert _holds(_flown(screen, hits[0]), lon, lat)


def test_accounts(screen: PlanScreen) -> None:
    accounts = screen.session.workspace.accounts
    hits = find(screen.session.workspace, str(accounts.text("name")[3]))
    assert hits[0].account is not None
    row = accounts.row_of(hits[0].account)
    assert _holds(_flown(screen, hits[0]), accounts.lon[row], accounts.lat[row])


def test_territories(screen: PlanScreen) -> None:
    workspace = screen.session.workspace
    territory = next(
        t for t in workspace.territories if workspace.holdings.geounits_of_territory(t.id)
    )
    hits = find(workspace, territory.name)
    assert hits[0].territory == territory.id
    around = bounds_of(workspace, workspace.holdings.geounits_of_territory(territory.id))
    assert _flown(screen, hits[0]) == around
