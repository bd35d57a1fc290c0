# SPDX-License-Identifier: MIT
"""The workload of a plan: visits, travel, administration and capacity per territory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.models.ids import TerritoryId
from app.models.reports import BalanceLine
from app.models.territory import Territory
from app.models.workload import TravelEstimate, WorkloadLine, WorkloadReport
from app.services.balance import totals_by_position
from app.services.workload.travel import TravelFacts, travel_estimates
from app.services.workload.visits import VisitPlan

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TerritoryFacts:
    """What is known of the territories.

    Attributes:
        territories: All, in position order.
        leaves: Those that are compared.
        bases: Where the days of a territory begin, for those of whom it is known.
        capacity_hours: Of every leaf, vacant ones included.
        vacant: Leaves that nobody holds.
    """

    territories: Sequence[Territory]
    leaves: Sequence[Territory]
    bases: Mapping[TerritoryId, tuple[float, float]]
    capacity_hours: Mapping[TerritoryId, float]
    vacant: frozenset[TerritoryId]


def workload_report(plan: VisitPlan, held: TerritoryFacts, facts: TravelFacts) -> WorkloadReport:
    """The work of every territory, of what nobody serves, and of what is in dispute.

    Source: facts of the field. W = sum f * (c + p) + travel + administration; utilisation = W / h;
    index = 100 * (W / h) / (sum W / sum h); reps needed = W / hours of a full-time rep. A vacant
    territory has the capacity of one full-time rep.

    Args:
        plan: Visits and hours per account.
        held: Territories, bases, capacity.
        facts: Accounts and settings of the estimate of travel.
    """
    count = len(held.territories)
    sums = [
        totals_by_position(facts.served, values, count)
        for values in (np.ones(len(plan.visits)), plan.visits, plan.hours)
    ]
    travel = travel_estimates(held.territories, held.bases, facts)
    position = {territory.id: at for at, territory in enumerate(held.territories)}
    full_time = facts.settings.full_time_hours
    lines: list[WorkloadLine] = []
    for leaf in held.leaves:
        at = position[leaf.id]
        own = leaf.admin_hours
        admin = facts.settings.admin_hours if own is None else own
        work = _Work(_at(sums, at), travel[at], admin)
        capacity = held.capacity_hours[leaf.id]
        lines.append(_territory_line(work, capacity, full_time, is_vacant=leaf.id in held.vacant))
    all_work = sum(line.workload_hours for line in lines)
    all_capacity = sum(line.capacity_hours or 0.0 for line in lines)
    indexed = [replace(line, index=workload_index(line, all_work, all_capacity)) for line in lines]
    for kind, at in ((BalanceLine.UNASSIGNED, count), (BalanceLine.IN_DISPUTE, count + 1)):
        if sums[0][at] or kind is BalanceLine.UNASSIGNED:
            indexed.append(_other_line(kind, _at(sums, at), full_time))
    return WorkloadReport(tuple(indexed), all_work, all_capacity, full_time)


@dataclass(frozen=True, slots=True)
class _Work:
    """The work of one territory; the sums are of accounts, visits and their hours."""

    sums: tuple[float, float, float]
    travel: TravelEstimate
    admin_hours: float


def _at(sums: Sequence[FloatArray], slot: int) -> tuple[float, float, float]:
    accounts, visits, hours = (float(each[slot]) for each in sums)
    return accounts, visits, hours


def utilisation(workload_hours: float, capacity_hours: float) -> float | None:
    """W / h; None where there is no capacity."""
    return workload_hours / capacity_hours if capacity_hours > 0 else None


def workload_index(line: WorkloadLine, all_workload: float, all_capacity: float) -> float | None:
    """100 * (W / h) / (sum W / sum h): 100 is as busy as the plan as a whole; None if undefined."""
    fraction = line.utilisation_fraction
    if fraction is None or all_capacity <= 0 or all_workload <= 0:
        return None
    return 100.0 * fraction / (all_workload / all_capacity)


def _territory_line(
    work: _Work, capacity_hours: float, full_time: float, *, is_vacant: bool
) -> WorkloadLine:
    accounts, visits, visit_hours = work.sums
    whole = visit_hours + work.travel.hours + work.admin_hours
    return WorkloadLine(
        line=BalanceLine.TERRITORY,
        territory_id=work.travel.territory_id,
        accounts=int(accounts),
        visits=visits,
        visit_hours=visit_hours,
        travel=work.travel,
        admin_hours=work.admin_hours,
        capacity_hours=capacity_hours,
        is_vacant=is_vacant,
        utilisation_fraction=utilisation(whole, capacity_hours),
        index=None,
        reps_needed=whole / full_time,
    )


def _other_line(
    line: BalanceLine, sums: tuple[float, float, float], full_time: float
) -> WorkloadLine:
    """What is no territory: its visits, without travel and administration."""
    accounts, visits, hours = sums
    return WorkloadLine(
        line=line,
        territory_id=None,
        accounts=int(accounts),
        visits=visits,
        visit_hours=hours,
        travel=None,
        admin_hours=0.0,
        capacity_hours=None,
        is_vacant=False,
        utilisation_fraction=None,
        index=None,
        reps_needed=hours / full_time,
    )
