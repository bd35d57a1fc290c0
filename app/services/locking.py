# SPDX-License-Identifier: MIT
"""What locking accounts or areas of an open plan comes to: each with the territory that has it."""

from collections.abc import Sequence

from app.models.ids import AccountId, GeoUnitId
from app.services.commands import LockAccounts, LockGeoUnits
from app.services.held_units import held_codes
from app.services.workspace import Workspace


def lock_accounts(workspace: Workspace, accounts: Sequence[AccountId]) -> LockAccounts:
    """Lock those of the accounts that one territory serves; the others cannot be locked."""
    table, territories = workspace.accounts, workspace.territories
    rows = table.rows_of(sorted(accounts))
    ids: list[int] = table.ids[rows].tolist()
    positions: list[int] = workspace.account_territory[rows].tolist()
    holders = tuple(
        (AccountId(account), territories[position].id)
        for account, position in zip(ids, positions, strict=True)
        if position >= 0
    )
    name = str(table.text("name")[rows[0]]) if len(rows) == 1 else ""
    return LockAccounts(holders, name)


def lock_areas(workspace: Workspace, units: Sequence[GeoUnitId]) -> LockGeoUnits:
    """Lock those of the areas that one territory holds as a whole; the others cannot be locked."""
    positions: list[int] = held_codes(workspace, units).tolist()
    holders = tuple(
        (unit, workspace.territories[position].id)
        for unit, position in zip(units, positions, strict=True)
        if position >= 0
    )
    name = workspace.geography.name(units[0]) if len(units) == 1 else ""
    return LockGeoUnits(holders, name)
