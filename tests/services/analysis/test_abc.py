# SPDX-License-Identifier: MIT
"""ABC classes with sums done by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.analysis.abc import AbcClass, abc_classes, tenths


def test_eighty_fifteen_five() -> None:
    # Of 100: 50 + 30 = 80 are A, 10 + 5 = 15 more are B, 3 + 2 are C; -7 and 0 are not ranked.
    report = abc_classes(np.array([3.0, 50.0, 0.0, 10.0, 30.0, -7.0, 5.0, 2.0]))
    assert report.rows(AbcClass.A).tolist() == [1, 4]
    assert report.rows(AbcClass.B).tolist() == [3, 6]
    assert report.rows(AbcClass.C).tolist() == [0, 7]
    assert report.rows(AbcClass.NONE).tolist() == [2, 5]
    assert report.total == 100.0
    assert report.cumulative.tolist() == pytest.approx([0.5, 0.8, 0.9, 0.95, 0.98, 1.0])


def test_the_account_that_crosses_a_line_is_in_the_better_class() -> None:
    report = abc_classes(np.array([90.0, 6.0, 4.0]))
    assert report.classes.tolist() == [AbcClass.A, AbcClass.B, AbcClass.C]


def test_equal_values_stay_in_the_order_of_the_list() -> None:
    report = abc_classes(np.array([1.0, 1.0, 1.0, 1.0, 1.0]))
    assert report.order.tolist() == [0, 1, 2, 3, 4]
    assert report.classes.tolist() == [1, 1, 1, 1, 2]


def test_nothing_to_rank() -> None:
    for values in (np.empty(0), np.array([0.0, np.nan, -1.0])):
        report = abc_classes(values)
        assert report.total == 0.0
        assert not len(report.order)
        assert (report.classes == AbcClass.NONE).all()


@given(
    st.lists(st.integers(-50, 10_000).map(float), max_size=80), st.sampled_from([1.0, 0.01, 7.0])
)
def test_classes_part_the_list_and_do_not_depend_on_the_currency(
    values: list[float], rate: float
) -> None:
    report = abc_classes(np.array(values))
    found = np.concatenate([report.rows(wanted) for wanted in AbcClass])
    assert sorted(found.tolist()) == list(range(len(values)))
    assert report.total == pytest.approx(sum(v for v in values if v > 0))
    a_total = sum(values[row] for row in report.rows(AbcClass.A).tolist())
    assert a_total >= 0.8 * report.total - 1e-6
    assert abc_classes(np.array(values) * rate).classes.tolist() == report.classes.tolist()


def test_tenths_of_twenty_accounts_hold_two_each() -> None:
    # 20 + 19 + ... + 1 = 210; the best two have 39, the next two 35.
    found = tenths(abc_classes(np.arange(1.0, 21.0)))
    assert [tenth.rows.tolist() for tenth in found[:2]] == [[19, 18], [17, 16]]
    assert [tenth.share for tenth in found[:2]] == pytest.approx([39 / 210, 35 / 210])
    assert found[1].cumulative == pytest.approx(74 / 210)
    assert found[-1].cumulative == pytest.approx(1.0)


@given(st.lists(st.integers(-5, 900).map(float), max_size=60))
def test_tenths_part_the_ranked_accounts(values: list[float]) -> None:
    report = abc_classes(np.array(values))
    found = tenths(report)
    rows = [row for tenth in found for row in tenth.rows.tolist()]
    assert rows == report.order.tolist()
    assert all(len(tenth.rows) for tenth in found)
    assert sum(tenth.share for tenth in found) == pytest.approx(1.0 if rows else 0.0)
    shares = [tenth.share / len(tenth.rows) for tenth in found]
    assert shares == sorted(shares, reverse=True) or np.allclose(shares, sorted(shares)[::-1])
