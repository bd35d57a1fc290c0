# SPDX-License-Identifier: MIT
"""Areas that overlap, borders that nearly meet, and gaps that areas enclose."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import shapely

from app.services.boundaries import shapes
from app.services.boundaries.repairing import as_multipolygons
from app.services.geography.arrays import BoolArray, FloatArray, LongArray, ObjectArray

SLIVER_STEPS = 10.0
"""About 20 m: borders that are nearer to each other are meant to be one."""
MIN_SHARE = 0.001
"""Of the smaller area; less comes from rounding."""
_LARGE_SHARE = 0.02
"""Areas that overlap by more were not drawn as neighbours; their outlines are left as they are."""
_CHUNK = 500
_MAX_PAIRS = 200_000
_MAX_CLEANED_CORNERS = 2_000_000


@dataclass(frozen=True)
class Overlaps:
    """Pairs of areas that overlap.

    Attributes:
        a, b: Positions of the areas of each pair.
        share: Of the smaller area, 0 to 1.
        border: Length of the outline of the common part, in steps.
    """

    a: LongArray = field(default_factory=lambda: np.zeros(0, np.int64))
    b: LongArray = field(default_factory=lambda: np.zeros(0, np.int64))
    share: FloatArray = field(default_factory=lambda: np.zeros(0))
    border: FloatArray = field(default_factory=lambda: np.zeros(0))

    def at_least(self, share: float) -> "Overlaps":
        """Only the pairs that overlap by so much."""
        keep = self.share >= share
        return Overlaps(self.a[keep], self.b[keep], self.share[keep], self.border[keep])


def matched_borders(
    areas: ObjectArray, at: Callable[[float], None]
) -> tuple[ObjectArray, Overlaps]:
    """The areas with borders that nearly meet made one, and what still overlaps.

    Args:
        areas: Valid multipolygons in steps.
        at: Told how far this is, 0 to 1; may raise to stop it.
    """
    edges = shapes.unmatched_edges(areas, SLIVER_STEPS)
    suspect = np.flatnonzero(~shapely.is_empty(edges))
    if not len(suspect):
        return areas, Overlaps()
    found = _overlaps(areas, suspect, at)
    large = found.at_least(_LARGE_SHARE)
    is_large = np.zeros(len(areas), np.bool_)
    is_large[large.a] = is_large[large.b] = True
    return _cleaned(areas, suspect, is_large), found.at_least(MIN_SHARE)


def enclosed_gaps(lines: ObjectArray, areas: ObjectArray, *, has_overlaps: bool) -> ObjectArray:
    """The holes between areas: enclosed by them and belonging to none, as polygons in steps.

    Args:
        lines: The borders that one area alone has.
        areas: The areas.
        has_overlaps: Lines may cross, and are cut where they do.
    """
    if not len(lines):
        return np.zeros(0, np.object_)
    if has_overlaps:
        lines = shapely.get_parts(shapely.union_all(lines))
    faces = shapely.get_parts(shapely.polygonize(lines))
    if not len(faces):
        return faces
    inside = shapely.point_on_surface(faces)
    covered, _ = shapely.STRtree(areas).query(inside, predicate="intersects")
    return np.delete(faces, np.unique(covered))


def _overlaps(areas: ObjectArray, suspect: LongArray, at: Callable[[float], None]) -> Overlaps:
    chosen = areas[suspect]
    tree, size = shapely.STRtree(chosen), shapes.areas(chosen)
    found: list[tuple[LongArray, LongArray, FloatArray, FloatArray]] = []
    seen = 0
    for start in range(0, len(suspect), _CHUNK):
        at(start / len(suspect))
        a, b = tree.query(chosen[start : start + _CHUNK])
        a = a + start
        a, b = a[a < b], b[a < b]
        a, b = a[: _MAX_PAIRS - seen], b[: _MAX_PAIRS - seen]
        seen += len(a)
        common = shapely.intersection(chosen[a], chosen[b])
        share = shapes.areas(common) / np.maximum(np.minimum(size[a], size[b]), 1.0)
        keep = share > 0.0
        length = shapes.lengths(as_multipolygons(common[keep]))
        found.append((suspect[a[keep]], suspect[b[keep]], share[keep], length))
        if seen >= _MAX_PAIRS:
            break
    a, b, share, border = (np.concatenate(column) for column in zip(*found, strict=True))
    return Overlaps(a, b, share, border)


def _cleaned(areas: ObjectArray, suspect: LongArray, is_large: BoolArray) -> ObjectArray:
    """Borders that nearly meet made one; areas beside them take part, or they would look empty."""
    suspect = suspect[~is_large[suspect]]
    if not len(suspect):
        return areas
    beside = np.unique(shapely.STRtree(areas).query(areas[suspect], predicate="intersects")[1])
    is_most = 2 * len(beside) > len(areas)
    if is_most:
        # Corners may move only where all areas take part, or borders with the others would part.
        beside = np.arange(len(areas))
    beside = beside[~is_large[beside]]
    if shapes.corner_counts(areas[beside]).sum() > _MAX_CLEANED_CORNERS:
        return areas
    snap = SLIVER_STEPS if is_most else 0.0
    clean = as_multipolygons(shapes.matched(areas[beside], SLIVER_STEPS, snap))
    # An area that lies wholly under another one would vanish; it stays as it was.
    stays = shapely.is_empty(clean)
    clean[stays] = areas[beside][stays]
    done = areas.copy()
    done[beside] = clean
    return done
