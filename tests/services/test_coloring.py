# SPDX-License-Identifier: MIT
"""Neighbouring territories get different colours."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.models.territory import PALETTE_SIZE
from app.services.coloring import neighbor_weights, spread_colors


def test_border_lengths_are_counted_once_per_side() -> None:
    """Units a-b-c in a row, held by 0, 0 and 1: one border between the territories."""
    start, near = np.array([0, 1, 3, 4]), np.array([1, 0, 2, 1])
    weights = neighbor_weights(np.array([0, 0, 1], dtype=np.int32), start, near, 2)
    assert weights.tolist() == [[0, 1], [1, 0]]


def test_a_fixed_colour_is_kept_and_avoided_next_door() -> None:
    weights = np.array([[0, 1], [1, 0]])
    assert spread_colors(weights, [0, None]) == [0, 1]


def test_a_tenth_that_touches_all_shares_the_colour_with_the_shortest_border() -> None:
    """Nine that all touch have nine colours; the tenth touches the fourth along one unit only."""
    weights = np.full((10, 10), 9)
    np.fill_diagonal(weights, 0)
    weights[3, 9] = weights[9, 3] = 1
    colors = spread_colors(weights, [*range(9), None])
    assert colors[9] == colors[3]
    assert len(set(colors)) == PALETTE_SIZE


@given(st.integers(1, 8), st.integers(1, 8))
def test_on_a_grid_no_neighbours_share_a_colour(width: int, height: int) -> None:
    count = width * height
    weights = np.zeros((count, count), dtype=np.int64)
    for i in range(count):
        for j in (i + 1 if (i + 1) % width else count, i + width):
            if j < count:
                weights[i, j] = weights[j, i] = 1
    colors = spread_colors(weights)
    assert all(colors[i] != colors[j] for i, j in zip(*np.nonzero(weights), strict=True))
