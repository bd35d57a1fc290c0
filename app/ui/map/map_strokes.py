# SPDX-License-Identifier: MIT
"""Strokes that change who holds what: paint, push a border, and outlines that assign."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.edit_effect import EditEffect
from app.models.ids import GeoUnitId, StrokeId, TerritoryId
from app.services.alignment import MIXED
from app.services.edit_effect import edit_effect
from app.services.edit_trial import PlanMoment
from app.services.held_units import held_codes
from app.ui.formats import plural
from app.ui.map.map_context import MapContext
from app.ui.map.map_reports import StrokeReport
from app.ui.map.paint_stroke import PaintStroke, StrokeFilter
from app.ui.map.tool_messages import MapTool

BRUSHES = (MapTool.PAINT, MapTool.PUSH)
_NO_TARGET = "Choose a territory in the list first: painting goes to it."
_NO_START = "Start inside a territory: its border moves with the pointer."


@dataclass(frozen=True, slots=True)
class _Present:
    """The stroke that is under way."""

    id: StrokeId
    target: TerritoryId | None
    start: PlanMoment


class MapStrokes(QObject):
    """Turns strokes into edits, and tells what they do while they go on.

    Signals:
        message(str): Something that the user should know.
        effect_changed(EditEffect | None): What the stroke under way does; None when it is over.
        stroke_done(EditEffect): What a finished stroke did.
    """

    message = Signal(str)
    effect_changed = Signal(object)
    stroke_done = Signal(object)

    def __init__(self, context: MapContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._session = context.session
        self._stroke = PaintStroke(context.session, parent)
        self._present: _Present | None = None
        self._touched: tuple[GeoUnitId, ...] = ()
        # Several reports in one turn of the event loop are told once.
        self._telling = QTimer(self, singleShot=True, interval=0)
        self._telling.timeout.connect(self._tell)
        view = context.view
        view.stroke_moved.connect(self._on_moved)
        view.stroke_finished.connect(self._on_finished)
        view.stroke_cancelled.connect(self._on_cancelled)
        view.lasso_finished.connect(self._on_outline)
        view.restarted.connect(self._on_page_gone)
        view.gave_up.connect(self._on_page_gone)

    def stop(self) -> None:
        """Let go of the view."""
        self._telling.stop()
        self._context.view.disconnect(self)

    def _on_moved(self, report: StrokeReport) -> None:
        if not self._assigns(report) or not self._begin(report):
            return
        if report.tool in BRUSHES:
            self._write(report)
        else:
            self._touch(report)
        self._telling.start()

    def _on_finished(self, report: StrokeReport) -> None:
        if self._begin(report):
            self._write(report)
            self._finish()

    def _on_outline(self, report: StrokeReport) -> None:
        if self._assigns(report) and self._begin(report):
            self._write(report)
            self._finish()

    def _on_cancelled(self, report: StrokeReport) -> None:
        self._stroke.take_back(report.stroke)
        self._end()

    def _on_page_gone(self) -> None:
        """End the stroke whose page died: what was painted stays, as one step."""
        if self._present is not None:
            self._touched = self._stroke.taken
            self._finish()

    def _assigns(self, report: StrokeReport) -> bool:
        # A circle that was typed only selects.
        return report.tool in BRUSHES or (self._context.options.assigns and not report.is_typed)

    def _begin(self, report: StrokeReport) -> bool:
        """Decide at the start of a stroke where it goes; False where it cannot go on."""
        if self._present is not None and self._present.id == report.stroke:
            return True
        takes_out = report.modifiers.alt and report.tool is not MapTool.PUSH
        holder = self._holder_at(report.start)
        target = holder if report.tool is MapTool.PUSH else self._context.selection.target
        if target is None and not takes_out:
            self.message.emit(_NO_START if report.tool is MapTool.PUSH else _NO_TARGET)
            self._context.view.cancel_stroke()
            return False
        self._stroke.end()
        self._stroke.filter = self._filter(holder)
        moment = PlanMoment.of(self._session.workspace)
        self._present = _Present(report.stroke, None if takes_out else target, moment)
        return True

    def _filter(self, holder: TerritoryId | None) -> StrokeFilter:
        options = self._context.options
        chosen = options.source_territory
        return StrokeFilter(options.source, holder if chosen is None else chosen)

    def _holder_at(self, number: int) -> TerritoryId | None:
        """Who holds all of a unit of the map; None for nobody or several."""
        workspace = self._session.workspace
        codes = set(held_codes(workspace, self._context.areas.units_at((number,))).tolist())
        code = codes.pop() if len(codes) == 1 else MIXED
        return workspace.territories[code].id if code >= 0 else None

    def _write(self, report: StrokeReport) -> None:
        """Write what the stroke has touched; the panes follow at once."""
        present = self._present
        if present is None:
            return
        units = self._context.areas.units_at(report.features)
        if not self._stroke.extend(report.stroke, units, present.target):
            self._context.view.cancel_stroke()
        self._touched = self._stroke.taken

    def _touch(self, report: StrokeReport) -> None:
        if self._present is not None:
            units = self._context.areas.units_at(report.features)
            self._touched = self._stroke.allowed(units, self._present.target)

    def _tell(self) -> None:
        effect = self._effect()
        if effect is not None:
            self.effect_changed.emit(effect)

    def _effect(self) -> EditEffect | None:
        present = self._present
        if present is None:
            return None
        return edit_effect(self._session.workspace, self._touched, present.target, present.start)

    def _finish(self) -> None:
        if self._stroke.skipped:
            words = plural(self._stroke.skipped, "area", "areas")
            territories = self._session.workspace.territories
            locked = any(territory.is_locked for territory in territories)
            whose = "of locked territories" if locked else "that are locked"
            self.message.emit(f"Left {words} {whose} as they are.")
        effect = self._effect() if self._touched else None
        self._stroke.end()
        self._end()
        if effect is not None:
            self.stroke_done.emit(effect)

    def _end(self) -> None:
        self._telling.stop()
        self._present = None
        self._touched = ()
        self.effect_changed.emit(None)
