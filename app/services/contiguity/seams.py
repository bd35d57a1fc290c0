# SPDX-License-Identifier: MIT
"""Borders between areas that are divided and areas that are not, where no finer border is known.

Michigan and Ontario share a border, but the layers do not say which ZIP areas of Michigan lie at
it. Where a plan divides such a unit, the finer units at the seam are found from how both sides
are drawn.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE
from app.services.alignment import NOBODY, UnitClaims
from app.services.contiguity.border_lengths import segments
from app.services.contiguity.borders import Borders
from app.services.geography.area_view import AreaView
from app.services.geography.geography import Geography
from app.services.geography.packed import PackedPolygons, mercator

IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]

_REACH_DEGREES = 0.05
"""So far from the drawn border an area may lie and still be at it; sources draw it differently."""
_AT_ONCE = 2_000_000
"""Comparisons of boxes with segments that fit into memory together."""


def seam_ends(borders: Borders) -> tuple[IntArray, IntArray]:
    """The borders between two units of one level that no finer units share, one side divisible."""
    is_parent = np.zeros(borders.count, dtype=np.bool_)
    for above in borders.above.values():
        is_parent[above[above >= 0]] = True
    a, b = borders.ends
    found: list[tuple[IntArray, IntArray]] = []
    for level in LEVELS_COARSE_TO_FINE[:-1]:
        own = borders.slice_of(level)
        here = (a >= own.start) & (a < own.stop) & (is_parent[a] | is_parent[b])
        lifted = [np.empty(0, dtype=np.int64)]
        for finer in LEVELS_COARSE_TO_FINE[level.depth + 1 :]:
            inside = borders.slice_of(finer)
            chosen = (a >= inside.start) & (a < inside.stop)
            above = borders.above[finer, level]
            lifted.append(
                _keys(borders, above[a[chosen] - inside.start], above[b[chosen] - inside.start])
            )
        is_seam = ~np.isin(_keys(borders, a[here], b[here]), np.concatenate(lifted))
        found.append((a[here][is_seam], b[here][is_seam]))
    return np.concatenate([x for x, _ in found]), np.concatenate([y for _, y in found])


def _keys(borders: Borders, a: IntArray, b: IntArray) -> LongArray:
    """One number per pair, whatever its order."""
    low, high = np.minimum(a, b).astype(np.int64), np.maximum(a, b).astype(np.int64)
    return low * borders.count + high


@dataclass(frozen=True, eq=False)
class Drawing:
    """How the finest areas are drawn.

    Attributes:
        polygons: The areas.
        feature: Per unit number the polygon that draws it, -1 for none.
    """

    polygons: PackedPolygons
    feature: IntArray

    @classmethod
    def of(cls, borders: Borders, view: AreaView) -> "Drawing":
        """The drawing of a view."""
        numbers = view.features.pick(borders.numbers_at, np.array([-1], np.int32))
        feature = np.full(borders.count + 1, -1, dtype=np.int32)
        feature[numbers] = np.arange(len(numbers), dtype=np.int32)
        return cls(view.packed(), feature[:-1])


class Seams:
    """The seams of a geography; what lies at each is found when a plan first needs it.

    Args:
        borders: All units.
        geography: Says how they are drawn.
    """

    def __init__(self, borders: Borders, geography: Geography) -> None:
        self.borders = borders
        self._geography = geography
        self._one, self._other = seam_ends(borders)
        self._drawing: Drawing | None = None
        self._found: dict[int, tuple[IntArray, IntArray]] = {}

    def ends(self, claims: UnitClaims) -> tuple[IntArray, IntArray]:
        """The borders at the seams that matter: where a plan holds something at both sides."""
        held = np.concatenate([claims.resolved[level] != NOBODY for level in LEVELS_COARSE_TO_FINE])
        for (finer, _coarser), above in self.borders.above.items():
            held[above[held[self.borders.slice_of(finer)] & (above >= 0)]] = True
        needed = np.flatnonzero(held[self._one] & held[self._other]).tolist()
        pairs = [self._at(seam) for seam in needed]
        none = np.empty(0, dtype=np.int32)
        return (
            np.concatenate([none, *(a for a, _ in pairs)]),
            np.concatenate([none, *(b for _, b in pairs)]),
        )

    def _at(self, seam: int) -> tuple[IntArray, IntArray]:
        if seam not in self._found:
            if self._drawing is None:
                finest = self._geography.view(LEVELS_COARSE_TO_FINE[-1])
                self._drawing = Drawing.of(self.borders, finest)
            one, other = int(self._one[seam]), int(self._other[seam])
            self._found[seam] = units_at_seam(self.borders, self._drawing, one, other)
        return self._found[seam]


def units_at_seam(
    borders: Borders, drawing: Drawing, one: int, other: int
) -> tuple[IntArray, IntArray]:
    """Pairs of the finest units inside two units that lie at each other's border.

    Args:
        borders: All units.
        drawing: How they are drawn.
        one, other: Numbers of two units that share a border.

    Returns:
        Two arrays of unit numbers; the nearest pair where none lies within reach.
    """
    sides = sorted((_finest_inside(borders, one), _finest_inside(borders, other)), key=len)
    few, many = sides
    lines, owner = _lines_of(drawing, few)
    boxes = _boxes_of(borders, many)
    touching: list[tuple[IntArray, IntArray]] = []
    step = max(1, _AT_ONCE // max(1, len(boxes)))
    for first in range(0, len(lines), step):
        part = lines[first : first + step]
        apart = (
            (part[:, None, 0] > boxes[None, :, 2])
            | (part[:, None, 2] < boxes[None, :, 0])
            | (part[:, None, 1] > boxes[None, :, 3])
            | (part[:, None, 3] < boxes[None, :, 1])
        )
        line, box = np.nonzero(~apart)
        touching.append((owner[first + line], many[box]))
    if touching and any(len(x) for x, _ in touching):
        pairs = np.unique(
            np.column_stack([np.concatenate(each) for each in zip(*touching, strict=True)]), axis=0
        )
        return pairs[:, 0].astype(np.int32), pairs[:, 1].astype(np.int32)
    return _nearest(borders, few, many)


def _finest_inside(borders: Borders, unit: int) -> IntArray:
    """The units inside a unit that have none inside them; itself where it has none."""
    level = borders.level_of(unit)
    inside: list[IntArray] = []
    parents: set[int] = set()
    for finer in reversed(LEVELS_COARSE_TO_FINE[level.depth + 1 :]):
        numbers = borders.numbers_at(finer)[borders.above[finer, level] == unit]
        inside.append(numbers[~np.isin(numbers, list(parents))])
        for coarser in LEVELS_COARSE_TO_FINE[level.depth + 1 : finer.depth]:
            above = borders.above[finer, coarser][numbers - borders.first[finer]]
            parents.update(np.unique(above[above >= 0]).tolist())
    found = np.concatenate(inside) if inside else np.empty(0, dtype=np.int32)
    return found if len(found) else np.array([unit], dtype=np.int32)


def _boxes_of(borders: Borders, units: IntArray) -> FloatArray:
    """West, north, east, south of units in normalised Mercator, grown by the reach."""
    layers = borders.layers
    every = np.concatenate([layers[level].bounds for level in LEVELS_COARSE_TO_FINE])
    west, south, east, north = every[units].astype(np.float64).T
    left, top = mercator(west - _REACH_DEGREES, north + _REACH_DEGREES)
    right, bottom = mercator(east + _REACH_DEGREES, south - _REACH_DEGREES)
    return np.column_stack((left, top, right, bottom))


def _lines_of(drawing: Drawing, units: IntArray) -> tuple[FloatArray, IntArray]:
    """The boxes around the segments of units' borders, and whose each is."""
    drawn = units[drawing.feature[units] >= 0]
    if not len(drawn):
        return np.empty((0, 4)), np.empty(0, dtype=np.int32)
    order = np.argsort(drawing.feature[drawn])
    features = drawing.feature[drawn][order]
    start, end, owner = segments(drawing.polygons, features)
    a = drawing.polygons.xy[start].astype(np.float64)
    b = drawing.polygons.xy[end].astype(np.float64)
    boxes = np.concatenate((np.minimum(a, b), np.maximum(a, b)), axis=1)
    return boxes, drawn[order][np.searchsorted(features, owner)]


def _nearest(borders: Borders, few: IntArray, many: IntArray) -> tuple[IntArray, IntArray]:
    """The two units whose label points are nearest each other."""
    layers = [borders.layers[level] for level in LEVELS_COARSE_TO_FINE]
    lon = np.concatenate([layer.lon for layer in layers])
    lat = np.concatenate([layer.lat for layer in layers])
    east = (lon[few][:, None] - lon[many][None, :]) * np.cos(np.radians(lat[few]))[:, None]
    north = lat[few][:, None] - lat[many][None, :]
    at, other = np.unravel_index(int(np.argmin(east**2 + north**2)), east.shape)
    return few[[at]], many[[other]]
