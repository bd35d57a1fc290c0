# SPDX-License-Identifier: MIT
"""Approximate ZIP areas: Voronoi cells inside each county, cut at the county line."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from evengeo.layers import AreaLayer
from evengeo.topology import polygons_of
from evengeo.zip_points import ZipPoint
from evengeo.zip_sites import sites_of

_SPECK_DEGREES2 = 1e-9
"""About 10 m2: what the cutting leaves over, not an area."""


def build(zips: Sequence[ZipPoint], counties: AreaLayer) -> list[MultiPolygon]:
    """One area per ZIP; the areas of a county cover it without overlap."""
    members: dict[int, list[int]] = defaultdict(list)
    for index, each in enumerate(zips):
        members[each.county].append(index)
    cells: list[MultiPolygon] = [MultiPolygon()] * len(zips)
    for county, own in sorted(members.items()):
        parts = county_cells([zips[i] for i in own], counties.areas[county])
        for index, area in zip(own, parts, strict=True):
            cells[index] = area
    empty = [zips[i].code for i, cell in enumerate(cells) if cell.is_empty]
    if empty:
        message = f"ZIPs without an area: {empty}"
        raise ValueError(message)
    return cells


def county_cells(zips: Sequence[ZipPoint], county: MultiPolygon) -> list[MultiPolygon]:
    """The areas of the ZIPs of one county, in the order given."""
    if len(zips) == 1:
        return [county]
    shrink = float(np.cos(np.radians(county.centroid.y)))
    points = np.asarray([each.point for each in zips]) * [shrink, 1.0]
    plane = shapely.transform(county, lambda lonlat: lonlat * [shrink, 1.0])
    shapely.prepare(plane)
    sites = sites_of(points, [each.has_area for each in zips], plane)
    whole = _voronoi(sites.xy, county, shrink)
    shapely.prepare(county)
    inside = shapely.contains_properly(county, whole)
    cut = whole.copy()
    cut[~inside] = shapely.intersection(county, whole[~inside])
    areas = [
        polygons_of(shapely.union_all(cut[sites.owner == index])) for index in range(len(zips))
    ]
    return _joined([_clean(area) for area in areas])


def _voronoi(xy: np.ndarray, county: MultiPolygon, shrink: float) -> np.ndarray:
    frame = shapely.box(*(np.asarray(county.bounds) * [shrink, 1.0, shrink, 1.0]))
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(xy), extend_to=frame.buffer(1.0), ordered=True)
    )
    return shapely.transform(cells, lambda flat: flat / [shrink, 1.0])


def _clean(area: MultiPolygon) -> MultiPolygon:
    parts = [part for part in area.geoms if part.area > _SPECK_DEGREES2]
    return MultiPolygon(parts or list(area.geoms)[:1])


def _joined(areas: list[MultiPolygon]) -> list[MultiPolygon]:
    """The areas with cut-off parts given to the neighbour around them.

    A cell that a bay or a county line cuts in two keeps its largest part; a smaller one goes to
    the ZIP of the same county with which it shares the longest border. Islands stay.
    """
    parts = [sorted(area.geoms, key=lambda part: -part.area) for area in areas]
    core = np.asarray([own[0] for own in parts], dtype=object)
    kept = [[own[0]] for own in parts]
    for index, own in enumerate(parts):
        for part in own[1:]:
            kept[_neighbor(part, core, index)].append(part)
    return [
        polygons_of(shapely.union_all(own)) if len(own) > 1 else MultiPolygon(own) for own in kept
    ]


def _neighbor(part: Polygon, core: np.ndarray, own: int) -> int:
    near = np.flatnonzero(shapely.dwithin(core, part, 1e-8))
    near = near[near != own]
    if not len(near):
        return own
    edge = shapely.buffer(part, 1e-7)
    shared = shapely.length(shapely.intersection(shapely.boundary(core[near]), edge))
    return int(near[int(np.argmax(shared))]) if shared.max() > 1e-5 else own


def inner_points(
    zips: Sequence[ZipPoint], cells: Sequence[MultiPolygon]
) -> list[tuple[float, float]]:
    """Per ZIP its own point where that lies in its cell, else a point in the middle of the cell."""
    points: list[tuple[float, float]] = []
    for each, cell in zip(zips, cells, strict=True):
        if shapely.contains_xy(cell, *each.point):
            points.append(each.point)
        else:
            largest = max(cell.geoms, key=lambda part: part.area)
            inside = shapely.point_on_surface(largest)
            points.append((inside.x, inside.y))
    return points
