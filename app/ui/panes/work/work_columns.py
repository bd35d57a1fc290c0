# SPDX-License-Identifier: MIT
"""A workload report as table columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.models.workload import WorkloadLine, WorkloadReport
from app.services.workspace import Workspace
from app.ui.formats import count, hours, number, percent
from app.ui.panes.work.work_words import about_hours, about_reps, line_name
from app.ui.tables.columns import ArrayColumn, CellKind
from app.ui.tokens import Tokens
from app.ui.widgets.chip import chip_icon


@dataclass(frozen=True, slots=True)
class _Numbers:
    """A column of numbers."""

    key: str
    title: str
    value: Callable[[WorkloadLine], float | None]
    formatted: Callable[[float], str]
    tooltip: str
    width: int = 92
    is_summed: bool = True


_NUMBERS = (
    _Numbers(
        *("workload", "Workload", lambda e: e.workload_hours, about_hours),
        "Visits, travel and administration together, hours per year",
        width=88,
    ),
    _Numbers(
        *("capacity", "Capacity", lambda e: e.capacity_hours, hours),
        "Hours per year that the territory can count on",
        width=82,
    ),
    _Numbers(
        *("utilisation", "Utilisation", lambda e: e.utilisation_fraction, percent),
        "Workload / capacity",
        width=92,
        is_summed=False,
    ),
    _Numbers(
        *("index", "Workload index", lambda e: e.index, number),
        "Utilisation compared with that of the plan, which is 100",
        width=122,
        is_summed=False,
    ),
    _Numbers("visits", "Visits", lambda e: e.visits, count, "Planned visits per year", width=70),
    _Numbers(
        *("visit_hours", "Visit hours", lambda e: e.visit_hours, hours),
        "Visits with their preparation, hours per year",
    ),
    _Numbers(
        *("travel", "Travel", lambda e: e.travel_hours if e.travel else None, about_hours),
        "Hours on the road per year, estimated",
        width=82,
    ),
    _Numbers(
        *("admin", "Admin", lambda e: e.admin_hours if e.travel else None, hours),
        "Hours per year beside visits and travel",
        width=74,
    ),
    _Numbers(
        *("reps", "Reps needed", lambda e: e.reps_needed, about_reps),
        "Workload / hours of a full-time rep",
        width=100,
    ),
)


def work_columns(workspace: Workspace, report: WorkloadReport, tokens: Tokens) -> list[ArrayColumn]:
    """The columns of the table of territories."""
    lines = report.lines
    icons = [
        None
        if line.territory_id is None
        else chip_icon(workspace.territory(line.territory_id).color_index, tokens)
        for line in lines
    ]
    names = [line_name(workspace, line) for line in lines]
    reps = [_rep_words(workspace, line) for line in lines]
    return [
        ArrayColumn(
            "territory", "Territory", _texts(names), width=140, decoration=icons.__getitem__
        ),
        *(_column(each, lines) for each in _NUMBERS),
        ArrayColumn("rep", "Rep", _texts(reps), width=120),
    ]


def _column(made: _Numbers, lines: Sequence[WorkloadLine]) -> ArrayColumn:
    found = [made.value(line) for line in lines]
    return ArrayColumn(
        made.key,
        made.title,
        np.array([np.nan if each is None else each for each in found], dtype=np.float64),
        CellKind.NUMBER,
        formatted=made.formatted,
        width=made.width,
        tooltip=made.tooltip,
        is_summed=made.is_summed,
    )


def _texts(words: Sequence[str]) -> np.ndarray:
    return np.array(words, dtype=object)


def _rep_words(workspace: Workspace, line: WorkloadLine) -> str:
    if line.territory_id is None:
        return ""
    rep = workspace.rep_of(line.territory_id)
    return "Vacant" if rep is None else rep.name
