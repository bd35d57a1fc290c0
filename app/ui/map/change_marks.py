# SPDX-License-Identifier: MIT
"""Marking changes: fills show the plan as it is, outlines what was when the marking began."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from app.models.ids import TerritoryId
from app.services.alignment import UnitClaims
from app.services.map_layers import over_land, territory_fill
from app.ui.formats import moment, plural
from app.ui.map.map_context import MapContext

_GREY = {False: (120, 128, 134, 255), True: (150, 158, 166, 255)}
"""Outline of what nobody held, or several did."""
_GONE = -10
"""Groups of territories that are no longer in the plan: from here downwards."""


@dataclass(frozen=True, slots=True)
class _Start:
    """The plan when the marking began."""

    step: int
    at_utc: str
    claims: UnitClaims
    territories: tuple[tuple[TerritoryId, int], ...]
    """Id and colour in position order."""


class ChangeMarks(QObject):
    """Keeps the earlier state, for as long as the plan is open.

    Signals:
        changed(): It was begun or ended, or other areas differ from the earlier state.
    """

    changed = Signal()

    def __init__(self, context: MapContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._start: _Start | None = None
        self.count = 0

    @property
    def is_on(self) -> bool:
        """Whether changes are marked."""
        return self._start is not None

    def words(self) -> str:
        """How much changed since when."""
        if self._start is None:
            return ""
        since = moment(self._start.at_utc)
        if not self.count:
            return f"No area changed since {since}. What changes keeps its old colour as outline."
        return f"{plural(self.count, 'area', 'areas')} changed since {since}."

    def begin(self) -> None:
        """Mark from now on what changes."""
        workspace = self._context.session.workspace
        done = [step.id for step in workspace.history_steps() if not step.is_undone]
        self._start = _Start(
            step=done[-1] if done else 0,
            at_utc=datetime.now(UTC).isoformat(),
            claims=workspace.state.claims,
            territories=tuple((t.id, t.color_index) for t in workspace.territories),
        )
        self.refresh()

    def accept(self) -> None:
        """Let the plan be as it is, and mark nothing any more."""
        self._start = None
        self.refresh()

    def take_back(self) -> None:
        """Bring the plan back to where the marking began."""
        if self._start is not None:
            step = self._start.step
            self._start = None
            self._context.session.go_to_step(step)
            self.refresh()

    def refresh(self) -> None:
        """Draw the earlier state again: the plan, the areas or the theme are others."""
        tools = self._context.view.tools
        if self._start is None:
            self.count = 0
            tools.set_baseline(None)
        else:
            groups = self._groups(self._start)
            self.count = self._context.areas.unit_count(groups != self._shown())
            tools.set_baseline((self._colors(self._start, groups), groups))
        self.changed.emit()

    def _shown(self) -> npt.NDArray[np.int32]:
        return self._context.areas.held_under(self._context.session.workspace.state.claims)

    def _groups(self, start: _Start) -> npt.NDArray[np.int32]:
        """Per feature who held it, as the positions of now."""
        positions = self._context.session.workspace.state.position_by_territory
        codes = self._context.areas.held_under(start.claims)
        now = [positions.get(t, _GONE - at) for at, (t, _) in enumerate(start.territories)]
        return np.where(codes >= 0, np.array([*now, 0])[codes], codes).astype(np.int32)

    def _colors(self, start: _Start, groups: npt.NDArray[np.int32]) -> npt.NDArray[np.uint8]:
        dark = self._context.painter.is_dark
        rgba = np.empty((len(groups), 4), np.uint8)
        rgba[:] = _GREY[dark]
        codes = self._context.areas.held_under(start.claims)
        for at, (_, color) in enumerate(start.territories):
            rgba[codes == at] = over_land(territory_fill(color, dark=dark), dark=dark)
        return rgba
