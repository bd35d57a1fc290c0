# SPDX-License-Identifier: MIT
"""The map as a widget: typed methods in, typed signals out."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.map.map_link import MapLink
from app.ui.map.map_messages import (
    CancelStroke,
    FlyTo,
    HomeMarker,
    HomesChanged,
    LegendChanged,
    LegendEntry,
    MapLabel,
    SelectionChanged,
    ThemeChanged,
    TooltipChanged,
)
from app.ui.map.map_page import MapPage
from app.ui.map.map_profile import MapProfile
from app.ui.map.map_reports import ViewReport
from app.ui.map.map_state import PLAIN_POINTS, MapState, PointExtra
from app.ui.map.map_stopped import MapStopped
from app.ui.map.show_view import ShowView
from app.ui.map.tool_messages import MapTool, Rgba
from app.ui.map.tool_view import ToolView

PATCH_LIMIT = 2000
"""Up to so many areas a patch is quicker than sending all colours."""


class ViewAreas(Protocol):
    """What the map needs to know of a view of the geography.

    Attributes:
        key: Which view it is.
        polygons: Its polygons as PLY1, or the file that holds them.
        unit_of_feature: Number of the unit that each polygon is a part of, -1 for none; None
            where every polygon is a unit.
    """

    @property
    def key(self) -> str: ...
    @property
    def polygons(self) -> Path | bytes: ...
    @property
    def unit_of_feature(self) -> npt.NDArray[np.int32] | None: ...


class MapView(QWidget):
    """The map page with everything that is on it.

    Methods may be called at any time: what the page cannot take yet is sent when it is ready,
    and all of it is sent again if the page has to be restarted.

    Attributes:
        tools: What belongs to the tools: source and reach of strokes, marks, drawn areas.

    Signals:
        ready: The page has started and took everything that waited.
        settled: Everything that was sent is on the screen.
        stroke_moved, stroke_finished, stroke_cancelled, lasso_finished: `StrokeReport`.
        feature_clicked: `ClickReport`.
        feature_hovered: Number of a unit of the view, or -1.
        point_clicked: Row of the account, and `Modifiers`.
        home_clicked: Number of the home.
        context_requested: `ContextReport`.
        view_changed: `ViewReport`.
        brush_changed: Radius in pixels, after the user changed it on the map.
        line_drawn: `LineReport` of a line that splits.
        area_drawn: Corners (lon, lat) of a new area.
        area_changed: Id of a drawn area and its new corners.
        area_removed: Id of a drawn area that shall go.
        restarted: The page had stopped and is being started again.
        gave_up: The page stopped too often; drawing without the graphics card may help.
    """

    ready = Signal()
    settled = Signal()
    stroke_moved = Signal(object)
    stroke_finished = Signal(object)
    stroke_cancelled = Signal(object)
    lasso_finished = Signal(object)
    feature_clicked = Signal(object)
    feature_hovered = Signal(int)
    point_clicked = Signal(int, object)
    home_clicked = Signal(int)
    context_requested = Signal(object)
    view_changed = Signal(object)
    brush_changed = Signal(float)
    line_drawn = Signal(object)
    area_drawn = Signal(object)
    area_changed = Signal(int, object)
    area_removed = Signal(int)
    restarted = Signal()
    gave_up = Signal()

    def __init__(self, profile: MapProfile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Map")
        self._state = MapState(profile.slots)
        self._is_restoring = False
        self._held_view: ViewReport | None = None
        self._web = QWebEngineView(self)
        self._web.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._web.setAcceptDrops(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._web)
        self.stopped = MapStopped(self._web, self)
        layout.addWidget(self.stopped)
        self.setFocusProxy(self._web)
        self._link = MapLink(profile, self._web)
        self.tools = ToolView(self._link, self._state)
        self.overlays = ShowView(self._link, self._state)
        self._connect()

    def _connect(self) -> None:
        link, bridge = self._link, self._link.bridge
        link.ready.connect(self._on_ready)
        link.settled.connect(self._on_settled)
        link.restarted.connect(self._on_restarted)
        link.gave_up.connect(self.stopped.take_over)
        link.gave_up.connect(self.gave_up)
        self.stopped.try_again.connect(link.try_again)
        bridge.stroke_moved.connect(self.stroke_moved)
        bridge.stroke_finished.connect(self.stroke_finished)
        bridge.stroke_cancelled.connect(self.stroke_cancelled)
        bridge.lasso_finished.connect(self.lasso_finished)
        bridge.clicked.connect(self.feature_clicked)
        bridge.hovered.connect(self.feature_hovered)
        bridge.point_clicked.connect(self.point_clicked)
        bridge.home_clicked.connect(self.home_clicked)
        bridge.context_requested.connect(self.context_requested)
        bridge.view_changed.connect(self._on_view_changed)
        bridge.brush_changed.connect(self._on_brush_changed)
        bridge.line_drawn.connect(self.line_drawn)
        bridge.area_drawn.connect(self.area_drawn)
        bridge.area_changed.connect(self.area_changed)
        bridge.area_removed.connect(self.area_removed)

    # What the map shows.

    def show_view(self, view: ViewAreas) -> None:
        """Shows the areas of a view; colours and selection start anew, and are set next.

        Selection, clicks, strokes and hovering speak of units, colours of the single polygons.
        """
        if self._state.shows(view.key, view.polygons, view.unit_of_feature):
            # The page has these areas already: only what lies on them changes.
            self.set_selection(())
            return
        self._link.send(self._state.take_view(view.key, view.polygons, view.unit_of_feature))

    def set_colors(self, rgba: npt.NDArray[np.uint8], groups: npt.NDArray[np.int32]) -> None:
        """Colours all areas of the view.

        Args:
            rgba: n x 4; opacity 0 leaves the land colour of the theme.
            groups: Territory of each area, for the strong borders; -1 nobody, -2 in dispute
                (hatched), -3 mixed.
        """
        self._link.send(self._state.take_colors(rgba, groups))

    def patch_colors(
        self,
        features: npt.NDArray[np.integer],
        rgba: npt.NDArray[np.uint8],
        groups: npt.NDArray[np.int32],
    ) -> None:
        """Colours some areas; `features` are numbers of polygons."""
        message = self._state.take_patch(features, rgba, groups)
        if len(features) <= PATCH_LIMIT:
            self._link.send(message)
        else:
            self._link.send(self._state.take_colors(self._state.rgba, self._state.groups))

    def set_points(
        self,
        xy: npt.NDArray[np.floating],
        rgba: npt.NDArray[np.uint8],
        radius: npt.NDArray[np.floating] | float = 4.0,
        extra: PointExtra = PLAIN_POINTS,
    ) -> None:
        """Shows accounts; see `map_layers.mercator` for `xy`. Rows keep their numbers."""
        self._link.send(self._state.take_points(xy, rgba, radius, extra))

    def show_points(self, *, visible: bool) -> None:
        self._link.send(self._state.show_points(visible=visible))

    def set_labels(self, label_set: str, labels: Sequence[MapLabel]) -> None:
        """Replaces the labels of one set, for example ``territories`` or ``places``."""
        self._link.send(self._state.take_labels(label_set, labels))

    def set_homes(self, homes: Sequence[HomeMarker]) -> None:
        self._link.send(self._state.take(HomesChanged(tuple(homes))))

    def set_lines(self, lines: Sequence[tuple[str, Path]]) -> None:
        """Lines of the base map: kind (lake, river, county, state, country) and packed file."""
        self._link.send(self._state.take_lines(lines))

    def set_places(self, path: Path) -> None:
        """Cities of the base map: a JSON list of name, longitude, latitude, tier (0 largest)."""
        self._link.send(self._state.take_places(path))

    def set_legend(self, title: str, entries: Sequence[LegendEntry], note: str = "") -> None:
        """Shows a legend; without entries it disappears."""
        self._link.send(self._state.take(LegendChanged(title, tuple(entries), note)))

    def set_tool(
        self, tool: MapTool, *, radius: float | None = None, preview: Rgba | None = None
    ) -> None:
        """Chooses the tool; see `ToolView.set_tool`."""
        self.tools.set_tool(tool, radius=radius, preview=preview)

    def cancel_stroke(self) -> None:
        """Gives up the stroke under way, as Esc does."""
        self._link.send(CancelStroke())

    def set_selection(self, units: Sequence[int]) -> None:
        self._link.send(self._state.take(SelectionChanged(tuple(units))))

    def set_tooltip(self, lines: Sequence[str]) -> None:
        """Text at the pointer until it leaves the area; answer `feature_hovered` with it."""
        self._link.send(TooltipChanged(tuple(lines)))

    def set_theme(self, *, dark: bool, metric: bool = False) -> None:
        self._link.set_dark(dark=dark)
        self._link.send(self._state.take(ThemeChanged(dark, metric)))

    def fly_to(
        self,
        bounds: tuple[float, float, float, float],
        *,
        animated: bool = True,
        max_zoom: float = 11,
        padding: int = 24,
    ) -> None:
        """Shows the bounds: west, south, east, north in degrees.

        The map shows them again when the window changes before the user looks elsewhere. Bounds
        that were a whole view before come back as they were with no padding.
        """
        message = FlyTo(bounds, animated, max_zoom, padding)
        if not self._link.is_ready:
            self._state.wanted_bounds = message
        self._link.send(message)

    @property
    def shown_view(self) -> ViewReport | None:
        """Where the map looks, or None before the page has said so."""
        return self._state.view

    @property
    def is_settled(self) -> bool:
        """Whether everything that was sent is on the screen."""
        return self._link.is_settled

    @property
    def web_page(self) -> MapPage:
        return self._link.page

    def grab_image(self) -> QImage:
        """The map as it looks on the screen."""
        return self._web.grab().toImage()

    def event_target(self) -> QWidget:
        """The widget that receives mouse and keyboard; replaced when the page restarts."""
        return self._web.focusProxy() or self._web

    # What the page says.

    def _on_ready(self) -> None:
        for message in self._state.replay():
            self._link.send(message)
        self._state.wanted_bounds = None
        self.ready.emit()

    def _on_restarted(self) -> None:
        self._is_restoring, self._held_view = True, None
        self.restarted.emit()

    def _on_settled(self) -> None:
        held, self._held_view, self._is_restoring = self._held_view, None, False
        if held is not None:
            self._on_view_changed(held)
        self.settled.emit()

    def _on_view_changed(self, report: ViewReport) -> None:
        # A fresh page reports its own start view first; if it died then, the next must not use it.
        if self._is_restoring:
            self._held_view = report if self._link.is_ready else None
        elif self._link.is_ready:
            self._state.view = report
            self.view_changed.emit(report)

    def _on_brush_changed(self, radius: float) -> None:
        self.tools.note_radius(radius)
        self.brush_changed.emit(radius)
