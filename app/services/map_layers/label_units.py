# SPDX-License-Identifier: MIT
"""The area of each territory in which its name stands."""

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]

_SMALLEST_AREA_KM2 = 1e-3
"""Keeps the centre of a part defined whose areas have no size."""


def label_units(
    unit_territory: IntArray,
    territory_count: int,
    places: tuple[FloatArray, FloatArray],
    area_km2: npt.NDArray[np.floating],
    adjacency: tuple[IntArray, IntArray],
    accounts: FloatArray | None = None,
) -> IntArray:
    """Per territory the area in which its label belongs; -1 where it holds none.

    The label goes to the connected part with the most accounts (the largest one without any), into
    the area nearest to that part's centre of gravity; so it always lies inside the territory, also
    where the centre does not.

    Args:
        unit_territory: Per area of the layer (not of the view) the territory, or a code below 0.
        territory_count: Number of territories.
        places: Longitude and latitude of a point inside each area.
        area_km2: Per area.
        adjacency: The areas' neighbours in CSR form: starts and neighbours.
        accounts: How many there are in each area.
    """
    result = np.full(territory_count, -1, np.int32)
    count = len(unit_territory)
    held = np.flatnonzero(unit_territory >= 0)
    if not len(held):
        return result
    neighbors_start, neighbors = adjacency
    left = np.repeat(np.arange(count), np.diff(neighbors_start))
    same = unit_territory[left] == unit_territory[neighbors]
    part = _connected_parts(count, left[same], neighbors[same])
    weight = np.asarray(area_km2, np.float64) + _SMALLEST_AREA_KM2
    part_area = np.bincount(part, weights=weight, minlength=count)
    lon, lat = places
    center_lon = np.bincount(part, weights=weight * lon, minlength=count)[part] / part_area[part]
    center_lat = np.bincount(part, weights=weight * lat, minlength=count)[part] / part_area[part]
    away = np.hypot((lon - center_lon) * np.cos(np.radians(center_lat)), lat - center_lat)
    # Sorted so that the last entry of each territory is the middle of its main part.
    part_accounts = np.bincount(part, weights=accounts, minlength=count) * (accounts is not None)
    parts = part[held]
    order = np.lexsort((-away[held], part_area[parts], part_accounts[parts], unit_territory[held]))
    chosen = held[order]
    result[unit_territory[chosen]] = chosen
    return result


def _connected_parts(
    count: int, left: npt.NDArray[np.integer], right: npt.NDArray[np.integer]
) -> npt.NDArray[np.intp]:
    """Per unit the smallest unit number of its connected part.

    Each round hooks the roots of neighbouring trees onto the smaller one and then flattens all
    trees (Shiloach and Vishkin, 1982), so few rounds are needed however long a part is.
    """
    part = np.arange(count)
    while True:
        own, other = part[left], part[right]
        apart = own != other
        if not apart.any():
            return part
        left, right, own, other = left[apart], right[apart], own[apart], other[apart]
        np.minimum.at(part, np.maximum(own, other), np.minimum(own, other))
        while True:
            above = part[part]
            if np.array_equal(above, part):
                break
            part = above
