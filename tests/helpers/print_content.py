# SPDX-License-Identifier: MIT
"""A made-up map for paper: the grid with two territories side by side, a dispute and a home."""

from pathlib import Path

import numpy as np

from app.services.alignment import IN_DISPUTE
from app.services.geography.packed import read_ply1
from app.services.map_layers import mercator, territory_colors
from app.services.map_print.content import (
    MapContent,
    PrintDots,
    PrintHome,
    PrintLabel,
    PrintLegend,
)
from tests.helpers.area_grid import BOUNDS, COUNT, center, write_grid

NORTH, SOUTH, DISPUTED = 9, 17, 4
"""Features of the two territories and the one that both claim."""


def stub_measure(text: str, size: float, *, bold: bool = False) -> float:
    """Half the size of the type for each letter."""
    return 0.5 * size * len(text)


def grid_content(folder: Path, names: tuple[str, str] = ("North", "South")) -> MapContent:
    """Features 8 to 11 belong to the first territory, 16 to 19 to the second.

    Args:
        folder: Where the polygons are written.
        names: Of the territories.
    """
    view = write_grid(folder / "grid.ply")
    held = np.full(COUNT, -1, np.int32)
    held[8:12], held[16:20], held[DISPUTED] = 0, 1, IN_DISPUTE
    colors = territory_colors(held, [0, 3], list(names), dark=False)
    at = center(DISPUTED)
    dots = PrintDots(
        mercator(np.array([at[0], np.nan]), np.array([at[1], np.nan])),
        np.array([[58, 68, 74, 200], [58, 68, 74, 200]], np.uint8),
        np.array([3.0, 3.0], np.float32),
    )
    labels = tuple(
        PrintLabel(*center(feature), name, sub="Jane Doe")
        for feature, name in zip((NORTH, SOUTH), names, strict=True)
    )
    return MapContent(
        polygons=read_ply1(view.polygons),
        rgba=colors.rgba,
        groups=colors.groups,
        labels=labels,
        homes=(PrintHome(*center(11), (200, 30, 30, 255)),),
        dots=dots,
        legend=PrintLegend("Territories", colors.legend, "A note about the areas"),
    )


__all__ = ["BOUNDS", "DISPUTED", "NORTH", "SOUTH", "center", "grid_content", "stub_measure"]
