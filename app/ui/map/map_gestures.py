# SPDX-License-Identifier: MIT
"""Gestures that select: clicks, outlines, and what lies around a place."""

import uuid

from PySide6.QtCore import QObject, Signal

from app.models.ids import AccountId, GeoUnitId
from app.ui.map.map_context import MapContext
from app.ui.map.map_reports import ClickReport, Modifiers, StrokeReport
from app.ui.map.map_strokes import BRUSHES
from app.ui.selection import Focus


class MapGestures(QObject):
    """Turns gestures into what is selected and shown.

    Signals:
        outlined(tuple): Areas inside the outline that is being dragged; empty when it is over.
        hovered(int): Number of the unit under the pointer, -1 for none.
    """

    outlined = Signal(object)
    hovered = Signal(int)

    def __init__(self, context: MapContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.hovered_unit = -1
        view = context.view
        view.feature_clicked.connect(self._on_clicked)
        view.feature_hovered.connect(self._on_hovered)
        view.point_clicked.connect(self._on_point_clicked)
        view.home_clicked.connect(self._on_home_clicked)
        view.stroke_moved.connect(self._on_stroke_moved)
        view.stroke_cancelled.connect(self._on_cancelled)
        view.lasso_finished.connect(self._on_outline)

    def stop(self) -> None:
        """Let go of the view."""
        self._context.view.disconnect(self)

    def select_within(self, lon: float, lat: float, radius_km: float) -> None:
        """Select the areas around a place, as a circle drawn by hand would."""
        self._context.view.tools.select_within(uuid.uuid4().hex, lon, lat, radius_km)

    def _on_clicked(self, report: ClickReport) -> None:
        selection = self._context.selection
        units = self._context.areas.units_at((report.feature,))
        if not units:
            selection.select_geounits(())
            return
        self._select(units, report.modifiers, self._context.areas.group_name(report.feature))
        if units[0] in selection.geounits:
            selection.show(Focus(geounit=units[0]))

    def _select(self, units: tuple[GeoUnitId, ...], modifiers: Modifiers, title: str = "") -> None:
        """Select areas, add them, or take them out; Ctrl also takes out what it would add again."""
        selection = self._context.selection
        known, named = set(selection.geounits), set(units)
        removes = modifiers.alt or (modifiers.ctrl and named <= known)
        if removes:
            selection.select_geounits(tuple(u for u in selection.geounits if u not in named))
        elif modifiers.ctrl or modifiers.shift:
            added = (unit for unit in units if unit not in known)
            selection.select_geounits((*selection.geounits, *added))
        else:
            selection.select_geounits(units, title)

    def _on_hovered(self, number: int) -> None:
        self.hovered_unit = number
        self.hovered.emit(number)

    def _on_point_clicked(self, row: int, _modifiers: Modifiers) -> None:
        accounts = self._context.session.workspace.accounts
        if 0 <= row < len(accounts):
            self._context.selection.show(Focus(account=AccountId(int(accounts.ids[row]))))

    def _on_home_clicked(self, index: int) -> None:
        placed = [rep for rep in self._context.session.workspace.reps if rep.lon is not None]
        if 0 <= index < len(placed):
            self._context.selection.show(Focus(rep=placed[index].id))

    def _on_stroke_moved(self, report: StrokeReport) -> None:
        if report.tool not in BRUSHES and not self._context.options.assigns:
            self.outlined.emit(self._context.areas.units_at(report.features))

    def _on_cancelled(self, _report: StrokeReport) -> None:
        self.outlined.emit(())

    def _on_outline(self, report: StrokeReport) -> None:
        if self._context.options.assigns and not report.is_typed:
            return
        self.outlined.emit(())
        units = self._context.areas.units_at(report.features)
        if report.modifiers.ctrl and not report.modifiers.alt:
            self._select(units, Modifiers(shift=True))
        else:
            self._select(units, report.modifiers)
