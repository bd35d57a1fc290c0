# SPDX-License-Identifier: MIT
"""Sales by month, their trend, and their growth over the same months a year before."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from app.services.analysis.quotient import Quotient, growth, undefined
from app.services.analysis.sales import Period, Sales, summed, trailing_year, years_earlier
from app.services.geography.arrays import BoolArray, FloatArray, LongArray

EDGE_DAYS = 3
"""So many days may lack at the start or end of a month that still counts as complete: month ends
fall on weekends and holidays."""

YEAR = 12


@dataclass(frozen=True, slots=True)
class MonthSeries:
    """Sales of every month from the first sale to the last, months without sales included.

    Attributes:
        first_month: Months since January 1970.
        totals: Net revenue per month.
        counts: Sales per month.
        is_complete: Only the first and the last month can be incomplete.
        average: Mean of a month and the eleven before it, nan where one of them is incomplete or
            not there. Every average holds each calendar month once, so the season is not in it.
        growth: Over the same month a year before; an incomplete last month is compared with the
            same days.
        as_of: Day of the last sale.
    """

    first_month: int
    totals: FloatArray
    counts: LongArray
    is_complete: BoolArray
    average: FloatArray
    growth: tuple[Quotient, ...]
    as_of: date

    def month(self, position: int) -> date:
        """The first day of a month."""
        year, month = divmod(self.first_month + position, YEAR)
        return date(1970 + year, month + 1, 1)


@dataclass(frozen=True, slots=True)
class YearComparison:
    """The last twelve months beside the twelve before them."""

    period: Period
    before: Period
    revenue: float
    revenue_before: float
    growth: Quotient


def month_numbers(days: LongArray) -> LongArray:
    """Months since January 1970 of days since 1970-01-01."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def monthly_sales(sales: Sales) -> MonthSeries | None:
    """Sales by month with trend and growth; None where there are no sales."""
    if not len(sales):
        return None
    months = month_numbers(sales.day)
    first = int(months.min())
    place = months - first
    size = int(place.max()) + 1
    totals = summed(place, sales.amount, size)
    is_complete = np.ones(size, dtype=bool)
    is_complete[0] = sales.first_date.day <= 1 + EDGE_DAYS
    is_complete[-1] &= _days_left(sales.as_of) <= EDGE_DAYS
    return MonthSeries(
        first_month=first,
        totals=totals,
        counts=np.bincount(place, minlength=size),
        is_complete=is_complete,
        average=moving_average(totals, is_complete),
        growth=_growths(sales, totals, is_complete),
        as_of=sales.as_of,
    )


def moving_average(totals: FloatArray, is_complete: BoolArray) -> FloatArray:
    """Mean of each month and the eleven before it, nan where one is missing or incomplete."""
    average = np.full(len(totals), np.nan)
    if len(totals) >= YEAR:
        sums = np.convolve(totals, np.ones(YEAR), "valid")
        complete = np.convolve(is_complete.astype(np.float64), np.ones(YEAR), "valid")
        average[YEAR - 1 :] = np.where(complete > YEAR - 0.5, sums / YEAR, np.nan)
    return average


def compare_years(sales: Sales) -> YearComparison | None:
    """The twelve months up to the last sale beside the twelve before; None without sales.

    Growth is undefined where the sales do not reach back to the start of the earlier twelve.
    """
    if not len(sales):
        return None
    now, before = trailing_year(sales.as_of), trailing_year(sales.as_of, 1)
    revenue = _within(sales, now)
    revenue_before = _within(sales, before)
    if not reaches_back(sales, before.first):
        ratio = undefined(too_short(sales, before.first))
    else:
        ratio = growth(revenue_before, revenue)
    return YearComparison(now, before, revenue, revenue_before, ratio)


def reaches_back(sales: Sales, day: date) -> bool:
    """Whether the sales begin on a day or before, give or take the days of `EDGE_DAYS`."""
    return sales.first_date <= day + timedelta(days=EDGE_DAYS)


def too_short(sales: Sales, needed_from: date) -> str:
    """The sentence for sales that do not reach back far enough."""
    return (
        f"The sales begin on {sales.first_date.isoformat()};"
        f" this needs them from {needed_from.isoformat()} on."
    )


def _growths(sales: Sales, totals: FloatArray, is_complete: BoolArray) -> tuple[Quotient, ...]:
    result = [undefined("The sales do not reach back a year before this month.")] * len(totals)
    last = len(totals) - 1
    for place in range(YEAR, len(totals)):
        before = place - YEAR
        if not is_complete[before]:
            result[place] = undefined("The month a year before is incomplete.")
        elif place == last and not is_complete[last]:
            result[place] = growth(_same_days_a_year_before(sales), float(totals[last]))
        else:
            result[place] = growth(float(totals[before]), float(totals[place]))
    return tuple(result)


def _same_days_a_year_before(sales: Sales) -> float:
    end = years_earlier(sales.as_of)
    return _within(sales, Period(end.replace(day=1), end))


def _within(sales: Sales, period: Period) -> float:
    return float(sales.by_account(period).sum())


def _days_left(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1] - day.day


def first_complete_to_last(series: MonthSeries) -> slice:
    """The months without an incomplete one at either end."""
    start = 0 if series.is_complete[0] else 1
    end = len(series.totals) - (0 if series.is_complete[-1] else 1)
    return slice(start, max(start, end))


def month_rows(sales: Sales, month: int) -> LongArray:
    """Positions of the accounts with a sale in a month (months since January 1970)."""
    first = np.datetime64(month, "M").astype("datetime64[D]").astype(np.int64)
    after = np.datetime64(month + 1, "M").astype("datetime64[D]").astype(np.int64)
    inside = (sales.day >= first) & (sales.day < after)
    return np.unique(sales.row[inside])
