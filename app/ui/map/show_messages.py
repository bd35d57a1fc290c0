# SPDX-License-Identifier: MIT
"""What the program tells the page about what lies on the areas; see `map_messages`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.models.map_look import AccountStyle, LayerLook, MapLayer
from app.ui.map.tool_messages import Rgba, place


@dataclass(frozen=True, slots=True)
class PointForm:
    """How the account points are drawn, and what follows behind their records.

    Attributes:
        count: Number of points.
        weighted: A weight (float) follows for each point.
        shaped: The number of a shape (byte) follows for each, behind the weights.
    """

    count: int = 0
    style: AccountStyle = AccountStyle.DOTS
    weighted: bool = False
    shaped: bool = False

    def payload(self) -> dict[str, object]:
        return {
            "count": self.count,
            "style": self.style.value,
            "weighted": self.weighted,
            "shaped": self.shaped,
        }


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of the legend.

    Attributes:
        count: At the right, how many there are; may be empty.
        shape: Number of the symbol that stands for it; None for a swatch.
        radius: Of a circle that shows a size, in page pixels; 0 for none.
    """

    text: str
    rgba: Rgba
    is_hatched: bool = False
    count: str = ""
    shape: int | None = None
    radius: float = 0

    def payload(self) -> dict[str, object]:
        shape = {} if self.shape is None else {"shape": self.shape}
        return {
            "text": self.text,
            "rgba": list(self.rgba),
            "hatched": self.is_hatched,
            "count": self.count,
            "radius": self.radius,
            **shape,
        }


@dataclass(frozen=True, slots=True)
class LegendSection:
    """A part of the legend with its own heading."""

    title: str
    entries: tuple[LegendEntry, ...]
    note: str = ""

    def payload(self) -> dict[str, object]:
        entries = [each.payload() for each in self.entries]
        return {"title": self.title, "entries": entries, "note": self.note}


@dataclass(frozen=True, slots=True)
class OverlayLegendChanged:
    """What lies on the areas means this; a section for each layer that needs one."""

    NAME: ClassVar[str] = "overlayLegendChanged"
    sections: tuple[LegendSection, ...]

    def payload(self) -> dict[str, object]:
        return {"sections": [each.payload() for each in self.sections]}


@dataclass(frozen=True, slots=True)
class CirclesChanged:
    """Circles of areas or territories, as records of points; none without an address."""

    NAME: ClassVar[str] = "circlesChanged"
    url: str | None = None

    def payload(self) -> dict[str, object]:
        return {"url": self.url} if self.url else {}


@dataclass(frozen=True, slots=True)
class ChartMarker:
    """A pie.

    Attributes:
        radius: Page pixels.
        slices: Colour and share of each slice; the shares sum to 1.
    """

    lon: float
    lat: float
    radius: float
    slices: tuple[tuple[Rgba, float], ...]

    def payload(self) -> dict[str, object]:
        slices = [[list(rgba), share] for rgba, share in self.slices]
        return {"at": place(self.lon, self.lat), "radius": self.radius, "slices": slices}


@dataclass(frozen=True, slots=True)
class ChartsChanged:
    """All pies of territories."""

    NAME: ClassVar[str] = "chartsChanged"
    charts: tuple[ChartMarker, ...]

    def payload(self) -> dict[str, object]:
        return {"charts": [each.payload() for each in self.charts]}


@dataclass(frozen=True, slots=True)
class RingMarker:
    """A ring by distance around a home.

    Attributes:
        text: The distance as the user gave it.
    """

    lon: float
    lat: float
    km: float
    text: str
    rgba: Rgba

    def payload(self) -> dict[str, object]:
        return {
            "at": place(self.lon, self.lat),
            "km": self.km,
            "text": self.text,
            "rgba": list(self.rgba),
        }


@dataclass(frozen=True, slots=True)
class RingsChanged:
    """All rings."""

    NAME: ClassVar[str] = "ringsChanged"
    rings: tuple[RingMarker, ...]

    def payload(self) -> dict[str, object]:
        return {"rings": [each.payload() for each in self.rings]}


@dataclass(frozen=True, slots=True)
class LayersChanged:
    """Which layers show, how strongly and in which order.

    Attributes:
        order: The movable layers, the lowest first.
        looks: Those that are not as usual.
    """

    NAME: ClassVar[str] = "layersChanged"
    order: tuple[MapLayer, ...]
    looks: tuple[LayerLook, ...]

    def payload(self) -> dict[str, object]:
        looks: Mapping[str, object] = {
            look.layer.value: {"shown": look.is_shown, "opacity": look.opacity}
            for look in self.looks
        }
        return {"order": [layer.value for layer in self.order], "looks": looks}
