# SPDX-License-Identifier: MIT
"""What METIS and GerryChain make of an instance; run by a Python that has them, never by Evenfield.

    python optimiser_peers.py INSTANCE.npz TERRITORIES TOLERANCE gerrychain?

The instance has edges, km, weight, x, y. Prints one JSON object: per peer the territory of each
unit and the seconds it took.
"""

import json
import random
import sys
import time
from importlib import import_module
from typing import Any

import numpy as np


def main(path: str, territories: int, tolerance: float, *, with_gerrychain: bool) -> None:
    """Runs the peers on one instance."""
    with np.load(path) as found:
        data = {name: found[name] for name in found}
    result = {
        "metis": _timed(_metis, data, territories, tolerance, by_km=False),
        "metis_km": _timed(_metis, data, territories, tolerance, by_km=True),
    }
    if with_gerrychain:
        result["gerrychain"] = _timed(_gerrychain, data, territories, tolerance)
    sys.stdout.write(json.dumps(result) + "\n")


def _timed(work: Any, *words: Any, **options: Any) -> dict[str, Any]:  # noqa: ANN401
    start = time.perf_counter()
    plan = work(*words, **options)
    return {"plan": plan, "s": time.perf_counter() - start}


def _metis(data: dict[str, Any], territories: int, tolerance: float, *, by_km: bool) -> list[int]:
    """Connected parts, with the fewest cut edges or the least cut km."""
    pymetis: Any = import_module("pymetis")
    edges, count = data["edges"], len(data["weight"])
    km = np.maximum(1, np.round(data["km"])).astype(int)
    around: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for (a, b), length in zip(edges.tolist(), km.tolist(), strict=True):
        around[a].append((b, length))
        around[b].append((a, length))
    first = np.concatenate([[0], np.cumsum([len(each) for each in around])]).tolist()
    scale = 1e6 / float(data["weight"].max())
    weights = np.maximum(1, data["weight"] * scale).astype(int)
    plans = [
        pymetis.part_graph(
            territories,
            xadj=first,
            adjncy=[other for each in around for other, _ in each],
            vweights=weights.tolist(),
            eweights=[length for each in around for _, length in each] if by_km else None,
            options=pymetis.Options(contig=1, ufactor=int(tolerance * slack), seed=seed),
            recursive=False,
        )[1]
        for seed in range(5)
        for slack in (200, 600, 1000)
    ]
    lengths = np.asarray(km if by_km else np.ones(len(edges)))

    def rank(plan: list[int]) -> tuple[float, float]:
        loads = np.bincount(np.array(plan), weights, territories)
        over = float(np.abs(loads / loads.mean() - 1.0).max()) - tolerance
        held = np.array(plan)[edges]
        return max(0.0, over), float(lengths[held[:, 0] != held[:, 1]].sum())

    # METIS often misses its own balance; the best of several runs is shown.
    return list(min(plans, key=rank))


def _gerrychain(data: dict[str, Any], territories: int, tolerance: float) -> list[int]:
    """A random tree, cut again and again where the load is right."""
    gerrychain: Any = import_module("gerrychain")
    tree: Any = import_module("gerrychain.tree")
    random.seed(1)
    graph: Any = import_module("networkx").Graph()
    for unit, weight in enumerate(data["weight"].tolist()):
        graph.add_node(unit, load=weight)
    graph.add_edges_from(data["edges"].tolist())
    ideal = float(data["weight"].sum()) / territories
    held = tree.recursive_tree_part(
        gerrychain.Graph.from_networkx(graph), range(territories), ideal, "load", tolerance
    )
    return [held[unit] for unit in range(len(data["weight"]))]


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), with_gerrychain=len(sys.argv) > 4)
