# SPDX-License-Identifier: MIT
"""Which areas travel in an exported map, and with how much detail."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Bounds = tuple[float, float, float, float]
Mask = npt.NDArray[np.bool_]

_MARGIN_FRACTION = 0.35
"""How much of the surroundings is kept around what is shown in full."""
_MOST_DEGREES_WIDE = 150.0
"""Wider areas cross the date line, and farther ones lie on the other side of the world."""
CONTEXT_BITS, WORLD_BITS = 3, 6
"""Of each coordinate so many of the last bits are lost: 8 grid steps are 300 m, 64 are 2.4 km."""


@dataclass(frozen=True, slots=True)
class ChosenAreas:
    """What travels.

    Attributes:
        wanted: Numbers of the areas, ascending.
        lost_bits: Per wanted area how many bits of its coordinates may be lost.
        behind: Numbers of the areas that do not travel, of which only the land is shown.
        bounds: West, south, east, north of what is shown in full.
        around: The same with a margin for the surroundings.
    """

    wanted: npt.NDArray[np.intp]
    lost_bits: npt.NDArray[np.int64]
    behind: npt.NDArray[np.intp]
    bounds: Bounds
    around: Bounds


def chosen_areas(
    area_bounds: npt.NDArray[np.float32], own_count: int, detailed: Mask
) -> ChosenAreas:
    """What is shown in full, what lies around it, and all other countries as the world's outline.

    Args:
        area_bounds: West, south, east, north per area.
        own_count: So many of the first areas belong to the level; the rest are other countries.
        detailed: Per area whether it is shown in full.
    """
    full = np.flatnonzero(detailed)
    bounds = bounds_of(area_bounds, full if len(full) else np.arange(own_count))
    west, south, east, north = bounds
    dx, dy = (east - west) * _MARGIN_FRACTION + 1, (north - south) * _MARGIN_FRACTION + 1
    around = (west - dx, south - dy, east + dx, north + dy)
    is_near = (
        (area_bounds[:, 0] < around[2])
        & (area_bounds[:, 2] > around[0])
        & (area_bounds[:, 1] < around[3])
        & (area_bounds[:, 3] > around[1])
    )
    is_near[own_count:] = True
    travels = is_near | detailed
    wanted, behind = np.flatnonzero(travels), np.flatnonzero(~travels)
    lost = np.where(wanted < own_count, CONTEXT_BITS, WORLD_BITS)
    return ChosenAreas(wanted, np.where(detailed[wanted], 0, lost), behind, bounds, around)


def bounds_of(area_bounds: npt.NDArray[np.float32], areas: npt.NDArray[np.intp]) -> Bounds:
    """West, south, east, north of the areas, without the few beyond the date line."""
    chosen = area_bounds[areas].astype(np.float64)
    near = chosen[chosen[:, 2] - chosen[:, 0] < _MOST_DEGREES_WIDE]
    chosen = near if len(near) else chosen
    middle = (chosen[:, 0] + chosen[:, 2]) / 2
    typical = np.abs(middle - np.median(middle)) < _MOST_DEGREES_WIDE
    chosen = chosen[typical]
    low, high = chosen[:, :2].min(axis=0), chosen[:, 2:].max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
