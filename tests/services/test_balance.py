# SPDX-License-Identifier: MIT
"""Balance against sums done by hand and against properties that every split must have."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.ids import MeasureId, TerritoryId
from app.models.reports import BalanceLine, BalanceReport
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.balance import balance_report, deviation, is_within, totals_by_position


def report(
    served: list[int], values: list[float], weights: list[float], tolerance: float = 0.15
) -> BalanceReport:
    territories = [TerritoryId(i + 1) for i in range(len(weights))]
    positions = np.array(served, dtype=np.int32)
    totals = totals_by_position(positions, np.array(values, dtype=float), len(weights))
    counts = totals_by_position(positions, np.ones(len(values)), len(weights))
    return balance_report(MeasureId(1), territories, totals, counts, weights, tolerance)


def test_the_golden_workload_with_part_time_capacity() -> None:
    """900, 1,200 and 600 hours for reps of 1, 1 and 0.6: -13.33 %, +15.56 %, -3.70 %."""
    result = report([0, 1, 2], [900, 1200, 600], [1, 1, 0.6])
    found = [row.deviation_fraction for row in result.rows[:3]]
    assert found == pytest.approx([-0.133333, 0.155556, -0.037037], abs=1e-6)
    assert (result.within_count, result.territory_count) == (2, 3)


def test_the_golden_workload_without_capacity() -> None:
    """Equal weights: 0, +33.3 %, -33.3 %."""
    result = report([0, 1, 2], [900, 1200, 600], [1, 1, 1])
    found = [row.deviation_fraction for row in result.rows[:3]]
    assert found == pytest.approx([0, 1 / 3, -1 / 3])
    assert result.max_abs_deviation == pytest.approx(1 / 3)
    assert not result.is_balanced


def test_unassigned_and_disputed_have_their_own_lines_and_no_ideal() -> None:
    result = report([0, NOBODY, IN_DISPUTE], [10, 5, 5], [1])
    assert [row.line for row in result.rows] == [
        BalanceLine.TERRITORY,
        BalanceLine.UNASSIGNED,
        BalanceLine.IN_DISPUTE,
    ]
    assert [row.share_fraction for row in result.rows] == [0.5, 0.25, 0.25]
    assert result.rows[1].ideal is None
    assert result.rows[0].ideal == 10


def test_the_dispute_line_is_left_out_where_nothing_is_in_dispute() -> None:
    assert len(report([0], [1], [1]).rows) == 2


def test_a_sum_of_zero_has_no_share_and_no_deviation() -> None:
    result = report([0, 1], [0, 0], [1, 1])
    assert result.rows[0].share_fraction is None
    assert result.rows[0].deviation_fraction is None
    assert result.max_abs_deviation is None
    assert not result.is_balanced


def test_no_territories_leave_all_unassigned() -> None:
    result = report([NOBODY, NOBODY], [1, 2], [])
    assert result.total == 3
    assert result.rows[0].line is BalanceLine.UNASSIGNED


def test_the_edge_of_the_tolerance_is_inside() -> None:
    assert is_within(0.15, 0.15)
    assert is_within(-0.15, 0.15)
    assert not is_within(0.1500001, 0.15)
    assert is_within(None, 0.15) is None


def test_deviation_from_nothing_is_undefined() -> None:
    assert deviation(5, 0) is None


@given(
    rows=st.lists(
        st.tuples(st.integers(-2, 4), st.floats(0, 1e9, allow_nan=False)), min_size=1, max_size=60
    )
)
def test_lines_add_up_and_weighted_deviations_cancel(rows: list[tuple[int, float]]) -> None:
    served, values = [r[0] for r in rows], [r[1] for r in rows]
    result = report(served, values, [1, 2, 3, 4, 5])
    assert sum(row.total for row in result.rows) == pytest.approx(sum(values))
    assert sum(row.account_count for row in result.rows) == len(rows)
    territories = [row for row in result.rows if row.line is BalanceLine.TERRITORY]
    if all(row.deviation_fraction is not None for row in territories):
        off = sum((row.deviation_fraction or 0.0) * (row.ideal or 0.0) for row in territories)
        assert off == pytest.approx(0, abs=1e-6 * max(1.0, result.total))
