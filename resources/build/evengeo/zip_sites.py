# SPDX-License-Identifier: MIT
"""Sites of the Voronoi cells of the ZIPs in one county.

A ZIP that is an area gets one site, its point. A ZIP of post office boxes or of one company is no
area; dozens of them often share one point. Each gets a small cell of its own: the ones at a point
stand on a fine hexagonal grid, and a ring of sites around them, which belong to the surrounding
ZIPs, keeps their cells small.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

Point = tuple[float, float]
_DEGREE_M = 111_195.0
_CLUSTER_SHARE = 0.2
"""Radius of a cluster as a share of the way to the nearest area's point."""
_CLUSTER_MAX = 900.0 / _DEGREE_M
_GRID_MIN = 12.0 / _DEGREE_M
"""Least distance of two sites; the packed coordinates resolve about 2 m."""


@dataclass(frozen=True)
class Sites:
    """Sites in the county's plane (degrees of latitude) and the ZIP that each belongs to."""

    xy: np.ndarray
    owner: np.ndarray


def sites_of(points: np.ndarray, has_area: Sequence[bool], county: shapely.Geometry) -> Sites:
    """Sites for the ZIPs of one county.

    Args:
        points: One row per ZIP in the county's plane, inside the county.
        has_area: Per ZIP whether it is an area. Where none is, all are treated as areas.
        county: The county in its plane, prepared.
    """
    is_main = np.asarray(has_area, dtype=bool)
    if not is_main.any():
        is_main = _first_at_each_point(points)
    main = np.flatnonzero(is_main)
    main_xy = _spread(points[main], county)
    xy: list[np.ndarray] = [main_xy]
    owner: list[np.ndarray] = [main]
    for point, members in _clusters(points, np.flatnonzero(~is_main)):
        rings = _rings_for(len(members))
        grid, center = _fit(point, len(members), main_xy, county)
        own = _hexagons(rings)[: len(members)] * grid + center
        guards = _hexagons(rings + 1)[len(members) :] * grid + center
        xy += [own, guards]
        owner += [np.asarray(members), main[np.argmin(_distances(guards, main_xy), axis=1)]]
    return Sites(np.concatenate(xy), np.concatenate(owner))


def _first_at_each_point(points: np.ndarray) -> np.ndarray:
    first = np.zeros(len(points), dtype=bool)
    first[np.unique(points.round(4), axis=0, return_index=True)[1]] = True
    return first


def _spread(points: np.ndarray, county: shapely.Geometry) -> np.ndarray:
    """The points with equal ones moved apart by some 200 m, in a fixed pattern."""
    _, group, count = np.unique(points.round(5), axis=0, return_inverse=True, return_counts=True)
    moved = points.copy()
    for each in np.flatnonzero(count > 1):
        members = np.flatnonzero(group.ravel() == each)
        pattern = _hexagons(_rings_for(len(members)))[: len(members)]
        for step in (2e-3, 5e-4, 1e-4):
            moved[members] = points[members] + pattern * step
            if shapely.contains_xy(county, moved[members]).all():
                break
    return moved


def _clusters(points: np.ndarray, others: np.ndarray) -> list[tuple[np.ndarray, list[int]]]:
    by_point: dict[Point, list[int]] = defaultdict(list)
    for index in others.tolist():
        by_point[tuple(points[index].round(3))].append(index)
    return [(points[members[0]], members) for _, members in sorted(by_point.items())]


def _fit(
    center: np.ndarray, count: int, main: np.ndarray, county: shapely.Geometry
) -> tuple[float, np.ndarray]:
    """Grid step and centre of a cluster inside the county, beside the areas' own points."""
    rings = _rings_for(count)
    near = np.sort(_distances(center[None, :], main)[0])[:2]
    room = near[-1] if near[0] < near[-1] * _CLUSTER_SHARE else near[0]
    radius = _CLUSTER_MAX if len(main) == 1 else min(room * _CLUSTER_SHARE, _CLUSTER_MAX)
    grid = max(radius / (rings + 1), _GRID_MIN)
    spots = _hexagons(rings)[:count]
    for step in (grid, grid / 2.0, grid / 4.0, _GRID_MIN):
        for moved in _around(center, step * (rings + 2)):
            is_clear = _distances(moved[None, :], main).min() > step * (rings + 1.5)
            if is_clear and shapely.contains_xy(county, spots * step + moved).all():
                return step, moved
    message = f"no room for {count} ZIPs at {center}"
    raise ValueError(message)


def _around(center: np.ndarray, step: float) -> np.ndarray:
    """The centre and then points around it, nearest first."""
    angles = np.arange(12) * math.pi / 6.0
    circle = np.column_stack([np.cos(angles), np.sin(angles)]) * step
    return np.concatenate([[center], *(center + circle * far for far in (1.0, 1.5, 2.0, 4.0, 8.0))])


def _distances(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.linalg.norm(a[:, None, :] - b[None, :, :], axis=2)


def _rings_for(count: int) -> int:
    rings = 0
    while _hexagon_count(rings) < count:
        rings += 1
    return rings


def _hexagon_count(rings: int) -> int:
    return 1 + 3 * rings * (rings + 1)


def _hexagons(rings: int) -> np.ndarray:
    """Points of a hexagonal grid of step 1 around the origin, ring by ring."""
    spots = [(0.0, 0.0)]
    for ring in range(1, rings + 1):
        for side in range(6):
            a, b = side * math.pi / 3.0, (side + 2) * math.pi / 3.0
            spots += [
                (
                    ring * math.cos(a) + step * math.cos(b),
                    ring * math.sin(a) + step * math.sin(b),
                )
                for step in range(ring)
            ]
    return np.asarray(spots)
