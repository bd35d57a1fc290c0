# SPDX-License-Identifier: MIT
"""Words and units that the pages about workload share, and the sentence above their table."""

from collections.abc import Sequence

from app.models.reports import BalanceLine
from app.models.territory import TravelMode
from app.models.units import KM_PER_MILE
from app.models.work import Surroundings
from app.models.workload import BaseKind, TravelSource, WorkloadLine, WorkloadReport
from app.services.workspace import Workspace
from app.ui.formats import NOTHING, hours, in_distance_unit, number, percent, plural, uses_metric

ABOUT = "≈\u202f"
_NAMES = {BalanceLine.UNASSIGNED: "Unassigned", BalanceLine.IN_DISPUTE: "In dispute"}
MODE_WORDS = {
    TravelMode.CAR: "By car",
    TravelMode.TRANSIT: "By bus and train",
    TravelMode.BICYCLE: "By bicycle",
    TravelMode.FOOT: "On foot",
    TravelMode.REMOTE: "From a desk",
}
SURROUNDINGS_WORDS = {
    Surroundings.CITY: "City",
    Surroundings.MIXED: "Mixed",
    Surroundings.COUNTRYSIDE: "Countryside",
}


def line_name(workspace: Workspace, line: WorkloadLine) -> str:
    """What a line of the report is called."""
    if line.territory_id is None:
        return _NAMES[line.line]
    return workspace.territory(line.territory_id).name


def length(km: float, decimals: int = 0) -> str:
    """A distance in the system's unit."""
    far, unit = in_distance_unit(km)
    return f"{number(far, decimals)} {unit}"


def speed(kmh: float) -> str:
    """A speed in the system's unit."""
    return f"{number(kmh, 1)} km/h" if uses_metric() else f"{number(kmh / KM_PER_MILE, 1)} mph"


def land(km2: float) -> str:
    """An area in the system's unit."""
    if uses_metric():
        return f"{number(km2, 0 if km2 >= 10 else 1)} km²"
    miles = km2 / KM_PER_MILE**2
    return f"{number(miles, 0 if miles >= 10 else 1)} mi²"


def about_hours(value: float) -> str:
    """Hours that come from an estimate."""
    return f"{ABOUT}{hours(value)}"


def about_reps(value: float) -> str:
    """A number of reps that comes from an estimate."""
    return f"{ABOUT}{number(value, 1 if value >= 0.95 else 2)}"


def summary_words(report: WorkloadReport, problems: Sequence[str]) -> str:
    """The work of the plan in a sentence or two, then what makes it less than certain."""
    share = report.utilisation_fraction
    need = f"it needs {about_reps(report.reps_needed)} full-time reps"
    beside = report.reps_needed_for_all - report.reps_needed
    if beside >= 0.05:
        need += f", {about_reps(report.reps_needed_for_all)} with {_beside(report)}"
    used = NOTHING if share is None else percent(share)
    work, capacity = about_hours(report.workload_hours), hours(report.capacity_hours)
    return " ".join([f"Workload {work} of {capacity} capacity ({used}); {need}.", *problems])


def _beside(report: WorkloadReport) -> str:
    """Whose visits come on top of those of the territories."""
    asked = {line.line for line in report.lines if line.territory_id is None and line.visit_hours}
    words = {
        frozenset({BalanceLine.UNASSIGNED}): "the visits that nobody makes",
        frozenset({BalanceLine.IN_DISPUTE}): "the visits in dispute",
    }
    return words.get(frozenset(asked), "the visits that nobody makes or that are in dispute")


def problem_words(workspace: Workspace, report: WorkloadReport) -> list[str]:
    """What makes the figures less than certain."""
    found: list[str] = []
    plan = workspace.work.visits
    if plan.with_unknown_class:
        names = ", ".join(name for name, _ in workspace.work.class_column.unknown[:3])
        accounts = plural(plan.with_unknown_class, "account has", "accounts have")
        found.append(f"{accounts} a class that the plan does not know ({names}).")
    if plan.without_class and plan.without_class < len(workspace.accounts):
        accounts = plural(plan.without_class, "account has", "accounts have")
        found.append(f"{accounts} no class; the usual one counts.")
    if plan.negative:
        found.append(f"{plural(plan.negative, 'account has', 'accounts have')} visits below zero.")
    travels = [line.travel for line in report.lines if line.travel is not None]
    lost = sum(t.unplaced_count for t in travels)
    if lost:
        found.append(f"{plural(lost, 'visited account has', 'visited accounts have')} no place.")
    middle = sum(
        t.source is TravelSource.ESTIMATE and t.base_kind is BaseKind.CENTROID for t in travels
    )
    if middle:
        start = "territory starts from the middle of its visits"
        starts = "territories start from the middle of their visits"
        found.append(f"{plural(middle, start, starts)}: no home or office is known.")
    return found
