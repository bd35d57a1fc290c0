# SPDX-License-Identifier: MIT
"""Creating, renaming, colouring, deleting, merging and splitting territories."""

from dataclasses import dataclass

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import GeoUnitId, StrokeId, TerritoryId
from app.models.territory import PALETTE_SIZE
from app.services.commands.assignments import AssignGeoUnits, count_of_units
from app.services.commands.base import (
    Edit,
    reject_locked,
    reject_removing_locked,
    territory_name,
)
from app.services.commands.claims import ClaimEditor

MAX_NAME_LENGTH = 80
"""Longer names do not fit any list or label."""


def checked_name(edit: Edit, name: str, *, but: TerritoryId | None = None) -> str:
    """A usable territory name: trimmed, not empty, not taken.

    Raises:
        EditRejected: The name is empty, too long, or another territory has it.
    """
    cleaned = " ".join(name.split())
    if not cleaned:
        message = "A territory needs a name."
        raise EditRejected(message, meaning="The name stays as it was.")
    if len(cleaned) > MAX_NAME_LENGTH:
        message = f"This name has {len(cleaned)} characters; {MAX_NAME_LENGTH} is the most."
        raise EditRejected(message, meaning="The name stays as it was.")
    rows = edit.tx.rows(
        "SELECT id FROM territory WHERE scenario_id = ? AND sales_force_id = ?"
        " AND name = ? COLLATE NOCASE AND id <> ?",
        (edit.scenario_id, edit.sales_force_id, cleaned, but or 0),
    )
    if rows:
        message = f"There is already a territory named {cleaned}."
        raise EditRejected(message, meaning="Nothing was changed.", remedy="Choose another name.")
    return cleaned


def insert_territory(edit: Edit, name: str, color_index: int) -> TerritoryId:
    """Add a territory row and return its id."""
    new_id = TerritoryId(edit.tx.next_id("territory"))
    columns = (
        *("id", "scenario_id", "sales_force_id", "name", "color_index"),
        *("is_color_fixed", "is_locked", "parent_id", "notes"),
    )
    row = (new_id, edit.scenario_id, edit.sales_force_id, name, color_index, 0, 0, None, "")
    edit.tx.put("territory", columns, [row], all_new=True)
    return new_id


def least_used_color(edit: Edit) -> int:
    """The colour that the fewest territories have, the first of equals."""
    used = dict.fromkeys(range(PALETTE_SIZE), 0)
    for color, count in edit.tx.rows(
        "SELECT color_index, COUNT(*) FROM territory WHERE scenario_id = ?"
        " AND sales_force_id = ? GROUP BY color_index",
        (edit.scenario_id, edit.sales_force_id),
    ):
        used[int(color or 0)] = int(count or 0)
    return min(used, key=lambda color: (used[color], color))


@dataclass(frozen=True, slots=True)
class CreateTerritory:
    """Add an empty territory."""

    name: str
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Create {self.name}"

    def apply(self, edit: Edit) -> Changes:
        """Add the row with the least used colour.

        Raises:
            EditRejected: The name cannot be used.
        """
        new_id = insert_territory(edit, checked_name(edit, self.name), least_used_color(edit))
        return Changes(territories=frozenset((new_id,)))


@dataclass(frozen=True, slots=True)
class RenameTerritory:
    """Give a territory another name."""

    territory: TerritoryId
    name: str
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Rename to {self.name}"

    def apply(self, edit: Edit) -> Changes:
        """Write the name.

        Raises:
            EditRejected: The name cannot be used.
        """
        territory_name(edit, self.territory)
        name = checked_name(edit, self.name, but=self.territory)
        edit.tx.put("territory", ("id", "name"), [(self.territory, name)])
        return Changes(territories=frozenset((self.territory,)))


@dataclass(frozen=True, slots=True)
class RecolorTerritory:
    """Give a territory another colour and keep it from automatic colouring."""

    territory: TerritoryId
    color_index: int
    territory_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Recolour {self.territory_name}"

    def apply(self, edit: Edit) -> Changes:
        """Write the colour.

        Raises:
            EditRejected: There is no such colour or territory.
        """
        territory_name(edit, self.territory)
        if not 0 <= self.color_index < PALETTE_SIZE:
            message = f"There is no colour number {self.color_index}."
            raise EditRejected(message, meaning="Nothing was changed.")
        columns = ("id", "color_index", "is_color_fixed")
        edit.tx.put("territory", columns, [(self.territory, self.color_index, 1)])
        return Changes(territories=frozenset((self.territory,)))


@dataclass(frozen=True, slots=True)
class DeleteTerritories:
    """Remove territories; what they held is nobody's, and their reps are free."""

    territories: tuple[TerritoryId, ...]
    territory_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        count = len(self.territories)
        return f"Delete {self.territory_name}" if count == 1 else f"Delete {count} territories"

    def apply(self, edit: Edit) -> Changes:
        """Remove the territories with all that refers to them.

        Raises:
            EditRejected: One of them is locked.
        """
        reject_locked(edit, set(self.territories))
        geounits: set[GeoUnitId] = set()
        for territory in self.territories:
            geounits |= remove_territory(edit, territory)
        return Changes(
            territories=frozenset(self.territories),
            geounits=frozenset(geounits),
            drawn_areas=True,
            rules=True,
            families=True,
            exceptions=True,
        )


def remove_territory(edit: Edit, territory: TerritoryId) -> set[GeoUnitId]:
    """Delete a territory with its assignments and roster; the geounits it held.

    Raises:
        EditRejected: Accounts or areas are locked for it.
    """
    reject_removing_locked(edit, territory)
    tx, scenario = edit.tx, edit.scenario_id
    units = tx.rows(
        "SELECT geounit_id FROM geounit_assignment WHERE scenario_id = ? AND territory_id = ?",
        (scenario, territory),
    )
    tx.delete("geounit_assignment", [(scenario, unit, territory) for (unit,) in units])
    accounts = tx.rows(
        "SELECT account_id FROM account_assignment WHERE scenario_id = ? AND territory_id = ?",
        (scenario, territory),
    )
    tx.delete("account_assignment", [(scenario, account, territory) for (account,) in accounts])
    tx.delete(
        "drawn_area", tx.rows("SELECT id FROM drawn_area WHERE territory_id = ?", (territory,))
    )
    roster = tx.rows(
        "SELECT rep_id, role FROM roster WHERE scenario_id = ? AND territory_id = ?",
        (scenario, territory),
    )
    tx.delete("roster", [(scenario, territory, rep, role) for rep, role in roster])
    tx.delete("rule", tx.rows("SELECT id FROM rule WHERE territory_id = ?", (territory,)))
    for table, key in _EXCEPTION_KEYS.items():
        sql = f"SELECT {key} FROM {table} WHERE territory_id = ?"  # noqa: S608 names from below
        tx.delete(table, tx.rows(sql, (territory,)))
    children = tx.rows("SELECT id FROM territory WHERE parent_id = ?", (territory,))
    if children:
        tx.put("territory", ("id", "parent_id"), [(child, None) for (child,) in children])
    tx.delete("goal", tx.rows("SELECT id FROM goal WHERE territory_id = ?", (territory,)))
    tx.delete("territory", [(territory,)])
    return {GeoUnitId(str(unit)) for (unit,) in units}


_EXCEPTION_KEYS = {
    "family_assignment": "scenario_id, family, territory_id",
    "account_lock": "scenario_id, account_id, sales_force_id",
    "geounit_lock": "scenario_id, geounit_id, sales_force_id",
}
"""Tables of exceptions that name a territory, with their keys."""


@dataclass(frozen=True, slots=True)
class MergeTerritories:
    """Give all that some territories hold to another one, and remove them."""

    into: TerritoryId
    others: tuple[TerritoryId, ...]
    into_name: str = ""
    other_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        count = len(self.others)
        what = self.other_name if count == 1 and self.other_name else f"{count} territories"
        return f"Merge {what} into {self.into_name}"

    def apply(self, edit: Edit) -> Changes:
        """Move areas, named accounts, families and rules; the reps of the others become free.

        Raises:
            EditRejected: One of the territories is locked.
        """
        territory_name(edit, self.into)
        others = [territory for territory in self.others if territory != self.into]
        reject_locked(edit, {self.into, *others})
        scenario = edit.scenario_id
        geounits: set[GeoUnitId] = set()
        for table, key in (
            ("geounit_assignment", "geounit_id"),
            ("account_assignment", "account_id"),
            ("family_assignment", "family"),
        ):
            for other in others:
                held = edit.tx.rows(
                    f"SELECT {key} FROM {table} WHERE scenario_id = ? AND territory_id = ?",  # noqa: S608 names from the tuple above
                    (scenario, other),
                )
                moved = [(scenario, item, self.into) for (item,) in held]
                edit.tx.put(table, ("scenario_id", key, "territory_id"), moved)
        for other in others:
            sql = "SELECT id FROM drawn_area WHERE territory_id = ?"
            drawn = [(area, self.into) for (area,) in edit.tx.rows(sql, (other,))]
            edit.tx.put("drawn_area", ("id", "territory_id"), drawn)
            found = edit.tx.rows("SELECT id FROM rule WHERE territory_id = ?", (other,))
            edit.tx.put("rule", ("id", "territory_id"), [(rule, self.into) for (rule,) in found])
            geounits |= remove_territory(edit, other)
        return Changes(
            territories=frozenset((self.into, *others)),
            geounits=frozenset(geounits),
            drawn_areas=True,
            rules=True,
            families=True,
        )


@dataclass(frozen=True, slots=True)
class SplitTerritory:
    """Make a new territory of some geounits of a territory; those of others stay."""

    source: TerritoryId
    geounits: tuple[GeoUnitId, ...]
    name: str
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Split off {count_of_units(self.geounits)} as {self.name}"

    def apply(self, edit: Edit) -> Changes:
        """Create the territory and give it those of the geounits that the source holds alone.

        Raises:
            EditRejected: The source holds none of them, the name cannot be used, or the source is
                locked.
        """
        if not self.geounits:
            message = "No areas are selected."
            remedy = "Select the areas of the new territory on the map first."
            raise EditRejected(message, meaning="Nothing was changed.", remedy=remedy)
        source_name = territory_name(edit, self.source)
        reject_locked(edit, {self.source})
        claims = ClaimEditor(edit, self.geounits)
        own = tuple(unit for unit in self.geounits if claims.holders(unit) == {self.source})
        if not own:
            message = f"None of the selected areas belongs to {source_name} alone."
            remedy = f"Select areas of {source_name} on the map first."
            raise EditRejected(message, meaning="Nothing was changed.", remedy=remedy)
        new_id = insert_territory(edit, checked_name(edit, self.name), least_used_color(edit))
        moved = AssignGeoUnits(own, new_id, self.name).apply(edit)
        return moved | Changes(territories=frozenset((self.source, new_id)))
