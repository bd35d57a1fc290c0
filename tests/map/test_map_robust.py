# SPDX-License-Identifier: MIT
"""The page dies, hangs or dies again and again: the program goes on, and the map comes back."""

import itertools
import os
import signal
import subprocess
import sys
import time
from functools import partial

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from app.models.map_look import LayerLook, MapLayer, MapLook
from app.services.map_layers import mercator
from app.ui.map import page_watch
from app.ui.map.engine_flags import FLAGS_VARIABLE
from app.ui.map.link_messages import LinkLine
from app.ui.map.map_messages import HomeMarker, MapLabel
from app.ui.map.map_view import MapView
from app.ui.map.show_messages import ChartMarker, LegendEntry, LegendSection, RingMarker
from app.ui.map.tool_messages import DrawnOutline, MapTool
from tests.helpers.area_grid import COUNT, GridView, center, plain_colors
from tests.helpers.log_watch import LogWatch
from tests.helpers.shared import ROOT
from tests.map.conftest import Driver

pytestmark = pytest.mark.webengine
RED, GREEN = (200, 40, 60), (40, 160, 70)
MOST_SECONDS = 3.0
_STEADY_SECONDS = 0.3
_MOST_PIXELS = 20


def furnish(driver: Driver) -> None:
    """Put something of every kind on the map, and look somewhere else than at the start."""
    view = driver.view
    view.set_theme(dark=True)
    view.set_colors(*plain_colors(RED))
    view.patch_colors(np.array([12]), np.array([[*GREEN, 255]], np.uint8), np.array([1], np.int32))
    places = np.array([center(i) for i in range(COUNT)])
    dots = np.tile(np.array([20, 30, 40, 255], np.uint8), (COUNT, 1))
    view.set_points(mercator(places[:, 0], places[:, 1]), dots, 6.0)
    view.set_labels("territories", [MapLabel(*center(30), "North", sub="Jane Doe")])
    view.set_homes([HomeMarker(*center(21), "Jane Doe", (1, 2, 3, 255))])
    view.set_legend("Territories", [LegendEntry("North", (200, 40, 60, 255))], "A note")
    view.tools.set_tool(MapTool.PAINT, radius=33)
    _furnish_overlays(view, mercator(places[:, 0], places[:, 1]))
    view.set_selection([20, 21])
    view.fly_to((-115, 28, -85, 46), animated=False)
    driver.settle()


def _furnish_overlays(view: MapView, xy: np.ndarray) -> None:
    """What lies on the areas, and what the tools mark."""
    rgba = np.tile(np.array([90, 60, 160, 200], np.uint8), (COUNT, 1))
    view.overlays.set_circles(xy, rgba, np.linspace(0, 18, COUNT))
    slices = (((200, 60, 60, 255), 0.4), ((60, 60, 200, 255), 0.6))
    view.overlays.set_charts([ChartMarker(*center(18), 20.0, slices)])
    view.overlays.set_rings([RingMarker(*center(21), 150.0, "150 km", (10, 90, 130, 255))])
    entry = LegendEntry("Large", (90, 60, 160, 200), count="40")
    view.overlays.set_legend([LegendSection("Circles", (entry,), "By accounts")])
    faded = LayerLook(MapLayer.FILL, opacity=0.6)
    view.overlays.set_layers(MapLook(looks=(faded,)))
    view.overlays.set_links([LinkLine(-105.0, 37.5, -93.0, 42.5)])
    view.tools.set_critical([11, 19])
    old = np.tile(np.array([40, 40, 200, 255], np.uint8), (COUNT, 1))
    view.tools.set_baseline((old, np.arange(COUNT, dtype=np.int32) % 5))
    corners = ((-104.0, 32.0), (-96.0, 32.0), (-96.0, 36.0), (-104.0, 36.0))
    view.tools.set_drawn_areas([DrawnOutline(1, (250, 200, 0, 255), corners)])


def kill(view: MapView) -> None:
    os.kill(view.web_page.renderProcessPid(), signal.SIGKILL)


def steady_image(driver: Driver) -> QImage:
    """The map once it has looked the same for a while."""
    seen = driver.view.grab_image()
    since = time.monotonic()
    while time.monotonic() - since < _STEADY_SECONDS:
        QTest.qWait(50)
        now = driver.view.grab_image()
        if now != seen:
            seen, since = now, time.monotonic()
    return seen


def differs(one: QImage, other: QImage) -> bool:
    """Whether the map looks otherwise; lines may lie one pixel beside where they were."""
    first, second = _pixels(one), _pixels(other)
    if first.shape != second.shape:
        return True
    rows, columns = np.nonzero((np.abs(first - second) > 8).any(axis=2))
    inside = (rows > 0) & (columns > 0) & (rows < len(first) - 1) & (columns < first.shape[1] - 1)
    rows, columns = rows[inside], columns[inside]
    steps = list(itertools.product((-1, 0, 1), repeat=2))
    around = np.array([second[rows + down, columns + right] for down, right in steps])
    seen = first[rows, columns]
    is_between = (seen >= around.min(axis=0) - 24) & (seen <= around.max(axis=0) + 24)
    return int((~is_between.all(axis=1)).sum()) > _MOST_PIXELS


def _looks_other(driver: Driver, before: QImage) -> bool:
    return differs(before, driver.view.grab_image())


def _pixels(image: QImage) -> np.ndarray:
    shown = image.convertToFormat(QImage.Format.Format_RGBA8888)
    flat = np.frombuffer(bytes(shown.constBits()), "u1")
    return flat.reshape(shown.height(), shown.width(), 4).astype(np.int16)


def test_a_page_that_dies_is_back_within_three_seconds_as_it_was(
    driver: Driver, log_watch: LogWatch
) -> None:
    furnish(driver)
    view = driver.view
    before, shown = steady_image(driver), view.shown_view
    start = time.monotonic()
    with log_watch.expect("the map page stopped"):
        kill(view)
        driver.wait(lambda: not view.is_settled)
        driver.wait(
            lambda: view.is_settled and not differs(before, view.grab_image()),
            timeout=round(MOST_SECONDS * 1000),
        )
    assert time.monotonic() - start < MOST_SECONDS
    assert view.shown_view == shown
    state = "JSON.stringify([document.documentElement.className, document.body.innerText])"
    assert "A note" in str(driver.run(state))


def test_the_comparison_sees_what_is_missing(driver: Driver) -> None:
    furnish(driver)
    view = driver.view
    for leave_out in (
        lambda: view.overlays.set_rings(()),
        lambda: view.overlays.set_links(()),
        lambda: view.tools.set_drawn_areas(()),
        lambda: view.tools.set_critical(()),
        lambda: view.set_labels("territories", ()),
        lambda: view.set_selection(()),
    ):
        before = steady_image(driver)
        leave_out()
        driver.wait(partial(_looks_other, driver, before))


def test_what_is_sent_while_the_page_is_away_is_shown_when_it_is_back(
    driver: Driver, log_watch: LogWatch
) -> None:
    view = driver.view
    view.set_colors(*plain_colors(RED))
    driver.settle()
    with log_watch.expect("the map page stopped"):
        kill(view)
        driver.wait(lambda: not view.is_settled)
        view.set_colors(*plain_colors(GREEN))
        view.set_legend("Deviation", [LegendEntry("Over", (1, 2, 3, 255))])
        driver.wait(lambda: view.is_settled, timeout=3_000)
    driver.wait_for_color(*center(13), GREEN)
    assert driver.run("document.querySelector('.legend h2').textContent") == "Deviation"


def test_a_tool_works_again_after_the_page_died(driver: Driver, log_watch: LogWatch) -> None:
    furnish(driver)
    view = driver.view
    strokes: list[object] = []
    view.stroke_finished.connect(strokes.append)
    with log_watch.expect("the map page stopped"):
        kill(view)
        driver.wait(lambda: not view.is_settled)
        driver.wait(lambda: view.is_settled, timeout=3_000)
    driver.press(*center(12))
    driver.move(*center(13))
    driver.release(*center(13))
    driver.wait(lambda: bool(strokes))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """One unanswered question is enough to give a page up."""
    monkeypatch.setattr(page_watch, "MOST_UNANSWERED", 1)


@pytest.mark.usefixtures("impatient")
def test_a_page_that_hangs_is_replaced(driver: Driver, log_watch: LogWatch) -> None:
    furnish(driver)
    view = driver.view
    before = steady_image(driver)
    restarts: list[float] = []
    view.restarted.connect(lambda: restarts.append(time.monotonic()))
    with log_watch.expect("the map page"):
        view.web_page.runJavaScript("for (;;);")
        driver.wait(lambda: bool(restarts))
        driver.wait(
            lambda: view.is_settled and not differs(before, view.grab_image()),
            timeout=round(MOST_SECONDS * 1000),
        )


def test_a_busy_page_is_left_in_peace(driver: Driver) -> None:
    restarts: list[bool] = []
    driver.view.restarted.connect(lambda: restarts.append(True))
    driver.run("const end = performance.now() + 2500; while (performance.now() < end); 1")
    driver.settle()
    assert restarts == []


def test_after_several_deaths_it_says_what_to_do_and_can_be_tried_again(
    driver: Driver, log_watch: LogWatch
) -> None:
    furnish(driver)
    view = driver.view
    before, shown = steady_image(driver), view.shown_view
    given_up: list[bool] = []
    view.gave_up.connect(lambda: given_up.append(True))
    with log_watch.expect("the map page stopped"):
        for _ in range(6):
            driver.wait(lambda: bool(given_up) or view.web_page.renderProcessPid() > 0)
            process = view.web_page.renderProcessPid()
            os.kill(process, signal.SIGKILL)
            driver.wait(
                lambda old=process: (
                    bool(given_up) or view.web_page.renderProcessPid() not in {0, old}
                )
            )
    assert given_up == [True]
    assert view.stopped.isVisible()
    view.set_selection([20, 21])  # the plan goes on meanwhile
    view.stopped.button.click()
    assert not view.stopped.isVisible()
    driver.wait(
        lambda: view.is_settled and not differs(before, view.grab_image()),
        timeout=round(MOST_SECONDS * 1000),
    )
    assert view.shown_view == shown


@pytest.mark.usefixtures("page_folder")
@pytest.mark.parametrize(("words", "is_safe"), [((), True), (("card",), False)])
def test_safe_graphics_asks_the_engine_for_no_graphics_card(
    grid: GridView, words: tuple[str, ...], is_safe: bool
) -> None:
    surroundings = {
        name: value
        for name, value in os.environ.items()
        if name not in {FLAGS_VARIABLE, "QT_QUICK_BACKEND"}
    }
    program = [sys.executable, "-m", "tests.helpers.map_alone", str(grid.polygons), *words]
    done = subprocess.run(
        program,
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr  # the map was drawn
    asked, drawn_by, flags = done.stdout.splitlines()
    assert asked == ("software" if is_safe else "anything")
    assert drawn_by == "software" or not is_safe
    assert ("--disable-gpu" in flags.split()) == is_safe
