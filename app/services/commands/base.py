# SPDX-License-Identifier: MIT
"""What all commands share: the edit they run in, and what they must offer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import (
    AccountId,
    GeoUnitId,
    SalesForceId,
    ScenarioId,
    StrokeId,
    TerritoryId,
)
from app.models.sales_force import FIRST_SALES_FORCE
from app.services.geography.geography import Geography
from app.services.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit under way: where it writes, and what it may look up.

    Attributes:
        sales_force_id: The one whose territories it edits.
    """

    tx: Transaction
    geography: Geography
    scenario_id: ScenarioId = ScenarioId(1)
    sales_force_id: SalesForceId = FIRST_SALES_FORCE


ITS_TERRITORIES = (
    "territory_id IN (SELECT id FROM territory WHERE scenario_id = ?1 AND sales_force_id = ?2)"
)
"""Condition on a table with territories: those of the scenario and sales force given first."""


class Command(Protocol):
    """An edit that `Workspace.run` can carry out."""

    @property
    def label(self) -> str:
        """What undo calls it: "Assign 12 counties to North"."""
        ...

    @property
    def stroke(self) -> StrokeId | None:
        """Commands of one stroke form one undo step; None stands alone."""
        ...

    def apply(self, edit: Edit) -> Changes:
        """Write the edit.

        Raises:
            EditRejected: The plan cannot take it; nothing is written.
        """
        ...


def territory_name(edit: Edit, territory: TerritoryId) -> str:
    """The name of a territory.

    Raises:
        EditRejected: It is not in the plan any more.
    """
    rows = edit.tx.rows("SELECT name FROM territory WHERE id = ?", (territory,))
    if not rows:
        message = "This territory is no longer in the plan."
        raise EditRejected(message, meaning="Nothing was changed.")
    return str(rows[0][0])


def territory_to_serve(edit: Edit, territory: TerritoryId) -> str:
    """The name of a territory that is to get areas or accounts.

    Raises:
        EditRejected: It is not in the plan any more, or of another sales force.
    """
    name = territory_name(edit, territory)
    if not edit.tx.rows(
        "SELECT 1 FROM territory WHERE id = ? AND scenario_id = ? AND sales_force_id = ?",
        (territory, edit.scenario_id, edit.sales_force_id),
    ):
        message = f"{name} belongs to another sales force."
        raise EditRejected(
            message, meaning="Nothing was changed.", remedy="Show that sales force first."
        )
    return name


def reject_locked(edit: Edit, territories: set[TerritoryId]) -> None:
    """Refuse an edit that would take from or add to a locked territory.

    Raises:
        EditRejected: One of the territories is locked.
    """
    for territory in sorted(territories):
        rows = edit.tx.rows("SELECT name, is_locked FROM territory WHERE id = ?", (territory,))
        if rows and rows[0][1]:
            message = f"{rows[0][0]} is locked."
            raise EditRejected(
                message,
                meaning="Nothing was changed.",
                remedy="Unlock the territory, or leave it out of this edit.",
            )


def locked_geounits(edit: Edit) -> dict[GeoUnitId, TerritoryId]:
    """Whose each locked area of the sales force stays."""
    rows = edit.tx.rows(
        "SELECT geounit_id, territory_id FROM geounit_lock"
        " WHERE scenario_id = ? AND sales_force_id = ? ORDER BY geounit_id",
        (edit.scenario_id, edit.sales_force_id),
    )
    return {GeoUnitId(str(unit)): TerritoryId(int(holder or 0)) for unit, holder in rows}


def reject_locked_accounts(
    edit: Edit, accounts: Sequence[AccountId], territory: TerritoryId | None
) -> None:
    """Refuse to name locked accounts for another territory, or for none.

    Raises:
        EditRejected: One of the accounts is locked for another territory.
    """
    wanted = set(accounts)
    for account, holder, name, holder_name in edit.tx.rows(
        "SELECT account_lock.account_id, account_lock.territory_id, account.name, territory.name"
        " FROM account_lock JOIN account ON account.id = account_lock.account_id"
        " JOIN territory ON territory.id = account_lock.territory_id"
        " WHERE account_lock.scenario_id = ? AND account_lock.sales_force_id = ?"
        " ORDER BY account_lock.account_id",
        (edit.scenario_id, edit.sales_force_id),
    ):
        if account in wanted and holder != territory:
            raise EditRejected(
                f"{name} is locked for {holder_name}.",
                meaning="Nothing was changed.",
                remedy="Unlock the account, or leave it out of this edit.",
            )


def reject_removing_locked(edit: Edit, territory: TerritoryId) -> None:
    """Refuse to remove a territory for which accounts or areas are locked.

    Raises:
        EditRejected: It has such accounts or areas.
    """
    counts = edit.tx.rows(
        "SELECT (SELECT count(*) FROM account_lock WHERE territory_id = ?1),"
        " (SELECT count(*) FROM geounit_lock WHERE territory_id = ?1)",
        (territory,),
    )
    parts = [
        f"{int(count or 0):,} locked {noun if count == 1 else noun + 's'}"
        for count, noun in zip(counts[0], ("account", "area"), strict=True)
        if count
    ]
    if parts:
        raise EditRejected(
            f"{territory_name(edit, territory)} has {' and '.join(parts)}.",
            meaning="Nothing was changed.",
            remedy="Unlock them first, or keep the territory.",
        )
