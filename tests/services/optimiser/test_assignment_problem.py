# SPDX-License-Identifier: MIT
"""Least-cost matchings against all permutations."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.services.optimiser.assignment_problem import best_assignment

_COSTS = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.integers(-9, 9).map(float))
)


@given(_COSTS)
def test_no_permutation_is_cheaper(cost: np.ndarray) -> None:
    found = best_assignment(cost)
    rows = np.nonzero(found >= 0)[0]
    assert len(rows) == min(cost.shape)
    assert len(set(found[rows].tolist())) == len(rows)
    wide = cost if cost.shape[0] <= cost.shape[1] else cost.T
    least = min(
        sum(wide[row, column] for row, column in enumerate(chosen))
        for chosen in permutations(range(wide.shape[1]), wide.shape[0])
    )
    assert cost[rows, found[rows]].sum() == least


def test_a_hand_made_table() -> None:
    cost = np.array([[4.0, 1.0, 3.0], [2.0, 0.0, 5.0], [3.0, 2.0, 2.0]])
    assert best_assignment(cost).tolist() == [1, 0, 2]


def test_the_order_of_rows_and_columns_does_not_matter() -> None:
    random = np.random.default_rng(3)
    cost = random.random((60, 80))
    rows, columns = random.permutation(60), random.permutation(80)
    found = best_assignment(cost)
    shuffled = best_assignment(cost[rows][:, columns])
    assert columns[shuffled].tolist() == found[rows].tolist()


def test_nothing_to_match() -> None:
    assert best_assignment(np.zeros((0, 3))).tolist() == []
    assert best_assignment(np.zeros((3, 0))).tolist() == [-1, -1, -1]


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_costs_must_be_finite(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        best_assignment(np.array([[1.0, bad]]))
