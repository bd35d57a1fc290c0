# SPDX-License-Identifier: MIT
"""From the shapes of a file to a layer that is ready for the map."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.models.errors import ImportProblem
from app.services.boundaries import packing, shapes
from app.services.boundaries.arcs import arcs_of, lone_lines, neighbor_lists, neighbors_of
from app.services.boundaries.measuring import area_km2, bounds_of, gaps_km2, label_points
from app.services.boundaries.outlines import Outlines, multipolygons_of, outlines_of, packed_of
from app.services.boundaries.overlaps import Overlaps, enclosed_gaps, matched_borders
from app.services.boundaries.prepared import Finding, LayerFinding, PreparedLayer
from app.services.boundaries.projecting import is_on_earth, to_degrees, to_steps, within_the_map
from app.services.boundaries.repairing import repaired, valid_on_grid
from app.services.boundaries.simplifying import simplified
from app.services.geography.arrays import IntArray, LongArray, ObjectArray

At = Callable[[float, str], None]
"""Told the share done and what is being done; may raise to stop the work."""


@dataclass(frozen=True)
class NamedShapes:
    """The shapes of a file with what they are called, one per row.

    Attributes:
        shapes: Shapely geometries, None where a row has none.
        crs: What the coordinates mean: "EPSG:5070" or WKT; None where the file is silent.
    """

    codes: Sequence[str]
    names: Sequence[str]
    shapes: ObjectArray
    crs: str | None


@dataclass
class _Found:
    """What was found so far, told by rows."""

    codes: Sequence[str]
    names: Sequence[str]
    findings: list[LayerFinding] = field(default_factory=list[LayerFinding])

    def add(self, finding: Finding, rows: LongArray) -> None:
        """The same about several rows."""
        self.findings += [
            LayerFinding(finding, self.codes[row], self.names[row]) for row in map(int, rows)
        ]


def prepare(named: NamedShapes, at: At) -> PreparedLayer:
    """Repair, merge, measure, simplify.

    Raises:
        ImportProblem: Not one shape can be used, or there are too many.
        UnknownProjection: Nothing says what the coordinates mean.
    """
    codes = [shown(text, packing.MAX_CODE_LENGTH) for text in named.codes]
    names = [shown(text, packing.MAX_NAME_LENGTH) for text in named.names]
    found = _Found(codes, names)
    at(0.05, "Converting coordinates")
    areas, _ = to_degrees(named.shapes, named.crs)
    at(0.12, "Repairing outlines")
    rows, areas = _usable(areas, found)
    at(0.2, "Joining areas with the same code")
    rows, areas = _merged(rows, areas, found)
    at(0.25, "Fitting borders to each other")
    areas = valid_on_grid(multipolygons_of(outlines_of(to_steps(areas))))
    areas, overlaps = matched_borders(
        areas, lambda share: at(0.3 + 0.15 * share, "Looking for overlaps")
    )
    outlines = outlines_of(valid_on_grid(multipolygons_of(outlines_of(areas))))
    rows, outlines, overlaps = _with_outline(rows, outlines, overlaps, found)
    found.findings += _overlap_findings(rows, overlaps, found)
    return _layer(rows, outlines, overlaps, found, at)


def _usable(areas: ObjectArray, found: _Found) -> tuple[LongArray, ObjectArray]:
    """The rows with a code and an outline on the earth, and their outlines as valid polygons."""
    has_code = np.array([bool(code) for code in found.codes])
    found.add(Finding.NO_CODE, np.flatnonzero(~has_code))
    on_earth = is_on_earth(areas)
    found.add(Finding.MISPLACED, np.flatnonzero(has_code & ~on_earth))
    rows = np.flatnonzero(has_code & on_earth)
    valid, was_broken = repaired(areas[rows])
    is_area = shapes.areas(valid) > 0.0
    found.add(Finding.EMPTY, rows[~is_area])
    found.add(Finding.REPAIRED, rows[was_broken & is_area])
    if not is_area.any():
        raise no_areas()
    rows = rows[is_area]
    inside, is_cut = within_the_map(valid[is_area])
    found.add(Finding.CUT, rows[is_cut])
    return rows, inside


def _merged(rows: LongArray, areas: ObjectArray, found: _Found) -> tuple[LongArray, ObjectArray]:
    """One area per code, in the order of codes, with the row that names it."""
    codes = np.array([found.codes[row] for row in map(int, rows)])
    kinds, first, inverse, count = np.unique(
        codes, return_index=True, return_inverse=True, return_counts=True
    )
    if len(kinds) > packing.MAX_AREAS:
        raise too_many(len(kinds), packing.MAX_AREAS)
    joined = areas[first]
    order = np.argsort(inverse, kind="stable")
    ends = np.cumsum(count)
    for kind in np.flatnonzero(count > 1).tolist():
        members = order[ends[kind] - count[kind] : ends[kind]]
        joined[kind] = shapes.union(areas[members])
        row = int(rows[first[kind]])
        found.findings.append(
            LayerFinding(
                Finding.MERGED, found.codes[row], found.names[row], share=float(count[kind])
            )
        )
    return rows[first], repaired(joined)[0]


def _with_outline(
    rows: LongArray, outlines: Outlines, overlaps: Overlaps, found: _Found
) -> tuple[LongArray, Outlines, Overlaps]:
    """Without areas that are smaller than a step of the grid."""
    has = np.diff(outlines.area_start) > 0
    if has.all():
        return rows, outlines, overlaps
    if not has.any():
        raise no_areas()
    found.add(Finding.EMPTY, rows[~has])
    left = Outlines(
        outlines.corners,
        outlines.ring_start,
        outlines.polygon_start,
        np.append(outlines.area_start[:-1][has], outlines.area_start[-1]),
    )
    place = np.cumsum(has) - 1
    keep = has[overlaps.a] & has[overlaps.b]
    a, b = place[overlaps.a[keep]], place[overlaps.b[keep]]
    return rows[has], left, Overlaps(a, b, overlaps.share[keep], overlaps.border[keep])


def _layer(
    rows: LongArray, outlines: Outlines, overlaps: Overlaps, found: _Found, at: At
) -> PreparedLayer:
    at(0.5, "Finding neighbours")
    arcs = arcs_of(outlines)
    start, neighbors = _neighbors(neighbors_of(arcs), overlaps, len(rows))
    at(0.6, "Looking for gaps")
    gaps = enclosed_gaps(
        lone_lines(arcs), multipolygons_of(outlines), has_overlaps=len(overlaps.a) > 0
    )
    at(0.7, "Simplifying borders")
    fine, _ = simplified(arcs)
    at(0.9, "Placing labels")
    points = label_points(fine)
    return PreparedLayer(
        codes=tuple(found.codes[row] for row in map(int, rows)),
        names=tuple(found.names[row] or found.codes[row] for row in map(int, rows)),
        lon=points[:, 0],
        lat=points[:, 1],
        area_km2=area_km2(outlines).astype(np.float32),
        bounds=bounds_of(fine).astype(np.float32),
        neighbors_start=start,
        neighbors=neighbors,
        polygons=packed_of(fine),
        findings=tuple(found.findings[: packing.MAX_FINDINGS]),
        gap_km2=gaps_km2(gaps),
    )


def _neighbors(
    by_border: tuple[IntArray, IntArray], overlaps: Overlaps, count: int
) -> tuple[IntArray, IntArray]:
    """Neighbours by border, and those that overlap."""
    start, other = by_border
    if not len(overlaps.a):
        return by_border
    own = np.repeat(np.arange(count), np.diff(start))
    once = own < other
    a = np.concatenate([own[once], overlaps.a])
    b = np.concatenate([other[once].astype(np.int64), overlaps.b])
    return neighbor_lists(count, a, b, np.full(len(a), np.inf))


def _overlap_findings(rows: LongArray, overlaps: Overlaps, found: _Found) -> list[LayerFinding]:
    order = np.argsort(-overlaps.share, kind="stable")
    a, b = rows[overlaps.a[order]], rows[overlaps.b[order]]
    return [
        LayerFinding(Finding.OVERLAP, found.codes[i], found.names[i], found.codes[j], float(share))
        for i, j, share in zip(map(int, a), map(int, b), overlaps.share[order], strict=True)
    ]


def shown(text: str, max_length: int) -> str:
    """A text of a file as it can be shown in one line."""
    one_line = "".join(sign if sign.isprintable() else " " for sign in text)
    return one_line.strip()[:max_length].strip()


def no_areas() -> ImportProblem:
    """The problem of a file without one usable area."""
    return ImportProblem(
        "The file holds no areas with an outline.",
        meaning="Nothing was added. Points and lines cannot be areas of the map.",
        remedy="Choose a file with polygons, or another layer of this file.",
    )


def too_many(count: int, limit: int) -> ImportProblem:
    """The problem of a file with more areas than the map can take."""
    return ImportProblem(
        f"The file holds {count:,} areas; the limit is {limit:,}.",
        meaning="Nothing was added.",
        remedy="Choose a file with coarser areas, or save a part of it as its own file.",
    )
