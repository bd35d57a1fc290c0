# SPDX-License-Identifier: MIT
"""Families of accounts: given to a territory as a whole, or joined from accounts."""

from dataclasses import dataclass

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import AccountId, StrokeId, TerritoryId
from app.services.commands.accounts import CorrectAccounts
from app.services.commands.base import ITS_TERRITORIES, Edit, reject_locked, territory_to_serve
from app.services.store.transaction import LogEntry


@dataclass(frozen=True, slots=True)
class AssignFamily:
    """Give a whole family to a territory; None ends that. Named accounts of it go their own way.

    Attributes:
        family: As in the accounts' column "family".
    """

    family: str
    territory: TerritoryId | None
    territory_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        if self.territory is None:
            return f"No longer assign the family {self.family}"
        return f"Assign the family {self.family} to {self.territory_name}"

    def apply(self, edit: Edit) -> Changes:
        """Replace the family's assignment in the sales force.

        Raises:
            EditRejected: No account belongs to the family, or a locked territory would gain or
                lose it.
        """
        tx, scenario = edit.tx, edit.scenario_id
        if self.territory is not None:
            territory_to_serve(edit, self.territory)
            if not tx.rows("SELECT 1 FROM account WHERE family = ? LIMIT 1", (self.family,)):
                message = f"No account belongs to a family {self.family}."
                remedy = "Choose a family that the accounts have."
                raise EditRejected(message, meaning="Nothing was changed.", remedy=remedy)
        rows = tx.rows(
            "SELECT territory_id FROM family_assignment"  # noqa: S608 fixed words
            f" WHERE scenario_id = ?1 AND {ITS_TERRITORIES} AND family = ?3",
            (scenario, edit.sales_force_id, self.family),
        )
        held = {TerritoryId(int(row[0] or 0)) for row in rows}
        after = set[TerritoryId]() if self.territory is None else {self.territory}
        reject_locked(edit, held ^ after)
        gone, new = sorted(held - after), sorted(after - held)
        tx.delete("family_assignment", [(scenario, self.family, each) for each in gone])
        columns = ("scenario_id", "family", "territory_id")
        tx.put("family_assignment", columns, [(scenario, self.family, each) for each in new])
        entry = LogEntry(
            scenario, from_territory=next(iter(held), None), to_territory=self.territory
        )
        tx.log([entry])
        return Changes(families=True)


@dataclass(frozen=True, slots=True)
class JoinFamilies:
    """Make families of accounts: each gets the family's name as its own correction.

    Attributes:
        groups: The name of each family and its accounts; an empty name takes accounts out of
            their family.
    """

    groups: tuple[tuple[str, tuple[AccountId, ...]], ...]
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        count = len(self.groups)
        if count == 1:
            name = self.groups[0][0]
            return f"Make the family {name}" if name else "Take accounts out of their family"
        return f"Make {count:,} families"

    def apply(self, edit: Edit) -> Changes:
        """Write the field of every account.

        Raises:
            EditRejected: There is nothing to join, or an account is gone.
        """
        if not self.groups:
            message = "There are no families to make."
            raise EditRejected(message, meaning="Nothing was changed.")
        changes = Changes()
        for name, accounts in self.groups:
            changes |= CorrectAccounts(accounts, "family", name).apply(edit)
        return changes
