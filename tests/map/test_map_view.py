# SPDX-License-Identifier: MIT
"""The real page shows what it is told, answers to the mouse, and comes back after a crash."""

import os
import signal

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.map.map_messages import HomeMarker, LegendEntry, MapLabel
from app.ui.map.map_reports import ClickReport, Modifiers, StrokeReport
from app.ui.map.scheme import ORIGIN
from app.ui.map.tool_messages import MapTool
from tests.helpers.area_grid import COUNT, center, plain_colors
from tests.helpers.log_watch import LogWatch
from tests.map.conftest import Driver

pytestmark = pytest.mark.webengine

RED, GREEN = (200, 40, 60), (30, 150, 70)


def test_recolouring_changes_the_pixels(driver: Driver) -> None:
    driver.view.set_colors(*plain_colors(RED))
    driver.wait_for_color(*center(12), RED)
    driver.view.set_colors(*plain_colors(GREEN))
    driver.wait_for_color(*center(12), GREEN)


def test_a_patch_changes_only_its_areas(driver: Driver) -> None:
    driver.view.set_colors(*plain_colors(RED))
    driver.view.patch_colors(
        np.array([12, 20]), np.array([[*GREEN, 255]] * 2, np.uint8), np.array([1, 1], np.int32)
    )
    driver.wait_for_color(*center(12), GREEN)
    driver.wait_for_color(*center(20), GREEN)
    driver.wait_for_color(*center(13), RED)


def test_clear_areas_show_the_land_of_the_theme(driver: Driver) -> None:
    driver.view.set_colors(np.zeros((COUNT, 4), np.uint8), np.full(COUNT, -1, np.int32))
    driver.wait_for_color(*center(9), (246, 244, 239))
    driver.view.set_theme(dark=True)
    driver.wait_for_color(*center(9), (44, 49, 56))


def test_a_border_shows_only_between_territories(driver: Driver) -> None:
    rgba, groups = plain_colors((240, 240, 240))
    groups[COUNT // 2 :] = 1
    driver.view.set_colors(rgba, groups)
    driver.settle()
    lon, _ = center(19)
    driver.wait(lambda: driver.color_at(lon, 35.0).lightness() < 120)
    assert driver.color_at(center(11)[0], 40.0).lightness() > 120


def test_a_click_reports_the_area_and_the_keys(driver: Driver) -> None:
    clicks: list[ClickReport] = []
    driver.view.feature_clicked.connect(clicks.append)
    driver.view.set_tool(MapTool.PICK)
    driver.settle()
    driver.click(*center(21), Qt.KeyboardModifier.ControlModifier)
    driver.wait(lambda: bool(clicks))
    assert clicks[0].feature == 21
    assert clicks[0].modifiers == Modifiers(ctrl=True)
    assert clicks[0].lon == pytest.approx(center(21)[0], abs=0.3)


def test_a_click_outside_all_areas_reports_none(driver: Driver) -> None:
    clicks: list[ClickReport] = []
    driver.view.feature_clicked.connect(clicks.append)
    driver.click(-70.0, 40.0)
    driver.wait(lambda: bool(clicks))
    assert clicks[0].feature == -1


def test_hovering_reports_each_area_once(driver: Driver) -> None:
    hovered: list[int] = []
    driver.view.feature_hovered.connect(hovered.append)
    for feature in (10, 11):
        driver.hover(*center(feature))
        driver.wait(lambda feature=feature: hovered[-1:] == [feature])
    assert hovered == [10, 11]


def _paint(driver: Driver, features: tuple[int, ...]) -> None:
    driver.press(*center(features[0]))
    for feature in features[1:]:
        driver.move(*center(feature))


def test_a_painted_stroke_reports_the_areas_it_touched(driver: Driver) -> None:
    finished: list[StrokeReport] = []
    moved: list[StrokeReport] = []
    driver.view.stroke_finished.connect(finished.append)
    driver.view.stroke_moved.connect(moved.append)
    driver.view.set_tool(MapTool.PAINT, radius=4)
    driver.settle()
    _paint(driver, (9, 10, 11, 19))
    driver.release(*center(19))
    driver.wait(lambda: bool(finished))
    assert set(finished[0].features) == {9, 10, 11, 19}
    assert moved
    assert moved[0].stroke == finished[0].stroke


def test_painting_previews_the_stroke(driver: Driver) -> None:
    driver.view.set_colors(*plain_colors(RED))
    driver.view.set_tool(MapTool.PAINT, radius=4, preview=(0, 0, 255, 255))
    driver.settle()
    _paint(driver, (9, 10))
    driver.wait_for_color(center(9)[0] - 1, center(9)[1] + 1, (0, 0, 255))
    driver.release(*center(10))
    driver.wait_for_color(center(9)[0] - 1, center(9)[1] + 1, RED)


def test_new_colours_show_while_the_stroke_goes_on(driver: Driver) -> None:
    driver.view.set_colors(*plain_colors(RED))
    driver.view.set_tool(MapTool.PAINT, radius=4, preview=(0, 0, 255, 255))
    driver.settle()
    _paint(driver, (9, 10))
    rgba, groups = plain_colors(RED)
    rgba[9, :3], groups[9] = GREEN, 1
    driver.view.set_colors(rgba, groups)
    driver.wait_for_color(center(9)[0] - 1, center(9)[1] + 1, GREEN)
    driver.release(*center(10))


def test_the_area_under_the_brush_is_reported_while_painting(driver: Driver) -> None:
    hovered: list[int] = []
    driver.view.feature_hovered.connect(hovered.append)
    driver.view.set_tool(MapTool.PAINT, radius=4)
    driver.settle()
    _paint(driver, (9, 10, 11))
    driver.wait(lambda: hovered[-1:] == [11])
    driver.release(*center(11))


def test_escape_gives_the_stroke_up(driver: Driver) -> None:
    finished: list[StrokeReport] = []
    cancelled: list[StrokeReport] = []
    driver.view.stroke_finished.connect(finished.append)
    driver.view.stroke_cancelled.connect(cancelled.append)
    driver.view.set_tool(MapTool.PAINT, radius=4)
    driver.settle()
    _paint(driver, (9, 10))
    QTest.keyClick(driver.view.event_target(), Qt.Key.Key_Escape)
    driver.wait(lambda: bool(cancelled))
    driver.release(*center(10))
    QTest.qWait(150)
    assert finished == []


def test_another_stroke_has_another_id(driver: Driver) -> None:
    finished: list[StrokeReport] = []
    driver.view.stroke_finished.connect(finished.append)
    driver.view.set_tool(MapTool.PAINT, radius=4)
    driver.settle()
    for feature in (9, 12):
        _paint(driver, (feature,))
        driver.release(*center(feature))
    driver.wait(lambda: len(finished) == 2)
    assert finished[0].stroke != finished[1].stroke


def test_a_lasso_takes_the_areas_whose_middle_it_holds(driver: Driver) -> None:
    finished: list[StrokeReport] = []
    driver.view.lasso_finished.connect(finished.append)
    driver.view.set_tool(MapTool.LASSO)
    driver.settle()
    corners = [(-112.5, 46.5), (-104.5, 46.5), (-98.5, 44.0), (-98.5, 36.0), (-112.5, 36.0)]
    driver.press(*corners[0])
    for corner in corners[1:]:
        driver.move(*corner)
    driver.release(*corners[-1])
    driver.wait(lambda: bool(finished))
    assert set(finished[0].features) == {9, 10, 11, 17, 18, 19}
    assert len(finished[0].polygon) >= len(corners)


def test_a_lasso_inside_one_area_takes_that_area(driver: Driver) -> None:
    finished: list[StrokeReport] = []
    driver.view.lasso_finished.connect(finished.append)
    driver.view.set_tool(MapTool.LASSO)
    driver.settle()
    lon, lat = center(20)
    corners = [(lon + 1, lat + 1.5), (lon + 2.5, lat + 1.5), (lon + 2.5, lat + 0.5)]
    driver.press(*corners[0])
    for corner in corners[1:]:
        driver.move(*corner)
    driver.release(*corners[-1])
    driver.wait(lambda: bool(finished))
    assert finished[0].features == (20,)


def test_a_box_takes_what_lies_inside(driver: Driver) -> None:
    finished: list[StrokeReport] = []
    driver.view.lasso_finished.connect(finished.append)
    driver.view.set_tool(MapTool.BOX)
    driver.settle()
    driver.press(-94.0, 43.5)
    driver.move(-85.0, 35.0)
    driver.move(-80.0, 34.0)
    driver.release(-80.0, 34.0)
    driver.wait(lambda: bool(finished))
    assert set(finished[0].features) == {12, 13, 14, 20, 21, 22}
    assert finished[0].tool is MapTool.BOX


def test_dragging_with_the_right_button_moves_the_map_while_painting(driver: Driver) -> None:
    driver.view.set_tool(MapTool.PAINT)
    driver.settle()
    before = driver.view.shown_view
    target = driver.view.event_target()
    start = driver.place(*center(19))
    QTest.mouseMove(target, start)
    QTest.mousePress(target, Qt.MouseButton.RightButton, pos=start)
    for step in (20, 40, 60):
        QTest.mouseMove(target, start + type(start)(step, 0))
        QTest.qWait(30)
    QTest.mouseRelease(target, Qt.MouseButton.RightButton, pos=start + type(start)(60, 0))
    driver.wait(lambda: driver.view.shown_view != before)


def test_clicking_a_dot_reports_its_row(driver: Driver) -> None:
    clicked: list[int] = []
    driver.view.point_clicked.connect(lambda row, _modifiers: clicked.append(row))
    lonlat = np.array([center(3), center(20), center(33)])
    x = (lonlat[:, 0] + 180) / 360
    y = 0.5 - np.arcsinh(np.tan(np.radians(lonlat[:, 1]))) / (2 * np.pi)
    driver.view.set_points(np.column_stack([x, y]), np.array([[0, 0, 0, 255]] * 3, np.uint8), 5)
    driver.settle()
    driver.wait(lambda: driver.color_at(*center(20)).lightness() < 60)
    driver.click(*center(20))
    driver.wait(lambda: bool(clicked))
    assert clicked == [1]


def test_selection_stands_out(driver: Driver) -> None:
    driver.view.set_colors(*plain_colors((240, 240, 240)))
    driver.settle()
    driver.view.set_selection([12])
    driver.wait(lambda: driver.color_at(*center(12)).lightness() < 225)
    driver.view.set_selection([])
    driver.wait_for_color(*center(12), (240, 240, 240))


def test_the_page_never_leaves_its_address(driver: Driver) -> None:
    driver.run("location.href = 'https://example.com/'; 1")
    driver.run("window.open('https://example.com/'); 1")
    QTest.qWait(150)
    assert driver.view.web_page.url().toString() == ORIGIN + "index.html"


def test_browsers_cannot_connect_to_each_other(driver: Driver) -> None:
    assert driver.run("typeof RTCPeerConnection + typeof webkitRTCPeerConnection") == (
        "undefined" * 2
    )


def test_a_crashed_page_comes_back_with_its_state(driver: Driver, log_watch: LogWatch) -> None:
    view = driver.view
    view.set_colors(*plain_colors(RED))
    view.patch_colors(np.array([12]), np.array([[*GREEN, 255]], np.uint8), np.array([1], np.int32))
    view.set_labels("territories", [MapLabel(*center(30), "North")])
    view.set_homes([HomeMarker(*center(31), "Jane Doe", (1, 2, 3, 255))])
    view.set_legend("Territories", [LegendEntry("North", (200, 40, 60, 255))])
    driver.settle()
    shown = view.shown_view
    restarts: list[bool] = []
    view.restarted.connect(lambda: restarts.append(True))
    with log_watch.expect("the map page stopped"):
        os.kill(view.web_page.renderProcessPid(), signal.SIGKILL)
        driver.wait(lambda: bool(restarts), timeout=3000)
    driver.wait(lambda: view.is_settled, timeout=3000)
    driver.wait_for_color(*center(12), GREEN)
    driver.wait_for_color(*center(13), RED)
    assert view.shown_view == shown
    assert driver.run("document.querySelector('.legend h2').textContent") == "Territories"


def test_what_was_shown_stays_in_view_when_the_window_changes(driver: Driver) -> None:
    before = driver.view.shown_view
    assert before is not None
    driver.view.resize(450, 300)
    driver.wait(lambda: (shown := driver.view.shown_view) is not None and shown.zoom < before.zoom)
    shown = driver.view.shown_view
    assert shown is not None
    west, south, east, north = shown.bounds
    assert west < -119
    assert east > -73
    assert south < 26
    assert north > 49


def test_a_look_elsewhere_is_kept_when_the_window_changes(driver: Driver) -> None:
    driver.press(-96, 38)
    for lon in (-97, -99, -101):
        driver.move(lon, 38)
    driver.release(-101, 38)
    driver.settle()
    QTest.qWait(200)
    before = driver.view.shown_view
    assert before is not None
    driver.view.resize(800, 500)
    driver.wait(lambda: driver.view.shown_view != before)
    assert driver.view.shown_view is not None
    assert driver.view.shown_view.zoom == before.zoom


_RECORD_TEXTS = """
    window.texts = [];
    const write = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
      window.texts.push(text);
      return write.call(this, text, ...rest);
    };
    1
"""


def test_a_home_does_not_push_a_territorys_name_off_the_map(driver: Driver) -> None:
    driver.run(_RECORD_TEXTS)
    places = [center(feature) for feature in (10, 11, 12)]
    driver.view.set_homes([HomeMarker(*place, "Jane Doe", (1, 2, 3, 255)) for place in places])
    labels = [
        MapLabel(*place, f"Territory {i}", "territory", "A rep with a long name", rank=i)
        for i, place in enumerate(places)
    ]
    driver.view.set_labels("territories", labels)
    driver.settle()
    wanted = {f"Territory {i}" for i in range(3)}
    driver.wait(lambda: wanted <= set(str(driver.run("window.texts.join('|')")).split("|")))


def test_a_long_legend_stays_on_the_map_and_scrolls(driver: Driver) -> None:
    driver.view.resize(600, 240)
    entries = [LegendEntry(f"Territory {i}", (200, 40, 60, 255)) for i in range(40)]
    driver.view.set_legend("Territories", entries)
    driver.settle()
    assert driver.run("document.querySelectorAll('.legend li').length") == 40
    legend = "document.querySelector('.legend')"
    driver.wait(lambda: driver.run("innerHeight") == 240)
    assert driver.run(f"{legend}.getBoundingClientRect().top >= 0") is True
    assert driver.run(f"{legend}.getBoundingClientRect().bottom <= innerHeight") is True
    assert driver.run(f"{legend}.scrollHeight > {legend}.clientHeight") is True


def test_a_click_does_not_frame_the_map_but_the_keyboard_does(driver: Driver) -> None:
    container = "document.querySelector('.leaflet-container')"
    marked = f"{container}.classList.contains('by-keyboard')"
    driver.view.event_target().setFocus()
    driver.click(*center(12))
    driver.settle()
    assert driver.run(f"getComputedStyle({container}).outlineStyle") == "none"
    assert driver.run(marked) is False
    QTest.keyClick(driver.view.event_target(), Qt.Key.Key_Right)
    driver.wait(lambda: driver.run(marked) is True)
    driver.click(*center(13))
    driver.wait(lambda: driver.run(marked) is False)


def test_the_whole_world_fits_a_low_map(driver: Driver) -> None:
    driver.view.resize(800, 300)
    driver.view.fly_to((-170.0, -55.0, 175.0, 75.0), animated=False)
    driver.wait(lambda: (shown := driver.view.shown_view) is not None and shown.zoom == 1)
    shown = driver.view.shown_view
    assert shown is not None
    assert shown.bounds[0] < -170
    assert shown.bounds[2] > 175


def test_the_last_of_two_flights_arrives(driver: Driver) -> None:
    driver.view.fly_to((-170.0, -55.0, 175.0, 75.0), animated=False)
    driver.settle()
    driver.view.fly_to((-100.0, 30.0, -90.0, 40.0))
    driver.view.fly_to((8.0, 45.0, 12.0, 50.0))
    driver.wait(
        lambda: (
            (shown := driver.view.shown_view) is not None
            and shown.bounds[0] <= 8.0
            and shown.bounds[2] >= 12.0
            and shown.zoom > 5
        )
    )


def test_a_flight_survives_a_window_that_changes(driver: Driver) -> None:
    driver.view.fly_to((-170.0, -55.0, 175.0, 75.0), animated=False)
    driver.settle()
    driver.view.fly_to((-100.0, 30.0, -90.0, 40.0))
    driver.view.resize(driver.view.width(), driver.view.height() - 120)
    driver.wait(
        lambda: (
            (shown := driver.view.shown_view) is not None
            and shown.zoom > 4
            and shown.bounds[1] <= 30.0
            and shown.bounds[3] >= 40.0
        )
    )
