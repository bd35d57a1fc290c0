# SPDX-License-Identifier: MIT
"""How exactly an account was placed, in words."""

import math

from app.models.account import PlacedBy
from app.services.placed_words import placed_title
from app.ui.formats import in_distance_unit, number


def exactness_words(km: float) -> str:
    """As in "within about 6 km" or "4 mi"; "exactly" for a point; nothing without a place."""
    if math.isnan(km):
        return ""
    if km <= 0.0:
        return "exactly"
    radius, unit = in_distance_unit(km)
    if radius < 1.0:
        return f"within about 1\u202f{unit}"
    # Two digits: the figure is the radius of an area, not a measurement.
    step = 10.0 ** max(math.floor(math.log10(radius)) - 1, 0)
    return f"within about {number(round(radius / step) * step)}\u202f{unit}"


def placed_sentence(rule: PlacedBy, km: float) -> str:
    """As in "Postal code, within about 6 km"."""
    words = placed_title(rule.value)
    exactly = exactness_words(km) if rule is not PlacedBy.BY_HAND else ""
    return f"{words}, {exactly}" if exactly else words
