# SPDX-License-Identifier: MIT
"""Splitting a territory by a line that is drawn across it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.errors import EditRejected
from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import GeoUnitId, TerritoryId
from app.services.commands import SplitTerritory
from app.services.contiguity.graph import UnitGraph
from app.services.workspace import Workspace

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]

_UNCHANGED = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class LineSplit:
    """The two sides of a territory.

    Attributes:
        units: What the new territory would get: the side with less of the main measure, the right
            one where both are equal.
        rest: What the territory would keep.
        account_count, value: Accounts in the units, and their sum of the main measure.
        rest_account_count, rest_value: The same of the rest.
    """

    territory_id: TerritoryId
    units: tuple[GeoUnitId, ...]
    rest: tuple[GeoUnitId, ...]
    account_count: int
    value: float
    rest_account_count: int
    rest_value: float

    def command(self, name: str) -> SplitTerritory:
        """The edit that makes a territory of the units."""
        return SplitTerritory(self.territory_id, self.units, name)


def split_by_line(
    workspace: Workspace,
    territory: TerritoryId,
    line: Sequence[tuple[float, float]],
    level: GeoLevel | None = None,
) -> LineSplit:
    """The two sides of a territory along a line; nothing is written.

    A unit is on the side on which its label point lies. The line goes on straight beyond its ends,
    so it need not reach across the whole territory.

    Args:
        workspace: The open plan.
        territory: Which to split.
        line: Longitude and latitude in degrees, in the order in which it was drawn.
        level: Divide the territory's units of coarser levels into units of this level; None keeps
            them whole.

    Raises:
        EditRejected: The line has no length, or all units lie on one side of it.
    """
    points = np.array(line, dtype=np.float64).reshape(-1, 2)
    kept = np.append(True, (np.abs(np.diff(points, axis=0)) > 0).any(axis=1))
    if kept.sum() < 2:
        message = "A line needs two points that are apart."
        raise EditRejected(message, meaning=_UNCHANGED, remedy="Draw across the territory.")
    plan = workspace.connections.graph
    position = workspace.state.position_by_territory[territory]
    numbers = _units_at(plan.graph, plan.graph.unit[plan.owner == position], level)
    lon, lat = plan.graph.borders.label_points()
    is_right = is_right_of(points[kept], lon[numbers], lat[numbers])
    counts, values = _sums(workspace, plan.graph, numbers)
    name = workspace.territory(territory).name
    if is_right.all() or not is_right.any():
        message = f"All areas of {name} lie on one side of this line."
        remedy = "Draw the line between the areas that are to be parted."
        raise EditRejected(message, meaning=_UNCHANGED, remedy=remedy)
    new = is_right if values[is_right].sum() <= values[~is_right].sum() else ~is_right
    return LineSplit(
        territory_id=territory,
        units=plan.graph.borders.geounits(numbers[new]),
        rest=plan.graph.borders.geounits(numbers[~new]),
        account_count=int(counts[new].sum()),
        value=float(values[new].sum()),
        rest_account_count=int(counts[~new].sum()),
        rest_value=float(values[~new].sum()),
    )


def is_right_of(line: FloatArray, lon: FloatArray, lat: FloatArray) -> npt.NDArray[np.bool_]:
    """Per point whether it lies to the right of a line, seen in the direction of drawing.

    The nearest piece of the line decides; where that is a corner, both pieces that meet there do.
    The first and the last piece go on without end. A point on the line is to its left.

    Args:
        line: Two or more points (lon, lat) in degrees, no two in a row equal.
        lon, lat: Points in degrees.

    Source: ours; the rule for corners is the pseudo-normal of Baerentzen and Aanaes 2005.
    """
    narrow = np.cos(np.radians(line[:, 1].mean()))
    origin = line[0]
    corners = np.column_stack((_short_way(line[:, 0] - origin[0]) * narrow, line[:, 1] - origin[1]))
    points = np.column_stack((_short_way(lon - origin[0]) * narrow, lat - origin[1]))
    step = np.diff(corners, axis=0)
    length = np.hypot(step[:, 0], step[:, 1])
    normal = np.column_stack((step[:, 1], -step[:, 0])) / length[:, None]
    count = len(step)
    best = np.full(len(points), np.inf)
    side = np.zeros(len(points))
    for each in range(count):
        to_point = points - corners[each]
        along = (to_point @ step[each]) / length[each] ** 2
        low = -np.inf if each == 0 else 0.0
        high = np.inf if each == count - 1 else 1.0
        held = np.clip(along, low, high)
        offset = to_point - held[:, None] * step[each]
        distance = np.hypot(offset[:, 0], offset[:, 1])
        facing = np.broadcast_to(normal[each], offset.shape).copy()
        if each > 0:
            facing[along < 0.0] = normal[each] + normal[each - 1]
        if each < count - 1:
            facing[along > 1.0] = normal[each] + normal[each + 1]
        nearer = distance < best
        best[nearer] = distance[nearer]
        side[nearer] = (offset[nearer] * facing[nearer]).sum(axis=1)
    return side > 0.0


def _short_way(degrees: FloatArray) -> FloatArray:
    """Differences of longitudes the short way round the earth."""
    return (degrees + 180.0) % 360.0 - 180.0


def _units_at(graph: UnitGraph, units: IntArray, level: GeoLevel | None) -> IntArray:
    """Unit numbers, those of coarser levels replaced by the units of a level inside them."""
    if level is None:
        return units
    borders = graph.borders
    found: list[IntArray] = []
    for coarse in LEVELS_COARSE_TO_FINE:
        own = borders.slice_of(coarse)
        here = units[(units >= own.start) & (units < own.stop)]
        if coarse.depth >= level.depth:
            found.append(here)
            continue
        above = borders.above[level, coarse]
        inside = np.flatnonzero(np.isin(above, here)) + borders.first[level]
        found.append(inside.astype(np.int32))
        found.append(np.setdiff1d(here, above).astype(np.int32))  # what has no finer units
    return np.concatenate(found)


def _sums(
    workspace: Workspace, graph: UnitGraph, numbers: IntArray
) -> tuple[npt.NDArray[np.int64], FloatArray]:
    """Per unit its accounts and their sum of the main measure."""
    accounts = workspace.accounts
    slot = np.full(graph.borders.count, -1, dtype=np.int32)
    slot[numbers] = np.arange(len(numbers), dtype=np.int32)
    at = graph.borders.largest_at(slot, accounts.unit_index)
    known = at >= 0
    values = accounts.measure(workspace.main_account_measure.id)
    counts = np.bincount(at[known], minlength=len(numbers)).astype(np.int64)
    sums = np.bincount(at[known], weights=values[known], minlength=len(numbers))
    return counts, sums.astype(np.float64)
