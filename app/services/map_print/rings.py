# SPDX-License-Identifier: MIT
"""Areas and lines of the map on a page: projected, clipped and moved to the device's grid.

The same place always goes to the same grid point, so that neighbours go on sharing their border,
and no point moves farther than half a step along either axis.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.services.geography.packed import PackedPolygons, read_ply1
from app.services.map_print.drawing import Box, FloatArray, Paths
from app.services.map_print.frame import MapFrame
from app.services.map_shapes import ranges, read_lin1

IntArray = npt.NDArray[np.int64]
_CLOSED_TRIANGLE = 4
_OPEN_LINE = 2
_BLEED = 6.0
"""Points beyond the map's edge at which shapes are cut, so that the cut never shows."""


@dataclass(frozen=True, slots=True)
class GridRings:
    """Closed rings on the grid of the page.

    Attributes:
        starts: Per ring its first point, and the number of points at the end.
        steps: n x 2 whole grid steps from the page's corner.
        feature: Per ring the feature that it belongs to.
        step: One grid step in points.
    """

    starts: IntArray
    steps: IntArray
    feature: IntArray
    step: float


def rings_on_page(
    polygons: PackedPolygons,
    frame: MapFrame,
    step: float,
    features: npt.NDArray[np.integer] | None = None,
) -> GridRings:
    """The rings that meet the map.

    Args:
        polygons: Features in normalised Web Mercator.
        frame: The map on the page.
        step: Grid step in points: half a device pixel loses nothing that could be seen.
        features: Only these; all where it is left out.
    """
    clip = clip_box(frame)
    lengths = np.diff(polygons.coord_start)
    owner = np.repeat(np.arange(polygons.feature_count), np.diff(polygons.ring_start))
    meets = lengths >= _CLOSED_TRIANGLE
    meets &= _meets(polygons.xy, polygons.coord_start, frame, clip)
    if features is not None:
        chosen = np.zeros(polygons.feature_count, np.bool_)
        chosen[features] = True
        meets &= chosen[owner]
    rings = np.flatnonzero(meets)
    points = ranges(polygons.coord_start[rings], lengths[rings])
    ring = np.repeat(np.arange(len(rings)), lengths[rings])
    xy, ring = _clipped(frame.place(polygons.xy[points]), ring, clip)
    steps, ring = _on_grid(xy, ring, step)
    counts = np.bincount(ring, minlength=len(rings))
    stays = counts >= _CLOSED_TRIANGLE
    starts = np.concatenate([[0], np.cumsum(counts[stays])])
    return GridRings(starts, steps[stays[ring]], owner[rings[stays]], step)


def in_points(steps: IntArray, step: float) -> FloatArray:
    """Places on the page of grid steps."""
    return steps.astype(np.float64) * step


def lines_on_page(path: Path, frame: MapFrame, step: float) -> Paths:
    """The lines of a packed file (``LIN1``) that meet the map."""
    starts, xy = read_lin1(path)
    clip = clip_box(frame)
    meets = _meets(xy, starts, frame, clip)
    lengths = np.diff(starts)[meets]
    points = ranges(starts[:-1][meets], lengths)
    ring = np.repeat(np.arange(len(lengths)), lengths)
    placed, ring = _clipped(frame.place(xy[points]), ring, clip)
    steps, ring = _on_grid(placed, ring, step)
    low, high = np.array(clip, np.float64).reshape(2, 2) / step
    on_edge = ((steps <= np.ceil(low)) | (steps >= np.floor(high))).any(axis=1)
    return _kept_runs(in_points(steps, step), ring, ~on_edge)


def fills_on_page(path: Path, frame: MapFrame, step: float) -> Paths:
    """The rings of a packed file of areas (``PLY1``) that meet the map, as one fill."""
    found = rings_on_page(read_ply1(path), frame, step)
    return Paths(found.starts, in_points(found.steps, step))


def clip_box(frame: MapFrame) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what is kept of the shapes."""
    box: Box = frame.box.inside(-_BLEED)
    return box.left, box.top, box.right, box.bottom


def _meets(
    xy: npt.NDArray[np.floating],
    starts: IntArray,
    frame: MapFrame,
    clip: tuple[float, float, float, float],
) -> npt.NDArray[np.bool_]:
    """Per part whether its box meets the clip box."""
    if len(starts) < _OPEN_LINE:
        return np.zeros(0, np.bool_)
    low = frame.place(np.minimum.reduceat(xy, starts[:-1]))
    high = frame.place(np.maximum.reduceat(xy, starts[:-1]))
    left, top, right, bottom = clip
    return (low[:, 0] <= right) & (high[:, 0] >= left) & (low[:, 1] <= bottom) & (high[:, 1] >= top)


def _clipped(
    xy: FloatArray, ring: IntArray, clip: tuple[float, float, float, float]
) -> tuple[FloatArray, IntArray]:
    """The parts inside the clip box; what lies outside falls onto its edges.

    Points are added where a part crosses an edge, then everything outside is moved onto it. Of a
    ring that leaves exactly its inner part, with seams of no width along the edges.
    """
    left, top, right, bottom = clip
    for axis, limit, is_low in ((0, left, True), (0, right, False), (1, top, True), (1, bottom, False)):  # fmt: skip # noqa: E501
        xy, ring = _cut(xy, ring, axis, limit)
        bound = np.maximum if is_low else np.minimum
        xy[:, axis] = bound(xy[:, axis], limit)
    return xy, ring


def _cut(xy: FloatArray, ring: IntArray, axis: int, limit: float) -> tuple[FloatArray, IntArray]:
    """The parts with a point wherever they cross a line parallel to an axis."""
    side = xy[:, axis] - limit
    crossed = np.flatnonzero((side[:-1] * side[1:] < 0) & (ring[:-1] == ring[1:]))
    if not len(crossed):
        return xy, ring
    first, last = xy[crossed], xy[crossed + 1]
    # Two neighbours run along a border in opposite directions and must find the same point.
    swap = first[:, axis] > last[:, axis]
    first, last = np.where(swap[:, None], last, first), np.where(swap[:, None], first, last)
    share = (limit - first[:, axis]) / (last[:, axis] - first[:, axis])
    new = first + (last - first) * share[:, None]
    new[:, axis] = limit
    return (
        np.insert(xy, crossed + 1, new, axis=0),
        np.insert(ring, crossed + 1, ring[crossed]),
    )


def _on_grid(xy: FloatArray, ring: IntArray, step: float) -> tuple[IntArray, IntArray]:
    """Whole grid steps, without points that fall on the one before."""
    steps = np.rint(xy / step).astype(np.int64)
    is_new = np.ones(len(steps), np.bool_)
    is_new[1:] = np.any(steps[1:] != steps[:-1], axis=1) | (ring[1:] != ring[:-1])
    return steps[is_new], ring[is_new]


def _kept_runs(xy: FloatArray, ring: IntArray, kept: npt.NDArray[np.bool_]) -> Paths:
    """The runs of kept points with at least two points."""
    run_starts = kept.copy()
    run_starts[1:] &= ~kept[:-1] | (ring[1:] != ring[:-1])
    run = np.cumsum(run_starts)[kept] - 1
    counts = np.bincount(run) if len(run) else np.zeros(0, np.int64)
    stays = counts >= _OPEN_LINE
    starts = np.concatenate([[0], np.cumsum(counts[stays])]).astype(np.int64)
    return Paths(starts, xy[kept][stays[run]] if len(run) else np.zeros((0, 2)))
