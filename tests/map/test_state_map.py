# SPDX-License-Identifier: MIT
"""A state at ZIP level as a web page: small, whole, and alive in a browser with no network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.geounit import GeoLevel, geounit_id
from app.services.commands import AssignGeoUnits, CreateTerritory
from app.services.geography.geography import Geography
from app.services.html_export import map_for_export, write_html_map
from app.services.store.document import AppFolders
from app.services.territory_export import map_for_territory
from app.services.workspace import Workspace
from tests.helpers.plain_browser import PlainBrowser
from tests.helpers.real_zip_areas import SOURCE, with_real_areas
from tests.helpers.shared import ROOT

pytestmark = pytest.mark.webengine

MOST_BYTES = 5_000_000
_DALLAS_LON = -97.5


@pytest.fixture(scope="module")
def geography() -> Geography:
    """The shipped areas."""
    return Geography.load(ROOT / "resources" / "geo")


@pytest.fixture
def browser(qapp: QApplication, qtbot: QtBot, page_folder: Path) -> Iterator[PlainBrowser]:
    """A plain browser; it must stay silent and ask for nothing but the file, once."""
    found = PlainBrowser(qapp, qtbot)
    yield found
    said, schemes = found.page.said, found.watch.schemes
    found.close()
    assert said == []
    assert set(schemes) <= {"file", "blob", "data"}
    assert schemes.count("file") == 1


def texas(folder: Path, folders: AppFolders, geography: Geography) -> Workspace:
    """Texas ZIP area by ZIP area: the west to one territory, the east to the other."""
    workspace = Workspace.create(folder / "t.evenfield", folders, geography, "Texas")
    layer = geography.layer(GeoLevel.ZIP)
    units = geography.descendants_of(geounit_id(GeoLevel.STATE, "48"), GeoLevel.ZIP)
    for name in ("West", "East"):
        workspace.run(CreateTerritory(name))
        is_west = name == "West"
        own = tuple(
            unit
            for unit in units
            if (layer.lon[layer.index_of(unit.partition(":")[2])] < _DALLAS_LON) == is_west
        )
        workspace.run(AssignGeoUnits(own, workspace.territories[-1].id, name))
    return workspace


def tooltip_after_click(browser: PlainBrowser, at: QPoint) -> str:
    """What the map says about the area at a point once it is clicked."""
    target = browser.view.focusProxy()
    assert target is not None
    QTest.mouseMove(target, at - QPoint(5, 5))
    QTest.mouseMove(target, at)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=at)
    QTest.qWait(60)
    return str(browser.run("document.querySelector('.map-tooltip').textContent"))


def legend(browser: PlainBrowser) -> str:
    """The words of the legend."""
    return str(browser.run("document.querySelector('.legend').textContent"))


def check_whole_state(
    browser: PlainBrowser, workspace: Workspace, path: Path, qtbot: QtBot
) -> None:
    """The page of the plan shows both territories and answers to a click."""
    write_html_map(path, map_for_export(workspace))
    assert path.stat().st_size < MOST_BYTES
    browser.open(path)
    west, east = QPoint(360, 300), QPoint(560, 300)
    qtbot.waitUntil(lambda: browser.color_at(360, 300).saturation() > 40, timeout=20_000)
    qtbot.waitUntil(lambda: "WestVacant" in tooltip_after_click(browser, west), timeout=10_000)
    qtbot.waitUntil(lambda: "EastVacant" in tooltip_after_click(browser, east), timeout=10_000)
    assert "TX" in tooltip_after_click(browser, west)
    assert all(name in legend(browser) for name in ("West", "East", "Unassigned"))


def test_a_state_by_zip_areas_is_small_and_answers_to_a_click(
    browser: PlainBrowser,
    tmp_path: Path,
    app_folders: AppFolders,
    geography: Geography,
    qtbot: QtBot,
) -> None:
    workspace = texas(tmp_path, app_folders, geography)
    check_whole_state(browser, workspace, tmp_path / "texas.html", qtbot)
    workspace.close()


@pytest.mark.skipif(not SOURCE.is_file(), reason="the real ZIP areas are not here")
def test_a_state_by_exact_zip_areas_is_small_too(
    browser: PlainBrowser,
    tmp_path: Path,
    app_folders: AppFolders,
    geography: Geography,
    qtbot: QtBot,
) -> None:
    workspace = texas(tmp_path, app_folders, with_real_areas(geography, tmp_path))
    check_whole_state(browser, workspace, tmp_path / "texas.html", qtbot)
    workspace.close()


def test_the_page_of_a_territory_shows_it_before_its_neighbours(
    browser: PlainBrowser,
    tmp_path: Path,
    app_folders: AppFolders,
    geography: Geography,
    qtbot: QtBot,
) -> None:
    workspace = texas(tmp_path, app_folders, geography)
    path = tmp_path / "east.html"
    east = workspace.territories[1]
    write_html_map(path, map_for_territory(workspace, east.id))
    workspace.close()
    assert path.stat().st_size < MOST_BYTES
    browser.open(path)
    middle = QPoint(450, 300)
    qtbot.waitUntil(lambda: browser.color_at(450, 300).saturation() > 40, timeout=20_000)
    qtbot.waitUntil(lambda: "EastVacant" in tooltip_after_click(browser, middle), timeout=10_000)
    assert browser.run("document.querySelector('.title-panel h1').textContent") == "East"
    assert "East" in legend(browser)
    assert "Other territories" in legend(browser)
    assert "West" not in legend(browser)
    # The neighbour is there, paler than the territory.
    beside = QPoint(300, 240)
    qtbot.waitUntil(lambda: "WestVacant" in tooltip_after_click(browser, beside), timeout=10_000)
    pale, own = browser.color_at(285, 160), browser.color_at(430, 180)
    assert pale.saturation() < own.saturation()
