# SPDX-License-Identifier: MIT
"""Links between areas are dashed lines, also on a page that was started again."""

import os
import signal

import numpy as np
import pytest
from PySide6.QtGui import QColor

from app.ui.map.link_messages import LinkLine
from tests.helpers.area_grid import GridView, center, plain_colors
from tests.helpers.log_watch import LogWatch
from tests.map.conftest import Driver

pytestmark = pytest.mark.webengine

PALE = (240, 240, 240)
FROM, TO = center(9), center(12)


@pytest.fixture
def linked(driver: Driver, grid: GridView) -> Driver:
    driver.view.show_view(grid)
    driver.view.set_colors(*plain_colors(PALE))
    driver.view.overlays.set_links((LinkLine(*FROM, *TO),))
    driver.settle()
    return driver


def dark_pixels(driver: Driver) -> np.ndarray:
    """Per pixel between the two ends whether it is dark."""
    image = driver.view.grab_image()
    start, end = driver.place(*FROM), driver.place(*TO)
    across = range(start.x() + 8, end.x() - 8)
    return np.array([QColor(image.pixel(x, start.y())).lightness() < 128 for x in across])


def test_a_link_is_a_dashed_line_between_its_ends(linked: Driver) -> None:
    linked.wait(lambda: dark_pixels(linked).mean() > 0.4)
    dark = dark_pixels(linked)
    # Dashes of six pixels with four between them, less where a border crosses.
    assert 0.4 < dark.mean() < 0.8
    assert np.count_nonzero(dark[1:] != dark[:-1]) > 20


def test_without_links_the_line_is_gone(linked: Driver) -> None:
    linked.wait(lambda: dark_pixels(linked).mean() > 0.4)
    linked.view.overlays.set_links(())
    linked.wait(lambda: dark_pixels(linked).mean() < 0.1)


@pytest.mark.skipif(os.name == "nt", reason="signals of another kind")
def test_links_come_back_with_a_page_that_was_killed(linked: Driver, log_watch: LogWatch) -> None:
    restarts: list[bool] = []
    linked.view.restarted.connect(lambda: restarts.append(True))
    with log_watch.expect("the map page stopped"):
        os.kill(linked.view.web_page.renderProcessPid(), signal.SIGKILL)
        linked.wait(lambda: bool(restarts), timeout=3000)
    linked.wait(lambda: linked.view.is_settled, timeout=5000)
    linked.wait(lambda: dark_pixels(linked).mean() > 0.4)
