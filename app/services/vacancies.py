# SPDX-License-Identifier: MIT
"""Territories that nobody holds, or soon nobody will, and shares that do not add up."""

import enum
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.models.ids import RepId, TerritoryId
from app.models.rep import Rep, RosterEntry, RosterRole
from app.services.roster import Roster

HORIZON_DAYS = 90
"""A vacancy that comes within three months is worth looking after now (ours)."""

_SHARE_TOLERANCE = 1e-6


class VacancyKind(enum.Enum):
    """What is wrong."""

    VACANT = "vacant"
    LEFT = "left"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A territory to staff.

    Attributes:
        kind: Vacant today; held by somebody who has left; or held until `day`.
        rep: Who holds it or held it last, None where nobody is known to have.
        day: ISO date of that rep's last day in it; empty where it is not known.
        next_rep: Who begins later, or None.
        next_on: ISO date on which that is.
    """

    territory: TerritoryId
    kind: VacancyKind
    rep: RepId | None = None
    day: str = ""
    next_rep: RepId | None = None
    next_on: str = ""


def vacancies(
    leaves: Sequence[TerritoryId],
    roster: Roster,
    reps: Sequence[Rep],
    horizon_days: int = HORIZON_DAYS,
) -> tuple[Vacancy, ...]:
    """The territories to staff, vacant ones first, then by the day on which they become vacant.

    A territory whose next rep begins without a gap is none of them.

    Args:
        leaves: The territories that are compared.
        roster: Who holds them.
        reps: All reps; the last working day of a rep ends all that the rep holds.
        horizon_days: How far ahead to look.
    """
    today = roster.today
    last = (date.fromisoformat(today) + timedelta(days=horizon_days)).isoformat()
    end_by_rep = {rep.id: rep.end_on for rep in reps if rep.end_on}
    found: list[Vacancy] = []
    for territory in leaves:
        vacancy = _vacancy(territory, roster, end_by_rep)
        if vacancy is not None and (vacancy.kind is not VacancyKind.ENDS or vacancy.day <= last):
            found.append(vacancy)
    order = list(VacancyKind)
    return tuple(sorted(found, key=lambda each: (order.index(each.kind), each.day)))


def share_sums(entries: Sequence[RosterEntry], day: str) -> dict[RosterRole, float]:
    """Sum of the shares of each role in force on a day, only where it is not 100 %.

    Source: kpis.md C.0: shares must sum to 100 % inside a role; roles are not added up.
    """
    sums: dict[RosterRole, float] = defaultdict(float)
    for entry in entries:
        if entry.holds_on(day):
            sums[entry.role] += entry.share_fraction
    return {role: whole for role, whole in sums.items() if abs(whole - 1.0) > _SHARE_TOLERANCE}


def _vacancy(
    territory: TerritoryId, roster: Roster, end_by_rep: dict[RepId, str]
) -> Vacancy | None:
    today = roster.today
    primary = [e for e in roster.of_territory(territory) if e.role is RosterRole.PRIMARY]
    ends = [(_end(entry, end_by_rep), entry) for entry in primary]
    later = min((e for e in primary if e.start_on > today), key=lambda e: e.start_on, default=None)
    next_rep, next_on = (later.rep_id, later.start_on) if later else (None, "")
    in_force = [(end, entry) for end, entry in ends if entry.holds_on(today)]
    if not in_force:
        past = [(end, entry) for end, entry in ends if end and end < today]
        end, entry = max(past, key=lambda each: each[0], default=("", None))
        rep = entry.rep_id if entry else None
        return Vacancy(territory, VacancyKind.VACANT, rep, end, next_rep, next_on)
    # The last one to go counts; an entry without an end has none.
    end, entry = max(in_force, key=lambda each: each[0] or "9999-12-31")
    if not end:
        return None
    if end < today:
        return Vacancy(territory, VacancyKind.LEFT, entry.rep_id, end, next_rep, next_on)
    day_after = (date.fromisoformat(end) + timedelta(days=1)).isoformat()
    if later is not None and later.start_on <= day_after:
        return None
    return Vacancy(territory, VacancyKind.ENDS, entry.rep_id, end, next_rep, next_on)


def _end(entry: RosterEntry, end_by_rep: dict[RepId, str]) -> str:
    """The last day of an entry or of its rep, whichever is first; empty for none."""
    days = [day for day in (entry.end_on, end_by_rep.get(entry.rep_id, "")) if day]
    return min(days, default="")
