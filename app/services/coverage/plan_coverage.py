# SPDX-License-Identifier: MIT
"""Coverage asked of one open plan, and from which of its figures it is worked out."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from app.models.days import date_of, day_number
from app.models.measure import Measure
from app.services.analysis.sales import Period, Sales, sales_of, sales_of_a_year
from app.services.coverage.meanings import potential_measure, revenue_measure
from app.services.coverage.report import CoverageFacts
from app.services.record_tables import TransactionTable, VisitTable
from app.services.workspace import Workspace

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class CoverageChoice:
    """What the user chose to look at.

    Attributes:
        months: An account without a visit and an order in so many months is unreached.
        plans_calls: Calls are the planned visits per year, also where visits are recorded.
    """

    months: int = YEAR_MONTHS
    plans_calls: bool = False


@dataclass(frozen=True, slots=True)
class CoverageSources:
    """Where the figures come from, for the words beside them.

    Attributes:
        potential: The measure of potential; None where the plan has none.
        revenue: The measure of revenue; None where sales of the last twelve months stand in.
        has_sales: Whether there are sales or a measure of revenue at all.
        period: The months in which an account is reached; None without visits and orders.
        calls_are_planned: Calls are planned visits; False for visits made.
        has_calls: Whether there are calls of either kind.
    """

    potential: Measure | None
    revenue: Measure | None
    has_sales: bool
    period: Period | None
    calls_are_planned: bool
    has_calls: bool


@dataclass(frozen=True, eq=False)
class CoverageInputs:
    """A plan at one moment, for `coverage_facts` in any thread.

    Attributes:
        served: Per account a territory position, `NOBODY` or `IN_DISPUTE`.
        is_vacant: Per territory position whether it has no rep today.
        potential, revenue: Measure and values of each; None where the plan has none.
        transactions, visits: All of the plan.
        planned_visits: Per account and year.
        today: Later sales and visits are left out.
    """

    served: npt.NDArray[np.int32]
    is_vacant: BoolArray
    potential: tuple[Measure, FloatArray] | None
    revenue: tuple[Measure, FloatArray] | None
    transactions: TransactionTable
    visits: VisitTable
    planned_visits: FloatArray
    today: date


def coverage_inputs(workspace: Workspace) -> CoverageInputs:
    """The plan as it is now.

    Args:
        workspace: The open plan; its transactions and visits are read unless they have been before.
    """
    accounts, settings, measures = workspace.accounts, workspace.settings, workspace.measures
    potential = potential_measure(measures, settings.potential_measure)
    revenue = revenue_measure(measures, settings.revenue_measure)
    vacant = [workspace.rep_of(territory.id) is None for territory in workspace.territories]
    return CoverageInputs(
        served=workspace.account_territory,
        is_vacant=np.array(vacant, dtype=np.bool_),
        potential=None if potential is None else (potential, accounts.measure(potential.id)),
        revenue=None if revenue is None else (revenue, accounts.measure(revenue.id)),
        transactions=workspace.records.transactions,
        visits=workspace.records.visits,
        planned_visits=workspace.work.visits.visits,
        today=workspace.today(),
    )


def coverage_facts(
    plan: CoverageInputs, choice: CoverageChoice
) -> tuple[CoverageFacts, CoverageSources]:
    """The accounts of a moment, and where their figures come from.

    Args:
        plan: The moment.
        choice: What the user chose.
    """
    count = len(plan.served)
    sales = sales_of(plan.transactions, count, plan.today)
    revenue = plan.revenue
    earned = sales_of_a_year(sales) if revenue is None else revenue[1]
    visit_rows, visit_days = _visits(plan.visits, count, plan.today)
    period = _period(sales, visit_days, choice.months)
    reached: BoolArray | None = None
    calls = np.zeros(count)
    if period is not None:
        first, last = day_number(period.first), day_number(period.last)
        visited = visit_rows[(visit_days >= first) & (visit_days <= last)]
        calls = np.bincount(visited, minlength=count).astype(np.float64)
        reached = calls > 0
        reached[sales.row[(sales.day >= first) & (sales.day <= last)]] = True
    is_planned = choice.plans_calls or not len(visit_rows)
    facts = CoverageFacts(
        served=plan.served,
        is_vacant=plan.is_vacant,
        potential=np.zeros(count) if plan.potential is None else plan.potential[1],
        revenue=earned,
        reached=reached,
        calls=plan.planned_visits if is_planned else calls,
    )
    sources = CoverageSources(
        potential=plan.potential and plan.potential[0],
        revenue=revenue and revenue[0],
        has_sales=revenue is not None or len(sales) > 0,
        period=period,
        calls_are_planned=is_planned,
        has_calls=bool((facts.calls > 0).any()),
    )
    return facts, sources


def _visits(
    visits: VisitTable, account_count: int, today: date
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Account and day of the visits up to today."""
    known = (visits.day <= day_number(today)) & (visits.account_row < account_count)
    return visits.account_row[known], visits.day[known]


def _period(sales: Sales, visit_days: npt.NDArray[np.int32], months: int) -> Period | None:
    """The months up to the last visit or sale; None without either."""
    last_days = [int(sales.day.max())] if len(sales) else []
    if len(visit_days):
        last_days.append(int(visit_days.max()))
    if not last_days:
        return None
    last = date_of(max(last_days))
    return Period(_months_earlier(last, months) + timedelta(days=1), last)


def _months_earlier(day: date, months: int) -> date:
    """The same day some months before, or the last one of a shorter month."""
    years, month = divmod(12 * day.year + day.month - 1 - months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(day.day, last))
