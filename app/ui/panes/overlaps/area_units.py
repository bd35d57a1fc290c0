# SPDX-License-Identifier: MIT
"""Areas in the unit of the user's system."""

import numpy as np

from app.models.units import KM_PER_MILE
from app.ui.formats import number, uses_metric

_KM2_PER_MI2 = KM_PER_MILE**2


def area_title() -> str:
    """The head of a column of areas."""
    return "Area, km²" if uses_metric() else "Area, mi²"


def in_area_unit(km2: np.ndarray) -> np.ndarray:
    """Square kilometres in the unit of `area_title`."""
    return km2 if uses_metric() else km2 / _KM2_PER_MI2


def area_words(value: float) -> str:
    """An area that is in that unit already, with decimals where it is small."""
    if value == 0 or abs(value) >= 100:
        return number(value)
    return number(value, 1 if abs(value) >= 1 else 2)
