# SPDX-License-Identifier: MIT
"""Adding, changing and removing sales forces."""

import json
from dataclasses import dataclass, replace

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import GeoUnitId, SalesForceId, ScenarioId, StrokeId, TerritoryId
from app.models.sales_force import FIRST_SALES_FORCE, ForceModel
from app.services.commands.base import Edit, reject_locked
from app.services.commands.territories import MAX_NAME_LENGTH, remove_territory

MAX_LEVELS = 6
"""More levels than that do not fit any list."""

_OWN_TABLES = {
    "rule": "id",
    "geounit_hole": "scenario_id, geounit_id, sales_force_id",
    "account_lock": "scenario_id, account_id, sales_force_id",
    "geounit_lock": "scenario_id, geounit_id, sales_force_id",
}
"""Tables whose rows name a sales force, with their keys."""


@dataclass(frozen=True, slots=True)
class AddSalesForce:
    """Add a sales force without territories."""

    name: str
    model: ForceModel = ForceModel.GEOGRAPHIC
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Add the sales force {self.name}"

    def apply(self, edit: Edit) -> Changes:
        """Add it behind the others.

        Raises:
            EditRejected: The name cannot be used.
        """
        insert_force(edit, self.name, self.model)
        return Changes(sales_forces=True)


@dataclass(frozen=True, slots=True)
class RenameSalesForce:
    """Give a sales force another name."""

    force: SalesForceId
    name: str
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Rename the sales force to {self.name}"

    def apply(self, edit: Edit) -> Changes:
        """Write the name.

        Raises:
            EditRejected: The sales force is gone, or the name cannot be used.
        """
        force_name(edit, self.force)
        name = checked_force_name(edit, self.name, but=self.force)
        edit.tx.put("sales_force", ("id", "name"), [(self.force, name)])
        return Changes(sales_forces=True)


@dataclass(frozen=True, slots=True)
class SetForceModel:
    """Say what divides the work of a sales force; who serves whom stays as it is.

    A geographic sales force has no rules that decide: they are switched off and kept, so that
    another model finds them again.
    """

    force: SalesForceId
    model: ForceModel
    force_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Change the model of {self.force_name}"

    def apply(self, edit: Edit) -> Changes:
        """Write the model.

        Raises:
            EditRejected: The sales force is gone.
        """
        force_name(edit, self.force)
        edit.tx.put("sales_force", ("id", "model"), [(self.force, self.model.value)])
        changes = Changes(sales_forces=True)
        if self.model is ForceModel.GEOGRAPHIC:
            changes |= switch_rules_off(edit, self.force)
        return changes


@dataclass(frozen=True, slots=True)
class SetLevelWords:
    """Say what the levels of a sales force's territories are called, from the top."""

    force: SalesForceId
    words: tuple[str, ...]
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return "Name the levels of territories" if self.words else "Use the usual level names"

    def apply(self, edit: Edit) -> Changes:
        """Write the words; none brings the usual ones back.

        Raises:
            EditRejected: The sales force is gone, or a word cannot be used.
        """
        force_name(edit, self.force)
        words = [" ".join(word.split()) for word in self.words]
        meaning = "The levels are called as before."
        if not all(words):
            raise EditRejected("Each level needs a word.", meaning=meaning)
        if len(words) > MAX_LEVELS:
            message = f"These are {len(words)} levels; {MAX_LEVELS} is the most."
            raise EditRejected(message, meaning=meaning)
        if any(len(word) > MAX_NAME_LENGTH for word in words):
            message = f"A word for a level has at most {MAX_NAME_LENGTH} characters."
            raise EditRejected(message, meaning=meaning)
        text = json.dumps(words, ensure_ascii=False)
        edit.tx.put("sales_force", ("id", "level_words"), [(self.force, text)])
        return Changes(sales_forces=True)


@dataclass(frozen=True, slots=True)
class SetKeepsFamilies:
    """Let the accounts of a family follow its head, or each go its own way."""

    force: SalesForceId
    keeps_families: bool
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return "Keep families together" if self.keeps_families else "Let families be divided"

    def apply(self, edit: Edit) -> Changes:
        """Write the choice.

        Raises:
            EditRejected: The sales force is gone.
        """
        force_name(edit, self.force)
        row = (self.force, int(self.keeps_families))
        edit.tx.put("sales_force", ("id", "keeps_families"), [row])
        return Changes(sales_forces=True)


@dataclass(frozen=True, slots=True)
class RemoveSalesForce:
    """Remove a sales force with its territories, rules and locks, in every scenario."""

    force: SalesForceId
    force_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Remove the sales force {self.force_name}"

    def apply(self, edit: Edit) -> Changes:
        """Remove all of it.

        Raises:
            EditRejected: It is the plan's first one, it is gone, or a territory of it is locked.
        """
        name = force_name(edit, self.force)
        if self.force == FIRST_SALES_FORCE:
            raise EditRejected(
                f"{name} is the plan’s first sales force and stays.",
                meaning="Lists that are imported belong to it; nothing was changed.",
                remedy="Rename it, or build its territories anew.",
            )
        rows = edit.tx.rows(
            "SELECT id, scenario_id FROM territory WHERE sales_force_id = ?", (self.force,)
        )
        found = [(TerritoryId(int(t or 0)), ScenarioId(int(s or 0))) for t, s in rows]
        reject_locked(edit, {territory for territory, _ in found})
        for table, key in _OWN_TABLES.items():
            keys = edit.tx.rows(
                f"SELECT {key} FROM {table} WHERE sales_force_id = ?",  # noqa: S608 from above
                (self.force,),
            )
            edit.tx.delete(table, keys)
        geounits: set[GeoUnitId] = set()
        for territory, scenario in found:
            own = replace(edit, scenario_id=scenario, sales_force_id=self.force)
            geounits |= remove_territory(own, territory)
        edit.tx.delete("sales_force", [(self.force,)])
        return Changes(
            territories=frozenset(territory for territory, _ in found),
            geounits=frozenset(geounits),
            drawn_areas=True,
            sales_forces=True,
            rules=True,
            families=True,
            exceptions=True,
        )


def insert_force(edit: Edit, name: str, model: ForceModel) -> SalesForceId:
    """Add a sales force behind the others and return its id.

    Raises:
        EditRejected: The name cannot be used.
    """
    new_id = SalesForceId(edit.tx.next_id("sales_force"))
    places = edit.tx.rows("SELECT max(position) FROM sales_force")
    position = int(places[0][0] or 0) + 1
    row = (new_id, checked_force_name(edit, name), model.value, position)
    edit.tx.put("sales_force", ("id", "name", "model", "position"), [row], all_new=True)
    return new_id


def switch_rules_off(edit: Edit, force: SalesForceId) -> Changes:
    """Switch off the rules of a sales force but those of locked territories; they stay listed."""
    rows = edit.tx.rows(
        "SELECT id FROM rule WHERE sales_force_id = ? AND is_enabled = 1"
        " AND territory_id NOT IN (SELECT id FROM territory WHERE is_locked = 1)",
        (force,),
    )
    if not rows:
        return Changes()
    edit.tx.put("rule", ("id", "is_enabled"), [(rule, 0) for (rule,) in rows])
    return Changes(rules=True)


def force_name(edit: Edit, force: SalesForceId) -> str:
    """The name of a sales force.

    Raises:
        EditRejected: It is not in the plan any more.
    """
    rows = edit.tx.rows("SELECT name FROM sales_force WHERE id = ?", (force,))
    if not rows:
        message = "This sales force is no longer in the plan."
        raise EditRejected(message, meaning="Nothing was changed.")
    return str(rows[0][0])


def checked_force_name(edit: Edit, name: str, *, but: SalesForceId | None = None) -> str:
    """A usable name of a sales force: trimmed, not empty, not taken.

    Raises:
        EditRejected: The name is empty, too long, or another sales force has it.
    """
    cleaned = " ".join(name.split())
    if not cleaned:
        raise EditRejected("A sales force needs a name.", meaning="Nothing was changed.")
    if len(cleaned) > MAX_NAME_LENGTH:
        message = f"This name has {len(cleaned)} characters; {MAX_NAME_LENGTH} is the most."
        raise EditRejected(message, meaning="Nothing was changed.", remedy="Choose a shorter one.")
    rows = edit.tx.rows(
        "SELECT id FROM sales_force WHERE name = ? COLLATE NOCASE AND id <> ?",
        (cleaned, but or 0),
    )
    if rows:
        message = f"There is already a sales force named {cleaned}."
        raise EditRejected(message, meaning="Nothing was changed.", remedy="Choose another name.")
    return cleaned
