# SPDX-License-Identifier: MIT
"""Adding, editing and removing reps."""

import json
from dataclasses import dataclass, replace
from datetime import date

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import RepId, StrokeId, TerritoryId
from app.models.rep import Rep
from app.models.rows import Cell
from app.services.commands.base import Edit
from app.services.rep_hierarchy import chain_above, closes_loop

_PLAIN = (
    *("id", "external_id", "name", "email", "phone", "title", "home_text", "lon", "lat"),
    *("capacity_hours", "quota", "notes", "office_text", "office_lon", "office_lat"),
    *("part_time_fraction", "days_off", "experience_years", "start_on", "end_on", "manager_id"),
    "cost",
)
_WORDS = ("skills", "languages", "product_lines", "segments")
REP_COLUMNS = (*_PLAIN, *_WORDS, "starts_from")
_NOBODY = RepId(0)
_DAYS_IN_YEAR = 366
_MOST_YEARS = 100


def rep_row(rep: Rep) -> tuple[Cell, ...]:
    """The rep as a row of `REP_COLUMNS`."""
    words = (json.dumps(list(getattr(rep, name)), ensure_ascii=False) for name in _WORDS)
    return (*(getattr(rep, name) for name in _PLAIN), *words, rep.starts_from.value)


def _checked(edit: Edit, rep: Rep) -> None:
    """Refuse what no rep can be.

    Raises:
        EditRejected: See the sentences.
    """
    problem = _problem(rep) or _problem_with_manager(edit, rep)
    if problem:
        message, remedy = problem
        raise EditRejected(message, meaning="Nothing was changed.", remedy=remedy)


def _problem(rep: Rep) -> tuple[str, str] | None:
    """What is wrong with the fields and what to do, or None."""
    years = rep.experience_years
    hours_remedy = "Type the selling hours per year, for example 1,600."
    ends_first = bool(rep.start_on and rep.end_on and rep.end_on < rep.start_on)
    checks = (
        (bool(rep.name.strip()), "A rep needs a name.", "Type the name."),
        (0 <= rep.capacity_hours <= 1e9, "Capacity cannot be negative.", hours_remedy),
        (
            0 <= rep.part_time_fraction <= 1,
            "Part-time must be between 0 % and 100 % of full time.",
            "Type 50 for half time.",
        ),
        (
            0 <= rep.days_off <= _DAYS_IN_YEAR,
            "A year has at most 366 days off.",
            "Type the days of one year.",
        ),
        (
            years is None or 0 <= years <= _MOST_YEARS,
            "Experience must be between 0 and 100 years.",
            "Type the years in sales.",
        ),
        (
            is_day(rep.start_on) and is_day(rep.end_on),
            "Start and end must be dates.",
            "Type them as year, month and day.",
        ),
        (not ends_first, f"{rep.name} would end before the start.", "Check both dates."),
    )
    return next(((message, remedy) for fine, message, remedy in checks if not fine), None)


def is_day(text: str) -> bool:
    """Whether a text is an ISO date, or empty for none."""
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _problem_with_manager(edit: Edit, rep: Rep) -> tuple[str, str] | None:
    if rep.manager_id is None:
        return None
    rows = edit.tx.rows("SELECT id, manager_id, name FROM rep")
    managers = {
        RepId(int(id_ or 0)): None if above is None else RepId(int(above)) for id_, above, _ in rows
    }
    names = {int(id_ or 0): str(name) for id_, _, name in rows}
    if rep.manager_id not in managers:
        return "This manager is no longer in the plan.", "Choose another manager."
    if not closes_loop(rep.id, rep.manager_id, managers):
        return None
    if rep.manager_id == rep.id:
        return f"{rep.name} cannot report to themselves.", "Choose another manager."
    message = f"{names[rep.manager_id]} already reports to {rep.name}, directly or through others."
    return message, f"Choose somebody who is not below {rep.name}."


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
            EditRejected: A field is out of its range, or the manager is gone.
        """
        _checked(edit, replace(self.rep, id=_NOBODY))
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
            EditRejected: The rep is gone, a field is out of its range, or managers would go round
                in a loop.
        """
        _checked(edit, self.rep)
        if not edit.tx.rows("SELECT 1 FROM rep WHERE id = ?", (self.rep.id,)):
            message = "This rep is no longer in the plan."
            raise EditRejected(message, meaning="Nothing was changed.")
        edit.tx.put("rep", REP_COLUMNS, [rep_row(self.rep)])
        return Changes(reps=frozenset((self.rep.id,)))


@dataclass(frozen=True, slots=True)
class RemoveReps:
    """Remove reps; their territories become vacant, and who reported to them moves up."""

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
        moved = self._move_reports_up(edit)
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
        reps = frozenset((*self.reps, *moved))
        return Changes(reps=reps, territories=frozenset(territories))

    def _move_reports_up(self, edit: Edit) -> list[RepId]:
        """Let who reports to one of them report to the next manager above who stays."""
        rows = edit.tx.rows("SELECT id, manager_id FROM rep WHERE manager_id IS NOT NULL")
        managers: dict[RepId, RepId | None] = {
            RepId(int(id_ or 0)): RepId(int(above or 0)) for id_, above in rows
        }
        gone = set(self.reps)
        moved: list[tuple[Cell, ...]] = []
        for rep, manager in managers.items():
            if manager in gone:
                stays = (each for each in chain_above(rep, managers) if each not in gone)
                moved.append((rep, next(stays, None) if rep not in gone else None))
        edit.tx.put("rep", ("id", "manager_id"), moved)
        return [RepId(int(row[0] or 0)) for row in moved]
