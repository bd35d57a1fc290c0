# SPDX-License-Identifier: MIT
"""From degrees to the plane of the map."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def mercator(lon: FloatArray, lat: FloatArray) -> npt.NDArray[np.float32]:
    """Normalised Web Mercator (n x 2; x east, y south, the world is 0 to 1); nan stays nan."""
    clipped = np.clip(lat, -85.0, 85.0)
    x = (lon + 180.0) / 360.0
    y = 0.5 - np.arcsinh(np.tan(np.radians(clipped))) / (2.0 * np.pi)
    return np.column_stack([x, y]).astype(np.float32)
