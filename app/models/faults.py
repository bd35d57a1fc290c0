# SPDX-License-Identifier: MIT
"""What the check of a plan finds."""

from dataclasses import dataclass
from enum import Enum

from app.models.ids import AccountId, GeoUnitId, TerritoryId


class Severity(Enum):
    """How a finding is to be taken."""

    FAULT = "fault"
    """Something that a finished plan should not have."""
    TO_DO = "to do"
    """Something that is merely not done yet, or that only the user can judge."""


class FaultKind(Enum):
    """What a finding is about, in the order in which they are listed."""

    NOT_CONNECTED = "not_connected"
    ENCLAVE = "enclave"
    HOLE = "hole"
    OVERLAP = "overlap"
    LOCKED_MOVED = "locked_moved"
    LOCK_BROKEN = "lock_broken"
    TOGETHER = "together"
    DRAWN_OVER = "drawn_over"
    OUTSIDE_TOLERANCE = "outside_tolerance"
    EMPTY = "empty"
    UNASSIGNED = "unassigned"
    ISLAND = "island"


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding, with its place and worth.

    Attributes:
        territory_ids: Whom it is about, the one at fault first; empty where nobody is.
        geounits: Where it is; empty for what has no place.
        account_id: The account that it is about, for a named one in dispute or a locked one.
        name: Its place in words ("Cook County, IL and 3 more").
        account_count, value: Accounts at that place, and their sum of the main measure.
        parts: For a territory in several parts: the units of each but the largest.
        deviation_fraction: For a territory outside the tolerance.
    """

    kind: FaultKind
    severity: Severity
    territory_ids: tuple[TerritoryId, ...]
    geounits: tuple[GeoUnitId, ...]
    name: str
    account_count: int
    value: float
    account_id: AccountId | None = None
    parts: tuple[tuple[GeoUnitId, ...], ...] = ()
    deviation_fraction: float | None = None


@dataclass(frozen=True, slots=True)
class FaultReport:
    """Everything that the check found, by kind and then by worth.

    Attributes:
        is_finished: Whether every account is served, so that nothing is merely unfinished.
    """

    faults: tuple[Fault, ...]
    is_finished: bool

    @property
    def fault_count(self) -> int:
        """How many findings a finished plan should not have."""
        return sum(1 for found in self.faults if found.severity is Severity.FAULT)

    @property
    def to_do_count(self) -> int:
        """How many findings are merely not done yet."""
        return len(self.faults) - self.fault_count

    def of_kind(self, kind: FaultKind) -> tuple[Fault, ...]:
        """The findings of one kind."""
        return tuple(found for found in self.faults if found.kind is kind)
