# SPDX-License-Identifier: MIT
"""Staffing territories: who holds which, in which role, with which share, from when until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import RepId, StrokeId, TerritoryId
from app.models.rep import RosterEntry, RosterRole
from app.models.rows import Cell
from app.services.commands.base import Edit, territory_name
from app.services.commands.reps import is_day
from app.services.store.cells import day_text

ROSTER_COLUMNS = (
    *("scenario_id", "territory_id", "rep_id", "role", "share_fraction", "start_on", "end_on"),
)
PRIMARY = RosterRole.PRIMARY.value


@dataclass(frozen=True, slots=True)
class SetRep:
    """Staff a territory with a rep, or make it vacant.

    Attributes:
        rep: Who holds it, or None for a vacancy.
        day: ISO date from which it holds. An entry with dates then ends the day before and stays
            as history, entries that have ended or begin later stay, and entries without dates are
            replaced. Empty: the rep holds it for always, and all other primary entries go.
    """

    territory: TerritoryId
    rep: RepId | None
    territory_name: str = ""
    rep_name: str = ""
    stroke: StrokeId | None = None
    day: str = ""

    @property
    def label(self) -> str:
        """What undo calls it."""
        if self.rep is None:
            return f"Vacate {self.territory_name}"
        return f"Assign {self.rep_name} to {self.territory_name}"

    def apply(self, edit: Edit) -> Changes:
        """Replace the territory's primary rep.

        Raises:
            EditRejected: The territory or the rep is gone.
        """
        territory_name(edit, self.territory)
        if self.rep is not None:
            _check_rep(edit, self.rep)
        before = _primaries(edit, self.territory)
        after = staffed(before, self.territory, self.rep, self.day)
        return _write(edit, remove=before, put=after, territories=(self.territory,))


@dataclass(frozen=True, slots=True)
class StaffTerritories:
    """Staff several territories in one step.

    Attributes:
        pairs: Territory and who is to hold it, None for a vacancy.
        day: As in `SetRep`.
    """

    pairs: tuple[tuple[TerritoryId, RepId | None], ...]
    day: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        count = len(self.pairs)
        return f"Staff {count} {'territory' if count == 1 else 'territories'}"

    def apply(self, edit: Edit) -> Changes:
        """Replace the primary rep of each.

        Raises:
            EditRejected: A territory or a rep is gone.
        """
        changes = Changes()
        for territory, rep in self.pairs:
            changes |= SetRep(territory, rep, day=self.day).apply(edit)
        return changes


@dataclass(frozen=True, slots=True)
class SwapReps:
    """Let two territories exchange their reps; a vacancy moves along.

    Attributes:
        day: ISO date: entries that are not in force on it stay; empty exchanges all.
    """

    first: TerritoryId
    second: TerritoryId
    names: tuple[str, str] = ("", "")
    stroke: StrokeId | None = None
    day: str = ""

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Swap the reps of {self.names[0]} and {self.names[1]}"

    def apply(self, edit: Edit) -> Changes:
        """Exchange the primary roster entries with their shares and dates.

        Raises:
            EditRejected: One of the territories is gone.
        """
        both = (self.first, self.second)
        moved: list[RosterEntry] = []
        kept: list[RosterEntry] = []
        for territory, other in (both, both[::-1]):
            territory_name(edit, territory)
            for entry in _primaries(edit, territory):
                if self.day and not entry.holds_on(self.day):
                    continue
                kept.append(entry)
                moved.append(replace(entry, territory_id=other))
        return _write(edit, remove=kept, put=moved, territories=both)


@dataclass(frozen=True, slots=True)
class ChangeRoster:
    """Add, change and remove roster entries of any role in one step.

    Attributes:
        put: Entries as they are to be.
        remove: Entries that go; one that is in `put` too, with the same territory, rep and role,
            is only changed.
        about: Whose roster it is, for the label: a territory or a rep.
    """

    put: tuple[RosterEntry, ...]
    remove: tuple[RosterEntry, ...] = ()
    about: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Edit the roster of {self.about}"

    def apply(self, edit: Edit) -> Changes:
        """Write the entries.

        Raises:
            EditRejected: A territory or rep is gone, an entry comes twice, or a share or date
                cannot be.
        """
        keys = [(entry.territory_id, entry.rep_id, entry.role) for entry in self.put]
        if len(set(keys)) < len(keys):
            _reject(
                "A rep has the same role in a territory twice.",
                "Give one of the entries another role, or put the dates into one entry.",
            )
        for entry in self.put:
            territory_name(edit, entry.territory_id)
            _check_rep(edit, entry.rep_id)
            _check(entry)
        return _write(edit, remove=self.remove, put=self.put)


def staffed(
    before: Sequence[RosterEntry], territory: TerritoryId, rep: RepId | None, day: str
) -> list[RosterEntry]:
    """The primary entries of a territory once a rep holds it, see `SetRep`.

    Args:
        before: The primary entries now.
        territory: Which.
        rep: Who holds it, or None for a vacancy.
        day: ISO date, or empty for always.
    """
    if not day:
        return [] if rep is None else [RosterEntry(territory, rep)]
    in_force = [entry for entry in before if entry.holds_on(day)]
    if len(in_force) == 1 and in_force[0].rep_id == rep:
        return list(before)
    after = [entry for entry in before if not entry.holds_on(day)]
    dated = [entry for entry in in_force if entry.start_on or entry.end_on]
    eve = _day_before(day)
    after += [replace(entry, end_on=eve) for entry in dated if entry.start_on < day]
    if rep is not None:
        later = min((entry.start_on for entry in after if entry.start_on > day), default="")
        after = [entry for entry in after if entry.rep_id != rep]
        start, end = (day if dated else ""), (_day_before(later) if later else "")
        after.append(RosterEntry(territory, rep, start_on=start, end_on=end))
    return after


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _primaries(edit: Edit, territory: TerritoryId) -> list[RosterEntry]:
    rows = edit.tx.rows(
        "SELECT rep_id, share_fraction, start_on, end_on FROM roster"
        " WHERE scenario_id = ? AND territory_id = ? AND role = ? ORDER BY rep_id",
        (edit.scenario_id, territory, PRIMARY),
    )
    return [
        RosterEntry(
            territory,
            RepId(int(rep or 0)),
            share_fraction=float(share or 0.0),
            start_on=day_text(start),
            end_on=day_text(end),
        )
        for rep, share, start, end in rows
    ]


def _check_rep(edit: Edit, rep: RepId) -> None:
    if not edit.tx.rows("SELECT 1 FROM rep WHERE id = ?", (rep,)):
        _reject("This rep is no longer in the plan.", "Choose another rep.")


def _check(entry: RosterEntry) -> None:
    if not 0 <= entry.share_fraction <= 1:
        _reject("A share must be between 0 % and 100 %.", "Type the share of the credit.")
    if not (is_day(entry.start_on) and is_day(entry.end_on)):
        _reject("Start and end must be dates.", "Type them as year, month and day.")
    if entry.start_on and entry.end_on and entry.end_on < entry.start_on:
        _reject("A roster entry would end before it begins.", "Check both dates.")


def _reject(message: str, remedy: str) -> None:
    raise EditRejected(message, meaning="Nothing was changed.", remedy=remedy)


def _write(
    edit: Edit,
    *,
    remove: Iterable[RosterEntry],
    put: Iterable[RosterEntry],
    territories: Iterable[TerritoryId] = (),
) -> Changes:
    """Remove and write entries; only what really changes is in the undo step."""
    wanted = {_key(edit, entry): entry for entry in put}
    gone = {_key(edit, entry): entry for entry in remove}
    edit.tx.delete("roster", [key for key in gone if key not in wanted])
    fresh = [(key, entry) for key, entry in wanted.items() if gone.get(key) != entry]
    rows = [(*key, e.share_fraction, e.start_on, e.end_on) for key, e in fresh]
    edit.tx.put("roster", ROSTER_COLUMNS, rows)
    touched = (*wanted.values(), *gone.values())
    return Changes(
        territories=frozenset((*territories, *(entry.territory_id for entry in touched))),
        reps=frozenset(entry.rep_id for entry in touched),
    )


def _key(edit: Edit, entry: RosterEntry) -> tuple[Cell, ...]:
    return (edit.scenario_id, entry.territory_id, entry.rep_id, entry.role.value)
