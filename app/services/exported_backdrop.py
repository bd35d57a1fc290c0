# SPDX-License-Identifier: MIT
"""The land behind an exported map: the areas that do not travel, melted to one per holder.

Without it the land beyond the areas that travel would be water.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.exported_areas import WORLD_BITS, ChosenAreas
from app.services.geography.arrays import LongArray
from app.services.geography.packed import PackedPolygons
from app.services.map_print.borders import closed, dissolved, edges_of
from app.services.map_print.drawing import Paths
from app.services.map_print.rings import GridRings


@dataclass(frozen=True, slots=True)
class Travelling:
    """The features of an exported map: first the land behind, then the areas that travel.

    Attributes:
        polygons: Of all areas, and the land after them.
        shown: Numbers in `polygons`.
        like: Per shown feature an area that has its holder and colour.
        lost_bits: Per shown feature how many bits of its coordinates may be lost.
        land_count: So many of the first features are land, which has no name.
    """

    polygons: PackedPolygons
    shown: LongArray
    like: LongArray
    lost_bits: LongArray
    land_count: int


def travelling(
    polygons: PackedPolygons, groups: npt.NDArray[np.int32], chosen: ChosenAreas
) -> Travelling:
    """What travels of the polygons.

    Args:
        polygons: All areas.
        groups: Per area its holder.
        chosen: Which areas travel, and which lie behind.
    """
    wanted = chosen.wanted.astype(np.int64)
    if not len(chosen.behind):
        return Travelling(polygons, wanted, wanted, chosen.lost_bits, 0)
    held_by = groups[chosen.behind]
    _, first = np.unique(held_by, return_index=True)
    land = np.arange(len(first)) + polygons.feature_count
    return Travelling(
        PackedPolygons.joined([polygons, melted(polygons, chosen.behind, held_by)]),
        np.concatenate([land, wanted]),
        np.concatenate([chosen.behind[first].astype(np.int64), wanted]),
        np.concatenate([np.full(len(land), WORLD_BITS), chosen.lost_bits]),
        len(land),
    )


def melted(
    polygons: PackedPolygons,
    features: npt.NDArray[np.integer],
    classes: npt.NDArray[np.integer],
) -> PackedPolygons:
    """Some features united by class, without the borders inside a class; no points move.

    Args:
        polygons: All features.
        features: Which are melted; at least one.
        classes: Per such feature its class.

    Returns:
        One feature per class, in ascending order of the classes.
    """
    chosen = polygons.take(features.astype(np.int64))
    owner = np.repeat(np.arange(len(features)), np.diff(chosen.ring_start))
    _, class_of = np.unique(classes, return_inverse=True)
    # Places are compared, never computed with: their bits do as well as the numbers.
    bits = np.ascontiguousarray(chosen.xy, np.float32).view(np.uint32).astype(np.int64)
    rings = GridRings(chosen.coord_start, bits, owner, 1.0)
    found = dissolved(edges_of(rings), class_of.reshape(-1))
    return PackedPolygons.joined([_one(closed(found[each])) for each in sorted(found)])


def _one(paths: Paths) -> PackedPolygons:
    """Rings of bits as one feature."""
    xy = paths.xy.astype(np.uint32).view(np.float32)
    return PackedPolygons(np.array([0, len(paths)]), paths.starts, xy)
