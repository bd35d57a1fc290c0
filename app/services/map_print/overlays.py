# SPDX-License-Identifier: MIT
"""What lies on the areas of a printed map: circles, pies, and rings by distance."""

import math

import numpy as np

from app.services.distance import EARTH_RADIUS_KM
from app.services.map_layers import Rgba, mercator
from app.services.map_print.content import PrintDots, PrintOutline, PrintPie, PrintRing
from app.services.map_print.drawing import (
    Fill,
    FloatArray,
    Item,
    Paths,
    Pie,
    Stroke,
    Words,
    printable,
)
from app.services.map_print.frame import MapFrame
from app.services.map_print.label_placing import HALO

POINTS_PER_PIXEL = 0.5
"""Circles and pies of the screen are smaller on paper, as dots are."""
_RING_CORNERS = 96
_DRAWN_ALPHA = 77
_EDGE: Rgba = (255, 255, 255, 255)


def circle_items(circles: PrintDots, frame: MapFrame) -> list[Item]:
    """Proportional circles, the largest first, so that no small one is covered."""
    if not len(circles.xy):
        return []
    xy = frame.place(circles.xy)
    shown = [i for i in np.argsort(-circles.radius).tolist() if _is_near(xy[i], frame)]
    items: list[Item] = []
    for i in shown:
        red, green, blue, alpha = (int(part) for part in circles.rgba[i])
        radius = float(circles.radius[i]) * POINTS_PER_PIXEL
        slices = (((red, green, blue, alpha), 1.0),)
        items.append(Pie(float(xy[i, 0]), float(xy[i, 1]), radius, slices, _EDGE))
    return items


def pie_items(pies: tuple[PrintPie, ...], frame: MapFrame) -> list[Pie]:
    """The pies that stand on the map."""
    if not pies:
        return []
    xy = _placed([pie.lon for pie in pies], [pie.lat for pie in pies], frame)
    return [
        Pie(float(x), float(y), pie.radius * POINTS_PER_PIXEL, pie.slices, _EDGE)
        for pie, (x, y) in zip(pies, xy, strict=True)
        if _is_near(np.array([x, y]), frame)
    ]


def ring_items(rings: tuple[PrintRing, ...], frame: MapFrame) -> list[Item]:
    """Rings with their distance at the top."""
    items: list[Item] = []
    for ring in rings:
        lon, lat = circle_on_earth(ring.lon, ring.lat, ring.km)
        xy = _placed(lon, lat, frame)
        path = Paths(np.array([0, len(xy)]), xy)
        # White beneath: the ring has the colour of the territory that it mostly lies on.
        items += [Stroke(path, HALO, 1.8), Stroke(path, ring.rgba, 0.8)]
        x, y = (float(part) for part in xy[0])
        items.append(Words(x, y - 1.5, printable(ring.text), 6.0, ring.rgba, False, 0, HALO))
    return items


def drawn_items(outlines: tuple[PrintOutline, ...], frame: MapFrame) -> list[Item]:
    """Areas that were drawn by hand: a light fill and a firm outline."""
    items: list[Item] = []
    for outline in outlines:
        corners = [*outline.corners, outline.corners[0]]
        xy = _placed([lon for lon, _ in corners], [lat for _, lat in corners], frame)
        ring = Paths(np.array([0, len(xy) - 1]), xy[:-1])
        red, green, blue, _ = outline.rgba
        items.append(Fill(ring, (red, green, blue, _DRAWN_ALPHA)))
        items.append(Stroke(Paths(np.array([0, len(xy)]), xy), outline.rgba, 1.2))
    return items


def circle_on_earth(lon: float, lat: float, km: float) -> tuple[list[float], list[float]]:
    """Longitudes and latitudes of a closed circle around a place, from the north clockwise.

    Source: the direct problem on a sphere of the earth's mean radius.
    """
    angle, phi = km / EARTH_RADIUS_KM, math.radians(lat)
    lons: list[float] = []
    lats: list[float] = []
    for corner in range(_RING_CORNERS + 1):
        course = math.tau * corner / _RING_CORNERS
        sine = math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(course)
        there = math.asin(max(-1.0, min(1.0, sine)))
        east = math.atan2(
            math.sin(course) * math.sin(angle) * math.cos(phi),
            math.cos(angle) - math.sin(phi) * math.sin(there),
        )
        lons.append(lon + math.degrees(east))
        lats.append(math.degrees(there))
    return lons, lats


def _placed(lon: list[float], lat: list[float], frame: MapFrame) -> FloatArray:
    return frame.place(mercator(np.array(lon), np.array(lat)))


def _is_near(point: FloatArray, frame: MapFrame) -> bool:
    box = frame.box
    return bool(box.left <= point[0] <= box.right and box.top <= point[1] <= box.bottom)
