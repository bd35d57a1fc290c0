# SPDX-License-Identifier: MIT
"""Which areas of the source make up each state."""

from collections import defaultdict

import numpy as np
import shapely

from evengeo.state_codes import StateCodes, is_town_in_county
from evengeo.state_tables import OUTLYING, STATE_COUNTS
from evengeo.topology import arc_owners
from evengeo.world_source import World, WorldArea


def owners_by_code(world: World, codes: StateCodes) -> dict[str, list[WorldArea]]:
    """Per state code its areas.

    Islets without a name and far islands go to the nearest state of their country; a town that is
    a county of its own goes to the county around it.

    Raises:
        ValueError: An area belongs to no state, or a country has another number of states than
            expected.
    """
    owners: dict[str, list[WorldArea]] = defaultdict(list)
    open_areas: list[WorldArea] = []
    for area in world.areas:
        code = "" if is_town_in_county(area) else codes.code(area)
        if code:
            owners[code].append(area)
        elif area.country in STATE_COUNTS:
            open_areas.append(area)
    _check(owners, open_areas)
    _join_open(world, owners, open_areas)
    return dict(owners)


def _check(owners: dict[str, list[WorldArea]], open_areas: list[WorldArea]) -> None:
    lost = sorted(
        f"{area.country} {area.name}"
        for area in open_areas
        if area.name and area.name not in OUTLYING and not is_town_in_county(area)
    )
    found = {c: sum(code.startswith(f"{c}-") for code in owners) for c in STATE_COUNTS}
    wrong = {c: n for c, n in found.items() if n != STATE_COUNTS[c]}
    if lost or wrong:
        message = f"areas without a state: {lost}; countries with another number: {wrong}"
        raise ValueError(message)


def _join_open(
    world: World, owners: dict[str, list[WorldArea]], open_areas: list[WorldArea]
) -> None:
    polygons = {
        code: shapely.union_all([world.topology.polygon(a.feature) for a in members])
        for code, members in owners.items()
        if code[:2] in {area.country for area in open_areas}
    }
    joined: list[tuple[str, WorldArea]] = []
    for area in open_areas:
        listed = [code for code in sorted(polygons) if code.startswith(f"{area.country}-")]
        shared = [_shared_length(world, area, owners[code]) for code in listed]
        if max(shared) > 0.0:
            joined.append((listed[int(np.argmax(shared))], area))
            continue
        shape = world.topology.polygon(area.feature)
        away = [float(shapely.distance(shape, polygons[code])) for code in listed]
        joined.append((listed[int(np.argmin(away))], area))
    for code, area in joined:
        owners[code].append(area)


def _shared_length(world: World, area: WorldArea, members: list[WorldArea]) -> float:
    """Length of the common border in degrees, which only serves to compare."""
    sets = [area.feature.arcs(), {a for m in members for a in m.feature.arcs()}]
    shared = [arc for arc, who in arc_owners(sets).items() if len(who) > 1]
    lines = [world.topology.arcs[arc] for arc in shared]
    return float(sum(np.linalg.norm(np.diff(line, axis=0), axis=1).sum() for line in lines))
