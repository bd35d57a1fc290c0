# SPDX-License-Identifier: MIT
"""A paint stroke: written to the plan while the mouse moves, taken back as a whole by Esc."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.models.ids import GeoUnitId, StrokeId, TerritoryId
from app.services.commands import AssignGeoUnits
from app.ui.session import EditSession


class PaintStroke:
    """What the present stroke has touched so far.

    Its commands share the stroke's id, so the history keeps them as one step.

    Args:
        session: Where it writes.
        initiator: Who is named as the source of the changes.

    Attributes:
        skipped: Areas of locked territories that were left alone.
    """

    def __init__(self, session: EditSession, initiator: QObject) -> None:
        self._session = session
        self._initiator = initiator
        self._id: StrokeId | None = None
        self._touched: set[GeoUnitId] = set()
        self._has_written = False
        self.skipped = 0

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
        wanted = tuple(unit for unit in fresh if self._may_take(unit, target))
        if not wanted:
            return True
        name = self._session.workspace.territory(target).name if target is not None else ""
        size = len(self._touched) - self.skipped
        command = AssignGeoUnits(wanted, target, name, stroke=stroke, stroke_size=size)
        is_done = self._session.run(command, self._initiator)
        self._has_written = self._has_written or is_done
        return is_done

    def take_back(self, stroke: StrokeId) -> None:
        """Undo all that a stroke has written; nothing where it has written nothing."""
        if stroke == self._id and self._has_written:
            self._session.undo()
        self.end()

    def end(self) -> None:
        """Forget the stroke; what it wrote stays."""
        self._id = None
        self._touched = set()
        self._has_written = False
        self.skipped = 0

    def _may_take(self, unit: GeoUnitId, target: TerritoryId | None) -> bool:
        """Whether painting changes the area: it is not the target's own, and nobody locked it."""
        workspace = self._session.workspace
        holders = workspace.territories_holding(unit)
        if any(workspace.territory(holder).is_locked for holder in holders):
            self.skipped += 1
            return False
        return holders != ((target,) if target is not None else ())
