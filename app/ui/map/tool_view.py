# SPDX-License-Identifier: MIT
"""The part of the map that belongs to its tools."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from app.ui.map.map_link import MapLink
from app.ui.map.map_state import MapState
from app.ui.map.tool_messages import (
    CriticalChanged,
    DrawnAreasChanged,
    DrawnOutline,
    MapTool,
    Rgba,
    SelectWithin,
    StrokeSource,
    ToolChanged,
)

DEFAULT_PREVIEW: Rgba = (255, 196, 0, 190)
"""Of what a stroke would select."""


class ToolView:
    """Sends what the tools need; all of it is sent again to a page that was restarted.

    Args:
        link: The connection to the page.
        state: What the page shows.
    """

    def __init__(self, link: MapLink, state: MapState) -> None:
        self._link = link
        self._state = state
        self._tool = ToolChanged(MapTool.NONE, 12, DEFAULT_PREVIEW)

    @property
    def radius(self) -> float:
        """Of the brush, in screen pixels."""
        return self._tool.radius

    def set_tool(
        self, tool: MapTool, *, radius: float | None = None, preview: Rgba | None = None
    ) -> None:
        """Chooses the tool; what is left out stays as it was.

        Args:
            radius: Of the paint brush, in screen pixels.
            preview: Colour of the areas that a stroke has touched so far.
        """
        before = self._tool
        self._tool = replace(
            before,
            tool=tool,
            radius=before.radius if radius is None else radius,
            preview=before.preview if preview is None else preview,
        )
        self._link.send(self._state.take(self._tool))

    def set_stroke_source(
        self, source: StrokeSource, group: int | None = None, *, restricts: bool
    ) -> None:
        """Whose units strokes may take.

        Args:
            source: All, those that nobody holds, or those of one territory.
            group: The one territory as in `set_colors`; None for that where the stroke begins.
            restricts: Whether it counts for the present tool.
        """
        self._tool = replace(self._tool, source=source, source_group=group, restricts=restricts)
        self._link.send(self._state.take(self._tool))

    def set_parents(self, parents: npt.NDArray[np.int32] | None) -> None:
        """Keep strokes inside the larger area in which they begin; None lets them go anywhere.

        Args:
            parents: Number of the larger area of each unit, -1 for none.
        """
        self._link.send(self._state.take_parents(parents))

    def set_critical(self, units: Sequence[int]) -> None:
        """Dots the units that hold their territory together."""
        self._link.send(self._state.take(CriticalChanged(tuple(units))))

    def set_baseline(
        self, baseline: tuple[npt.NDArray[np.uint8], npt.NDArray[np.int32]] | None
    ) -> None:
        """Shows an earlier state as outlines where it was another: colours and groups."""
        self._link.send(self._state.take_baseline(baseline))

    def set_drawn_areas(self, areas: Sequence[DrawnOutline]) -> None:
        """Shows the areas that were drawn by hand."""
        self._link.send(self._state.take(DrawnAreasChanged(tuple(areas))))

    def select_within(self, stroke: str, lon: float, lat: float, radius_km: float) -> None:
        """Asks for the units around a place; the answer is a `lasso_finished` of this stroke."""
        self._link.send(SelectWithin(stroke, lon, lat, radius_km))

    def clear(self) -> None:
        """Forget what belongs to a plan."""
        self.set_parents(None)
        self.set_critical(())
        self.set_baseline(None)
        self.set_drawn_areas(())

    def note_radius(self, radius: float) -> None:
        """Remember the size that the user gave the brush on the map."""
        self._tool = replace(self._tool, radius=radius)
        self._state.take(self._tool)
