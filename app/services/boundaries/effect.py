# SPDX-License-Identifier: MIT
"""What a new layer of exact areas would mean for a plan: accounts and assignments that move."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId
from app.services.account_table import AccountTable
from app.services.boundaries.prepared import PreparedLayer
from app.services.boundaries.vintage import NamedAreas, VintageReport, compared
from app.services.geography.geography import Geography
from app.services.geography.locating import AreaIndex
from app.services.geography.packed import to_polygons

TextArray = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class PlanEffect:
    """What would be different in a plan.

    Attributes:
        assigned: Assigned areas of the level.
        assigned_gone: Of these, how many have a code that the new layer lacks.
        accounts: Accounts with a place.
        accounts_elsewhere: Of these, how many lie in an area with another code than today.
        accounts_nowhere: Of these, how many lie in no area of the new layer.
    """

    assigned: int
    assigned_gone: int
    accounts: int
    accounts_elsewhere: int
    accounts_nowhere: int


def areas_of_level(geography: Geography, level: GeoLevel) -> NamedAreas:
    """The areas that the plan has at a level, as they are compared with new ones."""
    layer = geography.layer(level)
    codes: list[str] = layer.codes.tolist()
    bounds = layer.bounds.astype(np.float64)
    return NamedAreas(codes, layer.names, bounds, geography.view(level).packed())


def vintage_of(prepared: PreparedLayer, geography: Geography, level: GeoLevel) -> VintageReport:
    """What becomes of the areas of a level in a new layer."""
    new = NamedAreas(
        prepared.codes, prepared.names, prepared.bounds.astype(np.float64), prepared.polygons
    )
    return compared(areas_of_level(geography, level), new)


def plan_effect(
    prepared: PreparedLayer,
    level: GeoLevel,
    geography: Geography,
    accounts: AccountTable,
    assigned: Sequence[GeoUnitId],
) -> PlanEffect:
    """What would be different in a plan.

    Args:
        assigned: Everything that territories of the scenario hold, of any level.
    """
    prefix = f"{level.value}:"
    own = [geounit.removeprefix(prefix) for geounit in assigned if geounit.startswith(prefix)]
    known = set(prepared.codes)
    rows = np.flatnonzero(np.isfinite(accounts.lon) & np.isfinite(accounts.lat))
    polygons, feature = to_polygons(prepared.polygons)
    found = AreaIndex(polygons, feature).features_at(accounts.lon[rows], accounts.lat[rows])
    codes_now = geography.layer(level).code_texts[accounts.unit_index[level][rows]]
    codes_then = np.array([*prepared.codes, ""], dtype=np.object_)[found]
    lies = found >= 0
    return PlanEffect(
        assigned=len(own),
        assigned_gone=sum(1 for code in own if code not in known),
        accounts=len(rows),
        accounts_elsewhere=int((lies & (codes_now != codes_then)).sum()),
        accounts_nowhere=int((~lies & (codes_now != "")).sum()),
    )
