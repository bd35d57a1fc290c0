# SPDX-License-Identifier: MIT
"""Lines and areas that are drawn by hand, turned into edits."""

from collections import Counter

from PySide6.QtCore import QObject, Signal

from app.models.changes import Changes
from app.models.drawn_area import Corner, DrawnArea
from app.models.errors import AppError
from app.models.ids import TerritoryId
from app.services.commands import AddDrawnArea, ChangeDrawnArea, RemoveDrawnArea
from app.services.held_units import held_codes
from app.services.line_split import split_by_line
from app.services.map_layers import over_land
from app.ui.area_edits import free_name
from app.ui.formats import plural
from app.ui.map.map_context import MapContext
from app.ui.map.map_reports import LineReport
from app.ui.map.tool_messages import DrawnOutline

_NO_TARGET = "Choose a territory in the list first: the area that you draw goes to it."
_NO_TERRITORY = "Draw the line across a territory: it is cut in two along it."


class MapDrawings(QObject):
    """Splits territories along lines, and keeps the drawn areas of the plan on the map.

    Signals:
        message(str): Something that the user should know.
        territory_made(int): Id of the territory that was split off.
    """

    message = Signal(str)
    territory_made = Signal(int)

    def __init__(self, context: MapContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._session = context.session
        self._shown: tuple[DrawnOutline, ...] = ()
        view = context.view
        view.line_drawn.connect(self._on_line)
        view.area_drawn.connect(self._on_area_drawn)
        view.area_changed.connect(self._on_area_changed)
        view.area_removed.connect(self._on_area_removed)
        self._session.changed.connect(self._on_changed)
        self.draw()

    def stop(self) -> None:
        """Let go of the view."""
        self._context.view.disconnect(self)

    def draw(self) -> None:
        """Show the drawn areas in the colours of their territories and of the theme."""
        outlines = tuple(self._outline(area) for area in self._session.workspace.drawn_areas)
        if outlines != self._shown:
            self._shown = outlines
            self._context.view.tools.set_drawn_areas(outlines)

    def _outline(self, area: DrawnArea) -> DrawnOutline:
        workspace, painter = self._session.workspace, self._context.painter
        fill = painter.fill_of(workspace.territory(area.territory_id))
        outer = area.rings[0]
        corners = outer[:-1] if outer[0] == outer[-1] else outer
        return DrawnOutline(area.id, over_land(fill, dark=painter.is_dark), corners)

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.drawn_areas or changes.territories:
            self.draw()

    def _on_area_drawn(self, corners: tuple[Corner, ...]) -> None:
        target = self._context.selection.target
        if target is None:
            self.message.emit(_NO_TARGET)
            return
        name = self._session.workspace.territory(target).name
        if self._session.run(AddDrawnArea(target, (corners,), territory_name=name), self):
            area = self._session.workspace.drawn_areas[-1]
            self.message.emit(f"{area.name} belongs to {name} now: it serves the accounts inside.")

    def _on_area_changed(self, area: int, corners: tuple[Corner, ...]) -> None:
        known = self._area(area)
        if known is None:
            return
        command = ChangeDrawnArea(area, (corners, *known.rings[1:]), area_name=known.name)
        if not self._session.run(command, self):
            self._show_again()

    def _on_area_removed(self, area: int) -> None:
        known = self._area(area)
        if known is not None:
            self._session.run(RemoveDrawnArea(area, known.name), self)

    def _area(self, area: int) -> DrawnArea | None:
        areas = self._session.workspace.drawn_areas
        return next((each for each in areas if each.id == area), None)

    def _show_again(self) -> None:
        """Bring the page back to what the plan holds, after an edit that was refused."""
        self._shown = ()
        self._context.view.tools.set_drawn_areas(())
        self.draw()

    def _on_line(self, report: LineReport) -> None:
        territory = self._crossed(report)
        if territory is None:
            self.message.emit(_NO_TERRITORY)
            return
        workspace = self._session.workspace
        name = workspace.territory(territory).name
        try:
            level = self._context.painter.level
            split = split_by_line(workspace, territory, report.polygon, level)
        except AppError as error:
            self._session.edit_failed.emit(error)
            return
        known = {each.id for each in workspace.territories}
        if not self._session.run(split.command(free_name(workspace, name)), self):
            return
        made = next(each for each in workspace.territories if each.id not in known)
        areas = plural(len(split.units), "area", "areas")
        accounts = plural(split.account_count, "account", "accounts")
        self.message.emit(f"Split {name}: {areas} with {accounts} went to {made.name}.")
        self.territory_made.emit(int(made.id))

    def _crossed(self, report: LineReport) -> TerritoryId | None:
        """The territory under most of a line."""
        workspace = self._session.workspace
        codes = held_codes(workspace, self._context.areas.units_at(report.features))
        counted = Counter(code for code in codes.tolist() if code >= 0)
        if not counted:
            return None
        return workspace.territories[counted.most_common(1)[0][0]].id
