# SPDX-License-Identifier: MIT
"""Giving areas that nobody holds to their neighbours, from the border inwards."""

from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet

import numpy as np
import numpy.typing as npt

from app.services.overlaps.plan_overlaps import OverlapFacts


def fill_from_neighbors(
    facts: OverlapFacts,
    unit_by_item: Mapping[int, int],
    allowed: AbstractSet[int],
    choose: Callable[[int, Collection[int]], int],
) -> dict[int, int]:
    """The territory position of every area that can be reached from a territory.

    Areas are decided in the order given; one without a neighbour that is held waits until one is.

    Args:
        facts: The sales force.
        unit_by_item: Number of the unit of each item, in the order in which they are decided.
        allowed: Positions of the territories that may get something.
        choose: Names one of the neighbours of an item.
    """
    held = facts.borders.in_one(facts.claims.resolved).copy()
    neighbors = _neighbors(facts, set(unit_by_item.values()))
    answers: dict[int, int] = {}
    waiting = list(unit_by_item)
    while waiting:
        left: list[int] = []
        for item in waiting:
            unit = unit_by_item[item]
            codes: list[int] = held[neighbors.get(unit, [])].tolist()
            near = sorted(set(codes) & allowed)
            if not near:
                left.append(item)
                continue
            answers[item] = held[unit] = choose(item, near)
        if len(left) == len(waiting):
            break
        waiting = left
    return answers


def neighbor_holders(
    facts: OverlapFacts, units: npt.NDArray[np.int32]
) -> dict[int, frozenset[int]]:
    """By unit the positions of the territories that hold a unit of the same level beside it."""
    held = facts.borders.in_one(facts.claims.resolved)
    near = _neighbors(facts, {int(unit) for unit in units if unit >= 0})
    return {
        unit: frozenset(code for code in held[beside].tolist() if code >= 0)
        for unit, beside in near.items()
    }


def _neighbors(facts: OverlapFacts, units: AbstractSet[int]) -> dict[int, list[int]]:
    """The units of the same level that touch each of some units."""
    a, b = facts.borders.ends
    wanted = np.zeros(facts.borders.count, dtype=np.bool_)
    wanted[sorted(units)] = True
    found: dict[int, list[int]] = {}
    for one, other in ((a, b), (b, a)):
        here = wanted[one]
        for unit, near in zip(one[here].tolist(), other[here].tolist(), strict=True):
            found.setdefault(unit, []).append(near)
    return found
