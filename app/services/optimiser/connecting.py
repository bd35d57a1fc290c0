# SPDX-License-Identifier: MIT
"""Makes every territory connected and not empty, with locked units where they are."""

from collections import deque

import numpy as np

from app.models.errors import EditRejected
from app.services.optimiser.graphs import parts_of
from app.services.optimiser.kernel_library import Floats, Ints, kernel, pointer
from app.services.optimiser.prepared import Prepared
from app.services.optimiser.sums import summed


def centers_of(prepared: Prepared, plan: Ints) -> tuple[Floats, Floats]:
    """Weighted centroids of the territories in the kernel's kilometres; 0, 0 for empty ones."""
    arrays, count = prepared.arrays, prepared.problem.wanted.count
    held = plan >= 0
    mass = summed(plan[held], arrays["mass"][held], count)
    sums = [
        summed(plan[held], (arrays["mass"] * arrays[axis])[held], count)
        for axis in ("x_km", "y_km")
    ]
    mass = np.where(mass > 0.0, mass, 1.0)
    return sums[0] / mass, sums[1] / mass


def connected(prepared: Prepared, plan: Ints, price: Floats | None = None) -> Ints:
    """The plan with connected territories, none empty, and every unit given out.

    The main part of each territory stays, the one with most mass. What is
    not joined to it goes to the neighbour with the nearest centre. Locked units away from the main
    part are joined to it along the shortest way.

    Args:
        prepared: The question.
        plan: n territories, or -1.
        price: km² that a territory's squared distances are lowered by; None for none.

    Raises:
        EditRejected: A territory cannot be connected, or no territory reaches some unit.
    """
    arrays = prepared.arrays
    plan = np.ascontiguousarray(plan, dtype=np.int32).copy()
    locked = arrays["is_locked"] > 0
    plan[locked] = arrays["today"][locked]
    center_x, center_y = centers_of(prepared, plan)
    prices = np.zeros(len(center_x)) if price is None else price
    fixed = locked.copy()
    for _ in range(prepared.problem.wanted.count + 1):
        _fill(prepared, plan, fixed, (center_x, center_y, prices))
        if not locked.any() or not _join_strays(prepared, plan, fixed):
            break
    _check_connected(prepared, plan)
    return plan


def _fill(
    prepared: Prepared, plan: Ints, fixed: np.ndarray, places: tuple[Floats, Floats, Floats]
) -> None:
    arrays = prepared.arrays
    is_fixed = np.ascontiguousarray(fixed, dtype=np.uint8)
    is_loose = np.ascontiguousarray(arrays["is_loose"], dtype=np.uint8)
    given = [
        *(arrays[name] for name in ("first", "neighbor", "x_km", "y_km", "mass")),
        *(np.ascontiguousarray(each) for each in places),
        *(arrays["region"], arrays["region_of"], is_fixed, is_loose, plan),
    ]
    left = kernel().ev_connect(len(plan), len(places[0]), *(pointer(each) for each in given))
    if left < 0:
        raise MemoryError
    if left:
        unit = int(np.nonzero(plan < 0)[0][0])
        raise EditRejected(
            f"No territory can reach {prepared.problem.units.name(unit)}.",
            meaning="Nothing was changed.",
            remedy="Unlock an area beside it, or add a territory to its region.",
        )


def _join_strays(prepared: Prepared, plan: Ints, fixed: np.ndarray) -> bool:
    """Leads a way from a stray part to the main part of each torn territory; whether any was."""
    loose = prepared.arrays["is_loose"] > 0
    part = parts_of(prepared.graph, plan)
    changed = False
    for territory in range(prepared.problem.wanted.count):
        own = np.nonzero(plan == territory)[0].astype(np.int32)
        parts = np.unique(part[own])
        if len(parts) < 2 or loose[territory]:
            continue
        masses = summed(part[own], prepared.arrays["mass"][own], int(part.max()) + 1)
        main = int(masses.argmax())
        way = _way(prepared, plan, fixed, (territory, own[part[own] == main], own))
        plan[way] = territory
        fixed[way] = True
        changed = True
    return changed


def _way(
    prepared: Prepared, plan: Ints, fixed: np.ndarray, ends: tuple[int, Ints, Ints]
) -> list[int]:
    """The shortest way from a territory's main part to another part of it, past fixed units."""
    territory, main, own = ends
    first, neighbor = prepared.graph.first, prepared.graph.neighbor
    region = prepared.arrays["region"]
    goals = set(own.tolist()) - set(main.tolist())
    before = dict.fromkeys(main.tolist(), -1)
    walk = deque(main.tolist())
    while walk:
        unit = walk.popleft()
        if unit in goals:
            way: list[int] = []
            while before[unit] >= 0:
                way.append(unit)
                unit = before[unit]
            return way
        for other in neighbor[first[unit] : first[unit + 1]].tolist():
            blocked = fixed[other] and plan[other] != territory
            if other not in before and not blocked and region[other] == region[unit]:
                before[other] = unit
                walk.append(other)
    raise _torn(prepared, territory)


def _check_connected(prepared: Prepared, plan: Ints) -> None:
    part = parts_of(prepared.graph, plan)
    count = prepared.problem.wanted.count
    pieces = np.bincount(plan[np.unique(part, return_index=True)[1]], minlength=count)
    loose = prepared.arrays["is_loose"] > 0
    torn = np.nonzero((pieces > 1) & ~loose)[0]
    if len(torn):
        raise _torn(prepared, int(torn[0]))
    if (pieces == 0).any():
        number = int(np.nonzero(pieces == 0)[0][0]) + 1
        raise EditRejected(
            f"No area is left for territory {number}.",
            meaning="Nothing was changed.",
            remedy="Unlock some areas, or ask for fewer territories.",
        )


def _torn(prepared: Prepared, territory: int) -> EditRejected:
    held = np.nonzero((prepared.arrays["is_locked"] > 0) & (prepared.arrays["today"] == territory))[
        0
    ]
    name = prepared.problem.units.name(int(held[0])) if len(held) else f"number {territory + 1}"
    return EditRejected(
        f"The territory with {name} cannot be connected: locked areas of others are in between.",
        meaning="Nothing was changed.",
        remedy="Unlock some of them, or allow the territory to be in pieces.",
    )
