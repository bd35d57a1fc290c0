# SPDX-License-Identifier: MIT
"""Connected components and articulation points of any undirected graph, on arrays."""

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]


def component_labels(count: int, ends: tuple[IntArray, IntArray]) -> IntArray:
    """Per node the smallest node of its connected component.

    Args:
        count: Number of nodes.
        ends: The edges: two arrays of nodes, in any order, repeated or not.

    Source: hooking of roots to smaller ones and pointer jumping (Shiloach and Vishkin 1982). Each
    round leaves at most half of the roots that still have an open edge.
    """
    label = np.arange(count, dtype=np.int32)
    a, b = ends
    while True:
        root_a, root_b = label[a], label[b]
        is_open = root_a != root_b
        if not is_open.any():
            return label
        a, b = root_a[is_open], root_b[is_open]
        np.minimum.at(label, np.maximum(a, b), np.minimum(a, b))
        while True:
            jumped = label[label]
            if np.array_equal(jumped, label):
                break
            label = jumped


def articulation_points(count: int, ends: tuple[IntArray, IntArray]) -> BoolArray:
    """Per node whether its component would fall apart without it.

    Args:
        count: Number of nodes.
        ends: The edges: two arrays of nodes.

    Source: Hopcroft and Tarjan 1973, without recursion.
    """
    neighbors, start = adjacency(count, ends)
    entered = [-1] * count
    lowest = [0] * count
    result = np.zeros(count, dtype=np.bool_)
    clock = 0
    for root in range(count):
        if entered[root] >= 0:
            continue
        entered[root] = lowest[root] = clock
        clock += 1
        children_of_root = 0
        path, parents, cursors = [root], [-1], [start[root]]
        while path:
            node = path[-1]
            at = cursors[-1]
            if at < start[node + 1]:
                cursors[-1] = at + 1
                other = neighbors[at]
                if entered[other] < 0:
                    entered[other] = lowest[other] = clock
                    clock += 1
                    path.append(other)
                    parents.append(node)
                    cursors.append(start[other])
                elif other != parents[-1]:
                    lowest[node] = min(lowest[node], entered[other])
                continue
            path.pop()
            cursors.pop()
            parent = parents.pop()
            if parent < 0:
                continue
            lowest[parent] = min(lowest[parent], lowest[node])
            if parent == root:
                children_of_root += 1
            elif lowest[node] >= entered[parent]:
                result[parent] = True
        result[root] = children_of_root > 1
    return result


def adjacency(count: int, ends: tuple[IntArray, IntArray]) -> tuple[list[int], list[int]]:
    """The neighbours of all nodes in one list, and per node where its own begin.

    As plain lists: walking them node by node is several times as quick as with arrays.
    """
    source = np.concatenate(ends)
    target = np.concatenate((ends[1], ends[0]))
    order = np.argsort(source, kind="stable")
    start = np.concatenate(([0], np.cumsum(np.bincount(source, minlength=count))))
    return target[order].tolist(), start.tolist()
