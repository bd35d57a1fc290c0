# SPDX-License-Identifier: MIT
"""Circles, pies and rings on paper are where the earth has them, and go where they are hidden."""

import math
from dataclasses import replace

import numpy as np
import pytest

from app.models.map_look import MapLayer
from app.services.map_layers import LegendLine
from app.services.map_print.content import (
    MapContent,
    PrintDots,
    PrintLegend,
    PrintOutline,
    PrintPie,
    PrintRing,
)
from app.services.map_print.drawing import (
    Box,
    Dots,
    Fill,
    HomeSign,
    Item,
    Pie,
    Stroke,
    Words,
)
from app.services.map_print.frame import MapFrame
from app.services.map_print.map_figure import LAND, MapOptions, map_items
from app.services.map_print.overlays import circle_on_earth
from app.services.map_print.panel import ROW_HEIGHT, legend_rows
from tests.helpers.print_content import BOUNDS, center, grid_content, stub_measure

RED, BLUE = (200, 0, 0, 255), (0, 0, 200, 255)
FRAME = MapFrame.fitted(BOUNDS, Box(0, 0, 600, 400), 10)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> MapContent:
    """The made-up map with a pie, a ring and two circles."""
    plain = grid_content(tmp_path_factory.mktemp("print"))
    lon, lat = center(20)
    circles = PrintDots(
        np.repeat(plain.dots.xy[:1], 2, axis=0),
        np.array([[0, 0, 200, 120], [0, 0, 200, 120]], np.uint8),
        np.array([6.0, 20.0], np.float32),
    )
    return replace(
        plain,
        circles=circles,
        pies=(PrintPie(lon, lat, 24.0, ((RED, 0.25), (BLUE, 0.75))),),
        rings=(PrintRing(lon, lat, 300.0, "300 km", RED),),
    )


def drawn(content: MapContent, *hidden: MapLayer) -> list[Item]:
    """What is on the map without some layers."""
    shown = replace(content, hidden=frozenset(each.value for each in hidden))
    return map_items(shown, FRAME, MapOptions(), stub_measure)


def km_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Haversine distance on a sphere of 6371.0088 km."""
    (lon_a, lat_a), (lon_b, lat_b) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


@pytest.mark.parametrize("lat", [0.0, 39.0, -52.0, 70.0])
def test_every_corner_of_a_ring_is_as_far_as_it_says(lat: float) -> None:
    lons, lats = circle_on_earth(-96.0, lat, 250.0)
    assert (lons[0], lats[0]) == pytest.approx((lons[-1], lats[-1]))
    for corner in zip(lons, lats, strict=True):
        assert km_between((-96.0, lat), corner) == pytest.approx(250.0, rel=1e-9)
    assert lats[0] == max(lats)


def test_larger_circles_are_drawn_first_and_half_as_large_as_on_the_screen(
    content: MapContent,
) -> None:
    pies = [item for item in drawn(content) if isinstance(item, Pie)]
    assert [pie.radius for pie in pies] == [10.0, 3.0, 12.0]
    assert [share for _, share in pies[2].slices] == [0.25, 0.75]


def test_a_hidden_layer_is_not_printed(content: MapContent) -> None:
    def count(kind: type, *hidden: MapLayer) -> int:
        return sum(isinstance(item, kind) for item in drawn(content, *hidden))

    assert count(Pie, MapLayer.CIRCLES) == 1
    assert count(Pie, MapLayer.CHARTS) == 2
    assert count(HomeSign, MapLayer.HOMES) == 0
    assert count(Dots, MapLayer.ACCOUNTS) == count(Dots) - 1
    texts = {item.text for item in drawn(content) if isinstance(item, Words)}
    assert {"300 km", "North"} <= texts
    texts = {item.text for item in drawn(content, MapLayer.LABELS) if isinstance(item, Words)}
    assert "North" not in texts
    assert count(Stroke, MapLayer.RINGS) == count(Stroke) - 2
    assert count(Stroke, MapLayer.TERRITORY_BORDERS) == count(Stroke) - 1
    fills = {item.rgba for item in drawn(content, MapLayer.FILL) if isinstance(item, Fill)}
    assert fills == {LAND}


def test_a_drawn_area_has_a_light_fill_and_an_outline(content: MapContent) -> None:
    lon, lat = center(20)
    corners = ((lon - 1, lat), (lon + 1, lat), (lon, lat + 1))
    shown = replace(content, drawn=(PrintOutline(corners, RED),))
    items = map_items(shown, FRAME, MapOptions(), stub_measure)
    fill = next(i for i in items if isinstance(i, Fill) and i.rgba[:3] == RED[:3])
    line = next(i for i in items if isinstance(i, Stroke) and i.rgba == RED and i.width > 1)
    assert 0 < fill.rgba[3] < 255
    assert len(fill.paths.xy) == 3
    assert line.paths.xy[0].tolist() == line.paths.xy[-1].tolist()
    kept = drawn(shown, MapLayer.DRAWN_AREAS)
    assert not any(isinstance(i, Fill) and i.rgba[:3] == RED[:3] for i in kept)


def test_circles_of_a_legend_have_room() -> None:
    lines = (LegendLine("2M", BLUE), LegendLine("100k", BLUE))
    rows = legend_rows(PrintLegend("Sales", lines, radii=(26.0, 4.0)), stub_measure, 140)
    assert [row.kind for row in rows] == ["heading", "gap", "entry", "gap", "entry"]
    assert rows[2].radius == 13.0
    # Its own row and one on each side hold a circle of 26 points.
    assert 2 * rows[2].radius <= 3 * ROW_HEIGHT
