# SPDX-License-Identifier: MIT
"""What the map page reports, read with suspicion: the page holds no truth."""

import json
import math
from dataclasses import dataclass, replace
from typing import cast

from app.models.ids import StrokeId
from app.ui.map.tool_messages import MapTool

_LONGEST_TEXT = 64
_TYPED = -2
_MOST_FEATURES = 200_000
_MOST_CORNERS = 50_000


@dataclass(frozen=True, slots=True)
class Modifiers:
    """Keys held during a gesture; on a Mac, Command counts as `ctrl`."""

    ctrl: bool = False
    shift: bool = False
    alt: bool = False


@dataclass(frozen=True, slots=True)
class StrokeReport:
    """A drag of a brush, lasso, box or radius, under way or finished.

    Attributes:
        features: Numbers of the units, in the order in which they were touched.
        start: The unit under the pointer at the beginning, -1 for none.
        polygon: Corners (lon, lat) of the finished outline; empty for the brush.
        center, radius_km: Of a finished radius.
    """

    stroke: StrokeId
    tool: MapTool
    features: tuple[int, ...] = ()
    modifiers: Modifiers = Modifiers()
    start: int = -1
    polygon: tuple[tuple[float, float], ...] = ()
    center: tuple[float, float] | None = None
    radius_km: float = 0.0

    @property
    def is_typed(self) -> bool:
        """Whether the radius was typed instead of dragged."""
        return self.start == _TYPED


@dataclass(frozen=True, slots=True)
class ClickReport:
    """A click: `feature` is the number of a unit, -1 outside all areas."""

    feature: int
    modifiers: Modifiers
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class ContextReport:
    """A right click, with its place on the widget in pixels.

    Attributes:
        feature: Number of the unit, -1 outside all areas.
        row, home: Account or rep home under the pointer, -1 for none.
    """

    feature: int
    x: float
    y: float
    lon: float
    lat: float
    row: int = -1
    home: int = -1


@dataclass(frozen=True, slots=True)
class LineReport:
    """A line that was drawn: its corners (lon, lat), and the units that lie under it."""

    polygon: tuple[tuple[float, float], ...]
    features: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ViewReport:
    """Where the map looks: centre, zoom and bounds (west, south, east, north)."""

    lon: float
    lat: float
    zoom: float
    bounds: tuple[float, float, float, float]


class Payload:
    """One JSON object from the page, read field by field.

    Raises:
        ValueError, TypeError: The text or a field is not what the message says.
    """

    def __init__(self, text: str) -> None:
        content: object = json.loads(text)
        if not isinstance(content, dict):
            raise TypeError("not an object")
        self._content = cast("dict[str, object]", content)

    def whole(self, name: str) -> int:
        value = self._content.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"{name} is not a whole number")
        return value

    def number(self, name: str) -> float:
        return _finite(self._content.get(name))

    def text(self, name: str) -> str:
        value = self._content.get(name)
        if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
            raise ValueError(f"{name} is not a short text")
        return value

    def numbers(self, name: str, count: int) -> tuple[float, ...]:
        values = self._list(name, count)
        if len(values) != count:
            raise ValueError(f"{name} does not have {count} numbers")
        return tuple(_finite(each) for each in values)

    def features(self) -> tuple[int, ...]:
        values = self._list("features", _MOST_FEATURES)
        if not all(isinstance(each, int) and not isinstance(each, bool) for each in values):
            raise ValueError("features are not whole numbers")
        return tuple(cast("list[int]", values))

    def modifiers(self) -> Modifiers:
        held = self._content.get("modifiers")
        if not isinstance(held, dict):
            return Modifiers()
        keys = cast("dict[str, object]", held)
        return Modifiers(*(keys.get(name) is True for name in ("ctrl", "shift", "alt")))

    def polygon(self) -> tuple[tuple[float, float], ...]:
        corners: list[tuple[float, float]] = []
        for corner in self._list("polygon", _MOST_CORNERS):
            if not isinstance(corner, list):
                raise TypeError("a corner is not a pair")
            lon, lat = cast("list[object]", corner)
            corners.append((_finite(lon), _finite(lat)))
        return tuple(corners)

    def _list(self, name: str, most: int) -> list[object]:
        values = self._content.get(name)
        if not isinstance(values, list):
            raise TypeError(f"{name} is not a list")
        found = cast("list[object]", values)
        if len(found) > most:
            raise ValueError(f"{name} is too long")
        return found


def _finite(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError("not a finite number")
    return float(value)


def read_stroke(text: str) -> StrokeReport:
    """A stroke under way, finished or given up (then without features)."""
    payload = Payload(text)
    tool = MapTool(payload.text("tool"))
    stroke = StrokeId(payload.text("strokeId"))
    start = payload.whole("start")
    return StrokeReport(stroke, tool, payload.features(), payload.modifiers(), start)


def read_cancelled(text: str) -> StrokeReport:
    """A stroke that the user gave up."""
    payload = Payload(text)
    return StrokeReport(StrokeId(payload.text("strokeId")), MapTool(payload.text("tool")))


def read_lasso(text: str) -> StrokeReport:
    """A finished lasso, box or radius with its outline."""
    payload, stroke = Payload(text), read_stroke(text)
    if stroke.tool is not MapTool.RADIUS:
        return replace(stroke, polygon=payload.polygon())
    lon, lat = payload.numbers("center", 2)
    radius_km = payload.number("radiusKm")
    return replace(stroke, polygon=payload.polygon(), center=(lon, lat), radius_km=radius_km)


def read_line(text: str) -> LineReport:
    """A line that was drawn."""
    payload = Payload(text)
    return LineReport(payload.polygon(), payload.features())


def read_changed_area(text: str) -> tuple[int, tuple[tuple[float, float], ...]]:
    """The id of a drawn area and its new corners."""
    payload = Payload(text)
    return payload.whole("id"), payload.polygon()


def read_click(text: str) -> ClickReport:
    """A click on the map."""
    payload = Payload(text)
    return ClickReport(
        payload.whole("feature"), payload.modifiers(), payload.number("lon"), payload.number("lat")
    )


def read_context(text: str) -> ContextReport:
    """A right click on the map."""
    payload = Payload(text)
    x, y, lon, lat = (payload.number(name) for name in ("x", "y", "lon", "lat"))
    feature, row, home = (payload.whole(name) for name in ("feature", "row", "home"))
    return ContextReport(feature, x, y, lon, lat, row, home)


def read_view(text: str) -> ViewReport:
    """Where the map looks."""
    payload = Payload(text)
    west, south, east, north = payload.numbers("bounds", 4)
    return ViewReport(
        payload.number("lon"),
        payload.number("lat"),
        payload.number("zoom"),
        (west, south, east, north),
    )
