# SPDX-License-Identifier: MIT
"""Which territories hold, claim and serve a single area or account."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from app.models.geounit import split_geounit_id
from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.models.reports import Ownership
from app.services.account_table import AccountTable
from app.services.geography.geography import Geography
from app.services.ownership import AccountSteps, ownership_of
from app.services.scenario_state import ScenarioState

LongArray = npt.NDArray[np.int64]


class PlanHoldings:
    """Answers who has what, for one area, account or territory at a time.

    Args:
        state: Tells who holds what.
        accounts: Gives the account table of now.
        geography: Gives the areas of now.
    """

    def __init__(
        self,
        state: Callable[[], ScenarioState],
        accounts: Callable[[], AccountTable],
        geography: Callable[[], Geography],
    ) -> None:
        self._state = state
        self._accounts = accounts
        self._geography = geography

    def accounts_of_territory(self, territory: TerritoryId) -> LongArray:
        """Rows of the accounts that the territory serves."""
        position = self._state().position_by_territory[territory]
        return np.flatnonzero(self._state().account_territory(self._accounts()) == position)

    def accounts_of_territories(self, territories: Sequence[TerritoryId]) -> LongArray:
        """Rows of the accounts that any of the territories serves, of a region for example."""
        state = self._state()
        positions = [state.position_by_territory[territory] for territory in territories]
        return np.flatnonzero(np.isin(state.account_territory(self._accounts()), positions))

    def accounts_in(self, geounit: GeoUnitId) -> LongArray:
        """Rows of the accounts inside a geounit."""
        level, code = split_geounit_id(geounit)
        index = self._geography().layer(level).index_of(code)
        if index < 0:
            return np.empty(0, dtype=np.int64)
        return np.flatnonzero(self._accounts().unit_index[level] == index)

    def geounits_of_territory(self, territory: TerritoryId) -> tuple[GeoUnitId, ...]:
        """The geounits that are assigned to the territory, as they were assigned."""
        return self._state().alignment.units_of(territory)

    def territories_claiming(self, geounit: GeoUnitId) -> tuple[TerritoryId, ...]:
        """The territories that hold the geounit itself or through the area around it."""
        alignment = self._state().alignment
        unit: GeoUnitId | None = geounit
        while unit is not None:
            if unit in alignment.holes:
                return ()
            if unit in alignment.units:
                return tuple(sorted(alignment.units[unit]))
            unit = self._geography().parent(unit)
        return ()

    def territories_holding(self, geounit: GeoUnitId) -> tuple[TerritoryId, ...]:
        """The territories that hold the geounit or any part of it."""
        units = self._state().alignment.units
        found = set(self.territories_claiming(geounit))
        for inner in self._state().claimed_inside(geounit):
            found |= units[inner]
        return tuple(sorted(found))

    def lock_over(self, geounit: GeoUnitId) -> GeoUnitId | None:
        """The locked area that a geounit is or lies in; None where it is free."""
        locks = self._state().geounit_locks
        unit: GeoUnitId | None = geounit if locks else None
        while unit is not None and unit not in locks:
            unit = self._geography().parent(unit)
        return unit

    def ownership(self, account: AccountId) -> Ownership:
        """Who serves the account, and the step that decided it."""
        row = self._accounts().row_of(account)
        return ownership_of(AccountSteps(self._state(), self._accounts(), row, self._geography()))

    def claimants(self, row: int) -> tuple[TerritoryId, ...]:
        """The territories that claim the account at a row: none, one, or several in dispute."""
        return tuple(sorted(self._state().claimants(row, self._accounts())))
