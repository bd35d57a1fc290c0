# SPDX-License-Identifier: MIT
"""A grid of areas over the United States, as the map page reads it.

8 columns of 6 degrees from 120 to 72 west, 5 rows of 5 degrees from 50 to 25 north; the feature in
row r and column c (from the north-west) has the number 8 r + c:

     0  1  2  3  4  5  6  7     45 to 50 north
     8  9 10 11 12 13 14 15
    16 17 18 19 20 21 22 23
    24 25 26 27 28 29 30 31
    32 33 34 35 36 37 38 39     25 to 30 north
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.services.map_layers import mercator

COLUMNS, ROWS = 8, 5
COUNT = COLUMNS * ROWS
BOUNDS = (-120.0, 25.0, -72.0, 50.0)


@dataclass(frozen=True, slots=True)
class GridView:
    """Stands for a view of the geography."""

    polygons: Path
    key: str = "county"
    unit_of_feature: np.ndarray | None = None


def center(feature: int) -> tuple[float, float]:
    """Longitude and latitude of the middle of a feature."""
    row, column = divmod(feature, COLUMNS)
    return -117.0 + 6 * column, 47.5 - 5 * row


def write_grid(path: Path) -> GridView:
    """Writes the grid as packed polygons."""
    corners = []
    for feature in range(COUNT):
        lon, lat = center(feature)
        ring = [(-3, 2.5), (3, 2.5), (3, -2.5), (-3, -2.5), (-3, 2.5)]
        corners += [(lon + dx, lat + dy) for dx, dy in ring]
    lonlat = np.array(corners)
    write_packed(path, mercator(lonlat[:, 0], lonlat[:, 1]), [5] * COUNT)
    return GridView(path)


def write_packed(path: Path, xy: np.ndarray, points_per_feature: list[int]) -> None:
    """Writes features of one ring each in the packed format PLY1."""
    count = len(points_per_feature)
    with path.open("wb") as file:
        file.write(b"PLY1")
        np.array([count, count, len(xy)], "<u4").tofile(file)
        np.arange(count + 1, dtype="<u4").tofile(file)
        np.concatenate([[0], np.cumsum(points_per_feature)]).astype("<u4").tofile(file)
        xy.astype("<f4").tofile(file)


def plain_colors(rgb: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """All areas in one opaque colour, all of one territory."""
    return np.tile(np.array([*rgb, 255], np.uint8), (COUNT, 1)), np.zeros(COUNT, np.int32)
