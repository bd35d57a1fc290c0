# SPDX-License-Identifier: MIT
"""A paint stroke: written to the plan while the mouse moves, taken back as a whole by Esc."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject

from app.models.ids import GeoUnitId, StrokeId, TerritoryId
from app.services.alignment import NOBODY
from app.services.commands import AssignGeoUnits
from app.services.held_units import held_codes
from app.services.workspace import Workspace
from app.ui.map.tool_messages import StrokeSource
from app.ui.session import EditSession


@dataclass(frozen=True, slots=True)
class StrokeFilter:
    """Whose areas a stroke may take.

    Attributes:
        territory: For `StrokeSource.ONE`: whose; None for areas that nobody holds.
    """

    source: StrokeSource = StrokeSource.ALL
    territory: TerritoryId | None = None

    def code(self, workspace: Workspace) -> int | None:
        """The position code of what may be taken; None where that is everything."""
        if self.source is StrokeSource.ALL:
            return None
        if self.source is StrokeSource.UNASSIGNED or self.territory is None:
            return NOBODY
        return workspace.state.position_by_territory.get(self.territory, NOBODY)


class PaintStroke:
    """What the present stroke has touched so far.

    Its commands share the stroke's id, so the history keeps them as one step.

    Args:
        session: Where it writes.
        initiator: Who is named as the source of the changes.

    Attributes:
        filter: Whose areas it may take; set anew for each stroke.
        skipped: Areas that are locked, or of locked territories, and were left alone.
    """

    def __init__(self, session: EditSession, initiator: QObject) -> None:
        self._session = session
        self._initiator = initiator
        self._id: StrokeId | None = None
        self._touched: set[GeoUnitId] = set()
        self._taken: list[GeoUnitId] = []
        self._has_written = False
        self.filter = StrokeFilter()
        self.skipped = 0

    @property
    def taken(self) -> tuple[GeoUnitId, ...]:
        """What the stroke has changed so far."""
        return tuple(self._taken)

    def extend(
        self, stroke: StrokeId, units: Sequence[GeoUnitId], target: TerritoryId | None
    ) -> bool:
        """Assign what the stroke has touched since the last call; False where that failed.

        Args:
            stroke: Another id begins another stroke.
            units: All that it has touched, from the start.
            target: Where the areas go; None takes them out.
        """
        if stroke != self._id:
            self.end()
            self._id = stroke
        fresh = [unit for unit in units if unit not in self._touched]
        self._touched.update(fresh)
        wanted, skipped = self._takeable(fresh, target)
        self.skipped += skipped
        if not wanted:
            return True
        name = self._session.workspace.territory(target).name if target is not None else ""
        size = len(self._taken) + len(wanted)
        command = AssignGeoUnits(wanted, target, name, stroke=stroke, stroke_size=size)
        is_done = self._session.run(command, self._initiator)
        if is_done:
            self._taken += wanted
        self._has_written = self._has_written or is_done
        return is_done

    def allowed(
        self, units: Sequence[GeoUnitId], target: TerritoryId | None
    ) -> tuple[GeoUnitId, ...]:
        """Which of the areas a stroke would change, without touching them."""
        return self._takeable(units, target)[0]

    def take_back(self, stroke: StrokeId) -> None:
        """Undo all that a stroke has written; nothing where it has written nothing."""
        if stroke == self._id and self._has_written:
            self._session.undo()
        self.end()

    def end(self) -> None:
        """Forget the stroke; what it wrote stays."""
        self._id = None
        self._touched = set()
        self._taken = []
        self._has_written = False
        self.skipped = 0

    def _takeable(
        self, units: Sequence[GeoUnitId], target: TerritoryId | None
    ) -> tuple[tuple[GeoUnitId, ...], int]:
        """What a stroke would change: not the target's own, not outside the filter, not locked.

        Returns:
            The areas, and how many others only a lock keeps as they are.
        """
        workspace = self._session.workspace
        own = NOBODY if target is None else workspace.state.position_by_territory[target]
        codes, wanted = held_codes(workspace, units), self.filter.code(workspace)
        usable = codes != own
        if wanted is not None:
            usable &= codes == wanted
        found = [units[place] for place in np.flatnonzero(usable).tolist()]
        has_locked = any(territory.is_locked for territory in workspace.territories)
        if not has_locked and not workspace.state.geounit_locks:
            return tuple(found), 0
        free = tuple(unit for unit in found if not self._is_locked(unit))
        return free, len(found) - len(free)

    def _is_locked(self, unit: GeoUnitId) -> bool:
        workspace = self._session.workspace
        if workspace.holdings.lock_over(unit) is not None:
            return True
        holders = workspace.holdings.territories_holding(unit)
        return any(workspace.territory(holder).is_locked for holder in holders)
