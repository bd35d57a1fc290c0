# SPDX-License-Identifier: MIT
"""Adding and editing reps, and staffing territories with them."""

import json
from dataclasses import dataclass

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import RepId, StrokeId, TerritoryId
from app.models.rep import Rep
from app.models.rows import Cell
from app.services.commands.base import Edit, territory_name

REP_COLUMNS = (
    *("id", "external_id", "name", "email", "phone", "title", "home_text", "lon", "lat"),
    *("capacity_hours", "skills", "quota", "notes"),
)
PRIMARY = "primary"


def rep_row(rep: Rep) -> tuple[Cell, ...]:
    """The rep as a row of `REP_COLUMNS`."""
    return (
        *(rep.id, rep.external_id, rep.name, rep.email, rep.phone, rep.title, rep.home_text),
        *(rep.lon, rep.lat, rep.capacity_hours),
        json.dumps(list(rep.skills), ensure_ascii=False),
        *(rep.quota, rep.notes),
    )


def _checked(rep: Rep) -> None:
    if not rep.name.strip():
        message = "A rep needs a name."
        raise EditRejected(message, meaning="Nothing was changed.", remedy="Type the name.")
    if rep.capacity_hours < 0:
        message = "Capacity cannot be negative."
        remedy = "Type the selling hours per year, for example 1,600."
        raise EditRejected(message, meaning="Nothing was changed.", remedy=remedy)


@dataclass(frozen=True, slots=True)
class AddRep:
    """Add a salesperson; the id of `rep` is ignored."""

    rep: Rep
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Add {self.rep.name}"

    def apply(self, edit: Edit) -> Changes:
        """Write the row.

        Raises:
            EditRejected: The rep has no name or a negative capacity.
        """
        _checked(self.rep)
        new_id = edit.tx.next_id("rep")
        edit.tx.put("rep", REP_COLUMNS, [(new_id, *rep_row(self.rep)[1:])], all_new=True)
        return Changes(reps=frozenset((RepId(new_id),)))


@dataclass(frozen=True, slots=True)
class UpdateRep:
    """Write all fields of a rep."""

    rep: Rep
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Edit {self.rep.name}"

    def apply(self, edit: Edit) -> Changes:
        """Write the row.

        Raises:
            EditRejected: The rep is gone, has no name or a negative capacity.
        """
        _checked(self.rep)
        if not edit.tx.rows("SELECT 1 FROM rep WHERE id = ?", (self.rep.id,)):
            message = "This rep is no longer in the plan."
            raise EditRejected(message, meaning="Nothing was changed.")
        edit.tx.put("rep", REP_COLUMNS, [rep_row(self.rep)])
        return Changes(reps=frozenset((self.rep.id,)))


@dataclass(frozen=True, slots=True)
class RemoveReps:
    """Remove reps; their territories become vacant."""

    reps: tuple[RepId, ...]
    rep_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Remove {self.rep_name}" if len(self.reps) == 1 else f"Remove {len(self.reps)} reps"

    def apply(self, edit: Edit) -> Changes:
        """Remove the reps with their roster entries in every scenario, goals and owner names."""
        territories: set[TerritoryId] = set()
        for rep in self.reps:
            held = edit.tx.rows(
                "SELECT scenario_id, territory_id, rep_id, role FROM roster WHERE rep_id = ?",
                (rep,),
            )
            edit.tx.delete("roster", held)
            for table, key in (("goal", "id"), ("owner_alias", "owner")):
                rows = edit.tx.rows(f"SELECT {key} FROM {table} WHERE rep_id = ?", (rep,))  # noqa: S608 names from the tuple above
                edit.tx.delete(table, rows)
            edit.tx.delete("rep", [(rep,)])
            territories |= {TerritoryId(int(row[1] or 0)) for row in held}
        return Changes(reps=frozenset(self.reps), territories=frozenset(territories))


@dataclass(frozen=True, slots=True)
class SetRep:
    """Staff a territory with a rep, or make it vacant."""

    territory: TerritoryId
    rep: RepId | None
    territory_name: str = ""
    rep_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        if self.rep is None:
            return f"Vacate {self.territory_name}"
        return f"Assign {self.rep_name} to {self.territory_name}"

    def apply(self, edit: Edit) -> Changes:
        """Replace the territory's primary rep.

        Raises:
            EditRejected: The territory is gone.
        """
        territory_name(edit, self.territory)
        before = _primary(edit, self.territory)
        _clear_primary(edit, self.territory, before)
        if self.rep is not None:
            _put_primary(edit, self.territory, self.rep)
        reps = {rep for rep in (*before, self.rep) if rep is not None}
        return Changes(territories=frozenset((self.territory,)), reps=frozenset(reps))


@dataclass(frozen=True, slots=True)
class SwapReps:
    """Let two territories exchange their reps; a vacancy moves along."""

    first: TerritoryId
    second: TerritoryId
    names: tuple[str, str] = ("", "")
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Swap the reps of {self.names[0]} and {self.names[1]}"

    def apply(self, edit: Edit) -> Changes:
        """Exchange the primary roster entries.

        Raises:
            EditRejected: One of the territories is gone.
        """
        for territory in (self.first, self.second):
            territory_name(edit, territory)
        of_first, of_second = _primary(edit, self.first), _primary(edit, self.second)
        _clear_primary(edit, self.first, of_first)
        _clear_primary(edit, self.second, of_second)
        for rep in of_first:
            _put_primary(edit, self.second, rep)
        for rep in of_second:
            _put_primary(edit, self.first, rep)
        return Changes(
            territories=frozenset((self.first, self.second)),
            reps=frozenset((*of_first, *of_second)),
        )


def _primary(edit: Edit, territory: TerritoryId) -> list[RepId]:
    rows = edit.tx.rows(
        "SELECT rep_id FROM roster WHERE scenario_id = ? AND territory_id = ? AND role = ?",
        (edit.scenario_id, territory, PRIMARY),
    )
    return [RepId(int(rep or 0)) for (rep,) in rows]


def _clear_primary(edit: Edit, territory: TerritoryId, reps: list[RepId]) -> None:
    edit.tx.delete("roster", [(edit.scenario_id, territory, rep, PRIMARY) for rep in reps])


def _put_primary(edit: Edit, territory: TerritoryId, rep: RepId) -> None:
    columns = ("scenario_id", "territory_id", "rep_id", "role")
    edit.tx.put("roster", columns, [(edit.scenario_id, territory, rep, PRIMARY)])
