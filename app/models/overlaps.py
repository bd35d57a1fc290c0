# SPDX-License-Identifier: MIT
"""What pairs of territories claim together, and what a settlement of it comes to."""

from dataclasses import dataclass

from app.models.ids import TerritoryId


@dataclass(frozen=True, slots=True)
class OverlapPair:
    """Two territories of one sales force that claim the same.

    Attributes:
        first, second: The territories, in the order of the scenario.
        account_count: Accounts that both claim, with others or alone.
        values: Sums over those accounts, one per measure of the report.
        km2: Land that both claim, 0 for slivers; None where it was not measured.
        drawn_over_km2: The part of it that one has drawn over areas of the other; there the drawn
            area serves, and no account is in dispute.
        smaller_fraction: km2 / the land of the smaller one; None where that has none.
    """

    first: TerritoryId
    second: TerritoryId
    account_count: int
    values: tuple[float, ...]
    km2: float | None = None
    drawn_over_km2: float | None = None
    smaller_fraction: float | None = None


@dataclass(frozen=True, slots=True)
class OverlapTotals:
    """All overlaps of a sales force together; nothing counts twice.

    Attributes:
        account_count: Accounts in dispute.
        assigned_count: Accounts that one or more territories claim.
        values: Sums over the accounts in dispute, one per measure of the report.
        assigned_values: Sums over the assigned accounts.
        sum_km2: Land of all territories, counted once for each that claims it; None where it was
            not measured.
        union_km2: Land that any territory claims.
    """

    account_count: int
    assigned_count: int
    values: tuple[float, ...]
    assigned_values: tuple[float, ...]
    sum_km2: float | None = None
    union_km2: float | None = None

    @property
    def account_fraction(self) -> float | None:
        """Accounts in dispute / assigned accounts; None where none is assigned."""
        return self.account_count / self.assigned_count if self.assigned_count else None

    @property
    def area_fraction(self) -> float | None:
        """(sum of the lands - land of all) / land of all; None where there is no land."""
        if self.sum_km2 is None or not self.union_km2:
            return None
        return (self.sum_km2 - self.union_km2) / self.union_km2


@dataclass(frozen=True, slots=True)
class PairReport:
    """Every pair of territories that overlap, most accounts and land first."""

    pairs: tuple[OverlapPair, ...]
    totals: OverlapTotals
