# SPDX-License-Identifier: MIT
"""Components and articulation points, against walking the graph by hand."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.services.contiguity.labeling import adjacency, articulation_points, component_labels
from app.services.contiguity.paths import cheapest_path

Graph = tuple[int, list[tuple[int, int]]]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    """Up to 14 nodes and any edges between different ones, some of them twice."""
    count = draw(st.integers(1, 14))
    node = st.integers(0, count - 1)
    edges = draw(st.lists(st.tuples(node, node).filter(lambda edge: edge[0] != edge[1])))
    return count, edges


def ends_of(edges: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """The edges as two arrays."""
    array = np.array(edges, dtype=np.int32).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def walk(count: int, edges: list[tuple[int, int]], without: int = -1) -> list[int]:
    """The oracle: per node the smallest node that can be reached, -1 for the one left out."""
    label = [-1] * count
    for start in range(count):
        if label[start] >= 0 or start == without:
            continue
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if label[node] >= 0 or node == without:
                continue
            label[node] = start
            waiting += [b if a == node else a for a, b in edges if node in (a, b)]
    return label


@given(graphs())
def test_a_label_is_the_smallest_node_that_can_be_reached(graph: Graph) -> None:
    count, edges = graph
    assert component_labels(count, ends_of(edges)).tolist() == walk(count, edges)


def test_a_long_chain_is_one_component() -> None:
    order = np.random.default_rng(3).permutation(5_000).astype(np.int32)
    assert not component_labels(5_000, (order[:-1], order[1:])).any()


@given(graphs())
def test_a_node_articulates_if_its_component_falls_apart_without_it(graph: Graph) -> None:
    count, edges = graph
    before = len(set(walk(count, edges)))
    found = articulation_points(count, ends_of(edges)).tolist()
    for node in range(count):
        is_alone = not any(node in edge for edge in edges)
        after = len(set(walk(count, edges, without=node)) - {-1})
        assert found[node] == (after > before - is_alone)


@given(graphs())
def test_adjacency_lists_each_edge_at_both_ends(graph: Graph) -> None:
    count, edges = graph
    neighbors, start = adjacency(count, ends_of(edges))
    for node in range(count):
        wanted = sorted([b for a, b in edges if a == node] + [a for a, b in edges if b == node])
        assert sorted(neighbors[start[node] : start[node + 1]]) == wanted


@given(graphs(), st.data())
def test_the_cheapest_path_costs_as_little_as_any_simple_path(
    graph: Graph, data: st.DataObject
) -> None:
    count, edges = graph
    cost = data.draw(st.lists(st.integers(0, 4), min_size=count, max_size=count))
    passable = data.draw(st.lists(st.booleans(), min_size=count, max_size=count))
    source, target = 0, count - 1
    if source == target:
        return
    found = cheapest_path(
        ends_of(edges), np.array(cost, float), np.array(passable), [source], [target]
    )
    best = _cheapest_by_trying(edges, cost, passable, source, target)
    if best is None:
        assert found is None
        return
    assert found is not None
    assert (sum(cost[node] for node in found), len(found)) == best
    assert all(passable[node] for node in found)
    way = [source, *found, target]
    pairs = {frozenset(edge) for edge in edges}
    assert all(frozenset(step) in pairs for step in pairwise(way))


def _cheapest_by_trying(
    edges: list[tuple[int, int]], cost: list[int], passable: list[bool], source: int, target: int
) -> tuple[int, int] | None:
    """The oracle: rounds of relaxing every edge until nothing gets cheaper (Bellman and Ford)."""
    best: dict[int, tuple[int, int]] = {source: (0, 0)}
    changed = True
    while changed:
        changed = False
        for a, b in [*edges, *((b, a) for a, b in edges)]:
            if a not in best or a == target or not (passable[b] or b == target):
                continue
            spent, steps = best[a]
            reached = (spent, steps) if b == target else (spent + cost[b], steps + 1)
            if b not in best or reached < best[b]:
                best[b], changed = reached, True
    return best.get(target)
