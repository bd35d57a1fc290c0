# SPDX-License-Identifier: MIT
"""Results of the workload calculators, with every input that they came from."""

import enum
from dataclasses import dataclass

from app.models.ids import MeasureId, TerritoryId
from app.models.reports import BalanceLine
from app.models.territory import TravelMode
from app.models.work import Surroundings


class BaseKind(enum.Enum):
    """Where the working days of a territory begin."""

    REP = "rep"
    CENTROID = "centroid"
    """No place of a rep is known; the middle of the visits stands in, which is told."""


class TravelSource(enum.Enum):
    """Where the hours on the road come from."""

    ESTIMATE = "estimate"
    BY_HAND = "by_hand"
    REMOTE = "remote"
    """The rep does not travel."""
    NOTHING = "nothing"
    """There is no visit to travel to, or none of its accounts has a place."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast one gets on in the surroundings of a territory.

    Attributes:
        surroundings: Which.
        share_fraction: Of the visits.
        long_kmh, local_kmh: As set.
        factor: How many times longer than estimated known trips take; 1 where none is known.
    """

    surroundings: Surroundings
    share_fraction: float
    long_kmh: float
    local_kmh: float
    factor: float


@dataclass(frozen=True, slots=True)
class TravelEstimate:
    """The hours on the road of one territory, term by term.

    Attributes:
        hours: Per year: `days` * (`day_long_hours` + `day_local_hours`) for an estimate.
        visits: Planned visits per year.
        days: D, days in the field per year.
        stops_per_day: m, visits on a day.
        base: Longitude and latitude of where the days begin, None without any place.
        mean_distance_km: d, from the base to an account as the crow flies, weighted by visits.
        area_km2: Of the finest known areas in which the visited accounts lie.
        place_count: Visited accounts that have a place.
        unplaced_count: Visited accounts without one; they count for days, not for distances.
        day_area_km2: A, the part of the area that a day's stops lie in.
        leg_km: Mean way between two stops as the crow flies where a day has fewer than three.
        circuity: Kappa.
        paces: Per kind of surroundings; speeds are blended by their shares.
        long_kmh, local_kmh: v1 and v2, blended and adjusted by known trips.
        day_long_hours: 2 * d * kappa / v1.
        day_local_hours: 0.7124 * sqrt(A * m) * kappa / v2, or the sum of the legs.
    """

    territory_id: TerritoryId
    source: TravelSource
    mode: TravelMode
    hours: float
    visits: float
    days: int = 0
    stops_per_day: float = 0.0
    base: tuple[float, float] | None = None
    base_kind: BaseKind = BaseKind.CENTROID
    mean_distance_km: float = 0.0
    area_km2: float = 0.0
    place_count: int = 0
    unplaced_count: int = 0
    day_area_km2: float = 0.0
    leg_km: float = 0.0
    circuity: float = 1.0
    paces: tuple[Pace, ...] = ()
    long_kmh: float = 0.0
    local_kmh: float = 0.0
    day_long_hours: float = 0.0
    day_local_hours: float = 0.0


@dataclass(frozen=True, slots=True)
class WorkloadLine:
    """The work of one territory, of what nobody serves, or of what is in dispute.

    Attributes:
        accounts: Number of accounts.
        visits, visit_hours: Per year.
        travel: None for what is no territory: nobody travels there.
        admin_hours: Per year.
        capacity_hours: What the territory can count on; None for what is no territory.
        is_vacant: Nobody holds it; a full-time rep's hours stand in.
        utilisation_fraction: Workload / capacity; None where the capacity is 0.
        index: 100 * (W / h) / (sum W / sum h); None where undefined.
        reps_needed: Workload / hours of a full-time rep.
    """

    line: BalanceLine
    territory_id: TerritoryId | None
    accounts: int
    visits: float
    visit_hours: float
    travel: TravelEstimate | None
    admin_hours: float
    capacity_hours: float | None
    is_vacant: bool
    utilisation_fraction: float | None
    index: float | None
    reps_needed: float

    @property
    def travel_hours(self) -> float:
        """Hours on the road per year, 0 where nobody travels."""
        return 0.0 if self.travel is None else self.travel.hours

    @property
    def workload_hours(self) -> float:
        """Visits, travel and administration, hours per year."""
        return self.visit_hours + self.travel_hours + self.admin_hours

    @property
    def capacity_coverage_fraction(self) -> float | None:
        """How much of the work the capacity covers: min(1, h / W); None without work or territory.

        Source: facts of the field, capacity coverage.
        """
        if self.capacity_hours is None or self.workload_hours <= 0:
            return None
        return min(1.0, self.capacity_hours / self.workload_hours)


@dataclass(frozen=True, slots=True)
class WorkloadReport:
    """The work of a plan.

    Attributes:
        lines: Territories in the order given, then unassigned, then in dispute (if any).
        workload_hours, capacity_hours: Sums over the territories.
        reps_needed: Sum of the workload of the territories / hours of a full-time rep.
        reps_needed_for_all: The same with the visits that nobody serves or several claim.
        full_time_hours: Of one full-time rep.
    """

    lines: tuple[WorkloadLine, ...]
    workload_hours: float
    capacity_hours: float
    full_time_hours: float

    @property
    def utilisation_fraction(self) -> float | None:
        """Sum of workload / sum of capacity; None without capacity."""
        return self.workload_hours / self.capacity_hours if self.capacity_hours > 0 else None

    @property
    def reps_needed(self) -> float:
        """How many full-time reps the work of the territories needs."""
        return self.workload_hours / self.full_time_hours

    @property
    def reps_needed_for_all(self) -> float:
        """The same with the visits that nobody serves or several claim."""
        return sum(line.workload_hours for line in self.lines) / self.full_time_hours

    def line_of(self, territory: TerritoryId) -> WorkloadLine | None:
        """The line of a territory, or None where it is not compared."""
        return next((line for line in self.lines if line.territory_id == territory), None)


class IndexStanding(enum.Enum):
    """How a territory compares with its ideal."""

    UNDER = "under"
    WITHIN = "within"
    OVER = "over"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class StandingSpan:
    """Over which weights of a measure a territory stands so; both ends included.

    Attributes:
        first, last: Weight of the measure, 0 to 1.
    """

    first: float
    last: float
    standing: IndexStanding


@dataclass(frozen=True, slots=True)
class TerritorySpans:
    """How one territory stands while the weight of a measure slides from 0 to 1."""

    territory_id: TerritoryId
    spans: tuple[StandingSpan, ...]

    @property
    def flips(self) -> bool:
        """Whether it does not stand the same over all weights."""
        return len({span.standing for span in self.spans}) > 1


@dataclass(frozen=True, slots=True)
class SensitivityReport:
    """What becomes of the balance by the index while one weight slides from 0 to 1.

    Attributes:
        measure: Whose weight slides; the others keep their proportions.
        weight: What it is now.
        territories: In position order.
        all_within: The weights for which every territory is within the tolerance.
    """

    measure: MeasureId
    weight: float
    territories: tuple[TerritorySpans, ...]
    all_within: tuple[tuple[float, float], ...]
