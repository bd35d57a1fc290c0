# SPDX-License-Identifier: MIT
"""Filling the unassigned areas that a territory encloses."""

from collections import defaultdict

import numpy as np

from app.models.edit_effect import Move
from app.models.ids import GeoUnitId, TerritoryId
from app.services.commands import Reassign
from app.services.faults.regions import holes
from app.services.workspace import Workspace


def fill_holes(workspace: Workspace, territory: TerritoryId | None = None) -> Reassign | None:
    """The edit that gives each enclosed unassigned area to the territory around it.

    Args:
        workspace: The open plan.
        territory: Fill the holes of this one only; None for all.

    Returns:
        One edit, one step to undo; None where there is no hole. Holes in locked territories stay.
    """
    plan = workspace.connections.graph
    units: dict[TerritoryId, list[GeoUnitId]] = defaultdict(list)
    count = 0
    for hole in holes(plan):
        around = workspace.territories[hole.around]
        if around.is_locked or (territory is not None and around.id != territory):
            continue
        count += 1
        units[around.id] += plan.graph.geounits(np.sort(hole.nodes))
    if not count:
        return None
    moves = tuple(Move(tuple(inside), around) for around, inside in sorted(units.items()))
    return Reassign(moves, f"Fill {count} hole{'' if count == 1 else 's'}")
