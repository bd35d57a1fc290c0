# SPDX-License-Identifier: MIT
"""What the program tells the page about tools and what they may touch; see `map_messages`."""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

Rgba = tuple[int, int, int, int]
"""Red, green, blue and opacity, each 0 to 255."""


def place(lon: float, lat: float) -> list[float]:
    """A point in Leaflet's order."""
    return [lat, lon]


class MapTool(Enum):
    """What dragging and clicking on the map does."""

    NONE = "none"
    PICK = "pick"
    BOX = "box"
    LASSO = "lasso"
    RADIUS = "radius"
    PAINT = "paint"
    PUSH = "push"
    SPLIT = "split"
    DRAW = "draw"


class StrokeSource(Enum):
    """Whose units a stroke that assigns may take."""

    ALL = "all"
    UNASSIGNED = "unassigned"
    ONE = "one"
    """Those of one territory: a given one, or that under the pointer when the stroke begins."""


@dataclass(frozen=True, slots=True)
class ToolChanged:
    """Another tool.

    Attributes:
        radius: Of the paint brush, in screen pixels.
        preview: Colour of what the stroke has touched so far.
        source: Whose units a stroke may take.
        source_group: The one territory, as a group of the colours; None for that at the start.
        restricts: Whether the source counts; a mere selection takes from everybody.
    """

    NAME: ClassVar[str] = "toolChanged"
    tool: MapTool
    radius: float
    preview: Rgba
    source: StrokeSource = StrokeSource.ALL
    source_group: int | None = None
    restricts: bool = False

    def payload(self) -> dict[str, object]:
        return {
            "tool": self.tool.value,
            "radius": self.radius,
            "preview": list(self.preview),
            "source": self.source.value,
            "sourceGroup": self.source_group,
            "restricts": self.restricts,
        }


@dataclass(frozen=True, slots=True)
class ParentsChanged:
    """The larger area of each unit, at an address; without one strokes may go anywhere."""

    NAME: ClassVar[str] = "parentsChanged"
    url: str | None

    def payload(self) -> dict[str, object]:
        return {"url": self.url}


@dataclass(frozen=True, slots=True)
class DrawnOutline:
    """An area that was drawn by hand: its corners (lon, lat), in the colour of its territory."""

    id: int
    rgba: Rgba
    corners: tuple[tuple[float, float], ...]

    def payload(self) -> dict[str, object]:
        corners = [place(lon, lat) for lon, lat in self.corners]
        return {"id": self.id, "rgba": list(self.rgba), "corners": corners}


@dataclass(frozen=True, slots=True)
class DrawnAreasChanged:
    """All areas that were drawn by hand."""

    NAME: ClassVar[str] = "drawnAreasChanged"
    areas: tuple[DrawnOutline, ...]

    def payload(self) -> dict[str, object]:
        return {"areas": [each.payload() for each in self.areas]}


@dataclass(frozen=True, slots=True)
class SelectWithin:
    """Asks for the units around a place; the page answers with a finished radius of that stroke."""

    NAME: ClassVar[str] = "selectWithin"
    stroke: str
    lon: float
    lat: float
    radius_km: float

    def payload(self) -> dict[str, object]:
        place = {"lon": self.lon, "lat": self.lat, "radiusKm": self.radius_km}
        return {"strokeId": self.stroke, **place}


@dataclass(frozen=True, slots=True)
class CriticalChanged:
    """Units that hold their territory together, by number; they are dotted."""

    NAME: ClassVar[str] = "criticalChanged"
    features: tuple[int, ...]

    def payload(self) -> dict[str, object]:
        return {"features": list(self.features)}


@dataclass(frozen=True, slots=True)
class BaselineChanged:
    """An earlier state to show as outlines: an address as of `ColorsChanged`, or none."""

    NAME: ClassVar[str] = "baselineChanged"
    count: int
    url: str | None

    def payload(self) -> dict[str, object]:
        return {"count": self.count, "url": self.url}
