# SPDX-License-Identifier: MIT
"""Settling overlaps and gaps: by which policy, who gets what, and what it comes to."""

from dataclasses import dataclass
from enum import Enum

from app.models.ids import AccountId, GeoUnitId, TerritoryId


class Policy(Enum):
    """Who gets what several territories claim, or none."""

    KEEP_REP = "keep rep"
    """Whose rep has most of the value there already, by the owners of the list."""
    NEAREST_HOME = "nearest home"
    """Whose rep starts from nearest."""
    NEAREST_TERRITORY = "nearest territory"
    """Whose own land is nearest, which splits an overlap along the border."""
    LESS_LOADED = "less loaded"
    """Who has least in proportion to the ideal; what is settled earlier counts."""
    LARGEST_SHARE = "largest share"
    """Who serves most around it: in the same county, else state, else country."""
    BY_HAND = "by hand"
    """The territory that the user names."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """Who gets what.

    Attributes:
        units: Areas, each with the territory that gets it.
        accounts: Accounts, each with the territory that gets it by name.
        undecided: Items about which the policy says nothing: name and reason.
    """

    units: tuple[tuple[GeoUnitId, TerritoryId], ...] = ()
    accounts: tuple[tuple[AccountId, TerritoryId], ...] = ()
    undecided: tuple[tuple[str, str], ...] = ()

    @property
    def decided_count(self) -> int:
        """How many items get a territory."""
        return len(self.units) + len(self.accounts)


@dataclass(frozen=True, slots=True)
class SettledTerritory:
    """What a settlement would do to one territory.

    Attributes:
        total_before, total_after: The measure that is balanced.
        deviation_before, deviation_after: Signed fractions of the ideal, None where undefined.
        is_within_before, is_within_after: Whether that is inside the tolerance, None as above.
        account_change: Accounts gained, negative for lost.
    """

    territory_id: TerritoryId
    total_before: float
    total_after: float
    deviation_before: float | None
    deviation_after: float | None
    is_within_before: bool | None
    is_within_after: bool | None
    account_change: int


@dataclass(frozen=True, slots=True)
class SettlingEffect:
    """What a settlement would do to the plan.

    Attributes:
        territories: Those whose accounts or figures change, most gained first.
        disputed_before, disputed_after: Accounts in dispute.
        unserved_before, unserved_after: Accounts that nobody serves.
        within_before, within_after: Territories inside the tolerance.
        compared_count: Territories that are compared.
        worst_before, worst_after: Largest absolute deviation, None where there is none.
    """

    territories: tuple[SettledTerritory, ...]
    disputed_before: int
    disputed_after: int
    unserved_before: int
    unserved_after: int
    within_before: int
    within_after: int
    compared_count: int
    worst_before: float | None
    worst_after: float | None
