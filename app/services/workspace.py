# SPDX-License-Identifier: MIT
"""One open plan: its file, its history, and every question that the window asks of it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.models.changes import Changes
from app.models.drawn_area import DrawnArea
from app.models.geounit import GeoLevel
from app.models.ids import MeasureId, RepId, SalesForceId, TerritoryId
from app.models.measure import Measure
from app.models.plan import PlanInfo, PlanSettings
from app.models.rep import Rep
from app.models.reports import BalanceReport
from app.models.sales_force import SalesForce
from app.models.territory import Territory
from app.services.account_table import AccountTable, load_accounts, reread_accounts
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.analysis.sales import sales_of, sales_of_a_year
from app.services.commands import Edit
from app.services.contiguity.connections import Connections
from app.services.coverage.computed import whitespace_columns
from app.services.exception_guard import ExceptionGuard
from app.services.geography.geography import Geography
from app.services.hierarchy import leaves_below
from app.services.history import EditHistory
from app.services.plan_areas import PlanAreas
from app.services.plan_edits import PlanEdits
from app.services.plan_figures import PlanFigures
from app.services.plan_forces import PlanForces
from app.services.plan_holdings import PlanHoldings
from app.services.plan_records import PlanRecords
from app.services.roster import Roster, Today, local_today
from app.services.rule_source import RuleSource
from app.services.rules.account_facts import AccountFacts
from app.services.scenario_state import ForceFacts, ScenarioState
from app.services.serving import Served
from app.services.store.document import AppFolders, PlanDocument
from app.services.store.repositories import AccountRepository, PlanRepository
from app.services.store.transaction import Transaction
from app.services.workload.plan_work import PlanWork

IntArray = npt.NDArray[np.int32]


class Workspace(PlanEdits):
    """One open plan.

    Attributes:
        document: The plan file and its working copy.
        areas: The boundary layers of the plan.
        revision: Raised by one with every committed edit, undo and redo.
        records_revision: The same, only where accounts, records or imports may be others.
        today: What day it is.
        accounts: All accounts as columns.
        measures: All measures, the account count first.
        settings: Tolerance, main measure, kind of ideal.
        figures: Works out balance and sums of areas.
        forces: The sales forces, each with the state of its territories.
        connections: Which areas touch or are linked.
        holdings: Who holds and serves a single area or account.
        records: Single accounts, transactions, visits, products, goals.
        work: Visit classes, workload, index.
    """

    def __init__(
        self, document: PlanDocument, geography: Geography, today: Today = local_today
    ) -> None:
        self.document = document
        self.today = today
        self.areas = PlanAreas(document.store, geography)
        document.notices = (*document.notices, *self.areas.notices)
        self.revision = 0
        self.records_revision = 0
        super().__init__(EditHistory(document.store))
        self._plan = PlanRepository(document.store)
        self._account_repository = AccountRepository(document.store)
        self.records = PlanRecords(document.store, lambda: self.accounts)
        self._rule_facts = RuleSource(
            lambda: self.accounts,
            lambda: self.geography,
            self.records,
            lambda: self.reps,
            today,
        )
        self.forces = PlanForces(
            document.store,
            lambda: self.geography,
            ForceFacts(lambda: self.rule_facts, self._rule_facts),
            today,
        )
        self.figures = PlanFigures(lambda: self.state, self.geography, self._plan)
        self.connections = Connections(document.store, lambda: self.state, lambda: self.geography)
        self.holdings = PlanHoldings(
            lambda: self.state, lambda: self.accounts, lambda: self.geography
        )
        self._guard = ExceptionGuard(self.forces, lambda: self.accounts, lambda: self.geography)
        self.work = PlanWork(document.store, self)
        self._reload_settings()
        self.accounts: AccountTable = load_accounts(self._account_repository, self.geography)
        self.work.load()
        self._reload_measures()

    @classmethod
    def create(
        cls,
        path: Path,
        folders: AppFolders,
        geography: Geography,
        name: str,
        today: Today = local_today,
    ) -> "Workspace":
        """Make a new plan file and open it.

        Raises:
            StoreError: The file cannot be written there.
        """
        return cls(PlanDocument.create(path, folders, name=name), geography, today)

    @classmethod
    def open(
        cls,
        path: Path,
        folders: AppFolders,
        geography: Geography,
        today: Today = local_today,
    ) -> "Workspace":
        """Open a plan file.

        Raises:
            StoreError: It is no plan, damaged, or from a newer version.
        """
        opened = cls(PlanDocument.open(path, folders), geography, today)
        opened.serve_ahead()
        return opened

    @property
    def geography(self) -> Geography:
        """The areas: those that are shipped, with the plan's boundary layers over them."""
        return self.areas.geography

    # Edits

    @property
    def guard(self) -> ExceptionGuard:
        """Refuses what would break a lock or bring together what must stay apart."""
        return self._guard

    def back_up(self, reason: str) -> None:
        """Keep the plan as it is among its backups, before an edit that changes much of it.

        Args:
            reason: One word, for example ``import``.

        Raises:
            StoreError: The backup could not be written.
        """
        if len(self.accounts) or self.territories:
            self.document.back_up(reason)

    # Facts

    @property
    def info(self) -> PlanInfo:
        """Identity and name of the plan."""
        return self._plan.info()

    @property
    def sales_forces(self) -> tuple[SalesForce, ...]:
        """All sales forces in the order of lists."""
        return self.forces.all

    @property
    def sales_force(self) -> SalesForce:
        """The sales force that is shown: edits and figures are of its territories."""
        return self.forces.shown

    def choose_sales_force(self, force: SalesForceId) -> Changes:
        """Show another sales force.

        Returns:
            What views have to read again, to be announced like an edit; nothing is written.

        Raises:
            KeyError: The plan has no such sales force.
        """
        return self.forces.choose(force)

    @property
    def territories(self) -> tuple[Territory, ...]:
        """The territories of the sales force that is shown, in position order."""
        return self.state.territories

    @property
    def leaf_territories(self) -> tuple[Territory, ...]:
        """The territories that are compared: all but those that only unite others."""
        return self.state.leaf_territories

    def leaves_of(self, territory: TerritoryId) -> tuple[TerritoryId, ...]:
        """The leaf territories that make up a territory or region."""
        return leaves_below(territory, self.territories, self.leaf_territories)

    @property
    def reps(self) -> tuple[Rep, ...]:
        """All reps."""
        return self.state.reps

    def territory(self, territory: TerritoryId) -> Territory:
        """One territory.

        Raises:
            KeyError: It is not in the plan.
        """
        return self.territories[self.state.position_by_territory[territory]]

    def has_territory(self, territory: TerritoryId) -> bool:
        """Whether the plan still has this territory."""
        return territory in self.state.position_by_territory

    def rep(self, rep: RepId) -> Rep:
        """One rep.

        Raises:
            KeyError: The rep is not in the plan.
        """
        for candidate in self.reps:
            if candidate.id == rep:
                return candidate
        raise KeyError(rep)

    def rep_of(self, territory: TerritoryId) -> Rep | None:
        """Who holds the territory today, or None where it is vacant."""
        return self.state.rep_of(territory)

    def territories_of(self, rep: RepId) -> tuple[Territory, ...]:
        """What the rep holds today."""
        return self.state.territories_of(rep)

    @property
    def roster(self) -> Roster:
        """Who holds which territory, in which role, from when until when."""
        return self.state.roster

    def measure(self, measure: MeasureId) -> Measure:
        """One measure; the account count where the plan has no such measure any more."""
        return next((m for m in self.measures if m.id == measure), self.measures[0])

    @property
    def main_measure(self) -> Measure:
        """The measure that lists and the map show first."""
        return self.measure(self.settings.main_measure)

    @property
    def account_measures(self) -> tuple[Measure, ...]:
        """The measures whose values are on accounts; the others are market data."""
        return tuple(measure for measure in self.measures if measure.level is None)

    @property
    def main_account_measure(self) -> Measure:
        """The main measure, or the account count where that is market data."""
        main = self.main_measure
        return main if main.level is None else self.measures[0]

    @property
    def drawn_areas(self) -> tuple[DrawnArea, ...]:
        """The areas that were drawn by hand, by id."""
        return self.state.drawn.areas

    # Who serves what

    @property
    def state(self) -> ScenarioState:
        """The sales force that is shown, with what follows from its assignments."""
        return self.forces.state

    def state_of(self, force: SalesForceId) -> ScenarioState:
        """The same of any sales force, made when it is first asked for.

        Raises:
            KeyError: The plan has no such sales force.
        """
        return self.forces.state_of(force)

    @property
    def rule_facts(self) -> AccountFacts:
        """What rules may ask about the accounts; others whenever these change."""
        return self._rule_facts.facts

    @property
    def served(self) -> Served:
        """Who serves every account in the sales force that is shown, and the step that decides."""
        return self.state.served(self.accounts)

    def serve_ahead(self) -> None:
        """Work out who serves whom here and now, where rules or families make that take long.

        Opening a plan and long edits run in a worker; the window then finds it done.
        """
        if self.state.rules or self.state.serving.family_claims:
            _ = self.served

    @property
    def account_territory(self) -> IntArray:
        """Per account the position of its territory, `NOBODY` or `IN_DISPUTE`."""
        return self.state.account_territory(self.accounts)

    def unit_territory(self, view: GeoLevel | str) -> IntArray:
        """Per unit of a map view its territory position, or a code below 0."""
        return self.state.view_territory(self.geography.view(view))

    # Quantities

    def balance(self, measure: MeasureId, *, well_placed_only: bool = False) -> BalanceReport:
        """Totals, shares and deviations of a measure over the territories.

        Args:
            measure: Which; market data are summed over areas instead of accounts.
            well_placed_only: Leave out the accounts whose place is known only roughly.
        """
        return self.figures.balance(
            self.accounts, self.measure(measure), self.settings, well_placed_only=well_placed_only
        )

    def unserved_counts(self) -> tuple[int, int]:
        """Accounts that nobody serves, and accounts in dispute."""
        served = self.account_territory
        return int((served == NOBODY).sum()), int((served == IN_DISPUTE).sum())

    def unit_values(self, view: GeoLevel | str, measure: MeasureId) -> npt.NDArray[np.float64]:
        """Sum of a measure per unit of a map view; nan where market data have none."""
        shown = self.geography.view(view)
        return self.figures.unit_values(self.accounts, shown, self.measure(measure))

    def close(self) -> None:
        """Publish what is not yet in the plan file and let it go."""
        self.document.close()

    def _edit(self, tx: Transaction) -> Edit:
        return Edit(tx, self.geography, self.state.scenario, self.sales_force.id)

    def _took(self, changes: Changes) -> Changes:
        if changes == Changes():
            return changes
        self.revision += 1
        if changes.links:
            self.connections.forget_links()
        if changes.boundaries:
            self.areas.refresh()
            self.forces.take_geography()
            self.figures.take_geography(self.geography)
        if changes.all_accounts or changes.records:
            self.records_revision += 1
            self.records.forget()
            self.figures.forget_market()
        if changes.all_accounts or changes.boundaries:
            self.accounts = load_accounts(self._account_repository, self.geography)
        elif changes.edited_accounts:
            self.accounts = reread_accounts(self.accounts, self.geography, changes.edited_accounts)
        self._refresh_measures(changes)
        before = {territory.id: territory.color_index for territory in self.territories}
        self.forces.refresh(changes)
        if changes.touches_account_rows:
            self.serve_ahead()
        recolored = {t.id for t in self.territories if before.get(t.id) != t.color_index}
        return changes | Changes(territories=frozenset(recolored)) if recolored else changes

    def _refresh_measures(self, changes: Changes) -> None:
        """Read settings and work again, and with them what measures are computed from."""
        settings, classes = self.settings, self.work.classes
        if changes.settings or changes.all_accounts:
            self._reload_settings()
        self.work.refresh(changes)
        is_recomputed = (
            settings.computed_from != self.settings.computed_from or classes != self.work.classes
        )
        if changes.records or changes.all_accounts or is_recomputed:
            self._rule_facts.forget()
        if is_recomputed:
            self.accounts = replace(self.accounts)  # who keeps columns of it takes them anew
        rows = changes.touches_account_rows or changes.boundaries
        if rows or changes.settings or changes.records:
            self._reload_measures()

    def _reload_measures(self) -> None:
        stored = self._plan.measures()
        chosen = self.settings.potential_measure, self.settings.revenue_measure
        open_, columns = whitespace_columns(
            stored, chosen, self.accounts.measure, self._sales_of_a_year
        )
        self.measures: tuple[Measure, ...] = (*stored, *self.work.measures(stored), *open_)
        self.accounts.set_computed({**self.work.columns(), **columns})

    def _sales_of_a_year(self) -> npt.NDArray[np.float64]:
        sales = sales_of(self.records.transactions, len(self.accounts), self.today())
        return sales_of_a_year(sales)

    def _reload_settings(self) -> None:
        self.settings: PlanSettings = self._plan.settings()
