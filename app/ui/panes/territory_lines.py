# SPDX-License-Identifier: MIT
"""What the territory list says about each territory."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.models.ids import TerritoryId
from app.models.rep import Rep
from app.models.reports import BalanceReport, BalanceRow
from app.models.territory import Territory
from app.services.hierarchy import children_by_parent
from app.services.workspace import Workspace
from app.ui.formats import compact, plural
from app.ui.widgets.deviation_bar import Deviation


@dataclass(frozen=True, slots=True)
class TerritoryLine:
    """One row: a territory with its rep and its figures of the main measure.

    Attributes:
        parent: The region that it is listed under, or None.
        depth: How many regions are above it.
        part_count: Territories that it unites, at every level below; 0 where it is no region.
    """

    territory: Territory
    rep: Rep | None
    total: float
    total_text: str
    account_count: int
    deviation: Deviation
    parent: TerritoryId | None = None
    depth: int = 0
    part_count: int = 0

    @property
    def rep_text(self) -> str:
        """The rep's name, or that there is none; a region needs none."""
        if self.rep is None and self.part_count:
            return plural(self.part_count, "territory", "territories")
        return self.rep.name if self.rep is not None else "Vacant"

    @property
    def words(self) -> str:
        """The whole row for a screen reader."""
        lock = ", locked" if self.territory.is_locked else ""
        kind = "region, " if self.part_count else ""
        off = f", {self.deviation.words}" if not self.part_count else ""
        return f"{self.territory.name}, {kind}{self.rep_text}, {self.total_text}{off}{lock}"


def territory_lines(workspace: Workspace) -> list[TerritoryLine]:
    """The territories of a plan with what the list says about them, each above its own."""
    report = workspace.balance(workspace.main_measure.id)
    lines = _Lines(workspace, report)
    lines.add(None, 0)
    return lines.found


class _Lines:
    """Walks down the hierarchy, summing up on the way back."""

    def __init__(self, workspace: Workspace, report: BalanceReport) -> None:
        self._workspace = workspace
        self._tolerance = report.tolerance_fraction
        self._rows: Mapping[TerritoryId | None, BalanceRow] = {
            row.territory_id: row for row in report.rows if row.territory_id is not None
        }
        self._children = children_by_parent(workspace.territories)
        self.found: list[TerritoryLine] = []

    def add(self, parent: TerritoryId | None, depth: int) -> tuple[float, int, int]:
        """Add what lies below; its total, accounts and number of territories that are compared."""
        total, accounts, parts = 0.0, 0, 0
        for territory in self._children.get(parent, ()):
            at = len(self.found)
            below_total, below_accounts, below_parts = self.add(territory.id, depth + 1)
            row = self._rows.get(territory.id)
            own = row.total if row is not None else 0.0
            line = TerritoryLine(
                territory,
                self._workspace.rep_of(territory.id),
                own + below_total,
                compact(own + below_total),
                (row.account_count if row is not None else 0) + below_accounts,
                Deviation(row.deviation_fraction if row is not None else None, self._tolerance),
                parent,
                depth,
                below_parts,
            )
            self.found.insert(at, line)
            total += line.total
            accounts += line.account_count
            parts += below_parts + (1 if row is not None else 0)
        return total, accounts, parts
