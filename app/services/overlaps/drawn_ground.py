# SPDX-License-Identifier: MIT
"""How much of every area lies under which drawn areas, measured on the cylinder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from app.models.drawn_area import DrawnArea
from app.models.ids import TerritoryId
from app.services.contiguity.graph import UnitGraph
from app.services.drawn_polygons import drawn_shape
from app.services.geography.arrays import ObjectArray
from app.services.geography.earth_area import on_cylinder, shape_on_cylinder
from app.services.geography.geography import Geography
from app.services.overlaps.ground import NodePieces
from app.services.overlaps.node_shapes import node_shapes

LongArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

_shapely: Any = shapely
"""Its stubs name one shape where an array comes back, or say nothing."""

_LEAST_FRACTION = 1e-9
"""Less than this of an area is a touch of outlines, not land."""
_CHUNK = 500


def drawn_pieces(
    graph: UnitGraph,
    geography: Geography,
    areas: Sequence[DrawnArea],
    position_by_territory: Mapping[TerritoryId, int],
    check: Callable[[], object] = lambda: None,
) -> NodePieces | None:
    """Which part of each node lies under drawn areas; None where there are none.

    Water outside of all areas counts for nobody. It takes seconds with thousands of drawn areas.

    Args:
        graph: The units that the plan tells apart.
        geography: How they are drawn.
        areas: The drawn areas; one with a damaged outline covers nothing.
        position_by_territory: Position of each territory.
        check: Called now and then; raises where the work is to stop.
    """
    of_territory: dict[int, list[BaseGeometry]] = {}
    for area in areas:
        if area.rings and area.territory_id in position_by_territory:
            flat = shape_on_cylinder(drawn_shape(area.rings))
            of_territory.setdefault(position_by_territory[area.territory_id], []).append(flat)
    if not of_territory:
        return None
    territories = sorted(of_territory)
    drawn: ObjectArray = np.array(
        [_shapely.union_all(of_territory[at]) for at in territories], dtype=np.object_
    )
    _shapely.prepare(drawn)
    near = _nodes_near(graph, _shapely.total_bounds(drawn))
    nodes, shapes = node_shapes(graph, geography, near)
    tree = _shapely.STRtree(shapes)
    which, at = tree.query(drawn, predicate="intersects")
    times = np.bincount(at, minlength=len(shapes))
    alone, shared = times[at] == 1, np.flatnonzero(times > 1)
    ground = _DrawnGround(nodes, shapes, _shapely.area(shapes), drawn, territories)
    one = ground.under_one(at[alone], which[alone], check)
    order = np.argsort(at, kind="stable")
    bounds = np.searchsorted(at[order], np.column_stack([shared, shared + 1]))
    several = [
        (shape, which[order[first:last]].tolist())
        for shape, (first, last) in zip(shared.tolist(), bounds.tolist(), strict=True)
    ]
    more = ground.under_several(several, check)
    return NodePieces(
        np.concatenate([one.node, more.node]),
        [*one.covering, *more.covering],
        np.concatenate([one.fraction, more.fraction]),
    )


@dataclass(frozen=True, eq=False)
class _DrawnGround:
    """Shapes of nodes and drawn land, all on the cylinder.

    Attributes:
        nodes, shapes, km2: Nodes, what they look like, and how large they are.
        land: Drawn land, one shape per territory.
        territories: Positions of these territories.
    """

    nodes: LongArray
    shapes: ObjectArray
    km2: FloatArray
    land: ObjectArray
    territories: Sequence[int]

    def under_one(self, at: LongArray, of: LongArray, check: Callable[[], object]) -> NodePieces:
        """The parts of shapes that meet the drawn land of one territory each."""
        fraction = np.ones(len(at))
        for first in range(0, len(at), _CHUNK):
            check()
            part = slice(first, first + _CHUNK)
            land, shapes = self.land[of[part]], self.shapes[at[part]]
            partly = ~_shapely.covers(land, shapes)
            cut = _shapely.area(_shapely.intersection(land[partly], shapes[partly]))
            fraction[part][partly] = cut / self.km2[at[part]][partly]
        kept = fraction > _LEAST_FRACTION
        holders: list[int] = of[kept].tolist()
        covering = [frozenset((self.territories[each],)) for each in holders]
        return NodePieces(self.nodes[at[kept]], covering, fraction[kept])

    def under_several(
        self, hits: Sequence[tuple[int, list[int]]], check: Callable[[], object]
    ) -> NodePieces:
        """The parts of shapes that meet the drawn land of several territories."""
        nodes: list[int] = []
        covering: list[frozenset[int]] = []
        fractions: list[float] = []
        for at, lands in hits:
            check()
            whole: BaseGeometry = self.shapes.item(at)
            drawn: list[BaseGeometry] = self.land[lands].tolist()
            for numbers, piece in _divided(whole, drawn):
                fraction = piece.area / float(self.km2[at])
                if fraction > _LEAST_FRACTION:
                    nodes.append(int(self.nodes[at]))
                    covering.append(frozenset(self.territories[lands[each]] for each in numbers))
                    fractions.append(fraction)
        return NodePieces(np.array(nodes, dtype=np.int64), covering, np.array(fractions))


def _divided(
    shape: BaseGeometry, lands: Sequence[BaseGeometry]
) -> list[tuple[frozenset[int], BaseGeometry]]:
    """The parts of a shape by which of the lands cover them; what none covers is left out."""
    parts: list[tuple[frozenset[int], BaseGeometry]] = [(frozenset[int](), shape)]
    for number, land in enumerate(lands):
        is_last = number == len(lands) - 1
        cut: list[tuple[frozenset[int], BaseGeometry]] = []
        for covering, part in parts:
            # The lands are prepared, so that asking them is quicker than cutting.
            if _shapely.covers(land, part):
                cut.append((covering | {number}, part))
                continue
            inside: BaseGeometry = _shapely.intersection(part, land)
            if inside.area <= 0.0:
                cut.append((covering, part))
                continue
            cut.append((covering | {number}, inside))
            if covering or not is_last:
                cut.append((covering, _shapely.difference(part, land)))
        parts = cut
    return [(covering, part) for covering, part in parts if covering]


def _nodes_near(graph: UnitGraph, bounds: FloatArray) -> LongArray:
    """Nodes whose extent meets a box on the cylinder."""
    own = graph.bounds().astype(np.float64)
    west, south = on_cylinder(own[:, 0], own[:, 1])
    east, north = on_cylinder(own[:, 2], own[:, 3])
    meets = (west <= bounds[2]) & (east >= bounds[0]) & (south <= bounds[3]) & (north >= bounds[1])
    return np.flatnonzero(meets)
