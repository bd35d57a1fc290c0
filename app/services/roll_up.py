# SPDX-License-Identifier: MIT
"""Figures of regions: the sums of what lies below them, at every level."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.models.ids import TerritoryId
from app.models.reports import BalanceLine, BalanceReport, BalanceRow
from app.models.territory import Territory
from app.services.balance import deviation, is_within
from app.services.hierarchy import children_by_parent


@dataclass(frozen=True, slots=True)
class RolledUp:
    """A territory or region with all that lies below it.

    Attributes:
        parent: The region that it is listed under, or None.
        depth: How many regions are above it.
        part_count: Compared territories below it, at every level; 0 where it is no region.
        account_count: Accounts that it and those below it serve.
        total: Sum of the measure over these accounts.
        ideal: Sum of the ideals of the compared territories, itself among them; None where it has
            none.
        share_fraction: total / sum over the whole report, or None where that sum is 0.
        deviation_fraction: (total - ideal) / ideal, signed; None where it is undefined.
        is_within_tolerance: As in `BalanceRow`.
    """

    territory: Territory
    parent: TerritoryId | None
    depth: int
    part_count: int
    account_count: int
    total: float
    ideal: float | None
    share_fraction: float | None
    deviation_fraction: float | None
    is_within_tolerance: bool | None


def roll_up(report: BalanceReport, territories: Sequence[Territory]) -> tuple[RolledUp, ...]:
    """Every territory and region of a report, each region before what lies below it.

    Args:
        report: Of any measure, with a row for each compared territory.
        territories: All of the sales force; siblings keep this order.

    Source: ours. Totals, counts and ideals of a region are sums of those below it; its share and
    deviation are computed from these sums, as ratios cannot be added.
    """
    walk = _Walk(report, territories)
    walk.add(None, 0)
    return tuple(walk.found)


def report_at_level(
    report: BalanceReport, territories: Sequence[Territory], depth: int
) -> BalanceReport:
    """A report whose rows are the regions of one level instead of the territories in them.

    Territories that lie in no region of that level keep rows of their own, so that the rows still
    add up to the total; so does what a region above that level holds itself.

    Args:
        report: With a row for each compared territory.
        territories: All of the sales force.
        depth: How many regions are above the level, 0 for the top.
    """
    own = {row.territory_id: row for row in report.rows if row.territory_id is not None}
    rows: list[BalanceRow] = []
    for line in roll_up(report, territories):
        if line.depth == depth:
            rows.append(_row(line))
        elif line.depth < depth and line.territory.id in own:
            rows.append(own[line.territory.id])
    deviations = [abs(row.deviation_fraction) for row in rows if row.deviation_fraction is not None]
    return replace(
        report,
        rows=(*rows, *(row for row in report.rows if row.territory_id is None)),
        max_abs_deviation=max(deviations, default=None),
        within_count=sum(1 for row in rows if row.is_within_tolerance),
        territory_count=len(deviations),
    )


def _row(line: RolledUp) -> BalanceRow:
    return BalanceRow(
        line=BalanceLine.TERRITORY,
        territory_id=line.territory.id,
        account_count=line.account_count,
        total=line.total,
        share_fraction=line.share_fraction,
        ideal=line.ideal,
        deviation_fraction=line.deviation_fraction,
        is_within_tolerance=line.is_within_tolerance,
    )


@dataclass(slots=True)
class _Sums:
    parts: int = 0
    accounts: int = 0
    total: float = 0.0
    ideal: float | None = None

    def add(self, other: "_Sums") -> None:
        self.parts += other.parts
        self.accounts += other.accounts
        self.total += other.total
        if other.ideal is not None:
            self.ideal = (self.ideal or 0.0) + other.ideal


class _Walk:
    """Goes down the hierarchy, summing up on the way back."""

    def __init__(self, report: BalanceReport, territories: Sequence[Territory]) -> None:
        self._report = report
        self._rows: Mapping[TerritoryId | None, BalanceRow] = {
            row.territory_id: row for row in report.rows if row.territory_id is not None
        }
        self._children = children_by_parent(territories)
        self.found: list[RolledUp] = []

    def add(self, parent: TerritoryId | None, depth: int) -> _Sums:
        """Add what lies below; its sums."""
        sums = _Sums()
        for territory in self._children.get(parent, ()):
            at = len(self.found)
            below = self.add(territory.id, depth + 1)
            own = self._own(territory.id)
            whole = _Sums()
            whole.add(own)
            whole.add(below)
            self.found.insert(at, self._line(territory, parent, depth, below.parts, whole))
            sums.add(whole)
        return sums

    def _own(self, territory: TerritoryId) -> _Sums:
        row = self._rows.get(territory)
        return _Sums() if row is None else _Sums(1, row.account_count, row.total, row.ideal)

    def _line(
        self,
        territory: Territory,
        parent: TerritoryId | None,
        depth: int,
        parts: int,
        sums: _Sums,
    ) -> RolledUp:
        off = None if sums.ideal is None else deviation(sums.total, sums.ideal)
        whole = self._report.total
        return RolledUp(
            territory,
            parent,
            depth,
            parts,
            sums.accounts,
            sums.total,
            sums.ideal,
            sums.total / whole if whole else None,
            off,
            is_within(off, self._report.tolerance_fraction),
        )
