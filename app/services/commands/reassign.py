# SPDX-License-Identifier: MIT
"""Giving several sets of areas to several territories in one step."""

from dataclasses import dataclass

from app.models.changes import Changes
from app.models.edit_effect import Move
from app.models.errors import EditRejected
from app.models.ids import StrokeId, TerritoryId
from app.services.commands.assignments import AssignGeoUnits
from app.services.commands.base import Edit
from app.services.commands.territories import checked_name, insert_territory, least_used_color


@dataclass(frozen=True, slots=True)
class Reassign:
    """Carry out moves one after the other: a repair, filled holes, borders that snap.

    Attributes:
        title: What undo calls it, for example "Fill 3 holes".
    """

    moves: tuple[Move, ...]
    title: str
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return self.title

    def apply(self, edit: Edit) -> Changes:
        """Write all moves.

        Raises:
            EditRejected: There is nothing to move, or a locked territory would gain or lose.
        """
        if not any(move.units for move in self.moves):
            message = "There is nothing to move."
            raise EditRejected(message, meaning="Nothing was changed.")
        changes = Changes()
        for move in self.moves:
            if move.units:
                changes |= AssignGeoUnits(move.units, move.territory_id).apply(edit)
        return changes


@dataclass(frozen=True, slots=True)
class AdoptRegions:
    """Give each region to the territory of its name, which is created where there is none.

    Attributes:
        regions: Name of the territory, id of the territory or None to create it, and the units.
        title: What undo calls it, for example "Adopt the borders of states".
    """

    regions: tuple[tuple[str, Move], ...]
    title: str
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return self.title

    def apply(self, edit: Edit) -> Changes:
        """Create what is missing and write all moves.

        Raises:
            EditRejected: There is nothing to adopt, a name cannot be used, or a locked territory
                would gain or lose something.
        """
        if not self.regions:
            message = "No region contains an area or an account of this plan."
            raise EditRejected(message, meaning="Nothing was changed.")
        made: dict[str, TerritoryId] = {}
        changes = Changes()
        for name, move in self.regions:
            territory = move.territory_id or made.get(name)
            if territory is None:
                territory = insert_territory(edit, checked_name(edit, name), least_used_color(edit))
                made[name] = territory
                changes |= Changes(territories=frozenset((territory,)))
            changes |= AssignGeoUnits(move.units, territory, name).apply(edit)
        return changes
