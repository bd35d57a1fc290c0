# SPDX-License-Identifier: MIT
"""The sales forces of one open plan: which one is shown, and the state of each."""

from collections.abc import Callable

from app.models.changes import Changes
from app.models.exceptions import ApartPair
from app.models.ids import SalesForceId
from app.models.sales_force import ForceKey, SalesForce
from app.services.geography.geography import Geography
from app.services.roster import Today, local_today
from app.services.scenario_state import ForceFacts, ScenarioState
from app.services.store.scenario_repository import ScenarioRepository
from app.services.store.store import Store


class PlanForces:
    """Keeps the state of the sales force that is shown, and of others once they were asked for.

    Args:
        store: The plan.
        geography: Gives the areas of now.
        facts: What rules may ask about the accounts of now.
        today: What day it is.

    Attributes:
        all: All sales forces in the order of lists.
        apart: The pairs of accounts that no territory and no rep may serve together.
        shown: The one that is shown.
        state: Its territories with what follows from them.
    """

    def __init__(
        self,
        store: Store,
        geography: Callable[[], Geography],
        facts: ForceFacts,
        today: Today = local_today,
    ) -> None:
        self._store = store
        self._geography = geography
        self._facts = facts
        self._today = today
        self._repository = ScenarioRepository(store)
        self._states: dict[SalesForceId, ScenarioState] = {}
        self.all: tuple[SalesForce, ...] = self._repository.sales_forces()
        self.apart: tuple[ApartPair, ...] = self._repository.apart_accounts()
        self.shown: SalesForce = self.all[0]
        self.state: ScenarioState = self.state_of(self.shown.id)

    def force(self, force: SalesForceId) -> SalesForce:
        """One sales force.

        Raises:
            KeyError: The plan has no such sales force.
        """
        for candidate in self.all:
            if candidate.id == force:
                return candidate
        raise KeyError(force)

    def state_of(self, force: SalesForceId) -> ScenarioState:
        """The state of a sales force.

        Raises:
            KeyError: The plan has no such sales force.
        """
        known = self.force(force).id
        if known not in self._states:
            self._states[known] = ScenarioState(
                self._store,
                self._geography(),
                ForceKey(sales_force_id=known),
                self._facts,
                self._today,
            )
        return self._states[known]

    def choose(self, force: SalesForceId) -> Changes:
        """Show another sales force; what views have to read again.

        Raises:
            KeyError: The plan has no such sales force.
        """
        if force == self.shown.id:
            return Changes()
        before = self.state
        self.state = self.state_of(force)
        self.shown = self.force(force)
        changed = {*before.position_by_territory, *self.state.position_by_territory}
        return Changes(
            territories=frozenset(changed), sales_forces=True, settings=True, drawn_areas=True
        )

    def take_geography(self) -> None:
        """Resolve assignments over the areas of now."""
        for state in self._states.values():
            state.take_geography(self._geography())

    def refresh(self, changes: Changes) -> None:
        """Read again what an edit touched; the first sales force is shown where the other ended."""
        if changes.sales_forces:
            self.all = self._repository.sales_forces()
            known = {force.id for force in self.all}
            self._states = {key: state for key, state in self._states.items() if key in known}
        if changes.exceptions or changes.all_accounts:
            self.apart = self._repository.apart_accounts()
        for state in self._states.values():
            state.refresh(changes)
        kept = next((force for force in self.all if force.id == self.shown.id), self.all[0])
        self.shown, self.state = kept, self.state_of(kept.id)
