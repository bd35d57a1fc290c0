# SPDX-License-Identifier: MIT
"""What the analysis looks at, frozen so that a worker thread can, and its groups of accounts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import MeasureId
from app.models.measure import ACCOUNT_COUNT, Measure, MeasureKind
from app.services.analysis.groups import GroupReport, by_size, by_text, by_unit, quantile_edges
from app.services.analysis.sales import Sales, sales_of, trailing_year
from app.services.geography.arrays import FloatArray, IntArray, LongArray, ObjectArray
from app.services.workspace import Workspace

ANALYSIS_TEXTS = ("name", "segment", "industry", "status")
"""Text columns of the accounts that the analysis reads."""

SALES_MEASURE = Measure(MeasureId(-100), "Sales, last 12 months", MeasureKind.MONEY)
"""What is summed from the transactions; offered wherever a measure is chosen."""


class GroupBy(Enum):
    """What accounts are grouped by; the values are the words of the choice."""

    SEGMENT = "Segment"
    INDUSTRY = "Industry"
    SIZE = "Size"
    REGION = "Region"
    STATUS = "Status"


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """What the user wants to see grouped.

    Attributes:
        level: Of the areas, for `GroupBy.REGION`.
        edges: Upper limits of the classes of size; empty for four classes of equal number.
    """

    by: GroupBy = GroupBy.SEGMENT
    level: GeoLevel = GeoLevel.STATE
    edges: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanColumns:
    """Accounts and sales of a plan.

    Attributes:
        texts: The columns of `ANALYSIS_TEXTS`.
        unit_index: Per level the position of the area of every account, -1 unknown.
        unit_names: Per level the names of the areas.
        measures: What can be summed: sales first where there are any, then the measures on
            accounts.
    """

    ids: LongArray
    texts: Mapping[str, ObjectArray]
    unit_index: Mapping[GeoLevel, IntArray]
    unit_names: Mapping[GeoLevel, Sequence[str]]
    values_by_measure: Mapping[MeasureId, FloatArray]
    measures: tuple[Measure, ...]
    sales: Sales

    def __len__(self) -> int:
        """Number of accounts."""
        return len(self.ids)

    def measure(self, wanted: MeasureId | None) -> Measure | None:
        """The measure with this id, else the first one; None where there is nothing to sum."""
        found = next((m for m in self.measures if m.id == wanted), None)
        return found or (self.measures[0] if self.measures else None)

    def values(self, measure: Measure | None) -> FloatArray:
        """One value per account; zeros for no measure."""
        if measure is None:
            return np.zeros(len(self))
        if measure.id == SALES_MEASURE.id:
            return self.sales.by_account(trailing_year(self.sales.as_of))
        return self.values_by_measure[measure.id]


def plan_columns(workspace: Workspace, today: date) -> PlanColumns:
    """What the analysis looks at, read from the open plan.

    Args:
        workspace: Its text columns of `ANALYSIS_TEXTS` are read unless they have been before.
        today: Later sales are left out.
    """
    accounts = workspace.accounts
    own = tuple(m for m in workspace.measures if m.level is None and m.id != ACCOUNT_COUNT)
    sales = sales_of(workspace.records.transactions, len(accounts), today)
    return PlanColumns(
        ids=accounts.ids,
        texts={column: accounts.text(column) for column in ANALYSIS_TEXTS},
        unit_index=accounts.unit_index,
        unit_names={
            level: workspace.geography.layer(level).names for level in LEVELS_COARSE_TO_FINE
        },
        values_by_measure={measure.id: accounts.measure(measure.id) for measure in own},
        measures=(SALES_MEASURE, *own) if len(sales) else own,
        sales=sales,
    )


def grouped(
    columns: PlanColumns,
    choice: GroupChoice,
    values: FloatArray,
    written: Callable[[float], str],
) -> GroupReport:
    """The accounts in the groups that the user chose.

    Args:
        columns: The plan.
        choice: What to group by.
        values: What is summed, and what size is measured by.
        written: How a limit of size is written.
    """
    if choice.by is GroupBy.REGION:
        return by_unit(columns.unit_index[choice.level], columns.unit_names[choice.level], values)
    if choice.by is GroupBy.SIZE:
        return by_size(values, choice.edges or quantile_edges(values), values, written)
    return by_text(columns.texts[choice.by.name.lower()], values)
