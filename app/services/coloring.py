# SPDX-License-Identifier: MIT
"""Colours for territories, so that neighbours differ."""

import heapq
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from app.models.territory import PALETTE_SIZE

IntArray = npt.NDArray[np.int32]
Weights = npt.NDArray[np.int64]
_Near = Sequence[Mapping[int, int]]
"""Per territory its neighbours, with the length of the shared border in units."""
_Take = Callable[[int, Sequence[int]], int]
"""Chooses a colour for a position from the border that it shares with each; -1 for none."""

_EXACT_CLASHES = 14
"""Up to so many territories that clash, the fewest to recolour are found exactly."""
_MOST_LOOKS = 6_000
"""Ends the search for a colouring that has no solution, or none within reach: after so many looks
at the neighbours of a territory, some 15 ms, for it is done after every stroke of the brush."""


def neighbor_weights(
    unit_territory: IntArray, neighbors_start: IntArray, neighbors: IntArray, count: int
) -> Weights:
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
    pairs = left[touching].astype(np.int64) * count + right[touching]
    return np.bincount(pairs, minlength=count * count).reshape(count, count)


def spread_colors(weights: Weights, fixed: Sequence[int | None] | None = None) -> list[int]:
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

    def take(_position: int, shared: Sequence[int]) -> int:
        best = min(range(PALETTE_SIZE), key=lambda color: (shared[color], used[color], color))
        used[best] += 1
        return best

    todo = [position for position in range(count) if colors[position] < 0]
    _color_in_turn(todo, _near_of(weights), colors, take)
    return colors


def distinct_colors(weights: Weights, wanted: Sequence[int], is_fixed: Sequence[bool]) -> list[int]:
    """The colours of territories as shown: those wanted, but different between neighbours.

    The same territories with the same borders always get the same colours. Only where two
    neighbours want the same colour does one of them get another, and of all choices of whom to
    change one with the fewest is taken (exactly, unless very many clash at once). Colours that the
    user fixed stay, also where two of them meet. Where the territories around one take all nine
    colours, more of them change; where nine colours are not enough, the shortest border is shared.

    Args:
        weights: From `neighbor_weights`.
        wanted: Colour index per territory as the plan has it.
        is_fixed: Per territory whether the user chose its colour.

    Source: ours; the order of colouring is Brélaz's DSATUR (1979).
    """
    near = _near_of(weights)
    moved = _fewest_to_move(near, wanted, is_fixed)
    if not moved:
        return list(wanted)
    budget = _Budget(_MOST_LOOKS)
    for group in _widened(moved, near, wanted, is_fixed):
        found = _recolored(group, near, wanted, budget)
        if found is not None:
            return found
        if budget.is_spent:
            break
    return _with_shortest_shared(moved, near, wanted)


def _near_of(weights: Weights) -> list[dict[int, int]]:
    near: list[dict[int, int]] = [{} for _ in range(len(weights))]
    left, right = np.nonzero(weights)
    for one, other, shared in zip(
        left.tolist(), right.tolist(), weights[left, right].tolist(), strict=True
    ):
        near[one][other] = shared
    return near


def _fewest_to_move(near: _Near, wanted: Sequence[int], is_fixed: Sequence[bool]) -> list[int]:
    """The territories to recolour so that no two neighbours keep the same colour."""
    clashes = {
        i: {j for j in near[i] if wanted[j] == wanted[i] and not (is_fixed[i] and is_fixed[j])}
        for i in range(len(wanted))
    }
    moved = {i for i, others in clashes.items() if any(is_fixed[j] for j in others)}
    open_clashes = {
        i: others - moved for i, others in clashes.items() if i not in moved and not is_fixed[i]
    }
    for part in _parts(open_clashes):
        edges = {i: open_clashes[i] & part for i in part}
        moved |= _cover(edges) if len(part) <= _EXACT_CLASHES else _greedy_cover(edges)
    return sorted(moved)


def _parts(clashes: Mapping[int, set[int]]) -> list[set[int]]:
    """The connected groups of territories that clash."""
    seen: set[int] = set()
    parts: list[set[int]] = []
    for start in clashes:
        if start in seen or not clashes[start]:
            continue
        part, ahead = {start}, [start]
        while ahead:
            fresh = clashes[ahead.pop()] - part
            part |= fresh
            ahead.extend(fresh)
        seen |= part
        parts.append(part)
    return parts


def _cover(edges: Mapping[int, set[int]]) -> set[int]:
    """The fewest territories that take part in every clash; of equals the later ones in the list.

    Either the one with most clashes is among them, or all that it clashes with are.
    """
    busiest = max(edges, key=lambda i: (len(edges[i]), i), default=-1)
    if busiest < 0 or not edges[busiest]:
        return set()
    with_it = {busiest} | _cover(_without(edges, {busiest}))
    if len(edges[busiest]) == 1:
        return with_it
    others = edges[busiest]
    without_it = others | _cover(_without(edges, others))
    return with_it if len(with_it) <= len(without_it) else without_it


def _greedy_cover(edges: Mapping[int, set[int]]) -> set[int]:
    left = {i: set(others) for i, others in edges.items()}
    chosen: set[int] = set()
    while True:
        busiest = max(left, key=lambda i: (len(left[i]), i), default=-1)
        if busiest < 0 or not left[busiest]:
            return chosen
        chosen.add(busiest)
        for other in left[busiest]:
            left[other].discard(busiest)
        left[busiest] = set()


def _without(edges: Mapping[int, set[int]], gone: set[int]) -> dict[int, set[int]]:
    return {i: others - gone for i, others in edges.items() if i not in gone}


def _widened(
    moved: Sequence[int], near: _Near, wanted: Sequence[int], is_fixed: Sequence[bool]
) -> list[list[int]]:
    """Groups to recolour, the smallest first: those that must, with one neighbour, with all."""
    free = sorted({j for i in moved for j in near[i] if not is_fixed[j]} - set(moved))
    everyone = [i for i in range(len(wanted)) if not is_fixed[i]]
    singles = [sorted({*moved, other}) for other in free]
    return [list(moved), *singles, sorted({*moved, *free}), everyone]


def _preferences(wanted: Sequence[int]) -> list[list[int]]:
    """Per wanted colour the others in the order to try them: the least wanted first.

    It depends on what the plan says alone, so that an edit elsewhere changes no colour.
    """
    count = [0] * PALETTE_SIZE
    for color in wanted:
        count[color] += 1
    return [
        sorted(
            range(PALETTE_SIZE),
            key=lambda color: (color == own, count[color], (color - own) % PALETTE_SIZE),
        )
        for own in range(PALETTE_SIZE)
    ]


def _recolored(
    group: Sequence[int], near: _Near, wanted: Sequence[int], budget: "_Budget"
) -> list[int] | None:
    """All colours with those of the group chosen anew; None where that is not possible."""
    colors = list(wanted)
    for position in group:
        colors[position] = -1
    order = _preferences(wanted)

    def take(position: int, shared: Sequence[int]) -> int:
        return next((c for c in order[wanted[position]] if not shared[c]), -1)

    quick = list(colors)
    budget.spend(len(group))
    if _color_in_turn(group, near, quick, take):
        return quick
    search = _Search(near, colors, (wanted, order), budget)
    return colors if search.run(frozenset(group)) else None


class _Budget:
    """How much all searches together may still look at."""

    def __init__(self, looks: int) -> None:
        self._left = looks

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left."""
        return self._left <= 0

    def spend(self, looks: int) -> None:
        """Take some of it."""
        self._left -= looks


class _Search:
    """Tries the colours of a group of territories with going back.

    Args:
        near: The neighbours of each.
        colors: Of all; those of the group are -1, and set where the search succeeds.
        wishes: The colours as wanted, and the others in the order to try them.
        budget: Shared with other searches.
    """

    def __init__(
        self,
        near: _Near,
        colors: list[int],
        wishes: tuple[Sequence[int], Sequence[list[int]]],
        budget: _Budget,
    ) -> None:
        self._near = near
        self._colors = colors
        self._wanted, self._order = wishes
        self._budget = budget

    def run(self, group: frozenset[int]) -> bool:
        """Whether the group could be coloured; the colours are set then."""
        if not group:
            return True
        if len(group) > PALETTE_SIZE * 40:
            return False  # as deep as calls may nest
        self._budget.spend(len(group))
        taken = {i: {self._colors[j] for j in self._near[i]} - {-1} for i in group}
        position = max(group, key=lambda i: (len(taken[i]), len(self._near[i]), -i))
        for color in self._order[self._wanted[position]]:
            if self._budget.is_spent:
                break
            if color in taken[position]:
                continue
            self._colors[position] = color
            if self.run(group - {position}):
                return True
        self._colors[position] = -1
        return False


def _with_shortest_shared(moved: Sequence[int], near: _Near, wanted: Sequence[int]) -> list[int]:
    colors = list(wanted)
    for position in moved:
        colors[position] = -1
    order = _preferences(wanted)

    def take(position: int, shared: Sequence[int]) -> int:
        return min(order[wanted[position]], key=lambda color: shared[color])

    _color_in_turn(moved, near, colors, take)
    return colors


def _color_in_turn(todo: Sequence[int], near: _Near, colors: list[int], take: _Take) -> bool:
    """Colour the most constrained one first; False as soon as there is no colour for one."""
    shared = {i: [0] * PALETTE_SIZE for i in todo}
    for position in todo:
        for other, border in near[position].items():
            if colors[other] >= 0:
                shared[position][colors[other]] += border

    def urgency(i: int) -> tuple[int, int, int]:
        """Smallest where the most colours are taken around a territory."""
        return (shared[i].count(0) - PALETTE_SIZE, -len(near[i]), i)

    left = set(todo)
    waiting = [urgency(i) for i in todo]
    heapq.heapify(waiting)
    while waiting:
        entry = heapq.heappop(waiting)
        position = entry[-1]
        if position not in left or entry != urgency(position):
            continue  # coloured already, or more urgent meanwhile and in the heap a second time
        color = take(position, shared[position])
        if color < 0:
            return False
        colors[position] = color
        left.remove(position)
        for other, border in near[position].items():
            if other in left:
                shared[other][color] += border
                heapq.heappush(waiting, urgency(other))
    return True
