# SPDX-License-Identifier: MIT
"""Distances on the globe, and who is nearest."""

import numpy as np
import pytest

from app.services.distance import distance_km, nearest_positions


@pytest.mark.parametrize(("n", "m"), [(1, 1), (700, 300), (1200, 5)])
def test_the_nearest_is_the_one_with_the_smallest_distance(n: int, m: int) -> None:
    random = np.random.default_rng(n)
    lon_a, lon_b = random.uniform(-180, 180, n), random.uniform(-180, 180, m)
    lat_a, lat_b = random.uniform(-89, 89, n), random.uniform(-89, 89, m)
    km = distance_km(lon_a[:, None], lat_a[:, None], lon_b[None, :], lat_b[None, :])
    found = nearest_positions(lon_a, lat_a, lon_b, lat_b)
    assert found.tolist() == km.argmin(axis=1).tolist()


def test_places_metres_apart_are_told_apart_also_across_the_date_line() -> None:
    metre = 1 / 111_195
    lon_b, lat_b = np.array([179.9999, -179.9999, 10.0, 10.0]), np.array([0.0, 0.0, 50.0, 50.0])
    lat_b[3] += 4 * metre
    found = nearest_positions(
        np.array([-179.99995, 10.0, 10.0]),
        np.array([0.0, 50.0 + metre, 50.0 + 3 * metre]),
        lon_b,
        lat_b,
    )
    assert found.tolist() == [1, 2, 3]
