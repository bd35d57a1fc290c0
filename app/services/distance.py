# SPDX-License-Identifier: MIT
"""Distance on the globe, and how large it is."""

import numpy as np
import numpy.typing as npt

EARTH_RADIUS_KM = 6371.0088
"""Mean radius, IUGG."""
EQUATOR_KM = 40_075.016_686
"""Length of the equator (2 pi x 6,378.137 km): the width of the Mercator square."""
_BLOCK = 512
"""Points that are compared at once, so that a block of products stays small."""


def distance_km(
    lon_a: npt.NDArray[np.float64],
    lat_a: npt.NDArray[np.float64],
    lon_b: npt.NDArray[np.float64],
    lat_b: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Great-circle distance by the haversine formula, in kilometres; arguments broadcast."""
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    across = np.sin((phi_b - phi_a) / 2) ** 2
    along = np.cos(phi_a) * np.cos(phi_b) * np.sin(np.radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(across + along, 0.0, 1.0)))


def nearest_positions(
    lon_a: npt.NDArray[np.float64],
    lat_a: npt.NDArray[np.float64],
    lon_b: npt.NDArray[np.float64],
    lat_b: npt.NDArray[np.float64],
) -> npt.NDArray[np.int64]:
    """For each point of `a` the position of the point of `b` that is nearest to it.

    The nearest on the globe is the one with the largest product of the directions from its centre,
    which takes no trigonometry per pair.

    Args:
        lon_a, lat_a: Length n, degrees.
        lon_b, lat_b: Length m of at least 1, degrees.
    """
    ends = _directions(lon_b, lat_b).T.copy()
    found = np.empty(len(lon_a), dtype=np.int64)
    for start in range(0, len(lon_a), _BLOCK):
        part = slice(start, start + _BLOCK)
        found[part] = (_directions(lon_a[part], lat_a[part]) @ ends).argmax(axis=1)
    return found


def _directions(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """One row of three per point: unit vectors from the centre of the globe."""
    across, along = np.radians(lat), np.radians(lon)
    return np.column_stack(
        (np.cos(across) * np.cos(along), np.cos(across) * np.sin(along), np.sin(across))
    )
