# SPDX-License-Identifier: MIT
"""What the map shows at the moment, kept so that a restarted page shows the same again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.models.map_look import AccountStyle
from app.ui.map.link_messages import LinksChanged
from app.ui.map.map_messages import (
    ColorsChanged,
    FlyTo,
    HomesChanged,
    JumpTo,
    LabelsChanged,
    LegendChanged,
    LinesChanged,
    MapLabel,
    PlacesChanged,
    PointsChanged,
    SelectionChanged,
    ThemeChanged,
    ToPage,
    ViewLayerChanged,
)
from app.ui.map.map_reports import ViewReport
from app.ui.map.scheme import DataSlots
from app.ui.map.show_messages import (
    ChartsChanged,
    CirclesChanged,
    LayersChanged,
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
    ToolChanged,
)

_POINT = np.dtype([("x", "<f4"), ("y", "<f4"), ("rgba", "u1", 4), ("radius", "<f4")])


@dataclass(frozen=True, slots=True)
class PointExtra:
    """What account points have beside place, colour and radius.

    Attributes:
        weights: For heat and clusters; None where each counts once.
        shapes: Number of the symbol of each point; None where all are dots.
    """

    style: AccountStyle = AccountStyle.DOTS
    weights: npt.NDArray[np.floating] | None = None
    shapes: npt.NDArray[np.uint8] | None = None

    def packed(self) -> bytes:
        """What follows behind the records."""
        weights = b"" if self.weights is None else self.weights.astype("<f4").tobytes()
        return weights + (b"" if self.shapes is None else self.shapes.astype("u1").tobytes())

    def form(self, count: int) -> PointForm:
        """What tells the page how to read it."""
        return PointForm(count, self.style, self.weights is not None, self.shapes is not None)


PLAIN_POINTS = PointExtra()


@dataclass(slots=True)
class MapState:
    """The last of everything that was told to the page.

    Args:
        slots: Where bulk data waits for the page.
    """

    slots: DataSlots
    view_key: str = ""
    polygons: Path | bytes | None = None
    unit_of_feature: npt.NDArray[np.int32] | None = None
    rgba: npt.NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, 4), np.uint8))
    groups: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    points: bytes = b""
    point_form: PointForm = field(default_factory=PointForm)
    circles: bytes = b""
    are_points_visible: bool = True
    lines: tuple[tuple[str, Path], ...] = ()
    places: Path | None = None
    parents: npt.NDArray[np.int32] | None = None
    baseline: tuple[npt.NDArray[np.uint8], npt.NDArray[np.int32]] | None = None
    labels: dict[str, tuple[MapLabel, ...]] = field(default_factory=dict)
    latest: dict[str, ToPage] = field(default_factory=dict)
    view: ViewReport | None = None
    wanted_bounds: FlyTo | None = None

    def shows(
        self, key: str, polygons: Path | bytes, unit_of_feature: npt.NDArray[np.int32] | None
    ) -> bool:
        """Whether the page has these very areas already."""
        if key != self.view_key or polygons != self.polygons:
            return False
        known = self.unit_of_feature
        if known is None or unit_of_feature is None:
            return known is unit_of_feature
        return np.array_equal(known, unit_of_feature)

    def take_view(
        self, key: str, polygons: Path | bytes, unit_of_feature: npt.NDArray[np.int32] | None = None
    ) -> ViewLayerChanged:
        """Other areas; colours and selection start anew.

        Args:
            key: Key of the view.
            polygons: Packed polygons (PLY1), or the file that holds them.
            unit_of_feature: Unit of each polygon; None where each is a unit of its own.
        """
        if key != self.view_key:
            self.parents = None
        self.view_key = key
        self.polygons = polygons
        self.unit_of_feature = unit_of_feature
        self.rgba = np.zeros((0, 4), np.uint8)
        self.groups = np.zeros(0, np.int32)
        self.baseline = None
        for gone in (SelectionChanged, CriticalChanged):
            self.latest.pop(gone.NAME, None)
        return self._view(polygons)

    def take_colors(
        self, rgba: npt.NDArray[np.uint8], groups: npt.NDArray[np.int32]
    ) -> ColorsChanged:
        """Colours (n x 4) and territory groups (n) of all areas of the view."""
        if rgba.shape != (len(groups), 4):
            raise ValueError("colours and groups do not belong together")
        self.rgba = np.array(rgba, np.uint8)
        self.groups = np.array(groups, "<i4")
        return self._colors()

    def take_patch(
        self,
        features: npt.NDArray[np.integer],
        rgba: npt.NDArray[np.uint8],
        groups: npt.NDArray[np.int32],
    ) -> ColorsChanged:
        """Colours and groups of a few areas; `features` are positions in the view."""
        self.rgba[features] = rgba
        self.groups[features] = groups
        colors: list[Rgba] = [(r, g, b, a) for r, g, b, a in rgba.tolist()]
        patch = zip(features.tolist(), colors, groups.tolist(), strict=True)
        return ColorsChanged(len(self.groups), patch=tuple(patch))

    def take_points(
        self,
        xy: npt.NDArray[np.floating],
        rgba: npt.NDArray[np.uint8],
        radius: npt.NDArray[np.floating] | float,
        extra: PointExtra = PLAIN_POINTS,
    ) -> PointsChanged:
        """Dots at normalised Mercator places (n x 2; nan where not placed), radius in pixels."""
        self.points = _records(xy, rgba, radius) + extra.packed()
        self.point_form = extra.form(len(xy))
        return self._points()

    def take_circles(
        self,
        xy: npt.NDArray[np.floating],
        rgba: npt.NDArray[np.uint8],
        radius: npt.NDArray[np.floating],
    ) -> CirclesChanged:
        """Circles of areas or territories, as points."""
        self.circles = _records(xy, rgba, radius)
        return self._circles()

    def show_points(self, *, visible: bool) -> PointsChanged:
        self.are_points_visible = visible
        return PointsChanged(visible)

    def take_lines(self, lines: Sequence[tuple[str, Path]]) -> LinesChanged:
        """Kind and file of each line layer of the base map."""
        self.lines = tuple(lines)
        return self._lines()

    def take_places(self, path: Path) -> PlacesChanged:
        """Cities of the base map."""
        self.places = path
        return PlacesChanged(self.slots.put("places", path))

    def take_labels(self, label_set: str, labels: Sequence[MapLabel]) -> LabelsChanged:
        self.labels[label_set] = tuple(labels)
        return LabelsChanged(label_set, self.labels[label_set])

    def take_parents(self, parents: npt.NDArray[np.int32] | None) -> ParentsChanged:
        """The larger area of each unit that strokes do not leave."""
        self.parents = parents
        if parents is None:
            return ParentsChanged(None)
        return ParentsChanged(self.slots.put("parents", parents.astype("<i4").tobytes()))

    def take_baseline(
        self, baseline: tuple[npt.NDArray[np.uint8], npt.NDArray[np.int32]] | None
    ) -> BaselineChanged:
        """Opaque colours (n x 4) and groups (n) of an earlier state."""
        self.baseline = baseline
        if baseline is None:
            return BaselineChanged(0, None)
        rgba, groups = baseline
        packed = rgba.astype("u1").tobytes() + groups.astype("<i4").tobytes()
        return BaselineChanged(len(groups), self.slots.put("baseline", packed))

    def take(self, message: ToPage) -> ToPage:
        """Remembers a message of which only the last one counts."""
        self.latest[message.NAME] = message
        return message

    def replay(self) -> Iterator[ToPage]:
        """Everything in an order in which a fresh page can take it."""
        yield from self._latest(ThemeChanged, LayersChanged, ToolChanged, LegendChanged)
        if self.view is not None:
            yield JumpTo(self.view.lon, self.view.lat, self.view.zoom)
        if self.wanted_bounds is not None:
            yield self.wanted_bounds
        yield from self._areas()
        if self.lines:
            yield self._lines()
        if self.places is not None:
            yield self.take_places(self.places)
        for label_set, labels in self.labels.items():
            yield LabelsChanged(label_set, labels)
        if self.points or not self.are_points_visible:
            yield self._points()
        if self.circles:
            yield self._circles()
        yield from self._latest(HomesChanged, SelectionChanged, CriticalChanged, DrawnAreasChanged)
        yield from self._latest(ChartsChanged, RingsChanged, LinksChanged, OverlayLegendChanged)

    def _areas(self) -> Iterator[ToPage]:
        """The areas with all that is known of each."""
        if self.polygons is None:
            return
        yield self._view(self.polygons)
        if len(self.groups):
            yield self._colors()
        if self.parents is not None:
            yield self.take_parents(self.parents)
        if self.baseline is not None:
            yield self.take_baseline(self.baseline)

    def _latest(self, *kinds: type[ToPage]) -> Iterator[ToPage]:
        return (self.latest[kind.NAME] for kind in kinds if kind.NAME in self.latest)

    def _view(self, polygons: Path | bytes) -> ViewLayerChanged:
        url, units = self.slots.put("polygons", polygons), self.unit_of_feature
        if units is None:
            return ViewLayerChanged(self.view_key, (url,))
        packed = np.ascontiguousarray(units, dtype="<i4").tobytes()
        count = int(units.max(initial=-1)) + 1
        return ViewLayerChanged(self.view_key, (url, self.slots.put("units", packed)), count)

    def _colors(self) -> ColorsChanged:
        packed = self.rgba.tobytes() + self.groups.tobytes()
        return ColorsChanged(len(self.groups), url=self.slots.put("colors", packed))

    def _points(self) -> PointsChanged:
        url = self.slots.put("points", self.points)
        return PointsChanged(self.are_points_visible, url, self.point_form)

    def _circles(self) -> CirclesChanged:
        return CirclesChanged(self.slots.put("circles", self.circles) if self.circles else None)

    def _lines(self) -> LinesChanged:
        urls = tuple(self.slots.put(f"line {kind}", path) for kind, path in self.lines)
        return LinesChanged(tuple(kind for kind, _ in self.lines), urls)


def _records(
    xy: npt.NDArray[np.floating],
    rgba: npt.NDArray[np.uint8],
    radius: npt.NDArray[np.floating] | float,
) -> bytes:
    packed = np.zeros(len(xy), _POINT)
    packed["x"], packed["y"] = xy[:, 0], xy[:, 1]
    packed["rgba"] = rgba
    packed["radius"] = radius
    return packed.tobytes()
