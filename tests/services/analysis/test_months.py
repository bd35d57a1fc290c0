# SPDX-License-Identifier: MIT
"""Months, trend, season and growth, with sums done by hand."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.analysis.months import compare_years, month_rows, monthly_sales
from app.services.analysis.seasons import season_index
from tests.helpers.sales import monthly, sales

_SEASON = [0.5, 0.5, 1.0, 1.0, 1.0, 1.5, 1.5, 1.0, 1.0, 1.0, 1.0, 1.0]
"""Twelve indices with a mean of 1."""


def test_months_without_sales_are_there_with_zero() -> None:
    series = monthly_sales(sales([(0, "2025-01-02", 5.0), (1, "2025-03-30", 7.0)]))
    assert series is not None
    assert series.totals.tolist() == [5.0, 0.0, 7.0]
    assert series.month(2) == date(2025, 3, 1)
    assert series.is_complete.tolist() == [True, True, True]


def test_a_month_that_ends_or_begins_early_is_incomplete() -> None:
    series = monthly_sales(sales([(0, "2025-01-10", 5.0), (0, "2025-03-14", 7.0)]))
    assert series is not None
    assert series.is_complete.tolist() == [False, True, False]
    assert series.as_of == date(2025, 3, 14)


def test_no_sales_no_months() -> None:
    assert monthly_sales(sales([])) is None
    assert compare_years(sales([])) is None


def test_the_trend_is_the_mean_of_twelve_months() -> None:
    # 12, 24, ..., 156: the first average is (12 + ... + 144) / 12 = 78, the next 90.
    series = monthly_sales(monthly([12.0 * n for n in range(1, 14)]))
    assert series is not None
    assert np.isnan(series.average[:11]).all()
    assert series.average[11:].tolist() == pytest.approx([78.0, 90.0])


def test_the_trend_leaves_an_incomplete_last_month_out() -> None:
    full = monthly([10.0] * 12)
    rows = [(0, "2022-01-01", 10.0)] + [(0, f"2022-{m:02}-28", 10.0) for m in range(2, 13)]
    cut = sales([*rows, (0, "2023-01-10", 3.0)])
    series = monthly_sales(cut)
    assert series is not None
    assert series.average[11] == pytest.approx(10.0)
    assert np.isnan(series.average[12])
    assert monthly_sales(full) is not None


def test_a_month_is_compared_with_the_same_month_a_year_before() -> None:
    series = monthly_sales(monthly([100.0] * 12 + [150.0]))
    assert series is not None
    assert series.growth[12].value == pytest.approx(0.5)
    assert series.growth[11].value is None


def test_an_incomplete_month_is_compared_with_the_same_days() -> None:
    # Up to 14 March 2026: 30 now, 20 in the same days of 2025, another 80 after them.
    rows = [
        (0, "2025-03-01", 5.0),
        (0, "2025-03-14", 15.0),
        (0, "2025-03-20", 80.0),
        (0, "2026-03-14", 30.0),
    ]
    series = monthly_sales(sales(rows))
    assert series is not None
    assert series.growth[12].value == pytest.approx(0.5)


def test_a_pure_season_is_found_exactly() -> None:
    found = season_index(monthly_sales(monthly([200.0 * s for s in _SEASON] * 2)))
    assert found.index is not None
    assert found.index.tolist() == pytest.approx(_SEASON)
    assert found.month_count == 24


def test_a_season_is_counted_from_january_wherever_the_sales_begin() -> None:
    turned = _SEASON[3:] + _SEASON[:3]
    found = season_index(monthly_sales(monthly([80.0 * s for s in turned] * 3, "2021-04")))
    assert found.index is not None
    assert found.index.tolist() == pytest.approx(_SEASON)


def test_a_straight_trend_is_no_season() -> None:
    # The average around a month of a straight line is the month itself.
    found = season_index(monthly_sales(monthly([1000.0 + 10 * n for n in range(36)])))
    assert found.index is not None
    assert found.index.tolist() == pytest.approx([1.0] * 12)


def test_a_season_needs_two_years_and_says_so() -> None:
    found = season_index(monthly_sales(monthly([10.0] * 23)))
    assert found.index is None
    assert "24 complete months" in found.reason
    assert "23" in found.reason
    assert season_index(None).index is None


def test_a_season_of_nothing_is_undefined() -> None:
    found = season_index(monthly_sales(monthly([0.0] * 24)))
    assert found.index is None
    assert found.reason


def test_years_are_compared_only_where_the_sales_reach_back() -> None:
    comparison = compare_years(monthly([10.0] * 12 + [15.0] * 12))
    assert comparison is not None
    assert (comparison.revenue_before, comparison.revenue) == (120.0, 180.0)
    assert comparison.growth.value == pytest.approx(0.5)
    short = compare_years(monthly([10.0] * 20))
    assert short is not None
    assert short.growth.value is None
    assert "begin on 2022-01-01" in short.growth.reason


def test_the_accounts_behind_a_month() -> None:
    made = sales([(3, "2025-01-31", 1.0), (1, "2025-02-01", 1.0), (3, "2025-02-28", 1.0)])
    series = monthly_sales(made)
    assert series is not None
    assert month_rows(made, series.first_month).tolist() == [3]
    assert month_rows(made, series.first_month + 1).tolist() == [1, 3]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 9),
            st.dates(date(2020, 1, 1), date(2024, 12, 31)).map(date.isoformat),
            st.integers(-1000, 1000).map(float),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_months_add_up_and_nothing_is_ever_not_a_number(rows: list[tuple[int, str, float]]) -> None:
    made = sales(rows)
    series = monthly_sales(made)
    assert series is not None
    assert series.totals.sum() == pytest.approx(made.amount.sum())
    assert series.counts.sum() == len(rows)
    for quotient in series.growth:
        assert (quotient.value is None) == bool(quotient.reason)
        assert quotient.value is None or np.isfinite(quotient.value)
    found = season_index(series)
    if found.index is None:
        assert found.reason
    else:
        assert found.index.mean() == pytest.approx(1.0)
