# SPDX-License-Identifier: MIT
"""From held units to drafts: names, colours, geounits."""

from collections.abc import Mapping, Sequence

import numpy as np

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel, geounit_id
from app.models.ids import GeoUnitId, RepId
from app.services.coloring import neighbor_weights, spread_colors
from app.services.commands import DraftTerritory
from app.services.geography.geography import Geography

Unit = tuple[GeoLevel, int]
"""A geounit as its level and its index in the level's layer."""


def drafts_of(
    held: Sequence[Sequence[Unit]],
    weights: Sequence[Mapping[Unit, float]],
    reps: Sequence[RepId | None],
    level: GeoLevel,
    geography: Geography,
) -> tuple[DraftTerritory, ...]:
    """Drafts with distinct names after their main places and colours that differ next door.

    Args:
        held: Per territory the units it holds.
        weights: Per territory what each unit weighs when the name is chosen.
        reps: Per territory its rep, or None.
        level: The level by whose borders the colours are spread.
        geography: Supplies names, parents and borders.
    """
    names = _distinct([_place_name(weight, geography) for weight in weights])
    colors = _colors(held, level, geography)
    return tuple(
        DraftTerritory(
            name=name,
            color_index=color,
            geounits=tuple(sorted(_id(geography, level_, index) for level_, index in own)),
            rep=rep,
        )
        for name, color, own, rep in zip(names, colors, held, reps, strict=True)
    )


def _id(geography: Geography, level: GeoLevel, index: int) -> GeoUnitId:
    return geounit_id(level, str(geography.layer(level).codes[index]))


def _place_name(weights: Mapping[Unit, float], geography: Geography) -> str:
    """The one or two states or countries with most of the territory's measure."""
    by_place: dict[str, float] = {}
    for (level, index), weight in weights.items():
        unit = _id(geography, level, index)
        while level.depth > GeoLevel.STATE.depth:
            above = geography.parent(unit)
            if above is None:
                break
            unit, level = above, LEVELS_COARSE_TO_FINE[level.depth - 1]  # noqa: PLW2901 walks up
        name = geography.name(unit)
        by_place[name] = by_place.get(name, 0.0) + max(weight, 0.0)
    ranked = sorted(by_place, key=lambda name: (-by_place[name], name))
    if not ranked:
        return "Territory"
    whole = sum(by_place.values())
    alone = len(ranked) == 1 or by_place[ranked[0]] >= 0.6 * whole
    return ranked[0] if alone else joined_places(ranked[0], ranked[1])


def joined_places(first: str, second: str) -> str:
    """Both places, and once what both lie in: "Hesse & Bavaria, Germany"."""
    inner, comma, outer = first.rpartition(", ")
    if comma and second.endswith(comma + outer):
        first = inner
    return f"{first} & {second}"


def _distinct(names: Sequence[str]) -> list[str]:
    """The names with a number behind each that repeats an earlier one."""
    seen: dict[str, int] = {}
    result: list[str] = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return result


def _colors(held: Sequence[Sequence[Unit]], level: GeoLevel, geography: Geography) -> list[int]:
    layer = geography.layer(level)
    unit_territory = np.full(len(layer.codes), -1, dtype=np.int32)
    for position, own in enumerate(held):
        for unit_level, index in own:
            if unit_level is level:
                unit_territory[index] = position
    weights = neighbor_weights(unit_territory, layer.neighbors_start, layer.neighbors, len(held))
    return spread_colors(weights)
