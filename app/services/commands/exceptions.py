# SPDX-License-Identifier: MIT
"""Locks on single accounts and areas: where they are, they stay."""

from dataclasses import dataclass

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.geounit import split_geounit_id
from app.models.ids import AccountId, GeoUnitId, StrokeId, TerritoryId
from app.services.commands.assignments import count_of_units, name_accounts
from app.services.commands.base import Edit, locked_geounits, territory_to_serve
from app.services.commands.claims import ClaimEditor
from app.services.commands.locks import SetAllLocks, renew_lock_digests

_ACCOUNT_KEY = ("scenario_id", "account_id", "sales_force_id")
_AREA_KEY = ("scenario_id", "geounit_id", "sales_force_id")


def count_of_accounts(count: int) -> str:
    """Accounts as a phrase: "1 account", "1,200 accounts"."""
    return f"{count:,} account{'' if count == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class LockAccounts:
    """Keep accounts where they are, whatever happens to areas, rules and families.

    Each becomes a named account of its territory.

    Attributes:
        holders: The accounts, each with the territory that serves it; see `services.locking`.
        account_name: For the label, where it is one account.
    """

    holders: tuple[tuple[AccountId, TerritoryId], ...]
    account_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Lock {self.account_name or count_of_accounts(len(self.holders))}"

    def apply(self, edit: Edit) -> Changes:
        """Name the accounts for their territories, and write the locks.

        Raises:
            EditRejected: Nothing is to be locked, or a territory is gone or of another sales force.
        """
        if not self.holders:
            raise _nothing_to_lock("accounts")
        by_territory: dict[TerritoryId, list[AccountId]] = {}
        for account, territory in self.holders:
            by_territory.setdefault(territory, []).append(account)
        for territory, accounts in sorted(by_territory.items()):
            territory_to_serve(edit, territory)
            name_accounts(edit, accounts, territory)
        renew_lock_digests(edit, by_territory)
        scenario, force = edit.scenario_id, edit.sales_force_id
        rows = [(scenario, account, force, territory) for account, territory in self.holders]
        edit.tx.put("account_lock", (*_ACCOUNT_KEY, "territory_id"), rows)
        return Changes(
            accounts=frozenset(account for account, _ in self.holders),
            territories=frozenset(by_territory),
            exceptions=True,
        )


@dataclass(frozen=True, slots=True)
class UnlockAccounts:
    """Let accounts be moved again; they stay named for their territory."""

    accounts: tuple[AccountId, ...]
    account_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Unlock {self.account_name or count_of_accounts(len(self.accounts))}"

    def apply(self, edit: Edit) -> Changes:
        """Delete the locks."""
        scenario, force = edit.scenario_id, edit.sales_force_id
        edit.tx.delete("account_lock", [(scenario, each, force) for each in self.accounts])
        return Changes(exceptions=True)


@dataclass(frozen=True, slots=True)
class LockGeoUnits:
    """Keep areas where they are, whatever becomes of the larger area around them.

    Attributes:
        holders: The areas, each with the territory that holds all of it; see `services.locking`.
        area_name: For the label, where it is one area.
    """

    holders: tuple[tuple[GeoUnitId, TerritoryId], ...]
    area_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Lock {self.area_name or count_of_units(tuple(unit for unit, _ in self.holders))}"

    def apply(self, edit: Edit) -> Changes:
        """Give each area an assignment of its own, and write the locks.

        Raises:
            EditRejected: Nothing is to be locked, or an area is not wholly its territory's.
        """
        if not self.holders:
            raise _nothing_to_lock("areas")
        territories = {holder for _, holder in self.holders}
        for territory in sorted(territories):
            territory_to_serve(edit, territory)
        units = tuple(unit for unit, _ in self.holders)
        claims = ClaimEditor(edit, units)
        for unit, territory in self.holders:
            if claims.holders(unit) != {territory}:
                name = edit.geography.name(unit)
                raise EditRejected(
                    f"{name} does not belong to one territory as a whole.",
                    meaning="Nothing was locked.",
                    remedy="Lock the smaller areas in it, or assign all of it first.",
                )
        by_depth = sorted(self.holders, key=lambda pair: split_geounit_id(pair[0])[0].depth)
        for unit, territory in by_depth:
            claims.own(unit, territory)
        claims.write()
        scenario, force = edit.scenario_id, edit.sales_force_id
        rows = [(scenario, unit, force, territory) for unit, territory in self.holders]
        edit.tx.put("geounit_lock", (*_AREA_KEY, "territory_id"), rows)
        renew_lock_digests(edit, territories)
        return Changes(
            geounits=frozenset(units), territories=frozenset(territories), exceptions=True
        )


@dataclass(frozen=True, slots=True)
class UnlockGeoUnits:
    """Let areas be moved again; they stay with their territory."""

    geounits: tuple[GeoUnitId, ...]
    area_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Unlock {self.area_name or count_of_units(self.geounits)}"

    def apply(self, edit: Edit) -> Changes:
        """Delete the locks, and assignments that repeat what the area around says."""
        scenario, force = edit.scenario_id, edit.sales_force_id
        holder_by_unit = locked_geounits(edit)
        units = tuple(unit for unit in self.geounits if unit in holder_by_unit)
        edit.tx.delete("geounit_lock", [(scenario, unit, force) for unit in units])
        claims = ClaimEditor(edit, units)
        for unit in units:
            claims.leave_to_around(unit)
        claims.write()
        territories = {holder_by_unit[unit] for unit in units}
        renew_lock_digests(edit, territories)
        return Changes(
            geounits=frozenset(units), territories=frozenset(territories), exceptions=True
        )


@dataclass(frozen=True, slots=True)
class UnlockAll:
    """Take away every lock of the sales force: on territories, areas and accounts."""

    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return "Unlock everything"

    def apply(self, edit: Edit) -> Changes:
        """Delete all locks."""
        key = (edit.scenario_id, edit.sales_force_id)
        accounts = edit.tx.rows(
            "SELECT account_id FROM account_lock WHERE scenario_id = ? AND sales_force_id = ?", key
        )
        units = tuple(locked_geounits(edit))
        changes = SetAllLocks(is_locked=False).apply(edit)
        if accounts:
            ids = tuple(AccountId(int(account or 0)) for (account,) in accounts)
            changes |= UnlockAccounts(ids).apply(edit)
        return changes | UnlockGeoUnits(units).apply(edit) if units else changes


def _nothing_to_lock(what: str) -> EditRejected:
    return EditRejected(
        f"None of these {what} can be locked.",
        meaning="Nothing was changed.",
        remedy=f"Lock {what} that one territory serves.",
    )
