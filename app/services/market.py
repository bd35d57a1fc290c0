# SPDX-License-Identifier: MIT
"""Market data: measures whose values are of areas, not of accounts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.geounit import GeoLevel
from app.services.alignment import MIXED, UnitClaims, held_within
from app.services.balance import totals_by_position
from app.services.geography.geography import Geography

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MarketValues:
    """The values of one measure.

    Attributes:
        level: The level of its areas.
        values: One value per unit of the level's layer, nan where there is none.
        elsewhere: Sum of the values of areas that the shipped layer does not have.
    """

    level: GeoLevel
    values: FloatArray
    elsewhere: float = 0.0


def market_values(
    geography: Geography, level: GeoLevel, geounits: Sequence[str], values: FloatArray
) -> MarketValues:
    """Values in the order of the level's layer.

    Args:
        geography: Supplies the layer.
        level: The level of all the geounits.
        geounits: Ids, each once.
        values: One value per id.
    """
    layer = geography.layer(level)
    index = layer.indices_of([geounit.partition(":")[2] for geounit in geounits])
    known = index >= 0
    placed = np.full(len(layer.codes), np.nan)
    placed[index[known]] = values[known]
    return MarketValues(level, placed, float(values[~known].sum()))


def values_at(geography: Geography, market: MarketValues, level: GeoLevel) -> FloatArray:
    """The values per unit of a level's layer, nan where there are no data.

    Values of finer units are summed up; those of coarser units are not spread over finer ones, as
    nothing tells how.
    """
    if level.depth > market.level.depth:
        return np.full(len(geography.layer(level).codes), np.nan)
    if level is market.level:
        return market.values
    above = geography.ancestors(market.level, level)
    present = np.isfinite(market.values) & (above >= 0)
    count = len(geography.layer(level).codes)
    sums = np.bincount(above[present], weights=market.values[present], minlength=count)
    has_any = np.bincount(above[present], minlength=count) > 0
    return np.where(has_any, sums, np.nan)


def market_totals(
    claims: UnitClaims, geography: Geography, market: MarketValues, count: int
) -> FloatArray:
    """Sum of a measure per territory, then for nobody, then in dispute.

    A unit counts for whoever holds all of it. Where its finer units are held differently it counts
    for the one whom the unit itself is assigned to, as its value cannot be divided; without one it
    counts for nobody.

    Args:
        claims: Resolved geounits: the finest assignment wins, holes are nobody's.
        geography: Supplies the nesting.
        market: The measure.
        count: Number of territories.

    Returns:
        `count` + 2 sums; they add up to the sum of the measure.
    """
    held = held_within(claims, geography, market.level)
    held = np.where(held == MIXED, claims.resolved[market.level], held).astype(np.int32)
    present = np.isfinite(market.values)
    totals = totals_by_position(held[present], market.values[present], count)
    totals[count] += market.elsewhere
    return totals
