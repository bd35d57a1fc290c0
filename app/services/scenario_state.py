# SPDX-License-Identifier: MIT
"""The scenario that the window shows, kept in step with the plan file after every edit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.models.changes import Changes
from app.models.geounit import LEVELS_COARSE_TO_FINE
from app.models.ids import AccountId, GeoUnitId, RepId, TerritoryId
from app.models.rep import Rep
from app.models.rule import Rule
from app.models.sales_force import ForceKey
from app.models.territory import Territory
from app.services.account_table import AccountTable
from app.services.alignment import (
    IN_DISPUTE,
    Alignment,
    UnitClaims,
    held_within,
    view_territories,
)
from app.services.coloring import distinct_colors, neighbor_weights
from app.services.deciding import account_chain, deciding_level
from app.services.drawn_serving import DrawnServing
from app.services.force_claims import ForceClaims
from app.services.force_serving import FactParts, ForceServing
from app.services.geography.area_view import AreaView
from app.services.geography.geography import Geography
from app.services.hierarchy import leaf_territories
from app.services.roster import Roster, Today, local_today
from app.services.rules.columns import RuleFacts
from app.services.serving import Overrides, Served, ServedBy
from app.services.store.rep_repository import RepRepository
from app.services.store.rule_repository import RuleRepository
from app.services.store.scenario_repository import ScenarioRepository
from app.services.store.store import Store

IntArray = npt.NDArray[np.int32]


@dataclass(frozen=True)
class ForceFacts:
    """What rules may ask.

    Attributes:
        of_all: Gives the facts of all accounts.
        parts: Gives those of some accounts; None to ask about all of them always.
    """

    of_all: Callable[[], RuleFacts]
    parts: FactParts | None = None


class ScenarioState:
    """Territories and assignments of one sales force of a scenario, with what follows from them.

    `refresh` reads what a `Changes` names; everything derived is computed again when it is next
    asked for.
    """

    def __init__(
        self,
        store: Store,
        geography: Geography,
        key: ForceKey,
        facts: ForceFacts,
        today: Today = local_today,
    ) -> None:
        self._scenarios = ScenarioRepository(store)
        self._rules = RuleRepository(store)
        self._today = today
        self._rep_repository = RepRepository(store)
        self._geography = geography
        self.scenario = key.scenario_id
        self.sales_force = key.sales_force_id
        self._stored: tuple[Territory, ...] = ()
        self._shown: tuple[Territory, ...] | None = None
        self.reps: tuple[Rep, ...] = ()
        self.position_by_territory: dict[TerritoryId, int] = {}
        self._held = ForceClaims(self._scenarios, key, geography)
        self._rep_by_id: dict[RepId, Rep] = {}
        self.roster = Roster()
        self.serving = ForceServing(facts.of_all, facts.parts)
        self.account_locks: Mapping[AccountId, TerritoryId] = {}
        self.geounit_locks: Mapping[GeoUnitId, TerritoryId] = {}
        self._served: tuple[AccountTable, Overrides, Served] | None = None
        self._leaves: tuple[Territory, ...] | None = None
        self.reload()

    def reload(self) -> None:
        """Read everything again."""
        self._read_territories()
        self._read_staff()
        self._held.read_all()
        self._read_named()
        self._read_drawn()
        self._read_rules()
        self._read_families()
        self._read_exceptions()
        self._forget()

    def take_geography(self, geography: Geography) -> None:
        """Resolve assignments over other areas from now on."""
        self._geography = geography
        self._held.take_geography(geography)
        self._forget()

    def refresh(self, changes: Changes) -> None:
        """Read again what an edit touched."""
        if changes.territories or changes.reps or changes.all_accounts:
            self._read_territories()
            self._read_staff()
        if changes.geounits or changes.territories:
            self._held.read(changes.geounits)
        if changes.accounts or changes.territories or changes.all_accounts:
            self._read_named()
        if changes.drawn_areas or changes.territories:
            self._read_drawn()
        if changes.rules:
            self._read_rules()
        if changes.families or changes.territories or changes.sales_forces:
            self._read_families()
        if changes.exceptions or changes.territories or changes.all_accounts:
            self._read_exceptions()
        if changes.territories or changes.all_accounts:
            self._held.forget()
        self.serving.note_edited(changes.edited_accounts)
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
    def stored_territories(self) -> tuple[Territory, ...]:
        """The same with the colours of the plan file; ready without a look at the map."""
        return self._stored

    @property
    def alignment(self) -> Alignment:
        """All assignments of geounits, and the named accounts."""
        return self._held.alignment

    @property
    def claims(self) -> UnitClaims:
        """Every geounit resolved."""
        return self._held.resolved(self.position_by_territory)

    @property
    def leaf_territories(self) -> tuple[Territory, ...]:
        """The territories that are compared: not those that only unite others."""
        if self._leaves is None:
            holders: frozenset[TerritoryId] = frozenset()
            if any(territory.parent_id is not None for territory in self._stored):
                holders = self.holders()
            leaves = {territory.id for territory in leaf_territories(self._stored, holders)}
            self._leaves = tuple(each for each in self.territories if each.id in leaves)
        return self._leaves

    def holders(self) -> frozenset[TerritoryId]:
        """The territories to which anything is assigned: areas, accounts, families, rules."""
        return self.alignment.holders() | self.serving.holders()

    @property
    def drawn(self) -> DrawnServing:
        """The drawn areas."""
        return self.serving.drawn

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in the order in which they are tried."""
        return self.serving.rules

    def served(self, accounts: AccountTable) -> Served:
        """Who serves every account, and the step that decides it."""
        said = self.serving.said(accounts, self.alignment.accounts)
        known = self._served
        if known is None or known[0] is not accounts or known[1] is not said:
            known = self._served = accounts, said, self.served_after(accounts, self.claims)
        return known[2]

    def served_after(self, accounts: AccountTable, claims: UnitClaims) -> Served:
        """The same as it would be with other claims on geounits."""
        return self.serving.served(accounts, self.alignment.accounts, claims)

    def direct_claims(self, accounts: AccountTable) -> dict[int, frozenset[TerritoryId]]:
        """Row -> claimants of the accounts that are in dispute by name, family or drawn areas.

        The others are in dispute because several territories hold the area that they lie in.
        """
        found = self.served(accounts)
        is_direct = (found.territory == IN_DISPUTE) & (found.step != ServedBy.AREA)
        rows: list[int] = np.flatnonzero(is_direct).tolist()
        return {row: self.claimants(row, accounts) for row in rows}

    def claimants(self, row: int, accounts: AccountTable) -> frozenset[TerritoryId]:
        """The territories that claim the account at a row through the step that decides."""
        found = self.served(accounts)
        step, position = ServedBy(int(found.step[row])), int(found.territory[row])
        if position >= 0:
            return frozenset((self._stored[position].id,))
        if step is ServedBy.NAMED:
            return self.alignment.accounts[AccountId(int(accounts.ids[row]))]
        if step is ServedBy.FAMILY:
            families = self.serving.families(accounts)
            number = int(families.of_account[row])
            claim = self.serving.family_claims.get(families.names[number])
            return claim or self.claimants(int(families.head[number]), accounts)
        if step is ServedBy.DRAWN:
            return frozenset(area.territory_id for area in self.drawn.areas_at(row, accounts))
        chain = account_chain(accounts, row, self._geography)
        unit = deciding_level(chain, self.alignment)
        return self.alignment.units.get(unit, frozenset()) if unit else frozenset()

    def account_territory(self, accounts: AccountTable) -> IntArray:
        """The territory position of every account, `NOBODY` or `IN_DISPUTE`."""
        return self.served(accounts).territory

    def view_territory(self, view: AreaView) -> IntArray:
        """The territory position of every unit of a map view; see `view_territories`."""
        return view_territories(self.claims, self._geography, view)

    def rep_of(self, territory: TerritoryId) -> Rep | None:
        """The rep who holds a territory today, or None where it is vacant."""
        holder = self.roster.holder(territory)
        return None if holder is None else self._rep_by_id.get(holder)

    def territories_of(self, rep: RepId) -> tuple[Territory, ...]:
        """The territories that a rep holds today, alone or with others."""
        held = self.roster.held_by(rep) & self.position_by_territory.keys()
        positions = sorted(self.position_by_territory[territory] for territory in held)
        return tuple(self.territories[position] for position in positions)

    def claimed_inside(self, geounit: GeoUnitId) -> tuple[GeoUnitId, ...]:
        """The finer units inside a geounit that have claims of their own."""
        return self._held.claimed_inside(geounit, self.claims)

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
        self._served = None

    def _read_territories(self) -> None:
        self._stored = self._scenarios.territories(self.scenario, self.sales_force)
        self._shown = None
        self.position_by_territory = {t.id: i for i, t in enumerate(self._stored)}
        self.serving.take_positions(self.position_by_territory)

    def _read_staff(self) -> None:
        self.reps = self._rep_repository.reps()
        self._rep_by_id = {rep.id: rep for rep in self.reps}
        self.roster = Roster(self._scenarios.roster(self.scenario), self._today)

    def _read_drawn(self) -> None:
        self.drawn.take(self._scenarios.drawn_areas(self.scenario, self.sales_force))
        self.serving.forget_said()

    def _read_rules(self) -> None:
        self.serving.take_rules(self._rules.rules(self.scenario, self.sales_force))

    def _read_families(self) -> None:
        forces = {force.id: force for force in self._scenarios.sales_forces()}
        force = forces.get(self.sales_force)
        self.serving.keeps_families = force is not None and force.keeps_families
        self.serving.family_claims = self._scenarios.family_claims(self.scenario, self.sales_force)
        self.serving.forget_said()

    def _read_exceptions(self) -> None:
        self.account_locks = self._scenarios.account_locks(self.scenario, self.sales_force)
        self.geounit_locks = self._scenarios.geounit_locks(self.scenario, self.sales_force)

    def _read_named(self) -> None:
        self.serving.forget_said()
        self._held.read_named()
