# SPDX-License-Identifier: MIT
"""Distance on the globe, and how large it is."""

import numpy as np
import numpy.typing as npt

EARTH_RADIUS_KM = 6371.0088
"""Mean radius, IUGG."""
EQUATOR_KM = 40_075.016_686
"""Length of the equator (2 pi x 6,378.137 km): the width of the Mercator square."""


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
