# SPDX-License-Identifier: MIT
"""Where on the page a place of the earth lies."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.distance import EQUATOR_KM
from app.services.map_layers import mercator
from app.services.map_print.drawing import Box, FloatArray

Bounds = tuple[float, float, float, float]
POINTS_PER_METRE = 72 / 0.0254
_POINTS_PER_PIXEL = 0.75
_TILE_PIXELS = 256
_SMALLEST_SIDE = 1e-6
"""Of the world's width, about 40 m: a single place still makes a map."""


@dataclass(frozen=True, slots=True)
class MapFrame:
    """A window on the normalised Web Mercator world.

    Attributes:
        box: The map's place on the page.
        west, north: Normalised Mercator of the upper left corner.
        world_points: Width of the whole world at this scale, in points.
    """

    box: Box
    west: float
    north: float
    world_points: float

    @classmethod
    def fitted(cls, bounds: Bounds, box: Box, padding: float = 0.0) -> "MapFrame":
        """The largest map of the bounds that fits into the box, in its middle.

        Args:
            bounds: West, south, east, north in degrees.
            box: Where the map stands.
            padding: Points to leave around the bounds.
        """
        west, south, east, north = bounds
        corners = mercator(np.array([west, east]), np.array([north, south])).astype(np.float64)
        (left, top), (right, bottom) = corners.tolist()
        wide, high = max(right - left, _SMALLEST_SIDE), max(bottom - top, _SMALLEST_SIDE)
        inner = box.inside(padding)
        scale = min(inner.width / wide, inner.height / high)
        middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
        return cls(box, middle_x - box.width / scale / 2, middle_y - box.height / scale / 2, scale)

    def place(self, xy: npt.NDArray[np.floating]) -> FloatArray:
        """Points of the page of normalised Mercator places (n x 2)."""
        return (xy.astype(np.float64) - (self.west, self.north)) * self.world_points + (
            self.box.left,
            self.box.top,
        )

    @property
    def zoom(self) -> float:
        """The zoom at which a screen would show the map as large."""
        return math.log2(self.world_points / _POINTS_PER_PIXEL / _TILE_PIXELS)

    @property
    def middle_latitude(self) -> float:
        """Latitude of the map's middle in degrees."""
        y = self.north + self.box.height / self.world_points / 2
        return math.degrees(math.atan(math.sinh((0.5 - y) * math.tau)))

    @property
    def metres_per_point(self) -> float:
        """Metres on the ground per point of the page, along the middle latitude.

        Web Mercator stretches with 1 / cos(latitude), so this holds in the middle only.
        """
        return EQUATOR_KM * 1000 * math.cos(math.radians(self.middle_latitude)) / self.world_points

    @property
    def denominator(self) -> float:
        """N of the scale 1 : N in the middle of the map, where the page is printed full size."""
        return self.metres_per_point * POINTS_PER_METRE
