# SPDX-License-Identifier: MIT
"""A plane on which areas are what they are on the ground: Lambert's cylinder.

All areas of the program are on the sphere that has the earth's area; on the ellipsoid they would
differ by at most half a percent, and shares of one another by far less.
"""

from typing import TYPE_CHECKING

import numpy as np

from app.services.geography.arrays import FloatArray

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

EARTH_RADIUS_KM = 6371.0072
"""Of the sphere with the earth's area."""

_STEP_DEGREES = 0.1
"""Edges in degrees are cut to this length: they bend on the cylinder."""


def on_cylinder(lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Kilometres east and north of points in degrees; outlines keep their area.

    Source: Lambert (1772): the sphere's radius times longitude, and times the sine of latitude.
    """
    return EARTH_RADIUS_KM * np.radians(lon), EARTH_RADIUS_KM * np.sin(np.radians(lat))


def mercator_on_cylinder(xy: FloatArray) -> FloatArray:
    """The same of points in normalised Web Mercator, one row each."""
    east = EARTH_RADIUS_KM * (2.0 * np.pi * xy[:, 0] - np.pi)
    # The sine of the latitude that Mercator draws at a height.
    north = EARTH_RADIUS_KM * np.tanh(np.pi * (1.0 - 2.0 * xy[:, 1]))
    return np.column_stack([east, north])


def shape_on_cylinder(shape: "BaseGeometry") -> "BaseGeometry":
    """A valid shape in degrees, on the cylinder in kilometres; its edges stay where they are.

    Returns:
        A valid shape whose area is in square kilometres.
    """
    # Costs 0.2 s, and only plans with drawn areas need it.
    import shapely  # noqa: PLC0415

    fine = shapely.segmentize(shape, _STEP_DEGREES)
    flat = shapely.transform(fine, lambda xy: np.column_stack(on_cylinder(xy[:, 0], xy[:, 1])))
    return flat if flat.is_valid else shapely.make_valid(flat)
