# SPDX-License-Identifier: MIT
"""The scale bar: a round length in the user's unit, and how long it is on the page."""

import math
from dataclasses import dataclass

METRES_PER_MILE = 1609.344
METRES_PER_FOOT = 0.3048
_STEPS = (5.0, 2.0, 1.0)
_TWO_DIGITS = 2


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A scale bar.

    Attributes:
        value: The round number, for example 200.
        unit: "km", "m", "mi" or "ft".
        length: On the page, in points.
    """

    value: float
    unit: str
    length: float

    @property
    def text(self) -> str:
        """The number with its unit."""
        return f"{self.value:,.0f} {self.unit}"


def scale_bar(metres_per_point: float, longest: float, *, metric: bool) -> ScaleBar:
    """The longest bar of 1, 2 or 5 times a power of ten that fits.

    Args:
        metres_per_point: Of the map where the bar counts.
        longest: Points that it may take.
        metric: Kilometres and metres, else miles and feet.
    """
    metres = metres_per_point * longest
    large, small = (1000.0, 1.0) if metric else (METRES_PER_MILE, METRES_PER_FOOT)
    names = ("km", "m") if metric else ("mi", "ft")
    size, unit = (large, names[0]) if metres >= large else (small, names[1])
    value = _round_below(metres / size)
    return ScaleBar(value, unit, value * size / metres_per_point)


def scale_words(denominator: float) -> str:
    """The scale as 1 : N with two digits that count, for example "1 : 12,000,000"."""
    size = 10 ** (math.floor(math.log10(denominator)) - _TWO_DIGITS + 1)
    return f"1 : {round(denominator / size) * size:,.0f}"


def _round_below(value: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above the value."""
    power = 10.0 ** math.floor(math.log10(value))
    # Guards 1,000 metres from becoming 500 through the last digit of a float.
    return next(step * power for step in _STEPS if step * power <= value * (1 + 1e-12))
