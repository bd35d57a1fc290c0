# SPDX-License-Identifier: MIT
"""Colours for territories, so that neighbours differ."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.models.territory import PALETTE_SIZE

IntArray = npt.NDArray[np.int32]


def neighbor_weights(
    unit_territory: IntArray, neighbors_start: IntArray, neighbors: IntArray, count: int
) -> npt.NDArray[np.int64]:
    """How many shared unit borders each pair of territories has.

    Args:
        unit_territory: Territory position per unit; negative codes hold no territory.
        neighbors_start, neighbors: The units' adjacency in CSR form.
        count: Number of territories.

    Returns:
        A symmetric matrix of `count` x `count`, zero on the diagonal.
    """
    left = np.repeat(unit_territory, np.diff(neighbors_start))
    right = unit_territory[neighbors]
    touching = (left >= 0) & (right >= 0) & (left != right)
    weights = np.zeros((count, count), dtype=np.int64)
    np.add.at(weights, (left[touching], right[touching]), 1)
    return weights


def spread_colors(
    weights: npt.NDArray[np.int64], fixed: Sequence[int | None] | None = None
) -> list[int]:
    """A colour index per territory, different between neighbours wherever nine colours allow it.

    Territories are coloured most constrained first (Brélaz's DSATUR, 1979). Of the colours that
    no neighbour has, the one used least so far is taken, so that all nine appear. Where every
    colour is taken by a neighbour, the one with the shortest shared border is.

    Args:
        weights: From `neighbor_weights`.
        fixed: Per territory, a colour that the user chose, or None.
    """
    count = len(weights)
    colors = [-1 if color is None else color for color in (fixed or [None] * count)]
    used = [colors.count(color) for color in range(PALETTE_SIZE)]
    degree = (weights > 0).sum(axis=1)
    open_positions = {i for i in range(count) if colors[i] < 0}
    while open_positions:
        position = max(
            open_positions,
            key=lambda i: (len(_neighbor_colors(i, weights, colors)), int(degree[i]), -i),
        )
        shared = [0] * PALETTE_SIZE
        near: list[int] = np.nonzero(weights[position])[0].tolist()
        for other in near:
            if colors[other] >= 0:
                shared[colors[other]] += int(weights[position, other])
        best = min(range(PALETTE_SIZE), key=lambda color: (shared[color], used[color], color))
        colors[position] = best
        used[best] += 1
        open_positions.remove(position)
    return colors


def _neighbor_colors(
    position: int, weights: npt.NDArray[np.int64], colors: Sequence[int]
) -> set[int]:
    near: list[int] = np.nonzero(weights[position])[0].tolist()
    return {colors[other] for other in near if colors[other] >= 0}
