# SPDX-License-Identifier: MIT
"""Boundary layers of boxes, as the reading of a file would make them."""

from collections.abc import Mapping

import numpy as np

from app.models.boundary_layer import BoundaryLayerInfo, BoundaryRole
from app.models.geounit import GeoLevel
from app.services.boundaries.prepared import GRID, PreparedLayer
from app.services.commands import AddBoundaryLayer
from app.services.geography.packed import PackedPolygons, mercator

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


def layer_of_boxes(
    box_by_code: Mapping[str, Box], name_by_code: Mapping[str, str] | None = None
) -> PreparedLayer:
    """One area per box; boxes that share a part of a side are neighbours."""
    codes = tuple(sorted(box_by_code))
    boxes = np.array([box_by_code[code] for code in codes])
    corners = []
    for west, south, east, north in boxes.tolist():
        corners += [(west, north), (east, north), (east, south), (west, south), (west, north)]
    lonlat = np.array(corners)
    x, y = mercator(lonlat[:, 0], lonlat[:, 1])
    xy = (np.rint(np.column_stack([x, y]) * GRID) / GRID).astype(np.float32)
    near = [
        [b for b in range(len(codes)) if a != b and _touch(boxes[a], boxes[b])]
        for a in range(len(codes))
    ]
    names = name_by_code or {}
    return PreparedLayer(
        codes=codes,
        names=tuple(names.get(code, code) for code in codes),
        lon=(boxes[:, 0] + boxes[:, 2]) / 2,
        lat=(boxes[:, 1] + boxes[:, 3]) / 2,
        area_km2=np.full(len(codes), 5.0, np.float32),
        bounds=boxes.astype(np.float32),
        neighbors_start=np.cumsum([0, *map(len, near)]).astype(np.int32),
        neighbors=np.array([b for each in near for b in each], np.int32),
        polygons=PackedPolygons(
            np.arange(len(codes) + 1), np.arange(len(codes) + 1) * 5, xy.reshape(-1, 2)
        ),
    )


def adding(
    areas: PreparedLayer,
    role: BoundaryRole = BoundaryRole.REPLACE,
    level: GeoLevel = GeoLevel.ZIP,
    country: str = "",
) -> AddBoundaryLayer:
    """The command that adds a layer under the name "Exact areas"."""
    info = BoundaryLayerInfo(0, "Exact areas", role, level, country, vintage="2020")
    return AddBoundaryLayer(areas, info)


def _touch(one: np.ndarray, other: np.ndarray) -> bool:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return bool(min(width, height) == 0.0 and max(width, height) > 0.0)
