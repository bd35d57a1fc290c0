# SPDX-License-Identifier: MIT
"""Visits that were made, beside those that are planned: reach and frequency per territory."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from app.models.days import date_of, day_number
from app.models.ids import TerritoryId
from app.services.analysis.sales import Period, trailing_year
from app.services.balance import totals_by_position
from app.services.workspace import Workspace

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class MadeLine:
    """Of one territory, in twelve months.

    Attributes:
        targets: Accounts that ask for visits.
        reached: Those of them that had one at least.
        planned: Visits planned per year.
        credited: Visits made, of each account at most as many as are planned.
    """

    targets: int
    reached: int
    planned: float
    credited: float

    @property
    def reach_fraction(self) -> float | None:
        """Targets with a visit / targets; None without targets."""
        return self.reached / self.targets if self.targets else None

    @property
    def frequency_fraction(self) -> float | None:
        """Credited / planned visits; None where none is planned."""
        return self.credited / self.planned if self.planned > 0 else None


@dataclass(frozen=True, slots=True)
class VisitsMade:
    """Visits made per territory.

    Attributes:
        period: The twelve months up to the last visit that is recorded.
    """

    period: Period
    lines: dict[TerritoryId, MadeLine]


def made_lines(
    served: IntArray, planned: FloatArray, made: FloatArray, count: int
) -> list[MadeLine]:
    """Reach and frequency per territory position.

    Source: facts of the field, coverage. Reach = accounts with a call / targets; frequency =
    sum of min(calls, f) / sum of f, so that calls above plan do not make up for others.

    Args:
        served: Per account the position of its territory, negative for none.
        planned: f, visits per year per account.
        made: Visits made per account.
        count: Number of territories.
    """
    is_target = planned > 0
    columns = (
        is_target.astype(np.float64),
        (is_target & (made > 0)).astype(np.float64),
        planned,
        np.minimum(made, planned),
    )
    sums = [totals_by_position(served, column, count)[:count].tolist() for column in columns]
    return [
        MadeLine(int(targets), int(reached), asked, credited)
        for targets, reached, asked, credited in zip(*sums, strict=True)
    ]


def visits_made(workspace: Workspace, today: date) -> VisitsMade | None:
    """Visits made in the open plan; None where none is recorded.

    Args:
        workspace: Its visits are read unless they have been before.
        today: Later visits are left out.
    """
    visits = workspace.records.visits
    known = (visits.day <= day_number(today)) & (visits.account_row < len(workspace.accounts))
    if not known.any():
        return None
    period = trailing_year(date_of(int(visits.day[known].max())))
    known &= visits.day >= day_number(period.first)
    rows = visits.account_row[known]
    made = np.bincount(rows, minlength=len(workspace.accounts)).astype(np.float64)
    territories = workspace.territories
    planned = workspace.work.visits.visits
    lines = made_lines(workspace.account_territory, planned, made, len(territories))
    ids = [territory.id for territory in territories]
    return VisitsMade(period, dict(zip(ids, lines, strict=True)))
