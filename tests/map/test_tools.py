# SPDX-License-Identifier: MIT
"""The tools of the real page, with mouse and keyboard; the grid of `tests.helpers.area_grid`."""

import os
import signal

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.map.map_reports import ContextReport, LineReport, StrokeReport
from app.ui.map.tool_messages import DrawnOutline, MapTool, StrokeSource
from tests.helpers.area_grid import COLUMNS, COUNT, center, plain_colors
from tests.helpers.log_watch import LogWatch
from tests.map.conftest import Driver

pytestmark = pytest.mark.webengine

PALE = (240, 240, 240)
RED = (200, 40, 60)


def strokes(driver: Driver) -> list[StrokeReport]:
    found: list[StrokeReport] = []
    driver.view.stroke_finished.connect(found.append)
    driver.view.lasso_finished.connect(found.append)
    return found


def drag(driver: Driver, *features: int) -> None:
    driver.press(*center(features[0]))
    for feature in features[1:]:
        driver.move(*center(feature))
    driver.release(*center(features[-1]))


def in_halves(driver: Driver) -> None:
    """Columns 0 to 3 belong to territory 0, columns 4 to 6 to territory 1, column 7 to nobody."""
    rgba, groups = plain_colors(PALE)
    columns = np.arange(COUNT) % COLUMNS
    groups[columns > 3] = 1
    groups[columns == 7] = -1
    driver.view.set_colors(rgba, groups)
    driver.settle()


def ground_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    lon_a, lat_a, lon_b, lat_b = np.radians([*a, *b])
    square = (
        np.sin((lat_b - lat_a) / 2) ** 2
        + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    )
    return float(2 * 6371.0088 * np.arcsin(np.sqrt(square)))


def within(place: tuple[float, float], km: float) -> set[int]:
    return {each for each in range(COUNT) if ground_km(place, center(each)) <= km}


def test_a_radius_takes_what_lies_within_the_distance_on_the_ground(driver: Driver) -> None:
    found = strokes(driver)
    driver.view.set_tool(MapTool.RADIUS)
    driver.settle()
    start, end = center(19), (center(20)[0] + 1.0, center(20)[1])
    driver.press(*start)
    driver.move(*end)
    assert driver.run("document.querySelector('.sketch text').textContent.endsWith(' mi')") is True
    driver.release(*end)
    driver.wait(lambda: bool(found))
    report = found[0]
    assert report.radius_km == pytest.approx(ground_km(start, end), rel=0.01)
    assert report.center == pytest.approx(start, abs=0.2)
    assert set(report.features) == within(start, report.radius_km)
    assert 19 in report.features
    assert len(report.features) > 2


def test_a_typed_radius_is_told_apart_and_takes_the_same(driver: Driver) -> None:
    found = strokes(driver)
    driver.view.tools.select_within("typed", *center(19), 700.0)
    driver.wait(lambda: bool(found))
    assert found[0].is_typed
    assert set(found[0].features) == within(center(19), 700.0)


@pytest.mark.parametrize("tool", [MapTool.PAINT, MapTool.LASSO, MapTool.BOX])
def test_a_stroke_stays_in_the_larger_area_where_it_began(driver: Driver, tool: MapTool) -> None:
    found = strokes(driver)
    driver.view.tools.set_parents((np.arange(COUNT) // COLUMNS).astype(np.int32))
    driver.view.set_tool(tool, radius=4)
    driver.settle()
    if tool is MapTool.PAINT:
        drag(driver, 9, 10, 18, 19, 11)
        wanted = {9, 10, 11}
    else:
        driver.press(-116.0, 44.0)
        for corner in ((-94.0, 44.0), (-94.0, 31.0), (-116.0, 31.0)):
            driver.move(*corner)
        if tool is MapTool.BOX:
            driver.move(-94.0, 31.0)
        driver.release(*((-94.0, 31.0) if tool is MapTool.BOX else (-116.0, 31.0)))
        wanted = {9, 10, 11}
    driver.wait(lambda: bool(found))
    assert set(found[0].features) == wanted


@pytest.mark.parametrize(
    ("source", "group", "start", "wanted"),
    [
        (StrokeSource.ALL, None, 11, {11, 12, 13, 14, 15}),
        (StrokeSource.UNASSIGNED, None, 11, {15}),
        (StrokeSource.ONE, 1, 11, {12, 13, 14}),
        (StrokeSource.ONE, None, 11, {11}),
    ],
)
def test_a_source_limits_what_the_brush_takes(
    driver: Driver, source: StrokeSource, group: int | None, start: int, wanted: set[int]
) -> None:
    found = strokes(driver)
    in_halves(driver)
    driver.view.tools.set_stroke_source(source, group, restricts=True)
    driver.view.set_tool(MapTool.PAINT, radius=4)
    driver.settle()
    drag(driver, start, 12, 13, 14, 15)
    driver.wait(lambda: bool(found))
    assert set(found[0].features) == wanted
    assert found[0].start == start


def test_a_selection_takes_from_everybody(driver: Driver) -> None:
    found = strokes(driver)
    in_halves(driver)
    driver.view.tools.set_stroke_source(StrokeSource.UNASSIGNED, restricts=False)
    driver.view.set_tool(MapTool.BOX)
    driver.settle()
    driver.press(-94.0, 43.5)
    driver.move(-80.0, 40.0)
    driver.release(-80.0, 40.0)
    driver.wait(lambda: bool(found))
    assert set(found[0].features) == {12, 13, 14}


def test_a_pushed_border_takes_the_colour_of_the_territory_where_it_began(driver: Driver) -> None:
    found = strokes(driver)
    rgba, groups = plain_colors(PALE)
    rgba[9] = (*RED, 255)
    groups[9] = 1
    driver.view.set_colors(rgba, groups)
    driver.view.set_tool(MapTool.PUSH, radius=4)
    driver.settle()
    driver.press(*center(9))
    driver.move(*center(10))
    driver.wait_for_color(center(10)[0] - 1, center(10)[1] + 1, RED)
    driver.release(*center(10))
    driver.wait(lambda: bool(found))
    assert (found[0].tool, found[0].start) == (MapTool.PUSH, 9)


def test_brackets_and_the_wheel_change_the_brush(driver: Driver) -> None:
    sizes: list[float] = []
    driver.view.brush_changed.connect(sizes.append)
    driver.view.set_tool(MapTool.PAINT, radius=20)
    driver.settle()
    target = driver.view.event_target()
    driver.hover(*center(19))
    driver.view.event_target().setFocus()
    QTest.keyClick(target, Qt.Key.Key_BracketRight)
    driver.wait(lambda: sizes == [25])
    QTest.keyClick(target, Qt.Key.Key_BracketLeft)
    driver.wait(lambda: sizes == [25, 20])
    wheel(driver, center(19), 120, Qt.KeyboardModifier.ControlModifier)
    driver.wait(lambda: len(sizes) == 3)
    assert sizes[-1] == 25
    assert driver.view.shown_view is not None


def wheel(driver: Driver, place: tuple[float, float], turn: int, held: Qt.KeyboardModifier) -> None:
    target, at = driver.view.event_target(), driver.place(*place)
    event = QWheelEvent(
        QPointF(at),
        QPointF(target.mapToGlobal(at)),
        QPoint(0, 0),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(target, event)


def click_path(driver: Driver, corners: list[tuple[float, float]]) -> None:
    for corner in corners:
        driver.click(*corner)
        QTest.qWait(60)


def test_a_line_is_clicked_and_ended_by_enter(driver: Driver) -> None:
    lines: list[LineReport] = []
    driver.view.line_drawn.connect(lines.append)
    driver.view.set_tool(MapTool.SPLIT)
    driver.settle()
    corners = [(-113.0, 41.0), (-104.5, 44.0), (-98.0, 36.0)]
    click_path(driver, corners)
    QTest.keyClick(driver.view.event_target(), Qt.Key.Key_Return)
    driver.wait(lambda: bool(lines))
    assert np.allclose(lines[0].polygon, corners, atol=0.3)
    assert set(lines[0].features) == {9, 10, 11, 19}


def test_a_double_click_ends_a_line_and_backspace_takes_a_corner_back(driver: Driver) -> None:
    lines: list[LineReport] = []
    driver.view.line_drawn.connect(lines.append)
    driver.view.set_tool(MapTool.SPLIT)
    driver.settle()
    click_path(driver, [(-113.0, 41.0), (-104.5, 30.0)])
    QTest.keyClick(driver.view.event_target(), Qt.Key.Key_Backspace)
    click_path(driver, [(-98.0, 36.0)])
    # The engine makes no double click of events that are sent by a test.
    driver.run(
        "document.querySelector('.leaflet-container')"
        ".dispatchEvent(new MouseEvent('dblclick', {bubbles: true})); 1"
    )
    driver.wait(lambda: bool(lines))
    assert np.allclose(lines[0].polygon, [(-113.0, 41.0), (-98.0, 36.0)], atol=0.3)


def test_esc_gives_a_line_up(driver: Driver) -> None:
    lines: list[LineReport] = []
    driver.view.line_drawn.connect(lines.append)
    driver.view.set_tool(MapTool.SPLIT)
    driver.settle()
    click_path(driver, [(-113.0, 41.0), (-104.5, 30.0)])
    QTest.keyClick(driver.view.event_target(), Qt.Key.Key_Escape)
    QTest.keyClick(driver.view.event_target(), Qt.Key.Key_Return)
    QTest.qWait(150)
    assert lines == []
    assert driver.run("document.querySelector('.sketch path').getAttribute('d')") == ""


def test_corners_of_a_drawn_area_snap_and_its_edges_follow_borders(driver: Driver) -> None:
    """From a point on the west border of area 9 round its corner to one on its north border."""
    drawn: list[tuple[tuple[float, float], ...]] = []
    driver.view.area_drawn.connect(drawn.append)
    driver.view.set_tool(MapTool.DRAW)
    driver.settle()
    west, north = (-114.15, 41.6), (-112.2, 44.9)
    click_path(driver, [west, north, (-105.0, 42.5)])
    QTest.keyClick(driver.view.event_target(), Qt.Key.Key_Return)
    driver.wait(lambda: bool(drawn))
    first, turn, second, third = drawn[0]
    assert first == pytest.approx((-114.0, 41.6), abs=0.2)
    assert first[0] == pytest.approx(-114.0, abs=1e-4)
    assert turn == pytest.approx((-114.0, 45.0), abs=1e-4)
    assert second[1] == pytest.approx(45.0, abs=1e-4)
    assert third == pytest.approx((-105.0, 42.5), abs=0.3)


def test_a_drawn_area_is_chosen_its_corner_dragged_and_removed(driver: Driver) -> None:
    changed: list[tuple[int, tuple[tuple[float, float], ...]]] = []
    removed: list[int] = []
    driver.view.area_changed.connect(lambda area, corners: changed.append((area, corners)))
    driver.view.area_removed.connect(removed.append)
    corners = ((-106.0, 43.5), (-94.0, 43.5), (-94.0, 36.0), (-106.0, 36.0))
    driver.view.tools.set_drawn_areas([DrawnOutline(7, (*RED, 255), corners)])
    driver.view.set_tool(MapTool.DRAW)
    driver.settle()
    driver.wait(lambda: driver.color_at(-100.0, 42.2).red() > driver.color_at(-100.0, 30.0).red())
    driver.click(-101.0, 39.0)
    driver.wait(lambda: driver.run("document.querySelectorAll('.sketch .corner').length") == 4)
    driver.press(*corners[0])
    driver.move(-108.0, 42.0)
    driver.move(-110.9, 42.0)
    driver.release(-110.9, 42.0)
    driver.wait(lambda: bool(changed))
    area, after = changed[0]
    assert area == 7
    assert after[0] == pytest.approx((-110.9, 42.0), abs=0.3)
    assert np.allclose(after[1:], corners[1:], atol=1e-6)
    QTest.keyClick(driver.view.event_target(), Qt.Key.Key_Delete)
    driver.wait(lambda: removed == [7])


def test_what_holds_a_territory_together_is_dotted(driver: Driver) -> None:
    driver.view.set_colors(*plain_colors(PALE))
    driver.view.tools.set_critical([12])
    driver.settle()

    def darkest(feature: int) -> int:
        image, middle = driver.view.grab_image(), driver.place(*center(feature))
        span = range(-9, 10)
        return min(
            image.pixelColor(middle.x() + dx, middle.y() + dy).lightness()
            for dx in span
            for dy in span
        )

    driver.wait(lambda: darkest(12) < 140)
    assert darkest(13) > 200
    driver.view.tools.set_critical([])
    driver.wait(lambda: darkest(12) > 200)


def test_changed_areas_keep_their_old_colour_as_outline(driver: Driver) -> None:
    rgba, groups = plain_colors(PALE)
    groups[12] = 1
    driver.view.set_colors(rgba, groups)
    old, before = plain_colors(RED)
    driver.view.tools.set_baseline((old, before))
    driver.settle()
    west = driver.place(center(12)[0] - 3.0, center(12)[1])

    def has_red(xs: range) -> bool:
        image = driver.view.grab_image()
        colors = [image.pixelColor(west.x() + dx, west.y()) for dx in xs]
        return any(c.red() > 170 and c.green() < 90 for c in colors)

    driver.wait(lambda: has_red(range(1, 7)))
    assert not has_red(range(-7, -2))
    driver.view.tools.set_baseline(None)
    driver.wait(lambda: not has_red(range(1, 7)))


def test_a_right_click_names_what_is_under_it(driver: Driver) -> None:
    found: list[ContextReport] = []
    driver.view.context_requested.connect(found.append)
    driver.settle()
    target, at = driver.view.event_target(), driver.place(*center(20))
    QTest.mouseMove(target, at)
    QTest.mouseClick(target, Qt.MouseButton.RightButton, pos=at)
    driver.wait(lambda: bool(found))
    assert (found[0].feature, found[0].row, found[0].home) == (20, -1, -1)


def test_what_belongs_to_the_tools_comes_back_after_a_crash(
    driver: Driver, log_watch: LogWatch
) -> None:
    found = strokes(driver)
    rgba, groups = plain_colors(PALE)
    groups[12] = 1
    driver.view.set_colors(rgba, groups)
    driver.view.tools.set_baseline(plain_colors(RED))
    driver.view.tools.set_parents((np.arange(COUNT) // COLUMNS).astype(np.int32))
    corners = ((-106.0, 43.5), (-94.0, 43.5), (-94.0, 36.0), (-106.0, 36.0))
    driver.view.tools.set_drawn_areas([DrawnOutline(7, (*RED, 255), corners)])
    driver.view.set_tool(MapTool.PAINT, radius=4)
    driver.settle()
    restarts: list[bool] = []
    driver.view.restarted.connect(lambda: restarts.append(True))
    with log_watch.expect("the map page stopped"):
        os.kill(driver.view.web_page.renderProcessPid(), signal.SIGKILL)
        driver.wait(lambda: bool(restarts), timeout=3000)
    driver.wait(lambda: driver.view.is_settled, timeout=5000)
    west = driver.place(center(12)[0] - 3.0, center(12)[1])

    def has_red(image: QImage) -> bool:
        colors = [image.pixelColor(west.x() + dx, west.y()) for dx in range(1, 7)]
        return any(each.red() > 170 and each.green() < 90 for each in colors)

    driver.wait(lambda: has_red(driver.view.grab_image()))
    driver.wait(lambda: driver.color_at(-100.0, 42.2).green() < 200)
    drag(driver, 9, 10, 18)
    driver.wait(lambda: bool(found))
    assert set(found[0].features) == {9, 10}
