# SPDX-License-Identifier: MIT
"""Sums by group, in the order of the units, so that they are the same on every machine."""

from typing import Any

import numpy as np
import numpy.typing as npt

from app.services.optimiser.kernel_library import Floats


def summed(group: npt.NDArray[Any], values: npt.NDArray[Any], groups: int) -> Floats:
    """Sums of values by group; 0 for groups without any."""
    return np.bincount(group, values, groups).astype(np.float64, copy=False)
