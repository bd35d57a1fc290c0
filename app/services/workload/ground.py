# SPDX-License-Identifier: MIT
"""Where accounts lie, as travel needs it: on the sphere, in which area, how densely lived in."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.work import CITY_BELOW_KM2, COUNTRYSIDE_ABOVE_KM2, Surroundings
from app.services.distance import EARTH_RADIUS_KM
from app.services.geography.geography import Geography

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]

SURROUNDINGS = tuple(Surroundings)
"""In the order of the codes in `AccountGround.surroundings`."""


@dataclass(frozen=True, slots=True)
class AccountGround:
    """The ground under every account; it stays the same while nobody moves an account.

    Attributes:
        xyz: Unit vectors, three rows with one column per account; 0 where it is not placed.
        is_placed: Whether it has a place.
        unit: Number of the finest area known to contain it, over all levels; -1 for none.
        unit_km2: Area by that number.
        by_unit: The accounts in the order of their areas.
        surroundings: Position in `SURROUNDINGS`.
    """

    xyz: FloatArray
    is_placed: npt.NDArray[np.bool_]
    unit: IntArray
    unit_km2: FloatArray
    by_unit: npt.NDArray[np.int64]
    surroundings: npt.NDArray[np.int8]


def account_ground(
    lon: FloatArray, lat: FloatArray, unit_index: Mapping[GeoLevel, IntArray], geography: Geography
) -> AccountGround:
    """The ground under accounts.

    Args:
        lon, lat: WGS 84 degrees, nan where not placed.
        unit_index: Per level the position of the area that contains each account, -1 unknown.
        geography: Of the plan.
    """
    unit = np.full(len(lon), -1, dtype=np.int32)
    areas: list[FloatArray] = []
    first = 0
    for level in LEVELS_COARSE_TO_FINE:
        layer = geography.layer(level)
        known = unit_index[level] >= 0
        unit[known] = unit_index[level][known] + first
        areas.append(layer.area_km2.astype(np.float64))
        first += len(layer.codes)
    zips = geography.layer(GeoLevel.ZIP)
    # One more entry, for accounts of which no ZIP area is known.
    of_zip = np.append(surroundings_codes(zips.area_km2.astype(np.float64)), _code(_UNKNOWN))
    is_placed = ~np.isnan(lon)
    return AccountGround(
        xyz=np.where(is_placed, unit_vectors(lon, lat), 0.0),
        is_placed=is_placed,
        unit=unit,
        unit_km2=np.concatenate(areas) if areas else np.empty(0),
        by_unit=np.argsort(unit, kind="stable"),
        surroundings=of_zip[unit_index[GeoLevel.ZIP]].astype(np.int8),
    )


_UNKNOWN = Surroundings.MIXED
"""Stands in where no ZIP area is known."""


def surroundings_codes(zip_km2: FloatArray) -> npt.NDArray[np.int8]:
    """What the land is like in ZIP areas of these sizes, as positions in `SURROUNDINGS`."""
    codes = np.full(len(zip_km2), _code(Surroundings.MIXED), dtype=np.int8)
    codes[zip_km2 < CITY_BELOW_KM2] = _code(Surroundings.CITY)
    codes[zip_km2 > COUNTRYSIDE_ABOVE_KM2] = _code(Surroundings.COUNTRYSIDE)
    return codes


def unit_vectors(lon: FloatArray, lat: FloatArray) -> FloatArray:
    """Points on the sphere of radius 1: three rows, one column for each point."""
    phi, theta = np.radians(lat), np.radians(lon)
    across = np.cos(phi)
    return np.stack([across * np.cos(theta), across * np.sin(theta), np.sin(phi)])


def sphere_km(chord: FloatArray) -> FloatArray:
    """Great-circle distances in kilometres of straight lines through the sphere of radius 1."""
    return 2.0 * EARTH_RADIUS_KM * np.arcsin(np.minimum(chord / 2.0, 1.0))


def _code(surroundings: Surroundings) -> int:
    return SURROUNDINGS.index(surroundings)
