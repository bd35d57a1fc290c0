# SPDX-License-Identifier: MIT
"""Workload, index and what they come from, asked of one open plan."""

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np
import numpy.typing as npt

from app.models.changes import Changes
from app.models.ids import MeasureId, TerritoryId
from app.models.measure import INDEX, VISIT_HOURS, Measure, MeasureKind
from app.models.plan import PlanSettings
from app.models.visit_class import KnownTrip, VisitClass
from app.models.work import IndexWeight
from app.models.workload import SensitivityReport, WorkloadReport
from app.services.account_table import AccountTable
from app.services.balance import totals_by_position
from app.services.geography.geography import Geography
from app.services.plan_figures import PlanFigures
from app.services.scenario_state import ScenarioState
from app.services.store.store import Store
from app.services.store.work_repository import WorkRepository
from app.services.workload.calibration import Factors, TripCheck, factors_of, trip_checks
from app.services.workload.class_texts import ClassTexts
from app.services.workload.ground import AccountGround, account_ground
from app.services.workload.index import IndexPart, index_parts, index_values
from app.services.workload.report import TerritoryFacts, workload_report
from app.services.workload.sensitivity import sensitivity
from app.services.workload.travel import TravelFacts
from app.services.workload.visits import ClassColumn, VisitPlan, class_column, visit_plan

FloatArray = npt.NDArray[np.float64]


class OpenPlan(Protocol):
    """What this part asks of the open plan."""

    @property
    def accounts(self) -> AccountTable:
        """All accounts."""
        ...

    @property
    def geography(self) -> Geography:
        """All areas."""
        ...

    @property
    def settings(self) -> PlanSettings:
        """What the user set."""
        ...

    @property
    def state(self) -> ScenarioState:
        """Territories, roster, who serves what."""
        ...

    @property
    def figures(self) -> PlanFigures:
        """Capacity of the territories."""
        ...

    @property
    def account_measures(self) -> tuple[Measure, ...]:
        """The measures whose values are on accounts."""
        ...


class PlanWork:
    """Visits, workload and index of one open plan; told of every change.

    Attributes:
        classes: The visit classes in the order of lists.
        trips: Trips whose time the user knows.
    """

    def __init__(self, store: Store, plan: OpenPlan) -> None:
        self._repository = WorkRepository(store)
        self._plan = plan
        self._texts = ClassTexts(self._repository)
        self.classes: tuple[VisitClass, ...] = ()
        self.trips: tuple[KnownTrip, ...] = ()
        self._visits: VisitPlan | None = None
        self._column: ClassColumn | None = None
        self._ground: AccountGround | None = None
        self._report: tuple[ScenarioState, WorkloadReport] | None = None

    def load(self) -> None:
        """Read classes, trips, and which accounts have a class."""
        self._read_settings()
        self._texts.read(self._plan.accounts)
        self._ground = None

    def refresh(self, changes: Changes) -> None:
        """Read again what an edit touched; the plan's accounts are read already."""
        self._report = None
        if changes.settings or changes.all_accounts:
            self._read_settings()
        if changes.all_accounts or changes.boundaries:
            self._texts.read(self._plan.accounts)
        elif changes.edited_accounts:
            self._texts.read_again(self._plan.accounts, changes.edited_accounts)
        if changes.touches_account_rows or changes.boundaries:
            self._ground = None
        if changes.touches_account_rows or changes.records or changes.boundaries:
            self._visits = self._column = None

    # Measures that are computed

    def measures(self, stored: tuple[Measure, ...]) -> tuple[Measure, ...]:
        """The computed measures: hours of visits, and the index where it has weights.

        Args:
            stored: The measures of the plan file, whose names are taken.
        """
        taken = {measure.name.casefold() for measure in stored}
        found: list[Measure] = []
        if self.classes:
            found.append(_computed(VISIT_HOURS, "Visit hours", MeasureKind.HOURS, taken))
        if self._plan.settings.index_weights:
            found.append(_computed(INDEX, "Index", MeasureKind.NUMBER, taken))
        return tuple(found)

    def columns(self) -> Mapping[MeasureId, Callable[[], FloatArray]]:
        """What computes the values of each of them, one per account."""
        return {VISIT_HOURS: lambda: self.visits.hours, INDEX: self._index_values}

    # Visits

    @property
    def class_column(self) -> ClassColumn:
        """The visit class of every account."""
        if self._column is None:
            texts = self._texts
            self._column = class_column(self.classes, texts.spelling, texts.spellings)
        return self._column

    @property
    def visits(self) -> VisitPlan:
        """Visits and their hours, per account."""
        if self._visits is None:
            measured = self._plan.settings.visits_measure
            known = measured is not None and measured in self._plan.accounts.measures
            values = self._plan.accounts.measures[measured] if known and measured else None
            self._visits = visit_plan(self.classes, self.class_column, values)
        return self._visits

    # Workload

    @property
    def trip_checks(self) -> tuple[TripCheck, ...]:
        """Every known trip beside its estimate."""
        return trip_checks(self.trips, self._plan.settings.work, self._plan.geography)

    @property
    def factors(self) -> Factors:
        """What known trips say about the estimates."""
        return factors_of(self.trip_checks)

    def report(self) -> WorkloadReport:
        """The work of every territory that is compared, kept until the next change."""
        state = self._plan.state
        if self._report is None or self._report[0] is not state:
            self._report = (state, self.report_job()())
        return self._report[1]

    @property
    def known_report(self) -> WorkloadReport | None:
        """The report of the plan as it is now, where it was computed already."""
        known = self._report
        return known[1] if known is not None and known[0] is self._plan.state else None

    def keep(self, report: WorkloadReport) -> None:
        """Keep a report that a worker has just computed of the plan as it is now."""
        self._report = (self._plan.state, report)

    def report_job(self) -> Callable[[], WorkloadReport]:
        """What computes the report from a frozen copy, in any thread."""
        plan, state = self._plan, self._plan.state
        accounts, geography, settings = plan.accounts, plan.geography, plan.settings.work
        visits, served, factors = self.visits, state.account_territory(accounts), self.factors
        leaves = state.leaf_territories
        held = TerritoryFacts(
            territories=state.territories,
            leaves=leaves,
            bases=self._bases(),
            capacity_hours=plan.figures.capacity_hours(
                [leaf.id for leaf in leaves], settings.full_time_hours
            ),
            vacant=frozenset(leaf.id for leaf in leaves if state.rep_of(leaf.id) is None),
        )
        known = self._ground

        def compute() -> WorkloadReport:
            ground = known or account_ground(
                accounts.lon, accounts.lat, accounts.unit_index, geography
            )
            if plan.accounts is accounts:
                self._ground = ground
            facts = TravelFacts(ground, visits.visits, served, settings, factors)
            return workload_report(visits, held, facts)

        return compute

    def _bases(self) -> dict[TerritoryId, tuple[float, float]]:
        found: dict[TerritoryId, tuple[float, float]] = {}
        for territory in self._plan.state.territories:
            rep = self._plan.state.rep_of(territory.id)
            if rep is not None and (base := rep.base) is not None:
                found[territory.id] = base
        return found

    # Index

    @property
    def weights(self) -> tuple[IndexWeight, ...]:
        """The weights of the index that are of a measure on accounts which the plan still has."""
        known = {measure.id for measure in self._plan.account_measures} - {INDEX}
        return tuple(each for each in self._plan.settings.index_weights if each.measure in known)

    def index_parts(self) -> tuple[IndexPart, ...]:
        """What every measure of the index counts for."""
        accounts = self._plan.accounts
        weights = self.weights
        return index_parts(weights, [float(accounts.measure(w.measure).sum()) for w in weights])

    def sensitivity(self, measure: MeasureId) -> SensitivityReport:
        """Which territories flip while the weight of a measure of the index slides."""
        state, accounts = self._plan.state, self._plan.accounts
        parts, leaves = self.index_parts(), state.leaf_territories
        served, count = state.account_territory(accounts), len(state.territories)
        rows = [state.position_by_territory[leaf.id] for leaf in leaves]
        shares = np.zeros((len(parts), len(leaves)))
        for at, part in enumerate(parts):
            if part.total > 0:
                totals = totals_by_position(served, accounts.measure(part.measure), count)
                shares[at] = totals[rows] / part.total
        ids = [leaf.id for leaf in leaves]
        settings = self._plan.settings
        weights = self._plan.figures.ideal_weights(settings, leaves)
        return sensitivity(measure, parts, ids, shares, weights, settings.tolerance_fraction)

    def _index_values(self) -> FloatArray:
        accounts = self._plan.accounts
        return index_values(self.weights, accounts.measure, len(accounts))

    def _read_settings(self) -> None:
        self.classes = self._repository.visit_classes()
        self.trips = self._repository.known_trips()
        self._visits = self._column = None


def _computed(measure: MeasureId, name: str, kind: MeasureKind, taken: set[str]) -> Measure:
    return Measure(measure, f"{name} (computed)" if name.casefold() in taken else name, kind)
