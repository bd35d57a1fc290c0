# SPDX-License-Identifier: MIT
"""Where a place of the earth is on a map widget."""

import math

from PySide6.QtCore import QPoint

from app.ui.map.map_view import MapView


def place_on(view: MapView, lon: float, lat: float) -> QPoint:
    """The pixel of a place; the map must have said where it looks."""
    shown = view.shown_view
    assert shown is not None
    world = 256 * 2**shown.zoom
    x, y = _project(lon, lat)
    center_x, center_y = _project(shown.lon, shown.lat)
    dx, dy = (x - center_x) * world, (y - center_y) * world
    return QPoint(round(view.width() / 2 + dx), round(view.height() / 2 + dy))


def _project(lon: float, lat: float) -> tuple[float, float]:
    """Normalised Web Mercator."""
    return (lon + 180) / 360, 0.5 - math.asinh(math.tan(math.radians(lat))) / math.tau
