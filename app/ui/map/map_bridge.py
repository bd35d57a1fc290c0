# SPDX-License-Identifier: MIT
"""The channel object that the page sees: typed signals out, checked slots in."""

import json
import logging
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from app.ui.map import map_reports
from app.ui.map.map_messages import ToPage
from app.ui.map.map_reports import Payload

_LOG = logging.getLogger(__name__)
_Report = TypeVar("_Report")


class MapBridge(QObject):
    """Both ends of the channel in Python; each message carries one JSON object.

    Signals:
        page_ready: The page listens from now on.
        page_painted: The message with this serial number is on the screen.
        stroke_moved, stroke_finished, stroke_cancelled, lasso_finished: `StrokeReport`.
        clicked: `ClickReport`.
        hovered: Position in the view, or -1.
        point_clicked: Row of the account, and `Modifiers`.
        home_clicked: Number of the home.
        context_requested: `ContextReport`.
        view_changed: `ViewReport`.
        brush_changed: Radius in pixels.
        line_drawn: `LineReport`.
        area_drawn: Corners (lon, lat).
        area_changed: Id of a drawn area and its new corners.
        area_removed: Id of a drawn area.
    """

    # To the page; the names are the protocol.
    viewLayerChanged = Signal(str)
    linesChanged = Signal(str)
    colorsChanged = Signal(str)
    pointsChanged = Signal(str)
    circlesChanged = Signal(str)
    chartsChanged = Signal(str)
    ringsChanged = Signal(str)
    layersChanged = Signal(str)
    linksChanged = Signal(str)
    labelsChanged = Signal(str)
    placesChanged = Signal(str)
    homesChanged = Signal(str)
    legendChanged = Signal(str)
    overlayLegendChanged = Signal(str)
    toolChanged = Signal(str)
    selectionChanged = Signal(str)
    tooltipChanged = Signal(str)
    themeChanged = Signal(str)
    flyTo = Signal(str)
    jumpTo = Signal(str)
    cancelStroke = Signal(str)
    parentsChanged = Signal(str)
    drawnAreasChanged = Signal(str)
    selectWithin = Signal(str)
    criticalChanged = Signal(str)
    baselineChanged = Signal(str)

    page_ready = Signal()
    page_painted = Signal(int)
    stroke_moved = Signal(object)
    stroke_finished = Signal(object)
    stroke_cancelled = Signal(object)
    lasso_finished = Signal(object)
    clicked = Signal(object)
    hovered = Signal(int)
    point_clicked = Signal(int, object)
    home_clicked = Signal(int)
    context_requested = Signal(object)
    view_changed = Signal(object)
    brush_changed = Signal(float)
    line_drawn = Signal(object)
    area_drawn = Signal(object)
    area_changed = Signal(int, object)
    area_removed = Signal(int)

    def send(self, message: ToPage, serial: int) -> None:
        """Sends a message; the page answers with `page_painted` of the same serial number."""
        signal: SignalInstance = getattr(self, message.NAME)
        signal.emit(json.dumps({**message.payload(), "serial": serial}))

    @Slot(str)
    def ready(self, text: str) -> None:
        self.page_ready.emit()

    @Slot(str)
    def painted(self, text: str) -> None:
        _report(text, lambda text: Payload(text).whole("serial"), self.page_painted)

    @Slot(str)
    def strokeMoved(self, text: str) -> None:
        _report(text, map_reports.read_stroke, self.stroke_moved)

    @Slot(str)
    def strokeFinished(self, text: str) -> None:
        _report(text, map_reports.read_stroke, self.stroke_finished)

    @Slot(str)
    def strokeCancelled(self, text: str) -> None:
        _report(text, map_reports.read_cancelled, self.stroke_cancelled)

    @Slot(str)
    def lassoFinished(self, text: str) -> None:
        _report(text, map_reports.read_lasso, self.lasso_finished)

    @Slot(str)
    def featureClicked(self, text: str) -> None:
        _report(text, map_reports.read_click, self.clicked)

    @Slot(str)
    def featureHovered(self, text: str) -> None:
        _report(text, lambda text: Payload(text).whole("feature"), self.hovered)

    @Slot(str)
    def pointClicked(self, text: str) -> None:
        payload = _checked(text, Payload)
        if payload is None:
            return
        row = _checked("row", payload.whole)
        if row is not None:
            self.point_clicked.emit(row, payload.modifiers())

    @Slot(str)
    def homeClicked(self, text: str) -> None:
        _report(text, lambda text: Payload(text).whole("index"), self.home_clicked)

    @Slot(str)
    def contextRequested(self, text: str) -> None:
        _report(text, map_reports.read_context, self.context_requested)

    @Slot(str)
    def viewChanged(self, text: str) -> None:
        _report(text, map_reports.read_view, self.view_changed)

    @Slot(str)
    def brushChanged(self, text: str) -> None:
        _report(text, lambda text: Payload(text).number("radius"), self.brush_changed)

    @Slot(str)
    def lineDrawn(self, text: str) -> None:
        _report(text, map_reports.read_line, self.line_drawn)

    @Slot(str)
    def areaDrawn(self, text: str) -> None:
        _report(text, lambda text: Payload(text).polygon(), self.area_drawn)

    @Slot(str)
    def areaChanged(self, text: str) -> None:
        found = _checked(text, map_reports.read_changed_area)
        if found is not None:
            self.area_changed.emit(*found)

    @Slot(str)
    def areaRemoved(self, text: str) -> None:
        _report(text, lambda text: Payload(text).whole("id"), self.area_removed)


def _checked(text: str, read: Callable[[str], _Report]) -> _Report | None:
    try:
        return read(text)
    except (ValueError, TypeError):
        _LOG.warning("a message of the map page was not understood and was dropped")
        return None


def _report(text: str, read: Callable[[str], object], signal: SignalInstance) -> None:
    report = _checked(text, read)
    if report is not None:
        signal.emit(report)
