# SPDX-License-Identifier: MIT
"""The cheapest way from one set of units to another."""

import heapq
from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from app.services.contiguity.labeling import adjacency

IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]


def cheapest_path(
    ends: tuple[IntArray, IntArray],
    cost: FloatArray,
    may_pass: BoolArray,
    sources: Collection[int],
    targets: Collection[int],
) -> tuple[int, ...] | None:
    """The nodes between sources and targets whose costs sum to the least, in order.

    Of equally cheap ways it is the one with the fewest nodes. Sources and targets themselves cost
    nothing.

    Args:
        ends: The edges.
        cost: Per node, not negative.
        may_pass: Per node whether the way may lead through it.
        sources, targets: Nodes; none is in both.

    Returns:
        The nodes in between; None where there is no way.

    Source: Dijkstra 1959 with several sources.
    """
    neighbors, start = adjacency(len(cost), ends)
    goal = set(targets)
    best: dict[int, tuple[float, int]] = dict.fromkeys(sources, (0.0, 0))
    came_from: dict[int, int] = {}
    waiting: list[tuple[float, int, int]] = [(0.0, 0, node) for node in sorted(sources)]
    passable, price = may_pass.tolist(), cost.tolist()
    while waiting:
        spent, steps, node = heapq.heappop(waiting)
        if node in goal:
            return _between(node, came_from)
        if (spent, steps) > best[node]:
            continue
        for other in neighbors[start[node] : start[node + 1]]:
            if other in goal:
                reached = (spent, steps)
            elif passable[other]:
                reached = (spent + price[other], steps + 1)
            else:
                continue
            if other not in best or reached < best[other]:
                best[other] = reached
                came_from[other] = node
                heapq.heappush(waiting, (reached[0], reached[1], other))
    return None


def _between(goal: int, came_from: dict[int, int]) -> tuple[int, ...]:
    """The nodes before the goal, without the source."""
    way: list[int] = []
    node = came_from.get(goal)
    while node is not None and node in came_from:
        way.append(node)
        node = came_from[node]
    return tuple(reversed(way))


def whole_cost(worth: FloatArray) -> FloatArray:
    """What units are worth as a cost: credit notes must not make a detour pay."""
    return np.maximum(worth, 0.0)
