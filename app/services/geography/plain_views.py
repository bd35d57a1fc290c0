# SPDX-License-Identifier: MIT
"""The view of a level: all its units, and elsewhere the finest units that there are."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import GeoUnitId
from app.services.geography.area_view import AreaView, UnitPlaces
from app.services.geography.areas import Areas
from app.services.geography.packed import PackedPolygons

TITLE_BY_LEVEL = {
    GeoLevel.COUNTRY: "Countries",
    GeoLevel.STATE: "States",
    GeoLevel.COUNTY: "Counties",
    GeoLevel.ZIP: "ZIP areas",
}
"""What a kind of areas is called where the user chooses one."""


def shipped_places(geography: Areas, level: GeoLevel) -> UnitPlaces:
    """What the shipped polygons of a level draw, in their order.

    A country is drawn by its units of the level or, where it has none, by those of the next
    coarser level that it has any of: all units of the level come first, then states of countries
    that have no finer areas, then countries that have none at all.
    """
    levels = LEVELS_COARSE_TO_FINE[: level.depth + 1]
    country_of = {each: geography.ancestors(each, GeoLevel.COUNTRY) for each in levels}
    finest = np.zeros(len(country_of[GeoLevel.COUNTRY]), np.int32)
    for each in levels:
        finest[country_of[each]] = each.depth
    return UnitPlaces.of_levels(
        (each, np.flatnonzero(finest[country_of[each]] == each.depth)) for each in reversed(levels)
    )


def plain_view(
    geography: Areas,
    level: GeoLevel,
    places: UnitPlaces,
    source: Path | Callable[[], PackedPolygons],
) -> AreaView:
    """A view in which every polygon is a unit.

    Args:
        geography: Supplies ids and names.
        level: The level of the view.
        places: What the polygons draw, in their order.
        source: The polygons.
    """
    return AreaView(
        key=level.value,
        title=TITLE_BY_LEVEL[level],
        level=level,
        geounits=geounits_of(geography, places),
        names=names_of(geography, places),
        units=places,
        features=places,
        unit_of_feature=None,
        source=source,
    )


def geounits_of(geography: Areas, places: UnitPlaces) -> tuple[GeoUnitId, ...]:
    """The ids of units."""
    layers = {level.depth: geography.layer(level).geounits for level in places.levels}
    return tuple(layers[depth][index] for depth, index in places.pairs())


def names_of(geography: Areas, places: UnitPlaces) -> tuple[str, ...]:
    """The names of units as shown."""
    layers = {level.depth: geography.layer(level).names for level in places.levels}
    return tuple(layers[depth][index] for depth, index in places.pairs())
