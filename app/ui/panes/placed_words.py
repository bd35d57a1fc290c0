# SPDX-License-Identifier: MIT
"""How exactly an account was placed, in words."""

import math

from app.models.account import PlacedBy
from app.services.placed_words import placed_title
from app.ui.formats import number


def exactness_words(km: float) -> str:
    """As in "within about 6 km"; "exactly" for a point; nothing where there is no place."""
    if math.isnan(km):
        return ""
    if km <= 0.0:
        return "exactly"
    if km < 1.0:
        return "within about 1\u202fkm"
    # Two digits: the figure is the radius of an area, not a measurement.
    step = 10.0 ** max(math.floor(math.log10(km)) - 1, 0)
    return f"within about {number(round(km / step) * step)}\u202fkm"


def placed_sentence(rule: PlacedBy, km: float) -> str:
    """As in "Postal code, within about 6 km"."""
    words = placed_title(rule.value)
    exactly = exactness_words(km) if rule is not PlacedBy.BY_HAND else ""
    return f"{words}, {exactly}" if exactly else words
