# SPDX-License-Identifier: MIT
"""What an edit of areas would do, before it is done."""

from dataclasses import dataclass

from app.models.ids import GeoUnitId, MeasureId, TerritoryId


@dataclass(frozen=True, slots=True)
class TerritoryEffect:
    """What an edit would do to one territory.

    Attributes:
        total_before, total_after: The main measure.
        deviation_before, deviation_after: Signed fractions of the ideal, None where undefined.
        is_within_before, is_within_after: Whether that is inside the tolerance, None as above.
        account_change: Accounts gained, negative for lost.
        parts_before, parts_after: Connected parts; islands that nothing links are no parts.
        cut_off: Units that would not be connected to the territory's largest part although they
            are now, or would come to it without touching it.
        islands: Units that would come to it on an island that no border and no link reaches.
    """

    territory_id: TerritoryId
    total_before: float
    total_after: float
    deviation_before: float | None
    deviation_after: float | None
    is_within_before: bool | None
    is_within_after: bool | None
    account_change: int
    parts_before: int
    parts_after: int
    cut_off: tuple[GeoUnitId, ...] = ()
    islands: tuple[GeoUnitId, ...] = ()

    @property
    def is_split(self) -> bool:
        """Whether the edit would cut something off."""
        return bool(self.cut_off)


@dataclass(frozen=True, slots=True)
class EditEffect:
    """What giving units to territories would do.

    Attributes:
        target: Who would get them; None for nobody, or where several would.
        unit_count: Units that would change hands; those that are the target's already do not.
        account_count: Accounts that would change hands.
        moved: Per measure of the plan the sum over what would change hands.
        refused: Units that are locked, or that a locked territory holds or would get: they stay as
            they are.
        refused_by: The locked territories.
        locked_inside: Locked units inside those that would change hands; they stay as well.
        territories: Every territory that would gain or lose a unit or an account, the target first.
        unassigned_change: Accounts that nobody would serve any more, negative for the opposite.
    """

    target: TerritoryId | None
    unit_count: int
    account_count: int
    moved: tuple[tuple[MeasureId, float], ...]
    refused: tuple[GeoUnitId, ...]
    refused_by: tuple[TerritoryId, ...]
    territories: tuple[TerritoryEffect, ...]
    unassigned_change: int = 0
    locked_inside: tuple[GeoUnitId, ...] = ()

    @property
    def splits(self) -> tuple[TerritoryEffect, ...]:
        """The territories of which something would be cut off."""
        return tuple(territory for territory in self.territories if territory.is_split)

    def moved_of(self, measure: MeasureId) -> float:
        """The sum of one measure that would change hands; 0 for an unknown one."""
        return dict(self.moved).get(measure, 0.0)


@dataclass(frozen=True, slots=True)
class Move:
    """Units that go to one territory together; None takes them from everybody."""

    units: tuple[GeoUnitId, ...]
    territory_id: TerritoryId | None
