# SPDX-License-Identifier: MIT
"""Classes by shares of a measure: by hand, and as the ABC analysis does it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.services.analysis.abc import AbcClass, abc_classes
from app.services.workload.classifying import ranked_classes


def test_the_account_that_crosses_a_limit_belongs_to_the_better_class() -> None:
    values = np.array([10.0, 70.0, 15.0, 5.0, 0.0, -3.0])
    found = ranked_classes(values, ["A", "B", "C"], [0.8, 0.95])
    assert [each.rows.tolist() for each in found] == [[1, 2], [0], [3, 4, 5]]
    assert [round(each.share_fraction, 2) for each in found] == [0.85, 0.1, 0.05]


def test_without_any_value_all_get_the_last_class() -> None:
    found = ranked_classes(np.zeros(3), ["A", "B"], [0.8])
    assert [each.rows.tolist() for each in found] == [[], [0, 1, 2]]


def test_one_class_takes_all() -> None:
    (only,) = ranked_classes(np.array([1.0, 2.0, 0.0]), ["A"], [])
    assert sorted(only.rows.tolist()) == [0, 1, 2]


@given(st.lists(st.integers(-5, 1000).map(float), min_size=1, max_size=60))
def test_the_usual_limits_give_the_classes_of_the_analysis(values: list[float]) -> None:
    column = np.array(values)
    report = abc_classes(column)
    found = ranked_classes(column, ["A", "B", "C"], [0.8, 0.95])
    for each, wanted in zip(found, (AbcClass.A, AbcClass.B, AbcClass.C), strict=True):
        ranked = [row for row in each.rows.tolist() if values[row] > 0]
        assert ranked == report.rows(wanted).tolist()
