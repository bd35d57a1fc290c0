# SPDX-License-Identifier: MIT
"""A given number of territories: areas divided again and again where their value halves."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.errors import EditRejected
from app.models.geounit import GeoLevel
from app.services.account_table import AccountTable
from app.services.builders.drafting import Unit, drafts_of
from app.services.builders.homes import served_units
from app.services.commands import DraftTerritory
from app.services.geography.geography import Geography

MOST_TERRITORIES = 500
"""More than that are built by the optimiser or from a list."""

FloatArray = npt.NDArray[np.float64]
LongArray = npt.NDArray[np.int64]


def by_count(
    accounts: AccountTable,
    values: FloatArray,
    geography: Geography,
    level: GeoLevel,
    count: int,
) -> tuple[DraftTerritory, ...]:
    """So many vacant territories of about the same value, each of areas near one another.

    Args:
        accounts: All accounts; the areas of their countries are divided.
        values: The measure to share out, per account; the number of accounts where it is 0.
        geography: The areas.
        level: Of the areas in the United States; elsewhere it is the country.
        count: How many territories, at least 1.

    Raises:
        EditRejected: No account has a place, or there are fewer areas than territories.

    Source: ours. Recursive bisection: the areas are cut across their longer extent where the
    values on both sides stand as the numbers of territories to be made there.
    """
    if not 1 <= count <= MOST_TERRITORIES:
        raise EditRejected(
            f"{count} territories cannot be built this way.",
            meaning="No territories were made.",
            remedy=f"Choose a number from 1 to {MOST_TERRITORIES}.",
        )
    land = _land(accounts, values, geography, level)
    if not land.units:
        raise EditRejected(
            "No account has a place on the map.",
            meaning="No territories were made.",
            remedy="Import accounts with addresses first.",
        )
    if len(land.units) < count:
        raise EditRejected(
            f"There are {len(land.units)} areas for {count} territories.",
            meaning="Each territory needs an area; no territories were made.",
            remedy="Choose smaller areas or fewer territories.",
        )
    parts = _divided(land, np.arange(len(land.units)), count)
    held: list[list[Unit]] = []
    weights: list[dict[Unit, float]] = []
    for part in parts:
        own: list[int] = part.tolist()
        held.append([land.units[at] for at in own])
        weights.append({land.units[at]: float(land.weight[at]) for at in own})
    return drafts_of(held, weights, [None] * len(held), level, geography)


@dataclass(frozen=True, eq=False)
class _Land:
    """The areas to share out.

    Attributes:
        units: Levels and indices.
        x, y: Their points in degrees east and north.
        weight: Their value, at least 0.
    """

    units: list[Unit]
    x: FloatArray
    y: FloatArray
    weight: FloatArray


def _land(
    accounts: AccountTable, values: FloatArray, geography: Geography, level: GeoLevel
) -> _Land:
    units: list[Unit] = []
    lon: list[FloatArray] = []
    lat: list[FloatArray] = []
    weight: list[FloatArray] = []
    worth = values if values.sum() > 0 else np.ones(len(accounts))
    for unit_level, indices, _country in served_units(accounts, geography, level):
        layer = geography.layer(unit_level)
        index = accounts.unit_index[unit_level]
        known = index >= 0
        sums = np.bincount(index[known], weights=worth[known], minlength=len(layer.codes))
        units.extend((unit_level, at) for at in indices.tolist())
        lon.append(layer.lon[indices])
        lat.append(layer.lat[indices])
        weight.append(np.maximum(sums[indices], 0.0))
    if not units:
        return _Land([], np.empty(0), np.empty(0), np.empty(0))
    north = np.concatenate(lat).astype(np.float64)
    east = np.concatenate(lon).astype(np.float64)
    # Areas beyond the date line lie near Alaska, not near Europe.
    east = np.where(east > 170.0, east - 360.0, east)
    return _Land(units, east, north, np.concatenate(weight))


def _divided(land: _Land, part: LongArray, count: int) -> list[LongArray]:
    if count == 1:
        return [part]
    first = count // 2
    x, y = land.x[part], land.y[part]
    shortened = float(np.cos(np.radians(y.mean())))
    is_wide = _extent(x, land.weight[part]) * shortened >= _extent(y, land.weight[part])
    along, across = (x, y) if is_wide else (y, x)
    order = np.lexsort((part, across, along))
    ordered = part[order]
    sums = np.cumsum(land.weight[ordered])
    wanted = float(sums[-1]) * first / count
    cut = int(np.searchsorted(sums, wanted)) + 1 if sums[-1] > 0 else len(part) * first // count
    if cut > 1 and abs(sums[cut - 2] - wanted) <= abs(sums[min(cut, len(sums)) - 1] - wanted):
        cut -= 1  # without the area that lies across the cut, it is nearer
    cut = min(max(cut, first), len(part) - (count - first))
    return [
        *_divided(land, ordered[:cut], first),
        *_divided(land, ordered[cut:], count - first),
    ]


def _extent(places: FloatArray, weight: FloatArray) -> float:
    """How far apart the areas with a value lie; all of them where none has one."""
    counted = places[weight > 0] if (weight > 0).any() else places
    return float(counted.max() - counted.min())
