# SPDX-License-Identifier: MIT
"""Several polygons may make one unit: then the map picks, paints and selects the unit.

The grid of `tests.helpers.area_grid`, of which two neighbours in a row make one unit: feature
8 r + c belongs to unit 4 r + c // 2. Feature 39 is left out of every unit.
"""

import os
import signal
from dataclasses import dataclass, replace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from app.ui.map.map_reports import ClickReport, StrokeReport
from app.ui.map.tool_messages import MapTool
from tests.helpers.area_grid import COLUMNS, COUNT, GridView, center, plain_colors
from tests.helpers.log_watch import LogWatch
from tests.map.conftest import Driver

pytestmark = pytest.mark.webengine

PALE = (240, 240, 240)
NEXT_TO_NOTHING = 39


@dataclass(frozen=True)
class InMemory:
    """Areas that are in no file."""

    polygons: bytes
    key: str = "bytes"
    unit_of_feature: None = None


def unit_of(feature: int) -> int:
    return 4 * (feature // COLUMNS) + feature % COLUMNS // 2


@pytest.fixture
def paired(driver: Driver, grid: GridView) -> Driver:
    units = np.array([unit_of(feature) for feature in range(COUNT)], np.int32)
    units[NEXT_TO_NOTHING] = -1
    driver.view.show_view(replace(grid, key="pairs", unit_of_feature=units))
    driver.view.set_colors(*plain_colors(PALE))
    driver.settle()
    return driver


def darkest_beside(driver: Driver, feature: int) -> int:
    """Lightness of the darkest pixel where a feature meets the next in its row."""
    lon, lat = center(feature)
    image, middle = driver.view.grab_image(), driver.place(lon + 3.0, lat)
    across = range(middle.x() - 4, middle.x() + 5)
    return min(QColor(image.pixel(x, middle.y())).lightness() for x in across)


def test_a_click_reports_the_unit(paired: Driver) -> None:
    clicks: list[ClickReport] = []
    paired.view.feature_clicked.connect(clicks.append)
    paired.view.set_tool(MapTool.PICK)
    paired.settle()
    for feature in (21, 20, NEXT_TO_NOTHING):
        paired.click(*center(feature))
    paired.wait(lambda: len(clicks) == 3)
    assert [each.feature for each in clicks] == [unit_of(21), unit_of(20), -1]


def test_all_polygons_of_a_unit_are_selected_together(paired: Driver) -> None:
    paired.view.set_selection([unit_of(12)])
    for feature in (12, 13):
        paired.wait(lambda at=feature: paired.color_at(*center(at)).lightness() < 225)
    paired.wait_for_color(*center(14), PALE)
    paired.view.set_selection([])
    paired.wait_for_color(*center(13), PALE)


def test_no_border_is_drawn_inside_a_unit(paired: Driver) -> None:
    paired.wait(lambda: darkest_beside(paired, 13) < 233 and darkest_beside(paired, 12) > 238)


def test_a_stroke_reports_units_and_previews_them_whole(paired: Driver) -> None:
    finished: list[StrokeReport] = []
    paired.view.stroke_finished.connect(finished.append)
    paired.view.set_tool(MapTool.PAINT, radius=4, preview=(0, 0, 255, 255))
    paired.settle()
    paired.press(*center(9))
    paired.move(*center(10))
    paired.wait_for_color(center(8)[0] - 1, center(8)[1] + 1, (0, 0, 255))
    paired.release(*center(10))
    paired.wait(lambda: bool(finished))
    assert finished[0].features == (unit_of(9), unit_of(10))


def test_a_lasso_takes_the_units_of_which_it_holds_the_larger_part(paired: Driver) -> None:
    """Both halves of the first unit, and of the second the smaller one, at a tie the larger."""
    finished: list[StrokeReport] = []
    paired.view.lasso_finished.connect(finished.append)
    paired.view.set_tool(MapTool.BOX)
    paired.settle()
    paired.press(-119.0, 44.0)
    paired.move(-110.0, 41.0)
    paired.move(-105.0, 41.0)
    paired.release(-105.0, 41.0)
    paired.wait(lambda: bool(finished))
    assert unit_of(8) in finished[0].features
    assert set(finished[0].features) <= {unit_of(8), unit_of(10)}


def test_polygons_may_come_as_bytes(driver: Driver, grid: GridView) -> None:
    clicks: list[ClickReport] = []
    driver.view.feature_clicked.connect(clicks.append)
    driver.view.show_view(InMemory(grid.polygons.read_bytes()))
    driver.settle()
    driver.click(*center(21))
    driver.wait(lambda: bool(clicks))
    assert clicks[0].feature == 21


def test_units_come_back_after_a_crash(paired: Driver, log_watch: LogWatch) -> None:
    clicks: list[ClickReport] = []
    paired.view.feature_clicked.connect(clicks.append)
    restarts: list[bool] = []
    paired.view.restarted.connect(lambda: restarts.append(True))
    with log_watch.expect("the map page stopped"):
        os.kill(paired.view.web_page.renderProcessPid(), signal.SIGKILL)
        paired.wait(lambda: bool(restarts), timeout=3000)
    paired.wait(lambda: paired.view.is_settled, timeout=5000)
    paired.wait_for_color(*center(20), PALE)
    paired.click(*center(21))
    paired.wait(lambda: bool(clicks))
    assert clicks[0].feature == unit_of(21)


def test_a_stroke_goes_on_while_its_areas_get_other_polygons(
    driver: Driver, grid: GridView
) -> None:
    finished: list[StrokeReport] = []
    cancelled: list[StrokeReport] = []
    driver.view.stroke_finished.connect(finished.append)
    driver.view.stroke_cancelled.connect(cancelled.append)
    driver.view.set_tool(MapTool.PAINT, radius=4)
    driver.settle()
    driver.press(*center(9))
    driver.move(*center(10))
    driver.view.show_view(replace(grid, unit_of_feature=np.arange(COUNT, dtype=np.int32)))
    driver.settle()
    driver.move(*center(11))
    driver.release(*center(11))
    driver.wait(lambda: bool(finished))
    assert finished[0].features == (9, 10, 11)
    driver.press(*center(9))
    driver.move(*center(10))
    driver.view.show_view(replace(grid, key="others"))
    driver.wait(lambda: bool(cancelled))
    driver.release(*center(10))
