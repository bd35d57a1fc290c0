# SPDX-License-Identifier: MIT
"""Graphs of units: from pairs of neighbours, joined over water, with groups made one unit."""

import numpy as np

from app.services.optimiser.kernel_library import Floats, Ints, kernel, pointer
from app.services.optimiser.problem import Flags, UnitGraph, Units
from app.services.optimiser.sums import summed


def graph_of(units: int, pairs: Ints, border_km: Floats, is_link: Flags | None = None) -> UnitGraph:
    """The graph with these borders.

    Args:
        units: n.
        pairs: p x 2 units, each pair once, in any order.
        border_km: Length p.
        is_link: Length p; None where all are borders.
    """
    links = np.zeros(len(pairs), dtype=np.bool_) if is_link is None else is_link
    source = np.concatenate([pairs[:, 0], pairs[:, 1]])
    target = np.concatenate([pairs[:, 1], pairs[:, 0]])
    order = np.lexsort((target, source))
    first = np.zeros(units + 1, dtype=np.int32)
    np.cumsum(np.bincount(source, minlength=units), out=first[1:])
    return UnitGraph(
        first=first,
        neighbor=np.ascontiguousarray(target[order], dtype=np.int32),
        border_km=np.ascontiguousarray(np.tile(border_km, 2)[order], dtype=np.float64),
        is_link=np.tile(links, 2)[order],
    )


def pairs_of(graph: UnitGraph) -> tuple[Ints, Floats, Flags]:
    """The pairs of a graph, smaller unit first, with border lengths and whether it is a link."""
    source = np.repeat(np.arange(len(graph.first) - 1, dtype=np.int32), np.diff(graph.first))
    once = source < graph.neighbor
    pairs = np.stack([source[once], graph.neighbor[once]], axis=1)
    return pairs, graph.border_km[once], graph.is_link[once]


def parts_of(graph: UnitGraph, label: Ints) -> Ints:
    """Connected parts of units with the same label, numbered by their first unit.

    Args:
        graph: n units.
        label: Length n; a walk never goes from one label to another.

    Returns:
        Length n, part of each unit.
    """
    part = np.empty(len(graph.first) - 1, dtype=np.int32)
    labels = np.ascontiguousarray(label, dtype=np.int32)
    given = (graph.first, graph.neighbor, labels, part)
    if kernel().ev_parts(len(part), *(pointer(each) for each in given)) < 0:
        raise MemoryError
    return part


def joined(units: Units, graph: UnitGraph, label: Ints) -> UnitGraph:
    """The graph with links over the shortest gaps, so that the units of each label are one part.

    Parts are joined one after the other, smallest first, to the nearest unit of their label;
    the links are flagged and have no border length.

    Args:
        units: n.
        graph: n units.
        label: Length n: the region of each.
    """
    part = parts_of(graph, label)
    pairs, border_km, is_link = pairs_of(graph)
    added: list[tuple[int, int]] = []
    for region in np.unique(label):
        members = np.nonzero(label == region)[0].astype(np.int32)
        sizes = np.bincount(part[members])
        waiting = [p for p in np.argsort(sizes, kind="stable").tolist() if sizes[p]]
        part_now = part.copy()
        for small in waiting[:-1]:
            own = members[part_now[members] == part_now[members[part[members] == small][0]]]
            rest = members[part_now[members] != part_now[own[0]]]
            if len(rest):
                a, b = _nearest_pair(units, own, rest)
                added.append((min(a, b), max(a, b)))
                part_now[part_now == part_now[a]] = part_now[b]
    if not added:
        return graph
    return graph_of(
        units.count,
        np.concatenate([pairs, np.array(added, dtype=np.int32)]),
        np.concatenate([border_km, np.zeros(len(added))]),
        np.concatenate([is_link, np.ones(len(added), dtype=np.bool_)]),
    )


def _nearest_pair(units: Units, own: Ints, rest: Ints) -> tuple[int, int]:
    best, pair = np.inf, (-1, -1)
    for unit in own.tolist():
        square = (units.x_km[rest] - units.x_km[unit]) ** 2
        square += (units.y_km[rest] - units.y_km[unit]) ** 2
        nearest = int(square.argmin())
        if square[nearest] < best:
            best, pair = float(square[nearest]), (unit, int(rest[nearest]))
    return pair


def merged(units: Units, graph: UnitGraph, group: Ints) -> tuple[Units, UnitGraph]:
    """The units with each group made one, for what must stay together.

    Args:
        units: n.
        graph: n units.
        group: Length n, numbers 0 to g - 1, each used.

    Returns:
        g units at the centres of their members, weighted by the first measure, and their graph.
    """
    count = int(group.max()) + 1
    weight = units.loads[:, 0] + 1e-9 * (units.loads[:, 0].max(initial=0.0) + 1.0)
    total = summed(group, weight, count)
    loads = np.stack([summed(group, column, count) for column in units.loads.T], axis=1)
    names = (
        {} if not units.names else dict(zip(group.tolist()[::-1], units.names[::-1], strict=True))
    )
    together = Units(
        summed(group, weight * units.x_km, count) / total,
        summed(group, weight * units.y_km, count) / total,
        np.ascontiguousarray(loads),
        tuple(names[g] for g in range(count)) if names else (),
        units.measures,
    )
    pairs, border_km, is_link = pairs_of(graph)
    lifted = np.sort(group[pairs], axis=1)
    crosses = lifted[:, 0] != lifted[:, 1]
    keys, position = np.unique(lifted[crosses], axis=0, return_inverse=True)
    position = position.reshape(-1)
    borders = summed(position, border_km[crosses], len(keys))
    only_links = summed(position, ~is_link[crosses], len(keys)) == 0
    return together, graph_of(count, keys.astype(np.int32), borders, only_links)
