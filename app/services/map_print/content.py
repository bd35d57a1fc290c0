# SPDX-License-Identifier: MIT
"""What a map shows, taken from the plan; independent of it from then on."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.services.geography.packed import PackedPolygons
from app.services.map_layers import LegendLine, Rgba


@dataclass(frozen=True, slots=True)
class PrintLabel:
    """A name on the map.

    Attributes:
        kind: ``territory``, ``country``, ``state`` or ``city``.
        sub: Second, quieter lines, separated by line breaks.
        min_zoom, max_zoom: Zooms of the screen at which it may show.
        rank: Smaller comes first where there is not room for all.
        tier: Of a city, 0 for the largest.
    """

    lon: float
    lat: float
    text: str
    kind: str = "territory"
    sub: str = ""
    min_zoom: float = 0
    max_zoom: float = 99
    rank: int = 0
    tier: int = 0


@dataclass(frozen=True, slots=True)
class PrintHome:
    """The home of a rep."""

    lon: float
    lat: float
    rgba: Rgba


@dataclass(frozen=True, slots=True)
class PrintPie:
    """A pie of a territory.

    Attributes:
        radius: In pixels of the screen.
        slices: Colour and share of each slice; the shares sum to 1.
    """

    lon: float
    lat: float
    radius: float
    slices: tuple[tuple[Rgba, float], ...]


@dataclass(frozen=True, slots=True)
class PrintRing:
    """A ring by distance around a home."""

    lon: float
    lat: float
    km: float
    text: str
    rgba: Rgba


@dataclass(frozen=True, slots=True)
class PrintOutline:
    """An area that was drawn by hand.

    Attributes:
        corners: Longitude and latitude of its outline.
    """

    corners: tuple[tuple[float, float], ...]
    rgba: Rgba


@dataclass(frozen=True, slots=True)
class PrintLegend:
    """What the colours mean.

    Attributes:
        ends: Per line what stands at its right end, for example how many areas there are.
        radii: Per line the radius of its circle in pixels of the screen, 0 for a swatch.
    """

    title: str
    lines: tuple[LegendLine, ...]
    note: str = ""
    ends: tuple[str, ...] = ()
    radii: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintDots:
    """Accounts as dots.

    Attributes:
        xy: Normalised Mercator, n x 2; nan where an account is not placed.
        rgba: n x 4.
        radius: Per dot in pixels of the screen.
    """

    xy: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 2), np.float32))
    rgba: npt.NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, 4), np.uint8))
    radius: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))


@dataclass(frozen=True, slots=True)
class MapContent:
    """Everything on a map, in light colours.

    Attributes:
        polygons: The areas.
        rgba: Colour per feature of `polygons`; opacity 0 leaves the land.
        groups: Per feature the position of its territory, or a code of `alignment`.
        lines: Kind and packed file of each line layer of the base map, in drawing order.
        cities_path: A JSON list of name, longitude, latitude and tier, or None.
        is_metric: Kilometres instead of miles.
        circles: Proportional circles, like dots.
        drawn: Areas that were drawn by hand.
        sections: What lies on the areas means this.
        hidden: Layers that the user hides (values of `MapLayer`).
    """

    polygons: PackedPolygons
    rgba: npt.NDArray[np.uint8]
    groups: npt.NDArray[np.int32]
    lines: tuple[tuple[str, Path], ...] = ()
    labels: tuple[PrintLabel, ...] = ()
    cities_path: Path | None = None
    homes: tuple[PrintHome, ...] = ()
    dots: PrintDots = field(default_factory=PrintDots)
    legend: PrintLegend = field(default_factory=lambda: PrintLegend("", ()))
    is_metric: bool = False
    circles: PrintDots = field(default_factory=PrintDots)
    pies: tuple[PrintPie, ...] = ()
    rings: tuple[PrintRing, ...] = ()
    drawn: tuple[PrintOutline, ...] = ()
    sections: tuple[PrintLegend, ...] = ()
    hidden: frozenset[str] = frozenset()
