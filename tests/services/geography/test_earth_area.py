# SPDX-License-Identifier: MIT
"""Areas on the ground, against boxes by formula and the published sizes of states."""

import numpy as np
import pytest
import shapely

from app.services.geography.earth_area import (
    EARTH_RADIUS_KM,
    mercator_on_cylinder,
    on_cylinder,
    shape_on_cylinder,
)
from app.services.geography.packed import mercator


def test_a_box_of_degrees_has_the_area_of_its_zone() -> None:
    # Half of the globe north of 30 degrees north is the sphere's cap: 2 pi R² (1 - sin 30) / 2.
    cap = shape_on_cylinder(shapely.box(-180, 30, 0, 90))
    assert cap.area == pytest.approx(np.pi * EARTH_RADIUS_KM**2 * 0.5, rel=1e-9)


def test_wyoming_and_colorado_have_their_published_areas() -> None:
    # Both end on meridians and parallels; 253,335 and 269,601 km² (US Census Bureau).
    wyoming = shape_on_cylinder(shapely.box(-111.0546, 41.0, -104.0534, 45.0059))
    colorado = shape_on_cylinder(shapely.box(-109.0602, 36.9925, -102.0415, 41.0024))
    assert wyoming.area == pytest.approx(253_335, rel=5e-3)
    assert colorado.area == pytest.approx(269_601, rel=5e-3)


def test_points_of_the_map_lie_where_their_degrees_do() -> None:
    lon, lat = np.array([-120.0, 0.0, 33.3]), np.array([-60.0, 0.0, 71.5])
    x, y = mercator(lon, lat)
    east, north = on_cylinder(lon, lat)
    flat = mercator_on_cylinder(np.column_stack([x, y]))
    np.testing.assert_allclose(flat, np.column_stack([east, north]), atol=1e-6)


def test_long_edges_stay_where_they_are_in_degrees() -> None:
    # The area below y = x between 0 and 60 degrees: the integral of sin, not a triangle.
    shape = shape_on_cylinder(shapely.Polygon([(0, 0), (60, 0), (60, 60)]))
    angle = np.radians(60)
    expected = EARTH_RADIUS_KM**2 * (1 - np.cos(angle))
    assert shape.area == pytest.approx(expected, rel=1e-5)
