# SPDX-License-Identifier: MIT
"""The workload of territories, as a table to write."""

from collections.abc import Callable, Mapping

import numpy as np

from app.models.ids import TerritoryId
from app.models.reports import BalanceLine
from app.models.workload import BaseKind, TravelSource, WorkloadLine, WorkloadReport
from app.services.exporting.table import ExportColumn, ExportTable, NumberStyle

_LINE_NAMES = {BalanceLine.UNASSIGNED: "Unassigned", BalanceLine.IN_DISPUTE: "In dispute"}
_SOURCES = {
    TravelSource.ESTIMATE: "estimated",
    TravelSource.BY_HAND: "set by hand",
    TravelSource.REMOTE: "from a desk",
    TravelSource.NOTHING: "no visits",
}
_PLAIN = NumberStyle.WHOLE
_NUMBERS: tuple[tuple[str, Callable[[WorkloadLine], float | None], NumberStyle], ...] = (
    ("Accounts", lambda e: e.accounts, _PLAIN),
    ("Visits per year", lambda e: e.visits, _PLAIN),
    ("Visit hours", lambda e: e.visit_hours, _PLAIN),
    ("Travel hours", lambda e: e.travel_hours if e.travel else None, _PLAIN),
    ("Administration hours", lambda e: e.admin_hours if e.travel else None, _PLAIN),
    ("Workload hours", lambda e: e.workload_hours, _PLAIN),
    ("Capacity hours", lambda e: e.capacity_hours, _PLAIN),
    ("Utilisation", lambda e: e.utilisation_fraction, NumberStyle.PERCENT),
    ("Workload index", lambda e: e.index, _PLAIN),
    ("Reps needed", lambda e: e.reps_needed, NumberStyle.PLAIN),
    ("Days in the field", lambda e: e.travel.days if e.travel else None, _PLAIN),
    ("Mean distance km", lambda e: e.travel.mean_distance_km if e.travel else None, _PLAIN),
    ("Area served km2", lambda e: e.travel.area_km2 if e.travel else None, _PLAIN),
)


def workload_table(
    report: WorkloadReport,
    territory_names: Mapping[TerritoryId, str],
    rep_names: Mapping[TerritoryId, str],
) -> ExportTable:
    """One line per territory, then unassigned and in dispute.

    Args:
        report: What is written.
        territory_names: Of all territories of the report.
        rep_names: Missing where a territory is vacant.
    """
    lines = report.lines
    names = [
        _LINE_NAMES.get(line.line, "")
        if line.territory_id is None
        else territory_names.get(line.territory_id, "")
        for line in lines
    ]
    reps = [
        "" if line.territory_id is None else rep_names.get(line.territory_id, "vacant")
        for line in lines
    ]
    return ExportTable(
        "Workload",
        (
            ExportColumn("Territory", names),
            ExportColumn("Rep", reps),
            *(_column(*each, lines) for each in _NUMBERS),
            ExportColumn("Travel is", [_source(line) for line in lines]),
        ),
    )


def _column(
    header: str,
    value: Callable[[WorkloadLine], float | None],
    style: NumberStyle,
    lines: tuple[WorkloadLine, ...],
) -> ExportColumn:
    found = [value(line) for line in lines]
    cells = np.array([np.nan if each is None else each for each in found], dtype=np.float64)
    return ExportColumn(header, cells, style)


def _source(line: WorkloadLine) -> str:
    if line.travel is None:
        return ""
    words = _SOURCES[line.travel.source]
    is_middle = line.travel.base_kind is BaseKind.CENTROID
    if line.travel.source is TravelSource.ESTIMATE and is_middle:
        return f"{words} from the middle of the visits"
    return words
