# SPDX-License-Identifier: MIT
"""Results of the calculators."""

from dataclasses import dataclass
from enum import Enum

from app.models.ids import AccountId, GeoUnitId, MeasureId, TerritoryId


class BalanceLine(Enum):
    """What a row of the balance table stands for."""

    TERRITORY = "territory"
    UNASSIGNED = "unassigned"
    IN_DISPUTE = "in_dispute"
    """Claimed by more than one territory, so counted for none of them."""


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One line of a balance report.

    Attributes:
        total: Sum of the measure over the accounts of this line.
        share_fraction: total / sum over all lines, or None where that sum is 0.
        ideal: What the territory should have, or None for the lines that are no territory.
        deviation_fraction: (total - ideal) / ideal, signed; None where it is undefined.
        is_within_tolerance: abs(deviation) <= tolerance, boundary included; None where undefined.
    """

    line: BalanceLine
    territory_id: TerritoryId | None
    account_count: int
    total: float
    share_fraction: float | None
    ideal: float | None
    deviation_fraction: float | None
    is_within_tolerance: bool | None


@dataclass(frozen=True, slots=True)
class BalanceReport:
    """Balance of one measure over the territories of a scenario.

    Attributes:
        rows: Territories in the order given, then unassigned, then in dispute (if any).
        total: Sum over all rows.
        max_abs_deviation: Largest absolute deviation, or None where no deviation is defined.
        within_count: Territories inside the tolerance.
        territory_count: Territories with a defined deviation.
        left_out_count, left_out_total: Accounts that were left out as roughly placed, and their
            sum of the measure; no row has them.
    """

    measure_id: MeasureId
    rows: tuple[BalanceRow, ...]
    total: float
    tolerance_fraction: float
    max_abs_deviation: float | None
    within_count: int
    territory_count: int
    left_out_count: int = 0
    left_out_total: float = 0.0

    @property
    def is_balanced(self) -> bool:
        """Whether every territory is inside the tolerance."""
        return self.territory_count > 0 and self.within_count == self.territory_count


class ClaimKind(Enum):
    """What an overlap is about."""

    AREA = "area"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class OverlapItem:
    """An area or a named account that more than one territory claims.

    Attributes:
        geounit_id, account_id: Exactly one of them is set, by `kind`.
        name: As shown, for example "Cook County, IL".
        territory_ids: The claimants, by id.
        account_count: Accounts in dispute through this item.
        value: Sum of the main measure over those accounts.
    """

    kind: ClaimKind
    geounit_id: GeoUnitId | None
    account_id: AccountId | None
    name: str
    territory_ids: tuple[TerritoryId, ...]
    account_count: int
    value: float


@dataclass(frozen=True, slots=True)
class OverlapReport:
    """All overlaps of a scenario, largest value first."""

    items: tuple[OverlapItem, ...]
    account_count: int
    value: float


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who serves one account, and why.

    Attributes:
        territory_ids: One territory, several (an overlap) or none (a gap).
        reason: The step that decided, in words ("County Cook County, IL is in Midwest").
        is_by_name: A named assignment decided, so ending it would let rules and areas
            decide.
    """

    territory_ids: tuple[TerritoryId, ...]
    reason: str
    is_by_name: bool = False
