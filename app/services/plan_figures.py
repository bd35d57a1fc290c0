# SPDX-License-Identifier: MIT
"""Figures of a plan: balance of any measure, and its sums per area of the map."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.models.geounit import GeoLevel, split_geounit_id
from app.models.ids import GeoUnitId, MeasureId, TerritoryId
from app.models.measure import ACCOUNT_COUNT, Measure
from app.models.plan import PlanSettings
from app.models.reports import BalanceReport
from app.models.territory import Territory
from app.services.account_table import AccountTable
from app.services.alignment import UnitClaims
from app.services.balance import balance_report, totals_by_position
from app.services.geography.area_view import AreaView
from app.services.geography.geography import Geography
from app.services.market import MarketValues, market_totals, market_values, values_at
from app.services.roster import capacity_by_territory
from app.services.scenario_state import ScenarioState
from app.services.store.repositories import PlanRepository

FloatArray = npt.NDArray[np.float64]

_NO_ROWS = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Serving:
    """Who serves what, as it is or as it would be after an edit.

    Attributes:
        account_territory: Per account a territory position, `NOBODY` or `IN_DISPUTE`.
        claims: Every geounit resolved.
        leaves: The territories that are compared.
    """

    account_territory: npt.NDArray[np.int32]
    claims: UnitClaims
    leaves: tuple[Territory, ...]


class PlanFigures:
    """Works figures out from the plan as it is; only market data are kept once read.

    Args:
        state: Tells who holds what.
        geography: The shipped areas.
        plan: Reads market data.
    """

    def __init__(
        self, state: Callable[[], ScenarioState], geography: Geography, plan: PlanRepository
    ) -> None:
        self._state = state
        self._geography = geography
        self._plan = plan
        self._market: dict[MeasureId, MarketValues] = {}

    def take_geography(self, geography: Geography) -> None:
        """Sum over other areas from now on."""
        self._geography = geography
        self.forget_market()

    def forget_market(self) -> None:
        """Read market data again when they are next asked for."""
        self._market.clear()

    def market(self, measure: Measure) -> MarketValues:
        """The values of a market measure."""
        if measure.id not in self._market:
            geounits, values = self._plan.market_values(measure.id)
            level = measure.level or GeoLevel.ZIP
            self._market[measure.id] = market_values(self._geography, level, geounits, values)
        return self._market[measure.id]

    def balance(
        self,
        accounts: AccountTable,
        measure: Measure,
        settings: PlanSettings,
        *,
        well_placed_only: bool = False,
    ) -> BalanceReport:
        """Totals, shares and deviations over the territories that are compared."""
        rough = np.flatnonzero(accounts.is_rough) if well_placed_only else _NO_ROWS
        now = Serving(
            self._state().account_territory(accounts),
            self._state().claims,
            self._state().leaf_territories,
        )
        report = self.balance_where(accounts, measure, settings, now, rough)
        left_out = accounts.measure(measure.id)[rough].sum() if measure.level is None else 0.0
        return replace(report, left_out_count=len(rough), left_out_total=float(left_out))

    def balance_where(
        self,
        accounts: AccountTable,
        measure: Measure,
        settings: PlanSettings,
        serving: Serving,
        left_out: npt.NDArray[np.int64] = _NO_ROWS,
    ) -> BalanceReport:
        """The same where the accounts and areas are served as given, as they are or would be.

        Args:
            accounts, measure, settings: Of the plan.
            serving: Who serves what.
            left_out: Rows of accounts that count for nothing.
        """
        served, count = serving.account_territory, len(self._state().territories)
        counts = _totals_without(left_out, served, accounts.measure(ACCOUNT_COUNT), count)
        if measure.level is None:
            totals = _totals_without(left_out, served, accounts.measure(measure.id), count)
        else:
            totals = self.market_totals(measure, serving.claims)
        # What is no leaf holds nothing, so that leaving it out changes no sum.
        rows = [self._state().position_by_territory[leaf.id] for leaf in serving.leaves]
        slots = [*rows, count, count + 1]
        return balance_report(
            measure.id,
            [leaf.id for leaf in serving.leaves],
            totals[slots],
            counts[slots],
            self.ideal_weights(settings, serving.leaves),
            settings.tolerance_fraction,
        )

    def market_totals(self, measure: Measure, claims: UnitClaims) -> FloatArray:
        """Sums of a market measure per territory, for nobody, and in dispute."""
        market = self.market(measure)
        return market_totals(claims, self._geography, market, len(self._state().territories))

    def unit_values(self, accounts: AccountTable, view: AreaView, measure: Measure) -> FloatArray:
        """Sum per unit of a map view; nan where market data have no value."""
        return view.summed(lambda level: self._layer_values(accounts, level, measure))

    def area_value(self, accounts: AccountTable, geounit: GeoUnitId, measure: Measure) -> float:
        """The sum of a measure in one area of any level; nan where market data have none."""
        level, code = split_geounit_id(geounit)
        index = self._geography.layer(level).index_of(code)
        values = self._layer_values(accounts, level, measure)
        return float(values[index]) if index >= 0 else float("nan")

    def _layer_values(
        self, accounts: AccountTable, level: GeoLevel, measure: Measure
    ) -> FloatArray:
        if measure.level is not None:
            return values_at(self._geography, self.market(measure), level)
        index = accounts.unit_index[level]
        known = index >= 0
        size = len(self._geography.layer(level).codes)
        values = accounts.measure(measure.id)
        return np.bincount(index[known], weights=values[known], minlength=size).astype(np.float64)

    def ideal_weights(self, settings: PlanSettings, leaves: Sequence[Territory]) -> list[float]:
        """What ideals are in proportion to: hours that each territory can count on, or 1 each."""
        if not settings.ideal_by_capacity:
            return [1.0] * len(leaves)
        ids = [leaf.id for leaf in leaves]
        return list(self.capacity_hours(ids, settings.work.full_time_hours).values())

    def capacity_hours(
        self, leaves: Sequence[TerritoryId], full_time_hours: float
    ) -> dict[TerritoryId, float]:
        """Hours per year that each territory can count on today, see `capacity_by_territory`."""
        state = self._state()
        roster, reps = state.roster, state.reps
        elsewhere = roster.territories_beside(state.position_by_territory)
        return capacity_by_territory(leaves, roster, reps, elsewhere, full_time_hours)


def _totals_without(
    left_out: npt.NDArray[np.int64], served: npt.NDArray[np.int32], values: FloatArray, count: int
) -> FloatArray:
    """`totals_by_position` of the accounts that are not left out."""
    if len(left_out):
        served, values = np.delete(served, left_out), np.delete(values, left_out)
    return totals_by_position(served, values, count)
