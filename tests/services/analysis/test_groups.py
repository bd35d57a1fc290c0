# SPDX-License-Identifier: MIT
"""Groups of accounts: every account in exactly one, so that parts add up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.analysis.groups import (
    GroupReport,
    by_size,
    by_text,
    by_unit,
    largest,
    quantile_edges,
)


def _texts(*texts: str) -> np.ndarray:
    made = np.empty(len(texts), dtype=np.object_)
    made[:] = texts
    return made


def _table(report: GroupReport) -> list[tuple[str, list[int], float]]:
    return [(group.label, group.rows.tolist(), group.value) for group in report.groups]


def test_spellings_of_one_segment_are_one_group_under_the_usual_one() -> None:
    texts = _texts("retail", "Retail", "", "Key  Account", "Retail", "key account ")
    report = by_text(texts, np.array([1.0, 2.0, 4.0, 8.0, 16.0, 32.0]))
    assert _table(report) == [
        ("Retail", [0, 1, 4], 19.0),
        ("Key Account", [3, 5], 40.0),
        ("Not given", [2], 4.0),
    ]


def test_areas_are_named_and_the_rest_comes_last() -> None:
    report = by_unit(np.array([2, -1, 0, 2], dtype=np.int32), ["AL", "AK", "AZ"], np.ones(4))
    assert _table(report) == [
        ("AZ", [0, 3], 2.0),
        ("AL", [2], 1.0),
        ("No such area known", [1], 1.0),
    ]


def test_all_accounts_can_be_without_an_area() -> None:
    report = by_unit(np.full(3, -1, dtype=np.int32), ["AL"], np.ones(3))
    assert _table(report) == [("No such area known", [0, 1, 2], 3.0)]


def test_quarters_hold_equal_numbers_and_never_part_equal_values() -> None:
    assert quantile_edges(np.arange(1.0, 9.0)) == (2.0, 4.0, 6.0)
    assert quantile_edges(np.array([5.0, 5.0, 5.0, 5.0])) == ()
    assert quantile_edges(np.array([0.0, -3.0])) == ()
    assert quantile_edges(np.array([1.0, 1.0, 1.0, 1.0, 9.0])) == (1.0,)


def test_a_limit_belongs_to_the_class_below_it() -> None:
    sizes = np.array([5.0, 10.0, 10.5, 100.0, 0.0, 1000.0, -2.0])
    report = by_size(sizes, (10.0, 100.0), np.ones(7), lambda edge: f"{edge:g}")
    assert _table(report) == [
        ("Above 100", [5], 1.0),
        ("10 to 100", [2, 3], 2.0),
        ("Up to 10", [0, 1], 2.0),
        ("No value", [4, 6], 2.0),
    ]


def test_sizes_without_limits_are_one_class() -> None:
    report = by_size(np.array([5.0, 0.0]), (), np.ones(2), str)
    assert _table(report) == [("Any value", [0], 1.0), ("No value", [1], 1.0)]


def test_small_groups_are_gathered() -> None:
    texts = _texts(*"aaabbcd", "")
    report = largest(by_text(texts, np.arange(8.0)), 2, by_value=False)
    assert _table(report) == [
        ("a", [0, 1, 2], 3.0),
        ("3 others", [3, 4, 5, 6], 18.0),
        ("Not given", [7], 7.0),
    ]


@given(
    st.lists(st.tuples(st.sampled_from(["A", "a ", "B", "", "C c"]), st.integers(-9, 99))),
    st.integers(1, 4),
)
def test_parts_add_up_to_the_list(rows: list[tuple[str, int]], most: int) -> None:
    values = np.array([float(value) for _, value in rows])
    by_segment = by_text(_texts(*(text for text, _ in rows)), values)
    sized = by_size(values, quantile_edges(values), values, str)
    for report in (by_segment, sized, largest(by_segment, most, by_value=True)):
        found = [row for group in report.groups for row in group.rows.tolist()]
        assert sorted(found) == list(range(len(rows)))
        assert sum(group.value for group in report.groups) == pytest.approx(values.sum())
        assert report.value == pytest.approx(values.sum())
