# SPDX-License-Identifier: MIT
"""What the units that a plan tells apart look like on the cylinder that keeps areas."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.services.contiguity.graph import UnitGraph
from app.services.geography.arrays import ObjectArray
from app.services.geography.earth_area import mercator_on_cylinder
from app.services.geography.geography import Geography
from app.services.geography.packed import to_polygons

LongArray = npt.NDArray[np.int64]

_shapely: Any = shapely
"""Its stubs name one shape where an array comes back, or say nothing."""


def node_shapes(
    graph: UnitGraph, geography: Geography, nodes: LongArray
) -> tuple[LongArray, ObjectArray]:
    """What nodes look like on the cylinder, valid; those that nothing draws are left out."""
    found_nodes: list[LongArray] = [np.empty(0, np.int64)]
    found_shapes: list[ObjectArray] = [np.empty(0, np.object_)]
    borders, units = graph.borders, graph.unit[nodes]
    for level in LEVELS_COARSE_TO_FINE:
        own = borders.slice_of(level)
        here = (units >= own.start) & (units < own.stop)
        if not here.any():
            continue
        index = units[here] - own.start
        feature = _feature_by_index(geography, level)[index]
        drawn = feature >= 0
        packed = geography.view(level).packed().take(feature[drawn])
        polygons, of_feature = to_polygons(packed)
        flat = _shapely.transform(polygons, mercator_on_cylinder)
        broken = ~_shapely.is_valid(flat)
        flat[broken] = _shapely.make_valid(flat[broken])
        shapes = np.empty(int(drawn.sum()), dtype=np.object_)
        start = np.searchsorted(of_feature, np.arange(len(shapes) + 1))
        for at in range(len(shapes)):
            parts = flat[start[at] : start[at + 1]]
            shapes[at] = parts[0] if len(parts) == 1 else _shapely.union_all(parts)
        has_land = _shapely.area(shapes) > 0.0
        found_nodes.append(nodes[here][drawn][has_land])
        found_shapes.append(shapes[has_land])
    return np.concatenate(found_nodes), np.concatenate(found_shapes)


def _feature_by_index(geography: Geography, level: GeoLevel) -> LongArray:
    """Per unit of a level the polygon of the level's view that draws it, -1 for none."""
    view = geography.view(level)
    feature = np.full(len(geography.layer(level)), -1, dtype=np.int64)
    own = np.flatnonzero(view.features.depth == level.depth)
    # Land beneath others comes first, so that the unit itself is written over it.
    feature[view.features.index[own]] = own
    return feature
