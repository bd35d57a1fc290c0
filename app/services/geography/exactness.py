# SPDX-License-Identifier: MIT
"""How exactly the place of an account is known."""

from collections.abc import Iterable, Mapping

import numpy as np

from app.models.account import PlacedBy
from app.models.geounit import GeoLevel
from app.services.geography.arrays import FloatArray, IntArray
from app.services.geography.factorizing import factorize
from app.services.geography.geography import Geography

_CITY_KM = 8.0
"""Three in four ZIP points of US cities lie so near the middle of their city (measured)."""
_ZIP_ABROAD_KM = 8.0
"""Where a postal code was used whose area is not shipped."""
_PROVINCE_KM = 150.0
"""Radius of a region abroad that has no area of its own, as England (about that of Bavaria)."""

ROUGH_RULES = frozenset(
    rule.value for rule in (PlacedBy.COUNTY, PlacedBy.REGION, PlacedBy.COUNTRY, PlacedBy.NOT_PLACED)
)
"""Values of the rules that know less than the city."""


def is_rough(placed_by: PlacedBy) -> bool:
    """Whether the place is known less well than by the city."""
    return placed_by.value in ROUGH_RULES


def exactness_km(
    placed_by: Iterable[str],
    unit_index: Mapping[GeoLevel, IntArray],
    geography: Geography,
) -> FloatArray:
    """How far an account may be from where it is shown.

    This is the radius of a circle as large as the area that is known: 0 by hand and by
    coordinates; of the ZIP area; of the largest ZIP area beside a PO box, which has none; of the
    county, state or country. Cities have one figure for all, and so have the few regions abroad
    that have no area of their own.

    Args:
        placed_by: Values of `PlacedBy`, one per account.
        unit_index: Per level the position of each account's unit in the layer, -1 for none.
        geography: The areas.

    Returns:
        Kilometres, nan where an account is not placed.

    Source: ours; no measure of exactness is common in the field.
    """
    codes, rules = factorize(placed_by)
    result = np.full(len(codes), np.nan)
    for number, rule in enumerate(rules):
        rows = np.flatnonzero(codes == number)
        radius = _radius(PlacedBy(rule), {k: v[rows] for k, v in unit_index.items()}, geography)
        result[rows] = radius
    return result


def _radius(
    rule: PlacedBy, index: Mapping[GeoLevel, IntArray], geography: Geography
) -> FloatArray | float:
    if rule in {PlacedBy.BY_HAND, PlacedBy.COORDINATES}:
        return 0.0
    if rule is PlacedBy.POSTAL_CODE:
        return _of_areas(geography, GeoLevel.ZIP, index, _ZIP_ABROAD_KM)
    if rule is PlacedBy.PO_BOX:
        around = _largest_beside(geography)
        zips = index[GeoLevel.ZIP]
        return np.where(zips >= 0, around[zips], _ZIP_ABROAD_KM)
    if rule is PlacedBy.CITY:
        return _CITY_KM
    level = {
        PlacedBy.COUNTY: GeoLevel.COUNTY,
        PlacedBy.REGION: GeoLevel.STATE,
        PlacedBy.COUNTRY: GeoLevel.COUNTRY,
    }.get(rule)
    return np.nan if level is None else _of_areas(geography, level, index, _PROVINCE_KM)


def _of_areas(
    geography: Geography, level: GeoLevel, index: Mapping[GeoLevel, IntArray], without: float
) -> FloatArray:
    radius = _radius_of(geography.layer(level).area_km2.astype(np.float64))
    units = index[level]
    return np.where(units >= 0, radius[units], without)


def _largest_beside(geography: Geography) -> FloatArray:
    """Per ZIP the radius of the largest ZIP area that borders on it, or its own."""
    layer = geography.layer(GeoLevel.ZIP)
    area = layer.area_km2.astype(np.float64)
    largest = area.copy()
    zips = np.repeat(np.arange(len(area)), np.diff(layer.neighbors_start))
    np.maximum.at(largest, zips, area[layer.neighbors])
    return _radius_of(largest)


def _radius_of(area_km2: FloatArray) -> FloatArray:
    return np.sqrt(area_km2 / np.pi)
