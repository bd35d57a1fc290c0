# SPDX-License-Identifier: MIT
"""What became of the areas of one layer in another: by code, and by place where codes differ."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import shapely

from app.services.boundaries import shapes
from app.services.boundaries.repairing import as_multipolygons
from app.services.geography.arrays import FloatArray, LongArray, ObjectArray
from app.services.geography.packed import PackedPolygons, to_polygons

MIN_SHARE = 0.05
"""Of an area; what reaches less far into another comes from borders drawn more exactly."""
_SAME_SHARE = 0.8
"""Two areas that cover each other by so much are one area under two codes."""


class Change(Enum):
    """What became of an area; the value is the word for the user."""

    KEPT = "Kept"
    """Both layers have the code, at the same place."""
    MOVED = "Moved"
    """Both layers have the code, at places that do not touch."""
    RENUMBERED = "New code"
    """The area is there under another code."""
    MERGED = "Merged"
    """The code is gone, and its area became part of one other area."""
    SPLIT = "Split"
    """The code is gone, and several areas share its area."""
    VANISHED = "Vanished"
    """The code is gone, and no area lies there."""
    NEW = "New"
    """The code came up; its area was parts of others, or nobody's."""


CHANGES_IN_ORDER = (
    Change.SPLIT,
    Change.MERGED,
    Change.RENUMBERED,
    Change.VANISHED,
    Change.MOVED,
    Change.NEW,
)
"""Of lists of what changed: what asks for a look comes first. What was kept is not in them."""


@dataclass(frozen=True, slots=True)
class AreaChange:
    """What became of one area.

    Attributes:
        others: Codes of the areas that it went to or came from, the largest share first.
        shares: Per other the share of this area's area, 0 to 1.
    """

    change: Change
    code: str
    name: str
    others: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class VintageReport:
    """All areas of the older layer, and what is new.

    Attributes:
        name_of: Names by code of both layers, the newer one's first.
    """

    changes: tuple[AreaChange, ...]
    name_of: Mapping[str, str]

    @property
    def changed(self) -> list[AreaChange]:
        """The areas that were not kept, in the order of `CHANGES_IN_ORDER`."""
        place = {change: number for number, change in enumerate(CHANGES_IN_ORDER)}
        found = [change for change in self.changes if change.change in place]
        return sorted(found, key=lambda change: place[change.change])

    @property
    def counts(self) -> Mapping[Change, int]:
        """How many areas there are of each kind."""
        return Counter(change.change for change in self.changes)


@dataclass(frozen=True)
class NamedAreas:
    """A layer as far as it is compared.

    Attributes:
        bounds: West, south, east, north per area.
        polygons: One feature per area, in the same order; later ones are ignored.
    """

    codes: Sequence[str]
    names: Sequence[str]
    bounds: FloatArray
    polygons: PackedPolygons


def compared(old: NamedAreas, new: NamedAreas) -> VintageReport:
    """What became of each area of `old` in `new`, and what is new there."""
    position = {code: index for index, code in enumerate(new.codes)}
    old_codes = set(old.codes)
    gone = np.array([i for i, code in enumerate(old.codes) if code not in position], np.int64)
    fresh = np.array([i for i, code in enumerate(new.codes) if code not in old_codes], np.int64)
    changes = list(_kept(old, new, position))
    old_shapes, new_shapes = _shapes(old), _shapes(new)
    went_to = _shares(old_shapes, gone, new_shapes)
    came_from = _shares(new_shapes, fresh, old_shapes)
    renumbered = _renumbered(went_to, came_from)
    changes += [
        _gone(old, new, index, went_to.get(index, []), renumbered) for index in gone.tolist()
    ]
    taken = set(renumbered.values())
    for index in fresh.tolist():
        if index not in taken:
            sources = came_from.get(index, [])
            changes.append(_change(Change.NEW, new, index, old, sources))
    names = dict(zip(old.codes, old.names, strict=True))
    names.update(zip(new.codes, new.names, strict=True))
    return VintageReport(tuple(changes), names)


_Shares = dict[int, list[tuple[int, float]]]
"""Per area the areas of the other layer that cover it and their shares, the largest first."""


def _kept(old: NamedAreas, new: NamedAreas, position: Mapping[str, int]) -> Iterator[AreaChange]:
    for index, code in enumerate(old.codes):
        other = position.get(code)
        if other is None:
            continue
        west, south, east, north = old.bounds[index]
        w, s, e, n = new.bounds[other]
        is_apart = bool(w > east or e < west or s > north or n < south)
        yield AreaChange(Change.MOVED if is_apart else Change.KEPT, code, new.names[other])


def _gone(
    old: NamedAreas,
    new: NamedAreas,
    index: int,
    targets: list[tuple[int, float]],
    renumbered: Mapping[int, int],
) -> AreaChange:
    if index in renumbered:
        kind = Change.RENUMBERED
    elif not targets:
        kind = Change.VANISHED
    else:
        kind = Change.MERGED if len(targets) == 1 else Change.SPLIT
    return _change(kind, old, index, new, targets)


def _change(
    kind: Change,
    layer: NamedAreas,
    index: int,
    other: NamedAreas,
    shares: list[tuple[int, float]],
) -> AreaChange:
    return AreaChange(
        kind,
        layer.codes[index],
        layer.names[index],
        tuple(other.codes[i] for i, _ in shares),
        tuple(share for _, share in shares),
    )


def _renumbered(went_to: _Shares, came_from: _Shares) -> dict[int, int]:
    """Gone areas that are there under a new code, and its area."""
    found: dict[int, int] = {}
    for index, targets in went_to.items():
        target, share = targets[0]
        back = dict(came_from.get(target, []))
        if share >= _SAME_SHARE and back.get(index, 0.0) >= _SAME_SHARE:
            found[index] = target
    return found


def _shares(areas: ObjectArray, wanted: LongArray, others: ObjectArray) -> _Shares:
    if not len(wanted):
        return {}
    chosen = areas[wanted]
    a, b = shapely.STRtree(others).query(chosen, predicate="intersects")
    common = shapes.areas(shapely.intersection(chosen[a], others[b]))
    share = common / np.maximum(shapes.areas(chosen)[a], 1e-30)
    found: _Shares = {}
    for place in np.argsort(-share, kind="stable").tolist():
        if share[place] >= MIN_SHARE:
            found.setdefault(int(wanted[a[place]]), []).append((int(b[place]), float(share[place])))
    return found


def _shapes(layer: NamedAreas) -> ObjectArray:
    """The areas as valid shapes; areas without one are empty."""
    count = len(layer.codes)
    polygons, feature = to_polygons(layer.polygons.subset(0, count))
    joined = np.full(count, shapely.MultiPolygon(), dtype=np.object_)
    shapely.multipolygons(polygons, indices=feature, out=joined)
    is_broken = ~shapely.is_valid(joined)
    if is_broken.any():
        joined[is_broken] = as_multipolygons(shapely.make_valid(joined[is_broken]))
    return joined
