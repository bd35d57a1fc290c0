# SPDX-License-Identifier: MIT
"""What lies on the areas shows on the real page, and layers hide, fade and change places."""

import json
import math
import os
import signal
from dataclasses import replace

import numpy as np
import pytest

from app.models.map_look import (
    AccountStyle,
    LayerLook,
    MapLayer,
    MapLook,
)
from app.services.map_layers import mercator
from app.ui.map.map_messages import HomeMarker, LegendEntry, MapLabel
from app.ui.map.map_state import PointExtra
from app.ui.map.show_messages import ChartMarker, LegendSection, RingMarker
from tests.helpers.area_grid import center, plain_colors
from tests.helpers.log_watch import LogWatch
from tests.map.conftest import Driver

pytestmark = pytest.mark.webengine

GREY, RED, BLUE = (200, 200, 200), (200, 30, 40), (20, 60, 200)


def _points(
    driver: Driver,
    places: list[tuple[float, float]],
    extra: PointExtra,
    radius: float | list[float] = 8.0,
) -> None:
    at = np.array(places)
    rgba = np.tile(np.array([*RED, 255], np.uint8), (len(places), 1))
    driver.view.set_colors(*plain_colors(GREY))
    sizes = np.broadcast_to(np.array(radius), len(places))
    driver.view.set_points(mercator(at[:, 0], at[:, 1]), rgba, sizes, extra)
    driver.settle()


def _is(driver: Driver, lon: float, lat: float, rgb: tuple[int, int, int]) -> bool:
    seen = driver.color_at(lon, lat)
    found = (seen.red(), seen.green(), seen.blue())
    return all(abs(a - b) <= 12 for a, b in zip(found, rgb, strict=True))


def _beside(driver: Driver, place: tuple[float, float], dx: int, dy: int) -> tuple[int, int, int]:
    point = driver.place(*place)
    seen = driver.view.grab_image().pixelColor(point.x() + dx, point.y() + dy)
    return seen.red(), seen.green(), seen.blue()


def _differs(driver: Driver, place: tuple[float, float], dx: int, dy: int) -> bool:
    """Whether something else than plain ground shows beside a place."""
    seen = _beside(driver, place, dx, dy)
    return any(abs(a - b) > 12 for a, b in zip(seen, GREY, strict=True))


def test_a_ring_symbol_lets_its_middle_be_seen_and_a_dot_does_not(driver: Driver) -> None:
    for shape, middle in ((0, RED), (8, GREY)):
        extra = PointExtra(AccountStyle.SYMBOLS, shapes=np.array([shape], np.uint8))
        _points(driver, [center(12)], extra)
        driver.wait(lambda middle=middle: _is(driver, *center(12), middle))


def test_a_square_reaches_into_corners_where_a_diamond_does_not(driver: Driver) -> None:
    for shape, is_filled in ((1, True), (3, False)):
        extra = PointExtra(AccountStyle.SYMBOLS, shapes=np.array([shape], np.uint8))
        _points(driver, [center(12)], extra, radius=14.0)
        driver.wait(lambda: _is(driver, *center(12), RED))
        driver.wait(lambda filled=is_filled: _differs(driver, center(12), 11, 11) is filled)


def test_circles_keep_the_size_they_were_given_and_none_hides_a_smaller_one(
    driver: Driver,
) -> None:
    near = (center(12)[0] + 0.6, center(12)[1])
    extra = PointExtra(AccountStyle.SIZED)
    at = [near, center(12)]
    rgba = np.array([[*BLUE, 255], [*RED, 255]], np.uint8)
    driver.view.set_colors(*plain_colors(GREY))
    xy = mercator(np.array([p[0] for p in at]), np.array([p[1] for p in at]))
    driver.view.set_points(xy, rgba, np.array([3.0, 20.0]), extra)
    driver.settle()
    driver.wait(lambda: _is(driver, *center(12), RED) and _is(driver, *near, BLUE))


def test_a_circle_of_no_size_is_not_there(driver: Driver) -> None:
    _points(driver, [center(12), center(20)], PointExtra(AccountStyle.SIZED), [0.0, 12.0])
    driver.wait(lambda: _is(driver, *center(20), RED) and _is(driver, *center(12), GREY))


def test_heat_is_strongest_where_the_weight_is(driver: Driver) -> None:
    weights = np.array([1.0, 100.0], np.float32)
    _points(driver, [center(10), center(20)], PointExtra(AccountStyle.HEAT, weights))

    def warmth(place: tuple[float, float]) -> int:
        seen = driver.color_at(*place)
        return abs(seen.red() - 200) + abs(seen.green() - 200) + abs(seen.blue() - 200)

    driver.wait(lambda: warmth(center(20)) > 2 * warmth(center(10)) > 0)
    driver.wait(lambda: _is(driver, *center(29), GREY))


def test_heat_has_no_seams_between_tiles(driver: Driver) -> None:
    lon, lat = np.meshgrid(np.linspace(-112, -92, 60), np.linspace(34, 44, 40))
    places = list(zip(lon.ravel().tolist(), lat.ravel().tolist(), strict=True))
    _points(driver, places, PointExtra(AccountStyle.HEAT))
    driver.wait(lambda: not _is(driver, *center(20), GREY))
    image = driver.view.grab_image()
    row, left = driver.place(-102, 39).y(), driver.place(-108, 39).x()
    right = driver.place(-96, 39).x()
    reds = [image.pixelColor(x, row).green() for x in range(left, right)]
    assert max(abs(a - b) for a, b in zip(reds, reds[2:], strict=False)) < 40


def test_clusters_count_what_lies_close_together_and_open_on_a_click(driver: Driver) -> None:
    lon, lat = center(20)
    places = [(lon + i * 0.001, lat) for i in range(57)] + [center(10)]
    _points(driver, places, PointExtra(AccountStyle.CLUSTERS))
    driver.wait(lambda: not _is(driver, *center(20), GREY))
    before = driver.view.shown_view
    assert before is not None
    clicks: list[object] = []
    driver.view.feature_clicked.connect(clicks.append)
    driver.click(lon + 0.028, lat)
    driver.wait(
        lambda: driver.view.shown_view is not None and driver.view.shown_view.zoom > before.zoom + 1
    )
    assert clicks == []


def test_hidden_accounts_are_hidden_in_every_style(driver: Driver) -> None:
    for style in AccountStyle:
        _points(driver, [center(12)] * 3, PointExtra(style), radius=9.0)
        driver.wait(lambda: not _is(driver, *center(12), GREY))
        driver.view.show_points(visible=False)
        driver.wait(lambda: _is(driver, *center(12), GREY))
        driver.view.show_points(visible=True)


def test_a_pie_has_its_slices_clockwise_from_the_top(driver: Driver) -> None:
    driver.view.set_colors(*plain_colors(GREY))
    slices = (((*RED, 255), 0.25), ((*BLUE, 255), 0.75))
    driver.view.overlays.set_charts([ChartMarker(*center(20), 20.0, slices)])
    driver.settle()

    def shows(dx: int, dy: int, wanted: tuple[int, int, int]) -> bool:
        seen = _beside(driver, center(20), dx, dy)
        return all(abs(a - b) <= 12 for a, b in zip(seen, wanted, strict=True))

    driver.wait(lambda: shows(6, -6, RED))
    assert all(shows(dx, dy, BLUE) for dx, dy in ((6, 6), (-6, 6), (-6, -6)))


def test_a_travel_ring_is_everywhere_equally_far_on_the_earth(driver: Driver) -> None:
    driver.view.set_colors(*plain_colors((255, 255, 255)))
    lon, lat = center(20)
    driver.view.overlays.set_rings([RingMarker(lon, lat, 300.0, "300 km", (*RED, 255))])
    driver.settle()
    degrees = 300.0 / 6371.0088 * 180 / math.pi
    # Due north, south; east and west along the parallel it is a little less than on the equator.
    driver.wait(lambda: _has_red(driver, lon, lat - degrees))
    wide = math.degrees(math.asin(math.sin(math.radians(degrees)) / math.cos(math.radians(lat))))
    peak = math.degrees(math.asin(math.sin(math.radians(lat)) / math.cos(math.radians(degrees))))
    driver.wait(lambda: _has_red(driver, lon + wide, peak))
    assert not _has_red(driver, lon, lat - degrees * 0.7)


def _has_red(driver: Driver, lon: float, lat: float) -> bool:
    """Whether a dash of a ring is near; the gaps of the dashes are shorter than the search."""
    image, point = driver.view.grab_image(), driver.place(lon, lat)
    return any(
        (seen := image.pixelColor(point.x() + dx, point.y() + dy)).red() - seen.blue() > 90
        for dx in range(-7, 8)
        for dy in range(-4, 5)
    )


def test_layers_hide_and_fade(driver: Driver) -> None:
    driver.view.set_colors(*plain_colors(RED))
    driver.view.set_homes([HomeMarker(*center(12), "Ann", (*BLUE, 255))])
    driver.settle()
    driver.wait(lambda: not _is(driver, *center(12), RED))
    look = MapLook().with_look(LayerLook(MapLayer.HOMES, is_shown=False))
    driver.view.overlays.set_layers(look)
    driver.wait(lambda: _is(driver, *center(12), RED))
    driver.view.overlays.set_layers(look.with_look(LayerLook(MapLayer.FILL, is_shown=False)))
    driver.wait(lambda: _is(driver, *center(12), (246, 244, 239)))
    half = LayerLook(MapLayer.FILL, opacity=0.5)
    driver.view.overlays.set_layers(look.with_look(half))
    driver.wait(lambda: _is(driver, *center(12), (223, 137, 140)))


def test_hidden_borders_of_territories_are_gone(driver: Driver) -> None:
    rgba, groups = plain_colors((240, 240, 240))
    groups[len(groups) // 2 :] = 1
    driver.view.set_colors(rgba, groups)
    driver.settle()
    lon, _ = center(19)
    driver.wait(lambda: driver.color_at(lon, 35.0).lightness() < 120)
    look = MapLook().with_look(LayerLook(MapLayer.TERRITORY_BORDERS, is_shown=False))
    driver.view.overlays.set_layers(look)
    driver.wait(lambda: driver.color_at(lon, 35.0).lightness() > 120)


def test_the_order_of_layers_decides_what_is_on_top(driver: Driver) -> None:
    at = np.array([center(12)])
    driver.view.overlays.set_circles(
        mercator(at[:, 0], at[:, 1]), np.array([[*BLUE, 255]], np.uint8), np.array([15.0])
    )
    _points(driver, [center(12)], PointExtra(AccountStyle.SIZED))
    driver.wait(lambda: _is(driver, *center(12), RED))
    driver.view.overlays.set_layers(MapLook().moved(MapLayer.ACCOUNTS, -1))
    driver.wait(lambda: _is(driver, *center(12), BLUE))


def test_names_never_cover_each_other_or_the_legend(driver: Driver) -> None:
    """Forty names with figures in one place: those that are written leave each other room."""
    driver.view.set_legend("Legend", [LegendEntry("A", (*RED, 255))])
    lon, lat = center(20)
    figures = ("47 accounts · 952k", "−53 %")
    labels = [
        MapLabel(lon + (i % 8) * 0.9, lat - (i // 8) * 0.5, f"Name {i}", sub="Rep", rank=i)
        for i in range(40)
    ]
    driver.view.set_labels("territories", [replace(each, figures=figures) for each in labels])
    driver.settle()
    driver.run(_WATCH_TEXT)
    driver.wait(lambda: driver.run("window.texts.length") != 0)
    boxes = json.loads(str(driver.run("JSON.stringify(window.texts)")))
    legend = json.loads(str(driver.run(_LEGEND_BOX)))
    assert sum(box["text"].startswith("Name") for box in boxes) > 5
    for i, one in enumerate(boxes):
        for other in [*boxes[:i], legend]:
            apart = (
                one["right"] <= other["left"]
                or other["right"] <= one["left"]
                or one["bottom"] <= other["top"]
                or other["bottom"] <= one["top"]
            )
            assert apart, (one, other)


# Notes where every text is written on the canvas of names, in pixels of the container.
_WATCH_TEXT = """
(() => { window.texts = []; const proto = CanvasRenderingContext2D.prototype;
  const plain = proto.fillText;
  proto.fillText = function (text, x, y) { plain.call(this, text, x, y);
    const size = this.measureText(text); const corner = this.canvas.getBoundingClientRect();
    window.texts.push({ text, left: corner.left + x - size.actualBoundingBoxLeft,
      right: corner.left + x + size.actualBoundingBoxRight,
      top: corner.top + y - size.actualBoundingBoxAscent,
      bottom: corner.top + y + size.actualBoundingBoxDescent }); };
  map_page.fire('viewreset'); })()
"""
_LEGEND_BOX = """
(() => { const panel = document.querySelector('.legend');
  const { left, right, top, bottom } = panel.getBoundingClientRect();
  return JSON.stringify({ left, right, top, bottom }); })()
"""


def test_the_legend_has_a_section_for_each_overlay_and_can_be_folded(driver: Driver) -> None:
    driver.view.set_legend("Territories", [LegendEntry("North", (*RED, 255), count="12")])
    entries = (LegendEntry("<b>Retail</b>", (*BLUE, 255), shape=3, count="7"),)
    driver.view.overlays.set_legend([LegendSection("Accounts: Segment", entries)])
    driver.settle()
    text = str(driver.run("document.querySelector('.legend').innerText"))
    for word in ("Territories", "North", "12", "Accounts: Segment", "<b>Retail</b>", "7"):
        assert word in text
    driver.run("document.querySelector('.legend-fold').click()")
    folded = str(driver.run("document.querySelector('.legend').innerText"))
    assert folded.strip() == "Legend"


def test_everything_comes_back_after_the_page_died(driver: Driver, log_watch: LogWatch) -> None:
    _points(driver, [center(12)], PointExtra(AccountStyle.SIZED), 12.0)
    slices = (((*BLUE, 255), 1.0),)
    driver.view.overlays.set_charts([ChartMarker(*center(20), 20.0, slices)])
    driver.view.overlays.set_layers(MapLook().with_look(LayerLook(MapLayer.FILL, is_shown=False)))
    driver.settle()
    restarts: list[bool] = []
    driver.view.restarted.connect(lambda: restarts.append(True))
    with log_watch.expect("the map page stopped"):
        os.kill(driver.view.web_page.renderProcessPid(), signal.SIGKILL)
        driver.wait(lambda: bool(restarts))
    driver.wait(lambda: driver.view.is_settled)
    driver.wait(lambda: _is(driver, *center(12), RED))
    driver.wait(lambda: _is(driver, *center(20), BLUE))
    assert _is(driver, *center(9), (246, 244, 239))
