# SPDX-License-Identifier: MIT
"""Cracks and overlaps that the source has between areas."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from evengeo.topology import polygons_of
from evengeo.world_source import World


def inner_points(world: World) -> shapely.STRtree:
    """A point inside each area of the source."""
    polygons = [world.topology.polygon(area.feature) for area in world.areas]
    return shapely.STRtree(shapely.point_on_surface(polygons))


def without_cracks(area: MultiPolygon, others: shapely.STRtree) -> MultiPolygon:
    """The area without the holes in which nothing lies.

    Lakes are no holes in the source, so an empty hole is a crack; San Marino or Berlin are not.

    Args:
        area: Joined areas.
        others: From `inner_points`.
    """
    parts: list[Polygon] = []
    for part in area.geoms:
        holes = [hole for hole in part.interiors if _has_inside(Polygon(hole), others)]
        parts.append(Polygon(part.exterior, holes))
    return MultiPolygon(parts)


def _has_inside(hole: Polygon, others: shapely.STRtree) -> bool:
    return len(others.query(hole, predicate="intersects")) > 0


_SAME_SHARE = 1e-5
"""Areas whose sum differs from that of their union by less than this fit."""
_SAME_DEGREES = 1e-7


def fitted_together(areas: Sequence[MultiPolygon], others: shapely.STRtree) -> list[MultiPolygon]:
    """The states of one country without overlaps, and without cracks between them.

    What two cover goes to the smaller one, a crack to the one with which it shares the longest
    border.

    Args:
        areas: The states.
        others: From `inner_points`.
    """
    bare = polygons_of(shapely.union_all(areas))
    whole = without_cracks(bare, others)
    total = sum(area.area for area in areas)
    if max(abs(total - bare.area), whole.area - bare.area) <= _SAME_SHARE * whole.area:
        return list(areas)
    result = list(areas)
    tree = shapely.STRtree(result)
    for i in sorted(range(len(areas)), key=lambda k: -areas[k].area):
        over = [
            j for j in tree.query(areas[i]).tolist() if j != i and areas[j].area < areas[i].area
        ]
        if over:
            result[i] = polygons_of(
                shapely.difference(areas[i], shapely.union_all([areas[j] for j in over]))
            )
    for crack in polygons_of(shapely.difference(whole, shapely.union_all(result))).geoms:
        edge = shapely.buffer(crack, _SAME_DEGREES)
        near = shapely.length(shapely.intersection(shapely.boundary(result), edge))
        best = int(np.argmax(near))
        result[best] = polygons_of(shapely.union(result[best], crack))
    return result
