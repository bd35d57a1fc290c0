# SPDX-License-Identifier: MIT
"""Assigning areas and named accounts to territories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.models.changes import Changes
from app.models.geounit import GeoLevel, split_geounit_id
from app.models.ids import AccountId, GeoUnitId, StrokeId, TerritoryId
from app.services.commands.base import (
    ITS_TERRITORIES,
    Edit,
    reject_locked,
    reject_locked_accounts,
    territory_to_serve,
)
from app.services.commands.claims import ClaimEditor
from app.services.store.transaction import LogEntry

_NOUN = {
    GeoLevel.COUNTRY: ("country", "countries"),
    GeoLevel.STATE: ("state", "states"),
    GeoLevel.COUNTY: ("county", "counties"),
    GeoLevel.ZIP: ("ZIP area", "ZIP areas"),
}


def count_of_units(geounits: tuple[GeoUnitId, ...], count: int | None = None) -> str:
    """The geounits as a phrase: "12 counties", "1 ZIP area", "5 areas" where levels differ.

    Args:
        geounits: They give the noun, and the number where `count` is None.
        count: Another number, for a stroke of which these geounits are a part.
    """
    levels = {split_geounit_id(unit)[0] for unit in geounits}
    one, many = _NOUN[next(iter(levels))] if len(levels) == 1 else ("area", "areas")
    number = len(geounits) if count is None else count
    return f"{number:,} {one if number == 1 else many}"


@dataclass(frozen=True, slots=True)
class AssignGeoUnits:
    """Give geounits to a territory, or take them from everybody.

    Attributes:
        territory: None takes the geounits out of every territory.
        add: Keep the claims of other territories, so the units become overlaps.
        stroke_size: Geounits of the whole stroke so far, for the label; None without a stroke.
    """

    geounits: tuple[GeoUnitId, ...]
    territory: TerritoryId | None
    territory_name: str = ""
    add: bool = False
    stroke: StrokeId | None = None
    stroke_size: int | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        what = count_of_units(self.geounits, self.stroke_size)
        if self.territory is None:
            return f"Unassign {what}"
        return f"Assign {what} to {self.territory_name}"

    def apply(self, edit: Edit) -> Changes:
        """Write the claims; the finest claim wins, so finer ones inside are replaced.

        Locked areas inside a larger one stay as they are.

        Raises:
            EditRejected: An area is locked, or a locked territory would gain or lose something.
        """
        if self.territory is not None:
            territory_to_serve(edit, self.territory)
        claims = ClaimEditor(edit, self.geounits)
        claims.reject_locked(self.geounits, None if self.add else self.territory)
        holders = {unit: claims.holders(unit) for unit in self.geounits}
        affected = set[TerritoryId]().union(*holders.values())
        if self.territory is not None:
            affected.add(self.territory)
        reject_locked(edit, affected)
        for unit in sorted(self.geounits, key=lambda unit: split_geounit_id(unit)[0].depth):
            if self.add and self.territory is not None:
                claims.add(unit, self.territory)
            else:
                claims.assign(unit, self.territory)
        claims.write()
        edit.tx.log(
            [
                LogEntry(
                    scenario_id=edit.scenario_id,
                    geounit_id=unit,
                    from_territory=min(holders[unit], default=None),
                    to_territory=self.territory,
                )
                for unit in self.geounits
            ]
        )
        return Changes(geounits=frozenset(self.geounits))


@dataclass(frozen=True, slots=True)
class AssignAccounts:
    """Give accounts to a territory by name, whatever their area says; None ends that."""

    accounts: tuple[AccountId, ...]
    territory: TerritoryId | None
    territory_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        count = f"{len(self.accounts):,} account{'' if len(self.accounts) == 1 else 's'}"
        if self.territory is None:
            return f"Let rules and areas decide about {count}"
        return f"Assign {count} to {self.territory_name} by name"

    def apply(self, edit: Edit) -> Changes:
        """Replace the named assignments of the accounts.

        Raises:
            EditRejected: An account is locked, or a locked territory would gain or lose one.
        """
        if self.territory is not None:
            territory_to_serve(edit, self.territory)
        reject_locked_accounts(edit, self.accounts, self.territory)
        affected = name_accounts(edit, self.accounts, self.territory)
        reject_locked(edit, affected)
        return Changes(accounts=frozenset(self.accounts))


def name_accounts(
    edit: Edit, accounts: Sequence[AccountId], territory: TerritoryId | None
) -> set[TerritoryId]:
    """Replace the named assignments of accounts; the territories that gain or lose one."""
    return name_each(edit, dict.fromkeys(accounts, territory))


def name_each(edit: Edit, named: Mapping[AccountId, TerritoryId | None]) -> set[TerritoryId]:
    """Replace the named assignments of each account; the territories that gain or lose one."""
    scenario = edit.scenario_id
    old = [
        (int(account or 0), TerritoryId(int(holder or 0)))
        for account, holder in edit.tx.rows(
            "SELECT account_id, territory_id FROM account_assignment"  # noqa: S608 fixed words
            f" WHERE scenario_id = ?1 AND {ITS_TERRITORIES}",
            (scenario, edit.sales_force_id),
        )
        if account in named
    ]
    was = dict(old)
    if old:
        edit.tx.delete("account_assignment", [(scenario, each, holder) for each, holder in old])
    rows = [(scenario, each, named[each]) for each in sorted(named) if named[each] is not None]
    if rows:
        columns = ("scenario_id", "account_id", "territory_id")
        edit.tx.put("account_assignment", columns, rows)
    edit.tx.log(
        [
            LogEntry(
                scenario_id=scenario,
                account_id=each,
                from_territory=was.get(each),
                to_territory=territory,
            )
            for each, territory in named.items()
        ]
    )
    gainers = {territory for territory in named.values() if territory is not None}
    return {holder for _, holder in old} | gainers
