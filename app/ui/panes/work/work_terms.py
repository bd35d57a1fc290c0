# SPDX-License-Identifier: MIT
"""The formula of one territory's workload, term by term, with the numbers that go in."""

from dataclasses import dataclass

from app.models.workload import BaseKind, TravelEstimate, TravelSource, WorkloadLine
from app.services.workload.travel import FEWEST_OF_A_TOUR, TOUR_CONSTANT
from app.services.workload.visits_made import VisitsMade
from app.services.workload.ways import NEAR_KM
from app.services.workspace import Workspace
from app.ui.formats import count, day, hours, number, percent, plural
from app.ui.panes.work.work_words import (
    MODE_WORDS,
    SURROUNDINGS_WORDS,
    about_hours,
    about_reps,
    land,
    length,
    speed,
)

_LONGEST_ROAD_HOURS = 12.0
"""Nobody drives longer on one day, so the estimate of going there and back cannot be true."""
_OVERNIGHT = "set the hours by hand if the rep stays overnight, or check where the days begin"


@dataclass(frozen=True, slots=True)
class Term:
    """One step of a formula.

    Attributes:
        caption: What it is.
        words: The step with its inputs.
        kind: Kind of label: nothing, ``muted`` or ``warning``.
    """

    caption: str
    words: str
    kind: str = ""


def workload_terms(workspace: Workspace, line: WorkloadLine) -> list[Term]:
    """How the workload of a territory comes about."""
    terms = [
        Term("Visits", f"{plural(round(line.visits), 'visit', 'visits')} a year"),
        Term("Visit hours", f"{hours(line.visit_hours)}, preparation included"),
    ]
    if line.travel is not None:
        terms += [*_sum_terms(line), _capacity_term(workspace, line), *_ratio_terms(line)]
    work, full = about_hours(line.workload_hours), workspace.settings.work.full_time_hours
    reps = f"{work} / {hours(full)} = {about_reps(line.reps_needed)}"
    return [*terms, Term("Reps needed", reps)]


def _sum_terms(line: WorkloadLine) -> list[Term]:
    travel = about_hours(line.travel_hours)
    field = line.travel_hours + line.visit_hours
    share = f", {percent(line.travel_hours / field)} of the time in the field" if field else ""
    parts = f"{hours(line.visit_hours)} + {travel} + {hours(line.admin_hours)}"
    return [
        Term("Travel", f"{travel}{share}"),
        Term("Administration", hours(line.admin_hours)),
        Term("Workload", f"{parts} = {about_hours(line.workload_hours)}"),
    ]


def _ratio_terms(line: WorkloadLine) -> list[Term]:
    terms: list[Term] = []
    if line.utilisation_fraction is not None:
        parts = f"{about_hours(line.workload_hours)} / {hours(line.capacity_hours)}"
        terms.append(Term("Utilisation", f"{parts} = {percent(line.utilisation_fraction)}"))
    else:
        terms.append(Term("Utilisation", "– as there is no capacity", "warning"))
    covered = line.capacity_coverage_fraction
    if covered is not None and covered < 1.0:
        words = f"{percent(covered)} of the work; the rest finds no time"
        terms.append(Term("Covered", words, "warning"))
    if line.index is not None:
        terms.append(Term("Workload index", f"{number(line.index)}, where the plan is 100"))
    return terms


def made_terms(made: VisitsMade | None, line: WorkloadLine) -> list[Term]:
    """How many of the planned visits were made; nothing where none is recorded."""
    found = made.lines.get(line.territory_id) if made and line.territory_id is not None else None
    if made is None or found is None or found.reach_fraction is None:
        return []
    since = f"{day(made.period.first)} to {day(made.period.last)}"
    reach = f"{percent(found.reach_fraction)}: {count(found.reached)} of {count(found.targets)}"
    made_share = percent(found.frequency_fraction)
    return [
        Term("Reached", f"{reach} accounts had a visit, {since}"),
        Term("Frequency", f"{made_share} of the planned visits; those above plan do not count"),
    ]


def travel_terms(workspace: Workspace, line: WorkloadLine) -> list[Term]:
    """How the hours on the road come about, step by step."""
    travel = line.travel
    if travel is None:
        return []
    if travel.source is TravelSource.BY_HAND:
        return [Term("Travel", f"{hours(travel.hours)} a year, as you set for this territory")]
    if travel.source is TravelSource.REMOTE:
        return [Term("Travel", "None: the rep works from a desk")]
    if travel.source is TravelSource.NOTHING:
        why = "no account asks for a visit" if not travel.visits else "no visited account is placed"
        return [Term("Travel", f"None: {why}", "warning")]
    terms = [
        _days_term(workspace, travel),
        _base_term(workspace, travel),
        *_distance_terms(travel),
        *_local_terms(travel, is_clustered=workspace.settings.work.are_days_clustered),
        Term(
            "A year",
            f"{count(travel.days)} × ({number(travel.day_long_hours, 2)} +"
            f" {number(travel.day_local_hours, 2)}) h = {about_hours(travel.hours)}",
        ),
        Term("Speeds", _pace_words(travel)),
    ]
    on_the_road = travel.day_long_hours + travel.day_local_hours
    if on_the_road > _LONGEST_ROAD_HOURS:
        words = f"{number(on_the_road, 1)} h on the road each day: {_OVERNIGHT}"
        terms.append(Term("Too far for a day", words, "warning"))
    if travel.unplaced_count:
        lost = plural(travel.unplaced_count, "visited account", "visited accounts")
        terms.append(Term("No place", lost, "warning"))
    return terms


def _days_term(workspace: Workspace, travel: TravelEstimate) -> Term:
    visits = number(travel.visits, 0 if travel.visits % 1 == 0 else 1)
    per_day = number(workspace.settings.work.visits_per_day, 1)
    stops = number(travel.stops_per_day, 1)
    words = f"{visits} visits / {per_day} a day = {count(travel.days)}, {stops} stops each"
    return Term("Days in the field", words)


def _distance_terms(travel: TravelEstimate) -> list[Term]:
    d, kappa = length(travel.mean_distance_km, 1), number(travel.circuity, 2)
    long_hours = number(travel.day_long_hours, 2)
    return [
        Term("Distance", f"{d} on average to a visit, as the crow flies"),
        Term("There and back", f"2 × {d} × {kappa} / {speed(travel.long_kmh)} = {long_hours} h"),
    ]


def _local_terms(travel: TravelEstimate, *, is_clustered: bool) -> list[Term]:
    m, kappa = number(travel.stops_per_day, 1), number(travel.circuity, 2)
    v, day = speed(travel.local_kmh), number(travel.day_local_hours, 2)
    if travel.stops_per_day < FEWEST_OF_A_TOUR:
        legs = max(0.0, travel.stops_per_day - 1.0)
        words = f"{number(legs, 1)} × {length(travel.leg_km, 1)} × {kappa} / {v} = {day} h"
        return [Term("Between stops", f"{words}; with so few stops, the legs are summed")]
    area = land(travel.day_area_km2)
    whole = land(travel.area_km2)
    part = (
        f"{whole} × {m} of {count(travel.place_count)} places = {area}" if is_clustered else whole
    )
    tour = f"{TOUR_CONSTANT} × √({area} × {m}) × {kappa} / {v} = {day} h"
    return [Term("Area of a day", part), Term("Stop to stop", tour)]


def _base_term(workspace: Workspace, travel: TravelEstimate) -> Term:
    rep = workspace.rep_of(travel.territory_id)
    if travel.base_kind is BaseKind.CENTROID or rep is None:
        words = "The middle of its visits, as no home or office of a rep is known"
        return Term("Starts from", words, "warning")
    return Term("Starts from", f"Where the days of {rep.name} begin")


def _pace_words(travel: TravelEstimate) -> str:
    parts = [
        f"{SURROUNDINGS_WORDS[pace.surroundings].lower()} {percent(pace.share_fraction)}"
        for pace in travel.paces
    ]
    factors = {round(pace.factor, 2) for pace in travel.paces} - {1.0}
    known = ", ".join(number(factor, 2) for factor in sorted(factors))
    adjusted = f"; known trips take {known} times as long as estimated" if factors else ""
    far = ""
    if travel.mean_distance_km > NEAR_KM:
        far = f"; beyond {length(NEAR_KM)} as in the countryside"
    return f"{MODE_WORDS[travel.mode]}: {', '.join(parts)}{far}{adjusted}"


def _capacity_term(workspace: Workspace, line: WorkloadLine) -> Term:
    capacity = hours(line.capacity_hours)
    if line.is_vacant:
        return Term("Capacity", f"{capacity} of one full-time rep, as it is vacant", "warning")
    rep = None if line.territory_id is None else workspace.rep_of(line.territory_id)
    held = len(workspace.territories_of(rep.id)) if rep is not None else 1
    shared = f", shared by {count(held)} territories" if held > 1 else ""
    return Term("Capacity", f"{capacity} of {rep.name if rep else 'its reps'}{shared}")
