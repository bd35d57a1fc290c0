# SPDX-License-Identifier: MIT
"""Which months of the year are strong and which are weak."""

from dataclasses import dataclass

import numpy as np

from app.services.analysis.months import YEAR, MonthSeries, first_complete_to_last
from app.services.geography.arrays import FloatArray

_MONTHS_NEEDED = 24


@dataclass(frozen=True, slots=True)
class SeasonIndex:
    """The month indices, or the reason why there are none.

    Attributes:
        index: Twelve numbers, January first; their mean is 1. None where undefined.
        reason: Why it is undefined; empty where it is not.
        month_count: Complete months that it rests on.
    """

    index: FloatArray | None
    reason: str
    month_count: int


def season_index(series: MonthSeries | None) -> SeasonIndex:
    """How each month of the year compares with the average month, 1 being average.

    Each month is divided by the average of the year around it (of the twelve months centred on
    it, the two at the ends counting half), so that a trend does not look like a season. The
    ratios of the same calendar month are averaged, and the twelve are scaled to a mean of 1.

    Source: classical decomposition by the ratio to a centred moving average (Makridakis,
    Wheelwright and Hyndman, Forecasting: Methods and Applications, chapter 3).
    """
    if series is None:
        return SeasonIndex(None, "There are no sales in the plan yet.", 0)
    part = first_complete_to_last(series)
    totals = series.totals[part]
    if len(totals) < _MONTHS_NEEDED:
        reason = (
            f"A season needs {_MONTHS_NEEDED} complete months of sales; the plan has {len(totals)}."
        )
        return SeasonIndex(None, reason, len(totals))
    weights = np.array([0.5, *[1.0] * (YEAR - 1), 0.5]) / YEAR
    around = np.convolve(totals, weights, "valid")
    middle = totals[YEAR // 2 : YEAR // 2 + len(around)]
    month_of_year = (series.first_month + part.start + YEAR // 2 + np.arange(len(around))) % YEAR
    if (around <= 0).any():
        reason = "In some twelve months the sales are zero or below, so no ratio can be formed."
        return SeasonIndex(None, reason, len(totals))
    ratios = middle / around
    index = np.bincount(month_of_year, weights=ratios, minlength=YEAR)
    index = index / np.bincount(month_of_year, minlength=YEAR)
    mean = float(index.mean())
    if mean <= 0:
        reason = "The sales are zero or below on average, so no ratio can be formed."
        return SeasonIndex(None, reason, len(totals))
    return SeasonIndex(index / mean, "", len(totals))
