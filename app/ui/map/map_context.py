# SPDX-License-Identifier: MIT
"""The map as its parts see it."""

from dataclasses import dataclass

from app.ui.map.map_painter import MapPainter
from app.ui.map.map_view import MapView
from app.ui.map.shown_units import ShownUnits
from app.ui.map.tool_options import ToolOptions
from app.ui.selection import Selection
from app.ui.session import EditSession


@dataclass(frozen=True, slots=True)
class MapContext:
    """What gestures, strokes and marks share.

    Attributes:
        session: The open plan.
        view: The page.
        painter: Draws the plan.
        selection: Selected areas and the active territory.
        options: How the tools work.
    """

    session: EditSession
    view: MapView
    painter: MapPainter
    selection: Selection
    options: ToolOptions

    @property
    def areas(self) -> ShownUnits:
        """The units that are shown."""
        return ShownUnits(self.session.workspace, self.painter)
