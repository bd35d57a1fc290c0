# SPDX-License-Identifier: MIT
"""Settling overlaps and gaps in one step."""

from dataclasses import dataclass

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.geounit import split_geounit_id
from app.models.ids import AccountId, GeoUnitId, StrokeId, TerritoryId
from app.services.commands.assignments import name_each
from app.services.commands.base import (
    Edit,
    reject_locked,
    reject_locked_accounts,
    territory_to_serve,
)
from app.services.commands.claims import ClaimEditor
from app.services.store.transaction import LogEntry


@dataclass(frozen=True, slots=True)
class SettleClaims:
    """Leave one claimant of each area, or give it its first; accounts are named.

    What is said about areas inside stays, so that nobody else loses anything.

    Attributes:
        units: Areas, each with the territory that gets it.
        accounts: Accounts, each with the territory that gets it by name.
        title: What undo calls it, for example "Settle 12 overlaps".
    """

    units: tuple[tuple[GeoUnitId, TerritoryId], ...]
    accounts: tuple[tuple[AccountId, TerritoryId], ...]
    title: str
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return self.title

    def apply(self, edit: Edit) -> Changes:
        """Write the claims and the names.

        Raises:
            EditRejected: There is nothing to settle, a territory is gone or of another sales
                force, an account is locked, or a locked territory would gain or lose something.
        """
        if not self.units and not self.accounts:
            message = "There is nothing to settle."
            remedy = "Select overlaps or gaps that the policy can decide."
            raise EditRejected(message, meaning="Nothing was changed.", remedy=remedy)
        changes = self._settle_units(edit) if self.units else Changes()
        return changes | self._name_accounts(edit) if self.accounts else changes

    def _name_accounts(self, edit: Edit) -> Changes:
        by_territory: dict[TerritoryId, list[AccountId]] = {}
        for account, territory in self.accounts:
            by_territory.setdefault(territory, []).append(account)
        for territory, accounts in by_territory.items():
            territory_to_serve(edit, territory)
            reject_locked_accounts(edit, accounts, territory)
        reject_locked(edit, name_each(edit, dict(self.accounts)))
        return Changes(accounts=frozenset(account for account, _ in self.accounts))

    def _settle_units(self, edit: Edit) -> Changes:
        listed = sorted(self.units, key=lambda pair: split_geounit_id(pair[0])[0].depth)
        for territory in {territory for _, territory in listed}:
            territory_to_serve(edit, territory)
        claims = ClaimEditor(edit, [unit for unit, _ in listed])
        before = {unit: claims.claimants(unit) for unit, _ in listed}
        winners = {territory for _, territory in listed}
        reject_locked(edit, winners.union(*before.values()))
        for unit, territory in listed:
            claims.settle(unit, territory)
        claims.write()
        edit.tx.log(
            [
                LogEntry(
                    scenario_id=edit.scenario_id,
                    geounit_id=unit,
                    from_territory=min(before[unit], default=None),
                    to_territory=territory,
                )
                for unit, territory in listed
            ]
        )
        return Changes(geounits=frozenset(unit for unit, _ in listed))
