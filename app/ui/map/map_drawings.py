# SPDX-License-Identifier: MIT
"""Lines and areas that are drawn by hand, turned into edits."""

from collections import Counter

from PySide6.QtCore import QObject, Signal

from app.models.errors import AppError
from app.models.ids import TerritoryId
from app.services.held_units import held_codes
from app.services.line_split import split_by_line
from app.ui.area_edits import free_name
from app.ui.formats import plural
from app.ui.map.map_context import MapContext
from app.ui.map.map_reports import LineReport

_NO_TERRITORY = "Draw the line across a territory: it is cut in two along it."


class MapDrawings(QObject):
    """Splits territories along lines.

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
        context.view.line_drawn.connect(self._on_line)

    def stop(self) -> None:
        """Let go of the view."""
        self._context.view.disconnect(self)

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
