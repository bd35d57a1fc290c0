# SPDX-License-Identifier: MIT
"""A map without a page: it remembers what it was told and says what a test lets it say."""

from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.ids import StrokeId
from app.ui.map.map_reports import Modifiers, StrokeReport
from app.ui.map.map_view import MapView
from app.ui.map.tool_messages import MapTool


class Recorder:
    """Takes every call and keeps the last arguments of each name."""

    def __init__(self) -> None:
        self.last: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {}

    def __getattr__(self, name: str) -> "_Method":
        return _Method(self, name)


class _Method:
    """A method that is recorded, or a part with methods of its own that are."""

    def __init__(self, recorder: Recorder, name: str) -> None:
        self._recorder = recorder
        self._name = name

    def __call__(self, *args: object, **named: object) -> None:
        self._recorder.last[self._name] = (args, named)

    def __getattr__(self, name: str) -> "_Method":
        return _Method(self._recorder, name)


class FakeMapView(QWidget):
    """The signals of `MapView`; its methods are recorded."""

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

    def __init__(self) -> None:
        super().__init__()
        self.resize(800, 600)
        self.calls = Recorder()
        self.tools = Recorder()
        self._strokes = 0

    def __getattr__(self, name: str) -> _Method:
        return _Method(self.calls, name)

    def as_view(self) -> MapView:
        """The same, for whoever asks for a map."""
        return cast("MapView", self)

    def stroke(
        self,
        tool: MapTool,
        numbers: list[int],
        *,
        held: Modifiers = Modifiers(),  # noqa: B008  frozen
        start: int | None = None,
        finishes: bool = True,
    ) -> StrokeReport:
        """A stroke over units of the map, reported twice under way and, if wanted, at its end."""
        self._strokes += 1
        first = numbers[0] if start is None else start
        report = StrokeReport(StrokeId(f"s{self._strokes}"), tool, tuple(numbers), held, first)
        half = StrokeReport(report.stroke, tool, tuple(numbers[:1]), held, first)
        for each in (half, report):
            self.stroke_moved.emit(each)
        if finishes:
            is_brush = tool in (MapTool.PAINT, MapTool.PUSH)
            (self.stroke_finished if is_brush else self.lasso_finished).emit(report)
        return report
