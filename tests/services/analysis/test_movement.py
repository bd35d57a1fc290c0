# SPDX-License-Identifier: MIT
"""New, won back, declining and lost accounts, the revenue bridge, and retention."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.analysis.movement import MovementReport, Standing, movement
from app.services.analysis.retention import retention, yearly_retention
from tests.helpers.sales import Sale, sales

_EARLY, _LOOK_BACK, _BEFORE, _NOW = "2020-01-01", "2023-06-15", "2024-06-15", "2025-12-31"
"""In the four spans that matter as of 31 December 2025: 2025 is now, 2024 before, 2023 still in
the look-back, and whatever is earlier."""

_BEFORE_REVENUE = [100.0, 50, 0, 200, 80, 40, 0, 0]
_NOW_REVENUE = [120.0, 30, 60, 0, 80, 50, 25, 0]


def _example() -> MovementReport:
    """The written golden example: accounts a to h; c is new, g won back."""
    rows: list[Sale] = [(6, _EARLY, 10.0)]
    rows += [(row, _BEFORE, amount) for row, amount in enumerate(_BEFORE_REVENUE) if amount]
    rows += [(row, _NOW, amount) for row, amount in enumerate(_NOW_REVENUE) if amount]
    report = movement(sales(rows, 8))
    assert report is not None
    return report


def test_the_golden_example_has_its_standings() -> None:
    report = _example()
    # b falls by 40 %, which is 20 and more than a tenth of the mean of 94 before.
    assert [Standing(kind) for kind in report.standing.tolist()] == [
        Standing.STEADY,
        Standing.DECLINING,
        Standing.NEW,
        Standing.LOST,
        Standing.STEADY,
        Standing.STEADY,
        Standing.WON_BACK,
        Standing.INACTIVE,
    ]
    assert report.new_reason == ""
    assert report.decline_reason == ""


def test_the_golden_bridge_adds_up() -> None:
    bridge = _example().bridge
    assert (bridge.before, bridge.now) == (470.0, 365.0)
    assert (bridge.churn, bridge.contraction, bridge.expansion) == (200.0, 20.0, 30.0)
    assert (bridge.new, bridge.won_back, bridge.resumed) == (60.0, 25.0, 0.0)


@pytest.mark.parametrize(
    ("accounts", "growth", "logo", "gross", "net"),
    [
        ([0, 1, 2], 0.4, 1.0, 0.8667, 1.0),
        ([3, 4], -0.7143, 0.5, 0.2857, 0.2857),
        ([5, 6, 7], 0.875, 1.0, 1.0, 1.25),
        ([*range(8)], -0.2234, 0.8, 0.5319, 0.5957),
    ],
)
def test_the_golden_retention(
    accounts: list[int], growth: float, logo: float, gross: float, net: float
) -> None:
    found = retention(np.array(_BEFORE_REVENUE)[accounts], np.array(_NOW_REVENUE)[accounts])
    for quotient, wanted in (
        (found.growth, growth),
        (found.logo, logo),
        (found.gross, gross),
        (found.net, net),
    ):
        assert quotient.value == pytest.approx(wanted, abs=5e-5)


def test_retention_of_nobody_is_undefined() -> None:
    found = retention(np.array([0.0, -5.0]), np.array([10.0, 0.0]))
    assert found.logo.value is None
    assert found.logo.reason


def test_an_account_that_paused_a_year_is_neither_new_nor_won_back() -> None:
    rows = [(0, _EARLY, 1.0), (1, _LOOK_BACK, 5.0), (0, _BEFORE, 1.0), (1, _NOW, 5.0)]
    report = movement(sales(rows))
    assert report is not None
    assert report.standing.tolist() == [Standing.LOST, Standing.RESUMED]
    assert report.bridge.resumed == 5.0


def test_a_short_history_cannot_tell_new_from_returning() -> None:
    report = movement(sales([(0, "2025-02-01", 1.0), (0, _NOW, 1.0), (1, _NOW, 1.0)]))
    assert report is not None
    assert "begin on 2025-02-01" in report.new_reason
    assert "2024-01-01" in report.decline_reason
    assert not len(report.rows(Standing.DECLINING))
    assert yearly_retention(report).logo.reason == report.decline_reason
    assert yearly_retention(_example()).logo.value == 0.8


def test_small_falls_of_small_accounts_are_not_called_declining() -> None:
    # Account 1 falls by half, but the 2 it loses are less than a tenth of the mean of 52.
    rows = [(0, _EARLY, 1.0), (0, _BEFORE, 100.0), (1, _BEFORE, 4.0), (0, _NOW, 100.0)]
    report = movement(sales([*rows, (1, _NOW, 2.0)]))
    assert report is not None
    assert report.standing.tolist() == [Standing.STEADY, Standing.STEADY]


def test_a_fall_of_exactly_a_fifth_is_no_decline() -> None:
    rows = [(0, _EARLY, 1.0), (0, _BEFORE, 100.0), (0, _NOW, 80.0)]
    report = movement(sales(rows))
    assert report is not None
    assert report.standing.tolist() == [Standing.STEADY]


def test_no_sales_no_movement() -> None:
    assert movement(sales([])) is None


_DAYS = st.integers(0, 365 * 6).map(lambda n: (date(2020, 1, 1) + timedelta(days=n)).isoformat())
_SALES = st.lists(
    st.tuples(st.integers(0, 7), _DAYS, st.integers(-500_00, 900_00).map(lambda c: c / 100)),
    min_size=1,
    max_size=80,
)


@given(_SALES)
def test_the_bridge_adds_up_to_the_cent(rows: list[Sale]) -> None:
    report = movement(sales(rows, 8))
    assert report is not None
    b = report.bridge
    parts = b.before - b.churn - b.contraction + b.expansion + b.new + b.won_back + b.resumed
    assert parts + b.credit_notes == pytest.approx(b.now, abs=0.001)
    assert min(b.churn, b.contraction, b.expansion, b.new, b.won_back, b.resumed) >= 0
    assert sum(len(report.rows(kind)) for kind in Standing) == 8


@given(_SALES)
def test_retention_keeps_its_bounds(rows: list[Sale]) -> None:
    report = movement(sales(rows, 8))
    assert report is not None
    found = retention(report.before, report.now)
    if found.logo.value is not None:
        assert found.gross.value is not None
        assert found.net.value is not None
        assert 0 <= found.logo.value <= 1
        assert 0 <= found.gross.value <= min(1.0, found.net.value) + 1e-9
