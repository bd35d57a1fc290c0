# SPDX-License-Identifier: MIT
"""Small questions for the optimiser, and the real ones beside the project."""

from collections import deque

import numpy as np

from app.services.optimiser.graphs import graph_of, pairs_of
from app.services.optimiser.kernel_library import Ints
from app.services.optimiser.problem import UnitGraph, Units
from tests.helpers.shared import SHARED


def grid(width: int, height: int, seed: int = 0) -> tuple[Units, UnitGraph]:
    """Squares of 10 km with loads from 1 to 9; neighbours share a side of 10 km."""
    random = np.random.default_rng(seed)
    number = np.arange(width * height, dtype=np.int32).reshape(height, width)
    pairs = np.concatenate(
        [
            np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()], axis=1),
            np.stack([number[:-1].ravel(), number[1:].ravel()], axis=1),
        ]
    )
    loads = random.integers(1, 10, (width * height, 1)).astype(np.float64)
    x = np.tile(10.0 * np.arange(width, dtype=np.float64), height)
    y = np.repeat(np.arange(height, dtype=np.float64) * 10.0, width)
    return Units(x, y, loads), graph_of(width * height, pairs, np.full(len(pairs), 10.0))


def real(name: str, *, by_root: bool = False) -> tuple[Units, UnitGraph]:
    """An instance of the shared folder, by population or its square root."""
    with np.load(SHARED / "instances" / f"{name}.npz", allow_pickle=True) as found:
        people = found["pop_fixed" if "pop_fixed" in found else "pop"].astype(np.float64)
        edges = found["edges"]
        km = found["perim"] / 1000.0 if "perim" in found else np.ones(len(edges))
        x, y = found["x"] / 1000.0, found["y"] / 1000.0
    weight = np.sqrt(people) if by_root else people
    units = Units(x, y, np.ascontiguousarray(weight[:, None]))
    return units, graph_of(len(x), edges, km)


def is_connected(graph: UnitGraph, plan: Ints, territory: int) -> bool:
    """By a plain walk over the pairs, as an oracle."""
    touching: dict[int, set[int]] = {}
    for a, b in pairs_of(graph)[0].tolist():
        touching.setdefault(a, set()).add(b)
        touching.setdefault(b, set()).add(a)
    own = set(np.nonzero(plan == territory)[0].tolist())
    if not own:
        return False
    walk = deque([min(own)])
    seen = {min(own)}
    while walk:
        for other in touching.get(walk.popleft(), set()) & own - seen:
            seen.add(other)
            walk.append(other)
    return seen == own
