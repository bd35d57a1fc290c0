# SPDX-License-Identifier: MIT
"""A real map page for every test of this folder."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.services.live_page import ensure_live_page
from app.ui.map.map_profile import MapProfile
from app.ui.map.map_view import MapView
from tests.helpers.area_grid import BOUNDS, GridView, write_grid
from tests.helpers.shared import ROOT

SIZE = (900, 600)


@pytest.fixture(scope="session")
def page_folder() -> Path:
    """The packaged page; tests of the map skip where the set-up did not build it."""
    try:
        return ensure_live_page(ROOT / "resources")
    except AppError as error:
        pytest.skip(error.text)


@pytest.fixture(scope="session")
def profile(qapp: QApplication, page_folder: Path) -> MapProfile:
    """One profile for all maps; the application outlives it."""
    return MapProfile(page_folder, qapp)


@pytest.fixture(scope="session")
def grid(tmp_path_factory: pytest.TempPathFactory) -> GridView:
    """The grid of `tests.helpers.area_grid`."""
    return write_grid(tmp_path_factory.mktemp("map") / "grid.ply")


class Driver:
    """A shown map with the hands of a user."""

    def __init__(self, view: MapView, qtbot: QtBot) -> None:
        self.view = view
        self._qtbot = qtbot

    def settle(self) -> None:
        """Waits until everything that was sent is on the screen."""
        self._qtbot.waitUntil(lambda: self.view.is_settled, timeout=10_000)

    def wait(self, condition: Callable[[], bool], timeout: int = 10_000) -> None:
        self._qtbot.waitUntil(condition, timeout=timeout)

    def place(self, lon: float, lat: float) -> QPoint:
        """Where a point of the earth is on the widget."""
        shown = self.view.shown_view
        assert shown is not None
        world = 256 * 2**shown.zoom

        def project(lon: float, lat: float) -> tuple[float, float]:
            return (lon + 180) / 360, 0.5 - math.asinh(math.tan(math.radians(lat))) / math.tau

        x, y = project(lon, lat)
        center_x, center_y = project(shown.lon, shown.lat)
        width, height = self.view.width(), self.view.height()
        dx, dy = (x - center_x) * world, (y - center_y) * world
        return QPoint(round(width / 2 + dx), round(height / 2 + dy))

    def color_at(self, lon: float, lat: float) -> QColor:
        return QColor(self.view.grab_image().pixel(self.place(lon, lat)))

    def wait_for_color(self, lon: float, lat: float, rgb: tuple[int, int, int]) -> None:
        """Waits until the map shows the colour there, give or take a rounding."""

        def is_shown() -> bool:
            seen = self.color_at(lon, lat)
            found = (seen.red(), seen.green(), seen.blue())
            return all(abs(a - b) <= 3 for a, b in zip(found, rgb, strict=True))

        self.wait(is_shown)

    def click(
        self,
        lon: float,
        lat: float,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        target = self.view.event_target()
        QTest.mouseMove(target, self.place(lon, lat))
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, modifiers, self.place(lon, lat))

    def hover(self, lon: float, lat: float) -> None:
        """Comes from a little beside, since a pointer that is there already does not move."""
        for beside in (QPoint(4, 4), QPoint(0, 0)):
            QTest.mouseMove(self.view.event_target(), self.place(lon, lat) + beside)
            QTest.qWait(30)

    def press(self, lon: float, lat: float) -> None:
        target = self.view.event_target()
        QTest.mouseMove(target, self.place(lon, lat))
        QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=self.place(lon, lat))

    def move(self, lon: float, lat: float) -> None:
        """Moves the pressed mouse, in steps as a hand does."""
        QTest.mouseMove(self.view.event_target(), self.place(lon, lat))
        QTest.qWait(30)

    def release(self, lon: float, lat: float) -> None:
        QTest.mouseRelease(
            self.view.event_target(), Qt.MouseButton.LeftButton, pos=self.place(lon, lat)
        )

    def run(self, script: str) -> object:
        """The value of a script in the page."""
        answers: list[object] = []
        self.view.web_page.runJavaScript(script, answers.append)
        self.wait(lambda: bool(answers))
        return answers[0]


@pytest.fixture
def driver(qtbot: QtBot, profile: MapProfile, grid: GridView) -> Iterator[Driver]:
    """A shown map with the grid on it, looking at all of it; nothing may have been blocked."""
    profile.guard.blocked.clear()
    view = MapView(profile)
    view.resize(*SIZE)
    found = Driver(view, qtbot)
    view.show_view(grid)
    view.fly_to(BOUNDS, animated=False)
    with qtbot.waitSignal(view.ready, timeout=20_000):
        view.show()
    found.settle()
    found.wait(lambda: view.shown_view is not None)
    yield found
    view.close()
    view.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert profile.guard.blocked == []
    assert profile.guard.requests_left == 0
