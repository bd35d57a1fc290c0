# SPDX-License-Identifier: MIT
"""Neighbouring territories get different colours."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.models.territory import PALETTE_SIZE
from app.services.coloring import distinct_colors, neighbor_weights, spread_colors


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


def _clashes(weights: np.ndarray, colors: list[int]) -> list[tuple[int, int]]:
    pairs = zip(*np.nonzero(weights), strict=True)
    return [(int(i), int(j)) for i, j in pairs if i < j and colors[i] == colors[j]]


@st.composite
def _partitions(draw: st.DrawFn) -> tuple[np.ndarray, list[int], list[bool]]:
    """A grid of cells dealt to territories that each grow from a seed, so all are connected."""
    side, count = draw(st.integers(3, 9)), draw(st.integers(2, 14))
    seeds = draw(
        st.lists(st.integers(0, side * side - 1), min_size=count, max_size=count, unique=True)
        if count <= side * side
        else st.just(list(range(side * side)))
    )
    cells = np.arange(side * side)
    seed = np.array(seeds)
    dx = np.abs(cells[:, None] % side - seed % side)
    dy = np.abs(cells[:, None] // side - seed // side)
    held = (dx + dy).argmin(axis=1).astype(np.int32)
    weights = np.zeros((len(seeds), len(seeds)), np.int64)
    for i in cells.tolist():
        for j in (i + 1 if (i + 1) % side else side * side, i + side):
            if j < side * side and held[i] != held[j]:
                weights[held[i], held[j]] += 1
                weights[held[j], held[i]] += 1
    wanted = draw(st.lists(st.integers(0, 8), min_size=len(seeds), max_size=len(seeds)))
    fixed = draw(st.lists(st.booleans(), min_size=len(seeds), max_size=len(seeds)))
    return weights, wanted, fixed


@given(_partitions())
def test_neighbours_differ_on_every_partition_and_who_need_not_change_does_not(
    partition: tuple[np.ndarray, list[int], list[bool]],
) -> None:
    weights, wanted, fixed = partition
    shown = distinct_colors(weights, wanted, fixed)
    assert all(shown[i] == wanted[i] for i in range(len(wanted)) if fixed[i])
    assert all(fixed[i] and fixed[j] for i, j in _clashes(weights, shown))
    if not _clashes(weights, wanted):
        assert shown == wanted


@given(_partitions())
def test_as_few_as_possible_change(
    partition: tuple[np.ndarray, list[int], list[bool]],
) -> None:
    """Whoever changes could always get a free colour here, so whom to change is all that counts."""
    weights, wanted, fixed = partition
    free = [False] * len(fixed)
    shown = distinct_colors(weights, wanted, free)
    changed = sum(a != b for a, b in zip(shown, wanted, strict=True))
    if (weights > 0).sum(axis=1).max(initial=0) < PALETTE_SIZE:
        clashes = _clashes(weights, wanted)
        fewest = next(
            size
            for size in range(len(wanted) + 1)
            if any(
                all(i in chosen or j in chosen for i, j in clashes)
                for chosen in map(set, combinations(range(len(wanted)), size))
            )
        )
        assert changed == fewest
    assert not _clashes(weights, shown)


def test_the_same_borders_always_get_the_same_colours() -> None:
    """An edit elsewhere leaves what was chosen for a clash alone."""
    weights = np.zeros((5, 5), np.int64)
    weights[0, 1] = weights[1, 0] = 3
    before = distinct_colors(weights, [4, 4, 2, 1, 0], [False] * 5)
    weights[2, 3] = weights[3, 2] = 1
    assert distinct_colors(weights, [4, 4, 2, 1, 0], [False] * 5) == before
    assert before[0] == 4
    assert before[1] != 4


def test_a_ring_of_all_nine_colours_gives_way_to_the_one_inside() -> None:
    """The tenth wants the first one's colour and touches all; two ring members can share one."""
    weights = np.zeros((10, 10), np.int64)
    for i in range(9):
        for j in ((i + 1) % 9, 9):
            weights[i, j] = weights[j, i] = 1
    shown = distinct_colors(weights, [*range(9), 0], [False] * 10)
    assert not _clashes(weights, shown)
    assert sum(a != b for a, b in zip(shown, [*range(9), 0], strict=True)) <= 2


def test_where_nine_are_not_enough_the_shortest_border_is_shared() -> None:
    weights = np.full((10, 10), 5, np.int64)
    np.fill_diagonal(weights, 0)
    weights[6, 9] = weights[9, 6] = 1
    shown = distinct_colors(weights, [*range(9), 0], [True] * 9 + [False])
    assert shown == [*range(9), 6]


def test_a_thousand_of_one_colour_are_told_apart_at_once() -> None:
    side = 32
    count = side * side
    weights = np.zeros((count, count), np.int64)
    for i in range(count):
        for j in (i + 1 if (i + 1) % side else count, i + side):
            if j < count:
                weights[i, j] = weights[j, i] = 1
    assert not _clashes(weights, distinct_colors(weights, [0] * count, [False] * count))
