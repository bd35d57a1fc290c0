# SPDX-License-Identifier: MIT
"""The messages between the program and the map page: names and payloads, each defined once.

``bridge.js`` has the same names; a test compares them. Coordinates are (lon, lat) everywhere in
Python and are turned into Leaflet's order here only.
"""

from dataclasses import dataclass
from typing import ClassVar

from app.ui.map.link_messages import LinksChanged
from app.ui.map.show_messages import (
    ChartsChanged,
    CirclesChanged,
    LayersChanged,
    LegendEntry,
    OverlayLegendChanged,
    PointForm,
    RingsChanged,
)
from app.ui.map.tool_messages import (
    BaselineChanged,
    CriticalChanged,
    DrawnAreasChanged,
    ParentsChanged,
    Rgba,
    SelectWithin,
    ToolChanged,
    place,
)


@dataclass(frozen=True, slots=True)
class MapLabel:
    """A name on the map.

    Attributes:
        kind: ``territory``, ``country``, ``state``, ``area`` or ``city``.
        sub: A second, quieter line, for example the rep's name.
        figures: Further lines, shown where there is room.
        min_zoom, max_zoom: Zooms at which it may show.
        rank: Smaller comes first where there is not room for all.
    """

    lon: float
    lat: float
    text: str
    kind: str = "territory"
    sub: str = ""
    figures: tuple[str, ...] = ()
    min_zoom: float = 0
    max_zoom: float = 99
    rank: int = 0

    def payload(self) -> dict[str, object]:
        return {
            "at": place(self.lon, self.lat),
            "text": self.text,
            "kind": self.kind,
            "sub": self.sub,
            "figures": list(self.figures),
            "minZoom": self.min_zoom,
            "maxZoom": self.max_zoom,
            "rank": self.rank,
        }


@dataclass(frozen=True, slots=True)
class HomeMarker:
    """The home of a rep, in the colour of the rep's territory."""

    lon: float
    lat: float
    name: str
    rgba: Rgba

    def payload(self) -> dict[str, object]:
        return {"at": place(self.lon, self.lat), "name": self.name, "rgba": list(self.rgba)}


# From the program to the page.


@dataclass(frozen=True, slots=True)
class ViewLayerChanged:
    """Other areas: their polygons are at the first address.

    Attributes:
        view: Key of the view.
        urls: Polygons and, where several of them make one unit, the unit of each as int32.
        unit_count: Number of units; what the page reports are unit numbers.
    """

    NAME: ClassVar[str] = "viewLayerChanged"
    view: str
    urls: tuple[str, ...]
    unit_count: int = 0

    def payload(self) -> dict[str, object]:
        return {"view": self.view, "urls": list(self.urls), "unitCount": self.unit_count}


@dataclass(frozen=True, slots=True)
class LinesChanged:
    """Lines and lakes of the base map, one address for each kind."""

    NAME: ClassVar[str] = "linesChanged"
    kinds: tuple[str, ...]
    urls: tuple[str, ...]

    def payload(self) -> dict[str, object]:
        return {"kinds": list(self.kinds), "urls": list(self.urls)}


@dataclass(frozen=True, slots=True)
class ColorsChanged:
    """New colours of all areas (an address), or of a few (a patch)."""

    NAME: ClassVar[str] = "colorsChanged"
    count: int
    url: str | None = None
    patch: tuple[tuple[int, Rgba, int], ...] | None = None

    def payload(self) -> dict[str, object]:
        if self.patch is None:
            return {"count": self.count, "url": self.url}
        return {"count": self.count, "patch": self.patch}


@dataclass(frozen=True, slots=True)
class PointsChanged:
    """Account dots: an address, or only whether they show."""

    NAME: ClassVar[str] = "pointsChanged"
    is_visible: bool
    url: str | None = None
    form: PointForm | None = None

    def payload(self) -> dict[str, object]:
        if self.url is None or self.form is None:
            return {"visible": self.is_visible}
        return {"visible": self.is_visible, "url": self.url, "form": self.form.payload()}


@dataclass(frozen=True, slots=True)
class LabelsChanged:
    """All labels of one set (``territories``, ``places`` and so on)."""

    NAME: ClassVar[str] = "labelsChanged"
    label_set: str
    labels: tuple[MapLabel, ...]

    def payload(self) -> dict[str, object]:
        return {"set": self.label_set, "labels": [each.payload() for each in self.labels]}


@dataclass(frozen=True, slots=True)
class PlacesChanged:
    """Cities of the base map: the address of a JSON list of name, lon, lat and tier."""

    NAME: ClassVar[str] = "placesChanged"
    url: str

    def payload(self) -> dict[str, object]:
        return {"url": self.url}


@dataclass(frozen=True, slots=True)
class HomesChanged:
    """All homes of reps."""

    NAME: ClassVar[str] = "homesChanged"
    homes: tuple[HomeMarker, ...]

    def payload(self) -> dict[str, object]:
        return {"homes": [each.payload() for each in self.homes]}


@dataclass(frozen=True, slots=True)
class LegendChanged:
    """What the colours mean; without entries the legend disappears."""

    NAME: ClassVar[str] = "legendChanged"
    title: str
    entries: tuple[LegendEntry, ...]
    note: str = ""

    def payload(self) -> dict[str, object]:
        entries = [each.payload() for each in self.entries]
        return {"title": self.title, "entries": entries, "note": self.note}


@dataclass(frozen=True, slots=True)
class SelectionChanged:
    """The selected areas, by position in the view."""

    NAME: ClassVar[str] = "selectionChanged"
    features: tuple[int, ...]

    def payload(self) -> dict[str, object]:
        return {"features": list(self.features)}


@dataclass(frozen=True, slots=True)
class TooltipChanged:
    """Lines of the panel at the pointer; none hides it."""

    NAME: ClassVar[str] = "tooltipChanged"
    lines: tuple[str, ...]

    def payload(self) -> dict[str, object]:
        return {"lines": list(self.lines)}


@dataclass(frozen=True, slots=True)
class ThemeChanged:
    """Light or dark, kilometres or miles."""

    NAME: ClassVar[str] = "themeChanged"
    is_dark: bool
    is_metric: bool = False

    def payload(self) -> dict[str, object]:
        return {"dark": self.is_dark, "metric": self.is_metric}


@dataclass(frozen=True, slots=True)
class FlyTo:
    """Bounds to show: west, south, east, north in degrees, and pixels to leave around them."""

    NAME: ClassVar[str] = "flyTo"
    bounds: tuple[float, float, float, float]
    is_animated: bool = True
    max_zoom: float = 11
    padding: int = 24

    def payload(self) -> dict[str, object]:
        west, south, east, north = self.bounds
        return {
            "bounds": [place(west, south), place(east, north)],
            "animate": self.is_animated,
            "maxZoom": self.max_zoom,
            "padding": self.padding,
        }


@dataclass(frozen=True, slots=True)
class JumpTo:
    """A centre and a zoom to show at once."""

    NAME: ClassVar[str] = "jumpTo"
    lon: float
    lat: float
    zoom: float

    def payload(self) -> dict[str, object]:
        return {"at": place(self.lon, self.lat), "zoom": self.zoom}


@dataclass(frozen=True, slots=True)
class CancelStroke:
    """Give up the stroke under way."""

    NAME: ClassVar[str] = "cancelStroke"

    def payload(self) -> dict[str, object]:
        return {}


ToPage = (
    ViewLayerChanged
    | LinesChanged
    | ColorsChanged
    | PointsChanged
    | LabelsChanged
    | PlacesChanged
    | HomesChanged
    | LegendChanged
    | ToolChanged
    | SelectionChanged
    | TooltipChanged
    | ThemeChanged
    | FlyTo
    | JumpTo
    | CancelStroke
    | ParentsChanged
    | DrawnAreasChanged
    | SelectWithin
    | CriticalChanged
    | BaselineChanged
    | CirclesChanged
    | ChartsChanged
    | RingsChanged
    | LayersChanged
    | LinksChanged
    | OverlayLegendChanged
)
