# SPDX-License-Identifier: MIT
"""Which transactions are revenue, and what a year is."""

from datetime import date

import numpy as np
import pytest

from app.services.analysis.quotient import growth
from app.services.analysis.sales import Period, sales_of, trailing_year, years_earlier
from tests.helpers.sales import transactions


@pytest.mark.parametrize(
    ("day", "earlier"),
    [
        ("2026-11-14", "2025-11-14"),
        ("2024-02-29", "2023-02-28"),
        ("2025-02-28", "2024-02-29"),
        ("2025-02-27", "2024-02-27"),
    ],
)
def test_the_end_of_february_stays_the_end_of_february(day: str, earlier: str) -> None:
    assert years_earlier(date.fromisoformat(day)) == date.fromisoformat(earlier)


def test_trailing_years_follow_one_another_without_a_gap() -> None:
    as_of = date(2026, 11, 14)
    assert trailing_year(as_of) == Period(date(2025, 11, 15), as_of)
    assert trailing_year(as_of, 1) == Period(date(2024, 11, 15), date(2025, 11, 14))


def test_open_and_lost_deals_are_no_revenue_and_neither_are_sales_of_the_future() -> None:
    rows = [
        (0, "2026-01-05", 10.0),
        (0, "2026-01-06", 20.0),
        (1, "2026-01-07", 40.0),
        (1, "2062-01-07", 80.0),
        (1, "2026-01-08", float("nan")),
    ]
    found = sales_of(transactions(rows, [0, 1, 2, 0, 0]), 2, date(2026, 2, 1))
    assert found.amount.tolist() == [10.0]
    assert found.later_count == 1
    assert found.as_of == date(2026, 1, 5)


def test_a_period_holds_both_its_ends() -> None:
    rows = [(0, "2026-01-01", 1.0), (1, "2026-01-31", 2.0), (1, "2026-02-01", 4.0)]
    found = sales_of(transactions(rows), 3, date(2026, 12, 31))
    january = found.by_account(Period(date(2026, 1, 1), date(2026, 1, 31)))
    np.testing.assert_array_equal(january, [1.0, 2.0, 0.0])


def test_growth_is_undefined_with_a_reason_where_a_number_would_mislead() -> None:
    assert growth(150, 210).value == pytest.approx(0.4)
    for before, now in ((0, 5), (0, 0), (-1, 5)):
        assert growth(before, now).value is None
        assert growth(before, now).reason
