# SPDX-License-Identifier: MIT
"""The plan file's own facts: identity, settings, scenarios."""

from dataclasses import dataclass, field

from app.models.ids import MeasureId, ScenarioId
from app.models.measure import ACCOUNT_COUNT
from app.models.rep_match import MatchWeights
from app.models.work import USUAL_WORK, IndexWeight, WorkSettings

DEFAULT_TOLERANCE_FRACTION = 0.15
"""A territory within 15 % of its ideal counts as balanced (usual practice; kept as a setting)."""


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """What the user set for the whole plan; every change is an undoable edit.

    Attributes:
        tolerance_fraction: Largest allowed absolute deviation, 0 < t <= 1.
        main_measure: The measure that lists and the map show first.
        ideal_by_capacity: Ideal in proportion to the capacity hours of the territory's rep;
            otherwise every territory has the same ideal.
        index_weights: What each measure counts in the index; empty where there is no index.
        work: Travel, administration, hours of a full-time rep.
        revenue_measure, potential_measure: The measures that have this meaning, or None where the
            user named none.
        visits_measure: The measure that says the visits per year of each account, or None where
            its visit class does.
        match_weights: How much each part of the fit of reps and territories counts.
    """

    tolerance_fraction: float = DEFAULT_TOLERANCE_FRACTION
    main_measure: MeasureId = ACCOUNT_COUNT
    ideal_by_capacity: bool = False
    index_weights: tuple[IndexWeight, ...] = ()
    work: WorkSettings = USUAL_WORK
    revenue_measure: MeasureId | None = None
    potential_measure: MeasureId | None = None
    visits_measure: MeasureId | None = None
    match_weights: MatchWeights = field(default_factory=MatchWeights)

    @property
    def computed_from(self) -> tuple[object, ...]:
        """What the computed measures of accounts depend on."""
        meanings = self.revenue_measure, self.potential_measure
        return self.index_weights, self.work, self.visits_measure, *meanings


@dataclass(frozen=True, slots=True)
class PlanInfo:
    """Identity of the plan: never changes by an edit, except its name."""

    plan_id: str
    name: str
    created_at_utc: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """One alternative inside the plan."""

    id: ScenarioId
    name: str
    status: str = "draft"
