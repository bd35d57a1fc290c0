# SPDX-License-Identifier: MIT
"""Where the coarser areas of Canada and Mexico meet the finer ones of the US."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

from evengeo.topology import polygons_of

_FIT_DEGREES = 0.03
"""Reach of the fit along the land border; the two sources differ by less than this."""
_SAME_DEGREES = 1e-6
_MIN_BORDER_DEGREES = 0.002
"""A shorter common border is a corner."""


class Borderland:
    """The strip along the border of the US.

    Args:
        us_states: The areas to which others are fitted.
    """

    def __init__(self, us_states: Sequence[MultiPolygon]) -> None:
        self.us = polygons_of(shapely.union_all(us_states))
        rough = shapely.simplify(self.us, _FIT_DEGREES / 10.0)
        self._reach = shapely.buffer(rough, _FIT_DEGREES)
        shapely.prepare(self._reach)

    def fitted(self, areas: Sequence[MultiPolygon]) -> list[MultiPolygon]:
        """The areas of one country with their border moved onto that of the US.

        Overlaps go to the US; gaps between the two go to the area that they touch, the first of
        several.
        """
        near = [i for i, area in enumerate(areas) if shapely.intersects(self._reach, area)]
        taken = shapely.union_all([areas[i] for i in near])
        result = list(areas)
        for i in near:
            reach = shapely.buffer(areas[i], _FIT_DEGREES)
            gap = shapely.intersection(reach, self._reach)
            gap = shapely.difference(shapely.difference(gap, self.us), taken)
            taken = shapely.union(taken, gap)
            result[i] = polygons_of(shapely.difference(shapely.union(areas[i], gap), self.us))
        return result


def common_line(a: MultiPolygon, b: MultiPolygon) -> list[np.ndarray]:
    """The lines that lie on both borders."""
    common = shapely.intersection(shapely.boundary(a), shapely.boundary(b))
    lines = [p for p in shapely.get_parts(common) if p.geom_type == "LineString"]
    merged = shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))
    return [np.asarray(line.coords) for line in merged]


def neighbors_across(
    left: Sequence[MultiPolygon], right: Sequence[MultiPolygon]
) -> set[tuple[int, int]]:
    """Positions of areas on both sides that share a border, not only a corner."""
    tree = shapely.STRtree(right)
    pairs: set[tuple[int, int]] = set()
    for i, area in enumerate(left):
        edge = shapely.boundary(area)
        for j in tree.query(area, predicate="dwithin", distance=_SAME_DEGREES).tolist():
            along = shapely.buffer(shapely.boundary(right[j]), _SAME_DEGREES)
            if shapely.length(shapely.intersection(edge, along)) > _MIN_BORDER_DEGREES:
                pairs.add((i, j))
    return pairs
