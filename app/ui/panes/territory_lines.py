# SPDX-License-Identifier: MIT
"""What the territory list says about each territory."""

from dataclasses import dataclass

from app.models.ids import TerritoryId
from app.models.rep import Rep
from app.models.territory import Territory
from app.services.level_words import TerritoryLevels
from app.services.roll_up import RolledUp, roll_up
from app.services.workspace import Workspace
from app.ui.formats import compact, count
from app.ui.widgets.deviation_bar import Deviation


@dataclass(frozen=True, slots=True)
class TerritoryLine:
    """One row: a territory with its rep and its figures of the main measure.

    Attributes:
        parent: The region that it is listed under, or None.
        depth: How many regions are above it.
        part_count: Territories that it unites, at every level below; 0 where it is no region.
        level: What its level is called.
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
    level: str = "Territory"

    @property
    def rep_text(self) -> str:
        """The rep's name, or that there is none; a region needs none."""
        if self.rep is None and self.part_count:
            return f"{self.level} of {count(self.part_count)}"
        return self.rep.name if self.rep is not None else "Vacant"

    @property
    def words(self) -> str:
        """The whole row for a screen reader."""
        lock = ", locked" if self.territory.is_locked else ""
        kind = f"{self.level} of {count(self.part_count)}, " if self.part_count else ""
        rep = f"{self.rep_text}, " if self.rep is not None or not self.part_count else ""
        name = self.territory.name
        return f"{name}, {kind}{rep}{self.total_text}, {self.deviation.words}{lock}"


def territory_lines(workspace: Workspace) -> list[TerritoryLine]:
    """The territories of a sales force with what the list says, each above its own."""
    report = workspace.balance(workspace.main_measure.id)
    levels = TerritoryLevels(workspace.territories, workspace.sales_force.level_words)
    return [
        _line(workspace, each, levels, report.tolerance_fraction)
        for each in roll_up(report, workspace.territories)
    ]


def _line(
    workspace: Workspace, each: RolledUp, levels: TerritoryLevels, tolerance_fraction: float
) -> TerritoryLine:
    territory = each.territory.id
    return TerritoryLine(
        each.territory,
        workspace.rep_of(territory),
        each.total,
        compact(each.total),
        each.account_count,
        Deviation(each.deviation_fraction, tolerance_fraction),
        each.parent,
        each.depth,
        each.part_count,
        levels.word(territory),
    )
