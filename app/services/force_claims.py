# SPDX-License-Identifier: MIT
"""Which geounits and named accounts the territories of one sales force claim, as the file says."""

from collections.abc import Mapping

from app.models.geounit import LEVELS_COARSE_TO_FINE, split_geounit_id
from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.models.sales_force import ForceKey
from app.services.alignment import Alignment, UnitClaims, claims_after_reading, unit_claims
from app.services.geography.geography import Geography
from app.services.store.scenario_repository import ScenarioRepository

_RELOAD_ABOVE = 5_000
"""From so many geounits on, reading all claims is quicker than reading those that changed."""


class ForceClaims:
    """Reads claims, all of them or those that an edit touched, and resolves every geounit.

    Args:
        scenarios: Reads them.
        key: Whose.
        geography: The areas.

    Attributes:
        alignment: All assignments.
    """

    def __init__(self, scenarios: ScenarioRepository, key: ForceKey, geography: Geography) -> None:
        self._scenarios = scenarios
        self._key = (key.scenario_id, key.sales_force_id)
        self._geography = geography
        self._units: dict[GeoUnitId, frozenset[TerritoryId]] = {}
        self._holes: set[GeoUnitId] = set()
        self.alignment = Alignment()
        self._resolved: UnitClaims | None = None
        self._reread: set[GeoUnitId] = set()
        """Units whose assignments were read again since they were resolved."""

    def take_geography(self, geography: Geography) -> None:
        """Resolve over other areas from now on."""
        self._geography = geography
        self.forget()

    def forget(self) -> None:
        """Resolve every unit anew when it is next asked for: territories or areas are others."""
        self._resolved = None

    def resolved(self, position_by_territory: Mapping[TerritoryId, int]) -> UnitClaims:
        """Every geounit resolved; the same object as long as no claim was read again.

        Args:
            position_by_territory: As last time, unless `forget` was called since.
        """
        if self._resolved is None:
            self._resolved = unit_claims(self.alignment, self._geography, position_by_territory)
        elif self._reread:
            self._resolved = claims_after_reading(
                self._resolved,
                self.alignment,
                self._geography,
                position_by_territory,
                self._reread,
            )
        self._reread = set()
        return self._resolved

    def claimed_inside(self, geounit: GeoUnitId, resolved: UnitClaims) -> tuple[GeoUnitId, ...]:
        """The finer units inside a geounit that have claims of their own."""
        depth = split_geounit_id(geounit)[0].depth
        if not any(resolved.is_used(level) for level in LEVELS_COARSE_TO_FINE[depth + 1 :]):
            return ()
        inside = self._geography.descendants_of(geounit)
        return tuple(unit for unit in inside if unit in self._units)

    def read_named(self) -> None:
        """Read the named accounts again."""
        accounts: dict[AccountId, frozenset[TerritoryId]] = self._scenarios.account_claims(
            *self._key
        )
        self._set_alignment(accounts)

    def read_all(self) -> None:
        """Read all claims on geounits again."""
        units, holes = self._scenarios.geounit_claims(*self._key)
        self._units, self._holes = units, set(holes)
        self.forget()
        self._set_alignment(self.alignment.accounts)

    def read(self, changed: frozenset[GeoUnitId]) -> None:
        """Read the claims on some geounits, and on those inside them, again."""
        touched = set(changed)
        for unit in changed:
            touched.update(self._geography.descendants_of(unit))
            if len(touched) > _RELOAD_ABOVE:
                self.read_all()
                return
        for unit in touched:
            self._units.pop(unit, None)
            self._holes.discard(unit)
        units, holes = self._scenarios.geounit_claims_of(*self._key, sorted(touched))
        self._units.update(units)
        self._holes |= holes
        self._reread |= touched
        self._set_alignment(self.alignment.accounts)

    def _set_alignment(self, accounts: Mapping[AccountId, frozenset[TerritoryId]]) -> None:
        self.alignment = Alignment(
            units=self._units, holes=frozenset(self._holes), accounts=accounts
        )
