# SPDX-License-Identifier: MIT
"""The scenario that the window shows, kept in step with the plan file after every edit."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from app.models.changes import Changes
from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel, split_geounit_id
from app.models.ids import AccountId, GeoUnitId, RepId, SalesForceId, ScenarioId, TerritoryId
from app.models.rep import Rep
from app.models.sales_force import FIRST_SALES_FORCE
from app.models.territory import Territory
from app.services.account_table import AccountTable
from app.services.alignment import (
    IN_DISPUTE,
    Alignment,
    UnitClaims,
    account_territories,
    held_within,
    unit_claims,
    view_territories,
)
from app.services.coloring import distinct_colors, neighbor_weights
from app.services.drawn_serving import DrawnServing
from app.services.geography.area_view import AreaView
from app.services.geography.geography import Geography
from app.services.hierarchy import leaf_territories
from app.services.roster import Roster, Today, local_today
from app.services.store.rep_repository import RepRepository
from app.services.store.scenario_repository import ScenarioRepository
from app.services.store.store import Store

IntArray = npt.NDArray[np.int32]
_RELOAD_ABOVE = 5_000
"""From so many geounits on, reading all claims is quicker than reading those that changed."""


class ScenarioState:
    """Territories and assignments of one sales force of a scenario, with what follows from them.

    `refresh` reads what a `Changes` names; everything derived is computed again when it is next
    asked for.
    """

    def __init__(
        self,
        store: Store,
        geography: Geography,
        scenario: ScenarioId,
        sales_force: SalesForceId = FIRST_SALES_FORCE,
        today: Today = local_today,
    ) -> None:
        self._scenarios = ScenarioRepository(store)
        self._today = today
        self._rep_repository = RepRepository(store)
        self._geography = geography
        self.scenario = scenario
        self.sales_force = sales_force
        self._stored: tuple[Territory, ...] = ()
        self._shown: tuple[Territory, ...] | None = None
        self.reps: tuple[Rep, ...] = ()
        self.position_by_territory: dict[TerritoryId, int] = {}
        self.alignment = Alignment()
        self._units: dict[GeoUnitId, frozenset[TerritoryId]] = {}
        self._holes: set[GeoUnitId] = set()
        self._rep_by_id: dict[RepId, Rep] = {}
        self.roster = Roster()
        self.drawn = DrawnServing()
        self._claims: UnitClaims | None = None
        self._account_territory: IntArray | None = None
        self._leaves: tuple[Territory, ...] | None = None
        self.reload()

    def reload(self) -> None:
        """Read everything again."""
        self._read_territories()
        self._read_staff()
        self._read_all_claims()
        self._read_named()
        self.drawn.take(self._scenarios.drawn_areas(self.scenario, self.sales_force))
        self._forget()

    def take_geography(self, geography: Geography) -> None:
        """Resolve assignments over other areas from now on."""
        self._geography = geography
        self._forget()

    def refresh(self, changes: Changes) -> None:
        """Read again what an edit touched."""
        if changes.territories or changes.reps or changes.all_accounts:
            self._read_territories()
            self._read_staff()
        if changes.geounits or changes.territories:
            self._read_claims(changes.geounits)
        if changes.accounts or changes.territories or changes.all_accounts:
            self._read_named()
        if changes.drawn_areas or changes.territories:
            self.drawn.take(self._scenarios.drawn_areas(self.scenario, self.sales_force))
        if changes.touches_alignment:
            self._forget()

    @property
    def territories(self) -> tuple[Territory, ...]:
        """The territories, coloured so that neighbours differ (see `distinct_colors`).

        The plan file keeps the colour that a territory would have alone. What is shown follows
        from it and from who holds what, so undo, copies and exports agree without a stored copy.
        """
        if self._shown is None:
            self._shown = self._with_shown_colors()
        return self._shown

    @property
    def claims(self) -> UnitClaims:
        """Every geounit resolved."""
        if self._claims is None:
            self._claims = unit_claims(self.alignment, self._geography, self.position_by_territory)
        return self._claims

    @property
    def leaf_territories(self) -> tuple[Territory, ...]:
        """The territories that are compared: not those that only unite others."""
        if self._leaves is None:
            holders: frozenset[TerritoryId] = frozenset()
            if any(territory.parent_id is not None for territory in self._stored):
                holders = self.alignment.holders() | self.drawn.holders()
            leaves = {territory.id for territory in leaf_territories(self._stored, holders)}
            self._leaves = tuple(each for each in self.territories if each.id in leaves)
        return self._leaves

    def account_territory(self, accounts: AccountTable) -> IntArray:
        """The territory position of every account, `NOBODY` or `IN_DISPUTE`."""
        if self._account_territory is None:
            named = {
                row: self._position(territories)
                for account, territories in self.alignment.accounts.items()
                if (row := accounts.row_of(account)) >= 0
            }
            drawn = {
                self.position_by_territory[territory]: rows
                for territory, rows in self.drawn.claims(accounts).items()
            }
            self._account_territory = account_territories(
                self.claims, accounts.unit_index, named, drawn
            )
        return self._account_territory

    def view_territory(self, view: AreaView) -> IntArray:
        """The territory position of every unit of a map view; see `view_territories`."""
        return view_territories(self.claims, self._geography, view)

    def rep_of(self, territory: TerritoryId) -> Rep | None:
        """The rep who holds a territory today, or None where it is vacant."""
        holder = self.roster.holder(territory)
        return None if holder is None else self._rep_by_id.get(holder)

    def territories_of(self, rep: RepId) -> tuple[Territory, ...]:
        """The territories that a rep holds today, alone or with others."""
        held = self.roster.held_by(rep)
        return tuple(t for t in self.territories if t.id in held)

    def claimed_inside(self, geounit: GeoUnitId) -> tuple[GeoUnitId, ...]:
        """The finer units inside a geounit that have claims of their own."""
        depth = split_geounit_id(geounit)[0].depth
        if not any(self.claims.is_used(level) for level in LEVELS_COARSE_TO_FINE[depth + 1 :]):
            return ()
        inside = self._geography.descendants_of(geounit)
        return tuple(unit for unit in inside if unit in self._units)

    def _position(self, territories: frozenset[TerritoryId]) -> int:
        if len(territories) > 1:
            return IN_DISPUTE
        return self.position_by_territory[next(iter(territories))]

    def _with_shown_colors(self) -> tuple[Territory, ...]:
        wanted = [territory.color_index for territory in self._stored]
        count = len(wanted)
        if len(set(wanted)) == count:
            return self._stored
        weights = np.zeros((count, count), np.int64)
        for level in LEVELS_COARSE_TO_FINE:
            layer = self._geography.layer(level)
            held = held_within(self.claims, self._geography, level)
            weights += neighbor_weights(held, layer.neighbors_start, layer.neighbors, count)
        colors = distinct_colors(weights, wanted, [t.is_color_fixed for t in self._stored])
        return tuple(
            territory if territory.color_index == color else replace(territory, color_index=color)
            for territory, color in zip(self._stored, colors, strict=True)
        )

    def _forget(self) -> None:
        self._leaves = None
        self._shown = None
        self._claims = None
        self._account_territory = None

    def _read_territories(self) -> None:
        self._stored = self._scenarios.territories(self.scenario, self.sales_force)
        self._shown = None
        self.position_by_territory = {t.id: i for i, t in enumerate(self._stored)}

    def _read_staff(self) -> None:
        self.reps = self._rep_repository.reps()
        self._rep_by_id = {rep.id: rep for rep in self.reps}
        self.roster = Roster(self._scenarios.roster(self.scenario), self._today)

    def _read_named(self) -> None:
        accounts: dict[AccountId, frozenset[TerritoryId]] = self._scenarios.account_claims(
            self.scenario, self.sales_force
        )
        self._set_alignment(accounts)

    def _read_all_claims(self) -> None:
        units, holes = self._scenarios.geounit_claims(self.scenario, self.sales_force)
        self._units, self._holes = units, set(holes)
        self._set_alignment(dict(self.alignment.accounts))

    def _read_claims(self, changed: frozenset[GeoUnitId]) -> None:
        touched = set(changed)
        for unit in changed:
            touched.update(self._geography.descendants_of(unit))
            if len(touched) > _RELOAD_ABOVE:
                self._read_all_claims()
                return
        for unit in touched:
            self._units.pop(unit, None)
            self._holes.discard(unit)
        units, holes = self._scenarios.geounit_claims_of(
            self.scenario, self.sales_force, sorted(touched)
        )
        self._units.update(units)
        self._holes |= holes
        self._set_alignment(dict(self.alignment.accounts))

    def _set_alignment(self, accounts: dict[AccountId, frozenset[TerritoryId]]) -> None:
        self.alignment = Alignment(
            units=self._units, holes=frozenset(self._holes), accounts=accounts
        )


def account_chain(
    accounts: AccountTable, row: int, geography: Geography
) -> dict[GeoLevel, GeoUnitId]:
    """The geounits that contain an account, by level; only those that are known."""
    chain: dict[GeoLevel, GeoUnitId] = {}
    for level in LEVELS_COARSE_TO_FINE:
        index = int(accounts.unit_index[level][row])
        if index >= 0:
            code = str(geography.layer(level).codes[index])
            chain[level] = GeoUnitId(f"{level.value}:{code}")
    return chain
